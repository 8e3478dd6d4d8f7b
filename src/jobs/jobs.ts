/** All jobs and their hours. */
import type { Inbox } from '../bot/inbox/inbox.ts';
import type { BillWork } from '../bills/bills.ts';
import type { ReconcileFinding } from '../bills/reconcile.ts';
import { tashkentDay } from '../bills/paylov/transactions.ts';
import type { Database } from '../db/database.ts';
import type { Clock } from '../deps.ts';
import { pruneAlarms } from '../outbox/alarms.ts';
import { pruneOutbox } from '../outbox/park.ts';
import type { TopupDeps } from '../topups/deps.ts';
import type { TopupWork } from '../topups/service.ts';
import { type BooksJobsDeps, booksJobs } from './books-jobs.ts';
import { checkProviderHealth } from './provider-health.ts';
import { pruneOld } from './prune.ts';
import type { Job } from './schedule.ts';

export interface JobsDeps extends Pick<BooksJobsDeps, 'audit' | 'floatAlertTiyin'> {
  db: Database;
  clock: Clock;
  pollCron: string;
  inbox: Pick<Inbox, 'prune'>;
  topups: TopupWork;
  topupDeps: TopupDeps;
  /** Null: no bills are paid. */
  bills: BillWork | null;
  /** Ends what waited too long for a second person. */
  deskTick: () => Promise<void>;
}

export const POLL_JOB = 'poll';

export function createJobs(deps: JobsDeps): Job[] {
  const { db, clock, pollCron, inbox, topups, topupDeps, bills } = deps;
  return [
    { name: POLL_JOB, cron: pollCron, run: () => topups.tick() },
    ...(bills ? billJobs({ bills, clock, topupDeps }) : []),
    {
      name: 'prune',
      cron: '17 * * * *',
      async run() {
        const now = clock.now();
        await inbox.prune(now);
        await pruneOutbox(db, now);
        await pruneAlarms(db, now);
        await pruneOld(db, now);
      },
    },
    { name: 'desk', cron: '* * * * *', run: () => deps.deskTick() },
    { name: 'provider-health', cron: '5 * * * *', run: () => checkProviderHealth(topupDeps) },
    ...booksJobs(deps),
  ];
}

const DAY_MS = 24 * 60 * 60_000;

interface BillJobsDeps {
  bills: BillWork;
  clock: Clock;
  topupDeps: TopupDeps;
}

function billJobs(deps: BillJobsDeps): Job[] {
  return [
    // An unclear payment is first asked about after two seconds: somebody is waiting.
    { name: 'bills', cron: '*/2 * * * * *', run: () => deps.bills.tick() },
    reconciliation(deps),
  ];
}

/** Yesterday's bills against Paylov's list: differences become an alarm. */
function reconciliation({ bills, clock, topupDeps }: BillJobsDeps): Job {
  return {
    name: 'bills-reconcile',
    cron: '45 6 * * *',
    async run() {
      const outcome = await bills.reconcile(tashkentDay(clock.now() - DAY_MS));
      if (outcome.kind === 'problem')
        throw new Error(`Paylov did not list its payments: ${outcome.code}`);
      if (outcome.findings.length === 0) return;
      const findings = outcome.findings.map(sentenceOf);
      topupDeps.log.error({ event: 'bills_differ', findings }, 'bills and Paylov differ');
      await topupDeps.write((tx) =>
        topupDeps.alarm(tx, { kind: 'bills_differ', findings }, clock.now()),
      );
    },
  };
}

function sentenceOf(finding: ReconcileFinding): string {
  const transaction = `transaction ${finding.transactionId}`;
  if (finding.kind === 'captured_here_only') {
    return `bill ${finding.billId} is paid here, ${transaction} is not in Paylov's list`;
  }
  if (finding.kind === 'other_amount') {
    return `bill ${finding.billId}: ${finding.hereTiyin} tiyin here, ${finding.thereTiyin} at Paylov`;
  }
  const here =
    finding.billId === null ? 'no bill of ours' : `bill ${finding.billId} is ${finding.state}`;
  return `${transaction} is paid at Paylov, here: ${here}`;
}
