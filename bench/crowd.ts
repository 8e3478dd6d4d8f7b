/**
 * The real program under load: people tap through top-ups at once while orders wait. The simulated servers and the
 * people live in this process, the program in its own.
 */
import { readFileSync } from 'node:fs';
import { createApp } from '../src/app.ts';
import { outbox } from '../src/db/tables.ts';
import { randomInt, realClock, realDeps } from '../src/deps.ts';
import { auditBooks } from '../src/jobs/books.ts';
import { createLog } from '../src/log.ts';
import { formatSum, som } from '../src/money.ts';
import type { SimulatedOrder, SimulatedWorld } from '../src/sandbox/providers/types.ts';
import { startSimulatedProviders } from '../src/sandbox/providers/world.ts';
import { startSimulatedTelegram } from '../src/sandbox/telegram/simulated-telegram.ts';
import { SecretScrubber } from '../src/secrets.ts';
import { type Decide, labelOf, Player } from '../test/players.ts';
import { RealProgram, until } from '../test/process.ts';
import { configOf, TOKEN } from '../test/stage.ts';
import { type Figure, median, percentile } from './figures.ts';

export interface Load {
  minutes: number;
  users: number;
  orders: number;
}

const FIRST_USER = 10_001;
const PROVIDERS = ['payfer', 'rasmiypay', 'autopaycard'] as const;
/** As many buttons as there may be: Payfer has two hundred sums above each. */
const SUMS_SOM = Array.from({ length: 12 }, (_, index) => 21_000 + index * 1000);
/** Somebody who reads what they see before they tap. */
const THINK_MS = { least: 2000, most: 6000 };
/** Between the order's screen and the payment. */
const PAID_AFTER_MS = 5000;
const SAMPLE_MS = 5000;
const STEP_MS = 20;
/** Nobody tops up without end: before anybody has opened as many orders as one may, others come in their place. */
const SHIFT_MS = 3 * 60_000;

interface Samples {
  screensMs: number[];
  memoryMb: number[];
  loopP99Ms: number[];
  loopMaxMs: number[];
  outboxOldestS: number[];
}

/** Runs for `minutes` and some; throws when something was lost. */
export async function loadFigures(load: Load): Promise<Figure[]> {
  const deps = realDeps();
  const telegram = await startSimulatedTelegram({ ...deps, token: TOKEN });
  const world = await startSimulatedProviders(deps);
  const program = await RealProgram.create({
    ...world.settings,
    TELEGRAM_API_ROOT: telegram.url,
    POLL_CRON: '*/10 * * * * *',
    // Sums are used up quickly: as many of them as can be.
    AMOUNT_QUARANTINE_MINUTES: '10',
    UNIQUE_TAIL_MAX: '9999',
    TOPUP_PRESETS: SUMS_SOM.join(),
    NODE_OPTIONS: '--max-semi-space-size=2',
  });
  try {
    const waiting = await openOrders(program, load.orders);
    await program.start();
    const samples: Samples = {
      screensMs: [],
      memoryMb: [],
      loopP99Ms: [],
      loopMaxMs: [],
      outboxOldestS: [],
    };
    const shifts = Math.ceil((load.minutes * 60_000) / SHIFT_MS);
    const players = Array.from(
      { length: load.users * shifts },
      (_, index) =>
        new Player(telegram, FIRST_USER + index, topUp, {
          thinkMs: () => THINK_MS.least + randomInt(deps.random, THINK_MS.most - THINK_MS.least),
          onScreen(tookMs, move) {
            // A check that finds nothing answers with a toast; the screen changes later, when the payment has arrived.
            const isCheck = 'tap' in move && move.tap.toLowerCase().includes('check');
            if (!isCheck) samples.screensMs.push(tookMs);
          },
        }),
    );
    const endsAt = realClock.now() + load.minutes * 60_000;
    await play({ players, atOnce: load.users, world, program, samples, waiting, endsAt });
    const rest = await settle({ players, world, program });
    return table(load, samples, rest);
  } finally {
    await program.remove();
    await telegram.close();
    await world.close();
  }
}

const topUp: Decide = ({ labels }, { id, moves, again }) => {
  const provider = PROVIDERS[(id + moves) % PROVIDERS.length] ?? 'payfer';
  const sum = SUMS_SOM[(id * 7 + moves) % SUMS_SOM.length] ?? 0;
  const shown = formatSum(som(sum));
  const label = labelOf(labels, ['english', provider, shown, 'check payment']);
  return label === undefined || again >= 3 ? { send: '/topup' } : { tap: label };
};

/** Opened as people open them, before the program starts; nobody ever pays these. Returns their ids at the providers. */
async function openOrders(program: RealProgram, count: number): Promise<Set<string>> {
  const config = configOf({ ...program.environment } as Record<string, string>);
  const destination = { write: () => undefined };
  const app = await createApp({
    config,
    deps: realDeps(),
    log: createLog({ level: 'error', format: 'json', destination, scrub: (text) => text }),
    secrets: new SecretScrubber(),
  });
  for (let made = 0; made < count; made += 20) {
    const size = Math.min(20, count - made);
    const outcomes = await Promise.all(
      Array.from({ length: size }, (_, index) =>
        app.topups.create({
          userId: 1_000_000 + made + index,
          provider: 'payfer',
          baseTiyin: som(200_000 + (made + index) * 100),
        }),
      ),
    );
    const failed = outcomes.find(({ kind }) => kind !== 'created');
    if (failed) throw new Error(`an order was not opened: ${JSON.stringify(failed)}`);
  }
  await app.stop();
  return new Set(program.query('select provider_order from topups').map(String));
}

