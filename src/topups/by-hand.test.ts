/** Money that an owner credited by hand is not credited a second time when its payment system reports it later. */
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditBooks } from '../books/audit.ts';
import type { Database } from '../db/database.ts';
import { adminActions, outbox, suspenseItems, topupHistory, topups } from '../db/tables.ts';
import {
  ADJUSTMENTS,
  providerClearing,
  RETURNS,
  SUSPENSE,
  userAvailable,
} from '../ledger/accounts.ts';
import { figuresOf } from '../ledger/figures.ts';
import { balanceOf } from '../ledger/ledger.ts';
import { som } from '../core/money.ts';
import { openAgain } from '../testing/database.ts';
import { moneyApprovalActions } from '../staff/adjust.ts';
import type { ApprovalKind } from '../staff/approval-rules.ts';
import { handCreditsOf, notGivenByHand } from './by-hand.ts';
import { sameMoneyOf } from './same-money.ts';
import { settle } from './settle.ts';
import { creditSuspense, foundByHand, recordSuspense, returnSuspense } from './suspense.ts';
import type { Topup } from './topup.ts';
import {
  OWNER,
  scriptedProvider,
  type ScriptedProvider,
  stage,
  type Stage,
  accepted,
} from './topup-stage.fixture.ts';

const MINUTE = 60_000;
const [ALI, VALI] = [1, 2];
const BASE = som(50_000);
/** As Payfer makes it unlike all others. */
const UNIQUE = som(50_037);

let world: Stage;
let payfer: ScriptedProvider;
let unique: boolean;
beforeEach(() => {
  unique = false;
  payfer = scriptedProvider('payfer');
  payfer.onCreate = (request) => accepted(request, unique ? { amountTiyin: UNIQUE } : {});
  world = stage([payfer, scriptedProvider('inpay')]);
});
afterEach(async () => {
  const { findings } = await auditBooks(world.file.db);
  await world.close();
  expect(findings).toEqual([]);
  expect(world.errors).toEqual([]);
});

async function opened(userId = ALI, provider: 'payfer' | 'inpay' = 'payfer'): Promise<Topup> {
  const outcome = await world.topups.create({ userId, provider, baseTiyin: BASE });
  if (outcome.kind !== 'created') throw new Error(outcome.kind);
  await world.clock.advance(MINUTE);
  return outcome.topup;
}

async function report(
  { id: topupId, provider, amountTiyin }: Topup,
  paidTiyin = amountTiyin,
): Promise<string> {
  const { db } = world.file;
  const evidence = { topupId, provider, paidTiyin, cause: 'poll' as const };
  const at = world.clock.now();
  return (await db.tx((tx) => settle(world.deps, tx, { ...evidence, at }))).kind;
}

let requests = 0;

interface ByHand {
  userId?: number;
  amountTiyin?: number;
  reason?: string;
  subject?: string;
}

/** What the desk writes when somebody has confirmed it, with what it does, in one transaction. */
async function done(
  kind: ApprovalKind,
  { userId = ALI, amountTiyin = BASE, reason = 'seen in the panel', subject }: ByHand = {},
  db: Database = world.file.db,
): Promise<string> {
  requests += 1;
  const id = `request-${requests}`;
  const at = world.clock.now();
  await db.tx(async (tx) => {
    const [row] = await tx
      .insert(adminActions)
      .values({
        id,
        kind,
        userId,
        amountTiyin,
        reason,
        subject: subject ?? null,
        ownerId: OWNER,
        state: 'done',
        createdAt: at,
        endedAt: at,
      })
      .returning();
    if (!row) throw new Error('no row');
    if (kind === 'suspense_credit') {
      await creditSuspense(tx, { itemId: subject ?? '', userId, staffId: OWNER, reason, at });
    } else if (kind === 'approve') {
      await world.topups.decisions.approve(tx, { id: subject ?? '', staffId: OWNER, reason, at });
    } else {
      await moneyApprovalActions({ log: { info: () => undefined } })[kind]?.perform?.(tx, row, at);
    }
  });
  await world.clock.advance(1000);
  return subject ?? id;
}

/** Found in a panel, written down, and given to somebody. */
async function found(
  { amountTiyin = BASE, ...rest }: ByHand = {},
  db = world.file.db,
): Promise<string> {
  const subject = await writtenDown(amountTiyin, db);
  return await done('suspense_credit', { amountTiyin, subject, ...rest }, db);
}

