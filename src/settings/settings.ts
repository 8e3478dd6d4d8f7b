/** Every setting the program reads: what it may be, in words and as a schema, and whether it is a secret. */
import type { z } from 'zod';
import { LONGEST_TRANSFER_LIFE_MS, NAMED_WAYS } from '../core/payment-systems.ts';
import * as kind from './kinds.ts';

export interface Setting<T> {
  schema: z.ZodType<T, string>;
  /** Ends the sentence "Expected: …". */
  expected: string;
  /** Its value is never printed. */
  isSecret: boolean;
}

function open<T>(schema: z.ZodType<T, string>, expected: string): Setting<T> {
  return { schema, expected, isSecret: false };
}

function secret<T>(schema: z.ZodType<T, string>, expected: string): Setting<T> {
  return { schema, expected, isSecret: true };
}

function number(range: { min: number; max: number }, unit = ''): Setting<number> {
  const what = unit === '' ? 'a whole number' : `a whole number of ${unit}`;
  return open(kind.integer(range), `${what} from ${range.min} to ${range.max}`);
}

const MAX_ID = Number.MAX_SAFE_INTEGER;
const telegramId = kind.integer({ min: 1, max: MAX_ID });
const trueOrFalse = open(kind.flag, 'true or false');
/** Any shorter, a sum would go to the next payer while the one before can still pay: theft by setting. */
const LEAST_QUARANTINE = LONGEST_TRANSFER_LIFE_MS / 60_000;
const quarantine = open(
  kind.integer({ min: LEAST_QUARANTINE, max: 10_080 }),
  `a whole number of minutes from ${LEAST_QUARANTINE}, as long as an order lives at a payment system, to 10080`,
);
const som = open(kind.sum, "a sum in whole so'm, such as 1000");
const cardNumber = secret(kind.cardNumber, 'the 16 digits of the card payers transfer to');
const cardHolder = open(kind.cardHolder, 'the name on the card, as payers see it');
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const baseUrl = (example: string): Setting<string> =>
  open(kind.address, `an https address without a query, such as ${example}`);

const credential = (where: string): Setting<string> =>
  secret(kind.credential, `the value from ${where}, without blanks or quotes`);

/** An identifier that travels with a key; by itself it opens nothing. */
const identifier = (where: string): Setting<string> =>
  open(kind.credential, `the value from ${where}, without blanks or quotes`);

