/**
 * Whether Telegram and the program hear each other. A bot that nobody can reach looks well from inside: its database is
 * writable and its poller runs. So what Telegram answered last is remembered, for monitoring.
 */
import type { Clock } from './deps.ts';

export interface ContactFigures {
  /** The last call of any kind that Telegram took. Milliseconds since 1970; null: none since the start. */
  lastCallAt: number | null;
  /** When updates were last asked for with success, came by webhook, or Telegram confirmed the webhook. */
  lastUpdatesAt: number | null;
  /** How long updates have not come although this process takes them; null: another process does. */
  deafMs: number | null;
}

export interface TelegramContact {
  /** Telegram said `ok` to a call of this method. */
  answered(method: string): void;
  /** Updates came by webhook. */
  delivered(): void;
  /** Updates are this process's to take, or not any more. */
  listens(isListening: boolean): void;
  figures(): ContactFigures;
}

/** Calls that show that updates come, or would if somebody wrote. */
const ABOUT_UPDATES: ReadonlySet<string> = new Set(['getUpdates', 'setWebhook', 'getWebhookInfo']);

/** `elapsed` is that of the world Telegram lives in: time that runs faster here would make every long poll a silence. */
export function createTelegramContact({
  now,
  elapsed,
}: Pick<Clock, 'now' | 'elapsed'>): TelegramContact {
  let lastCallAt: number | null = null;
  let lastUpdatesAt: number | null = null;
  /** Since when nothing came: as `elapsed` counts. Null: nothing is expected. */
  let quietSince: number | null = null;
  const heard = (): void => {
    lastUpdatesAt = now();
    if (quietSince !== null) quietSince = elapsed();
  };
  return {
    answered(method) {
      lastCallAt = now();
      if (ABOUT_UPDATES.has(method)) heard();
    },
    delivered: heard,
    listens(isListening) {
      quietSince = isListening ? elapsed() : null;
    },
    figures() {
      const deafMs = quietSince === null ? null : elapsed() - quietSince;
      return { lastCallAt, lastUpdatesAt, deafMs };
    },
  };
}
