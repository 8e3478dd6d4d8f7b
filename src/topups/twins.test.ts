/** One transfer is credited once, also where two orders had its sum one after the other. */
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outbox, topupHistory, topups as table } from '../db/tables.ts';
import { auditBooks } from '../books/audit.ts';
import { SUSPENSE, userAvailable } from '../ledger/accounts.ts';
import { balanceOf } from '../ledger/ledger.ts';
import { som } from '../core/money.ts';
import { openAgain } from '../testing/database.ts';
import type { CheckOutcome, PayCard } from './provider.ts';
import type { ProviderId } from '../core/payment-systems.ts';
import { settle } from './settle.ts';
import {
  OWNER,
  scriptedProvider,
  type ScriptedProvider,
  stage,
  type Stage,
} from './topup-stage.fixture.ts';
import type { Topup } from './topup.ts';
import { twinsOf } from './twins.ts';

const CARD: PayCard = { key: '6478', number: '8600495473316478', holder: 'EXAMPLE' };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SUM = som(50_001);

let world: Stage;
let auto: ScriptedProvider;
beforeEach(() => {
  auto = scriptedProvider('autopaycard', { uniqueSums: { cards: [CARD] }, ttlMs: 5 * MINUTE });
  const rasmiypay = scriptedProvider('rasmiypay', { uniqueSums: { cards: [CARD] } });
  // One sum for everybody, so that it is given out again and again.
  world = stage([auto, rasmiypay], { uniqueTailMax: 1 });
});
afterEach(async () => {
  const { findings } = await auditBooks(world.file.db);
  await world.close();
  expect(findings).toEqual([]);
  expect(world.errors).toEqual([]);
});

async function opened(userId: number, provider: ProviderId = 'autopaycard'): Promise<Topup> {
  const outcome = await world.topups.create({ userId, provider, baseTiyin: som(50_000) });
  if (outcome.kind !== 'created') throw new Error(outcome.kind);
  expect(outcome.topup.amountTiyin).toBe(SUM);
  return outcome.topup;
}

/** Ended without a payment that anybody saw; its sum has rested. */
async function expired(userId: number): Promise<Topup> {
  const topup = await opened(userId);
  await world.topups.cancel(topup.id, { userId });
  await world.clock.advance(2 * HOUR);
  return topup;
}

async function report(topup: Topup, paidTiyin = SUM): Promise<string> {
  const { id: topupId, provider } = topup;
  const at = world.clock.now();
  const evidence = { topupId, provider, paidTiyin, cause: 'poll' as const, at };
  return (await world.file.db.tx((tx) => settle(world.deps, tx, evidence))).kind;
}

const decision = (id: string) => ({ id, staffId: OWNER, reason: 'seen', at: world.clock.now() });
const balance = (userId: number) => balanceOf(world.file.db.read, userAvailable(userId));
const stateOf = async (topup: Topup) => (await world.topups.get(topup.id))?.state;

async function kinds(chatId: number): Promise<string[]> {
  const rows = await world.file.db.read.select().from(outbox).where(eq(outbox.chatId, chatId));
  return rows.map((row) => row.kind).filter((kind) => kind !== 'topup_screen');
}

async function note(topup: Topup): Promise<string | null> {
  const rows = await world.file.db.read
    .select()
    .from(topupHistory)
    .where(eq(topupHistory.topupId, topup.id));
  return rows.at(-1)?.note ?? null;
}

