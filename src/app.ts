/** Builds the whole program from a configuration. Used by the start, the sandbox and the tests alike. */
import { Api } from 'grammy';
import type { Hono } from 'hono';
import { createDailyBackup, type DailyBackup } from './backup/daily.ts';
import { lastGoodBackup } from './backup/report.ts';
import { createBackupRunner } from './backup/run.ts';
import { sendBackup } from './backup/send.ts';
import type { Bills, BillsForOwners, BillWork } from './bills/bills.ts';
import { unclearBills } from './bills/figures.ts';
import { createPaylov } from './bills/paylov/paylov.ts';
import type { Paylov } from './bills/paylov/types.ts';
import { createBills } from './bills/service.ts';
import { type Broadcasts, createBroadcasts } from './broadcast/broadcasts.ts';
import { createBot, type TolovBot } from './bot/bot.ts';
import type { BooksPort, BotOptions } from './bot/context.ts';
import { FLOOD } from './bot/flood.ts';
import { createInbox, type Inbox } from './bot/inbox/inbox.ts';
import { readableUpdates } from './bot/inbox/readable.ts';
import { type AllowedUpdates, createPolling, setTelegramWebhook } from './bot/polling.ts';
import { telegramSecret } from './bot/webhook-secret.ts';
import type { Config } from './config.ts';
import type { Database } from './db/database.ts';
import { claimMode } from './db/mode.ts';
import { openSqlite } from './db/sqlite.ts';
import type { Clock, Deps } from './deps.ts';
import { createHealth } from './health.ts';
import { limitRequests } from './http/limit.ts';
import { createRoutes, webhookPath } from './http/routes.ts';
import { startHttpServer } from './http/server.ts';
import { auditAside } from './jobs/audit-aside.ts';
import { auditBooks } from './jobs/books.ts';
import { createJobs, POLL_JOB } from './jobs/jobs.ts';
import { freeLeases } from './jobs/recover.ts';
import { createSchedule, type Job, type Schedule } from './jobs/schedule.ts';
import { warnOfUnserved } from './jobs/unserved.ts';
import type { Log } from './log.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { raiseAlarm } from './outbox/alarms.ts';
import { tellBills } from './outbox/bill-news.ts';
import { createPace } from './outbox/pacing.ts';
import { createOutboxSender, type OutboxSender } from './outbox/sender.ts';
import { type Reports, reportsAside, reportsInPlace } from './reports/reports.ts';
import { createProviders } from './registry.ts';
import type { SecretScrubber } from './secrets.ts';
import { createTelegramFetch } from './telegram-fetch.ts';
import { createAnswerMemory, keepAnswer } from './topups/answers.ts';
import { createCallQueue } from './topups/calls.ts';
import type { TopupDeps } from './topups/deps.ts';
import { createTopups, type TopupWork } from './topups/service.ts';
import type { Topups } from './topups/topups.ts';

export interface AppOptions {
  config: Config;
  deps: Deps;
  log: Log;
  secrets: SecretScrubber;
  /** Mounted at /sandbox; only the sandbox has any. */
  sandboxRoutes?: Hono;
  /** The address providers reach us at, when it is not fixed in the settings. */
  publicUrl?: () => string | null;
  /** For time that runs faster than the world's; else the real clock's. */
  schedule?: typeof createSchedule;
  /** For the time limits of calls to Telegram, where they do not follow `deps.clock`. */
  telegramClock?: Clock;
  /** Where requests come from; else an HTTP server on `config.http`. */
  serve?: typeof startHttpServer;
  /** Else the SQLite file of `config`. */
  openDatabase?: typeof openSqlite;
  /** Figures of the process itself among the metrics. On by default. */
  processMetrics?: boolean;
  /** The HTTP server listens; nothing else has begun. */
  onListening?: (port: number) => void;
  /** Telegram does not know the token: nothing can go on. */
  onFatal?: () => void;
}

/** The running program and, for tests and the sandbox, its parts. */
export interface App {
  db: Database;
  topups: Topups & TopupWork;
  /** Null: no bills are paid. */
  bills: AllBills | null;
  inbox: Inbox;
  outbox: OutboxSender;
  metrics: Metrics;
  /** By name, to be run by hand. */
  jobs: ReadonlyMap<string, Job>;
  /** Opens the doors. Resolves once the HTTP server listens and work is being done. */
  start(): Promise<{ port: number }>;
  /** Takes no more work, finishes or parks what it has, closes the database: within about 10 s. */
  stop(): Promise<void>;
}

const ALLOWED_UPDATES: AllowedUpdates = ['message', 'callback_query', 'my_chat_member'];

