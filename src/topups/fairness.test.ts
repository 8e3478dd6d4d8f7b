/** One person with a script, and the others. */
import { afterEach, describe, expect, it } from 'vitest';
import { userAvailable } from '../ledger/accounts.ts';
import { balanceOf } from '../ledger/ledger.ts';
import { som } from '../core/money.ts';
import { INPAY_SCHEDULE } from '../providers/inpay/tables.ts';
import { QUOTAS } from '../quotas/limits.ts';
import { createBudget } from './budget.ts';
import type { CheckOutcome, RequestBudget } from './provider.ts';
import {
  accepted,
  type ScriptedProvider,
  scriptedProvider,
  type Stage,
  stage,
} from './topup-stage.fixture.ts';

const SCRIPT = 6001;
const PAYER = 7001;
const SUM = som(50_000);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const BUDGET: RequestBudget = { requests: 100, perMs: HOUR };

let world: Stage;
afterEach(() => world.close());

/** inPAY as it is: every request of it is asked for. */
function inpayStage(): { inpay: ScriptedProvider; paid: Set<string> } {
  const traits = { budget: BUDGET, minCheckIntervalMs: 15_000, schedule: INPAY_SCHEDULE };
  const inpay = scriptedProvider('inpay', { ...traits, ttlMs: HOUR });
  world = stage([inpay], {}, QUOTAS);
  const spend = createBudget(world.deps, { provider: 'inpay', budget: BUDGET });
  const paid = new Set<string>();
  inpay.onCreate = async (request) => {
    const spent = await spend({ priority: 'create', userId: request.userId });
    return spent.kind === 'granted' ? accepted(request) : spent;
  };
  inpay.onCheck = async ({ providerOrder, amountTiyin = 0, userId }, priority) => {
    const spent = await spend({ priority, ...(userId === undefined ? {} : { userId }) });
    if (spent.kind === 'problem') return spent;
    return paid.has(providerOrder) ? { kind: 'paid', paidTiyin: amountTiyin } : { kind: 'pending' };
  };
  return { inpay, paid };
}

const open = (userId: number, baseTiyin = SUM, provider: 'inpay' | 'rasmiypay' = 'inpay') =>
  world.topups.create({ userId, provider, baseTiyin });

async function openOne(userId: number, baseTiyin = SUM) {
  const outcome = await open(userId, baseTiyin);
  if (outcome.kind !== 'created') throw new Error(outcome.kind);
  return outcome.topup;
}

/** Time passes as it does, with the poller every 10 s. */
async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 10_000) {
    await world.clock.advance(10_000);
    await world.topups.tick();
  }
}

