/** Everything that waits for a time, by who owns it. A table with a new time in it belongs here. */
import { bringBillsBack } from '../bills/bring-back.ts';
import { bringReportsBack } from '../books/day-reports.ts';
import { bringInboxBack } from '../bot/inbox/bring-back.ts';
import { bringKeptBack } from '../bot/kit/kept.ts';
import { bringInvitationsBack } from '../homes/homes.ts';
import { bringAutoBack } from '../monthly/auto-pay.ts';
import { bringWaitingBack } from '../monthly/waiting.ts';
import { bringWatchesBack } from '../monthly/watches.ts';
import { bringOutboxBack } from '../outbox/bring-back.ts';
import { bringRolesBack } from '../processes/store.ts';
import { bringQuotasBack } from '../quotas/bring-back.ts';
import { bringQuestionsBack } from '../staff/bring-back.ts';
import { bringTicketsBack } from '../support/remind.ts';
import { bringTopupsBack } from '../topups/bring-back.ts';
import type { AppParts } from './options.ts';

/** Shortens every wait that was written while the clock was ahead, so that nothing waits for longer than it should. */
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
    bringKeptBack,
    bringQuestionsBack,
    bringRolesBack,
    bringReportsBack,
    bringQuotasBack,
    bringTicketsBack,
    bringWaitingBack,
    bringWatchesBack,
    bringInvitationsBack,
    bringAutoBack,
  ];
  for (const each of others) await parts.db.tx((tx) => each(tx, at));
}
