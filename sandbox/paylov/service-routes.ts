/** The seven methods of paylov.txt. */
import type { Context, Hono } from 'hono';
import { som, wholeSoms } from '../../src/core/money.ts';
import type { DocumentedError, SimEnv } from '../providers/faults.ts';
import { jsonBody, refuse, textOf } from '../providers/requests.ts';
import { spacedStamp } from '../providers/stamps.ts';
import {
  chosenDetails,
  readAccount,
  subscriberDetails,
  unpaidWaste,
  type Account,
  type AccountDetail,
} from './accounts.ts';
import { findService, formItem, isPayable, listed, listItem } from './catalog.ts';
import type { CatalogService } from './catalog-types.ts';
import { documented } from './errors.ts';
import { pay } from './pay.ts';
import type { PaylovParts } from './parts.ts';

export function installServices(app: Hono<SimEnv>, parts: PaylovParts): void {
  const { prefix } = parts;
  app.get(`${prefix}/servicePayment/list/`, (context) => list(context));
  app.get(`${prefix}/servicePayment/fields/:id/`, (context) => fields(context));
  app.post(`${prefix}/servicePayment/info/`, (context) => info(parts, context));
  app.post(`${prefix}/servicePayment/create/`, (context) => create(parts, context));
  app.post(`${prefix}/servicePayment/pay/`, (context) => pay(parts, context));
  app.get(`${prefix}/servicePayment/transaction/status/`, (context) => status(parts, context));
  // The document has this one under the prefix without a slash and under /merchant with one.
  app.get(`${prefix}/servicePayment/transaction/all`, (context) => all(parts, context));
  app.get('/merchant/servicePayment/transaction/all/', (context) => all(parts, context));
}

function list(context: Context<SimEnv>): Response {
  const onlyForMe = context.req.query('available_for_me') === 'true';
  return context.json({ result: { services: listed({ onlyForMe }).map(listItem) } });
}

function fields(context: Context<SimEnv>): Response {
  const service = findService(context.req.param('id'));
  const isActive = service !== undefined && service.isActive !== false;
  return context.json({ result: { data: isActive ? [formItem(service)] : [] } });
}

interface Asked {
  service: CatalogService;
  account: Account;
}

function readAsked(body: Readonly<Record<string, unknown>>): Asked | DocumentedError {
  if (textOf(body['service_id']) === undefined) {
    return documented('field_required', 'service_id: maydon majburiy');
  }
  const service = findService(body['service_id']);
  if (!service) return documented('field_not_valid', 'service_id: xizmat topilmadi');
  const read = readAccount(service, body['account']);
  return 'kind' in read ? { service, account: read.account } : read;
}

function subscriber(parts: PaylovParts, { service, account }: Asked): AccountDetail[] {
  const history = parts.book.history(service.id, account[service.accountField]);
  const { clock, startedAt: chargedFrom } = parts;
  return subscriberDetails(service, account, { history, now: clock.now(), chargedFrom });
}

async function info(parts: PaylovParts, context: Context<SimEnv>): Promise<Response> {
  const asked = readAsked(await jsonBody(context));
  if ('status' in asked) return refuse(context, asked);
  if (!asked.service.hasInfo) return refuse(context, documented('validation_error'));
  const { service, account } = asked;
  const data = [...subscriber(parts, asked), ...chosenDetails(service, account)];
  return context.json({ result: { data } });
}

async function create(parts: PaylovParts, context: Context<SimEnv>): Promise<Response> {
  const body = await jsonBody(context);
  const asked = readAsked(body);
  if ('status' in asked) return refuse(context, asked);
  const { service, account } = asked;
  const userId = textOf(body['userId']);
  const cardId = textOf(body['cardId']);
  const error =
    (service.forOthers === true ? documented('permission_denied') : null) ??
    (isPayable(service) ? null : documented('merchant_not_available')) ??
    unpaidWaste(service, account) ??
    amountError(service, body['amount']) ??
    (cardId === undefined || parts.bank.find(cardId, userId) ? null : documented('card_not_found'));
  if (error) return refuse(context, error);
  const transaction = parts.book.add({
    serviceId: service.id,
    serviceName: service.name,
    account,
    amountTiyin: som(Number(body['amount'])),
    ...(userId === undefined ? {} : { userId }),
    ...(cardId === undefined ? {} : { cardId }),
  });
  const data = [
    ...chosenDetails(service, account),
    ...(service.hasInfo ? subscriber(parts, asked) : []),
  ];
  const result = { transactionId: transaction.id, data };
  if (cardId === undefined) return context.json({ result });
  const owner = parts.bank.find(cardId)?.userId ?? '';
  parts.codes.send(transaction.id, { userId: owner, names: [cardId] });
  return context.json({ result: { ...result, sms: { otpSentPhone: '99890*****67' } } });
}

/** Whole so'm, as a number. */
function amountError(service: CatalogService, amount: unknown): DocumentedError | null {
  const fits = Number.isInteger(amount) && Number(amount) >= service.min;
  return fits && Number(amount) <= service.max ? null : documented('invalid_amount');
}

function status(parts: PaylovParts, context: Context<SimEnv>): Response {
  const transaction = parts.book.find(context.req.query('transactionId'));
  if (!transaction) return refuse(context, documented('transaction_not_found'));
  return context.json({
    result: {
      transactionId: transaction.id,
      status: transaction.state,
      payedAt: stampOf(transaction.paidAt),
      serviceId: transaction.serviceId,
      cancelTime: stampOf(transaction.cancelledAt),
      amount: wholeSoms(transaction.amountTiyin),
    },
  });
}

function stampOf(at: number | undefined): string | null {
  return at === undefined ? null : spacedStamp(at);
}

/** Lists the paid transactions; unlike in other answers, an error stands inside `result`. */
function all(parts: PaylovParts, context: Context<SimEnv>): Response {
  const { beginDate, endDate, userId, serviceId } = context.req.query();
  const isWrong = [beginDate, endDate].some(
    (day) => day !== undefined && !/^\d{4}-\d\d-\d\d$/.test(day),
  );
  if (isWrong) {
    const error = { code: 'validation_error', message: 'YYYY-MM-DD' };
    return context.json({ result: { totalTransaction: 0, transactions: [], error } }, 400);
  }
  const found = parts.book.all().filter((each) => {
    if (each.state !== 'paid' || each.paidAt === undefined) return false;
    const day = spacedStamp(each.paidAt).slice(0, 10);
    const isThen = (beginDate ?? '') <= day && day <= (endDate ?? '9999');
    const isTheirs = userId === undefined || each.userId === userId;
    return isThen && isTheirs && (serviceId === undefined || each.serviceId === serviceId);
  });
  const transactions = found.toReversed().map((each) => ({
    id: each.id,
    userId: each.userId ?? null,
    cardNumber: parts.bank.find(each.cardId ?? '')?.mask ?? null,
    owner: 'CARD OWNER',
    amount: wholeSoms(each.amountTiyin),
    date: spacedStamp(each.paidAt ?? each.createdAt),
    serviceId: each.serviceId,
  }));
  return context.json({ result: { totalTransaction: found.length, transactions, error: null } });
}
