import { eq } from 'drizzle-orm';
import { expect, onTestFinished, test } from 'vitest';
import { providerRequests, providerStates, reservedSums, topups as rows } from '../db/tables.ts';
import { userAvailable } from '../ledger/accounts.ts';
import { balanceOf } from '../ledger/ledger.ts';
import { som } from '../core/money.ts';
import { bringTopupsBack } from './bring-back.ts';
import { createBudget } from './budget.ts';
import { CONFIG, scriptedProvider, stage, type Stage, USER } from './topup-stage.fixture.ts';
import type { Topup } from './topup.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const provider = scriptedProvider('payfer');

function begin(config: Parameters<typeof stage>[1] = {}): Stage {
  provider.onCheck = () => ({ kind: 'pending' });
  const made = stage([provider], config);
  onTestFinished(() => made.close());
  return made;
}

async function open({ topups }: Stage): Promise<Topup> {
  const outcome = await topups.create({ userId: USER, provider: 'payfer', baseTiyin: som(50_000) });
  if (outcome.kind !== 'created') throw new Error(outcome.kind);
  return outcome.topup;
}

/** The clock is ahead for so long that it is believed, and is set right. */
async function daysAhead({ clock, topups }: Stage, days = 3): Promise<void> {
  clock.jump(days * DAY);
  for (let i = 0; i < 7; i += 1) {
    await clock.advance(10_000);
    await topups.tick();
  }
  clock.jump(-days * DAY);
}

async function bringBack({ deps, clock }: Stage, isSure = true): Promise<void> {
  await bringTopupsBack(deps, { now: clock.now(), isSure });
}

const paid = (topup: Topup) => () => ({ kind: 'paid', paidTiyin: topup.amountTiyin }) as const;

async function row({ deps }: Stage, { id }: Topup) {
  const [found] = await deps.db.read.select().from(rows).where(eq(rows.id, id));
  if (!found) throw new Error(id);
  return found;
}

test('an order that lived through it is credited by the next round', async () => {
  const on = begin({ ttlMs: 10 * DAY });
  const topup = await open(on);
  await daysAhead(on);
  expect((await row(on, topup)).dueAt).toBeGreaterThan(on.clock.now() + DAY);
  await bringBack(on);
  provider.onCheck = paid(topup);
  await on.topups.tick();
  expect(await balanceOf(on.deps.db.read, userAvailable(USER))).toBe(topup.amountTiyin);
});

test('an order that ended by it is watched on, from now', async () => {
  const on = begin();
  const topup = await open(on);
  await daysAhead(on);
  expect(await row(on, topup)).toMatchObject({ state: 'expired' });
  await bringBack(on);
  const back = await row(on, topup);
  expect(back).toMatchObject({ dueAt: on.clock.now(), endedAt: on.clock.now() });
  provider.onCheck = paid(topup);
  await on.topups.tick();
  expect(await row(on, topup)).toMatchObject({ state: 'paid' });
});

test('an order that had just ended, and whose watch was over by it, is asked about again', async () => {
  const on = begin();
  const topup = await open(on);
  await on.clock.advance(11 * MINUTE);
  await on.topups.tick();
  expect(await row(on, topup)).toMatchObject({ state: 'expired' });
  await daysAhead(on, 4);
  expect(await row(on, topup)).toMatchObject({ dueAt: null });
  await bringBack(on);
  provider.onCheck = paid(topup);
  await on.topups.tick();
  expect(await row(on, topup)).toMatchObject({ state: 'paid' });
});

test('an order that had just ended is watched on after a start by a clock that was behind', async () => {
  const on = begin();
  const topup = await open(on);
  await on.clock.advance(11 * MINUTE);
  await on.topups.tick();
  expect(await row(on, topup)).toMatchObject({ state: 'expired' });
  on.clock.jump(-10 * DAY);
  await bringBack(on, false);
  expect(await row(on, topup)).toMatchObject({ endedAt: on.clock.now() });
  await on.topups.tick();
  on.clock.jump(10 * DAY);
  for (let i = 0; i < 7; i += 1) {
    await on.clock.advance(10_000);
    await on.topups.tick();
  }
  provider.onCheck = paid(topup);
  for (let i = 0; i < 12; i += 1) {
    await on.clock.advance(10 * MINUTE);
    await on.topups.tick();
  }
  expect(await row(on, topup)).toMatchObject({ state: 'paid' });
});

