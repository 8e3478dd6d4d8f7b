import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestClock, type TestClock } from '../testing/clock.ts';
import type { ConfirmRequest } from './outcomes.ts';
import { type FakePaylov, fakePaylov } from './fake-paylov.fixture.ts';
import { unclearBills } from './figures.ts';
import { FEE, OWNER, stage, type Stage, SUM, USER } from './bill-stage.fixture.ts';

let clock: TestClock;
let paylov: FakePaylov;
let world: Stage;
beforeEach(async () => {
  clock = createTestClock(Date.UTC(2026, 0, 5));
  paylov = fakePaylov();
  world = await stage({ paylov, clock });
});
afterEach(async () => {
  const findings = await world.findings();
  await world.remove();
  expect(findings).toEqual([]);
});

async function confirmed(changes: Partial<ConfirmRequest> = {}): Promise<string> {
  return (await world.confirmed({ repeatAllowed: true, ...changes })).id;
}

async function metric(name: string): Promise<string[]> {
  const text = await world.metrics.registry.getSingleMetricAsString(name);
  return text.split('\n').filter((line) => !line.startsWith('#') && line !== '');
}

it('counts each end once, by source and state, and the time it took', async () => {
  const id = await confirmed();
  await world.bills.refund(id, { ownerId: OWNER, reason: 'test' });
  await world.bills.refund(id, { ownerId: OWNER, reason: 'test' });
  const { cards } = world.bills;
  await cards.confirmLinking({ userId: USER, linkId: 'L', mask: 'm', code: '1111' });
  const card = await confirmed({ source: 'card', cardId: 'card-1' });
  await clock.advance(5000);
  await world.bills.cancel(card, { userId: USER });
  expect(await metric('tolov_bills_total')).toEqual([
    'tolov_bills_total{source="balance",state="paid"} 1',
    'tolov_bills_total{source="balance",state="refunded"} 1',
    'tolov_bills_total{source="card",state="failed"} 1',
  ]);
  const ends = world.logged.filter((data) => 'bill' in data);
  expect(ends).toMatchObject([
    { event: 'bill_paid', bill: id, source: 'balance', feeTiyin: FEE },
    { event: 'bill_refunded', bill: id, amountTiyin: SUM, feeTiyin: FEE, by: OWNER },
    { event: 'bill_failed', bill: card, source: 'card', feeTiyin: 0 },
  ]);
  const times = await metric('tolov_bill_seconds');
  expect(times).toContain('tolov_bill_seconds_sum{source="card",state="failed"} 5');
  expect(times).toContain('tolov_bill_seconds_count{source="balance",state="paid"} 1');
  expect(times.join()).not.toContain('refunded');
  expect(times.join()).not.toContain(id);
});

it('counts nothing that was not committed', async () => {
  // The hold, the transaction, the beginning and the answer of `pay`: each is a step; the next commit never comes.
  world.dieAfter(5);
  void world.bills.confirm(world.request());
  await world.died();
  expect(paylov.latest().state).toBe('paid');
  expect(await metric('tolov_bills_total')).toEqual([]);
  await world.restart();
});

it('knows how many are unclear now', async () => {
  expect(await unclearBills(world.db.read)).toEqual({ unknown: 0, stuck: 0 });
  paylov.onPay = () => ({ kind: 'unknown', cause: 'timeout' });
  paylov.onStatus = () => ({ kind: 'problem', code: 'timeout' });
  await confirmed();
  expect(await unclearBills(world.db.read)).toEqual({ unknown: 1, stuck: 0 });
  for (let minute = 0; minute < 15; minute += 1) {
    await clock.advance(60_000);
    await world.bills.tick();
  }
  await confirmed();
  expect(await unclearBills(world.db.read)).toEqual({ unknown: 1, stuck: 1 });
});
