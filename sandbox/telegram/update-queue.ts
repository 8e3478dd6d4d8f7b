import type { Clock } from '../../src/core/deps.ts';

/** The real server keeps updates for 24 hours. */
const LIFETIME_MS = 24 * 3600 * 1000;
const MAX_PENDING = 10_000;
const MAX_DELIVERED = 100;
/** Delivered only when asked for (Bot API, getUpdates, allowed_updates). */
const NOT_BY_DEFAULT = new Set(['chat_member', 'message_reaction', 'message_reaction_count']);

export interface QueuedUpdate {
  updateId: number;
  /** Updates of one chat are delivered in order by webhook. */
  orderingKey: number;
  body: Record<string, unknown>;
  expiresAt: number;
}

/**
 * Updates until the bot confirms them, by a higher offset or by answering a webhook call. Bounded: the oldest go
 * first beyond 10,000.
 */
export class UpdateQueue {
  /** Empty means the default set. */
  allowed: string[] = [];
  readonly #clock: Clock;
  #pending: QueuedUpdate[] = [];
  #delivered: QueuedUpdate[] = [];
  #repeats: QueuedUpdate[] = [];
  #nextId: number;
  readonly #listeners = new Set<() => void>();

  constructor(clock: Clock, firstId: number) {
    this.#clock = clock;
    this.#nextId = firstId;
  }

  /** Returns the update's id; undefined when the bot did not ask for this kind. */
  push(kind: string, orderingKey: number, payload: unknown): number | undefined {
    const isWanted =
      this.allowed.length === 0 ? !NOT_BY_DEFAULT.has(kind) : this.allowed.includes(kind);
    if (!isWanted) return undefined;
    const updateId = this.#nextId;
    this.#nextId += 1;
    // A copy: what is delivered later must show the message as it was.
    const body = structuredClone({ update_id: updateId, [kind]: payload });
    this.#pending.push({ updateId, orderingKey, body, expiresAt: this.#clock.now() + LIFETIME_MS });
    this.#pending = this.#pending.slice(-MAX_PENDING);
    this.#wake();
    return updateId;
  }

  /** Pending updates, oldest first, without the expired ones. */
  pending(): QueuedUpdate[] {
    const now = this.#clock.now();
    this.#pending = this.#pending.filter((update) => update.expiresAt > now);
    return this.#pending;
  }

  /** Updates for a poll; forgets what the offset confirms. A negative offset keeps only the last ones. */
  read(offset: number, limit: number): QueuedUpdate[] {
    if (offset < 0) this.#pending = this.#pending.slice(offset);
    if (offset > 0) this.#pending = this.#pending.filter((update) => update.updateId >= offset);
    const repeats = this.#repeats.splice(0, limit);
    const fresh = this.pending().slice(0, limit - repeats.length);
    this.#remember(fresh);
    return [...repeats, ...fresh];
  }

  /** Forgets a delivered update (webhook). */
  forget(update: QueuedUpdate): void {
    this.#pending = this.#pending.filter((other) => other !== update);
    this.#remember([update]);
  }

  clear(): void {
    this.#pending = [];
    this.#repeats = [];
  }

  /** The last `count` delivered updates come again, with their old ids and whatever the offset. */
  repeat(count: number): number {
    const again = count > 0 ? this.#delivered.slice(-count) : [];
    this.#repeats.push(...again);
    this.#wake();
    return again.length;
  }

  takeRepeats(): QueuedUpdate[] {
    const repeats = this.#repeats;
    this.#repeats = [];
    return repeats;
  }

  /** Called at every new update; returns the function that ends the subscription. */
  onNew(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  #remember(updates: QueuedUpdate[]): void {
    const fresh = updates.filter((update) => !this.#delivered.includes(update));
    this.#delivered = [...this.#delivered, ...fresh].slice(-MAX_DELIVERED);
  }

  #wake(): void {
    for (const listener of this.#listeners) listener();
  }
}
