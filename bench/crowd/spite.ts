/**
 * The spiteful tenth: scripts that send more than people can, each without waiting for an answer, and none of it of use to
 * anybody.
 */
import { type Random, randomInt } from '../../src/core/deps.ts';
import type { SimulatedTelegram } from '../../sandbox/telegram/simulated-telegram.ts';
import type { MessageView } from '../../sandbox/telegram/types.ts';
import { labelOf } from '../../test/players.ts';
import { buttons } from '../../test/stage.ts';
import { PROVIDERS, SUM_LABELS } from './people.ts';

/** More than fingers can, and for as long as the run lasts. */
export const SPITE_EVERY_MS = 200;

interface Sight {
  id: number;
  turn: number;
  random: Random;
  text: string;
  labels: string[];
  /** Ids of other people's open orders. */
  others: readonly string[];
}

type Deed = { send: string } | { tap: string } | { forge: string };
type Trick = (sight: Sight) => Deed;

const tapOr = (label: string | undefined, send: string): Deed =>
  label === undefined ? { send } : { tap: label };

function towardsOrder({ id, turn, labels }: Sight, wanted: readonly string[]): Deed {
  const provider = PROVIDERS[(id + Math.floor(turn / 50)) % PROVIDERS.length] ?? 'payfer';
  const sum = SUM_LABELS[turn % SUM_LABELS.length] ?? '';
  return tapOr(labelOf(labels, ['english', ...wanted, provider, sum, 'another method']), '/topup');
}

const opensAndCancels: Trick = (sight) => towardsOrder(sight, ['yes, cancel it', 'cancel']);
const checksWithoutEnd: Trick = (sight) => towardsOrder(sight, ['check payment']);

/** What `tapData` of the bot writes, of orders that are somebody else's, and of the owner's desk. */
const tapsWhatIsNotTheirs: Trick = ({ random, labels, others }) => {
  if (labels.length === 0) return { send: '/start' };
  const orderId = others[randomInt(random, Math.max(1, others.length))] ?? 'AAAAAAAA';
  const actions = ['order:check', 'order:cancel', 'order:show', 'desk:orders:approve'];
  return { forge: `${actions[randomInt(random, actions.length)]}:${orderId}` };
};

const TYPED = ['/start', '50 000', '/topup', '/balance', '/admin', 'x'.repeat(4000), '/history'];
const typesQuickly: Trick = ({ turn }) => ({ send: TYPED[turn % TYPED.length] ?? '/start' });

/** Links a card that is not theirs, and guesses at the code that its owner was sent. */
const guessesCodes: Trick = ({ id, turn, random, text, labels }) => {
  if (/code/i.test(text)) return { send: String(100_000 + randomInt(random, 900_000)) };
  if (/expir/i.test(text)) return { send: '12/29' };
  if (/number of|card number/i.test(text)) return { send: `860011112222${1000 + (id % 9000)}` };
  const label = labelOf(labels, ['english', 'link a card']);
  // One step at a time: these have to get there first.
  return turn % 5 === 0 ? tapOr(label, '/cards') : { send: '000000' };
};

const TRICKS = [opensAndCancels, checksWithoutEnd, tapsWhatIsNotTheirs, typesQuickly, guessesCodes];

export class SpitefulPerson {
  readonly #telegram: SimulatedTelegram;
  readonly #id: number;
  readonly #trick: Trick;
  readonly #random: Random;
  #screen: MessageView | null = null;
  #turn = 0;

  constructor(
    telegram: SimulatedTelegram,
    { id, index, random }: { id: number; index: number; random: Random },
  ) {
    this.#telegram = telegram;
    this.#id = id;
    this.#trick = TRICKS[index % TRICKS.length] ?? typesQuickly;
    this.#random = random;
    telegram.user({ id, firstName: `Script ${id}`, languageCode: 'en' });
    telegram.on((event) => {
      if (event.kind !== 'message' && event.kind !== 'edit') return;
      if (event.userId === id && event.message.from === 'bot') this.#screen = event.message;
    });
  }

  act(others: readonly string[]): void {
    const screen = this.#screen;
    const entry = this.#trick({
      id: this.#id,
      turn: this.#turn,
      random: this.#random,
      text: screen?.text ?? '',
      labels: screen ? buttons(screen) : [],
      others,
    });
    this.#turn += 1;
    if (screen === null) this.#telegram.sendText(this.#id, '/start');
    else if ('send' in entry) this.#telegram.sendText(this.#id, entry.send);
    else this.#tap(screen, entry);
  }

  #tap({ messageId }: MessageView, entry: { tap: string } | { forge: string }): void {
    const tapped = 'tap' in entry ? { text: entry.tap } : { forged: entry.forge };
    this.#telegram.tap(this.#id, messageId, tapped).answer.catch(() => undefined);
  }
}
