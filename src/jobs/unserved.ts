/** What stays open because there is nobody to ask any more: its credentials are gone from the settings. */
import { countOpen } from '../bills/list.ts';
import type { Queries } from '../db/database.ts';
import { heldTotal } from '../ledger/holds.ts';
import { openByProvider } from '../topups/list.ts';
import type { Tiyin } from '../core/money.ts';
import type { AlarmParams } from '../outbox/kinds.ts';
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

/** Null when there are none. `heldTiyin`: nothing but bills holds money, and cards of users hold nothing here. */
async function openBills(queries: Queries): Promise<{ bills: number; heldTiyin: Tiyin } | null> {
  const open = await countOpen(queries);
  return open === 0 ? null : { bills: open, heldTiyin: await heldTotal(queries) };
}

async function unservedTopups({
  db,
  clock,
  config,
  providers,
}: TopupDeps): Promise<Extract<AlarmParams, { kind: 'topups_unserved' }>[]> {
  const endedAfter = clock.now() - config.latePaymentMs;
  const open = await openByProvider(db.read, { endedAfter });
  return open
    .filter(({ provider }) => !providers.has(provider))
    .map(({ provider, orders }) => ({ kind: 'topups_unserved', provider, orders }));
}
