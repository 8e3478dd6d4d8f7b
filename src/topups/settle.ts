/**
 * The only function that turns an order into money. Webhook, poller and button all end here; it may be called any
 * number of times from anywhere, and credits once.
 */
import { and, eq, inArray, sql } from 'drizzle-orm';
import { prepared, together, type Tx } from '../db/database.ts';
import { topupHistory, topups } from '../db/tables.ts';
import { providerClearing, SUSPENSE, userAvailable } from '../ledger/accounts.ts';
import { post } from '../ledger/ledger.ts';
import { assertTiyin, type Tiyin } from '../core/money.ts';
import { enqueue, enqueueTwo } from '../outbox/messages.ts';
import type { TopupDeps } from './deps.ts';
import { nextAfterPaid } from './looks.ts';
import { type Move, transitionTopup, topupById } from './transitions.ts';
import type { ProviderId } from '../core/payment-systems.ts';
import { restSum } from './sums.ts';
import type { Cause } from './states.ts';
import { PAYABLE_STATES, type Topup } from './topup.ts';
import { ENDED } from './turns.ts';
import { hasNoTwin, twinsOf } from './twins.ts';
import { handCreditsOf, notGivenByHand } from './by-hand.ts';

interface Evidence {
  topupId: string;
  provider: ProviderId;
  /** What the provider's status call says was paid. */
  paidTiyin: Tiyin;
  cause: Cause;
  at: number;
}

type SettleOutcome =
  | { kind: 'credited' }
  /** Another sum than expected, or perhaps credited before, as another order's or by hand: in suspense, owners were told. */
  | { kind: 'review' }
  /** It was credited, reviewed or refused before; nothing moved. */
  | { kind: 'settled_before' };

const markPaid = prepared((q) =>
  q
    .update(topups)
    .set({
      state: 'paid',
      paidTiyin: sql`${sql.placeholder('paid')}`,
      paidAt: sql`${sql.placeholder('at')}`,
      endedAt: sql`coalesce(${topups.endedAt}, ${sql.placeholder('at')})`,
      dueAt: sql`${sql.placeholder('dueAt')}`,
      lastProblem: null,
      cancelWanted: false,
      leaseUntil: 0,
      // What is due from here on is a receipt; a webhook makes it urgent again.
      urgency: ENDED,
    })
    .where(
      and(
        eq(topups.id, sql.placeholder('id')),
        inArray(topups.state, [...PAYABLE_STATES]),
        eq(topups.amountTiyin, sql.placeholder('paid')),
        hasNoTwin(q),
        notGivenByHand(q),
      ),
    )
    .returning({
      userId: topups.userId,
      provider: topups.provider,
      cardHash: topups.cardHash,
      providerEndsAt: topups.providerEndsAt,
      endedAt: topups.endedAt,
    }),
);

const addHistory = prepared((q) =>
  q.insert(topupHistory).values({
    topupId: sql.placeholder('id'),
    at: sql.placeholder('at'),
    toState: 'paid',
    cause: sql.placeholder('cause'),
  }),
);

/**
 * Credits the order's user with what was paid, if it is what was expected, the order can still be paid, and neither another
 * order nor an owner by hand may have credited this very transfer; else puts it into suspense for an owner. One
 * transaction: state, entry and messages are there together or not at all.
 */
export async function settle(deps: TopupDeps, tx: Tx, evidence: Evidence): Promise<SettleOutcome> {
  assertTiyin(evidence.paidTiyin, 'paid');
  if (evidence.paidTiyin <= 0) throw new Error('settle: nothing was paid');
  return (await credit(deps, tx, evidence)) ?? (await setAside(deps, tx, evidence));
}

