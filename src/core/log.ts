/** The log: one line for each event, and no line with a secret in it. */
import { createRequire } from 'node:module';
import { type DestinationStream, pino } from 'pino';
import type * as Pretty from 'pino-pretty';
import { standardOutput } from './log-output.ts';

type Write = (data: object, message: string) => void;

/** The data first, then a short constant message: `log.info({ orderId }, 'order paid')`. */
export interface Log {
  debug: Write;
  info: Write;
  warn: Write;
  error: Write;
}

export interface LogOptions {
  /** One of pino's: trace, debug, info, warn, error, fatal, silent. */
  level: string;
  format: 'json' | 'pretty';
  /** Where lines go; standard output by default. */
  destination?: DestinationStream;
  /** Takes every registered secret out of a text. All that is written has passed through it. */
  scrub: (text: string) => string;
  /** Milliseconds since 1970; the machine's clock by default. */
  now?: () => number;
}

/** Longer texts are cut: one strange answer must not fill the disk. */
const MAX_TEXT = 8000;
/** Deeper objects and longer causes are left out. */
const MAX_DEPTH = 6;
const MAX_ITEMS = 100;

export function createLog({ level, format, destination, scrub, now }: LogOptions): Log {
  const target = destination ?? standardOutput();
  const pretty = format === 'pretty' ? loadPretty().prettyFactory({}) : null;
  const options = {
    level,
    base: null,
    timestamp: now
      ? () => `,"time":"${new Date(now()).toISOString()}"`
      : pino.stdTimeFunctions.isoTime,
    formatters: {
      level: (label: string) => ({ level: label }),
      log: (data: object) => plainOf(data, 0) as Record<string, unknown>,
    },
    // pino's own would add every property of an error, such as a request with its headers.
    serializers: { err: (error: unknown) => error },
  };
  const log = pino(options, {
    write(line) {
      const record = cleanOf(JSON.parse(line), scrub);
      target.write(pretty ? pretty(record) : `${JSON.stringify(record)}\n`);
    },
  });
  if (!destination) {
    standardOutput().onBack((lost) =>
      log.warn({ event: 'log_lost', lost }, 'lines of the log could not be written'),
    );
  }
  return log;
}

/** Loaded where somebody reads along, and nowhere else. */
function loadPretty(): typeof Pretty {
  return createRequire(import.meta.url)('pino-pretty') as typeof Pretty;
}

/** The same log, with `fields` in each line. */
export function withFields(log: Log, fields: object): Log {
  const write =
    (level: keyof Log): Write =>
    (data, message) =>
      log[level]({ ...fields, ...data }, message);
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

/**
 * A copy of the value that JSON can always write: an error keeps its name, message and code, a big integer becomes text, and what is
 * nested too deeply (or contains itself) is cut.
 */
function plainOf(value: unknown, depth: number): unknown {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH) return '[deeper]';
  const inner = (each: unknown): unknown => plainOf(each, depth + 1);
  if (value instanceof Error) return plainError(value, inner);
  if ('toJSON' in value) return value;
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map(inner);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, inner(each)]));
}

function plainError(error: Error, inner: (value: unknown) => unknown): object {
  const { name, message, stack, cause } = error;
  return {
    name,
    message,
    stack,
    ...('code' in error && { code: inner(error.code) }),
    ...(cause !== undefined && { cause: inner(cause) }),
    ...(error instanceof AggregateError && { errors: inner(error.errors) }),
  };
}

/** Texts, keys and numbers without secrets: what comes out is still JSON, whatever a secret looks like. */
function cleanOf(value: unknown, scrub: (text: string) => string): unknown {
  if (typeof value === 'string') return cut(scrub(value));
  if (typeof value === 'number') {
    const text = String(value);
    const clean = scrub(text);
    return clean === text ? value : clean;
  }
  if (Array.isArray(value)) return value.map((each) => cleanOf(each, scrub));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [cut(scrub(key)), cleanOf(each, scrub)]),
  );
}

function cut(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}… (${text.length} characters)` : text;
}
