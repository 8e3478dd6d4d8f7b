/** What somebody of the staff decides about an order. Each works once: afterwards it finds nothing to decide. */
import type { Tx } from '../db/database.ts';
import { providerClearing, RETURNS, SUSPENSE, userAvailable } from '../ledger/accounts.ts';
import { type Line, post } from '../ledger/ledger.ts';
import type { Tiyin } from '../core/money.ts';
import { enqueue } from '../outbox/messages.ts';
import { endTopup } from './end.ts';
import type { TopupDeps } from './deps.ts';
import { nextAfterPaid } from './looks.ts';
import { type MoneyMoved, noteMoney } from './money-noted.ts';
import { type Move, transitionTopup, topupById } from './transitions.ts';
import { enqueueScreen, justPaid, tellPaid } from './settle.ts';
import { restSum } from './sums.ts';
import { insertItem, type SuspenseItem } from './suspense.ts';
import type { Cause } from './states.ts';
import type { Topup } from './topup.ts';
import { ENDED } from './turns.ts';

export interface StaffDecision {
  /** The order. */
  id: string;
  /** The Telegram id of the member of the staff who decides. */
  staffId: number;
  /** Written into the books. */
  reason: string;
  /** Milliseconds since 1970. */
  at: number;
}

const causeOf = ({ staffId }: StaffDecision): Cause => `staff:${staffId}`;

/** Money of an order in review goes to the order's user. Null when it is not, or no longer, in review. */
export async function creditReview(
  deps: TopupDeps,
  tx: Tx,
  decision: StaffDecision,
): Promise<Topup | null> {
  const { id, at } = decision;
  const known = await topupById(tx, id);
  const provider = known ? deps.providers.get(known.provider) : undefined;
  const dueAt = provider ? nextAfterPaid(provider, justPaid(at), at) : null;
  const order = await endReview(tx, decision, { to: 'credited', set: { paidAt: at, dueAt } });
  if (!order) return null;
  await postReview(tx, order, decision, {
    kind: 'review_credited',
    to: { account: userAvailable(order.userId), amountTiyin: paidOf(order) },
  });
  await tellPaid(tx, { id, userId: order.userId, at, late: false });
  noteDecided(deps, tx, decision, { order, outcome: 'review_credited' });
  return order;
}

/** Money of an order in review is to be given back outside the program. Null when it is not in review. */
export async function refuseReview(
  deps: TopupDeps,
  tx: Tx,
  decision: StaffDecision,
): Promise<Topup | null> {
  const order = await endReview(tx, decision, { to: 'refused' });
  if (!order) return null;
  await postReview(tx, order, decision, {
    kind: 'review_refused',
    to: { account: RETURNS, amountTiyin: paidOf(order) },
  });
  await tellRefused(tx, order, decision.at);
  noteDecided(deps, tx, decision, { order, outcome: 'review_refused' });
  return order;
}

/** `order`: as it is after the decision. */
function noteDecided(
  deps: TopupDeps,
  tx: Tx,
  { staffId }: StaffDecision,
  { order, outcome }: { order: Topup; outcome: MoneyMoved['outcome'] },
): void {
  const { id, provider } = order;
  noteMoney(deps, tx, { outcome, id, provider, amountTiyin: paidOf(order), staffId });
}

/** Null when the order is not, or no longer, in review: then nothing is written. */
async function endReview(
  tx: Tx,
  decision: StaffDecision,
  end: { to: 'credited' | 'refused' | 'redirected'; set?: Move['set'] },
): Promise<Topup | null> {
  const { id, reason: note, at } = decision;
  const set = end.set === undefined ? {} : { set: end.set };
  return await transitionTopup(tx, {
    id,
    transition: end.to,
    cause: causeOf(decision),
    at,
    note,
    ...set,
  });
}

