/**
 * One HTTP request to a payment system: bounded in time and size, never repeated, never redirected. What comes out
 * is an answer or a named reason why there is none; no address, header or body of a request ever leaves this file.
 */
import ky from 'ky';
import { withTimeLimit, type Clock } from '../core/deps.ts';
import { readBounded } from '../core/bounded.ts';

export const DEFAULT_TIMEOUT_MS = 15_000;
const DEFAULT_MAX_BODY_BYTES = 256 * 1024;
const MAX_RETRY_AFTER_MS = 3_600_000;

interface HttpDeps {
  clock: Clock;
  fetch: typeof fetch;
}

/** At most one of `json` and `form`. */
export interface HttpCall {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  url: string;
  query?: Readonly<Record<string, string>>;
  json?: unknown;
  form?: Readonly<Record<string, string>>;
  headers?: Readonly<Record<string, string>>;
  /** For the whole call, the body included. */
  timeoutMs?: number;
  /** Of the answer's body; 256 KB where nothing is said. What is longer is not read. */
  maxBodyBytes?: number;
}

export interface HttpAnswer {
  kind: 'answer';
  status: number;
  /** The body as JSON whatever its content type says; undefined when it is none or too long. */
  json: unknown;
  text: string;
  /** From `Retry-After`, more than zero, at most an hour. */
  retryAfterMs?: number;
  /** Where a redirect leads, as it stood in the answer. It may carry what the call carried. */
  location?: string;
}

export interface NoAnswer {
  kind: 'no_answer';
  cause: 'timeout' | 'network';
}

type HttpOutcome = HttpAnswer | NoAnswer;

/** Sends `call` exactly once. Throws only for a call that cannot be built (an invalid URL). */
export async function httpCall(deps: HttpDeps, call: HttpCall): Promise<HttpOutcome> {
  const url = addressOf(call);
  const { maxBodyBytes = DEFAULT_MAX_BODY_BYTES } = call;
  const options = { method: call.method, ...bodyOf(call), headers: headersOf(call) };
  return withTimeLimit(deps.clock, call.timeoutMs ?? DEFAULT_TIMEOUT_MS, async (signal) => {
    try {
      return await orAborted(signal, exchange(deps, { url, options, signal, maxBodyBytes }));
    } catch {
      // The error carries the request with its address and headers, so it goes no further.
      return { kind: 'no_answer', cause: signal.aborted ? 'timeout' : 'network' };
    }
  });
}

/** `base` and `path` joined with exactly one slash, and with one `/api` where both have it: people enter either. */
export function joinUrl(base: string, path: string): string {
  const rest = path.replace(/^\/+/, '');
  const start = base.replace(/\/+$/, '');
  const twice = /^api(?:[/?]|$)/.test(rest);
  return `${twice ? start.replace(/\/api$/, '') : start}/${rest}`;
}

const REPEATABLE_REDIRECTS: ReadonlySet<number> = new Set([301, 302, 307, 308]);

/**
 * Where to send a call again that was redirected to its own address with, or without, the slash at the end: the
 * server did nothing with it. Null for every other answer: a redirect elsewhere, to another host above all, gets nothing.
 */
export function otherSlash(url: string, { status, location }: HttpAnswer): string | null {
  if (!REPEATABLE_REDIRECTS.has(status) || location === undefined) return null;
  if (!URL.canParse(location, url)) return null;
  const asked = new URL(url);
  const other = asked.pathname.endsWith('/') ? asked.pathname.slice(0, -1) : `${asked.pathname}/`;
  const { origin, pathname } = new URL(location, url);
  return origin === asked.origin && pathname === other ? asked.origin + other : null;
}

interface Exchange {
  url: string;
  options: { method: string; body?: string; headers: Record<string, string> };
  signal: AbortSignal;
  maxBodyBytes: number;
}

async function exchange(
  deps: HttpDeps,
  { url, options, signal, maxBodyBytes }: Exchange,
): Promise<HttpAnswer> {
  const response = await ky(url, {
    ...options,
    signal,
    fetch: (input, init) => deps.fetch(input, init),
    retry: 0,
    throwHttpErrors: false,
    redirect: 'manual',
    timeout: false,
  });
  const { text, whole } = await readBounded(response.body, maxBodyBytes);
  const retryAfterMs = readRetryAfter(response.headers.get('retry-after'), deps.clock.now());
  const location = response.headers.get('location');
  return {
    kind: 'answer',
    status: response.status,
    json: whole ? parseJson(text) : undefined,
    text,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(location === null ? {} : { location }),
  };
}

function addressOf(call: HttpCall): string {
  const url = new URL(call.url);
  for (const [name, value] of Object.entries(call.query ?? {}))
    url.searchParams.append(name, value);
  return url.href;
}

function bodyOf(call: HttpCall): { body?: string } {
  if (call.form) return { body: new URLSearchParams(call.form).toString() };
  return call.json === undefined ? {} : { body: JSON.stringify(call.json) };
}

function headersOf(call: HttpCall): Record<string, string> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (call.form) headers['content-type'] = 'application/x-www-form-urlencoded';
  else if (call.json !== undefined) headers['content-type'] = 'application/json';
  return { ...headers, ...call.headers };
}

/** Ends with the signal even when the injected fetch pays no heed to it. */
async function orAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(new Error('the time limit has passed'));
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function parseJson(text: string): unknown {
  const whole = parsed(text);
  return whole === undefined ? jsonAfterNotice(text) : whole;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Braces that a notice may have before the answer's own: `Warning: … in {closure}()`. */
const MAX_BRACES = 10;

/** The object at the end of a body that begins with words or tags: PHP prints its warnings before the answer. */
function jsonAfterNotice(text: string): unknown {
  if (!/^\s*[<\p{L}]/u.test(text)) return undefined;
  let start = text.indexOf('{');
  for (let tries = 0; start >= 0 && tries < MAX_BRACES; tries += 1) {
    const found = parsed(text.slice(start));
    if (found !== undefined) return found;
    start = text.indexOf('{', start + 1);
  }
  return undefined;
}

/** Seconds or an HTTP date. A time that is over says nothing, so it counts as absent. */
function readRetryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const value = header.trim();
  const delayMs = /^\d{1,9}$/.test(value) ? Number(value) * 1000 : untilHttpDate(value, now);
  return delayMs > 0 ? Math.min(delayMs, MAX_RETRY_AFTER_MS) : undefined;
}

function untilHttpDate(value: string, now: number): number {
  // Date.parse takes nearly anything ("-1" is a day in 2001): only the shape of an HTTP date may pass.
  const date = /^[A-Z][a-z]{2,8}, /.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? 0 : date - now;
}
