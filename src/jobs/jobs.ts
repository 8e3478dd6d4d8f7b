/** All jobs and their hours. */
import type { Inbox } from '../bot/inbox/inbox.ts';
import type { Database } from '../db/database.ts';
import type { Clock } from '../deps.ts';
import { pruneAlarms } from '../outbox/alarms.ts';
import { pruneOutbox } from '../outbox/park.ts';
import type { TopupDeps } from '../topups/deps.ts';
import type { TopupWork } from '../topups/service.ts';
import { auditBooks } from './books.ts';
import { checkProviderHealth } from './provider-health.ts';
import { pruneOld } from './prune.ts';
import type { Job } from './schedule.ts';

export interface JobsDeps {
  db: Database;
  clock: Clock;
  pollCron: string;
  inbox: Pick<Inbox, 'prune'>;
  topups: TopupWork;
  topupDeps: TopupDeps;
}

export const POLL_JOB = 'poll';

export function createJobs({ db, clock, pollCron, inbox, topups, topupDeps }: JobsDeps): Job[] {
  return [
    { name: POLL_JOB, cron: pollCron, run: () => topups.tick() },
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
    { name: 'provider-health', cron: '5 * * * *', run: () => checkProviderHealth(topupDeps) },
    {
      name: 'books',
      cron: '30 4 * * *',
      async run() {
        const { clean, findings } = await auditBooks(db);
        if (clean) return;
        topupDeps.log.error({ event: 'books_broken', findings }, 'the books do not add up');
        await topupDeps.write((tx) =>
          topupDeps.alarm(tx, { kind: 'books_broken', findings }, clock.now()),
        );
      },
    },
  ];
}
