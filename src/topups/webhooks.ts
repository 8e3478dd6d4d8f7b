/** What providers report: kept word for word, then a reason to ask them. Nothing here credits anybody. */
import { createHmac, hash } from 'node:crypto';
import { and, count, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Queries, Tx } from '../db/database.ts';
import { providerEvents, topups } from '../db/tables.ts';
import type { TopupDeps } from './deps.ts';
import type { ProviderId } from '../core/payment-systems.ts';
import { claimsPaid, tellIfLost } from './reported.ts';
import { PAYABLE_STATES, SETTLED_STATES } from './topup.ts';
import { ENDED, REPORTED } from './turns.ts';

/** Even somebody who knows an order's address can't fill the disk through it. */
const MAX_EVENTS_OF_ORDER = 50;

/**
 * An order is looked at again after each of its first reports, up to this many, and later only after its first report
 * of a payment; every other report makes it due once.
 */
const MAX_LOOKED_AFTER = 5;

export type WebhookOutcome =
  | 'stored'
  /** The same body came before. */
  | 'repeated'
  /** Not an order of ours. */
  | 'unknown_order'
  | 'too_many';

export interface WebhookCall {
  provider: ProviderId;
  /** The order by our id from the address, or by our code from the body. */
  order: { id: string } | { code: string };
  /** As received. */
  body: string;
}

/** Stores the call and makes its order due at once, in one durable transaction. */
export async function acceptWebhook(deps: TopupDeps, call: WebhookCall): Promise<WebhookOutcome> {
  const outcome = await store(deps, call);
  deps.metrics.webhook(call.provider, outcome);
  return outcome;
}

async function store(deps: TopupDeps, call: WebhookCall): Promise<WebhookOutcome> {
  const topupId = await orderOf(deps.db.read, call);
  if (topupId === null) return 'unknown_order';
  const bodyHash = hash('sha256', call.body, 'hex');
  const claims = claimsPaid(deps, { provider: call.provider }, call.body);
  return await deps.write(async (tx) => {
    const at = deps.clock.now();
    const [events] = await tx
      .select({ n: count() })
      .from(providerEvents)
      .where(and(eq(providerEvents.topupId, topupId), eq(providerEvents.source, 'webhook')));
    if ((events?.n ?? 0) >= MAX_EVENTS_OF_ORDER) return 'too_many';
    const stored = await tx
      .insert(providerEvents)
      .values({ provider: call.provider, topupId, body: call.body, bodyHash, receivedAt: at })
      .onConflictDoNothing()
      .returning({ id: providerEvents.id });
    if (stored.length === 0) return 'repeated';
    const report = { topupId, at, claims, nth: (events?.n ?? 0) + 1 };
    await noteReport(tx, report);
    const woken = await wake(tx, report);
    const order = { id: topupId, provider: call.provider };
    if (!woken) await tellIfLost(deps, tx, { order, body: call.body, at });
    return 'stored';
  });
}

interface Report {
  topupId: string;
  at: number;
  /** It says that somebody paid. */
  claims: boolean;
  /** Which of this order's reports it is, counted from 1. */
  nth: number;
}

/**
 * Notes the report, so that the order is looked at again soon, should the status call not know of the payment yet: see
 * looks.ts.
 */
async function noteReport(tx: Tx, { topupId, at, claims, nth }: Report): Promise<void> {
  if (nth > MAX_LOOKED_AFTER && !claims) return;
  const first = nth > MAX_LOOKED_AFTER ? isNull(topups.reportedPaidAt) : undefined;
  const paid = claims ? { reportedPaidAt: sql`coalesce(${topups.reportedPaidAt}, ${at})` } : {};
  await tx
    .update(topups)
    .set({ reportedAt: at, ...paid })
    .where(and(eq(topups.id, topupId), first));
}

/** What `comesFirst` of looks.ts says, about the row as it is by then. */
const placeOfReported = sql<number>`case when ${topups.state} in ('expired', 'cancelled', 'failed') and ${topups.reportedPaidAt} is null then ${sql.raw(String(ENDED))} else ${sql.raw(String(REPORTED))} end`;

/** Makes the order due at once. False: there is nothing that could be asked about it. */
async function wake(tx: Tx, { topupId, at, claims, nth }: Report): Promise<boolean> {
  // The first report of a payment that is settled is most likely of that very payment.
  const news = nth > 1 || !claims;
  const asked = news ? [...PAYABLE_STATES, ...SETTLED_STATES] : PAYABLE_STATES;
  const woken = await tx
    .update(topups)
    .set({ dueAt: at, urgency: placeOfReported })
    .where(
      and(
        eq(topups.id, topupId),
        inArray(topups.state, [...asked]),
        // An order whose opening had no answer can't be asked about: its name there was never heard.
        isNotNull(topups.providerOrder),
      ),
    )
    .returning({ id: topups.id });
  return woken.length > 0;
}

async function orderOf(queries: Queries, { provider, order }: WebhookCall): Promise<string | null> {
  const named = 'id' in order ? eq(topups.id, order.id) : eq(topups.orderCode, order.code);
  const [row] = await queries
    .select({ id: topups.id })
    .from(topups)
    .where(and(named, eq(topups.provider, provider)));
  return row?.id ?? null;
}

/** The unguessable last part of an order's webhook address. */
export function webhookToken(
  secret: string,
  { provider, topupId }: { provider: ProviderId; topupId: string },
): string {
  return createHmac('sha256', secret).update(`webhook:${provider}:${topupId}`).digest('base64url');
}
