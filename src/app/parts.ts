/** Makes the parts of the program from the settings. */
import { hostname } from 'node:os';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Api } from 'grammy';
import { createDailyBackup, type DailyBackup } from '../backup/daily.ts';
import { backupInPlace, createBackupRunner } from '../backup/run.ts';
import { sendBackup } from '../backup/send.ts';
import { createPaylov } from '../bills/paylov/paylov.ts';
import { createBills } from '../bills/service.ts';
import { type Broadcasts, createBroadcasts } from '../broadcast/broadcasts.ts';
import { createBot, type TolovBot } from '../bot/bot.ts';
import type { SteadyClock } from '../core/clock/steady.ts';
import type { BooksPort, BotOptions } from '../bot/kit/context.ts';
import { FLOOD } from '../bot/kit/flood.ts';
import type { Database } from '../db/database.ts';
import { webhookPath } from '../http/routes.ts';
import { auditInWorker } from '../books/audit-in-worker.ts';
import { auditBooks } from '../books/audit.ts';
import type { Metrics } from '../core/metrics.ts';
import { raiseAlarm } from '../outbox/alarms.ts';
import { createMonthly, type Monthly, type MonthlyWork } from '../monthly/monthly.ts';
import { tellBills } from '../bills/news.ts';
import { currentChat } from '../outbox/chat-moves.ts';
import { createPace } from '../outbox/pacing.ts';
import { createOutboxSender, type OutboxSender } from '../outbox/sender.ts';
import { amongOthers } from '../processes/among-others.ts';
import { alone, nameOf, processId, type Processes } from '../processes/processes.ts';
import { drawInPlace, drawInProcess } from '../receipts/drawing.ts';
import { createReceipts, type Receipts } from '../receipts/receipts.ts';
import { createHomes } from '../homes/homes.ts';
import { createRequests } from '../requests/requests.ts';
import { type Reports, reportsInProcess, reportsInPlace } from '../reports/reports.ts';
import { firstTerms, termsReader } from '../settings/terms.ts';
import { isEncrypted, isLoopback } from '../settings/kinds.ts';
import { QUOTAS } from '../quotas/limits.ts';
import { createProviders } from './registry.ts';
import { createSupport } from '../support/service.ts';
import type { Support } from '../support/support.ts';
import type { TelegramContact } from '../core/telegram-contact.ts';
import { createTelegramNovelties } from '../core/telegram-novelties.ts';
import { createTelegramFetch } from '../core/telegram-fetch.ts';
import { createAnswerMemory, keepAnswer } from '../topups/raw-answers.ts';
import { createCallQueue } from '../topups/calls.ts';
import type { HashCard } from '../db/card-hash.ts';
import type { TopupDeps } from '../topups/deps.ts';
import type { Topups } from '../topups/topups.ts';
import type { AllBills, AppOptions } from './options.ts';

/** What the bot is given beyond settings and top-ups. */
type GivenToBot = Pick<
  BotOptions,
  | 'topups'
  | 'monthly'
  | 'books'
  | 'reports'
  | 'receipts'
  | 'support'
  | 'outboxNotify'
  | 'broadcastNotify'
> & { topupDeps: TopupDeps; bills: AllBills | null; contact: TelegramContact };

export function createBotOf(
  options: AppOptions,
  { topupDeps, bills, contact, ...given }: GivenToBot,
): TolovBot {
  const { config, deps, log, secrets, telegramClock } = options;
  const notifyOutbox = (): void => given.outboxNotify?.();
  const { db } = topupDeps;
  const { clock, random } = deps;
  const shared = { db, clock, random, quotas: QUOTAS, notifyOutbox };
  const novelties = createTelegramNovelties();
  return createBot({
    ...given,
    token: config.telegram.token,
    apiRoot: config.telegram.apiRoot,
    novelties,
    fetch: createTelegramFetch({
      novelties,
      fetch: deps.fetch,
      exchange: deps.exchange,
      clock: telegramClock ?? deps.clock,
      contact,
    }),
    adminIds: config.adminIds,
    adminChatId: config.adminChatId,
    staff: config.staff,
    defaultLanguage: config.defaultLanguage,
    pageAddress: () => pageAddressOf(options),
    random,
    terms: topupDeps.terms,
    firstTerms: firstTerms(config),
    db,
    bills,
    ownerBills: bills,
    requests: createRequests(shared),
    homes: createHomes(shared),
    clock,
    log,
    flood: FLOOD,
    alarm: topupDeps.alarm,
    scrub: (text, also) => secrets.scrub(text, also),
  });
}

