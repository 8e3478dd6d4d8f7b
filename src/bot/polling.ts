/** Long polling: updates go into the inbox before Telegram is told that we have them. */
import type { Api, GrammyError } from 'grammy';
import type { Update } from 'grammy/types';
import type { Clock } from '../deps.ts';
import type { Log } from '../log.ts';
import { errorForLog, refusalOf, retryAfterMs } from '../telegram-errors.ts';
import { grammySignal } from '../telegram-fetch.ts';
import type { Inbox } from './inbox/inbox.ts';
import { readableUpdates } from './inbox/readable.ts';

export type AllowedUpdates = readonly Exclude<keyof Update, 'update_id'>[];

export interface PollingOptions {
  api: Api;
  inbox: Pick<Inbox, 'accept'>;
  clock: Clock;
  log: Log;
  allowedUpdates: AllowedUpdates;
  /** Telegram does not know the token: polling has ended and only a person can help. */
  onFatal?: (error: GrammyError) => void;
}

const POLL_SECONDS = 30;
const BATCH = 100;
const FIRST_BACK_OFF_MS = 1000;
const LAST_BACK_OFF_MS = 30_000;

/** An empty answer comes after the poll's whole time; a server that answers at once must not make us spin. */
const SHORTEST_EMPTY_POLL_MS = 1000;

/**
 * Until `stop` aborts, which cuts the pending poll short: what Telegram has not been told of comes again with the next
 * one. Resolves early only when nothing but a person can help.
 */
export async function pollUpdates(options: PollingOptions, stop: AbortSignal): Promise<void> {
  const { api } = options;
  // Updates that wait for the webhook stay and come by polling.
  const ready = await persist(options, stop, async () => {
    await api.deleteWebhook({ drop_pending_updates: false }, grammySignal(stop));
  });
  let offset = 0;
  let goesOn = ready;
  while (goesOn && !stop.aborted) {
    goesOn = await persist(options, stop, async () => {
      offset = await pollOnce(options, { offset, stop });
    });
  }
}

/** Returns the next offset. */
async function pollOnce(
  { api, inbox, clock, log, allowedUpdates }: PollingOptions,
  { offset, stop }: { offset: number; stop: AbortSignal },
): Promise<number> {
  const startedAt = clock.now();
  const sent: unknown = await api.getUpdates(
    { offset, limit: BATCH, timeout: POLL_SECONDS, allowed_updates: [...allowedUpdates] },
    grammySignal(stop),
  );
  if (!Array.isArray(sent)) throw new TypeError('Telegram sent something else than updates');
  const { updates, leftOut, lastId } = readableUpdates(sent);
  if (leftOut > 0) log.warn({ leftOut }, 'Telegram sent what is no update; it was left out');
  await inbox.accept(updates);
  if (lastId !== null) return lastId + 1;
  const restMs = startedAt + SHORTEST_EMPTY_POLL_MS - clock.now();
  if (restMs > 0) await clock.sleep(restMs, stop);
  return offset;
}

/** Tries until it works. False: polling is over, because it was stopped or Telegram does not know the token. */
async function persist(
  options: PollingOptions,
  stop: AbortSignal,
  work: () => Promise<void>,
): Promise<boolean> {
  for (let backOffMs = FIRST_BACK_OFF_MS; !stop.aborted; backOffMs = next(backOffMs)) {
    try {
      await work();
      return true;
    } catch (error) {
      if (stop.aborted) return false;
      if (isFatal(options, error)) return false;
      const waitMs = Math.max(backOffMs, retryAfterMs(error) ?? 0);
      options.log.warn({ waitMs, err: errorForLog(error) }, explanation(error));
      await options.clock.sleep(waitMs, stop).catch(() => undefined);
    }
  }
  return false;
}

function next(backOffMs: number): number {
  return Math.min(backOffMs * 2, LAST_BACK_OFF_MS);
}

/** Telegram says 401 for a token it has revoked and 404 for one it never gave. */
function isFatal({ log, onFatal }: PollingOptions, error: unknown): boolean {
  const refusal = refusalOf(error);
  if (refusal?.error_code !== 401 && refusal?.error_code !== 404) return false;
  log.error(
    { err: errorForLog(refusal) },
    'Telegram does not know this token. Compare BOT_TOKEN with what @BotFather shows, and TELEGRAM_API_ROOT.',
  );
  onFatal?.(refusal);
  return true;
}

function explanation(error: unknown): string {
  if (refusalOf(error)?.error_code === 409) {
    return (
      'No updates: another process polls with this token, or a webhook is set. ' +
      'Stop the other process, or restart this one to remove the webhook.'
    );
  }
  return 'No updates from Telegram; trying again';
}

/** Telegram sends updates to `url`, each with `secret` in its header. Rejects when Telegram refuses the address. */
export async function setTelegramWebhook(
  api: Api,
  options: { url: string; secret: string; allowedUpdates?: AllowedUpdates },
): Promise<void> {
  await api.setWebhook(options.url, {
    secret_token: options.secret,
    drop_pending_updates: false,
    ...(options.allowedUpdates ? { allowed_updates: [...options.allowedUpdates] } : {}),
  });
}
