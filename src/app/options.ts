/** What the program is built from, and what comes of it. */
import type { Hono } from 'hono';
import type { DailyBackup } from '../backup/daily.ts';
import type { Bills, BillsForOwners, BillWork } from '../bills/bills.ts';
import type { Broadcasts } from '../broadcast/broadcasts.ts';
import type { TolovBot } from '../bot/bot.ts';
import type { Inbox } from '../bot/inbox/inbox.ts';
import type { SteadyClock } from '../core/clock/steady.ts';
import type { Config } from '../settings/types.ts';
import type { DatabaseAddress } from '../db/address.ts';
import type { Database } from '../db/database.ts';
import type { Clock, Deps } from '../core/deps.ts';
import type { startHttpServer } from '../http/server.ts';
import type { Job, ScheduledJob } from '../core/job.ts';
import type { Log } from '../core/log.ts';
import type { Metrics } from '../core/metrics.ts';
import type { OutboxSender } from '../outbox/sender.ts';
import type { Receipts } from '../receipts/receipts.ts';
import type { Processes } from '../processes/processes.ts';
import type { SecretScrubber } from '../core/secrets.ts';
import type { Monthly, MonthlyWork } from '../monthly/monthly.ts';
import type { TelegramContact } from '../core/telegram-contact.ts';
import type { TopupDeps } from '../topups/deps.ts';
import type { TopupWork } from '../topups/service.ts';
import type { Topups } from '../topups/topups.ts';

export interface AppOptions {
  config: Config;
  deps: Deps;
  log: Log;
  secrets: SecretScrubber;
  /** Mounted at /sandbox; only the sandbox has any. */
  sandboxRoutes?: Hono;
  /** The address providers reach us at, when it is not fixed in the settings. */
  publicUrl?: () => string | null;
  /** Time leaps over what nobody waits for: no work is done beside the program, and no job is late. */
  timeLeaps?: boolean;
  /** Changes whether jobs run. */
  jobsOf?: (jobs: readonly ScheduledJob[]) => ScheduledJob[];
  /** For the time limits of calls to Telegram, where they do not follow `deps.clock`. */
  telegramClock?: Clock;
  /** Where requests come from; else an HTTP server on `config.http`. */
  serve?: typeof startHttpServer;
  /** What the command line asked for, beside the settings. */
  asked?: {
    /** Begins new books, although there are copies of older ones. */
    newDatabase?: boolean;
    /** Goes on with a file whose content was moved to another database. */
    oldDatabase?: boolean;
  };
  /** Opens the database instead of the program itself, which opens the one of `config`. */
  openDatabase?: (address: DatabaseAddress) => Database | Promise<Database>;
  /** Whether the metrics show figures of the process itself. They do by default. */
  processMetrics?: boolean;
  /** The HTTP server listens; nothing else has begun. */
  onListening?: (port: number) => void;
  /** Telegram took the first call: it knows the token. */
  onAccepted?: () => void;
  /** Telegram does not know the token: nothing can go on. */
  onFatal?: () => void;
}

/** The running program and, for tests and the sandbox, its parts. */
export interface App {
  db: Database;
  topups: Topups & TopupWork;
  /** Null: no bills are paid. */
  bills: AllBills | null;
  /** Null where no bills are paid. */
  monthly: (Monthly & MonthlyWork) | null;
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

export type AllBills = Bills & BillsForOwners & BillWork;

/** Everything that is connected, before it lives. */
export interface AppParts {
  options: AppOptions;
  /** The program's time, which is also `options.deps.clock`. */
  clock: SteadyClock;
  db: Database;
  processes: Processes;
  metrics: Metrics;
  topups: Topups & TopupWork;
  topupDeps: TopupDeps;
  bills: AllBills | null;
  monthly: (Monthly & MonthlyWork) | null;
  receipts: Receipts;
  bot: TolovBot;
  contact: TelegramContact;
  inbox: Inbox;
  outbox: OutboxSender;
  /** Null: the database's own tools make copies. */
  backup: DailyBackup | null;
  broadcasts: Broadcasts;
  jobs: Job[];
}
