/** Closing an order in review whose money an owner had credited by hand before: nothing is credited a second time. */
import type { Queries, Tx } from '../db/database.ts';
import { ADJUSTMENTS, providerClearing, SUSPENSE, userAvailable } from '../ledger/accounts.ts';
import type { AccountId } from '../ledger/accounts.ts';
import { post } from '../ledger/ledger.ts';
import type { Tiyin } from '../core/money.ts';
import { enqueue } from '../outbox/messages.ts';
import { type HandCredit, handCreditsOf, sameMoneyKey } from './by-hand.ts';
import { reviewItemKey, type StaffDecision, tellRefused } from './decide.ts';
import type { TopupDeps } from './deps.ts';
import { nextAfterPaid } from './looks.ts';
import { noteMoney } from './money-noted.ts';
import { enqueueScreen, justPaid } from './settle.ts';
import { suspenseItem, suspenseOfKey } from './suspense.ts';
import type { Topup } from './topup.ts';
import { transitionTopup, topupById } from './transitions.ts';

/** Of an order that ends as refused, though nothing is to be given back. */
export const SAME_ELSEWHERE_ENTRY = 'review_elsewhere';

export interface SameMoney {
  order: Topup;
  /** The credit it is the money of. */
  hand: HandCredit;
  /** What came beyond that and goes to the order's user. */
  restTiyin: Tiyin;
}

/** Which credit by hand the money of an order in review may be; null where there is none, or nothing to decide. */
export async function sameMoneyOf(queries: Queries, id: string): Promise<SameMoney | null> {
  const order = await topupById(queries, id);
  if (order?.state !== 'review' || order.paidTiyin === null) return null;
  const [hand] = await handCreditsOf(queries, order);
  if (!hand) return null;
  return { order, hand, restTiyin: Math.max(0, order.paidTiyin - hand.amountTiyin) };
}

/**
 * What the order's report put into suspense goes back to where the credit by hand took it from, so that the money stands
 * in the books once; what came beyond it is the user's. `hand`, `restTiyin`: as the question showed them. Null, with nothing
 * written, when that is not so any more.
 */
export async function closeAsSame(
  deps: TopupDeps,
  tx: Tx,
  { hand: handId, restTiyin, ...decision }: StaffDecision & { hand: string; restTiyin: Tiyin },
): Promise<Topup | null> {
  const { id, staffId, reason, at } = decision;
  const same = await sameMoneyOf(tx, id);
  if (same?.hand.id !== handId || same.restTiyin !== restTiyin) return null;
  const { hand } = same;
  const isTheirs = hand.userId === same.order.userId;
  const provider = deps.providers.get(same.order.provider);
  const dueAt = provider ? nextAfterPaid(provider, justPaid(at), at) : null;
  const order = await transitionTopup(tx, {
    id,
    transition: isTheirs ? 'sameMoney' : 'sameMoneyElsewhere',
    cause: `staff:${staffId}`,
    at,
    note: `the same money as ${hand.id}`,
    ...(isTheirs ? { set: { paidAt: at, dueAt } } : {}),
  });
  if (!order) return null;
  const paidTiyin = order.paidTiyin ?? 0;
  await post(tx, {
    key: sameMoneyKey(hand.id),
    kind: isTheirs ? 'review_same' : SAME_ELSEWHERE_ENTRY,
    actor: `user:${staffId}`,
    reason,
    at,
    lines: [
      { account: SUSPENSE, amountTiyin: -paidTiyin },
      { account: await takenFrom(tx, hand, order), amountTiyin: paidTiyin - restTiyin },
      ...(restTiyin > 0 ? [{ account: userAvailable(order.userId), amountTiyin: restTiyin }] : []),
    ],
  });
  if (isTheirs) await tellSame(tx, { order, hand, restTiyin, at });
  else await tellRefused(tx, order, at);
  const amountTiyin = paidTiyin;
  noteMoney(deps, tx, {
    outcome: 'review_same',
    id,
    provider: order.provider,
    amountTiyin,
    staffId,
  });
  return order;
}

/** Where the credit by hand says that the money came from. */
async function takenFrom(tx: Tx, { kind, id }: HandCredit, order: Topup): Promise<AccountId> {
  if (kind === 'credit') return ADJUSTMENTS;
  if (kind === 'approve') {
    return providerClearing((await topupById(tx, id))?.provider ?? order.provider);
  }
  const item = (await suspenseItem(tx, id)) ?? (await suspenseOfKey(tx, reviewItemKey(id)));
  return providerClearing(item?.provider ?? order.provider);
}

async function tellSame(
  tx: Tx,
  { order, hand, restTiyin, at }: SameMoney & { at: number },
): Promise<void> {
  await enqueueScreen(tx, order, at);
  await enqueue(tx, {
    key: `topup:${order.id}:same`,
    chatId: order.userId,
    kind: 'topup_same',
    params: { topupId: order.id, givenAt: hand.at, restTiyin },
    at,
  });
}
