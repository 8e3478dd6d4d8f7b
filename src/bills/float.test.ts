/** The operator's card is asked about before a bill is sold from a balance. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { som, type Tiyin } from '../core/money.ts';
import { changeFloat } from '../ledger/float.ts';
import { createTestClock, type TestClock } from '../testing/clock.ts';
import { OWNER, stage, type Stage, START } from './bill-stage.fixture.ts';
import { type FakePaylov, fakePaylov } from './fake-paylov.fixture.ts';

let paylov: FakePaylov;
let world: Stage;
let clock: TestClock;
let written: number;
beforeEach(async () => {
  written = 0;
  paylov = fakePaylov();
  clock = createTestClock();
  world = await stage({ paylov, clock });
});
afterEach(async () => {
  const findings = await world.findings();
  await world.remove();
  expect(findings).toEqual([]);
});

async function writeDown(kind: 'balance' | 'deposit', amountTiyin: Tiyin): Promise<void> {
  written += 1;
  const key = `float:${written}`;
  await world.db.tx((tx) =>
    changeFloat(tx, { key, kind, amountTiyin, staffId: OWNER, at: clock.now() }),
  );
}

/** What became of a bill of so many so'm. */
async function sell(soms: number): Promise<string> {
  const outcome = await world.bills.confirm(world.request({ amountTiyin: som(soms) }));
  if (outcome.kind === 'bill') return outcome.bill.state;
  return outcome.kind === 'unavailable' ? outcome.reason : outcome.kind;
}

const alarms = () => world.events.filter(({ kind }) => kind === 'float_short');

it('nothing is refused while nobody knows what is on the card', async () => {
  expect(await sell(50_000)).toBe('paid');
  expect(alarms()).toEqual([]);
});

it('a bill that is more than what is left is not sold, and owners hear of it once', async () => {
  await writeDown('balance', som(30_000));
  expect(await sell(30_001)).toBe('float');
  expect(await sell(40_000)).toBe('float');
  expect(paylov.calls).not.toContain('create');
  expect(await world.balance()).toEqual({ availableTiyin: START, heldTiyin: 0 });
  expect(alarms()).toMatchObject([{ leftTiyin: som(30_000), neededTiyin: som(30_001) }]);
});

it('a smaller one is, and all go on by themselves when more is written down', async () => {
  await writeDown('balance', som(30_000));
  expect([await sell(30_000), await sell(1000)]).toEqual(['paid', 'float']);
  await writeDown('deposit', som(60_000));
  expect([await sell(40_000), await sell(25_000)]).toEqual(['paid', 'float']);
  // Each shortage is told of once.
  expect(alarms()).toHaveLength(2);
});

it('what was written down long ago refuses nothing, and owners hear once that it is old', async () => {
  await writeDown('balance', som(30_000));
  const writtenAt = clock.now();
  await clock.advance(7 * 24 * 60 * 60_000);
  expect(await sell(40_000)).toBe('float');
  await clock.advance(1);
  expect([await sell(40_000), await sell(41_000)]).toEqual(['paid', 'paid']);
  const old = world.events.filter(({ kind }) => kind === 'float_old');
  expect(old).toMatchObject([{ leftTiyin: som(30_000), neededTiyin: som(40_000), writtenAt }]);
  await writeDown('balance', som(20_000));
  expect([await sell(21_000), await sell(20_000)]).toEqual(['float', 'paid']);
});

it('what open bills are about to take is not there for others', async () => {
  await writeDown('balance', som(50_000));
  paylov.onPay = () => ({ kind: 'unknown', cause: 'timeout' });
  expect([await sell(30_000), await sell(25_000), await sell(20_000)]).toEqual([
    'unknown',
    'float',
    'unknown',
  ]);
});

it('a card of the payer’s own needs nothing of it', async () => {
  await writeDown('balance', 0);
  const own = world.request({ source: 'card', cardId: 'nobody’s' });
  expect((await world.bills.confirm(own)).kind).toBe('unknown_card');
});
