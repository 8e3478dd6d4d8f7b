/** The world's unkindness as it comes and goes: ways of speaking, status calls that lag, reversals, leaps of the clock. */
import type { PaylovQuirk } from '../sandbox/paylov/quirks.ts';
import type { Quirk } from '../sandbox/providers/quirks.ts';
import type { SimulatedProvider } from '../sandbox/providers/types.ts';
import type { Chance } from './chance.ts';
import type { Stage } from './stage.ts';
import { keyOf } from './truth.ts';
import { DAY_MS } from '../src/core/calendar.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

/** What nobody can read; everything else is only another way to say it. */
const UNREADABLE: ReadonlySet<Quirk> = new Set(['odd_paid_sums', 'strange_ids', 'kin_words']);

export class Unkindness {
  readonly #stage: Stage;
  readonly #chance: Chance;
  /** How a system speaks for good, by its name: it is no fault, so it does not end. */
  readonly #dialects = new Map<string, readonly Quirk[]>();
  #isOver = false;

  constructor(stage: Stage) {
    this.#stage = stage;
    this.#chance = stage.chance.fork('unkindness');
  }

  /** Begins what this run has of it. */
  begin(): void {
    const { unkind, world } = this.#stage;
    for (const provider of world.providers.providers) {
      const chance = this.#chance.fork(provider.id);
      if (unkind.has('spellings') || unkind.has('odd_sums')) {
        this.#stage.inBackground(this.#speak(provider, chance));
      }
      if (unkind.has('lag')) this.#stage.inBackground(this.#lag(provider, chance.fork('lag')));
    }
    if (unkind.has('spellings')) this.#stage.inBackground(this.#speakAsPaylov());
    if (unkind.has('reversals')) this.#stage.inBackground(this.#takeBack());
    if (unkind.has('clock_leaps')) this.#stage.inBackground(this.#leap());
  }

  /** From now on everybody is kind, and speaks as they always do. */
  end(): void {
    this.#isOver = true;
    for (const provider of this.#stage.world.providers.providers) {
      provider.behave(this.#dialectOf(provider));
      provider.statusLagMs = 0;
    }
    this.#stage.world.paylov.behave([]);
  }

  #dialectOf({ id }: SimulatedProvider): readonly Quirk[] {
    return this.#dialects.get(id) ?? [];
  }

  /** For a while in one way, then for a while as it always does: half of them as their document says. */
  async #speak(provider: SimulatedProvider, chance: Chance): Promise<void> {
    const { unkind, world } = this.#stage;
    const possible = provider.quirks.filter((each) =>
      unkind.has(UNREADABLE.has(each) ? 'odd_sums' : 'spellings'),
    );
    const readable = possible.filter((each) => !UNREADABLE.has(each));
    const dialect = readable.length > 0 && chance.is(0.5) ? some(chance, readable) : [];
    this.#dialects.set(provider.id, dialect);
    this.#say(provider, dialect);
    while (!this.#isOver) {
      await world.clock.sleep(chance.between(1, 30) * MINUTE_MS);
      if (this.#isOver) return;
      this.#say(provider, [...new Set([...dialect, ...some(chance, possible)])]);
      await world.clock.sleep(chance.between(10, 90) * MINUTE_MS);
      if (!this.#isOver) this.#say(provider, dialect);
    }
  }

  #say(provider: SimulatedProvider, quirks: readonly Quirk[]): void {
    provider.behave(quirks);
    this.#stage.tell(provider.id, `speaks so: ${quirks.join(', ') || 'as documented'}`);
  }

  async #speakAsPaylov(): Promise<void> {
    const { paylov, clock } = this.#stage.world;
    const chance = this.#chance.fork('paylov');
    while (!this.#isOver) {
      await clock.sleep(chance.between(1, 30) * MINUTE_MS);
      if (this.#isOver) return;
      const quirks: PaylovQuirk[] = some(chance, paylov.quirks);
      paylov.behave(quirks);
      this.#stage.tell('paylov', `speaks so: ${quirks.join(', ')}`);
      await clock.sleep(chance.between(10, 90) * MINUTE_MS);
      paylov.behave([]);
    }
  }

  async #lag(provider: SimulatedProvider, chance: Chance): Promise<void> {
    while (!this.#isOver) {
      provider.statusLagMs = chance.pick([0, 1, 3, 10, 45]) * SECOND_MS;
      await this.#stage.world.clock.sleep(chance.between(5, 60) * MINUTE_MS);
    }
  }

  /** Mostly Click and Payme do that, which inPAY stands before; then it says so. */
  async #takeBack(): Promise<void> {
    const { world, truth, books } = this.#stage;
    const chance = this.#chance.fork('reversals');
    while (!this.#isOver) {
      await world.clock.sleep(chance.between(5, 45) * MINUTE_MS);
      if (this.#isOver) return;
      const paid = truth.paidOrders().filter(({ state }) => state === 'paid');
      const atInpay = paid.filter(({ provider }) => provider === 'inpay');
      const order = chance.pick([...(atInpay.length > 0 ? atInpay : paid), null]);
      if (!order) continue;
      const provider = world.providers.provider(order.provider);
      const taking = chance.is(0.75)
        ? { as: chance.pick(['cancelled', 'failed'] as const) }
        : { leftTiyin: Math.floor((order.paidTiyin ?? 0) / 2) };
      truth.noteReversal({
        key: keyOf(order),
        afterMessage: books.lastMessageId(),
        beforeTiyin: order.paidTiyin ?? 0,
      });
      this.#stage.tell(provider.id, `takes back what was paid for ${order.id}`);
      provider.takeBack(order.id, taking);
      // Nobody promises a report of it elsewhere; it may come.
      if (order.provider !== 'inpay' && chance.is(0.5)) await provider.sendWebhook(order.id);
    }
  }

  async #leap(): Promise<void> {
    const { clock } = this.#stage.world;
    const chance = this.#chance.fork('leaps');
    while (!this.#isOver) {
      await clock.sleep(chance.between(20, 120) * MINUTE_MS);
      if (this.#isOver) return;
      const aheadMs = chance.between(1, 5) * DAY_MS;
      this.#stage.clockErrorMs += aheadMs;
      this.#stage.tell('clock', `leaps ${aheadMs / DAY_MS} days ahead`);
      await clock.sleep(chance.between(10, 90) * SECOND_MS);
      this.#stage.clockErrorMs -= aheadMs;
      this.#stage.tell('clock', 'is set right again');
    }
  }
}

/** One to three of them. */
function some<T>(chance: Chance, list: readonly T[]): T[] {
  return [...new Set(Array.from({ length: chance.between(1, 3) }, () => chance.pick(list)))];
}
