/** What the HTTP server answers. */
import type { Hono } from 'hono';
import { lastGoodBackup } from '../books/backup-report.ts';
import { unclearBills } from '../bills/figures.ts';
import type { Inbox } from '../bot/inbox/inbox.ts';
import { readableUpdates } from '../bot/inbox/readable.ts';
import { loadTexts, withNames } from '../bot/locales/texts.ts';
import { keptNames } from '../names/given.ts';
import { verifyPage, type VerifyPageDeps } from '../bot/receipts/verify-page.ts';
import { telegramSecret } from '../bot/webhook-secret.ts';
import { createHealth } from '../http/health.ts';
import { limitRequests } from '../http/limit.ts';
import { createRoutes, type RouteDeps } from '../http/routes.ts';
import { lastAudit } from '../books/audit-report.ts';
import { POLL_JOB } from '../jobs/jobs.ts';
import type { Schedule } from '../jobs/schedule.ts';
import { standardOutput } from '../core/log-output.ts';
import { pageWords } from '../bot/desk/page/page-words.ts';
import { createStaff } from '../staff/staff.ts';
import { languageOf } from '../core/language.ts';
import { webRoutes } from '../web/routes.ts';
import { pageAddressOf } from './parts.ts';
import { waitingNow } from '../support/figures.ts';
import { getUser } from '../users/users.ts';
import { metricZeros } from './metric-zeros.ts';
import type { AppParts } from './options.ts';

export function createHttp(
  parts: AppParts,
  { schedule, life }: { schedule: Schedule; life: { ready: boolean; lastPollAt: number | null } },
): Hono {
  const { options, db, processes, metrics, topups, topupDeps, bills, inbox, outbox, contact } =
    parts;
  const { config, deps, log, sandboxRoutes } = options;
  const providers = [...topupDeps.providers.values()];
  metrics.startAtZero(metricZeros({ providers, withBills: bills !== null }));
  const routes = createRoutes({
    log,
    metrics,
    metricsToken: config.http.metricsToken,
    webhookSecret: config.http.webhookSecret,
    publicUrl: config.http.publicUrl,
    providers,
    receive: (call) => topups.receive(call),
    limit: limitRequests({ clock: deps.clock, log, trustProxy: config.http.trustProxy }),
    telegram: config.telegram.webhook
      ? {
          secret: telegramSecret(config.telegram.token),
          async accept(update) {
            contact.delivered();
            await acceptUpdate(inbox, update);
          },
        }
      : undefined,
    ...verifying(parts),
    health: createHealth({
      db,
      mode: config.mode,
      processes,
      clock: deps.clock,
      lastPollAt: () => life.lastPollAt,
      // Where time leaps, jobs that were leapt over look late although they are on time.
      poller: () => (options.timeLeaps ? null : schedule.stateOf(POLL_JOB)),
      oldestMessageMs: () => outbox.oldestWaitingMs(),
      oldestUpdateMs: () => inbox.oldestWaitingMs(),
      telegram: () => contact.figures(),
      lastBackupAt: async () => (await lastGoodBackup(db.read))?.at ?? null,
    }),
    ready: () => life.ready,
    async beforeMetrics() {
      if (!db.shared) metrics.backup(await lastGoodBackup(db.read));
      metrics.audit(await lastAudit(db.read));
      metrics.transactions(db.figures);
      metrics.logLinesLost(standardOutput().linesLost());
      metrics.observe({
        outboxWaiting: await outbox.depth(),
        outboxOldestMs: await outbox.oldestWaitingMs(),
        inboxWaiting: await inbox.size(),
        inboxOldestMs: await inbox.oldestWaitingMs(),
        telegram: contact.figures(),
        billsUnclear: await unclearBills(db.read),
        tickets: await ticketsWaiting(parts),
      });
    },
  });
  routes.route('/desk', deskPage(parts));
  if (sandboxRoutes) routes.route('/sandbox', sandboxRoutes);
  return routes;
}

async function ticketsWaiting({ db, clock }: AppParts) {
  const { waiting, waitingSince } = await waitingNow(db.read);
  return { waiting, oldestMs: waitingSince === null ? 0 : clock.now() - waitingSince };
}

/** Far more than a person scans; codes can't be guessed, but each is looked up. */
const VERIFY_RATE = { burst: 30, perSecond: 1 };

function verifying({
  options: { config, deps, log },
  db,
  topups,
  bills,
  receipts,
}: AppParts): Pick<RouteDeps, 'verify' | 'limitVerify'> {
  const names = keptNames({ db, clock: deps.clock });
  const page: VerifyPageDeps = {
    texts: withNames(loadTexts(), names),
    codes: receipts,
    sources: {
      topup: (id) => topups.get(id),
      bill: async (id) => (await bills?.get(id)) ?? null,
      user: (id) => getUser(db.read, id),
    },
    defaultLanguage: config.defaultLanguage,
  };
  const { trustProxy } = config.http;
  return {
    verify: async (request) => {
      await names.refresh();
      return await verifyPage(page, request);
    },
    limitVerify: limitRequests({ clock: deps.clock, log, trustProxy, rate: VERIFY_RATE }),
  };
}

/** Links are rare and can't be guessed; the limit is there because each attempt costs a look into the database. */
const SIGN_IN_RATE = { burst: 10, perSecond: 0.2 };

function deskPage({ options, db, topups, bot }: AppParts): Hono {
  const { config, deps, log } = options;
  const { adminIds: ownerIds, staff, defaultLanguage } = config;
  const { trustProxy } = config.http;
  const texts = loadTexts();
  return webRoutes({
    db,
    clock: deps.clock,
    random: deps.random,
    log,
    staff: createStaff({ ...staff, ownerIds }),
    topups,
    ...bot.onPage,
    address: () => pageAddressOf(options),
    words(user) {
      const language = languageOf(user, defaultLanguage);
      return { language, words: pageWords(texts(language)) };
    },
    limitSignIn: limitRequests({ clock: deps.clock, log, trustProxy, rate: SIGN_IN_RATE }),
  });
}

/** What isn't an update is Telegram's or a stranger's business: answered, and nothing happens. */
async function acceptUpdate(inbox: Inbox, update: unknown): Promise<void> {
  await inbox.accept(readableUpdates(update).updates);
}
