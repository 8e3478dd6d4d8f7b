/** How updates come: by long polling, into the inbox before Telegram is told that we have them, or by webhook. */
import type { Api, GrammyError } from 'grammy';
import type { Update } from 'grammy/types';
import type { Clock } from '../core/deps.ts';
import type { Log } from '../core/log.ts';
import { errorForLog, refusalOf, retryAfterMs } from '../core/telegram-errors.ts';
import { grammySignal } from '../core/telegram-fetch.ts';
import type { Inbox } from './inbox/inbox.ts';
import { readableUpdates } from './inbox/readable.ts';

export type AllowedUpdates = readonly Exclude<keyof Update, 'update_id'>[];

interface Options {
  api: Api;
  clock: Clock;
  log: Log;
  allowedUpdates: AllowedUpdates;
  /** Telegram does not know the token: nothing goes on, and only a person can help. */
  onFatal?: (error: GrammyError) => void;
}

export interface PollingOptions extends Options {
  inbox: Pick<Inbox, 'accept'>;
}

export interface WebhookOptions extends Options {
  /** Where Telegram shall send updates. */
  url: string;
  /** The secret that comes with each of them, in its header. */
  secret: string;
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
  const startedAt = clock.elapsed();
  const sent: unknown = await api.getUpdates(
    { offset, limit: BATCH, timeout: POLL_SECONDS, allowed_updates: [...allowedUpdates] },
    grammySignal(stop),
  );
  if (!Array.isArray(sent)) throw new TypeError('Telegram sent something else than updates');
  const { updates, leftOut, lastId } = readableUpdates(sent);
  if (leftOut > 0) log.warn({ leftOut }, 'Telegram sent what is no update; it was left out');
  await inbox.accept(updates);
  if (lastId !== null) return lastId + 1;
  const restMs = startedAt + SHORTEST_EMPTY_POLL_MS - clock.elapsed();
  if (restMs > 0) await clock.sleep(restMs, stop);
  return offset;
}

/**
 * Tells Telegram where to send updates, again and again until it has heard: while it is out of reach, payments are looked
 * after all the same. Resolves early when `stop` aborts, or nothing but a person can help.
 */
export async function registerWebhook(options: WebhookOptions, stop: AbortSignal): Promise<void> {
  const { api, url, secret, allowedUpdates } = options;
  await persist(options, stop, async () => {
    const other = {
      secret_token: secret,
      drop_pending_updates: false,
      allowed_updates: [...allowedUpdates],
    };
    await api.setWebhook(url, other, grammySignal(stop));
  });
}

/** Often enough that an address somebody took away is noticed before people give up. */
const WEBHOOK_LOOK_MS = 60_000;

/** Tells Telegram the address, and again whenever another program removed or replaced it. Resolves like the above. */
export async function keepWebhook(options: WebhookOptions, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    await registerWebhook(options, stop);
    const isReplaced = await untilReplaced(options, stop);
    if (!isReplaced) return;
    options.log.warn({ event: 'webhook_replaced' }, 'Telegram has another address; setting ours');
  }
}

/** True: Telegram has another address. False: it is over. */
async function untilReplaced(options: WebhookOptions, stop: AbortSignal): Promise<boolean> {
  for (;;) {
    await options.clock.sleep(WEBHOOK_LOOK_MS, stop).catch(() => undefined);
    let isOurs = true;
    const goesOn = await persist(options, stop, async () => {
      const { url } = await options.api.getWebhookInfo(grammySignal(stop));
      isOurs = url === options.url;
    });
    if (!goesOn) return false;
    if (!isOurs) return true;
  }
}

/** Tries until it works. False: it is over, because it was stopped or Telegram does not know the token. */
async function persist(
  options: Options,
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
function isFatal({ log, onFatal }: Options, error: unknown): boolean {
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
  const refusal = refusalOf(error);
  if (refusal?.error_code === 409) {
    return (
      'No updates: another process polls with this token, or a webhook is set. ' +
      'Stop the other process, or restart this one to remove the webhook.'
    );
  }
  if (refusal?.method === 'setWebhook' && refusal.error_code === 400) {
    return (
      `No updates: Telegram does not take the address of PUBLIC_URL (${refusal.description}). ` +
      'It has to be https, on port 443, 80, 88 or 8443, and known everywhere. Trying again.'
    );
  }
  return 'No updates from Telegram; trying again';
}