async function writtenDown(amountTiyin = BASE, db: Database = world.file.db): Promise<string> {
  requests += 1;
  const key = foundByHand({ staffId: OWNER, messageId: requests });
  const money = { provider: 'payfer', kind: 'unclaimed', actor: `user:${OWNER}` } as const;
  const at = world.clock.now();
  const { item } = await db.tx((tx) => recordSuspense(tx, { ...money, key, amountTiyin, at }));
  return item.id;
}

/** With so many so'm each, and the order named. */
async function inPieces({ id }: Topup, pieces: readonly number[]): Promise<void> {
  for (const piece of pieces) {
    await done('credit', { amountTiyin: som(piece), reason: `of № ${id}` });
  }
}

async function same({ id }: Topup): Promise<Topup | null> {
  const known = await sameMoneyOf(world.file.db.read, id);
  if (!known) return null;
  const {
    hands: [hand],
    restTiyin,
    taken: { length: taken },
  } = known;
  const decision = { id, hand: hand.id, restTiyin, taken, staffId: OWNER, reason: 'one transfer' };
  return await world.file.db.tx((tx) =>
    world.topups.decisions.closeAsSame(tx, { ...decision, at: world.clock.now() }),
  );
}

const balance = (userId = ALI) => balanceOf(world.file.db.read, userAvailable(userId));
const held = (account: Parameters<typeof balanceOf>[1]) => balanceOf(world.file.db.read, account);
const stateOf = async ({ id }: Topup) => (await world.topups.get(id))?.state;

async function kinds(chatId: number): Promise<string[]> {
  const rows = await world.file.db.read.select().from(outbox).where(eq(outbox.chatId, chatId));
  return rows.map((row) => row.kind).filter((kind) => kind !== 'topup_screen');
}

async function note({ id }: Topup): Promise<string | null> {
  const { read } = world.file.db;
  const rows = await read.select().from(topupHistory).where(eq(topupHistory.topupId, id));
  return rows.at(-1)?.note ?? null;
}

describe('credited by hand, then confirmed by the payment system', () => {
  it.each([
    ['found in a panel and given to its person', () => found()],
    ['given with /credit', () => done('credit')],
    [
      'given with another sum, and the order named',
      () => done('credit', { amountTiyin: som(48_000) }),
    ],
    [
      'given with another sum, and the order named in small letters',
      () => done('credit', { amountTiyin: som(48_000) }),
    ],
  ])('%s: an owner decides, and hears by what it was credited', async (_how, byHand) => {
    const order = await opened();
    if (_how.includes('another sum')) {
      const name = _how.includes('small letters') ? order.id.toLowerCase() : order.id;
      await done('credit', { amountTiyin: som(48_000), reason: `for № ${name}` });
    } else await byHand();
    const before = await balance();
    await world.clock.advance(MINUTE);
    expect(await report(order)).toBe('review');
    expect(await balance()).toBe(before);
    expect(await held(SUSPENSE)).toBe(BASE);
    const [hand] = await handCreditsOf(world.file.db.read, order);
    expect(hand).toMatchObject({ userId: ALI, staffId: OWNER });
    expect(await note(order)).toBe(`credited by hand as ${hand?.id}`);
    expect(await kinds(OWNER)).toEqual(['owner_review']);
    expect(await report(order)).toBe('settled_before');
  });

  it('vouched for as another order of the same person', async () => {
    const left = await opened();
    await world.topups.cancel(left.id, { userId: ALI });
    const order = await opened();
    await done('approve', { subject: left.id });
    expect(await report(order)).toBe('review');
    expect(await balance()).toBe(BASE);
  });

  it('with the sum that was asked for, where the order had a sum of its own', async () => {
    unique = true;
    const order = await opened();
    await found();
    expect(await report(order)).toBe('review');
    expect(await balance()).toBe(BASE);
  });

  it('given to somebody else, where the sum is unlike all others', async () => {
    unique = true;
    const order = await opened(VALI);
    await found({ amountTiyin: UNIQUE });
    expect(await report(order)).toBe('review');
    expect([await balance(ALI), await balance(VALI)]).toEqual([UNIQUE, 0]);
  });

  it('given to somebody else with /credit, where the sum is unlike all others', async () => {
    unique = true;
    const order = await opened(VALI);
    const id = await done('credit', { amountTiyin: UNIQUE });
    expect(await report(order)).toBe('review');
    expect([await balance(ALI), await balance(VALI)]).toEqual([UNIQUE, 0]);
    expect(await handCreditsOf(world.file.db.read, order)).toMatchObject([
      { id, kind: 'credit', userId: ALI, staffId: OWNER },
    ]);
    expect(await note(order)).toBe(`credited by hand as ${id}`);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['the same sum was debited before', async () => await done('debit')],
    [
      'another sum was debited because of the order',
      async () => {
        await done('credit');
        await done('debit', { amountTiyin: som(1000), reason: 'a fee' });
      },
    ],
    [
      'one of two was taken again',
      async () => {
        await done('credit');
        await done('credit');
        await done('debit');
      },
    ],
  ])('%s', async (_why, first) => {
    await done('credit', { amountTiyin: 2 * BASE });
    const order = await opened();
    await first();
    if (_why.includes('before')) await done('credit');
    const before = await balance();
    expect(await report(order)).toBe('review');
    expect(await balance()).toBe(before);
    expect(await handCreditsOf(world.file.db.read, order)).toHaveLength(1);
  });

  it('named with at least half of its sum', async () => {
    const order = await opened();
    await done('credit', { amountTiyin: BASE / 2, reason: `half of № ${order.id}` });
    await done('debit', { amountTiyin: som(1000), reason: `a fee for № ${order.id}` });
    expect(await report(order)).toBe('review');
  });

  it('named with a third three times', async () => {
    const order = await opened();
    await inPieces(order, [17_000, 17_000, 16_000]);
    expect(await report(order)).toBe('review');
    expect(await balance()).toBe(BASE);
    expect(await handCreditsOf(world.file.db.read, order)).toHaveLength(3);
  });

  it('given back outside of the program', async () => {
    unique = true;
    const order = await opened();
    const itemId = await writtenDown(UNIQUE);
    const decision = { itemId, staffId: OWNER, reason: 'to the card', at: world.clock.now() };
    await world.file.db.tx((tx) => returnSuspense(tx, decision));
    expect(await report(order)).toBe('review');
    expect(await held(RETURNS)).toBe(UNIQUE);
  });
});