/**
 * Where people of the staff reach this program's web page: by https, or on this machine. Null: nowhere, and there is none;
 * a session must not travel where others can read it.
 */
export function pageAddressOf({ config: { http }, publicUrl }: AppOptions): string | null {
  const given = publicUrl?.() ?? http.publicUrl;
  const address = given ?? (http.port === 0 ? null : `http://${http.host}:${http.port}`);
  if (address === null || !URL.canParse(address)) return null;
  return isEncrypted(address) || isLoopback(address) ? address : null;
}

/** Whether this process has the database to itself, or shares it with others. */
export function createProcesses({ deps, log }: AppOptions, db: Database): Processes {
  const host = hostname();
  if (!db.shared) return alone(nameOf(host));
  return amongOthers({ id: processId(deps.random, { host }), db, clock: deps.clock, log });
}

export function createReports(
  { config, deps, timeLeaps }: AppOptions,
  { db, processes }: { db: Database; processes: Processes },
): Reports {
  const { database: address } = config;
  // Each process empties its own when it starts.
  const folder =
    address.engine === 'sqlite'
      ? `${address.path}-reports`
      : join(tmpdir(), `tolov-reports-${processes.id}`);
  // Time that runs faster than the world's would not wait for another process.
  if (timeLeaps) return reportsInPlace({ db, folder });
  return reportsInProcess({ address, folder, clock: deps.clock });
}

/** Receipts whose codes lead to this program where people can reach it. */
export function createReceiptsOf(
  { config, deps, timeLeaps, publicUrl }: AppOptions,
  db: Database,
): Receipts {
  return createReceipts({
    db,
    random: deps.random,
    // Time that runs faster than the world's would not wait for another process.
    drawing: timeLeaps ? drawInPlace() : drawInProcess(deps.clock),
    publicUrl: () => publicUrl?.() ?? config.http.publicUrl,
  });
}

/** What people ask of the staff, read where alarms go. */
export function createSupportOf(
  { config, deps, log }: AppOptions,
  topupDeps: TopupDeps,
  notifyOutbox: () => void,
): Support {
  const { db, clock, metrics, quotas, ownerChats: staffChats, alarm } = topupDeps;
  const { answerWithinMs } = config.support;
  const { random } = deps;
  const given = { db, clock, random, metrics, quotas, staffChats, alarm, answerWithinMs };
  return createSupport({ ...given, log, notifyOutbox });
}

/** What sends by itself, at one pace. */
export function createSending(
  { config, deps, log }: AppOptions,
  {
    db,
    bot,
    processes,
    notifyOutbox,
  }: { db: Database; bot: TolovBot; processes: Processes; notifyOutbox: () => void },
): { outbox: OutboxSender; broadcasts: Broadcasts } {
  const { clock } = deps;
  const { defaultLanguage } = config;
  const pace = createPace((total) => processes.partOf(total));
  const common = { db, api: bot.bot.api, clock, log, pace, defaultLanguage };
  return {
    outbox: createOutboxSender({
      ...common,
      holder: processes.holder,
      render: bot.render,
      tellOwners: (tx, alarm, at) => raiseAlarm(tx, alarm, { at, recipients: config.adminIds }),
    }),
    broadcasts: createBroadcasts({
      ...common,
      processes,
      present: bot.presentBroadcast,
      notifyOutbox,
    }),
  };
}

