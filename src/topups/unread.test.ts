import { eq } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import { topupHistory } from '../db/tables.ts';
import { auditBooks } from '../books/audit.ts';
import { userAvailable } from '../ledger/accounts.ts';
import { balanceOf } from '../ledger/ledger.ts';
import { som } from '../core/money.ts';
import { alarmKey } from '../outbox/alarms.ts';
import type { CheckOutcome, Problem } from './provider.ts';
import { providerState } from './provider-state.ts';
import {
  OWNER,
  scriptedProvider,
  type ScriptedProvider,
  stage,
  type Stage,
  USER,
} from './topup-stage.fixture.ts';
import type { Topup } from './topup.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SUM = som(50_000);

let world: Stage;
let payfer: ScriptedProvider;
afterEach(async () => {
  await world.topups.stop();
  const report = await auditBooks(world.file.db);
  await world.close();
  expect(report.findings).toEqual([]);
  expect(world.errors).toEqual([]);
});

async function opened(outcome: CheckOutcome, userId = USER): Promise<Topup> {
  if (userId === USER) {
    payfer = scriptedProvider('payfer');
    world = stage([payfer], { latePaymentMs: 3 * HOUR });
  }
  payfer.onCheck = () => outcome;
  const created = await world.topups.create({ userId, provider: 'payfer', baseTiyin: SUM });
  if (created.kind !== 'created') throw new Error(created.kind);
  return created.topup;
}

async function pass(ms: number, stepMs: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += stepMs) {
    await world.clock.advance(stepMs);
    await world.topups.tick();
  }
}

async function history({ id }: Topup): Promise<string[]> {
  const rows = await world.file.db.read
    .select()
    .from(topupHistory)
    .where(eq(topupHistory.topupId, id))
    .orderBy(topupHistory.id);
  return rows.map(({ toState, note }) => (note === null ? toState : `${toState}: ${note}`));
}

/** As owners get them: each trouble once. */
const troubles = (): string[] => [...new Set(world.alarms.map(alarmKey))];
const balance = () => balanceOf(world.file.db.read, userAvailable(USER));

const UNREADABLE: Problem = {
  kind: 'problem',
  code: 'unreadable_payment',
  detail: 'its sum is "5O 000"',
};
const word = (unknown: string, soundsPaid: boolean): CheckOutcome => ({
  kind: 'pending',
  unknownWord: { word: unknown, soundsPaid },
});

describe('a payment that can’t be read', () => {
  it('is told about its order, stands in the history once, and holds nobody else up', async () => {
    const topup = await opened(UNREADABLE);
    await pass(3 * MINUTE, 10_000);
    const { id: topupId } = topup;
    const { detail } = UNREADABLE;
    expect(world.alarms[0]).toEqual({
      kind: 'unreadable_payment',
      provider: 'payfer',
      topupId,
      detail,
    });
    expect(troubles()).toHaveLength(1);
    expect(await history(topup)).toEqual(['creating', 'waiting', `unreadable_payment: ${detail}`]);
    expect(payfer.checked.length).toBeGreaterThan(15);
    const state = await providerState(world.file.db.read, 'payfer');
    expect(state).toMatchObject({
      failuresInARow: 0,
      restUntil: 0,
      lastProblem: null,
      pausedAt: null,
    });
    expect(await balance()).toBe(0);
  });

  it('goes on being asked about when the order has ended, and never ends without a trace', async () => {
    const topup = await opened(UNREADABLE);
    await pass(8 * HOUR, 10 * MINUTE);
    expect(await world.topups.get(topup.id)).toMatchObject({
      state: 'expired',
      dueAt: null,
      lastProblem: 'unreadable_payment',
    });
    expect(payfer.checked.length).toBeGreaterThan(10);
    const steps = await history(topup);
    expect(steps).toHaveLength(4);
    expect(steps).toContain(`unreadable_payment: ${UNREADABLE.detail}`);
    expect(troubles()).toHaveLength(1);
    const list = await world.topups.history(USER, { offset: 0, limit: 9 });
    expect(list.map(({ id }) => id)).toEqual([topup.id]);
  });

  it('is credited once it can be read, or once an owner vouches for it', async () => {
    const topup = await opened(UNREADABLE);
    await pass(MINUTE, 10_000);
    payfer.onCheck = () => ({ kind: 'paid', paidTiyin: SUM });
    await pass(MINUTE, 10_000);
    expect(await balance()).toBe(SUM);
    const other = await opened(UNREADABLE, USER + 1);
    await pass(HOUR, 10 * MINUTE);
    const decision = { id: other.id, staffId: OWNER, reason: 'seen', at: world.clock.now() };
    await world.deps.write((tx) => world.topups.decisions.approve(tx, decision));
    expect((await world.topups.get(other.id))?.state).toBe('paid');
    expect((await world.topups.get(topup.id))?.state).toBe('paid');
  });

  it('is told of an order that was credited as well: less may be there by now', async () => {
    const topup = await opened({ kind: 'paid', paidTiyin: SUM });
    await pass(MINUTE, 10_000);
    payfer.onCheck = () => UNREADABLE;
    for (let times = 0; times < 2; times += 1) {
      await world.topups.checkNow(topup.id, {});
      await pass(MINUTE, 10_000);
    }
    expect(troubles()).toEqual([`unreadable_payment:payfer:${topup.id}`]);
    expect(await history(topup)).toContain(`unreadable_payment: ${UNREADABLE.detail}`);
    expect(await balance()).toBe(SUM);
  });

  it('tells the user that somebody looks', async () => {
    const topup = await opened(UNREADABLE);
    const checked = await world.topups.checkNow(topup.id, { userId: USER });
    expect(checked).toMatchObject({ kind: 'unknown', problem: 'unreadable_payment' });
    expect(troubles()).toHaveLength(1);
  });
});