/** Each part gets this long to finish; all of them together stay under 10 s. */
const STOP_MS = {
  http: 1000,
  inbox: 3000,
  desk: 500,
  topups: 3000,
  broadcasts: 3000,
  outbox: 2000,
};

/** Opens and migrates the database and connects the parts. Throws when the database can't be used. */
export async function createApp(options: AppOptions): Promise<App> {
  const { config } = options;
  const db = (options.openDatabase ?? openSqlite)(config.databasePath);
  try {
    await claimMode(db, config.mode);
    return assemble(options, db);
  } catch (error) {
    await db.close();
    throw error;
  }
}

function assemble(options: AppOptions, db: Database): App {
  const { config, deps, log } = options;
  const metrics = createMetrics({ processMetrics: options.processMetrics ?? true });
  // The outbox is made from the bot, and the bot from what wakes the outbox.
  const late: { outbox?: OutboxSender; broadcasts?: Broadcasts } = {};
  const notifyOutbox = (): void => late.outbox?.notify();
  const topupDeps = createTopupDeps(options, { db, metrics, notifyOutbox });
  const topups = createTopups(topupDeps);
  const bills = createBillsOf(options, topupDeps);
  const books = createBooks(options, db);
  const bot = createBotOf(options, {
    topups,
    topupDeps,
    bills,
    books,
    reports: createReports(options, db),
    outboxNotify: notifyOutbox,
    broadcastNotify: () => late.broadcasts?.notify(),
  });
  const inbox = createInbox({
    db,
    clock: deps.clock,
    log,
    handle: (update) => bot.handle(update),
    apologise: (update) => bot.apologise(update),
  });
  const sending = createSending(options, { db, bot, notifyOutbox });
  Object.assign(late, sending);
  const { clock } = deps;
  const backup = createBackupOf(options, topupDeps);
  const jobs = createJobs({
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
  });
  const work = { topups, topupDeps, bills, inbox, ...sending, backup, jobs };
  const parts: Parts = { options, db, metrics, bot, ...work };
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

/** What the bot is given beyond settings and top-ups. */
type GivenToBot = Pick<
  BotOptions,
  'topups' | 'books' | 'reports' | 'outboxNotify' | 'broadcastNotify'
> & { topupDeps: TopupDeps; bills: AllBills | null };

function createBotOf(
  { config, deps, log, secrets, telegramClock }: AppOptions,
  { topupDeps, bills, ...given }: GivenToBot,
): TolovBot {
  return createBot({
    ...given,
    token: config.telegram.token,
    apiRoot: config.telegram.apiRoot,
    fetch: createTelegramFetch({ fetch: deps.fetch, clock: telegramClock ?? deps.clock }),
    adminIds: config.adminIds,
    staff: config.staff,
    defaultLanguage: config.defaultLanguage,
    presetsTiyin: config.topups.presetsTiyin,
    db: topupDeps.db,
    bills,
    ownerBills: bills,
    clock: deps.clock,
    log,
    flood: FLOOD,
    alarm: topupDeps.alarm,
    scrub: (text, also) => secrets.scrub(text, also),
  });
}

function createReports({ config, deps, schedule }: AppOptions, db: Database): Reports {
  const { databasePath } = config;
  const folder = `${databasePath}-reports`;
  // Time that runs faster than the world's would not wait for another process.
  if (schedule) return reportsInPlace({ db, folder });
  return reportsAside({ databasePath, folder, clock: deps.clock });
}

interface Parts {
  options: AppOptions;
  db: Database;
  metrics: Metrics;
  topups: Topups & TopupWork;
  topupDeps: TopupDeps;
  bills: AllBills | null;
  bot: TolovBot;
  inbox: Inbox;
  outbox: OutboxSender;
  backup: DailyBackup;
  broadcasts: Broadcasts;
  jobs: Job[];
}

/** What sends by itself, at one pace. */
function createSending(
  { config, deps, log }: AppOptions,
  { db, bot, notifyOutbox }: { db: Database; bot: TolovBot; notifyOutbox: () => void },
): { outbox: OutboxSender; broadcasts: Broadcasts } {
  const { clock } = deps;
  const { defaultLanguage } = config;
  const common = { db, api: bot.bot.api, clock, log, pace: createPace(), defaultLanguage };
  return {
    outbox: createOutboxSender({ ...common, render: bot.render }),
    broadcasts: createBroadcasts({ ...common, present: bot.presentBroadcast, notifyOutbox }),
  };
}

function createTopupDeps(
  { config, deps, log, secrets, publicUrl }: AppOptions,
  { db, metrics, notifyOutbox }: { db: Database; metrics: Metrics; notifyOutbox: () => void },
): TopupDeps {
  const { adminChatId, adminIds, http } = config;
  const ownerChats = adminChatId === null ? adminIds : [adminChatId];
  return {
    db,
    async write(work) {
      const done = await db.tx(work);
      notifyOutbox();
      return done;
    },
    clock: deps.clock,
    random: deps.random,
    log,
    metrics,
    config: config.topups,
    providers: createProviders(config.providers, { deps, db, log, secrets }),
    answers: createAnswerMemory(),
    calls: createCallQueue({ clock: deps.clock, metrics }),
    ownerChats,
    alarm: (tx, alarm, at) => raiseAlarm(tx, alarm, { at, recipients: ownerChats }),
    webhookUrl(provider, topupId) {
      const base = publicUrl?.() ?? http.publicUrl;
      if (base === null || http.webhookSecret === null) return undefined;
      if (provider.webhook?.address !== 'order') return undefined;
      return base + webhookPath(http.webhookSecret, { provider: provider.id, topupId });
    },
  };
}

/** A copy takes longer to upload than anything people wait for. */
const BACKUP_UPLOAD_MS = 10 * 60_000;

function createBackupOf({ config, deps, log }: AppOptions, topups: TopupDeps): DailyBackup {
  const { token, apiRoot } = config.telegram;
  const fetch = createTelegramFetch({ ...deps, uploadTimeoutMs: BACKUP_UPLOAD_MS });
  const api = new Api(token, { apiRoot, fetch, timeoutSeconds: BACKUP_UPLOAD_MS / 1000 });
  return createDailyBackup({
    databasePath: config.databasePath,
    config: config.backup,
    runner: createBackupRunner(),
    clock: deps.clock,
    log,
    write: topups.write,
    alarm: topups.alarm,
    send: (copy) => sendBackup(api, { ...copy, chats: topups.ownerChats }),
  });
}

/** What the desk and the jobs around the books need. */
function createBooks({ config, deps, schedule }: AppOptions, db: Database): BooksPort {
  const { paylov, databasePath: path } = config;
  return {
    audit() {
      const at = deps.clock.now();
      // Time that runs faster than the world's would not wait for a thread.
      return schedule ? auditBooks(db, { at }) : auditAside({ path, at });
    },
    floatAlertTiyin: paylov && paylov.cardId !== null ? paylov.floatAlertTiyin : null,
  };
}

export type AllBills = Bills & BillsForOwners & BillWork & Pick<Paylov, 'info'>;

function createBillsOf(
  { config, deps, log, secrets }: AppOptions,
  topups: TopupDeps,
): AllBills | null {
  const { paylov } = config;
  if (!paylov) return null;
  const warn = (event: string, data: object): void =>
    log.warn({ event, ...data }, 'Paylov strays from its document');
  const client = createPaylov(paylov.client, { ...deps, secrets, warn });
  const bills = createBills({
    db: topups.db,
    write: topups.write,
    clock: deps.clock,
    random: deps.random,
    log,
    metrics: topups.metrics,
    paylov: client,
    operatorCardId: paylov.cardId,
    fee: ({ amountTiyin }) => Math.round((amountTiyin * paylov.feeHundredths) / 10_000),
    tell: tellBills({ ownerChats: topups.ownerChats, alarm: topups.alarm }),
    keep: (tx, { billId: subject, body, at }) =>
      keepAnswer(tx, topups.answers, { provider: 'paylov', subject, body, at }),
  });
  return { ...bills, info: (request) => client.info(request) };
}

function lifeOf(parts: Parts): Pick<App, 'start' | 'stop'> {
  const { options, topups, bot, inbox, outbox, broadcasts } = parts;
  const { config, deps, log } = options;
  const polling = createPolling({
    api: bot.bot.api,
    inbox,
    clock: deps.clock,
    log,
    allowedUpdates: ALLOWED_UPDATES,
    ...(options.onFatal ? { onFatal: options.onFatal } : {}),
  });
  const life = { ready: false, lastPollAt: null as number | null };
  const { topupDeps } = parts;
  const schedule = (options.schedule ?? createSchedule)({
    jobs: noted(parts.jobs, life, deps),
    log,
    onFailure: async (name) => {
      const alarm = { kind: 'program_error', where: `job ${name}` } as const;
      await topupDeps.write((tx) => topupDeps.alarm(tx, alarm, deps.clock.now()));
    },
  });
  const routes = createHttp(parts, { schedule, life });
  const stops: (() => Promise<void>)[] = [() => parts.db.close()];

  return {
    async start() {
      await freeLeases(parts.db);
      await topups.recover();
      await parts.bills?.recover();
      await warnOfUnserved(topupDeps, { paysBills: parts.bills !== null });
      const server = await (options.serve ?? startHttpServer)(routes, config.http);
      stops.unshift(() => server.close({ deadlineMs: STOP_MS.http }));
      options.onListening?.(server.port);
      outbox.start();
      broadcasts.start();
      inbox.start();
      schedule.start();
      if (config.telegram.webhook) await takeUpdatesByWebhook(parts);
      else polling.start();
      void introduce(parts);
      life.ready = true;
      return { port: server.port };
    },
    async stop() {
      life.ready = false;
      await polling.stop();
      await schedule.stop();
      await parts.backup.stop();
      const broadcastsStopped = broadcasts.stop({ deadlineMs: STOP_MS.broadcasts });
      await inbox.stop({ deadlineMs: STOP_MS.inbox });
      await atMost(STOP_MS.desk, bot.stop(), deps);
      const work = Promise.all([topups.stop(), parts.bills?.stop()]);
      await atMost(STOP_MS.topups, work, deps);
      await broadcastsStopped;
      await outbox.stop({ deadlineMs: STOP_MS.outbox });
      for (const stop of stops) await stop();
    },
  };
}

/** The poller's job, remembering when it ran: health asks. */
function noted(jobs: readonly Job[], life: { lastPollAt: number | null }, { clock }: Deps): Job[] {
  return jobs.map((job) =>
    job.name === POLL_JOB
      ? {
          ...job,
          async run() {
            life.lastPollAt = clock.now();
            await job.run();
          },
        }
      : job,
  );
}

function createHttp(
  { options, db, metrics, topups, topupDeps, inbox, outbox }: Parts,
  { schedule, life }: { schedule: Schedule; life: { ready: boolean; lastPollAt: number | null } },
): Hono {
  const { config, deps, log, sandboxRoutes } = options;
  const routes = createRoutes({
    log,
    metrics,
    metricsToken: config.http.metricsToken,
    webhookSecret: config.http.webhookSecret,
    providers: topupDeps.providers.values(),
    receive: (call) => topups.receive(call),
    limit: limitRequests({ clock: deps.clock, log, trustProxy: config.http.trustProxy }),
    telegram: config.telegram.webhook
      ? {
          secret: telegramSecret(config.telegram.token),
          accept: (update) => acceptUpdate(inbox, update),
        }
      : undefined,
    health: createHealth({
      db,
      clock: deps.clock,
      poller: () => ({ lastRunAt: life.lastPollAt, nextRunAt: schedule.nextRunOf(POLL_JOB) }),
      oldestMessageMs: () => outbox.oldestWaitingMs(),
      lastBackupAt: async () => (await lastGoodBackup(db.read))?.at ?? null,
    }),
    ready: () => life.ready,
    async beforeMetrics() {
      metrics.backup(await lastGoodBackup(db.read));
      metrics.observe({
        outboxWaiting: await outbox.depth(),
        outboxOldestMs: await outbox.oldestWaitingMs(),
        inboxWaiting: await inbox.size(),
        billsUnclear: await unclearBills(db.read),
      });
    },
  });
  if (sandboxRoutes) routes.route('/sandbox', sandboxRoutes);
  return routes;
}

/** What isn't an update is Telegram's or a stranger's business: answered, and nothing happens. */
async function acceptUpdate(inbox: Inbox, update: unknown): Promise<void> {
  await inbox.accept(readableUpdates(update).updates);
}

async function takeUpdatesByWebhook({ options, bot }: Parts): Promise<void> {
  const { webhookSecret: secret } = options.config.http;
  const publicUrl = options.publicUrl?.() ?? options.config.http.publicUrl;
  if (publicUrl === null || secret === null) {
    throw new Error('TELEGRAM_WEBHOOK needs PUBLIC_URL and WEBHOOK_SECRET');
  }
  const url = `${publicUrl}/telegram/${secret}`;
  await setTelegramWebhook(bot.bot.api, {
    url,
    secret: telegramSecret(options.config.telegram.token),
    allowedUpdates: ALLOWED_UPDATES,
  });
}

/** Commands and descriptions in Telegram's menus. Nice to have: the program works without. */
async function introduce({ options, bot }: Parts): Promise<void> {
  try {
    await bot.setUp();
  } catch (error) {
    options.log.warn({ event: 'set_up_failed', err: error }, 'Telegram did not take the commands');
  }
}

async function atMost(limitMs: number, work: Promise<unknown>, { clock }: Deps): Promise<void> {
  const timer = new AbortController();
  const limit = clock.sleep(limitMs, timer.signal).catch(() => undefined);
  await Promise.race([work, limit]);
  timer.abort();
}