export const SETTINGS = {
  BOT_TOKEN: secret(kind.botToken, 'the token @BotFather gave you: digits, ":" and letters'),
  TELEGRAM_API_ROOT: baseUrl('https://api.telegram.org'),
  TELEGRAM_WEBHOOK: trueOrFalse,
  ADMIN_IDS: open(
    kind.list(telegramId, 100),
    'numeric Telegram ids of the owners, comma-separated, such as 123456789,987654321',
  ),
  ADMIN_OPERATOR_IDS: open(
    kind.list(telegramId, 100),
    'numeric Telegram ids of the operators, comma-separated',
  ),
  ADMIN_VIEWER_IDS: open(
    kind.list(telegramId, 100),
    'numeric Telegram ids of those who may only look, comma-separated',
  ),
  ADMIN_OPERATOR_LIMIT: som,
  ADMIN_DUAL_CONTROL_ABOVE: som,
  ADMIN_CHAT_ID: open(
    kind.integer({ min: -MAX_ID, max: MAX_ID }),
    'the numeric id of a chat; that of a group is negative',
  ),
  SUPPORT_CONTACT: open(
    kind.contact,
    'an @name of Telegram, a phone number such as +998901234567, or an https link',
  ),
  QUIET_HOURS: open(
    kind.quietHours,
    'two hours of the day, from 17 to 23 and from 6 to 12, with "-" between them, such as 21-9',
  ),
  SUPPORT_ANSWER_MINUTES: number({ min: 1, max: 10_080 }, 'minutes'),
  DATABASE_URL: open(
    kind.databaseUrl,
    'file: and a path, such as file:data/tolov.db, or postgres://user:password@host/database',
  ),
  BACKUP_DIR: open(kind.folder, 'the path of a folder, such as /var/backups/tolov'),
  BACKUP_KEEP: number({ min: 1, max: 365 }, 'days'),
  BACKUP_AGE_RECIPIENT: open(
    kind.ageRecipient,
    'a public key of age: "age1" and 58 more letters and digits, as age-keygen prints it',
  ),
  BACKUP_TO_ADMIN: trueOrFalse,
  HOST: open(kind.hostName, 'the address to listen on, such as 0.0.0.0 or 127.0.0.1'),
  PORT: number({ min: 0, max: 65_535 }),
  PUBLIC_URL: open(
    kind.publicAddress,
    'an https address without a query, such as https://pay.example.com',
  ),
  WEBHOOK_SECRET: secret(
    kind.webhookSecret,
    'at least 16 characters, each a letter A-Z or a-z, a digit, "_" or "-"',
  ),
  TRUST_PROXY: trueOrFalse,
  METRICS_TOKEN: secret(kind.credential, 'a token without blanks'),
  LOG_LEVEL: open(kind.oneOf(LEVELS), `one of ${LEVELS.join(', ')}`),
  LOG_FORMAT: open(kind.oneOf(['json', 'pretty']), 'json or pretty'),
  DEFAULT_LANGUAGE: open(kind.language, 'uz, uz-Cyrl, ru or en'),
  POLL_CRON: open(kind.cron, 'a cron expression of five or six fields, such as */10 * * * * *'),
  TOPUP_MIN: som,
  TOPUP_MAX: som,
  TOPUP_PRESETS: open(
    kind.list(kind.sum, 12),
    "up to 12 sums in whole so'm, comma-separated, such as 10000,50000",
  ),
  TOPUP_ORDER: open(
    kind.list(kind.oneOf(NAMED_WAYS), NAMED_WAYS.length),
    `some of ${NAMED_WAYS.join(', ')}, comma-separated, in the order to offer them`,
  ),
  ORDER_TTL_MINUTES: number({ min: 1, max: 1440 }, 'minutes'),
  LATE_PAYMENT_HOURS: number({ min: 1, max: 720 }, 'hours'),
  UNIQUE_TAIL_MAX: number({ min: 1, max: 9999 }, "so'm"),
  AMOUNT_QUARANTINE_MINUTES: quarantine,
  INPAY_BASE_URL: baseUrl('https://inpay.uz/api/v1'),
  INPAY_MERCHANT_ID: identifier("inPAY's merchant cabinet"),
  INPAY_MERCHANT_TOKEN: credential("inPAY's merchant cabinet"),
  INPAY_REQUESTS_PER_HOUR: number({ min: 1, max: 100_000 }, 'requests'),
  PAYFER_BASE_URL: baseUrl('https://api.payfer.uz'),
  PAYFER_SHOP_ID: identifier("Payfer's shop panel"),
  PAYFER_SHOP_KEY: credential("Payfer's shop panel"),
  PAYFER_CARD_NUMBER: cardNumber,
  PAYFER_CARD_HOLDER: cardHolder,
  RASMIYPAY_BASE_URL: baseUrl('https://pay.example.com'),
  RASMIYPAY_SHOP_ID: identifier("RasmiyPay's shop panel"),
  RASMIYPAY_SHOP_KEY: credential("RasmiyPay's shop panel"),
  RASMIYPAY_CARD_NUMBER: cardNumber,
  RASMIYPAY_CARD_HOLDER: cardHolder,
  AUTOPAYCARD_BASE_URL: baseUrl('https://api.autopaycard.uz'),
  AUTOPAYCARD_API_KEY: credential('@Autopaycardbot'),
  AUTOPAYCARD_CARDS: secret(
    kind.text,
    'a JSON list: [{"number":"8600…","holder":"NAME SURNAME","gmail":"…@gmail.com"}]',
  ),
  AUTOPAYCARD_SUBSCRIPTION_PATH: open(kind.path, 'a path such as /api/subscription'),
  PAYLOV_BASE_URL: baseUrl('https://gw.paylov.uz'),
  PAYLOV_SERVICE_PREFIX: open(kind.servicePrefix, 'empty or /merchant'),
  PAYLOV_CONSUMER_KEY: credential('Paylov'),
  PAYLOV_CONSUMER_SECRET: credential('Paylov'),
  PAYLOV_USERNAME: credential('Paylov'),
  PAYLOV_PASSWORD: credential('Paylov'),
  PAYLOV_ACCESS_TOKEN: credential('Paylov'),
  PAYLOV_CARD_ID: identifier('Paylov: the cardId of your own card'),
  PAYLOV_FLOAT_ALERT: som,
  BILL_FEE_PERCENT: open(kind.percent, 'a number from 0 to 20 with at most two decimals'),
} as const satisfies Record<string, Setting<unknown>>;

export type SettingName = keyof typeof SETTINGS;

export type SettingValue<N extends SettingName> =
  (typeof SETTINGS)[N] extends Setting<infer T> ? T : never;
