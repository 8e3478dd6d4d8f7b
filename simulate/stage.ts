/** One simulated run: time, network, world and the lives of the program, put together. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, readConfig } from '../src/config.ts';
import type { Clock } from '../src/deps.ts';
import type { Job } from '../src/jobs/schedule.ts';
import { Books } from './books.ts';
import { Chance } from './chance.ts';
import { Chats } from './chats.ts';
import { Life } from './life.ts';
import type { Claims } from './lies.ts';
import { type Exchange, Network, type Weather } from './network.ts';
import { prepareOnce } from './statements.ts';
import { Story } from './story.ts';
import { SimulatedTime } from './time.ts';
import { simulateTimers } from './timers.ts';
import { Truth } from './truth.ts';
import { createWorld, TOKEN, type World } from './world.ts';

/** A Monday morning in Tashkent. */
const START = Date.UTC(2026, 0, 5, 3);

/** So long after somebody did something, time passes step by step; then in strides. */
const AWAKE_MS = 30_000;
const STRIDE_MS = 10 * 60_000;
const IDLE_STRIDE_MS = 40 * 60_000;

/** Files in memory where there are any: that a disk keeps what it was given is tested elsewhere, with a real one. */
const PARENT = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

export interface Stage {
  readonly seed: number;
  readonly chance: Chance;
  readonly time: SimulatedTime;
  readonly story: Story;
  readonly network: Network;
  readonly world: World;
  readonly chats: Chats;
  readonly databasePath: string;
  /** Everything the program logged. */
  readonly log: string[];
  /** Everything servers were asked and did. */
  readonly exchanges: Exchange[];
  /** How far the machine's clock is ahead of true time. */
  clockErrorMs: number;
  /** The program's present life, or its last one. */
  life: Life | null;
  lives: number;
  /** A life ended by a kill. */
  onDeath: (why: string) => void;
  onStir: () => void;
  readonly books: Books;
  readonly truth: Truth;
  /** People go home. */
  isClosing: boolean;
  /** Somebody did something: for a while time passes step by step. */
  stir(): void;
  tell(who: string, what: string): void;
  /** For what goes on beside the run: its failure ends the run. */
  inBackground(work: Promise<unknown>): void;
  /** Begins another life on the same file. It may die before it runs. */
  start(): Promise<void>;
  /** Lets time pass. `afterStep` is called whenever everybody has come to rest. */
  run(untilAt: number, afterStep?: () => void): Promise<void>;
  close(): Promise<void>;
}

export interface StageOptions {
  seed: number;
  settings?: Readonly<Record<string, string>>;
  weather: (parts: { chance: Chance; time: SimulatedTime }) => Weather;
  claims: Claims;
}

export async function createStage({
  seed,
  settings,
  weather,
  claims,
}: StageOptions): Promise<Stage> {
  const chance = new Chance(`seed ${seed}`);
  const time = new SimulatedTime(START);
  const story = new Story();
  const putBack = [simulateTimers(time), prepareOnce()];
  const exchanges: Exchange[] = [];
  const network = new Network({
    time,
    weather: weather({ chance: chance.fork('weather'), time }),
    onExchange: (exchange) => {
      exchanges.push(exchange);
      const { host, method, url } = exchange.call;
      const what = `${method} ${url.pathname.replace(TOKEN, '…')} → ${exchange.given?.status ?? 'not reached'}`;
      story.add({ at: time.now, who: host, what: `${what} ${exchange.fate.name}`.trim() });
    },
  });
  const world = await createWorld({ time, network, chance });
  const folder = mkdtempSync(join(PARENT, 'tolov-simulation-'));
  const databasePath = join(folder, 'simulated.db');
  const config = configOf({
    ...world.settings,
    DATABASE_URL: `file:${databasePath}`,
    LATE_PAYMENT_HOURS: '6',
    ...settings,
  });
  const books = new Books(databasePath);
  let awakeUntil = 0;
  let broken: unknown;
  const stage: Stage = {
    seed,
    chance,
    time,
    story,
    network,
    world,
    chats: new Chats(world.telegram, time),
    databasePath,
    log: [],
    exchanges,
    clockErrorMs: 0,
    life: null,
    lives: 0,
    onDeath: () => undefined,
    onStir: () => undefined,
    books,
    truth: new Truth({ world, claims, books }),
    isClosing: false,
    stir: () => {
      awakeUntil = time.now + AWAKE_MS;
      stage.onStir();
    },
    tell: (who, what) => story.add({ at: time.now, who, what }),
    inBackground: (work) => {
      work.catch((error: unknown) => {
        broken ??= error;
      });
    },
    start: () => start(stage, config),
    run: async (untilAt, afterStep) => {
      await time.settle();
      while (time.now < untilAt) {
        time.strideMs = time.now < awakeUntil ? 0 : books.isIdle() ? IDLE_STRIDE_MS : STRIDE_MS;
        await time.step(untilAt);
        if (broken !== undefined) throw broken;
        afterStep?.();
      }
    },
    close: async () => {
      stage.life?.kill('the simulation is over');
      await time.settle();
      await stage.life?.bury();
      books.close();
      for (const each of putBack) each();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return stage;
}

async function start(stage: Stage, config: Config): Promise<void> {
  const { time, network, chance } = stage;
  await stage.life?.bury();
  stage.lives += 1;
  stage.tell('program', `starts (life ${stage.lives})`);
  const life = new Life({
    config,
    time,
    network,
    random: chance.fork(`program ${stage.lives}`),
    clockErrorMs: () => stage.clockErrorMs,
    jobsOf: (jobs, clock) => jobs.map((job) => worthwhile(job, { books: stage.books, clock })),
    onCommit: () => stage.books.noteCommit(),
    onLog: (line) => {
      stage.log.push(line);
      stage.story.mark(line);
    },
    onDeath: (why) => {
      stage.tell('program', `dies: ${why}`);
      stage.onDeath(why);
    },
  });
  stage.life = life;
  await life.begin();
}

/** A look at nothing changes nothing, and most of a run would be looking: it is left out. */
function worthwhile(job: Job, { books, clock }: { books: Books; clock: Clock }): Job {
  if (job.name === 'poll') {
    return {
      ...job,
      run: async () => (books.hasDueOrders(clock.now()) ? await job.run() : undefined),
    };
  }
  if (job.name !== 'bills') return job;
  const run = async (): Promise<void> => (books.hasOpenBills() ? await job.run() : undefined);
  return { ...job, cron: '*/5 * * * * *', run };
}

function configOf(environment: Record<string, string>): Config {
  const outcome = readConfig(environment, { isTerminal: false });
  if (outcome.kind === 'invalid') throw new Error(JSON.stringify(outcome.problems));
  return outcome.config;
}