/** The order's user hears that its money is not credited. */
export async function tellRefused(tx: Tx, order: Topup, at: number): Promise<void> {
  await enqueueScreen(tx, order, at);
  const params = { topupId: order.id };
  const key = `topup:${order.id}:refused`;
  await enqueue(tx, { key, chatId: order.userId, kind: 'topup_refused', params, at });
}

async function postReview(
  tx: Tx,
  order: Topup,
  { staffId, reason, at }: StaffDecision,
  { kind, to }: { kind: string; to: Line },
): Promise<void> {
  await post(tx, {
    key: `topup:${order.id}:review`,
    kind,
    actor: `user:${staffId}`,
    reason,
    at,
    lines: [{ account: SUSPENSE, amountTiyin: -to.amountTiyin }, to],
  });
}

function paidOf({ id, paidTiyin }: Topup): Tiyin {
  if (paidTiyin === null) throw new Error(`order ${id} is under review without a paid sum`);
  return paidTiyin;
}

/**
 * The money of an order in review is somebody else's: it stays in suspense, as an item of its own that can be credited
 * to anybody, and the order's user hears that nothing was credited. Null when it is not in review.
 */
export async function redirectReview(
  deps: TopupDeps,
  tx: Tx,
  decision: StaffDecision,
): Promise<SuspenseItem | null> {
  const { id, at } = decision;
  const order = await endReview(tx, decision, { to: 'redirected' });
  if (!order) return null;
  const { item } = await insertItem(tx, {
    key: reviewItemKey(id),
    provider: order.provider,
    amountTiyin: paidOf(order),
    kind: 'other_sum',
    actor: `user:${decision.staffId}`,
    topupId: id,
    at,
  });
  await tellRefused(tx, order, at);
  noteDecided(deps, tx, decision, { order, outcome: 'review_redirected' });
  return item;
}

/** Names the item that an order's review became; it has no entry of its own, the order's put the money there. */
export function reviewItemKey(topupId: string): string {
  return `topup:${topupId}:review`;
}

/** Somebody vouches for a payment of the exact sum. Null when the order can't be paid any more. */
export async function approve(
  deps: TopupDeps,
  tx: Tx,
  decision: StaffDecision,
): Promise<Topup | null> {
  const { id, staffId, at, reason } = decision;
  const known = await topupById(tx, id);
  const order = await transitionTopup(tx, {
    id,
    at,
    transition: 'approved',
    cause: causeOf(decision),
    note: reason,
    set: {
      paidTiyin: known?.amountTiyin ?? null,
      paidAt: at,
      endedAt: known?.endedAt ?? at,
      dueAt: null,
      urgency: ENDED,
      cancelWanted: false,
    },
  });
  if (!order) return null;
  await post(tx, {
    key: `topup:${id}`,
    kind: 'topup_approved',
    actor: `user:${staffId}`,
    reason,
    at,
    lines: [
      { account: providerClearing(order.provider), amountTiyin: -order.amountTiyin },
      { account: userAvailable(order.userId), amountTiyin: order.amountTiyin },
    ],
  });
  await restSum(deps, tx, { id, at, providerEndsAt: order.providerEndsAt });
  await tellPaid(tx, { id, userId: order.userId, at, late: false });
  noteDecided(deps, tx, decision, { order, outcome: 'approved' });
  return order;
}

/**
 * Ends a waiting order for its payer, as if its deadline had passed. It does not end our watch: somebody may have
 * paid already, and a payment within LATE_PAYMENT_HOURS is still credited. Null when it was not waiting any more.
 */
export async function closeTopup(
  deps: TopupDeps,
  tx: Tx,
  { id, staffId, at }: Omit<StaffDecision, 'reason'>,
): Promise<Topup | null> {
  const known = await topupById(tx, id);
  if (!known) return null;
  const cancelWanted = deps.providers.get(known.provider)?.cancel !== undefined;
  const transition = 'closedByStaff';
  return await endTopup(deps, tx, { id, transition, cause: `staff:${staffId}`, at, cancelWanted });
}
