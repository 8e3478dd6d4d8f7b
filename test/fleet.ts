/**
 * Several real processes on one PostgreSQL, behind a proxy that gives webhooks of Telegram and of payment systems to
 * each in turn; people who top up; processes that are killed at random and started again; a database that crashes.
 */
import { randomInt, type Random, realClock, realDeps } from '../src/core/deps.ts';
import type { Database } from '../src/db/database.ts';
import { openPostgres } from '../src/db/postgres/open.ts';
import { outbox, topups } from '../src/db/tables.ts';
import { auditBooks } from '../src/books/audit.ts';
import { userBalance } from '../src/ledger/ledger.ts';
import type { SimulatedOrder, SimulatedWorld } from '../sandbox/providers/types.ts';
import { startSimulatedProviders } from '../sandbox/providers/world.ts';
import {
  type SimulatedTelegram,
  startSimulatedTelegram,
} from '../sandbox/telegram/simulated-telegram.ts';
import { type PostgresCluster, startPostgres } from '../src/testing/postgres-cluster.ts';
import { type Decide, labelOf, Player } from './players.ts';
import { RealProgram, until } from './process.ts';
import { type RoundRobin, startRoundRobin } from './round-robin.ts';
import { SECRET, TOKEN } from './stage.ts';

interface FleetOptions {
  processes: number;
  people: number;
  /** Telegram by webhook; else by long polling. Webhook by default. */
  telegramWebhook?: boolean;
  random: Random;
  /** How long people look at a screen; a moment when left out. */
  thinkMs?: () => number;
}

/** What must be so once nothing is under way any more. */
interface FleetOutcome {
  payments: number;
  paidTiyin: number;
  creditedTiyin: number;
  /** Payments whose user was told in no or in several rows of the outbox. */
  untold: number;
  /** Payments that Telegram was given the news of more than twice. */
  toldTooOften: number;
  findings: readonly string[];
  /** From a move to the screen that answers it, in order of time. */
  screensMs: number[];
}

const FIRST_PERSON = 20_001;
const PROVIDERS = ['payfer', 'rasmiypay', 'autopaycard'] as const;
const STEP_MS = 20;
/** The news of a payment, with its number. */
const PAID = /is on your balance! \(№ ([^)]+)\)/;

const topUp: Decide = ({ labels }, { id, moves, again }) => {
  const provider = PROVIDERS[(id + moves) % PROVIDERS.length] ?? 'payfer';
  const label = labelOf(labels, [
    'english',
    provider,
    '50\u00a0000',
    'check payment',
    'another method',
  ]);
  return label === undefined || again >= 4 ? { send: '/topup' } : { tap: label };
};

export class Fleet {
  readonly cluster: PostgresCluster;
  readonly programs: RealProgram[] = [];
  readonly players: Player[];
  readonly telegram: SimulatedTelegram;
  readonly world: SimulatedWorld;
  readonly screensMs: number[] = [];
  readonly #url: string;
  readonly #options: FleetOptions;
  #proxy: RoundRobin | null = null;
  /** How often Telegram was given the news of each payment, by its number. */
  readonly #news = new Map<string, number>();
  readonly #db: Database;

  private constructor(
    parts: { cluster: PostgresCluster; telegram: SimulatedTelegram; world: SimulatedWorld },
    url: string,
    options: FleetOptions,
  ) {
    this.cluster = parts.cluster;
    this.telegram = parts.telegram;
    this.world = parts.world;
    this.#url = url;
    this.#options = options;
    this.#db = openPostgres(url);
    parts.telegram.on((event) => {
      const news = event.kind === 'message' ? PAID.exec(event.message.text) : null;
      const id = news?.[1];
      if (id !== undefined) this.#news.set(id, (this.#news.get(id) ?? 0) + 1);
    });
    this.players = Array.from(
      { length: options.people },
      (_, index) =>
        new Player(parts.telegram, FIRST_PERSON + index, topUp, {
          ...(options.thinkMs ? { thinkMs: options.thinkMs } : {}),
          onScreen: (tookMs, move) => {
            // A check that finds nothing answers with a toast; the screen changes when the payment has arrived.
            const isCheck = 'tap' in move && move.tap.toLowerCase().includes('check');
            if (!isCheck) this.screensMs.push(tookMs);
          },
        }),
    );
  }

  /** Starts everything. The cluster keeps what it commits, as in production. */
  static async start(options: FleetOptions): Promise<Fleet> {
    const deps = realDeps();
    const cluster = await startPostgres({ durable: true });
    const telegram = await startSimulatedTelegram({ ...deps, token: TOKEN });
    const world = await startSimulatedProviders(deps);
    const url = await cluster.createDatabase('fleet');
    const fleet = new Fleet({ cluster, telegram, world }, url, options);
    await fleet.#startPrograms();
    return fleet;
  }

