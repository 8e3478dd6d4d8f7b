/** How the program begins and ends. */
import { type AllowedUpdates, keepWebhook, pollUpdates } from '../bot/polling.ts';
import { telegramSecret } from '../bot/webhook-secret.ts';
import type { Deps } from '../core/deps.ts';
import { startHttpServer } from '../http/server.ts';
import { POLL_JOB } from '../jobs/jobs.ts';
import { createSchedule } from '../jobs/schedule.ts';
import type { Job } from '../core/job.ts';
import { sharedJobs } from '../jobs/shared-jobs.ts';
import { warnOfUnserved } from '../jobs/unserved.ts';
import { warnOfRestoredAhead } from '../monthly/restored-ahead.ts';
import { warnOfCards } from '../topups/unknown-cards.ts';
import { freeBills } from '../bills/resolve.ts';
import { freeUpdates } from '../bot/inbox/store.ts';
import type { Tx } from '../db/database.ts';
import { freeMessages } from '../outbox/claims.ts';
import { freeTopups } from '../topups/turns.ts';
import type { Takeover, Holding } from '../processes/processes.ts';
import { createClockWatch } from '../core/clock/watch.ts';
import { bringBack } from './bring-back.ts';
import { createHttp } from './http.ts';
import { errorForLog } from '../core/telegram-errors.ts';
import type { App, AppParts } from './options.ts';

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

export function lifecycleOf(parts: AppParts): Pick<App, 'start' | 'stop'> {
  const { options, topups, bot, inbox, outbox, broadcasts, processes } = parts;
  const { config, deps, log } = options;
  let updates: Holding | null = null;
  const life = { ready: false, lastPollAt: null as number | null };
  const { topupDeps, clock } = parts;
  const jobs = sharedJobs(noted(parts.jobs, life, deps), processes);
  const schedule = createSchedule({
    jobs: options.jobsOf?.(jobs) ?? jobs,
    clock,
    log,
    isSure: () => clock.isSure(),
    onFailure: async (name) => {
      const alarm = { kind: 'program_error', where: `job ${name}` } as const;
      await topupDeps.write((tx) => topupDeps.alarm(tx, alarm, deps.clock.now()));
    },
  });
  const watch = createClockWatch({
    clock,
    log,
    async tell(jump) {
      const alarm = { kind: 'clock_jumped', ...jump } as const;
      await topupDeps.write((tx) => topupDeps.alarm(tx, alarm, clock.now()));
    },
    bringBack: (how) => bringBack(parts, how),
  });
  const routes = createHttp(parts, { schedule, life });
  const stops: (() => Promise<void>)[] = [() => parts.db.close()];

  return {
    async start() {
      await processes.start(takeoverOf(parts));
      // With several processes the others still hold their leases, and they take over those of a process that ended. Alone, all are stale.
      if (!parts.db.shared) await parts.db.tx(freeAll);
      await watch.start();
      await topups.recover();
      await parts.bills?.recover();
      await warnOfCards(topupDeps);
      await warnOfUnserved(topupDeps, { paysBills: parts.bills !== null });
      if (parts.monthly) await warnOfRestoredAhead(topupDeps);
      const server = await (options.serve ?? startHttpServer)(routes, config.http);
      stops.unshift(() => server.close({ deadlineMs: STOP_MS.http }));
      options.onListening?.(server.port);
      outbox.start();
      broadcasts.start();
      inbox.start();
      schedule.start();
      updates = processes.hold('updates', (signal) => takeUpdates(parts, signal));
      life.ready = true;
      return { port: server.port };
    },
    async stop() {
      life.ready = false;
      processes.leave();
      await updates?.stop();
      await schedule.stop();
      await watch.stop();
      await parts.backup?.stop();
      const broadcastsStopped = broadcasts.stop({ deadlineMs: STOP_MS.broadcasts });
      await inbox.stop({ deadlineMs: STOP_MS.inbox });
      await atMost(STOP_MS.desk, bot.stop(), deps);
      const work = Promise.all([topups.stop(), parts.monthly?.stop(), parts.bills?.stop()]);
      await atMost(STOP_MS.topups, work, deps);
      await broadcastsStopped;
      await outbox.stop({ deadlineMs: STOP_MS.outbox });
      await processes.stop();
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

/** What one process does for all: polls, or tells Telegram the address. */
async function takeUpdates(parts: AppParts, signal: AbortSignal): Promise<void> {
  const { options, bot, inbox, contact } = parts;
  const { config, deps, log, onFatal } = options;
  void introduce(parts, signal);
  const telegram = {
    api: bot.bot.api,
    clock: deps.clock,
    log,
    allowedUpdates: ALLOWED_UPDATES,
    ...(onFatal ? { onFatal } : {}),
  };
  contact.listens(true);
  try {
    if (config.telegram.webhook) await keepWebhook({ ...telegram, ...webhookOf(parts) }, signal);
    else await pollUpdates({ ...telegram, inbox }, signal);
  } finally {
    contact.listens(false);
  }
}

/**
 * Frees every lease. That is right only for the one process on a database; bills are freed where they are recovered.
 */
async function freeAll(tx: Tx): Promise<void> {
  await freeTopups(tx, null);
  await freeRest(tx, null);
}

async function freeRest(tx: Tx, holder: string | null): Promise<void> {
  await freeUpdates(tx, holder);
  await freeMessages(tx, holder);
}

/** What another process leaves behind when it dies is looked after at once. */
function takeoverOf(parts: AppParts): Takeover {
  const { options, topups, bills, inbox, outbox, jobs } = parts;
  const { log } = options;
  return {
    async freeMoney(tx, holder) {
      await freeTopups(tx, holder);
      await freeBills(tx, holder);
    },
    freeRest,
    async onOthersEnd() {
      await topups.recover();
      await bills?.recover();
    },
    onFreed() {
      inbox.notify();
      outbox.notify();
      const rounds = Promise.all([topups.tick(), bills?.tick()]);
      rounds.catch((error: unknown) => log.error({ err: error }, 'a round failed'));
    },
    async onTakenOver(name) {
      await jobs.find((job) => job.name === name)?.run();
    },
  };
}

function webhookOf({ options }: AppParts): { url: string; secret: string } {
  const { webhookSecret } = options.config.http;
  const publicUrl = options.publicUrl?.() ?? options.config.http.publicUrl;
  if (publicUrl === null || webhookSecret === null) {
    throw new Error('TELEGRAM_WEBHOOK needs PUBLIC_URL and WEBHOOK_SECRET');
  }
  const url = `${publicUrl}/telegram/${webhookSecret}`;
  return { url, secret: telegramSecret(options.config.telegram.token) };
}

/** Commands and descriptions in Telegram's menus. Nice to have: the program works without. */
async function introduce({ options, bot }: AppParts, signal: AbortSignal): Promise<void> {
  const { log, deps, onAccepted } = options;
  while (!signal.aborted) {
    try {
      await bot.setUp();
      onAccepted?.();
      return;
    } catch (error) {
      const err = errorForLog(error);
      log.warn({ event: 'set_up_failed', err }, 'Telegram did not take the commands; trying again');
      await deps.clock.sleep(INTRODUCE_AGAIN_MS, signal).catch(() => undefined);
    }
  }
}

/** Payments are looked after meanwhile; only the menu of commands is missing. */
const INTRODUCE_AGAIN_MS = 60_000;

async function atMost(limitMs: number, work: Promise<unknown>, { clock }: Deps): Promise<void> {
  const timer = new AbortController();
  const limit = clock.sleep(limitMs, timer.signal).catch(() => undefined);
  await Promise.race([work, limit]);
  timer.abort();
}