describe('an owner decides', () => {
  it('that it is the same money: nothing is credited, and it stands in the books once', async () => {
    const order = await opened();
    const id = await found();
    await report(order);
    expect(await same(order)).toMatchObject({ state: 'paid' });
    expect(await balance()).toBe(BASE);
    expect([await held(SUSPENSE), await held(providerClearing('payfer'))]).toEqual([0, -BASE]);
    expect(await note(order)).toBe(`the same money as ${id}`);
    expect(await kinds(ALI)).toEqual(['suspense_credited', 'topup_review', 'topup_same']);
    expect(await same(order)).toBeNull();
    const figures = await figuresOf(world.file.db.read, {
      fromAt: 0,
      toAt: Number.MAX_SAFE_INTEGER,
    });
    expect(figures.inByProvider['payfer']?.tiyin).toBe(BASE);
    expect(figures.creditedTiyin).toBe(BASE);
  });

  it('likewise of what was given with /credit, which the payment system now has', async () => {
    const order = await opened();
    await done('credit');
    expect(await held(ADJUSTMENTS)).toBe(-BASE);
    await report(order);
    await same(order);
    expect(await balance()).toBe(BASE);
    expect([await held(ADJUSTMENTS), await held(providerClearing('payfer'))]).toEqual([0, -BASE]);
  });

  it('then only what came beyond it goes to the balance', async () => {
    unique = true;
    const order = await opened();
    await done('credit');
    await report(order);
    await same(order);
    expect(await balance()).toBe(UNIQUE);
    expect([await held(ADJUSTMENTS), await held(SUSPENSE)]).toEqual([0, 0]);
  });

  it.each([
    ['three pieces', [17_000, 17_000, 16_000], 0],
    ['pieces that are less: what came beyond them is credited', [10_000, 14_000, 16_000], 10_000],
    ['pieces that are more', [20_000, 20_000, 20_000], 0],
    ['a piece that alone is more than all of it', [20_000, 55_000], 0],
  ])('of what was given in %s', async (_how, pieces, rest) => {
    const order = await opened();
    await inPieces(order, pieces);
    const given = som(pieces.reduce((sum, each) => sum + each, 0));
    await report(order);
    expect((await sameMoneyOf(world.file.db.read, order.id))?.restTiyin).toBe(som(rest));
    expect(await same(order)).toMatchObject({ state: 'paid' });
    expect(await balance()).toBe(given + som(rest));
    expect([await held(SUSPENSE), await held(providerClearing('payfer'))]).toEqual([0, -BASE]);
    expect(await held(ADJUSTMENTS)).toBe(BASE - som(rest) - given);
  });

  it('of the pieces that name it, beside one of its sum that does not', async () => {
    unique = true;
    const order = await opened();
    const id = await done('credit');
    await inPieces(order, [26_000]);
    await report(order);
    const known = await sameMoneyOf(world.file.db.read, order.id);
    expect([known?.hands[0]?.id, known?.restTiyin]).toEqual([id, 0]);
    await same(order);
    expect(await balance()).toBe(som(76_000));
  });

  it('of the pieces that name it, where they are all of it, and not of another order’s whole sum', async () => {
    const first = await opened();
    await inPieces(first, [17_000, 17_000, 16_000]);
    await report(first);
    const second = await opened();
    await done('credit', { reason: `of № ${second.id}` });
    expect(await same(first)).toMatchObject({ state: 'paid' });
    expect(await report(second)).toBe('review');
    expect(await same(second)).toMatchObject({ state: 'paid' });
    expect(await balance()).toBe(2 * BASE);
    expect([await held(SUSPENSE), await held(ADJUSTMENTS)]).toEqual([0, 0]);
  });

  it('of another sum that was found in the panel before the payment system said so', async () => {
    const order = await opened();
    await found({ amountTiyin: som(48_000) });
    expect(await report(order, som(48_000))).toBe('review');
    expect(await same(order)).toMatchObject({ state: 'paid' });
    expect(await balance()).toBe(som(48_000));
    expect(await held(SUSPENSE)).toBe(0);
    expect(await held(providerClearing('payfer'))).toBe(-som(48_000));
  });

  it('of what went to somebody else: its own person gets nothing, and nothing is to be given back', async () => {
    unique = true;
    const order = await opened(VALI);
    await found({ amountTiyin: UNIQUE });
    await report(order);
    expect(await same(order)).toMatchObject({ state: 'refused' });
    expect([await balance(ALI), await balance(VALI)]).toEqual([UNIQUE, 0]);
    expect([await held(SUSPENSE), await held(RETURNS)]).toEqual([0, 0]);
    expect(await held(providerClearing('payfer'))).toBe(-UNIQUE);
  });

  it('that it is another payment: it is credited', async () => {
    const order = await opened();
    await found();
    await report(order);
    const decision = { id: order.id, staffId: OWNER, reason: 'two transfers', at: 1 };
    await world.file.db.tx((tx) => world.topups.decisions.creditReview(tx, decision));
    expect(await balance()).toBe(2 * BASE);
  });

  it('of what was vouched for as another order: that one is owed to its person when it is paid, too', async () => {
    const left = await opened();
    await world.topups.cancel(left.id, { userId: ALI });
    const order = await opened();
    await done('approve', { subject: left.id });
    await report(order);
    expect(await same(order)).toMatchObject({ state: 'paid' });
    expect(await held(providerClearing('payfer'))).toBe(-BASE);
    await world.clock.advance(MINUTE);
    payfer.onCheck = () => ({ kind: 'paid', paidTiyin: BASE });
    await world.topups.checkNow(left.id, {});
    await world.clock.advance(MINUTE);
    await world.topups.checkNow(left.id, {});
    expect([await balance(), await held(SUSPENSE)]).toEqual([BASE, BASE]);
    expect(await held(providerClearing('payfer'))).toBe(-2 * BASE);
    const rows = await world.file.db.read.select().from(suspenseItems);
    expect(rows).toMatchObject([{ topupId: left.id, kind: 'twice', amountTiyin: BASE }]);
    expect((await world.topups.get(left.id))?.takenBackTiyin).toBeNull();
  });

  it('nothing of a sum that nobody else’s was', async () => {
    unique = true;
    const order = await opened(VALI);
    await found({ amountTiyin: UNIQUE });
    expect(await report(order, som(60_000))).toBe('review');
    expect(await same(order)).toBeNull();
    expect(await stateOf(order)).toBe('review');
  });

  it('about one order: the next of the same sum is no doubt any more', async () => {
    const other = await opened(ALI, 'inpay');
    const order = await opened();
    await found();
    await report(order);
    await same(order);
    expect(await report(other)).toBe('credited');
  });
});

