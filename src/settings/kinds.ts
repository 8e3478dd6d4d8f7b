/**
 * What a setting's text may be, as zod schemas from text to value. Each message continues the sentence
 * "<value> …" and never repeats the value itself: it may be a secret.
 */
import { createRequire } from 'node:module';
import type { Encrypter } from 'age-encryption';
import { z } from 'zod';
import { formatPhone, normalisePhone } from '../core/phone.ts';
import type { DatabaseAddress } from '../db/address.ts';
import { isRunnable } from '../core/cron.ts';
import { LANGUAGES } from '../core/language.ts';
import { MAX_TIYIN, som, TIYIN_PER_SOM, type Tiyin } from '../core/money.ts';

export const text = z.string();

/** Tokens and keys travel in headers and addresses: anything but visible ASCII is a slip of the editor. */
export const credential = text
  .max(500, 'is longer than 500 characters')
  .regex(/^[\x21-\x7e]*$/, 'contains a blank or a character that is not ASCII');

export const botToken = text.regex(/^\d{1,18}:[\w-]{1,100}$/, "does not look like a bot's token");

export const webhookSecret = text
  .regex(/^[\w-]*$/, 'contains a character that is not allowed')
  .refine((value) => value.length >= 16, { error: tooShort })
  .max(256, 'is longer than 256 characters');

function tooShort(issue: { input?: unknown }): string {
  return `is too short (${String(issue.input).length} characters)`;
}

const BOOLEANS: Readonly<Record<string, boolean>> = { true: true, 1: true, false: false, 0: false };

export const flag = text
  .toLowerCase()
  .refine((value) => Object.hasOwn(BOOLEANS, value), 'is neither true nor false')
  .transform((value) => BOOLEANS[value] === true);

/** A whole number from `min` to `max`. */
export function integer(range: { min: number; max: number }): z.ZodType<number, string> {
  return text
    .regex(/^-?\d+$/, { error: 'is not a whole number', abort: true })
    .transform(Number)
    .refine((value) => value >= range.min, { error: `is less than ${range.min}`, abort: true })
    .refine((value) => value <= range.max, `is more than ${range.max}`);
}

/** Whole so'm as tiyin. */
export const sum: z.ZodType<Tiyin, string> = integer({
  min: 1,
  max: MAX_TIYIN / TIYIN_PER_SOM,
}).transform(som);

/** Several of `item`, separated by commas, of which one may be left at an end. Repetitions count once. */
export function list<T>(item: z.ZodType<T, string>, most: number): z.ZodType<T[], string> {
  return text
    .transform((value) => value.replace(/(?<=.)\s*,$/, '').split(','))
    .transform((parts) => parts.map((part) => part.trim()))
    .pipe(z.array(item).max(most, `has more than ${most} items`))
    .transform((items) => [...new Set(items)]);
}

/** One of these words, in whatever letters. */
export function oneOf<const T extends string>(values: readonly T[]): z.ZodType<T, string> {
  const meant = (value: string): string =>
    values.find((each) => each.toLowerCase() === value.toLowerCase()) ?? value;
  return text.transform(meant).pipe(z.enum(values, 'is not one of these'));
}

/** What stands before the paths of Paylov's services; with or without the slashes around it. */
export const servicePrefix = text
  .transform((value) => `/${value.replace(/^\/+|\/+$/g, '')}`)
  .pipe(oneOf(['/merchant']));

export const language = oneOf(LANGUAGES);

export const hostName = text.regex(/^[\w.:-]+$/, 'is not a host name or an IP address');

export const cron = text.refine(isRunnable, 'is not a cron expression that comes due');

export const path = text.regex(/^\/[\w./-]*$/, 'is not a path that begins with "/"');

/** The number of a card: 16 digits, typed with or without blanks. */
export const cardNumber = text
  .transform((value) => value.replace(/[\s-]/g, ''))
  .pipe(z.string().regex(/^\d{16}$/, 'does not have 16 digits'));

/** Does the last digit fit the others? Nearly every mistyped card number fails. */
export function passesLuhn(number: string): boolean {
  const digits = number.split('').toReversed().map(Number);
  const sumOfDigits = digits.reduce((total, digit, index) => {
    if (index % 2 === 0) return total + digit;
    return total + (digit > 4 ? digit * 2 - 9 : digit * 2);
  }, 0);
  return sumOfDigits % 10 === 0;
}

export const cardHolder = text
  .max(100, 'is longer than 100 characters')
  .regex(/\p{L}/u, 'contains no letter');

/** An http or https address without a final slash, credentials, query or fragment. */
export const address = text
  .refine((value) => URL.canParse(value), { error: 'is not an address', abort: true })
  .transform((value) => new URL(value))
  .superRefine((url, context) => {
    const wrong = wrongWithAddress(url);
    if (wrong !== null) context.addIssue({ code: 'custom', message: wrong });
  })
  .transform((url) => url.origin + url.pathname.replace(/\/+$/, ''));

