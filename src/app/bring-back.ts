/** Everything that waits for a time, by who owns it. A table with a new time in it belongs here. */
import { bringBillsBack } from '../bills/bring-back.ts';
import { bringDialogsBack } from '../bot/bring-back.ts';
import { bringInboxBack } from '../bot/inbox/bring-back.ts';
import { bringJobsBack } from '../jobs/bring-back.ts';
import { bringOutboxBack } from '../outbox/bring-back.ts';
import { bringQuotasBack } from '../quotas/bring-back.ts';
import { bringTopupsBack } from '../topups/bring-back.ts';
import type { AppParts } from './options.ts';

/** Nothing waits for longer than it would have, had the clock never been ahead. */
export async function bringBack(
  parts: Pick<AppParts, 'clock' | 'db' | 'topupDeps'>,
  { isSure }: { isSure: boolean },
): Promise<void> {
  const at = { now: parts.clock.now(), isSure };
  await bringTopupsBack(parts.topupDeps, at);
  const others = [
    bringBillsBack,
    bringOutboxBack,
    bringInboxBack,
    bringDialogsBack,
    bringJobsBack,
    bringQuotasBack,
  ];
  for (const each of others) await parts.db.tx((tx) => each(tx, at));
}
