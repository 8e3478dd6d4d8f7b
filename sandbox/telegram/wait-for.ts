import { realClock } from '../../src/core/deps.ts';
import type { SimulatedTelegram } from './simulated-telegram.ts';
import type { MessageView } from './types.ts';

/**
 * Resolves with a bot's message that appears or is edited from now on and matches. `timeoutMs` is real time,
 * whatever clock the simulation runs on; afterwards it throws, quoting what the chat ends with.
 */
export async function nextBotMessage(
  telegram: SimulatedTelegram,
  userId: number,
  options: { timeoutMs: number; matches?: (message: MessageView) => boolean },
): Promise<MessageView> {
  const { promise, resolve } = Promise.withResolvers<MessageView>();
  const forget = telegram.on((event) => {
    if (event.kind !== 'message' && event.kind !== 'edit') return;
    if (event.userId !== userId || event.message.from !== 'bot') return;
    if (options.matches?.(event.message) ?? true) resolve(event.message);
  });
  try {
    return await withinRealTime(promise, options.timeoutMs, () => {
      const last = telegram.lastMessage(userId);
      const text = last ? `${last.from}: ${last.text || last.caption}` : 'empty';
      return `no matching bot message for person ${userId}; the chat ends with: ${text}`;
    });
  } finally {
    forget();
  }
}

/** Resolves with the first value of `read` that is neither undefined nor false, asked at every event. */
export async function waitFor<T>(
  telegram: SimulatedTelegram,
  read: () => T | undefined | false,
  options: { timeoutMs: number; what: string },
): Promise<T> {
  const { promise, resolve } = Promise.withResolvers<T>();
  const check = (): void => {
    const value = read();
    if (value !== undefined && value !== false) resolve(value);
  };
  const forget = telegram.on(check);
  check();
  try {
    return await withinRealTime(promise, options.timeoutMs, () => `not seen: ${options.what}`);
  } finally {
    forget();
  }
}

async function withinRealTime<T>(
  promise: Promise<T>,
  timeoutMs: number,
  problem: () => string,
): Promise<T> {
  const timer = new AbortController();
  const limit = realClock.sleep(timeoutMs, timer.signal).then(
    () => {
      throw new Error(`${problem()} (waited ${timeoutMs} ms)`);
    },
    () => promise,
  );
  try {
    return await Promise.race([promise, limit]);
  } finally {
    timer.abort();
  }
}