test('an order whose watch is over is left alone', async () => {
  const on = begin();
  const topup = await open(on);
  await on.clock.advance(11 * MINUTE);
  await on.topups.tick();
  await on.clock.advance(CONFIG.latePaymentMs + 1);
  await on.topups.tick();
  const before = await row(on, topup);
  expect(before.dueAt).toBeNull();
  await bringBack(on);
  expect(await row(on, topup)).toEqual(before);
});

test('an order opened meanwhile lives its time from now on', async () => {
  const on = begin();
  on.clock.jump(3 * DAY);
  const topup = await open(on);
  on.clock.jump(-3 * DAY);
  await bringBack(on);
  expect(await row(on, topup)).toMatchObject({
    createdAt: on.clock.now(),
    expiresAt: on.clock.now() + provider.ttlMs,
  });
  await on.clock.advance(provider.ttlMs);
  await on.topups.tick();
  expect(await row(on, topup)).toMatchObject({ state: 'expired' });
});

test('whoever asks is answered, though the last look is still to come', async () => {
  const on = begin({ ttlMs: 10 * DAY });
  const topup = await open(on);
  await daysAhead(on);
  await bringBack(on);
  const outcome = await on.topups.checkNow(topup.id, { userId: USER });
  expect(outcome.kind).toBe('checked');
});

test('one that is being opened keeps the time that takes', async () => {
  const on = begin();
  const topup = await open(on);
  await on.deps.db.tx((tx) =>
    tx.update(rows).set({ state: 'creating', dueAt: null, leaseUntil: on.clock.now() + 3 * DAY }),
  );
  await bringBack(on);
  await on.topups.tick();
  expect(await row(on, topup)).toMatchObject({ state: 'creating' });
  await on.clock.advance(4 * MINUTE);
  await on.topups.tick();
  expect(await row(on, topup)).toMatchObject({ state: 'failed', reason: 'interrupted' });
});

test('providers rest no longer, and what they were asked counts as asked now', async () => {
  const on = begin();
  const far = on.clock.now() + 3 * DAY;
  const budget = { requests: 2, perMs: 60 * MINUTE };
  await on.deps.db.tx(async (tx) => {
    const waits = { restUntil: far, rateLimitedUntil: far, trialAt: far, lastAnswerAt: far };
    await tx.insert(providerStates).values({ provider: 'payfer', pausedAt: far, ...waits });
    const request = { provider: 'payfer', priority: 'create', sentAt: far } as const;
    await tx.insert(providerRequests).values([request, request]);
  });
  await bringBack(on, false);
  const now = on.clock.now();
  expect(await on.deps.db.read.select().from(providerStates)).toMatchObject([
    { restUntil: now, rateLimitedUntil: now, trialAt: now, lastAnswerAt: now, pausedAt: now },
  ]);
  const spend = createBudget(on.deps, { provider: 'payfer', budget });
  await bringBack(on);
  expect(await spend({ priority: 'create' })).toMatchObject({ code: 'budget_spent' });
  await on.clock.advance(61 * MINUTE);
  expect(await spend({ priority: 'create' })).toEqual({ kind: 'granted' });
});

test('sums rest as long as if their orders ended now, and not by an unsure time', async () => {
  const on = begin();
  const far = on.clock.now() + 365 * DAY;
  const sum = { cardHash: '1', amountTiyin: 1, topupId: 'T', userId: USER, freeAt: far };
  await on.deps.db.tx((tx) => tx.insert(reservedSums).values(sum));
  await bringBack(on, false);
  expect(await on.deps.db.read.select().from(reservedSums)).toEqual([sum]);
  await bringBack(on);
  const freeAt = on.clock.now() + CONFIG.quarantineMs + provider.ttlMs;
  expect(await on.deps.db.read.select().from(reservedSums)).toEqual([{ ...sum, freeAt }]);
});

test('what is as it should be is not touched', async () => {
  const on = begin();
  const live = await open(on);
  await on.topups.tick();
  const before = await row(on, live);
  await bringBack(on);
  expect(await row(on, live)).toEqual(before);
});

test('while the time is not sure nothing ends, is forgotten or freed', async () => {
  const on = begin();
  on.deps.isSure = () => false;
  const topup = await open(on);
  await on.clock.advance(11 * MINUTE);
  await on.topups.tick();
  expect(await row(on, topup)).toMatchObject({ state: 'waiting' });
  on.deps.isSure = () => true;
  await on.topups.tick();
  expect(await row(on, topup)).toMatchObject({ state: 'expired' });
  on.deps.isSure = () => false;
  await on.clock.advance(CONFIG.latePaymentMs + MINUTE);
  await on.topups.tick();
  expect((await row(on, topup)).dueAt).not.toBeNull();
});
