/** A second payment of an order that was settled: seen by what the provider's status call counts, and by nothing else. */
import { and, eq } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import { sumOf } from '../db/exact.ts';
import { providerEvents, suspenseItems } from '../db/tables.ts';
import type { Tiyin } from '../core/money.ts';
import { isBody } from '../client/words.ts';
import { entryByKey } from '../ledger/ledger.ts';
import { sameMoneyKey } from './by-hand.ts';
import type { TopupDeps } from './deps.ts';
import { topupById } from './transitions.ts';
import { recordSuspense } from './suspense.ts';
import { isSettled, type Topup } from './topup.ts';

/** What the status call says about an order that is settled. */
interface SecondLook {
  topupId: string;
  /** All that the provider counts as paid for this order. */
  paidTiyin: Tiyin;
  /** A report or a person asked for this look. */
  reported: boolean;
  at: number;
}

/**
 * Puts what is more than was settled before into suspense, once for each total. The same sum again is no evidence; when
 * webhooks then name several transactions, owners are told to look by hand.
 */
export async function noteSecondPayment(
  deps: TopupDeps,
  tx: Tx,
  { topupId, paidTiyin, reported, at }: SecondLook,
): Promise<void> {
  const order = await topupById(tx, topupId);
  if (!order || order.paidTiyin === null || !isSettled(order.state)) return;
  const moreTiyin = paidTiyin - (await settledFor(tx, order));
  if (moreTiyin > 0) {
    await suspend(deps, tx, { order, paidTiyin, moreTiyin, at });
    return;
  }
  if (!reported || moreTiyin < 0 || (await transactionsNamed(tx, topupId)) < 2) return;
  const { provider } = order;
  await deps.alarm(tx, { kind: 'second_payment', provider, topupId, itemId: null }, at);
}

async function suspend(
  deps: TopupDeps,
  tx: Tx,
  more: { order: Topup; paidTiyin: Tiyin; moreTiyin: Tiyin; at: number },
): Promise<void> {
  const { order, paidTiyin, moreTiyin, at } = more;
  const { provider, id: topupId } = order;
  const { kind, item } = await recordSuspense(tx, {
    key: `topup:${topupId}:second:${paidTiyin}`,
    provider,
    amountTiyin: moreTiyin,
    kind: 'twice',
    actor: 'system',
    topupId,
    data: { settledTiyin: order.paidTiyin, countedTiyin: paidTiyin },
    at,
  });
  if (kind === 'repeated') return;
  tx.afterCommit(() => {
    const facts = { event: 'paid_twice', order: topupId, item: item.id, amountTiyin: moreTiyin };
    deps.log.warn(facts, 'an order was paid twice');
    deps.metrics.topup(provider, 'paid_twice');
  });
  await deps.alarm(tx, { kind: 'second_payment', provider, topupId, itemId: item.id }, at);
}

/**
 * All that came for the order and is in the books as its own. Where somebody vouched for it and another order's payment turned
 * out to be that money, nothing came for this one yet.
 */
export async function settledFor(tx: Tx, { id, paidTiyin }: Topup): Promise<Tiyin> {
  const isAnothers = (await entryByKey(tx, sameMoneyKey(id))) !== null;
  return (isAnothers ? 0 : (paidTiyin ?? 0)) + (await secondsOf(tx, id));
}

/** The second payments of this order that are in suspense already, or were decided, as one sum. */
async function secondsOf(tx: Tx, topupId: string): Promise<Tiyin> {
  const [row] = await tx
    .select({ tiyin: sumOf(suspenseItems.amountTiyin) })
    .from(suspenseItems)
    .where(and(eq(suspenseItems.topupId, topupId), eq(suspenseItems.kind, 'twice')));
  return row?.tiyin ?? 0;
}

/** How many different transactions the provider's reports name. */
async function transactionsNamed(tx: Tx, topupId: string): Promise<number> {
  const rows = await tx
    .select({ body: providerEvents.body })
    .from(providerEvents)
    .where(and(eq(providerEvents.topupId, topupId), eq(providerEvents.source, 'webhook')));
  return new Set(rows.map(({ body }) => transactionOf(body)).filter((name) => name !== null)).size;
}

function transactionOf(body: string): string | null {
  try {
    const read: unknown = JSON.parse(body);
    if (!isBody(read)) return null;
    const name = read['transaction_id'] ?? read['payment_id'] ?? read['transactionId'];
    return typeof name === 'string' || typeof name === 'number' ? String(name) : null;
  } catch {
    return null;
  }
}