async function credit(deps: TopupDeps, tx: Tx, evidence: Evidence): Promise<SettleOutcome | null> {
  const { topupId: id, paidTiyin: paid, at, cause } = evidence;
  const provider = deps.providers.get(evidence.provider);
  const dueAt = provider ? nextAfterPaid(provider, justPaid(at), at) : null;
  const [order] = await markPaid(tx).execute({ id, paid, at, dueAt });
  if (!order) return null;
  const entry = {
    key: `topup:${id}`,
    kind: 'topup',
    actor: 'system',
    at,
    lines: [
      { account: providerClearing(order.provider), amountTiyin: -paid },
      { account: userAvailable(order.userId), amountTiyin: paid },
    ],
  };
  await together([
    addHistory(tx).execute({ id, at, cause }),
    post(tx, entry),
    ...(order.cardHash === null
      ? []
      : [restSum(deps, tx, { id, at, providerEndsAt: order.providerEndsAt })]),
    tellPaid(tx, { id, userId: order.userId, at, late: order.endedAt !== at }),
  ]);
  return { kind: 'credited' };
}

/** What is written about an order that was just paid. What is asked about it afterwards depends on this alone. */
export function justPaid(at: number): { state: 'paid'; paidAt: number; receiptUrl: null } {
  return { state: 'paid', paidAt: at, receiptUrl: null };
}

/** News of the credited sum, with the new screen before it. */
export async function tellPaid(
  tx: Tx,
  { id, userId, at, late }: { id: string; userId: number; at: number; late: boolean },
): Promise<void> {
  const topupId = id;
  await enqueueTwo(tx, { chatId: userId, at }, [
    { key: `topup:${id}:screen:paid`, kind: 'topup_screen', params: { topupId } },
    { key: `topup:${id}:paid`, kind: 'topup_paid', params: { topupId, late } },
  ]);
}

async function setAside(deps: TopupDeps, tx: Tx, evidence: Evidence): Promise<SettleOutcome> {
  const { topupId: id, paidTiyin, at, cause } = evidence;
  const order = await transitionTopup(tx, {
    id,
    ...(await whyAside(tx, evidence)),
    cause,
    at,
    set: { paidTiyin, endedAt: at, dueAt: null, cancelWanted: false, leaseUntil: 0 },
  });
  if (!order) return { kind: 'settled_before' };
  await post(tx, {
    key: `topup:${id}`,
    kind: 'suspense',
    actor: 'system',
    at,
    lines: [
      { account: providerClearing(order.provider), amountTiyin: -paidTiyin },
      { account: SUSPENSE, amountTiyin: paidTiyin },
    ],
  });
  await restSum(deps, tx, { id, at, providerEndsAt: order.providerEndsAt });
  await tellReview(deps, tx, order, at);
  return { kind: 'review' };
}

async function whyAside(
  tx: Tx,
  { topupId, paidTiyin }: Evidence,
): Promise<Pick<Move, 'transition' | 'note'>> {
  const known = await topupById(tx, topupId);
  const inFull = known?.amountTiyin === paidTiyin ? known : null;
  const [twin] = inFull ? await twinsOf(tx, inFull) : [];
  if (twin) {
    return { transition: 'paidAsTwin', note: `the same sum as ${twin.id} on the same card` };
  }
  const [hand] = inFull ? await handCreditsOf(tx, inFull) : [];
  if (hand) return { transition: 'paidAfterHand', note: `credited by hand as ${hand.id}` };
  return { transition: 'paidOtherSum', note: `paid ${paidTiyin} tiyin` };
}

async function tellReview(deps: TopupDeps, tx: Tx, order: Topup, at: number): Promise<void> {
  const params = { topupId: order.id };
  await enqueueScreen(tx, order, at);
  const key = `topup:${order.id}:review`;
  await enqueue(tx, { key, chatId: order.userId, kind: 'topup_review', params, at });
  for (const chatId of deps.ownerChats) {
    await enqueue(tx, { key: `${key}:${chatId}`, chatId, kind: 'owner_review', params, at });
  }
}

/** The order's screen becomes what the order is now. */
export async function enqueueScreen(tx: Tx, order: Topup, at: number): Promise<void> {
  await enqueue(tx, {
    key: `topup:${order.id}:screen:${order.state}`,
    chatId: order.userId,
    kind: 'topup_screen',
    params: { topupId: order.id },
    at,
  });
}