describe('a word that no document has', () => {
  it('of an order that was credited may mean that the money went back, and is told for each', async () => {
    const orders = [
      await opened({ kind: 'paid', paidTiyin: SUM }),
      await opened({ kind: 'paid', paidTiyin: SUM }, USER + 1),
    ];
    await pass(MINUTE, 10_000);
    payfer.onCheck = () => word('failed', false);
    for (const { id } of [...orders, ...orders]) {
      await world.topups.checkNow(id, {});
      await pass(MINUTE, 10_000);
    }
    expect(troubles()).toEqual(orders.map(({ id }) => `unknown_word:payfer:${id}:failed`));
    for (const order of orders) {
      expect(await history(order)).toContain('unknown_word: failed');
      expect((await world.topups.get(order.id))?.state).toBe('paid');
    }
    payfer.onCheck = () => word('completed', true);
    await world.topups.checkNow(orders[0]!.id, {});
    expect(troubles()).toHaveLength(2);
  });

  it('is told about each order that it makes sound paid, at the first look', async () => {
    const first = await opened(word('completed', true));
    const second = await opened(word('completed', true), USER + 1);
    await pass(10_000, 10_000);
    expect(world.alarms).toEqual(
      expect.arrayContaining(
        [first, second].map(({ id: topupId }) => {
          return {
            kind: 'unknown_word',
            provider: 'payfer',
            topupId,
            word: 'completed',
            soundsPaid: true,
          };
        }),
      ),
    );
    await pass(8 * HOUR, 10 * MINUTE);
    expect(troubles()).toHaveLength(2);
    expect(await history(first)).toContain('unknown_word: completed');
    expect(await balance()).toBe(0);
    expect(payfer.checked.length).toBeGreaterThan(10);
  });

  it('is told once for all orders where it sounds like nothing', async () => {
    const first = await opened(word('frozen', false));
    await opened(word('frozen', false), USER + 1);
    await pass(HOUR, 10 * MINUTE);
    expect(troubles()).toEqual(['unknown_word:payfer:-:frozen']);
    expect(await history(first)).toEqual(['creating', 'waiting', 'expired']);
  });
});

describe('an order that is over', () => {
  it.each(['refused', 'missing_parameters', 'unknown_order'] as const)(
    'is no alarm when the provider answers %s about it',
    async (code) => {
      const topup = await opened({ kind: 'pending' });
      await pass(11 * MINUTE, MINUTE);
      expect((await world.topups.get(topup.id))?.state).toBe('expired');
      payfer.onCheck = () => ({ kind: 'problem', code });
      await pass(4 * HOUR, 10 * MINUTE);
      expect(payfer.checked.length).toBeGreaterThan(5);
      expect(world.alarms).toEqual([]);
      expect((await world.topups.get(topup.id))?.lastProblem).toBe(code);
    },
  );

  it('is no alarm after it was paid, either', async () => {
    const topup = await opened({ kind: 'paid', paidTiyin: SUM });
    await pass(MINUTE, 10_000);
    payfer.onCheck = () => ({ kind: 'problem', code: 'refused' });
    for (const i of [1, 2]) {
      const body = JSON.stringify({ i });
      await world.topups.receive({ provider: 'payfer', order: { id: topup.id }, body });
      await pass(MINUTE, 10_000);
    }
    expect(payfer.checked.length).toBeGreaterThan(1);
    expect(world.alarms).toEqual([]);
  });

  it('is an alarm while it is open', async () => {
    await opened({ kind: 'problem', code: 'refused' });
    await pass(MINUTE, 10_000);
    expect(troubles()).toEqual(['provider_problem:payfer:refused']);
  });
});