function wrongWithAddress(url: URL): string | null {
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return 'is not an http or https address';
  if (url.username !== '' || url.password !== '') return 'contains a user name or a password';
  if (url.search !== '' || url.hash !== '') return 'contains "?" or "#"';
  return null;
}

/** The same for an address that strangers reach over the internet. */
export const publicAddress = address.refine(
  (value) => isEncrypted(value) || isLoopback(value),
  'is not an https address',
);

export function isEncrypted(url: string): boolean {
  return url.startsWith('https://');
}

/** Does the address lead back to this machine? */
export function isLoopback(url: string): boolean {
  const host = new URL(url).hostname;
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

const HOME = 'begins with "~", which only a shell takes for the home folder';

/** `file:data/tolov.db` as the path of the file, relative to the working directory unless it begins with "/". */
const databaseFile = text
  .regex(/^file:/, { error: 'does not begin with "file:"', abort: true })
  .transform((value) =>
    value
      .slice('file:'.length)
      .trimStart()
      .replace(/^\/{3,}/, '/'),
  )
  .refine(
    (value) => !value.startsWith('//'),
    'names a host; only files of this machine can be used',
  )
  .refine((value) => !/[?#]|^:memory:$/.test(value), 'is not just the path of a file')
  .refine((value) => value !== '' && !value.endsWith('/'), 'does not name a file')
  .refine((value) => !value.startsWith('~'), HOME)
  .transform((file): DatabaseAddress => ({ engine: 'sqlite', path: file }));

const POSTGRES = /^postgres(?:ql)?:/i;

/** Not further than that it names a host and a database: the rest is the driver's. */
const postgresAddress = text
  .refine((value) => URL.canParse(value), { error: 'is not a PostgreSQL address', abort: true })
  .refine((value) => new URL(value).pathname.length > 1, 'names no database')
  .refine((value) => new URL(value).hostname !== '', 'names no host')
  .transform((url): DatabaseAddress => ({ engine: 'postgres', url }));

/** A file for SQLite, or the address of a database for PostgreSQL. */
export const databaseUrl = text.transform((value, context): DatabaseAddress => {
  const kind: z.ZodType<DatabaseAddress> = POSTGRES.test(value) ? postgresAddress : databaseFile;
  const parsed = kind.safeParse(value);
  if (parsed.success) return parsed.data;
  for (const { message } of parsed.error.issues) context.addIssue(message);
  return z.NEVER;
});

/** Hundredths of a percent. */
export const percent = text
  .regex(/^\d{1,2}(\.\d{1,2})?$/, 'is not a number with at most two decimals')
  .transform((value) => Math.round(Number(value) * 100))
  .refine((value) => value <= 2000, 'is more than 20');

/** Somebody to write to or call: as it is shown, and where a button leads; a phone has no button. */
export const contact = text.transform((value, context): { shown: string; url: string | null } => {
  const name = /^@(\w{4,32})$/.exec(value)?.[1];
  if (name !== undefined) return { shown: value, url: `https://t.me/${name}` };
  const phone = value.startsWith('+') ? normalisePhone(value) : null;
  if (phone !== null) return { shown: formatPhone(phone), url: null };
  if (/^https:\/\/\S+$/.test(value) && URL.canParse(value)) return { shown: value, url: value };
  context.addIssue('is none of these');
  return z.NEVER;
});

/**
 * `21-9`: from nine in the evening to nine in the morning. The night is always in it: nobody who was promised not to be
 * woken is.
 */
export const quietHours = text.transform((value, context): { from: number; until: number } => {
  const [, first, last] = /^(\d{1,2})-(\d{1,2})$/.exec(value) ?? [];
  const [from, until] = [Number(first), Number(last)];
  if (from >= 17 && from <= 23 && until >= 6 && until <= 12) return { from, until };
  context.addIssue('does not go from the evening to the morning');
  return z.NEVER;
});

export const folder = text
  .refine((value) => !value.includes('\0'), 'is not a path')
  .refine((value) => !value.startsWith('~'), HOME);

/** A public key of age. Its check digits are checked: copies encrypted for a mistyped key are lost to everybody. */
export const ageRecipient = text
  .refine((value) => !/^AGE-SECRET-KEY/i.test(value), {
    error: 'is a secret key, which must not stand on this machine',
    abort: true,
  })
  .regex(/^age1[02-9ac-hj-np-z]{58}$/, { error: 'is not a public key of age', abort: true })
  .refine(isRecipient, 'has a wrong character: its check digits do not fit');

function isRecipient(key: string): boolean {
  try {
    // Loaded where a key is set, and nowhere else: it holds 20 MB.
    const age = createRequire(import.meta.url)('age-encryption') as { Encrypter: typeof Encrypter };
    new age.Encrypter().addRecipient(key);
    return true;
  } catch {
    return false;
  }
}
