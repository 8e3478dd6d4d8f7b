/**
 * One broadcast on its way: a few people at once, in the order of their ids, each noted as soon as Telegram has
 * answered. A kill repeats at most the messages that were under way, one for each slot.
 */
import type { Api } from 'grammy';
import type { Database, Tx } from '../db/database.ts';
import type { Clock } from '../core/deps.ts';
import type { Language } from '../core/language.ts';
import type { Log } from '../core/log.ts';
import type { TelegramPace } from '../outbox/pacing.ts';
import { park } from '../outbox/park.ts';
import { errorForLog, type LoggedError } from '../core/telegram-errors.ts';
import { grammySignal } from '../core/telegram-fetch.ts';
import { sendContent } from './content.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { Recipients } from './recipients.ts';
import { type Broadcast, noteProgress, type Noted, type Tally } from './store.ts';
import { Turns } from './turns.ts';

export interface DeliveryDeps {
  db: Database;
  api: Api;
  clock: Clock;
  log: Log;
  pace: TelegramPace;
  defaultLanguage: Language;
  /** In a transaction: is it still for this process to send? */
  isMine: (tx: Tx) => Promise<boolean>;
}

/** More at once make nothing faster: the pace allows ten a second. */
export const SLOTS = 8;

/** The same refusal so many times in a row: Telegram will not take it from anybody. */
export const REFUSALS_IN_A_ROW = 20;

/** How often one person is tried who gets no answer while others get theirs. */
const TRIES_BESIDE_OTHERS = 5;
/** How often a person is tried while nobody gets an answer: this takes some hours. */
const TRIES_ALONE = 200;

const FIRST_BACK_OFF_MS = 1000;
const LAST_BACK_OFF_MS = 60_000;
const NOTE_AGAIN_MS = 1000;

type DeliveryEnd =
  /** Everybody was served. */
  | 'complete'
  /** `halt` was called, or the broadcast is stopped. */
  | 'halted'
  /** Telegram refuses the content. */
  | 'refused';

interface Tries {
  all: number;
  besideOthers: number;
  /** Answers to anybody at the last try. */
  answers: number;
}

export class Delivery {
  readonly #deps: DeliveryDeps;
  readonly #broadcast: Broadcast;
  readonly #turns: Turns;
  readonly #recipients: Recipients;
  readonly #tally: Tally;
  readonly #startedFrom: number;
  readonly #beganAt: number;
  readonly #halt = new AbortController();
  readonly #abandon = new AbortController();
  /** The last refusal, and how often it came in a row. */
  #refusal: { reason: string | null; times: number };
  #isRefused = false;
  /** Counts answers of any kind: somebody who gets none while this grows has a trouble of their own. */
  #answers = 0;
  #silences = 0;

  constructor(broadcast: Broadcast, deps: DeliveryDeps) {
    this.#deps = deps;
    this.#broadcast = broadcast;
    this.#turns = new Turns(deps);
    const { sent, blocked, failed, audience, startedAt, createdAt } = broadcast;
    this.#tally = { sent, blocked, failed };
    this.#startedFrom = sent + blocked + failed;
    this.#beganAt = deps.clock.elapsed();
    this.#refusal = { reason: broadcast.refusal, times: 0 };
    const { db, clock, defaultLanguage } = deps;
    const reach = { audience, startedAt: startedAt ?? createdAt, defaultLanguage };
    this.#recipients = new Recipients(broadcast, { db, clock, reach });
  }

  get id(): string {
    return this.#broadcast.id;
  }

