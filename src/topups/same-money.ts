/** Closing an order in review whose money an owner had credited by hand before: nothing is credited a second time. */
import type { Queries, Tx } from '../db/database.ts';
import { ADJUSTMENTS, providerClearing, SUSPENSE, userAvailable } from '../ledger/accounts.ts';
import type { AccountId } from '../ledger/accounts.ts';
import { post } from '../ledger/ledger.ts';
import type { Tiyin } from '../core/money.ts';
import { enqueue } from '../outbox/messages.ts';
import { MOST_LISTED } from '../staff/given.ts';
import { type HandCredit, handCreditsOf, sameMoneyKey, takenAfter } from './by-hand.ts';
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
  /** What was credited by hand of it: once, or in pieces. */
  hands: readonly [HandCredit, ...HandCredit[]];
  /** What came beyond them and goes to the order's user. */
  restTiyin: Tiyin;
  /** What was taken again since, by debits of whatever sums: whether they undid the credits, whoever decides knows. */
  taken: readonly HandCredit[];
}

/** Which credits by hand the money of an order in review may be; null where there is none, or nothing to decide. */
export async function sameMoneyOf(queries: Queries, id: string): Promise<SameMoney | null> {
  const order = await topupById(queries, id);
  if (order?.state !== 'review' || order.paidTiyin === null) return null;
  const known = await handCreditsOf(queries, order);
  // There may be more than were read, and what those gave would be taken for the rest.
  if (known.length >= MOST_LISTED) return null;
  const hands = handsFor(order, known);
  if (!hands) return null;
  const restTiyin = Math.max(0, order.paidTiyin - sumOfHands(hands));
  return { order, hands, restTiyin, taken: await takenAfter(queries, hands) };
}

/**
 * Those that name the order, where they are all that came together: one of its sum beside them may be another order's. Else one
 * credit that is all of it; else the largest, and whatever else names the order: what was given in pieces would be
 * credited again as the rest of one of them. What the order's person got goes before what went elsewhere.
 */
function handsFor(order: Topup, known: readonly HandCredit[]): SameMoney['hands'] | null {
  const paidTiyin = order.paidTiyin ?? 0;
  const own = known.filter(({ userId }) => userId === order.userId);
  const hands = own.length > 0 ? own : known;
  const largestFirst = hands.toSorted((a, b) => b.amountTiyin - a.amountTiyin);
  const [first, ...more] = enough(
    largestFirst.filter(({ isNamed }) => isNamed),
    paidTiyin,
  );
  if (first && sumOfHands([first, ...more]) >= paidTiyin) return [first, ...more];
  const whole = hands.find(({ amountTiyin }) => amountTiyin >= paidTiyin);
  if (whole) return [whole];
  const [largest, ...others] = largestFirst;
  if (!largest) return null;
  const named = others.filter(({ isNamed }) => isNamed);
  return [largest, ...enough(named, paidTiyin - largest.amountTiyin)];
}

/** As many of the first ones as it takes for this sum, or all. */
function enough(hands: readonly HandCredit[], sumTiyin: Tiyin): HandCredit[] {
  const taken: HandCredit[] = [];
  let leftTiyin = sumTiyin;
  for (const each of hands) {
    if (leftTiyin <= 0) break;
    taken.push(each);
    leftTiyin -= each.amountTiyin;
  }
  return taken;
}

export function sumOfHands(hands: SameMoney['hands']): Tiyin {
  return hands.reduce((sum, { amountTiyin }) => sum + amountTiyin, 0);
}

/**
 * What the order's report put into suspense goes back to where the credits by hand took it from, so that the money stands
 * in the books once; what came beyond them is the user's. `hand`: the first of them; it and
 * `restTiyin` and how many debits there were since as the question showed them. Null, with nothing written, when that is not so any more.
 */
export async function closeAsSame(
  deps: TopupDeps,
  tx: Tx,
  {
    hand: handId,
    restTiyin,
    taken,
    ...decision
  }: StaffDecision & { hand: string; restTiyin: Tiyin; taken: number },
): Promise<Topup | null> {
  const { id, staffId, reason, at } = decision;
  const same = await sameMoneyOf(tx, id);
  if (same?.hands[0].id !== handId || same.restTiyin !== restTiyin) return null;
  // Somebody has taken it again while the question stood.
  if (same.taken.length !== taken) return null;
  const [hand] = same.hands;
  const isTheirs = hand.userId === same.order.userId;
  const provider = deps.providers.get(same.order.provider);
  const dueAt = provider ? nextAfterPaid(provider, justPaid(at), at) : null;
  const order = await transitionTopup(tx, {
    id,
    transition: isTheirs ? 'sameMoney' : 'sameMoneyElsewhere',
    cause: `staff:${staffId}`,
    at,
    note: `the same money as ${same.hands.map((each) => each.id).join(', ')}`,
    ...(isTheirs ? { set: { paidAt: at, dueAt } } : {}),
  });
  if (!order) return null;
  const paidTiyin = order.paidTiyin ?? 0;
  let leftTiyin = paidTiyin - restTiyin;
  for (const each of same.hands) {
    // What was given beyond all that came is not this order's money.
    const backTiyin = Math.min(leftTiyin, each.amountTiyin);
    leftTiyin -= backTiyin;
    const userTiyin = each === hand ? restTiyin : 0;
    await post(tx, {
      key: sameMoneyKey(each.id),
      kind: isTheirs ? 'review_same' : SAME_ELSEWHERE_ENTRY,
      actor: `user:${staffId}`,
      reason,
      at,
      lines: [
        { account: SUSPENSE, amountTiyin: -(backTiyin + userTiyin) },
        { account: await takenFrom(tx, each, order), amountTiyin: backTiyin },
        ...(userTiyin > 0
          ? [{ account: userAvailable(order.userId), amountTiyin: userTiyin }]
          : []),
      ],
    });
  }
  if (isTheirs) await tellSame(tx, { order, givenAt: hand.at, restTiyin, at });
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
  {
    order,
    givenAt,
    restTiyin,
    at,
  }: { order: Topup; givenAt: number; restTiyin: Tiyin; at: number },
): Promise<void> {
  await enqueueScreen(tx, order, at);
  await enqueue(tx, {
    key: `topup:${order.id}:same`,
    chatId: order.userId,
    kind: 'topup_same',
    params: { topupId: order.id, givenAt, restTiyin },
    at,
  });
}
