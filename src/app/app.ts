/** Builds the whole program from a configuration. Used by the start, the sandbox and the tests alike. */
import type { Broadcasts } from '../broadcast/broadcasts.ts';
import { createSteadyClock } from '../core/clock/steady.ts';
import { pruneKept } from '../bot/kit/kept.ts';
import { createInbox } from '../bot/inbox/inbox.ts';
import { createWaitingRoom } from '../bot/inbox/waiting-room.ts';
import type { Database } from '../db/database.ts';
import { createJobs } from '../jobs/jobs.ts';
import { withFields } from '../core/log.ts';
import { createMetrics } from '../core/metrics.ts';
import type { OutboxSender } from '../outbox/sender.ts';
import { createTelegramContact } from '../core/telegram-contact.ts';
import { type HashCard, openCardHash } from '../db/card-hash.ts';
import { createTopups } from '../topups/service.ts';
import { VERSION } from '../core/version.ts';
import type { App, AppOptions, AppParts } from './options.ts';
import { payingForBot, receiptsForBot, staffKeysOf, topupsForBot } from './waiting.ts';
import { openProgramDatabase } from './database.ts';
import { fileJobs } from './file-jobs.ts';
import { lifecycleOf } from './lifecycle.ts';
import {
  createBackupOf,
  createBooks,
  createBotOf,
  createPayingOf,
  createProcesses,
  createReceiptsOf,
  createReports,
  createSending,
  createSupportOf,
  createTopupDeps,
} from './parts.ts';

/** Opens and migrates the database and connects the parts. Throws when the database can't be used. */
export async function createApp(options: AppOptions): Promise<App> {
  const db = await openProgramDatabase(options);
  try {
    const hashCard = await openCardHash(db, options.deps.random);
    return appOf(connect(options, { db, hashCard }));
  } catch (error) {
    await db.close();
    throw error;
  }
}

/** Makes every part of the program; none of them lives yet. */
function connect(
  machine: AppOptions,
  { db, hashCard }: { db: Database; hashCard: HashCard },
): AppParts {
  const clock = createSteadyClock(machine.deps.clock);
  const given = { ...machine, deps: { ...machine.deps, clock } };
  const processes = createProcesses(given, db);
  const name = { process: processes.id };
  const options = db.shared ? { ...given, log: withFields(given.log, name) } : given;
  const { config, log } = options;
  const metrics = createMetrics({
    processMetrics: options.processMetrics ?? true,
    processId: processes.id,
    build: { version: VERSION, database: config.database.engine },
  });
  // The outbox is made from the bot, and the bot from what wakes the outbox.
  const late: { outbox?: OutboxSender; broadcasts?: Broadcasts } = {};
  const notifyOutbox = (): void => late.outbox?.notify();
  const around = { db, hashCard, metrics, processes, clock, notifyOutbox };
  const topupDeps = createTopupDeps(options, around);
  const topups = createTopups(topupDeps);
  const paying = createPayingOf(options, topupDeps, topups);
  const books = createBooks(options, db);
  const elapsed = (): number => (options.telegramClock ?? clock).elapsed();
  const contact = createTelegramContact({ now: () => clock.now(), elapsed });
  const waitingRoom = createWaitingRoom();
  const receipts = createReceiptsOf(options, db);
  const bot = createBotOf(options, {
    contact,
    topups: topupsForBot(topups, waitingRoom),
    topupDeps,
    ...payingForBot(paying, waitingRoom),
    books,
    reports: createReports(options, { db, processes }),
    receipts: receiptsForBot(receipts, waitingRoom),
    support: createSupportOf(options, topupDeps, notifyOutbox),
    outboxNotify: notifyOutbox,
    broadcastNotify: () => late.broadcasts?.notify(),
  });
  const inbox = createInbox({
    db,
    holder: processes.holder,
    clock,
    log,
    waitingRoom,
    staffKeys: staffKeysOf(config),
    handle: (update) => bot.handle(update),
    apologise: (update) => bot.apologise(update),
  });
  const sending = Object.assign(late, createSending(options, { db, bot, processes, notifyOutbox }));
  const backup = createBackupOf(options, topupDeps);
  const jobs = [
    ...fileJobs({ options, db, bot, topupDeps }),
    ...createJobs({
      db,
      clock,
      pollCron: config.pollCron,
      pruneBot: (now) => Promise.all([inbox.prune(now), pruneKept(db, now)]),
      topups,
      topupDeps,
      ...paying,
      backup,
      ...books,
      deskTick: () => bot.tick(),
    }),
  ];
  const work = { topups, topupDeps, ...paying, inbox, ...sending, backup, jobs };
  return { options, clock, db, processes, metrics, receipts, bot, contact, ...work };
}

function appOf(parts: AppParts): App {
  const { db, topups, bills, monthly, inbox, outbox, metrics, jobs } = parts;
  const byName = new Map(jobs.map((job) => [job.name, job]));
  return {
    db,
    topups,
    bills,
    monthly,
    inbox,
    outbox,
    metrics,
    jobs: byName,
    ...lifecycleOf(parts),
  };
}
