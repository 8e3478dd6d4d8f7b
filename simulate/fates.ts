/** What befalls the program beside the network: kills, restarts, a clock that is set, systems with whims. */
import { som } from '../src/core/money.ts';
import type { Chance } from './chance.ts';
import type { Stage } from './stage.ts';
import { DAY_MS } from '../src/core/calendar.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

/** How long the program is away after a kill, and how often. */
const AWAY = { moment: 30, minutes: 4, hours: 1 } as const;
const AWAY_MS: Readonly<Record<keyof typeof AWAY, readonly [from: number, to: number]>> = {
  moment: [500, 10 * SECOND_MS],
  minutes: [MINUTE_MS, 10 * MINUTE_MS],
  hours: [60 * MINUTE_MS, 180 * MINUTE_MS],
};

const BEFALLS = {
  clock: 3,
  jump: 2,
  restart: 1,
  repeat: 3,
  whim: 3,
  forge: 2,
  webhooks: 3,
  dry: 2,
} as const;

/** What people do when the program is about to move money. */
const MOVES_MONEY = /taps (?:✅|🔁|Confirm)|writes \d+$|^pays/;

/** What is on the operator's card at Paylov: usually, and when it has nearly run dry, so that only small bills go through. */
const FULL_SOMS = 10_000_000;
const DRY_SOMS = 30_000;

/** What servers do that must be written down. */
const DOES_MONEY = /\/servicePayment\/(?:pay|create)|method=create|\/create/;

export class Fates {
  readonly #stage: Stage;
  readonly #chance: Chance;
  readonly #befalls: Readonly<Record<keyof typeof BEFALLS, number>>;
  #isOver = false;

  /** Without `ofTheClock` nobody sets the clock. */
  constructor(stage: Stage, { ofTheClock }: { ofTheClock: boolean }) {
    this.#stage = stage;
    this.#befalls = ofTheClock ? BEFALLS : { ...BEFALLS, clock: 0, jump: 0 };
    this.#chance = stage.chance.fork('fates');
    stage.onOthersEnd = () => stage.inBackground(this.#comeBack());
    stage.onStir = (what) => {
      this.#maybeKill(
        MOVES_MONEY.test(what) ? { often: 0.15, within: 30 } : { often: 0.03, within: 60 },
      );
    };
    stage.scene.onServed = ({ call, given }) => {
      const isDone = given !== null && DOES_MONEY.test(call.url.href);
      if (isDone && call.sender === stage.life) this.#maybeKill({ often: 0.1, within: 6 });
    };
  }