  async #startPrograms(): Promise<void> {
    this.#proxy = await startRoundRobin(() => this.programs.map(({ port }) => port));
    const settings = {
      ...this.world.settings,
      TELEGRAM_API_ROOT: this.telegram.url,
      TELEGRAM_WEBHOOK: String(this.#options.telegramWebhook ?? true),
      PUBLIC_URL: this.#proxy.url,
      DATABASE_URL: this.#url,
      POLL_CRON: '* * * * * *',
      // Sums are used up quickly.
      AMOUNT_QUARANTINE_MINUTES: '10',
    };
    for (let index = 0; index < this.#options.processes; index += 1)
      this.programs.push(await RealProgram.create(settings));
    await Promise.all(this.programs.map((program) => program.start()));
    this.world.provider('payfer').webhookUrl = `${this.#proxy.url}/webhooks/payfer/${SECRET}`;
  }

  /** People go on for `ms`, what they opened is paid, and `meanwhile` happens beside it. */
  async play(ms: number, meanwhile: () => Promise<void> = async () => undefined): Promise<void> {
    const endsAt = realClock.now() + ms;
    const other = { isOver: false };
    const beside = meanwhile().finally(() => {
      other.isOver = true;
    });
    for (let step = 0; realClock.now() < endsAt || !other.isOver; step += 1) {
      for (const player of this.players) player.play();
      if (step % 10 === 9) await this.#payWhatPeopleSaw();
      await realClock.sleep(STEP_MS);
    }
    await beside;
  }

  /** People go on until one of them has paid: whoever died may have been the one that all of them waited for. */
  async playUntilPaid(): Promise<void> {
    while (this.#paid().length === 0) await this.play(250);
  }

  /** One process dies without a word, at a random moment, and is started again. */
  async killOne(): Promise<void> {
    const { random } = this.#options;
    const program = this.programs[randomInt(random, this.programs.length)];
    await realClock.sleep(randomInt(random, 400));
    await program?.kill('SIGKILL');
    await realClock.sleep(randomInt(random, 1000));
    await program?.start();
  }

  /** As `pg_ctl stop -m immediate` and a start. */
  async crashDatabase(): Promise<void> {
    await this.cluster.crash();
    await this.cluster.start();
  }

  /** Waits until all that was paid has arrived, stops the processes, and looks. */
  async outcome(): Promise<FleetOutcome> {
    const db = this.#db;
    const credited = async (): Promise<number> => {
      const people = this.players.map(({ id }) => userBalance(db.read, id));
      return (await Promise.all(people)).reduce((sum, each) => sum + each.availableTiyin, 0);
    };
    await until(
      async (step) =>
        step % 25 === 24 &&
        this.players.every((player) => player.settled()) &&
        (await credited()) === this.#paidTiyin() &&
        (await db.read.select().from(outbox)).every(({ state }) => state !== 'waiting'),
      () => this.players.map((player) => player.view).join('\n'),
    );
    await Promise.all(this.programs.map((program) => program.kill('SIGTERM')));
    const rows = await db.read.select().from(outbox);
    const told = rows.filter(({ kind }) => kind === 'topup_paid').length;
    const payments = this.#paid().length;
    return {
      payments,
      paidTiyin: this.#paidTiyin(),
      creditedTiyin: await credited(),
      untold: payments - told,
      toldTooOften: [...this.#news.values()].filter((times) => times > 2).length,
      findings: (await auditBooks(db)).findings,
      screensMs: this.screensMs,
    };
  }

  async #payWhatPeopleSaw(): Promise<void> {
    const rows = await this.#db.read.select({ id: topups.providerOrder }).from(topups);
    const known = new Set(rows.map(({ id }) => id));
    for (const order of this.#orders()) {
      if (order.state === 'pending' && known.has(order.id))
        this.world.provider(order.provider).pay(order.id);
    }
  }

  #orders(): SimulatedOrder[] {
    return PROVIDERS.flatMap((id) => this.world.provider(id).orders());
  }

  #paid(): SimulatedOrder[] {
    return this.#orders().filter(({ state }) => state === 'paid');
  }

  #paidTiyin(): number {
    return this.#paid().reduce((sum, order) => sum + (order.paidTiyin ?? 0), 0);
  }

  async remove(): Promise<void> {
    for (const program of this.programs) await program.remove();
    await this.#proxy?.close();
    await this.#db.close();
    await this.telegram.close();
    await this.world.close();
    await this.cluster.remove();
  }
}
