/** Everything that can be set from outside, read once at start. */
import { dirname, join } from 'node:path';
import type { DatabaseAddress } from '../db/address.ts';
import { formatPlainSum, som, type Tiyin } from '../core/money.ts';
import { NAMED_WAYS } from '../core/payment-systems.ts';
import { doubts } from './doubts.ts';
import { liveSettings, withoutLive } from './live.ts';
import { readPaylov } from './paylov.ts';
import { readProviders } from './providers.ts';
import { type Environment, type SettingProblem, SettingsReader } from './reader.ts';
import { strayQuotes } from './slips.ts';
import { misspelledSettings } from './typos.ts';
import type {
  TelegramConfig,
  HttpConfig,
  TopupConfig,
  StaffConfig,
  BackupConfig,
  Config,
} from './types.ts';

export type ConfigOutcome =
  /** `warnings`: what works but is probably not meant, each a sentence for the operator. */
  | { kind: 'config'; config: Config; warnings: string[] }
  /** `warnings`: what may be the reason. */
  | { kind: 'invalid'; problems: SettingProblem[]; warnings: string[] };

/**
 * Reads the environment (see `.env.example` for every name and its meaning). All problems are found at once, and
 * neither they nor the warnings hold a secret. `sandbox`: it was asked for; what is for real money is then not even read.
 */
export function readConfig(
  given: Environment,
  options: { isTerminal: boolean; sandbox?: boolean },
): ConfigOutcome {
  const { env, setAside } = options.sandbox ? withoutLive(given) : { env: given, setAside: [] };
  const settings = new SettingsReader(env);
  const isLive = settings.has('BOT_TOKEN');
  if (!isLive) refuseHalfLive(settings, liveSettings(env));
  const telegram = readTelegram(settings);
  // A file of its own, so that play money never stands beside real money.
  const database: DatabaseAddress = settings.read('DATABASE_URL') ?? {
    engine: 'sqlite',
    path: isLive ? 'data/tolov.db' : 'data/sandbox.db',
  };
  const config: Config = {
    mode: isLive ? 'live' : 'sandbox',
    telegram,
    adminIds: settings.read('ADMIN_IDS') ?? [],
    staff: readStaff(settings),
    adminChatId: settings.read('ADMIN_CHAT_ID') ?? null,
    support: {
      contact: settings.read('SUPPORT_CONTACT') ?? null,
      answerWithinMs: (settings.read('SUPPORT_ANSWER_MINUTES') ?? 60) * MINUTE_MS,
    },
    quietHours: settings.read('QUIET_HOURS') ?? { from: 21, until: 9 },
    database,
    backup: readBackup(settings, database),
    http: readHttp(settings, { isLive, needsPublicUrl: telegram.webhook }),
    log: {
      level: settings.read('LOG_LEVEL') ?? 'info',
      format: settings.read('LOG_FORMAT') ?? (options.isTerminal ? 'pretty' : 'json'),
    },
    defaultLanguage: settings.read('DEFAULT_LANGUAGE') ?? 'uz',
    pollCron: settings.read('POLL_CRON') ?? '*/10 * * * * *',
    topups: readTopups(settings),
    providers: readProviders({ settings, isLive }),
    paylov: readPaylov(settings),
  };
  const { problems } = settings;
  const slips = [...misspelledSettings(Object.keys(env)), ...strayQuotes(env)];
  if (problems.length > 0) return { kind: 'invalid', problems, warnings: slips };
  const warnings = [
    ...slips,
    ...(setAside.length > 0
      ? [`The sandbox leaves these settings unused: ${setAside.join(', ')}.`]
      : []),
    ...doubts(config),
  ];
  return { kind: 'config', config, warnings };
}

/** Whoever set these wants real money: play money in its place would look as if it worked. */
function refuseHalfLive(settings: SettingsReader, live: readonly string[]): void {
  if (live.length === 0) return;
  settings.problem(
    'BOT_TOKEN',
    `is missing, although there are settings for real money: ${live.join(', ')}`,
    'the token @BotFather gave you; or, for play money, "npm start -- --sandbox", which leaves those settings unused, ' +
      'or none of them',
  );
}

/** The one message that says all that is wrong and what to do. `warnings`: what may be the reason. */
export function formatProblems(
  problems: readonly SettingProblem[],
  warnings: readonly string[] = [],
): string {
  const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
  return [
    `The settings have ${count}; nothing was started.`,
    '',
    ...problems.map((each) => `  ${each.name}: ${each.wrong}.\n    Expected: ${each.expected}.`),
    '',
    ...warnings.map((warning) => `  ${warning}\n`),
    'Settings come from the environment and from the file .env; .env.example explains them all.',
  ].join('\n');
}