  /** From now on the program is left alone. */
  end(): void {
    this.#isOver = true;
    for (const provider of this.#stage.world.providers.providers) provider.webhooks('on');
    this.#stage.world.paylov.setFloat(som(FULL_SOMS));
    this.#stage.world.paylov.fault({ kind: 'none' });
    if (this.#stage.life) this.#stage.life.pointsLeft = null;
  }

  /** Whoever is killed while nothing happens proves nothing: kills follow what people do. */
  #maybeKill({ often, within }: { often: number; within: number }): void {
    const { life } = this.#stage;
    if (this.#isOver || !life || life.isDead || life.pointsLeft !== null) return;
    if (this.#chance.is(often)) life.pointsLeft = this.#chance.between(1, within);
  }

  async #comeBack(): Promise<void> {
    const awayMs = this.#isOver ? SECOND_MS : this.#awayMs();
    await this.#stage.world.clock.sleep(awayMs);
    // A kill may fall during the start, too.
    const isDoomed = this.#chance.is(0.15) && !this.#isOver;
    await this.#stage.start({ pointsLeft: isDoomed ? this.#chance.between(1, 40) : null });
  }

  #awayMs(): number {
    const [fromMs, toMs] = AWAY_MS[this.#chance.weighted(AWAY)];
    return this.#chance.between(fromMs, toMs);
  }

  /** Clocks that are set, orderly restarts, and what systems do by themselves. */
  async live(): Promise<void> {
    while (!this.#isOver) {
      const restMs = MINUTE_MS * this.#stage.leisure;
      await this.#stage.world.clock.sleep(this.#chance.between(5, 120) * restMs);
      if (!this.#isOver) await this.#befall();
    }
  }

  async #befall(): Promise<void> {
    const chance = this.#chance;
    switch (chance.weighted(this.#befalls)) {
      case 'clock':
        this.#setClock();
        return;
      case 'jump':
        this.#stage.inBackground(this.#jumpClock());
        return;
      case 'restart':
        await this.#restart();
        return;
      case 'repeat': {
        const count = this.#stage.world.telegram.repeatUpdates(chance.between(1, 30));
        this.#stage.tell('telegram', `repeats ${count} updates`);
        return;
      }
      case 'whim':
        this.#endAnOrder();
        return;
      case 'forge':
        await this.#forgeWebhook();
        return;
      case 'webhooks':
        for (const provider of this.#stage.world.providers.providers) {
          provider.webhooks(chance.pick(['on', 'on', 'lost', 'repeated']));
        }
        return;
      case 'dry':
        this.#stage.inBackground(this.#runDry());
    }
  }

  /** The operator's card at Paylov is empty until somebody puts money on it. */
  async #runDry(): Promise<void> {
    const { paylov, clock } = this.#stage.world;
    paylov.setFloat(som(this.#chance.between(0, DRY_SOMS)));
    this.#stage.tell('paylov', "the operator's card has run dry");
    await clock.sleep(this.#chance.between(10, 180) * MINUTE_MS);
    paylov.setFloat(som(FULL_SOMS));
    this.#stage.tell('paylov', "the operator's card is full again");
  }

  /** Mostly forward; back by little, as a time server would. */
  #setClock(): void {
    this.#stage.clockErrorMs += this.#chance.is(0.4)
      ? -this.#chance.between(1, 2000)
      : this.#chance.between(1, 60 * SECOND_MS);
    this.#stage.tell('clock', `is ${this.#stage.clockErrorMs} ms ahead`);
  }

  /** Days away for some minutes, and right again. Longer than ten minutes, and the program believes it. */
  async #jumpClock(): Promise<void> {
    const byMs = this.#chance.between(1, 4 * DAY_MS) * (this.#chance.is(0.3) ? -1 : 1);
    this.#stage.clockErrorMs += byMs;
    this.#stage.tell('clock', `jumps by ${byMs} ms`);
    await this.#stage.world.clock.sleep(this.#chance.between(1, 9) * MINUTE_MS);
    this.#stage.clockErrorMs -= byMs;
    this.#stage.tell('clock', 'is right again');
  }

  async #restart(): Promise<void> {
    const { life } = this.#stage;
    if (!life?.isRunning) return;
    this.#stage.tell('program', 'is asked to stop');
    await life.stop();
    this.#stage.tell('program', 'has stopped');
    await this.#comeBack();
  }

  /** A payment system says that a waiting order is over; its payer may be paying it all the same. */
  #endAnOrder(): void {
    const provider = this.#chance.pick(this.#stage.world.providers.providers);
    const order = provider.orders().findLast((each) => each.state === 'pending');
    if (!order) return;
    const state = this.#chance.pick(['expired', 'cancelled', 'failed'] as const);
    provider.end(order.id, state);
    this.#stage.tell(provider.id, `calls ${order.id} ${state}`);
  }

  /** Somebody who knows an order's address says "paid", or another sum. */
  async #forgeWebhook(): Promise<void> {
    const provider = this.#chance.pick(this.#stage.world.providers.providers);
    const order = provider.orders().at(-1);
    if (!order) return;
    this.#stage.tell('forger', `reports ${order.provider} ${order.id} as paid`);
    const status = provider.id === 'inpay' ? 'success' : 'paid';
    const sum = this.#chance.between(1, 10_000_000);
    await provider.sendWebhook(order.id, { status, amount: sum, paid_amount: sum });
  }
}
