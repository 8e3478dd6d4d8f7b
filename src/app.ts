/** Builds the whole program from a configuration. Used by the start, the sandbox and the tests alike. */
import type { Broadcasts } from './broadcast/broadcasts.ts';
import { createInbox } from './bot/inbox/inbox.ts';
import type { Database } from './db/database.ts';
import { createJobs } from './jobs/jobs.ts';
import { withFields } from './log.ts';
import { createMetrics } from './metrics.ts';
import type { OutboxSender } from './outbox/sender.ts';
import { createTopups } from './topups/service.ts';
import type { App, AppOptions, AppParts } from './app/options.ts';
import { openProgramDatabase } from './app/database.ts';
import { fileJobs } from './app/file-jobs.ts';
import { lifeOf } from './app/life.ts';
import {
  createBackupOf,
  createBillsOf,
  createBooks,
  createBotOf,
  createProcesses,
  createReports,
  createSending,
  createTopupDeps,
} from './app/parts.ts';

/** Opens and migrates the database and connects the parts. Throws when the database can't be used. */
export async function createApp(options: AppOptions): Promise<App> {
  const db = await openProgramDatabase(options);
  try {
    return assemble(options, db);
  } catch (error) {
    await db.close();
    throw error;
  }
}

function assemble(given: AppOptions, db: Database): App {
  const processes = createProcesses(given, db);
  const name = { process: processes.id };
  const options = db.shared ? { ...given, log: withFields(given.log, name) } : given;
  const { config, deps, log } = options;
  const metrics = createMetrics({
    processMetrics: options.processMetrics ?? true,
    processId: processes.id,
  });
  // The outbox is made from the bot, and the bot from what wakes the outbox.
  const late: { outbox?: OutboxSender; broadcasts?: Broadcasts } = {};
  const notifyOutbox = (): void => late.outbox?.notify();
  const topupDeps = createTopupDeps(options, { db, metrics, processes, notifyOutbox });
  const topups = createTopups(topupDeps);
  const bills = createBillsOf(options, topupDeps);
  const books = createBooks(options, db);
  const bot = createBotOf(options, {
    topups,
    topupDeps,
    bills,
    books,
    reports: createReports(options, { db, processes }),
    outboxNotify: notifyOutbox,
    broadcastNotify: () => late.broadcasts?.notify(),
  });
  const inbox = createInbox({
    db,
    holder: processes.holder,
    clock: deps.clock,
    log,
    handle: (update) => bot.handle(update),
    apologise: (update) => bot.apologise(update),
  });
  const sending = createSending(options, { db, bot, processes, notifyOutbox });
  Object.assign(late, sending);
  const { clock } = deps;
  const backup = createBackupOf(options, topupDeps);
  const jobs = [
    ...fileJobs({ options, db, bot, topupDeps }),
    ...createJobs({
      db,
      clock,
      pollCron: config.pollCron,
      inbox,
      topups,
      topupDeps,
      bills,
      backup,
      ...books,
      deskTick: () => bot.tick(),
    }),
  ];
  const work = { topups, topupDeps, bills, inbox, ...sending, backup, jobs };
  const parts: AppParts = { options, db, processes, metrics, bot, ...work };
  return {
    db,
    topups,
    bills,
    inbox,
    outbox: sending.outbox,
    metrics,
    jobs: new Map(jobs.map((job) => [job.name, job])),
    ...lifeOf(parts),
  };
}