describe('no doubt', () => {
  it.each<[string, (order: Topup) => Promise<unknown>]>([
    [
      'what was credited by hand was taken again',
      async () => {
        await found();
        await done('debit');
      },
    ],
    ['it was written down and not decided', async () => await writtenDown()],
    [
      'it was a compensation about the order',
      async ({ id }) =>
        await done('credit', { amountTiyin: som(5000), reason: `sorry for the delay of № ${id}` }),
    ],
    [
      'it was taken again before the same was debited once more',
      async () => {
        await done('credit', { amountTiyin: som(90_000) });
        await done('credit');
        await done('debit');
        await done('debit');
      },
    ],
    [
      'of the pieces that name it less than half was not taken again',
      async (order) => {
        await inPieces(order, [17_000, 16_500, 16_000]);
        await done('debit', { amountTiyin: som(17_000) });
        await done('debit', { amountTiyin: som(16_500) });
      },
    ],
    [
      'of the pieces some were given to somebody else',
      async ({ id }) => {
        await done('credit', { amountTiyin: som(17_000), reason: `of № ${id}` });
        await done('credit', { amountTiyin: som(17_000), reason: `of № ${id}`, userId: VALI });
      },
    ],
    ['it was another sum', async () => await found({ amountTiyin: som(40_000) })],
    ['it was somebody else’s, of a common sum', async () => await found({ userId: VALI })],
  ])('%s', async (_why, byHand) => {
    const order = await opened();
    await byHand(order);
    expect(await report(order)).toBe('credited');
    expect(await kinds(OWNER)).toEqual([]);
  });

  it('taken again from somebody else who had got a sum unlike all others', async () => {
    unique = true;
    const order = await opened(VALI);
    await found({ amountTiyin: UNIQUE });
    await done('debit', { amountTiyin: UNIQUE });
    expect(await report(order)).toBe('credited');
  });

  it('likewise where it had been given with /credit', async () => {
    unique = true;
    const order = await opened(VALI);
    await done('credit', { amountTiyin: UNIQUE });
    await done('debit', { amountTiyin: UNIQUE });
    expect(await report(order)).toBe('credited');
  });

  it('given with /credit to somebody else, of a common sum', async () => {
    unique = true;
    const order = await opened(VALI);
    await done('credit', { amountTiyin: BASE });
    expect(await report(order)).toBe('credited');
  });

  it('given before the order was opened', async () => {
    await found();
    await world.clock.advance(MINUTE);
    expect(await report(await opened())).toBe('credited');
  });

  it('who was vouched for was called paid by the system, too', async () => {
    const first = await opened();
    await world.topups.cancel(first.id, { userId: ALI });
    const order = await opened();
    await done('approve', { subject: first.id });
    const step = {
      topupId: first.id,
      at: world.clock.now(),
      toState: 'called_paid',
      cause: 'poll',
    } as const;
    await world.file.db.tx((tx) => tx.insert(topupHistory).values(step));
    expect(await report(order)).toBe('credited');
  });
});

it('at once, also through two processes, one of both is decided', async () => {
  const second = openAgain(world.file);
  try {
    for (let round = 1; round <= 5; round += 1) {
      const order = await opened(10 + round);
      const itemId = await writtenDown();
      const [outcome] = await Promise.all([
        report(order),
        done('suspense_credit', { userId: 10 + round, subject: itemId }, second),
      ]);
      // Whichever was first: where the report was, the question by hand had shown another balance.
      expect(['credited', 'review']).toContain(outcome);
      expect(await balance(10 + round)).toBe(outcome === 'credited' ? 2 * BASE : BASE);
      expect(await stateOf(order)).toBe(outcome === 'credited' ? 'paid' : 'review');
    }
  } finally {
    await second.close();
  }
});

it('is looked for by a statement that SQLite need not compile at each credit: see `isDone`', () => {
  const { read } = world.file.db;
  const { sql } = read.select().from(topups).where(notGivenByHand(read)).toSQL();
  expect(sql).toContain(`"given"."state" = 'done'`);
  expect(sql).not.toMatch(/"(?:given|piece|taking|between_both)"\."state" = (?:\?|\$\d)/);
});
