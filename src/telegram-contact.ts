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

export function createTelegramContact({ now }: Pick<Clock, 'now'>): TelegramContact {
  let lastCallAt: number | null = null;
  let lastUpdatesAt: number | null = null;
  let listeningSince: number | null = null;
  return {
    answered(method) {
      lastCallAt = now();
      if (ABOUT_UPDATES.has(method)) lastUpdatesAt = lastCallAt;
    },
    delivered() {
      lastUpdatesAt = now();
    },
    listens(isListening) {
      listeningSince = isListening ? now() : null;
    },
    figures() {
      const heardAt = Math.max(listeningSince ?? 0, lastUpdatesAt ?? 0);
      const deafMs = listeningSince === null ? null : Math.max(0, now() - heardAt);
      return { lastCallAt, lastUpdatesAt, deafMs };
    },
  };
}