describe('two orders of one sum and one card that could both be paid', () => {
  it('the later one was credited, then the older is reported: an owner decides about it', async () => {
    const older = await expired(1);
    const newer = await opened(2);
    expect(await report(newer)).toBe('credited');
    expect(await report(older)).toBe('review');
    expect([await balance(1), await balance(2)]).toEqual([0, SUM]);
    expect(await balanceOf(world.file.db.read, SUSPENSE)).toBe(SUM);
    expect(await stateOf(older)).toBe('review');
    expect(await note(older)).toBe(`the same sum as ${newer.id} on the same card`);
    expect(await kinds(1)).toEqual(['topup_review']);
    expect(await kinds(OWNER)).toEqual(['owner_review']);
    expect(await report(older)).toBe('settled_before');
  });

  it('the older was credited late, then the newer is reported', async () => {
    const older = await expired(1);
    const newer = await opened(2);
    expect(await report(older)).toBe('credited');
    await world.clock.advance(MINUTE);
    expect(await report(newer)).toBe('review');
    expect([await balance(1), await balance(2)]).toEqual([SUM, 0]);
  });

  it('of two systems that share the card, too', async () => {
    const older = await expired(1);
    const newer = await opened(2, 'rasmiypay');
    expect(await report(newer)).toBe('credited');
    expect(await report(older)).toBe('review');
  });

  it('heard through the poller', async () => {
    const older = await expired(1);
    const newer = await opened(2);
    auto.onCheck = ({ providerOrder }): CheckOutcome =>
      providerOrder === newer.providerOrder
        ? { kind: 'paid', paidTiyin: SUM }
        : { kind: 'pending' };
    await world.clock.advance(MINUTE);
    await world.topups.tick();
    auto.onCheck = () => ({ kind: 'paid', paidTiyin: SUM });
    await world.clock.advance(HOUR);
    await world.topups.tick();
    expect([await stateOf(older), await stateOf(newer)]).toEqual(['review', 'paid']);
  });

  it('the second is not in doubt when its own sum did not come', async () => {
    const older = await expired(1);
    const newer = await opened(2);
    expect(await report(newer, som(40_000))).toBe('review');
    expect(await report(older)).toBe('credited');
  });

  it('after an owner approved one by hand', async () => {
    const older = await expired(1);
    const newer = await opened(2);
    await world.file.db.tx((tx) => world.topups.decisions.approve(tx, decision(older.id)));
    expect(await report(newer)).toBe('review');
  });

  it('an owner may credit both, when the card shows two transfers', async () => {
    const older = await expired(1);
    const newer = await opened(2);
    await report(newer);
    await report(older);
    await world.file.db.tx((tx) => world.topups.decisions.creditReview(tx, decision(older.id)));
    expect([await balance(1), await balance(2)]).toEqual([SUM, SUM]);
    await world.clock.advance(2 * HOUR);
    const third = await opened(3);
    // The payments were seen before it was opened: no doubt about this one.
    expect(await report(third)).toBe('credited');
  });

  it('finds the same orders from either side, and none that were never in doubt', async () => {
    const first = await opened(1);
    await report(first);
    await world.clock.advance(2 * HOUR);
    const older = await expired(2);
    const newer = await opened(3);
    await report(newer);
    const { read } = world.file.db;
    const twins = async ({ id }: Topup): Promise<string[]> => {
      const now = await world.topups.get(id);
      return now ? (await twinsOf(read, now)).map((each) => each.id) : [];
    };
    // Not reported yet: what would be in doubt if it were.
    expect(await twins(older)).toEqual([newer.id]);
    await report(older);
    expect(await twins(older)).toEqual([newer.id]);
    expect(await twins(newer)).toEqual([older.id]);
    expect(await twins(first)).toEqual([]);
  });
});

describe('no doubt', () => {
  it('a busy owner with one sum for everybody gets no review for nothing', async () => {
    const outcomes = new Set<string>();
    for (let user = 1; user <= 30; user += 1) {
      const topup = await opened(user);
      // Some never pay, the others are seen before anybody gets their sum.
      if (user % 3 === 0) await world.topups.cancel(topup.id, { userId: user });
      else outcomes.add(await report(topup));
      await world.clock.advance(66 * MINUTE);
    }
    expect([...outcomes]).toEqual(['credited']);
    expect(await kinds(OWNER)).toEqual([]);
    const rows = await world.file.db.read.select().from(table);
    expect(rows.filter(({ state }) => state === 'paid')).toHaveLength(20);
  });

  it('nor where orders of one sum are paid on pages, which no card has to tell apart', async () => {
    const inpay = scriptedProvider('inpay');
    const other = stage([inpay]);
    const { db } = other.file;
    const ids: string[] = [];
    for (const userId of [1, 2]) {
      const request = { userId, provider: 'inpay' as const, baseTiyin: SUM };
      const outcome = await other.topups.create(request);
      if (outcome.kind === 'created') ids.push(outcome.topup.id);
    }
    const outcomes: string[] = [];
    for (const topupId of ids) {
      const at = other.clock.now();
      const evidence = { provider: 'inpay', paidTiyin: SUM, cause: 'poll', topupId, at } as const;
      outcomes.push((await db.tx((tx) => settle(other.deps, tx, evidence))).kind);
    }
    await other.close();
    expect(outcomes).toEqual(['credited', 'credited']);
  });
});

describe('both reports at once', () => {
  it('one is credited and the other decided, also through two processes', async () => {
    const second = openAgain(world.file);
    try {
      for (let round = 1; round <= 5; round += 1) {
        const older = await expired(2 * round);
        const newer = await opened(2 * round + 1);
        const at = world.clock.now();
        const settled = [
          [world.file.db, older],
          [second, newer],
        ] as const;
        const outcomes = await Promise.all(
          settled.map(([db, { id: topupId, provider }]) =>
            db.tx((tx) =>
              settle(world.deps, tx, { topupId, provider, paidTiyin: SUM, cause: 'poll', at }),
            ),
          ),
        );
        expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['credited', 'review']);
        expect((await balance(2 * round)) + (await balance(2 * round + 1))).toBe(SUM);
        await world.clock.advance(2 * HOUR);
      }
    } finally {
      await second.close();
    }
  });
});
