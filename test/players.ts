/**
 * People at the simulated Telegram: each does one thing, waits for what comes of it, and does the next. So a slow
 * machine only makes them slower: pressing on without waiting fills the bot's inbox with taps on screens that are gone.
 */
import { realClock } from '../src/core/deps.ts';
import type { SimulatedTelegram } from '../sandbox/telegram/simulated-telegram.ts';
import type { MessageView } from '../sandbox/telegram/types.ts';
import { buttons } from './stage.ts';

export type Move = { send: string } | { tap: string };

/**
 * What somebody does about the screen that changed last. `moves`: what they have done in all; `again`: on this screen,
 * which has not changed by it.
 */
export type Decide = (
  screen: { text: string; labels: string[] },
  who: { id: number; moves: number; again: number },
) => Move;

/** Nobody presses a button the moment it appears, and some screens are followed by another. */
const REACTION_MS = 40;

/**
 * Nothing is lost when the program dies, so waiting longer helps; but a screen may lead nowhere, and who is faster than
 * people are is not answered for half a minute.
 */
const PATIENCE_MS = 30_000;

/** The bot says that it is at work: its answer comes to the same place. */
const AT_WORK = /one moment/;

interface PlayerOptions {
  /** After each screen; a moment when left out. */
  thinkMs?: () => number;
  /** How long it took from a move to the first screen that is more than “one moment”. */
  onScreen?: (tookMs: number, move: Move) => void;
}

export class Player {
  readonly id: number;
  readonly #telegram: SimulatedTelegram;
  readonly #decide: Decide;
  readonly #options: PlayerOptions;
  #screen: MessageView | null = null;
  #changedAt = 0;
  #thinkMs = REACTION_MS;
  #timed: Move | null = null;
  #movedAt = 0;
  #moves = 0;
  #again = 0;
  #waits = false;

  constructor(
    telegram: SimulatedTelegram,
    id: number,
    decide: Decide,
    options: PlayerOptions = {},
  ) {
    this.#options = options;
    this.id = id;
    this.#telegram = telegram;
    this.#decide = decide;
    telegram.user({ id, firstName: `User ${id}`, languageCode: 'en' });
    telegram.on((event) => {
      if (event.kind !== 'message' && event.kind !== 'edit') return;
      if (event.userId !== id || event.message.from !== 'bot') return;
      this.#screen = event.message;
      this.#changedAt = realClock.now();
      if (AT_WORK.test(event.message.text)) return;
      if (this.#timed) options.onScreen?.(this.#changedAt - this.#movedAt, this.#timed);
      this.#timed = null;
      this.#again = 0;
      this.#waits = false;
    });
  }

  /** Their last tap or message has come to nothing so far. */
  get waits(): boolean {
    return this.#waits || AT_WORK.test(this.#screen?.text ?? '');
  }

  /** Does nothing new, but tries again what came to nothing. True once they have an answer to all they did. */
  settled(): boolean {
    if (this.waits) this.play();
    return !this.waits;
  }

  /** What they see: for whoever reads why nothing happens. */
  get view(): string {
    const text = this.#screen?.text.slice(-200) ?? 'nothing';
    return `${this.id}${this.#waits ? ' waits' : ''} (${this.#moves} moves): ${text}`;
  }

  /** The next move, if it is time for one. */
  play(): void {
    const now = realClock.now();
    if (now - this.#changedAt < this.#thinkMs) return;
    if (this.waits && now - this.#movedAt < PATIENCE_MS) return;
    const screen = this.#screen;
    const seen = { text: screen?.text ?? '', labels: screen ? buttons(screen) : [] };
    const move = screen
      ? this.#decide(seen, { id: this.id, moves: this.#moves, again: this.#again })
      : { send: '/start' };
    this.#moves += 1;
    this.#again += 1;
    this.#movedAt = now;
    this.#thinkMs = this.#options.thinkMs?.() ?? REACTION_MS;
    this.#timed = move;
    this.#waits = true;
    if ('tap' in move) this.#tap(screen?.messageId ?? 0, move.tap);
    else this.#telegram.sendText(this.id, move.send);
  }

  #tap(messageId: number, label: string): void {
    const move = this.#moves;
    const { answer } = this.#telegram.tap(this.id, messageId, { text: label });
    const onAnswer = (): void => {
      this.#changedAt = realClock.now();
      if (this.#moves === move) this.#waits = false;
    };
    answer.then(onAnswer, () => undefined);
  }
}

/** The first label that has one of `wanted` in it, in the order of `wanted`. */
export function labelOf(labels: readonly string[], wanted: readonly string[]): string | undefined {
  return wanted
    .map((want) => labels.find((label) => label.toLowerCase().includes(want)))
    .find((label) => label !== undefined);
}

const WANTED = {
  toPay: ['english', 'yes, pay once more', 'pay 1\u00a0000'],
  account: ['another sum', 'yes, continue', 'skip', 'tashkent city', 'almazar', 'electricity'],
};

/** What leads to a paid bill for electricity, whichever screen is open; `source` is what the button to pay with says. */
export function towardsBill(source: string): Decide {
  const wanted = [...WANTED.toPay, source, ...WANTED.account];
  return ({ text, labels }, { again }) => {
    if (again >= 3) return { send: '/pay' };
    const label = labelOf(labels, wanted);
    if (text.includes('Enter')) return { send: '1000000' };
    if (text.includes('How much')) return { send: '1000' };
    if (label !== undefined) return { tap: label };
    return { send: text.includes('Pay bills') ? 'электро' : '/pay' };
  };
}