function readTelegram(settings: SettingsReader): TelegramConfig {
  return {
    token: settings.read('BOT_TOKEN') ?? '',
    apiRoot: settings.read('TELEGRAM_API_ROOT') ?? 'https://api.telegram.org',
    webhook: settings.read('TELEGRAM_WEBHOOK') ?? false,
  };
}

function readBackup(settings: SettingsReader, database: DatabaseAddress): BackupConfig {
  const beside = database.engine === 'sqlite' ? dirname(database.path) : 'data';
  const toOwners = settings.read('BACKUP_TO_ADMIN') ?? false;
  if (toOwners && !settings.has('BACKUP_AGE_RECIPIENT')) {
    settings.missing('BACKUP_AGE_RECIPIENT', 'although BACKUP_TO_ADMIN is true');
  }
  return {
    dir: settings.read('BACKUP_DIR') ?? join(beside, 'backups'),
    keepDays: settings.read('BACKUP_KEEP') ?? 7,
    ageRecipient: settings.read('BACKUP_AGE_RECIPIENT') ?? null,
    toOwners,
  };
}

function readHttp(
  settings: SettingsReader,
  { isLive, needsPublicUrl }: { isLive: boolean; needsPublicUrl: boolean },
): HttpConfig {
  if (needsPublicUrl && !settings.has('PUBLIC_URL')) {
    settings.missing('PUBLIC_URL', 'although TELEGRAM_WEBHOOK is true');
  }
  const isOpen = isLive && settings.has('PUBLIC_URL');
  if ((needsPublicUrl || isOpen) && !settings.has('WEBHOOK_SECRET')) {
    const reason = settings.has('PUBLIC_URL') ? 'PUBLIC_URL is set' : 'TELEGRAM_WEBHOOK is true';
    settings.missing('WEBHOOK_SECRET', `although ${reason}`);
  }
  return {
    // The sandbox gives away play money to whoever opens it: it stays on this machine.
    host: settings.read('HOST') ?? (isLive ? '0.0.0.0' : '127.0.0.1'),
    port: settings.read('PORT') ?? 8080,
    publicUrl: settings.read('PUBLIC_URL') ?? null,
    webhookSecret: settings.read('WEBHOOK_SECRET') ?? null,
    metricsToken: settings.read('METRICS_TOKEN') ?? null,
    trustProxy: settings.read('TRUST_PROXY') ?? false,
  };
}

function readStaff(settings: SettingsReader): StaffConfig {
  return {
    operatorIds: settings.read('ADMIN_OPERATOR_IDS') ?? [],
    viewerIds: settings.read('ADMIN_VIEWER_IDS') ?? [],
    operatorLimitTiyin: settings.read('ADMIN_OPERATOR_LIMIT') ?? som(500_000),
    dualControlAboveTiyin: settings.read('ADMIN_DUAL_CONTROL_ABOVE') ?? null,
  };
}

const MINUTE_MS = 60_000;
const DEFAULT_PRESETS = [som(10_000), som(50_000), som(100_000), som(500_000)];

function readTopups(settings: SettingsReader): TopupConfig {
  const minTiyin = settings.read('TOPUP_MIN') ?? som(1000);
  const maxTiyin = settings.read('TOPUP_MAX') ?? som(10_000_000);
  if (minTiyin > maxTiyin) {
    const name = settings.has('TOPUP_MIN') ? 'TOPUP_MIN' : 'TOPUP_MAX';
    settings.problem(
      name,
      `leaves no sum: the smallest would be ${formatPlainSum(minTiyin)}, the largest ${formatPlainSum(maxTiyin)}`,
      'TOPUP_MIN no larger than TOPUP_MAX',
    );
  }
  const isInRange = (sum: Tiyin): boolean => sum >= minTiyin && sum <= maxTiyin;
  const chosen = settings.read('TOPUP_PRESETS');
  if (chosen && minTiyin <= maxTiyin && !chosen.every(isInRange)) {
    settings.problem(
      'TOPUP_PRESETS',
      'has a sum that nobody could pay',
      `sums from ${formatPlainSum(minTiyin)} (TOPUP_MIN) to ${formatPlainSum(maxTiyin)} (TOPUP_MAX)`,
    );
  }
  const ttlMinutes = settings.read('ORDER_TTL_MINUTES');
  return {
    minTiyin,
    maxTiyin,
    presetsTiyin: chosen ?? DEFAULT_PRESETS.filter(isInRange),
    ways: settings.read('TOPUP_ORDER') ?? NAMED_WAYS,
    ttlMs: ttlMinutes === undefined ? null : ttlMinutes * MINUTE_MS,
    latePaymentMs: (settings.read('LATE_PAYMENT_HOURS') ?? 72) * 60 * MINUTE_MS,
    uniqueTailMax: settings.read('UNIQUE_TAIL_MAX') ?? 999,
    quarantineMs: (settings.read('AMOUNT_QUARANTINE_MINUTES') ?? 60) * MINUTE_MS,
  };
}
