/** What stays open because there is nobody to ask any more: its credentials are gone from the settings. */
import { and, count, eq, gt, inArray, isNotNull, or } from 'drizzle-orm';
import { OPEN_STATES } from '../bills/bill.ts';
import type { Queries } from '../db/database.ts';
import { sumOf } from '../db/exact.ts';
import { bills, holds, topups } from '../db/tables.ts';
import type { Tiyin } from '../core/money.ts';
import type { AlarmParams } from '../outbox/messages.ts';
import type { TopupDeps } from '../topups/deps.ts';

/** At start: one line in the log and one alarm for each system that has open business and is not set. */
export async function warnOfUnserved(
  deps: TopupDeps,
  { paysBills }: { paysBills: boolean },
): Promise<void> {
  const alarms: AlarmParams[] = await unservedTopups(deps);
  const open = paysBills ? null : await openBills(deps.db.read);
  if (open) alarms.push({ kind: 'bills_unserved', ...open });
  if (alarms.length === 0) return;
  for (const { kind, ...facts } of alarms) {
    deps.log.warn({ event: kind, ...facts }, 'open business of a system that is not set');
  }
  const at = deps.clock.now();
  await deps.write(async (tx) => {
    for (const alarm of alarms) await deps.alarm(tx, alarm, at);
  });
}

/** Null when there are none. `heldTiyin`: cards of users hold nothing here. */
async function openBills(queries: Queries): Promise<{ bills: number; heldTiyin: Tiyin } | null> {
  const [open] = await queries
    .select({ n: count() })
    .from(bills)
    .where(inArray(bills.state, [...OPEN_STATES]));
  if (!open || open.n === 0) return null;
  // Nothing but bills holds money.
  const [held] = await queries
    .select({ tiyin: sumOf(holds.amountTiyin) })
    .from(holds)
    .where(eq(holds.state, 'held'));
  return { bills: open.n, heldTiyin: held?.tiyin ?? 0 };
}

/** Orders that wait for money, or ended so lately that money may still come. */
async function unservedTopups({
  db,
  clock,
  config,
  providers,
}: TopupDeps): Promise<Extract<AlarmParams, { kind: 'topups_unserved' }>[]> {
  const watched = and(
    inArray(topups.state, ['expired', 'cancelled', 'failed']),
    isNotNull(topups.dueAt),
    gt(topups.endedAt, clock.now() - config.latePaymentMs),
  );
  const rows = await db.read
    .select({ provider: topups.provider, orders: count() })
    .from(topups)
    .where(or(inArray(topups.state, ['creating', 'waiting']), watched))
    .groupBy(topups.provider);
  return rows
    .map(({ provider, orders }) => {
      return { kind: 'topups_unserved' as const, provider, orders };
    })
    .filter(({ provider }) => !providers.has(provider));
}
