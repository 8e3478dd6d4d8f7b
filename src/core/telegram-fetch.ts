/**
 * The `fetch` under grammY's client: every call to Telegram ends within a time limit, and no error names the address,
 * which holds the token.
 *
 * It does not retry. Only the caller knows whether a second try may send a second message: the inbox runs a failed
 * update again, the outbox sends a waiting message again, each with its own count and patience. A retry down here
 * would multiply theirs and hold up a chat's updates meanwhile.
 */
import type { Api, ApiClientOptions } from 'grammy';
import { readBounded } from './bounded.ts';
import { type Clock, withTimeLimit } from './deps.ts';
import type { TelegramContact } from './telegram-contact.ts';
import { TelegramNoAnswerError } from './telegram-errors.ts';

export interface TelegramFetchOptions {
  fetch: typeof fetch;
  clock: Clock;
  /** For everything but long polls and uploads. */
  timeoutMs?: number;
  /** For getUpdates: more than the poll itself waits. */
  pollTimeoutMs?: number;
  uploadTimeoutMs?: number;
  /** Hears which calls Telegram took. */
  contact?: Pick<TelegramContact, 'answered'>;
}

export type GrammyFetch = NonNullable<ApiClientOptions['fetch']>;

export type GrammySignal = NonNullable<Parameters<Api['getMe']>[0]>;

/** For grammY's methods, which are typed against another library's signal and use only what both have. */
export function grammySignal(signal: AbortSignal): GrammySignal {
  return signal as unknown as GrammySignal;
}

/** What grammY hands over. Its signal is a look-alike that the built-in `fetch` refuses. */
interface GrammyRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: string | AsyncIterable<Uint8Array>;
  signal?: SignalLike | null;
}

interface SignalLike {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** For `client.fetch` of grammY's `Bot` or `Api`. Rejects with a `TelegramNoAnswerError` and nothing else. */
export function createTelegramFetch(options: TelegramFetchOptions): GrammyFetch {
  const call = async (url: string | URL, request: GrammyRequest = {}): Promise<Response> => {
    const method = methodOf(url);
    try {
      return await limitedCall(options, { url, method, request });
    } catch (error) {
      throw new TelegramNoAnswerError({ method, reason: reasonOf(error, request.signal) });
    }
  };
  // grammY is typed against node-fetch and uses nothing of the answer but json().
  return call as GrammyFetch;
}

interface Call {
  url: string | URL;
  method: string;
  request: GrammyRequest;
}

async function limitedCall(options: TelegramFetchOptions, call: Call): Promise<Response> {
  const caller = bridge(call.request.signal);
  try {
    return await withTimeLimit(options.clock, timeoutOf(options, call), async (limit) => {
      const response = await options.fetch(call.url, {
        ...(call.request.method === undefined ? {} : { method: call.request.method }),
        ...(call.request.headers === undefined ? {} : { headers: call.request.headers }),
        ...(call.request.body === undefined ? {} : { body: call.request.body, duplex: 'half' }),
        signal: AbortSignal.any([limit, caller.signal]),
      });
      // Read here, so that an answer that never ends is cut off as well.
      const answer: unknown = JSON.parse(await wholeText(response));
      if (isGood(answer)) options.contact?.answered(call.method);
      return Response.json(answer, { status: response.status });
    });
  } finally {
    caller.release();
  }
}

function isGood(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok === true;
}

/** A hundred updates, the largest answer there is, are far smaller. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

async function wholeText({ body }: Response): Promise<string> {
  const { text, whole } = await readBounded(body, MAX_ANSWER_BYTES);
  if (!whole) throw new TooLargeError('the answer is too large');
  return text;
}

class TooLargeError extends Error {
  override name = 'TooLargeError';
}

function timeoutOf(options: TelegramFetchOptions, { method, request }: Call): number {
  const { timeoutMs = 20_000, pollTimeoutMs = 45_000, uploadTimeoutMs = 45_000 } = options;
  if (method === 'getUpdates') return pollTimeoutMs;
  return request.body === undefined || typeof request.body === 'string'
    ? timeoutMs
    : uploadTimeoutMs;
}

/** A real signal that follows grammY's. */
function bridge(signal: SignalLike | null | undefined): {
  signal: AbortSignal;
  release: () => void;
} {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort);
  return {
    signal: controller.signal,
    release: () => signal?.removeEventListener('abort', abort),
  };
}

function methodOf(url: string | URL): string {
  const name = /\/(\w+)$/.exec(new URL(url).pathname)?.[1];
  return name ?? 'unknown method';
}

function reasonOf(error: unknown, caller: SignalLike | null | undefined): string {
  if (caller?.aborted) return 'aborted';
  if (!(error instanceof Error)) return 'network';
  if (error.name === 'TimeoutError') return 'timeout';
  if (error instanceof TooLargeError) return 'too large';
  if (error instanceof SyntaxError) return 'not JSON';
  const code = codeOf(error.cause) ?? codeOf(error);
  return code === null ? 'network' : `network ${code}`;
}

/** `ECONNREFUSED` and the like: the only part of a network error that surely has no address in it. */
function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' && /^[A-Z][A-Z0-9_]{1,40}$/.test(error.code)
    ? error.code
    : null;
}