function ordersOf(world: SimulatedWorld): SimulatedOrder[] {
  return PROVIDERS.flatMap((id) => world.provider(id).orders());
}

interface Running {
  players: readonly Player[];
  world: SimulatedWorld;
  program: RealProgram;
}

async function play({
  players,
  atOnce,
  world,
  program,
  samples,
  waiting,
  endsAt,
}: Running & {
  atOnce: number;
  samples: Samples;
  waiting: ReadonlySet<string>;
  endsAt: number;
}): Promise<void> {
  const pay = (): void => {
    const now = realClock.now();
    for (const order of ordersOf(world)) {
      const isDue = order.state === 'pending' && order.createdAt < now - PAID_AFTER_MS;
      if (isDue && !waiting.has(order.id)) world.provider(order.provider).pay(order.id);
    }
  };
  const startedAt = realClock.now();
  for (let sampledAt = 0; realClock.now() < endsAt; await realClock.sleep(STEP_MS)) {
    const from = Math.floor((realClock.now() - startedAt) / SHIFT_MS) * atOnce;
    for (const player of players.slice(from, from + atOnce)) player.play();
    if (realClock.now() - sampledAt < SAMPLE_MS) continue;
    sampledAt = realClock.now();
    pay();
    await sample(program, samples);
  }
}

/** Each time what happened since the last time. */
async function sample(program: RealProgram, samples: Samples): Promise<void> {
  const status = readFileSync(`/proc/${program.pid}/status`, 'utf8');
  samples.memoryMb.push(Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024);
  const metrics = await (await fetch(`${program.url}/metrics`)).text();
  const value = (name: string): number =>
    Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(metrics)?.[1] ?? NaN);
  samples.loopP99Ms.push(value('nodejs_eventloop_lag_p99_seconds') * 1000);
  samples.loopMaxMs.push(value('nodejs_eventloop_lag_max_seconds') * 1000);
  samples.outboxOldestS.push(value('tolov_outbox_oldest_seconds'));
}

interface Rest {
  payments: number;
  lost: number;
  untold: number;
  findings: number;
}

/** Nobody begins anything more; what was paid has to arrive. */
async function settle({ players, world, program }: Running): Promise<Rest> {
  const paid = ordersOf(world).filter(({ state }) => state === 'paid');
  const paidTiyin = paid.reduce((sum, order) => sum + (order.paidTiyin ?? 0), 0);
  const credited = `select coalesce(sum(balance_tiyin), 0) from accounts where id like 'user:%'`;
  const waiting = `select count(*) from outbox where state = 'waiting'`;
  await until(
    (step) =>
      step % 50 === 49 &&
      program.query(credited)[0] === paidTiyin &&
      program.query(waiting)[0] === 0 &&
      players.every((player) => !player.waits),
    () => `credited ${String(program.query(credited)[0])} of ${paidTiyin} tiyin`,
  );
  await program.kill('SIGTERM');
  return await program.withDatabase(async (db) => {
    const { findings } = await auditBooks(db);
    const rows = await db.read.select({ kind: outbox.kind }).from(outbox);
    const told = rows.filter(({ kind }) => kind === 'topup_paid').length;
    return {
      payments: paid.length,
      lost: paidTiyin - Number(program.query(credited)[0]),
      untold: paid.length - told,
      findings: findings.length,
    };
  });
}

function table({ minutes, users, orders }: Load, samples: Samples, rest: Rest): Figure[] {
  const { screensMs } = samples;
  // The heap takes its size while the program warms up.
  const memoryMb = samples.memoryMb.slice(Math.floor(samples.memoryMb.length / 5));
  const third = Math.ceil(memoryMb.length / 3);
  const first = median(memoryMb.slice(0, third));
  const last = median(memoryMb.slice(-third));
  const under = (name: string, value: number, limit: number, digits = 0): Figure => ({
    name,
    value,
    limit,
    is: 'under',
    digits,
  });
  return [
    { name: `people at once, over ${minutes} min`, value: users },
    { name: 'orders that wait meanwhile', value: orders },
    { name: 'screens a second', value: screensMs.length / (minutes * 60), digits: 1 },
    { name: 'payments', value: rest.payments },
    under(
      'screen after a tap, opening the order included, p50, ms',
      percentile(screensMs, 50),
      100,
    ),
    under(
      'screen after a tap, opening the order included, p99, ms',
      percentile(screensMs, 99),
      1000,
    ),
    under('delay of the event loop, median of the p99 of 5 s, ms', median(samples.loopP99Ms), 100),
    { name: 'delay of the event loop, longest, ms', value: Math.max(...samples.loopMaxMs) },
    { name: 'oldest message waiting to be sent, s', value: Math.max(...samples.outboxOldestS) },
    { name: 'memory in the first third after warming up, MB', value: first },
    under('memory in the last third, MB (a quarter more than in the first)', last, first * 1.25),
    under('paid and not credited, tiyin', rest.lost, 1),
    under('payments nobody was told of', rest.untold, 1),
    under('findings of the audit', rest.findings, 1),
  ];
}
