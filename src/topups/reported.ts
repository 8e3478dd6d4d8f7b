/**
 * Reports of payments that the status call does not confirm: of orders that were never opened as far as we know, so that
 * there is nothing to ask about, and of orders that the status call goes on denying. A report proves nothing and credits
 * nothing; but money may have come that nobody would ever look for. Owners hear of each such order once.
 */
import { and, eq } from 'drizzle-orm';
import { readReport } from '../client/report.ts';
import type { Tx } from '../db/database.ts';
import { providerEvents, topupHistory } from '../db/tables.ts';
import type { TopupDeps } from './deps.ts';
import { CONFIRM_WITHIN_MS } from './looks.ts';
import { topupById, writeHistory } from './transitions.ts';
import type { Topup } from './topup.ts';

type Order = Pick<Topup, 'id' | 'provider'>;

/** For an order that just failed without having been opened: its report may have come before. */
export async function tellIfReported(
  deps: TopupDeps,
  tx: Tx,
  order: Order,
  at: number,
): Promise<void> {
  if ((await countClaims(deps, tx, order)) > 0) await tell(deps, tx, order, at);
}

/** After a report that woke no order: the first that says paid of one that had failed before. */
export async function tellIfLost(
  deps: TopupDeps,
  tx: Tx,
  { order, body, at }: { order: Order; body: string; at: number },
): Promise<void> {
  if (!claimsPaid(deps, order, body)) return;
  const topup = await topupById(tx, order.id);
  if (topup?.state !== 'failed' || topup.providerOrder !== null) return;
  if ((await countClaims(deps, tx, order)) === 1) await tell(deps, tx, order, at);
}

async function tell(deps: TopupDeps, tx: Tx, order: Order, at: number): Promise<void> {
  const { provider, id: topupId } = order;
  await deps.alarm(tx, { kind: 'paid_unopened', provider, topupId }, at);
}

/** How many reports about this order, as they came, claim that it was paid. */
async function countClaims(deps: TopupDeps, tx: Tx, order: Order): Promise<number> {
  const rows = await tx
    .select({ body: providerEvents.body })
    .from(providerEvents)
    .where(and(eq(providerEvents.topupId, order.id), eq(providerEvents.source, 'webhook')));
  return rows.filter(({ body }) => claimsPaid(deps, order, body)).length;
}

/** How the history of an order says it. */
export const DENIED = 'reported as paid, which the status call does not confirm';

/** For an order that its provider just called unpaid: a report said otherwise long enough ago. */
export async function tellIfDenied(
  deps: TopupDeps,
  tx: Tx,
  { id, provider, reportedPaidAt }: Topup,
  at: number,
): Promise<void> {
  if (reportedPaidAt === null || at < reportedPaidAt + CONFIRM_WITHIN_MS) return;
  const [told] = await tx
    .select({ id: topupHistory.id })
    .from(topupHistory)
    .where(and(eq(topupHistory.topupId, id), eq(topupHistory.note, DENIED)))
    .limit(1);
  const order = told ? null : await topupById(tx, id);
  if (!order) return;
  await writeHistory(tx, { id, toState: order.state, cause: 'webhook', at, note: DENIED });
  await deps.alarm(
    tx,
    { kind: 'reported_not_confirmed', provider, topupId: id, reportedPaidAt },
    at,
  );
}

/** Whether the body of a report claims a payment. */
export function claimsPaid(
  { providers }: TopupDeps,
  { provider }: Pick<Topup, 'provider'>,
  body: string,
): boolean {
  const report = readReport(body);
  return report !== undefined && providers.get(provider)?.webhook?.saysPaid(report) === true;
}
