/** The scene with the program on it: one life after another, and time that passes. */
import { dirname } from 'node:path';
import { readConfig } from '../src/settings/config.ts';
import type { Config } from '../src/settings/types.ts';
import type { ScheduledJob } from '../src/core/job.ts';
import type { Books } from './books.ts';
import type { Chance } from './chance.ts';
import { Life } from './lifecycle.ts';
import { createTroubles, type Troubles } from './line.ts';
import { createScene, type Scene } from './scene.ts';
import type { Store } from './store.ts';
import type { Unkind } from './unkind.ts';

/** So long after somebody did something, time passes step by step; then in strides. */
const AWAKE_MS = 30_000;
const STRIDE_MS = 10 * 60_000;
const IDLE_STRIDE_MS = 40 * 60_000;
/** The strides of a run over months: what is done by itself then has hours of time. */
const MONTHS_STRIDE_MS = 40 * 60_000;
const IDLE_MONTHS_STRIDE_MS = 3 * 60 * 60_000;
const MONTHS_LEISURE = 20;

/** So few free sums for one card that people get the same ones: each order is over before its sum is free again. */
const FEW_SUMS = { UNIQUE_TAIL_MAX: '2', AMOUNT_QUARANTINE_MINUTES: '20' } as const;

export class Stage {
  readonly scene: Scene;
  readonly chance: Scene['chance'];
  readonly time: Scene['time'];
  readonly world: Scene['world'];
  readonly chats: Scene['chats'];
  readonly truth: Scene['truth'];
  readonly books: Scene['books'];
  /** Everything the program logged. */
  readonly log: string[] = [];
  /** How far the machine's clock is ahead of true time. */
  clockErrorMs = 0;
  /** The program's present life, or its last one. */
  life: Life | null = null;
  lives = 0;
  /** People live by months: time takes longer strides, and whatever happens now and then happens seldom. */
  isByMonths = false;
  /** People go home. */
  isClosing = false;
  /** Called when a life was ended by a kill, and when somebody does something. */
  onOthersEnd: () => void = () => undefined;
  onStir: (what: string) => void = () => undefined;
  readonly config: Config;
  /** What this run has of it. */
  readonly unkind: ReadonlySet<Unkind>;
  readonly #troubles: Troubles;
  #awakeUntil = 0;
  #broken: unknown;

  static async create(
    seed: number,
    { store, unkind = [] }: { store: Store; unkind?: readonly Unkind[] },
  ): Promise<Stage> {
    const chosen = new Set(unkind);
    return new Stage(await createScene(seed, { store, unkind: chosen }), chosen);
  }

  private constructor(scene: Scene, unkind: ReadonlySet<Unkind>) {
    this.scene = scene;
    this.unkind = unkind;
    this.chance = scene.chance;
    this.time = scene.time;
    this.world = scene.world;
    this.chats = scene.chats;
    this.truth = scene.truth;
    this.books = scene.books;
    this.#troubles = createTroubles({
      chance: scene.chance.fork('troubles'),
      isOver: () => this.isClosing,
    });
    this.config = configOf({
      ...scene.world.settings,
      DATABASE_URL: scene.store.url,
      LATE_PAYMENT_HOURS: '6',
      INPAY_REQUESTS_PER_HOUR: String(inpayBudget(scene.chance)),
      TELEGRAM_WEBHOOK: scene.chance.fork('updates').pick(['false', 'true']),
      BILL_FEE_PERCENT: scene.chance.fork('settings').pick(['0', '1', '2.5']),
      ...(unkind.has('one_card') || unkind.has('late_bank') ? FEW_SUMS : {}),
    });
  }

  tell(who: string, what: string): void {
    this.scene.story.add({ at: this.time.now, who, what });
  }

  /** Somebody did something: for a while time passes step by step. */
  stir(what: string): void {
    this.#awakeUntil = this.time.now + AWAKE_MS;
    this.onStir(what);
  }

  /** For what goes on beside the run: its failure ends the run. */
  inBackground(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      this.#broken ??= error;
    });
  }

  /** Begins another life on the same books. Does not resolve when that ends before it runs, as `pointsLeft` may have it. */
  async start({ pointsLeft }: { pointsLeft: number | null } = { pointsLeft: null }): Promise<void> {
    await this.life?.takeOver();
    this.lives += 1;
    this.tell('program', `starts (life ${this.lives})`);
    const { scene, books, time } = this;
    this.life = new Life({
      config: this.config,
      time,
      network: scene.network,
      store: scene.store,
      number: this.lives,
      chance: this.chance.fork(`program ${this.lives}`),
      troubles: this.#troubles,
      tell: (who, what) => this.tell(who, what),
      clockErrorMs: () => this.clockErrorMs,
      jobsOf: (jobs) => jobs.map((job) => worthwhile(job, books)),
      onCommit: () => books.noteCommit(),
      onLog: (line) => {
        this.log.push(line);
        // Where the program's files lie is no part of what it does.
        const here = dirname(scene.store.url.replace('file:', ''));
        scene.story.mark(line.replaceAll(/"stack":"[^"]*"/g, '').replaceAll(here, ''));
      },
      onOthersEnd: (why) => {
        this.tell('program', `dies: ${why}`);
        this.onOthersEnd();
      },
    });
    this.life.pointsLeft = pointsLeft;
    await this.life.begin();
  }

  /** Lets time pass while `goesOn`, which is asked whenever everybody has come to rest. */
  async run(untilAt: number, goesOn: () => boolean): Promise<void> {
    const { time } = this;
    await time.settle();
    while (time.now < untilAt) {
      time.strideMs = this.#strideMs();
      await time.step(untilAt);
      if (this.#broken !== undefined) throw this.#broken;
      if (!goesOn()) return;
    }
  }

  #strideMs(): number {
    if (this.time.now < this.#awakeUntil) return 0;
    const isIdle = this.books.isIdle();
    if (this.isByMonths) return isIdle ? IDLE_MONTHS_STRIDE_MS : MONTHS_STRIDE_MS;
    return isIdle ? IDLE_STRIDE_MS : STRIDE_MS;
  }

  /** How many times as long everybody rests between two things. */
  get leisure(): number {
    return this.isByMonths ? MONTHS_LEISURE : 1;
  }

  /** Kills the program, if it lives, and lets go of its books. */
  async endLife(): Promise<void> {
    this.onOthersEnd = () => undefined;
    this.life?.kill('the run is over');
    await this.time.settle();
    await this.life?.takeOver();
  }

  async close(): Promise<void> {
    await this.endLife();
    await this.scene.close();
  }
}

/** Jobs that find nothing to do are left out of the story: they would be most of it. */
function worthwhile(job: ScheduledJob, books: Books): ScheduledJob {
  if (job.name === 'poll') {
    const run = async (dueAt: number): Promise<void> => {
      // Where time takes strides, its scheduled time may be long over.
      if (books.hasDueOrders(dueAt + IDLE_STRIDE_MS)) await job.run(dueAt);
    };
    return { ...job, run };
  }
  if (job.name !== 'bills') return job;
  const run = async (dueAt: number): Promise<void> => {
    if (books.hasOpenBills()) await job.run(dueAt);
  };
  return { ...job, cron: '*/5 * * * * *', run };
}

/** Usual, or so small that polling must stop for it. */
export function inpayBudget(chance: Chance): number {
  return chance.fork('inpay budget').pick([90, 90, 24]);
}

function configOf(environment: Record<string, string>): Config {
  const outcome = readConfig(environment, { isTerminal: false });
  if (outcome.kind === 'invalid') throw new Error(JSON.stringify(outcome.problems));
  return outcome.config;
}
