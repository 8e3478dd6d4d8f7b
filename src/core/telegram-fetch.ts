/**
 * The `fetch` under grammY's client: every call to Telegram ends within a time limit, and no error names the address,
 * which holds the token.
 *
 * It does not retry. Only the caller knows whether a second try may send a second message: the inbox runs a failed
 * update again, the outbox sends a waiting message again, each with its own count and patience. A retry down here
 * would multiply theirs and hold up a chat's updates meanwhile. What a server was too old for is no retry: it said that it
 * took nothing, and gets less (telegram-novelties.ts), within the same time limit. Uploads are sent as they are.
 */
import type { Api, ApiClientOptions } from 'grammy';
import { type Clock, type SignalLike, withTimeLimit } from './deps.ts';
import { type Exchange, exchangeBy } from './exchange.ts';
import type { TelegramContact } from './telegram-contact.ts';
import { TelegramNoAnswerError } from './telegram-errors.ts';
import { createTelegramNovelties, type TelegramNovelties } from './telegram-novelties.ts';

interface TelegramFetchOptions {
  fetch: typeof fetch;
  /** Instead of `fetch`, where there is one. */
  exchange?: Exchange | undefined;
  clock: Clock;
  /** For everything but long polls and uploads. */
  timeoutMs?: number;
  /** For getUpdates: more than the poll itself waits. */
  pollTimeoutMs?: number;
  uploadTimeoutMs?: number;
  /** What the server is known not to know; its own where nobody else asks. */
  novelties?: TelegramNovelties;
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

/** For `client.fetch` of grammY's `Bot` or `Api`. Rejects with a `TelegramNoAnswerError` and nothing else. */
export function createTelegramFetch(options: TelegramFetchOptions): GrammyFetch {
  const exchange = options.exchange ?? exchangeBy(options.fetch);
  const { novelties = createTelegramNovelties() } = options;
  const call = async (url: string | URL, request: GrammyRequest = {}) => {
    const method = methodOf(url);
    try {
      const answer = await limitedCall(
        { ...options, exchange, novelties },
        { url, method, request },
      );
      return { json: () => Promise.resolve(answer) };
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

type Options = TelegramFetchOptions & { exchange: Exchange; novelties: TelegramNovelties };

async function limitedCall(options: Options, call: Call): Promise<unknown> {
  const { method, request } = call;
  const answer = await withTimeLimit(
    options.clock,
    timeoutOf(options, call),
    async (signal) => await fittingCall(options, call, signal),
    request.signal,
  );
  if (isGood(answer)) options.contact?.answered(method);
  return answer;
}

/** Each novelty is refused and left out once at most. */
async function fittingCall(options: Options, call: Call, signal: AbortSignal): Promise<unknown> {
  const { body } = call.request;
  if (typeof body !== 'string') return await oneCall(options, { ...call, body }, signal);
  const { novelties } = options;
  let fitting = novelties.fit(body);
  for (;;) {
    const answer = await oneCall(options, { ...call, body: fitting }, signal);
    const rest = isGood(answer) ? null : novelties.afterRefusal(fitting, answer);
    if (rest === null) return answer;
    fitting = rest;
  }
}

async function oneCall(
  { exchange }: Options,
  { url, request: { method, headers }, body }: Call & { body: GrammyRequest['body'] },
  signal: AbortSignal,
): Promise<unknown> {
  const { text, whole } = await exchange({
    url,
    method,
    headers,
    body,
    signal,
    maxBytes: MAX_ANSWER_BYTES,
  });
  if (!whole) throw new TooLargeError('the answer is too large');
  return JSON.parse(text);
}

function isGood(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok === true;
}

/** A hundred updates, the largest answer there is, are far smaller. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

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

function methodOf(url: string | URL): string {
  const name = /\/(\w+)(?:\?|$)/.exec(String(url))?.[1];
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
