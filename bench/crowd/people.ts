/**
 * The honest people of the crowd: they look at what they see, tap through a top-up, pay it and begin another. How long
 * they wait for a screen is measured; apart from the others where the step itself asks the payment system that hangs.
 */
import { type Random, randomInt, realClock } from '../../src/core/deps.ts';
import { formatSum, som } from '../../src/core/money.ts';
import type { SimulatedTelegram } from '../../sandbox/telegram/simulated-telegram.ts';
import { type Decide, labelOf, type Move, Player } from '../../test/players.ts';
import { type Hang, HANGING_TITLE } from './hang.ts';

export const PROVIDERS = ['payfer', 'rasmiypay', 'autopaycard'] as const;
/** As many buttons as there may be: Payfer has two hundred sums above each. */
export const SUMS_SOM = Array.from({ length: 12 }, (_, index) => 21_000 + index * 1000);
export const SUM_LABELS = SUMS_SOM.map((sum) => formatSum(som(sum)));

/** How long a person reads a screen before they tap. */
const THINK_MS = { least: 2000, most: 6000 };

/** People arrive one by one; the last of them after this. */
const ALL_CAME_AFTER_MS = 10_000;

/** What they waited for screens, in milliseconds. */
export interface Screens {
  /** Of steps that ask nothing of the system that hangs. */
  others: number[];
  /** Of steps that ask it while it hangs: opening an order there, checking one. */
  atHanging: number[];
}

interface Step {
  move: Move;
  at: number;
  /** It asks the system that hangs, or waits in its chat behind a step that does. */
  asksHanging: boolean;
}

export class HonestPerson {
  readonly #player: Player;
  readonly #screens: Screens;
  readonly #hang: Hang;
  readonly #comesAfterMs: number;
  #step: Step | null = null;
  #comesAt: number | null = null;

  constructor(
    telegram: SimulatedTelegram,
    { id, random, ...kept }: { id: number; random: Random; screens: Screens; hang: Hang },
  ) {
    this.#screens = kept.screens;
    this.#comesAfterMs = randomInt(random, ALL_CAME_AFTER_MS);
    this.#hang = kept.hang;
    this.#player = new Player(telegram, id, (screen, who) => this.#decide(screen, who), {
      thinkMs: () => THINK_MS.least + randomInt(random, THINK_MS.most - THINK_MS.least),
      onScreen: (tookMs) => {
        if (this.#step) this.#note(this.#step, tookMs);
        this.#step = null;
      },
    });
  }

  play(): void {
    const now = realClock.now();
    this.#comesAt ??= now + this.#comesAfterMs;
    if (now >= this.#comesAt) this.#player.play();
  }

  get waits(): boolean {
    return this.#player.waits;
  }

  get view(): string {
    return this.#player.view;
  }

  #decide(...[screen, who]: Parameters<Decide>): Move {
    const now = realClock.now();
    const before = this.#player.waits ? this.#step : null;
    // Who gives up has waited for so long at least.
    if (before) this.#note(before, now - before.at);
    const move = topUp(screen, who);
    const asksHanging = asksHangingSystem(screen.text, move) || before?.asksHanging === true;
    this.#step = { move, at: now, asksHanging };
    return move;
  }

  #note({ move, at, asksHanging }: Step, tookMs: number): void {
    if (asksHanging && this.#hang.isFelt({ from: at, to: at + tookMs }))
      this.#screens.atHanging.push(tookMs);
    // A check that finds nothing answers with a toast; the screen changes later, when the payment has arrived.
    else if (!isCheck(move)) this.#screens.others.push(tookMs);
  }
}

function topUp(...[{ labels }, { id, moves, again }]: Parameters<Decide>): Move {
  const provider = PROVIDERS[(id + moves) % PROVIDERS.length] ?? 'payfer';
  const sum = SUM_LABELS[(id * 7 + moves) % SUM_LABELS.length] ?? '';
  const label = labelOf(labels, ['english', provider, sum, 'check payment', 'another method']);
  return label === undefined || again >= 3 ? { send: '/topup' } : { tap: label };
}

/** The menu of systems names it too, but asks it nothing. */
function asksHangingSystem(text: string, move: Move): boolean {
  const opens = 'tap' in move && SUM_LABELS.some((sum) => move.tap.includes(sum));
  return (opens || isCheck(move)) && text.includes(HANGING_TITLE);
}

function isCheck(move: Move): boolean {
  return 'tap' in move && move.tap.toLowerCase().includes('check');
}