export function createTopupDeps(
  { config, deps, log, secrets, publicUrl }: AppOptions,
  {
    db,
    hashCard,
    metrics,
    processes,
    clock,
    notifyOutbox,
  }: {
    db: Database;
    hashCard: HashCard;
    metrics: Metrics;
    processes: Processes;
    clock: SteadyClock;
    notifyOutbox: () => void;
  },
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
    holder: processes.holder,
    clock,
    isSure: () => clock.isSure(),
    random: deps.random,
    hashCard,
    log,
    metrics,
    config: config.topups,
    terms: termsReader(firstTerms(config)),
    quotas: QUOTAS,
    providers: createProviders(config.providers, { deps, db, log, secrets }),
    answers: createAnswerMemory(),
    calls: createCallQueue({
      clock: deps.clock,
      metrics,
      partOf: (total) => processes.partOf(total),
    }),
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

/** Null: PostgreSQL's own tools make the copies (docs/scaling.md). */
export function createBackupOf(
  { config, deps, log, timeLeaps }: AppOptions,
  topups: TopupDeps,
): DailyBackup | null {
  const { database } = config;
  if (database.engine !== 'sqlite') return null;
  const { token, apiRoot } = config.telegram;
  const fetch = createTelegramFetch({ ...deps, uploadTimeoutMs: BACKUP_UPLOAD_MS });
  const api = new Api(token, { apiRoot, fetch, timeoutSeconds: BACKUP_UPLOAD_MS / 1000 });
  return createDailyBackup({
    databasePath: database.path,
    config: config.backup,
    // Time that leaps would not wait for another process.
    runner: timeLeaps ? backupInPlace : createBackupRunner(),
    clock: deps.clock,
    log,
    write: topups.write,
    alarm: topups.alarm,
    async send(copy) {
      const chats = topups.ownerChats.map((each) => currentChat(topups.db.read, each));
      return await sendBackup(api, { ...copy, chats: await Promise.all(chats) });
    },
  });
}

/** What the desk and the jobs around the books need. */
export function createBooks({ config, deps, timeLeaps }: AppOptions, db: Database): BooksPort {
  const { paylov, database: address } = config;
  return {
    audit() {
      const at = deps.clock.now();
      // Time that runs faster than the world's would not wait for a thread.
      return timeLeaps ? auditBooks(db, { at }) : auditInWorker({ address, at });
    },
    floatAlertTiyin: paylov && paylov.cardId !== null ? paylov.floatAlertTiyin : null,
  };
}

function createBillsOf(
  { config, deps, log, secrets }: AppOptions,
  topups: TopupDeps,
): AllBills | null {
  const { paylov } = config;
  if (!paylov) return null;
  const warn = (event: string, data: object): void =>
    log.warn({ event, ...data }, 'Paylov strays from its document');
  const client = createPaylov(paylov.client, { ...deps, secrets, warn });
  return createBills({
    db: topups.db,
    write: topups.write,
    holder: topups.holder ?? null,
    clock: deps.clock,
    isSure: topups.isSure,
    random: deps.random,
    log,
    metrics: topups.metrics,
    paylov: client,
    quotas: topups.quotas,
    hashCard: topups.hashCard,
    operatorCardId: paylov.cardId,
    async fee(queries, { amountTiyin }) {
      const { feeHundredths } = await topups.terms(queries);
      return Math.round((amountTiyin * feeHundredths) / 10_000);
    },
    tell: tellBills({ ownerChats: topups.ownerChats, alarm: topups.alarm }),
    keep: (tx, { billId: subject, body, at }) =>
      keepAnswer(tx, topups.answers, { provider: 'paylov', subject, body, at }),
  });
}

/** Bills, and those that are paid without a tap: null where none are paid. */
export function createPayingOf(
  options: AppOptions,
  topupDeps: TopupDeps,
  topups: Topups,
): { bills: AllBills | null; monthly: (Monthly & MonthlyWork) | null } {
  const { clock } = options.deps;
  const { log } = options;
  const { db, write, quotas, terms } = topupDeps;
  const bills = createBillsOf(options, topupDeps);
  return {
    bills,
    monthly: bills && createMonthly({ db, write, clock, log, bills, topups, quotas, terms }),
  };
}
