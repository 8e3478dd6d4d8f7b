/** What the page does to payment systems, their webhooks, Paylov and the bank. */
import { Hono, type Context } from 'hono';
import { z } from 'zod';
import { formatSum, parseTypedSum, type Tiyin } from '../src/core/money.ts';
import type { OutsideWorld } from './here.ts';
import type { SimulatedTransaction } from './paylov/types.ts';
import type { SimulatedOrder } from './providers/types.ts';
import { parse, readBody, RequestProblem } from './requests.ts';

const FAULTS = [
  'none',
  'down',
  'slow',
  'garbage',
  'html',
  'rate_limited',
  'error',
  'drop_before',
  'drop_after',
] as const;

const PROVIDERS = ['inpay', 'payfer', 'rasmiypay', 'autopaycard'] as const;
const providerId = z.enum(PROVIDERS);
const providerParam = z.object({ provider: providerId });
const targetParam = z.object({ provider: z.enum([...PROVIDERS, 'paylov']) });
const orderParam = z.object({ provider: providerId, id: z.string() });
const idParam = z.object({ id: z.string() });
/** As typed: `50 001,50`, `50001.50`, `50k`. */
const sum = z
  .string()
  .max(40)
  .transform(typedTiyin)
  .pipe(z.number("not a sum in so'm").positive("not a sum in so'm"));
const balance = z
  .string()
  .max(40)
  .transform((text) => (text.trim() === '0' ? 0 : typedTiyin(text)))
  .pipe(z.number("not a sum in so'm").nonnegative("not a sum in so'm"));
const payBody = z.strictObject({ sum: sum.optional() });
const endBody = z.strictObject({ state: z.enum(['expired', 'cancelled', 'failed']) });
const faultBody = z.strictObject({
  kind: z.enum(FAULTS),
  code: z.string().optional(),
  method: z.string().max(40).optional(),
});
const modeBody = z.strictObject({ mode: z.enum(['on', 'lost', 'repeated']) });
const offBody = z.strictObject({ isOff: z.boolean() });
const resolveBody = z.strictObject({ state: z.enum(['created', 'paid', 'cancelled']) });
const balanceBody = z.strictObject({ sum: balance });
const transferBody = z.strictObject({
  card: z
    .string()
    .transform((card) => card.replace(/\s/g, ''))
    .pipe(z.string().regex(/^\d{16}$/, 'a card has 16 digits')),
  sum,
});

export function worldApi(outside: OutsideWorld): Hono {
  const api = new Hono();
  api.get('/', (c) => c.json(outside.view()));
  addOrders(api, outside);
  addProviders(api, outside);
  addPaylov(api, outside);
  api.post('/webhooks', async (c) => {
    const { isOff } = await readBody(c, offBody);
    outside.setWebhooksOff(isOff);
    return c.json({ isOff });
  });
  api.post('/transfers', async (c) => {
    const { card, sum: amountTiyin } = await readBody(c, transferBody);
    return c.json(outside.transfer({ cardNumber: card, amountTiyin }));
  });
  return api;
}

function addOrders(api: Hono, outside: OutsideWorld): void {
  api.post('/orders/:provider/:id/pay', async (c) => {
    const order = unpaidOf(outside, c);
    const { sum: amountTiyin } = await readBody(c, payBody);
    outside.pay(order, amountTiyin);
    return c.json({ state: 'paid' });
  });
  api.post('/orders/:provider/:id/late', (c) => {
    return c.json(outside.payLate(pendingOf(outside, c)));
  });
  api.post('/orders/:provider/:id/twice', (c) => {
    const done = outside.payTwice(orderOf(outside, c));
    if (done) return c.json(done);
    throw new RequestProblem(409, 'this payment system takes no second payment for an order');
  });
  api.post('/orders/:provider/:id/refuse', (c) => {
    return c.json(outside.refuse(pendingOf(outside, c)));
  });
  api.post('/orders/:provider/:id/end', async (c) => {
    const order = unpaidOf(outside, c);
    const { state } = await readBody(c, endBody);
    outside.end(order, state);
    return c.json({ state });
  });
  api.post('/orders/:provider/:id/forged-webhook', async (c) => {
    return c.json({ status: await outside.forgeWebhook(orderOf(outside, c)) });
  });
}

function addProviders(api: Hono, outside: OutsideWorld): void {
  api.post('/providers/:provider/fault', async (c) => {
    const { provider } = parse(targetParam, c.req.param());
    const fault = await readBody(c, faultBody);
    if (!outside.setFault(provider, fault)) {
      throw new RequestProblem(400, `${provider} documents no error "${fault.code}"`);
    }
    return c.json(fault);
  });
  api.post('/providers/:provider/webhooks', async (c) => {
    const { provider } = parse(providerParam, c.req.param());
    const { mode } = await readBody(c, modeBody);
    outside.setWebhooks(provider, mode);
    return c.json({ mode });
  });
}

function addPaylov(api: Hono, outside: OutsideWorld): void {
  api.post('/paylov/bills/:id/resolve', async (c) => {
    const bill = billOf(outside, c);
    const { state } = await readBody(c, resolveBody);
    return c.json(outside.resolve(bill, state));
  });
  api.post('/paylov/float', async (c) => {
    const { sum: amountTiyin } = await readBody(c, balanceBody);
    outside.setFloat(amountTiyin);
    return c.json({ float: formatSum(amountTiyin) });
  });
  api.post('/paylov/cards/:id/balance', async (c) => {
    const { id } = parse(idParam, c.req.param());
    const { sum: amountTiyin } = await readBody(c, balanceBody);
    if (outside.setCardBalance(id, amountTiyin)) return c.json({ balance: formatSum(amountTiyin) });
    throw new RequestProblem(404, 'nobody linked such a card');
  });
}

function orderOf(outside: OutsideWorld, context: Context): SimulatedOrder {
  const { provider, id } = parse(orderParam, context.req.param());
  const order = outside.find(provider, id);
  if (order) return order;
  throw new RequestProblem(404, `${provider} has no such order`);
}

/** Money can still arrive for an order that is over, but only once. */
function unpaidOf(outside: OutsideWorld, context: Context): SimulatedOrder {
  const order = orderOf(outside, context);
  if (order.state !== 'paid') return order;
  throw new RequestProblem(409, 'this order is paid already');
}

function pendingOf(outside: OutsideWorld, context: Context): SimulatedOrder {
  const order = unpaidOf(outside, context);
  if (order.state === 'pending') return order;
  throw new RequestProblem(409, 'this order is over');
}

function billOf(outside: OutsideWorld, context: Context): SimulatedTransaction {
  const { id } = parse(idParam, context.req.param());
  const bill = outside.findBill(id);
  if (bill) return bill;
  throw new RequestProblem(404, 'Paylov has no such bill');
}

/** The bank moves tiyin, too. */
function typedTiyin(text: string): Tiyin | null {
  return parseTypedSum(text, { tiyin: true });
}