  /** How it stands now. */
  get now(): Broadcast {
    return { ...this.#broadcast, ...this.#noted() };
  }

  /** From the speed so far; null while there is none. */
  leftMs(): number | null {
    const { sent, blocked, failed } = this.#tally;
    const served = sent + blocked + failed - this.#startedFrom;
    if (served <= 0) return null;
    const eachMs = (this.#deps.clock.elapsed() - this.#beganAt) / served;
    return Math.max(0, this.#broadcast.total - sent - blocked - failed) * eachMs;
  }

  /** Begins nothing new. */
  halt(): void {
    this.#halt.abort();
  }

  /** Does not even wait for what is under way. */
  abandon(): void {
    this.#halt.abort();
    this.#abandon.abort();
  }

  /** Resolves when nothing is under way any more. Rejects when people can't be read. */
  async run(): Promise<DeliveryEnd> {
    const slots = Array.from({ length: SLOTS }, () => this.#work());
    const ended = await Promise.allSettled(slots);
    const failure = ended.find((slot) => slot.status === 'rejected');
    if (failure) throw failure.reason;
    if (this.#isRefused) return 'refused';
    return this.#halt.signal.aborted ? 'halted' : 'complete';
  }

  /** For the progress message, which waits like everybody else; false when there is nothing to wait for any more. */
  async turn(chatId: number): Promise<boolean> {
    return await this.#turns.wait(chatId, this.#halt.signal);
  }

  /** Notes that Telegram answered another call of ours: whoever gets no answer meanwhile has a trouble of their own. */
  answered(): void {
    this.#answers += 1;
  }

  async #work(): Promise<void> {
    try {
      for (;;) {
        const userId = await this.#recipients.next(this.#halt.signal);
        if (userId === null) return;
        await this.#serve(userId);
      }
    } catch (error) {
      this.#halt.abort();
      throw error;
    }
  }

  async #serve(userId: number): Promise<void> {
    const tries: Tries = { all: 0, besideOthers: 0, answers: this.#answers };
    while (await this.#turns.wait(userId, this.#halt.signal)) {
      const outcome = await this.#attempt(userId);
      const isOver = outcome.kind !== 'again' && outcome.kind !== 'rate_limited';
      // Nobody knows whether it arrived: after the restart it is sent again.
      if (!isOver && this.#abandon.signal.aborted) return;
      if (isOver || this.#isHopeless(tries, outcome)) {
        await this.#served(userId, outcome);
        return;
      }
      if (outcome.kind === 'rate_limited') this.#rest(userId, outcome.waitMs);
      else this.#backOff(userId, outcome.err);
    }
  }

  #isHopeless(tries: Tries, { kind }: Outcome): boolean {
    tries.all += 1;
    if (kind === 'again' && this.#answers > tries.answers) tries.besideOthers += 1;
    tries.answers = this.#answers;
    return tries.all >= TRIES_ALONE || tries.besideOthers >= TRIES_BESIDE_OTHERS;
  }

  async #attempt(userId: number): Promise<Outcome> {
    const { content } = this.#broadcast;
    const signal = grammySignal(this.#abandon.signal);
    try {
      await sendContent(this.#deps.api, { chatId: userId, content, signal });
    } catch (error) {
      const outcome = outcomeOf(error);
      if (outcome.kind !== 'again') this.#heard();
      return outcome;
    }
    this.#heard();
    return { kind: 'sent' };
  }

  #heard(): void {
    this.answered();
    this.#silences = 0;
  }

  /** Nobody gets a broadcast until the wait is over, whoever it was meant for. */
  #rest(chatId: number, waitMs: number): void {
    const { clock, pace, log } = this.#deps;
    const at = clock.elapsed();
    pace.limits.refused({ chatId, at, until: at + waitMs });
    this.#turns.pause(waitMs);
    log.warn({ chatId, waitMs }, 'broadcast: Telegram wants us to wait');
  }

  #backOff(chatId: number, err: LoggedError): void {
    const waitMs = Math.min(FIRST_BACK_OFF_MS * 2 ** this.#silences, LAST_BACK_OFF_MS);
    this.#silences += 1;
    this.#turns.pause(waitMs);
    this.#deps.log.warn({ chatId, waitMs, err }, 'broadcast: trying again');
  }

  async #served(userId: number, outcome: Outcome): Promise<void> {
    const isSent = outcome.kind === 'sent';
    this.#tally[isSent ? 'sent' : outcome.kind === 'blocked' ? 'blocked' : 'failed'] += 1;
    this.#countRefusals(outcome);
    this.#recipients.done(userId);
    const isOut = outcome.kind === 'blocked' || outcome.kind === 'gone';
    await this.#note(isOut ? { userId, reason: outcome.reason } : null);
  }

  #countRefusals(outcome: Outcome): void {
    if (outcome.kind === 'sent') this.#refusal.times = 0;
    if (outcome.kind !== 'refused') return;
    const { reason, times } = this.#refusal;
    this.#refusal = { reason: outcome.reason, times: reason === outcome.reason ? times + 1 : 1 };
    this.#deps.log.warn({ broadcastId: this.id, err: outcome.err }, 'broadcast: refused');
    if (this.#refusal.times < REFUSALS_IN_A_ROW) return;
    this.#isRefused = true;
    this.#halt.abort();
  }

  /** Tries until it is written: what arrived must not be sent again because of a full disk. */
  async #note(out: { userId: number; reason: string } | null): Promise<void> {
    const { db, clock, log, isMine } = this.#deps;
    while (!this.#abandon.signal.aborted) {
      try {
        const state = await db.tx(async (tx) => {
          if (out) await park(tx, { chatId: out.userId, at: clock.now(), reason: out.reason });
          // The process that took over knows better who was served.
          if (!(await isMine(tx))) return 'lost';
          return await noteProgress(tx, { id: this.id, noted: this.#noted() });
        });
        if (state !== 'running') this.#halt.abort();
        return;
      } catch (error) {
        log.error({ err: errorForLog(error) }, 'broadcast: cannot note its progress');
        await clock.sleep(NOTE_AGAIN_MS, this.#abandon.signal).catch(() => undefined);
      }
    }
  }

  #noted(): Noted {
    return { ...this.#tally, ...this.#recipients.position, refusal: this.#refusal.reason };
  }
}
