import type { Clock } from '../../src/core/deps.ts';
import { withTimeLimit } from '../../src/core/deps.ts';
import type { QueuedUpdate, UpdateQueue } from './update-queue.ts';

const REQUEST_LIMIT_MS = 60_000;
const MAX_PAUSE_SECONDS = 60;

interface WebhookSettings {
  url: string;
  secretToken: string;
  maxConnections: number;
  ipAddress: string;
}

interface Delivery {
  settings: WebhookSettings;
  stop: AbortController;
  /** The ordering keys that have a delivery under way. */
  busy: Set<number>;
  forget: () => void;
}

/**
 * Delivers updates by HTTP: in order within a chat, chats side by side, as the real server. A refused update is
 * repeated at once, then after 2, 4, 8 … 60 seconds (or as `Retry-After` says) until it expires, and holds back
 * the later ones of its chat.
 */
export class WebhookSender {
  lastError: { atSeconds: number; message: string } | null = null;
  readonly #clock: Clock;
  readonly #fetch: typeof fetch;
  readonly #queue: UpdateQueue;
  readonly #runReply: (method: string, body: Record<string, unknown>) => Promise<void>;
  #delivery: Delivery | null = null;
  readonly #running = new Set<Promise<void>>();

  constructor(parts: {
    clock: Clock;
    fetch: typeof fetch;
    queue: UpdateQueue;
    /** Runs a call that the bot put into its answer to the webhook. */
    runReply: (method: string, body: Record<string, unknown>) => Promise<void>;
  }) {
    this.#clock = parts.clock;
    this.#fetch = parts.fetch;
    this.#queue = parts.queue;
    this.#runReply = parts.runReply;
  }

  get settings(): WebhookSettings | null {
    return this.#delivery?.settings ?? null;
  }

  start(settings: WebhookSettings): void {
    this.stop();
    this.lastError = null;
    const delivery: Delivery = {
      settings,
      stop: new AbortController(),
      busy: new Set(),
      forget: this.#queue.onNew(() => this.#deliver()),
    };
    this.#delivery = delivery;
    this.#deliver();
  }

  stop(): void {
    this.#delivery?.forget();
    this.#delivery?.stop.abort();
    this.#delivery = null;
  }

  /** Resolves when no delivery is under way any more. */
  async settled(): Promise<void> {
    await Promise.all(this.#running);
  }

  /** Starts as many deliveries as there are idle chats and connections. */
  #deliver(): void {
    const delivery = this.#delivery;
    if (!delivery) return;
    for (const update of this.#queue.takeRepeats()) {
      this.#track(this.#sendUntilAccepted(delivery, update));
    }
    for (const update of this.#queue.pending()) {
      if (delivery.busy.size >= delivery.settings.maxConnections) return;
      if (delivery.busy.has(update.orderingKey)) continue;
      delivery.busy.add(update.orderingKey);
      this.#track(this.#runInOrder(delivery, update));
    }
  }

  #track(work: Promise<void>): void {
    this.#running.add(work);
    void work.finally(() => this.#running.delete(work));
  }

  async #runInOrder(delivery: Delivery, update: QueuedUpdate): Promise<void> {
    await this.#sendUntilAccepted(delivery, update);
    delivery.busy.delete(update.orderingKey);
    if (this.#delivery === delivery) this.#deliver();
  }

  async #sendUntilAccepted(delivery: Delivery, update: QueuedUpdate): Promise<void> {
    let pauseSeconds = 0;
    while (!delivery.stop.signal.aborted) {
      const result = await this.#send(delivery, update);
      if (delivery.stop.signal.aborted && result.kind === 'failed') return;
      if (result.kind === 'accepted' || this.#clock.now() > update.expiresAt) {
        this.#queue.forget(update);
        return;
      }
      this.lastError = {
        atSeconds: Math.floor(this.#clock.now() / 1000),
        message: result.reason,
      };
      await this.#pause(result.retryAfterSeconds ?? pauseSeconds, delivery.stop.signal);
      pauseSeconds = Math.min(pauseSeconds === 0 ? 2 : pauseSeconds * 2, MAX_PAUSE_SECONDS);
    }
  }

  async #pause(seconds: number, signal: AbortSignal): Promise<void> {
    try {
      await this.#clock.sleep(seconds * 1000, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  async #send(
    delivery: Delivery,
    update: QueuedUpdate,
  ): Promise<
    { kind: 'accepted' } | { kind: 'failed'; reason: string; retryAfterSeconds: number | undefined }
  > {
    const { url, secretToken } = delivery.settings;
    try {
      const { response, text } = await withTimeLimit(
        this.#clock,
        REQUEST_LIMIT_MS,
        async (limit) => {
          const answer = await this.#fetch(url, {
            method: 'POST',
            headers: {
              'content-type': 'application/json',
              ...(secretToken === '' ? {} : { 'X-Telegram-Bot-Api-Secret-Token': secretToken }),
            },
            body: JSON.stringify(update.body),
            signal: AbortSignal.any([limit, delivery.stop.signal]),
          });
          return { response: answer, text: await answer.text() };
        },
      );
      if (response.ok) {
        await this.#followReply(text);
        return { kind: 'accepted' };
      }
      return {
        kind: 'failed',
        reason: `Wrong response from the webhook: ${response.status} ${response.statusText}`,
        retryAfterSeconds: retryAfter(response),
      };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { kind: 'failed', reason, retryAfterSeconds: undefined };
    }
  }

  /** The bot may answer a webhook with a call: `{"method": "sendMessage", …}`. Its outcome is told to nobody. */
  async #followReply(text: string): Promise<void> {
    if (!text.trimStart().startsWith('{')) return;
    let reply: unknown;
    try {
      reply = JSON.parse(text);
    } catch {
      return;
    }
    if (typeof reply !== 'object' || reply === null || !('method' in reply)) return;
    const { method, ...body } = reply;
    if (
      typeof method !== 'string' ||
      /^get|^(?:delete|set)webhook$|^close$|^logout$/i.test(method)
    ) {
      return;
    }
    await this.#runReply(method, body);
  }
}

function retryAfter(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 3600) : undefined;
}
