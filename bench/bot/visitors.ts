/** People who ask a bot for one thing after another, each waiting for what comes of the last. */
import { realClock } from '../../src/core/deps.ts';
import type { SimulatedTelegram } from '../../sandbox/telegram/simulated-telegram.ts';
import type { MessageView } from '../../sandbox/telegram/types.ts';
import { buttons } from '../../test/stage.ts';

/** Words to send, or a part of the label of a button to press on the last screen. */
export type Step = { send: string } | { tap: string };

export const LOOK: Step = { send: '/balance' };

/** Top-ups at three systems, none of which is paid. */
export const TOPUP: readonly Step[] = ['payfer', 'rasmiy', 'autopay'].flatMap((system): Step[] => [
  { send: '/topup' },
  { tap: 'another method' },
  { tap: system },
  { tap: '50' },
]);

/** The dialog of the bare bot, for comparison. */
export const BARE_DIALOG: readonly Step[] = [{ send: '/topup' }, { tap: 'on' }, { tap: 'on' }];

/** The bot says that it is at work: its answer comes to the same place. */
const AT_WORK = /one moment/;
const PATIENCE_MS = 60_000;

export class Visitors {
  readonly #telegram: SimulatedTelegram;
  /** Whoever asks again before the answer has come waits for two, which come one after the other. */
  readonly #waiting = new Map<number, ((screen: MessageView) => void)[]>();
  readonly #screens = new Map<number, MessageView>();
  readonly #stop: () => void;

  constructor(telegram: SimulatedTelegram) {
    this.#telegram = telegram;
    this.#stop = telegram.on((event) => {
      if (event.kind !== 'message' && event.kind !== 'edit') return;
      if (event.message.from !== 'bot' || AT_WORK.test(event.message.text)) return;
      this.#screens.set(event.userId, event.message);
      this.#waiting.get(event.userId)?.shift()?.(event.message);
    });
  }

  come(id: number): void {
    this.#telegram.user({ id, firstName: `Visitor ${id}`, languageCode: 'en' });
  }

  /** Does it, and resolves with how many milliseconds the next screen took. Rejects when none comes. */
  async take(id: number, step: Step): Promise<number> {
    const startedAt = performance.now();
    const { promise, resolve } = Promise.withResolvers<MessageView>();
    this.#waiting.set(id, [...(this.#waiting.get(id) ?? []), resolve]);
    if ('send' in step) this.#telegram.sendText(id, step.send);
    else this.#tap(id, step.tap);
    const timer = new AbortController();
    const late = realClock.sleep(PATIENCE_MS, timer.signal).then(() => {
      const seen = this.#screens.get(id)?.text ?? 'nothing';
      throw new Error(`${id} got no answer to ${JSON.stringify(step)} and sees: ${seen}`);
    });
    late.catch(() => undefined);
    await Promise.race([promise, late]);
    timer.abort();
    return performance.now() - startedAt;
  }

  #tap(id: number, wanted: string): void {
    const screen = this.#screens.get(id);
    const labels = screen ? buttons(screen) : [];
    const label = labels.find((each) => each.toLowerCase().includes(wanted));
    if (!screen || label === undefined)
      throw new Error(`${id} finds no "${wanted}" among ${labels.join()}: ${screen?.text}`);
    const { answer } = this.#telegram.tap(id, screen.messageId, { text: label });
    answer.catch(() => undefined);
  }

  leave(): void {
    this.#stop();
  }
}