describe('one person with a script', () => {
  it('can’t spend the others’ requests by opening and cancelling', async () => {
    inpayStage();
    const seen = new Set<string>();
    for (let round = 0; round < 70; round += 1) {
      const outcome = await open(SCRIPT);
      seen.add(outcome.kind);
      if (outcome.kind === 'created') {
        const { kind } = await world.topups.cancel(outcome.topup.id, { userId: SCRIPT });
        seen.add(kind);
      }
      await world.clock.advance(1000);
    }
    expect(seen).toContain('quota_spent');
    expect((await open(PAYER)).kind).toBe('created');
  });

  it('is told when cancelling goes on, and the order stays', async () => {
    inpayStage();
    const [hour] = QUOTAS.actions.cancel_order;
    const begin = world.clock.now();
    for (let n = 0; n < (hour?.most ?? 0); n += 1) {
      const { id } = await openOne(SCRIPT);
      await world.topups.cancel(id, { userId: SCRIPT });
    }
    const { id } = await openOne(SCRIPT);
    expect(await world.topups.cancel(id, { userId: SCRIPT })).toMatchObject({
      kind: 'quota_spent',
      until: begin + HOUR,
      topup: { state: 'waiting' },
    });
    await world.clock.advance(HOUR);
    expect((await world.topups.get(id))?.state).toBe('waiting');
    expect(await world.topups.cancel(id, { userId: SCRIPT })).toMatchObject({ kind: 'cancelled' });
  });

  it('does not delay an honest payment by checking without end', async () => {
    const { paid } = inpayStage();
    const { id } = await openOne(SCRIPT);
    for (let n = 0; n < 4 * 25; n += 1) {
      await world.topups.checkNow(id, { userId: SCRIPT });
      await pass(15_000);
    }
    const honest = await openOne(PAYER);
    paid.add(honest.providerOrder ?? '');
    await pass(30_000);
    expect(await balanceOf(world.file.db.read, userAvailable(PAYER))).toBe(SUM);
  });

  it('hears when checking goes on, and is looked at and credited all the same', async () => {
    const { inpay, paid } = inpayStage();
    inpay.minCheckIntervalMs = 0;
    const topup = await openOne(SCRIPT);
    const [hour] = QUOTAS.actions.check_order;
    const begin = world.clock.now();
    const check = () => world.topups.checkNow(topup.id, { userId: SCRIPT });
    for (let n = 0; n < (hour?.most ?? 0); n += 1) {
      expect((await check()).kind).not.toBe('quota_spent');
    }
    expect(await check()).toMatchObject({ kind: 'quota_spent', until: begin + HOUR });
    paid.add(topup.providerOrder ?? '');
    await pass(MINUTE);
    expect(await balanceOf(world.file.db.read, userAvailable(SCRIPT))).toBe(SUM);
    const staff = await world.topups.checkNow(topup.id, {});
    expect(staff.kind).toBe('checked');
  });

  it('does not keep what was reported as paid from being seen, nor do many', async () => {
    const { paid } = inpayStage();
    const honest = await openOne(PAYER);
    const spend = createBudget(world.deps, { provider: 'inpay', budget: BUDGET });
    for (let n = 0; n < 200; n += 1) await spend({ priority: 'create', userId: 8000 + (n % 20) });
    paid.add(honest.providerOrder ?? '');
    await pass(5 * MINUTE);
    expect(await balanceOf(world.file.db.read, userAvailable(PAYER))).toBe(0);
    const order = { id: honest.id };
    await world.topups.receive({ provider: 'inpay', order, body: '{"status":"paid"}' });
    await pass(10_000);
    expect(await balanceOf(world.file.db.read, userAvailable(PAYER))).toBe(SUM);
  });

  it('can’t take the sums of others, and those of cancelled orders count', async () => {
    const cards = [{ key: '6412', number: '8600000000006412', holder: 'A' }];
    world = stage(
      [scriptedProvider('rasmiypay', { uniqueSums: { cards } })],
      { uniqueTailMax: 120 },
      {
        ...QUOTAS,
        actions: { ...QUOTAS.actions, open_order: [], cancel_order: [] },
      },
    );
    const kinds: string[] = [];
    const begin = world.clock.now();
    for (let n = 0; n < 120; n += 1) {
      const outcome = await open(SCRIPT, SUM, 'rasmiypay');
      kinds.push(outcome.kind);
      if (outcome.kind === 'created') {
        await world.topups.cancel(outcome.topup.id, { userId: SCRIPT });
      }
    }
    expect(kinds.filter((kind) => kind === 'created')).toHaveLength(QUOTAS.sumsNearOne);
    const spent = await open(SCRIPT, SUM, 'rasmiypay');
    expect(spent).toMatchObject({ kind: 'quota_spent', action: 'sums_near' });
    const until = spent.kind === 'quota_spent' ? spent.until : 0;
    expect(until).toBeGreaterThan(begin);
    expect((await open(PAYER, SUM, 'rasmiypay')).kind).toBe('created');
    expect((await open(SCRIPT, som(90_000), 'rasmiypay')).kind).toBe('created');
    await world.topups.cancel((await world.topups.live(SCRIPT))[0]!.id, { userId: SCRIPT });
    await world.clock.advance(until - world.clock.now());
    expect((await open(SCRIPT, SUM, 'rasmiypay')).kind).toBe('created');
  });
});

describe('a payment system that hangs', () => {
  it('does not keep the poller from asking the others', async () => {
    const payfer = scriptedProvider('payfer', {});
    const rasmiypay = scriptedProvider('rasmiypay', {});
    world = stage([payfer, rasmiypay], {}, QUOTAS);
    const { promise: answer, resolve } = Promise.withResolvers<CheckOutcome>();
    payfer.onCheck = () => answer;
    await world.topups.create({ userId: SCRIPT, provider: 'payfer', baseTiyin: SUM });
    await open(PAYER, SUM, 'rasmiypay');
    await world.clock.advance(10_000);
    const first = world.topups.round();
    await world.clock.advance(5000);
    await first;
    rasmiypay.onCheck = ({ amountTiyin = 0 }) => ({ kind: 'paid', paidTiyin: amountTiyin });
    await world.clock.advance(10_000);
    const second = world.topups.round();
    await world.clock.advance(5000);
    await second;
    expect(await balanceOf(world.file.db.read, userAvailable(PAYER))).toBeGreaterThanOrEqual(SUM);
    resolve({ kind: 'pending' });
    await world.topups.tick();
  });
});

it('an order is looked at in every round, although each look takes a moment', async () => {
  const schedule = [{ everyMs: 10_000, untilMs: Infinity }];
  const rasmiypay = scriptedProvider('rasmiypay', { schedule });
  world = stage([rasmiypay], {}, QUOTAS);
  await open(PAYER, SUM, 'rasmiypay');
  let looks = 0;
  rasmiypay.onCheck = async () => {
    looks += 1;
    await world.clock.sleep(1000);
    return { kind: 'pending' };
  };
  await world.clock.advance(10_000);
  for (let round = 0; round < 3; round += 1) {
    const running = world.topups.round();
    await world.clock.advance(10_000);
    await running;
  }
  expect(looks).toBe(3);
});
