/** All jobs and their scheduled times. */
import type { DailyBackup } from '../backup/daily.ts';
import type { BillWork } from '../bills/bills.ts';
import { pruneBills } from '../bills/prune.ts';
import type { Database } from '../db/database.ts';
import type { Clock } from '../core/deps.ts';
import type { MonthlyWork } from '../monthly/monthly.ts';
import { pruneWaiting } from '../monthly/waiting.ts';
import { pruneAlarms, tellHeldAlarms } from '../outbox/alarms.ts';
import { pruneOutbox, unparkDue } from '../outbox/park.ts';
import { prunePlaces } from '../outbox/places.ts';
import { pruneUses } from '../quotas/quotas.ts';
import { pruneTickets } from '../support/remind.ts';
import { pruneTopups } from '../topups/prune.ts';
import type { TopupDeps } from '../topups/deps.ts';
import type { TopupWork } from '../topups/service.ts';
import { type BooksJobsDeps, booksJobs } from './books-jobs.ts';
import { checkProviderHealth } from './provider-health.ts';
import { reconcileBillsJob } from '../books/reconcile-bills.ts';
import type { Job } from '../core/job.ts';

interface JobsDeps extends Pick<BooksJobsDeps, 'audit' | 'floatAlertTiyin'> {
  db: Database;
  clock: Clock;
  pollCron: string;
  /** Forgets what the bot needs no longer. */
  pruneBot: (now: number) => Promise<unknown>;
  topups: TopupWork;
  topupDeps: TopupDeps;
  /** Null: no bills are paid. */
  bills: BillWork | null;
  /** Null where no bills are paid. */
  monthly: MonthlyWork | null;
  /** Null: the database's own tools make copies. */
  backup: Pick<DailyBackup, 'run'> | null;
  /** Ends what waited too long for a second person. */
  deskTick: () => Promise<void>;
}

export const POLL_JOB = 'poll';

export function createJobs(deps: JobsDeps): Job[] {
  const { db, clock, pollCron, topups, topupDeps, bills, monthly, backup } = deps;
  return [
    { name: POLL_JOB, cron: pollCron, everywhere: true, run: () => topups.round() },
    ...(bills ? billJobs(bills, topupDeps) : []),
    ...(monthly ? monthlyJobs(monthly) : []),
    {
      name: 'prune',
      cron: '17 * * * *',
      async run() {
        const now = clock.now();
        await deps.pruneBot(now);
        await pruneOutbox(db, now);
        await pruneAlarms(db, now);
        await pruneTopups(db, now);
        await pruneBills(db, now);
        await pruneWaiting(db, now);
        await pruneUses(db, now);
        await prunePlaces(db, now);
        await pruneTickets(db, now);
      },
    },
    ...(backup ? [{ name: 'backup', cron: '40 3 * * *', run: () => backup.run() }] : []),
    {
      name: 'alarms',
      cron: '*/10 * * * *',
      async run() {
        const at = clock.now();
        const held = { at, recipients: topupDeps.ownerChats };
        await topupDeps.write((tx) => tellHeldAlarms(tx, held));
        await topupDeps.write((tx) => unparkDue(tx, at));
      },
    },
    { name: 'desk', cron: '* * * * *', run: () => deps.deskTick() },
    { name: 'provider-health', cron: '5 * * * *', run: () => checkProviderHealth(topupDeps) },
    ...booksJobs(deps),
  ];
}

function billJobs(bills: BillWork, topupDeps: TopupDeps): Job[] {
  return [
    // An unclear payment is first asked about after two seconds: somebody is waiting.
    { name: 'bills', cron: '*/2 * * * * *', everywhere: true, run: () => bills.tick() },
    reconcileBillsJob(bills, topupDeps),
  ];
}

function monthlyJobs(monthly: MonthlyWork): Job[] {
  return [
    // Whoever topped up for a bill is looking at the screen.
    { name: 'waiting-bills', cron: '*/3 * * * * *', everywhere: true, run: () => monthly.goOn() },
    { name: 'auto-pay', cron: '* * * * *', run: () => monthly.payAutomatically() },
    { name: 'watch', cron: '* * * * *', run: () => monthly.watchOver() },
  ];
}
