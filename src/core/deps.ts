/**
 * The three things a program cannot be tested with: time, randomness and the network. They come in here and
 * nowhere else, so that the whole program can run under a simulated clock with faults from one seed.
 */
import { randomBytes } from 'node:crypto';
import { uptime } from 'node:os';
import { elapsedOf } from './clock/elapsed.ts';
import { type Exchange, exchangeDirectly } from './exchange.ts';

export interface Clock {
  /** Milliseconds since 1970. What people and other machines call the time; somebody may set it. */
  now(): number;
  /** Milliseconds since some moment. Nobody can set it, and it never goes back: for how long something takes. */
  elapsed(): number;
  /** Resolves after `ms`; rejects with an AbortError when `signal` aborts first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface Random {
  /** `length` unpredictable bytes. */
  bytes(length: number): Uint8Array;
}

export interface Deps {
  clock: Clock;
  random: Random;
  fetch: typeof fetch;
  /** The same network with less around it, for calls that are many. Where it is absent they go by `fetch`. */
  exchange?: Exchange;
}

/** What ends a wait that nobody needs any more. One for all of them: making one takes longer than most waits are worth. */
export const NO_LONGER = new DOMException('nobody waits for it any more', 'AbortError');

export const realClock: Clock = {
  now: () => Date.now(),
  elapsed: elapsedOf({
    wallMs: () => Date.now(),
    awakeMs: () => performance.now(),
    uptimeMs: () => uptime() * 1000,
  }),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      const wake = (): void => {
        clearTimeout(timer);
        reject(NO_LONGER);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', wake);
        resolve();
      }, ms);
      if (signal?.aborted === true) wake();
      else signal?.addEventListener('abort', wake, { once: true });
    }),
};

export const realRandom: Random = { bytes: (length) => randomBytes(length) };

export function realDeps(): Deps {
  return {
    clock: realClock,
    random: realRandom,
    fetch: globalThis.fetch,
    exchange: exchangeDirectly,
  };
}

/** A uniform integer in `[0, below)`, `below` at most 2^32. */
export function randomInt(random: Random, below: number): number {
  const range = 2 ** 32;
  if (!Number.isInteger(below) || below < 1 || below > range) {
    throw new Error(`randomInt: ${below} is not an integer between 1 and 2^32`);
  }
  // Values above the last full multiple would make the low numbers likelier.
  const limit = range - (range % below);
  for (;;) {
    const bytes = random.bytes(4);
    const value = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);
    if (value < limit) return value % below;
  }
}

/** A random code of `length` characters from `alphabet` (at most 256 characters). */
export function randomCode(random: Random, options: { length: number; alphabet: string }): string {
  let code = '';
  for (let i = 0; i < options.length; i += 1) {
    code += options.alphabet.charAt(randomInt(random, options.alphabet.length));
  }
  return code;
}

/** Of a signal, also of a look-alike from another library. */
export interface SignalLike {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/**
 * Runs `work` with a signal that aborts after `timeoutMs` of the injected clock, or with `caller`.
 * In the first case the signal's reason is a `TimeoutError`.
 */
export async function withTimeLimit<T>(
  clock: Clock,
  timeoutMs: number,
  work: (signal: AbortSignal) => Promise<T>,
  caller?: SignalLike | null,
): Promise<T> {
  const call = new AbortController();
  const timer = new AbortController();
  const leave = (): void => call.abort(NO_LONGER);
  if (caller?.aborted) leave();
  caller?.addEventListener('abort', leave);
  const limit = clock.sleep(timeoutMs, timer.signal).then(
    () => call.abort(new DOMException(`no answer within ${timeoutMs} ms`, 'TimeoutError')),
    () => undefined,
  );
  try {
    return await work(call.signal);
  } finally {
    caller?.removeEventListener('abort', leave);
    timer.abort(NO_LONGER);
    await limit;
  }
}
