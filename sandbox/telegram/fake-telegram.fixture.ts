import { Api, InlineKeyboard } from 'grammy';
import type { ApiClientOptions } from 'grammy';
import { onTestFinished } from 'vitest';

import { realRandom } from '../../src/core/deps.ts';
import type { Clock } from '../../src/core/deps.ts';
import { startSimulatedTelegram } from './simulated-telegram.ts';
import type { SimulatedTelegram, SimulatedTelegramOptions } from './simulated-telegram.ts';

/** For this folder's tests: a clock that stands still until it is moved. */
class ManualClock implements Clock {
  #now = Date.UTC(2026, 0, 15, 9, 0, 0);
  #sleepers: { at: number; wake: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  elapsed(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    if (signal?.aborted) reject(new DOMException('aborted', 'AbortError'));
    else if (ms <= 0) resolve();
    else this.#sleepers.push({ at: this.#now + ms, wake: resolve });
    signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
    return promise;
  }

  /** How many wait for `ms` from now or less. */
  sleepersWithin(ms: number): number {
    return this.#sleepers.filter((sleeper) => sleeper.at <= this.#now + ms).length;
  }

  advance(ms: number): void {
    this.#now += ms;
    const due = this.#sleepers.filter((sleeper) => sleeper.at <= this.#now);
    this.#sleepers = this.#sleepers.filter((sleeper) => sleeper.at > this.#now);
    for (const sleeper of due) sleeper.wake();
  }
}

export const ALI = { id: 101, firstName: 'Ali', username: 'ali_test', languageCode: 'uz' };
export const VALI = { id: 102, firstName: 'Vali', languageCode: 'ru' };

interface Stage {
  telegram: SimulatedTelegram;
  api: Api;
  clock: ManualClock;
}

/** A simulation with two people, of whom Ali has already written, and a grammY client. Closed after the test. */
export async function startStage(
  options: Partial<SimulatedTelegramOptions> & { client?: ApiClientOptions } = {},
): Promise<Stage> {
  const { client, ...rest } = options;
  const clock = new ManualClock();
  const telegram = await startSimulatedTelegram({ clock, random: realRandom, ...rest });
  onTestFinished(() => telegram.close());
  telegram.user(ALI);
  telegram.user(VALI);
  telegram.sendText(ALI.id, '/start');
  return { telegram, clock, api: new Api(telegram.token, { apiRoot: telegram.url, ...client }) };
}

/** A keyboard with one callback button. */
export function oneButton(text: string, data: string): InlineKeyboard {
  return new InlineKeyboard().text(text, data);
}

/** The smallest PNG there is, 1×1. */
export const PNG = Uint8Array.from(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
);

export const NOT_MODIFIED =
  'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a ' +
  'current content and reply markup of the message';

/** Calls the API without grammY, as any client would. */
export async function call(
  telegram: SimulatedTelegram,
  method: string,
  init?: RequestInit,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${telegram.url}/bot${telegram.token}/${method}`, init);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
