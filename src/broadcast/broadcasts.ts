/** Runs the broadcast that was begun, one at a time, shows how far it is, and ends it with a report. */
import type { InlineKeyboardMarkup } from 'grammy/types';
import type { Tx } from '../db/database.ts';
import { orAfter } from '../core/due-loop.ts';
import { alone, type Holding, type Processes } from '../processes/processes.ts';
import { judge, type Verdict } from '../outbox/telegram-verdicts.ts';
import { errorForLog } from '../core/telegram-errors.ts';
import { messageOptions } from '../core/telegram-format.ts';
import { grammySignal } from '../core/telegram-fetch.ts';
import { Delivery, type DeliveryDeps } from './delivery.ts';
import { type Broadcast, broadcastById, currentBroadcast, endBroadcast } from './store.ts';

export interface BroadcastsOptions extends Omit<DeliveryDeps, 'isMine'> {
  /** What the progress message says, in Telegram's HTML. `leftMs`: null when nobody knows. */
  present: (
    broadcast: Broadcast,
    left: { leftMs: number | null },
  ) => Promise<{ text: string; keyboard?: InlineKeyboardMarkup }>;
  /**
   * Where there are several, one of them sends, and another goes on when it dies. By default this process is the only
   * one.
   */
  processes?: Processes;
  /** A report was put into the outbox. */
  notifyOutbox: () => void;
}

export interface Broadcasts {
  start(): void;
  /** Something was begun or stopped, and committed: look now. */
  notify(): void;
  /** Begins nothing new, waits for what is being sent; the rest is sent after the next start. */
  stop(options: { deadlineMs: number }): Promise<void>;
}

/** Between two edits of the progress message. */
const PROGRESS_EVERY_MS = 5000;

const LOOK_EVERY_MS = 60_000;
/** How often to look for a broadcast that another process began. */
const LOOK_AMONG_OTHERS_MS = 2000;
const AFTER_ERROR_MS = 1000;

export function createBroadcasts(options: BroadcastsOptions): Broadcasts {
  const processes = options.processes ?? alone();
  let runner: Runner | null = null;
  let holding: Holding | null = null;
  async function runUntil(signal: AbortSignal): Promise<void> {
    runner = new Runner({ ...options, processes });
    runner.start();
    await untilAborted(signal);
    await runner.stop(0);
  }
  return {
    start() {
      holding ??= processes.hold('broadcasts', runUntil);
    },
    notify: () => runner?.notify(),
    async stop({ deadlineMs }) {
      await runner?.stop(deadlineMs);
      await holding?.stop();
    },
  };
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

class Runner {
  readonly #options: BroadcastsOptions & { processes: Processes };
  readonly #stopping = new AbortController();
  readonly #abandoned = new AbortController();
  #delivery: Delivery | null = null;
  #loop: Promise<void> | null = null;
  #notified = false;
  #pausing: AbortController | null = null;

  constructor(options: BroadcastsOptions & { processes: Processes }) {
    this.#options = options;
  }

  start(): void {
    this.#loop ??= this.#runLoop();
  }

  notify(): void {
    this.#notified = true;
    this.#pausing?.abort();
    if (this.#delivery) void this.#recheck(this.#delivery);
  }

  async stop(deadlineMs: number): Promise<void> {
    this.#stopping.abort();
    this.#pausing?.abort();
    this.#delivery?.halt();
    const ended = (this.#loop ?? Promise.resolve()).then(() => true);
    if (await orAfter(this.#options.clock, deadlineMs, ended)) return;
    this.#options.log.warn({}, 'broadcast: stopped while messages were under way');
    this.#abandoned.abort();
    this.#delivery?.abandon();
    await ended;
  }

  async #runLoop(): Promise<void> {
    const { db, log } = this.#options;
    while (!this.#stopping.signal.aborted) {
      this.#notified = false;
      try {
        const broadcast = await currentBroadcast(db.read);
        if (broadcast) await this.#carryOn(broadcast);
        else await this.#pause(db.shared ? LOOK_AMONG_OTHERS_MS : LOOK_EVERY_MS);
      } catch (error) {
        log.error({ err: errorForLog(error) }, 'broadcast: cannot go on');
        this.#notified = false;
        await this.#pause(AFTER_ERROR_MS);
      }
    }
  }

  async #carryOn(broadcast: Broadcast): Promise<void> {
    const isComplete = broadcast.state === 'running' && (await this.#deliver(broadcast));
    if (isComplete === null) return;
    const { db, clock, log, notifyOutbox } = this.#options;
    const { id } = broadcast;
    const ended = await db.tx((tx) => endBroadcast(tx, { id, isComplete, at: clock.now() }));
    notifyOutbox();
    if (!ended) return;
    const { state, total, sent, blocked, failed, refusal } = ended;
    log.info({ id, state, total, sent, blocked, failed, refusal }, 'broadcast: over');
    await this.#showProgress(ended, { leftMs: null });
  }

  /** Whether everybody was served; null when the program stops meanwhile. */
  async #deliver(broadcast: Broadcast): Promise<boolean | null> {
    const { processes } = this.#options;
    const isMine = (tx: Tx): Promise<boolean> => processes.isMine(tx, 'broadcasts');
    const delivery = new Delivery(broadcast, { ...this.#options, isMine });
    this.#delivery = delivery;
    if (this.#stopping.signal.aborted) delivery.halt();
    const watching = new AbortController();
    const watch = this.#watch(delivery, watching.signal);
    try {
      const end = await delivery.run();
      if (end === 'complete') return true;
      if (end === 'refused') return false;
      const state = (await broadcastById(this.#options.db.read, broadcast.id))?.state;
      return state === 'running' ? null : false;
    } finally {
      this.#delivery = null;
      watching.abort();
      await watch;
    }
  }

  /** Edits the progress message from time to time until `signal` aborts. */
  async #watch(delivery: Delivery, signal: AbortSignal): Promise<void> {
    let waitMs = PROGRESS_EVERY_MS;
    for (;;) {
      await this.#options.clock.sleep(waitMs, signal).catch(() => undefined);
      const chatId = delivery.now.progress?.chatId;
      if (signal.aborted || chatId === undefined || !(await delivery.turn(chatId))) return;
      const verdict = await this.#showProgress(delivery.now, { leftMs: delivery.leftMs() });
      if (verdict.kind !== 'again') delivery.answered();
      const restMs = verdict.kind === 'rate_limited' ? verdict.waitMs : 0;
      waitMs = Math.max(PROGRESS_EVERY_MS, restMs);
    }
  }

  /** A failed edit is not worth another try: the next one says more. */
  async #showProgress(broadcast: Broadcast, left: { leftMs: number | null }): Promise<Verdict> {
    const { api, present, log } = this.#options;
    if (!broadcast.progress) return { kind: 'sent' };
    const { chatId, messageId } = broadcast.progress;
    try {
      const { text, keyboard } = await present(broadcast, left);
      const signal = grammySignal(this.#abandoned.signal);
      await api.editMessageText(chatId, messageId, text, messageOptions(keyboard), signal);
      return { kind: 'sent' };
    } catch (error) {
      log.debug({ err: errorForLog(error) }, 'broadcast: the progress was not shown');
      return judge(error);
    }
  }

  /** Somebody may have pressed stop. */
  async #recheck(delivery: Delivery): Promise<void> {
    const { db, log } = this.#options;
    try {
      const row = await broadcastById(db.read, delivery.id);
      if (row?.state !== 'running') delivery.halt();
    } catch (error) {
      log.error({ err: errorForLog(error) }, 'broadcast: cannot look whether it was stopped');
    }
  }

  async #pause(ms: number): Promise<void> {
    if (this.#notified || this.#stopping.signal.aborted) return;
    this.#pausing = new AbortController();
    await this.#options.clock.sleep(ms, this.#pausing.signal).catch(() => undefined);
    this.#pausing = null;
  }
}
