/**
 * The real program under load: people tap through top-ups at once while orders wait, a tenth of them are spiteful, and one
 * payment system hangs for a while. The simulated servers and the people live in this process, the program in its own.
 */
import { createApp } from '../src/app/app.ts';
import { type Deps, realClock, realDeps } from '../src/core/deps.ts';
import { createLog } from '../src/core/log.ts';
import { som } from '../src/core/money.ts';
import { startSimulatedPaylov } from '../sandbox/paylov/simulated-paylov.ts';
import { startSimulatedProviders } from '../sandbox/providers/world.ts';
import {
  type SimulatedTelegram,
  startSimulatedTelegram,
} from '../sandbox/telegram/simulated-telegram.ts';
import { SecretScrubber } from '../src/core/secrets.ts';
import { RealProgram } from '../test/process.ts';
import { configOf, SECRET, TOKEN } from '../test/stage.ts';
import { createHang } from './crowd/hang.ts';
import { type Books, openOrdersOf, pay, settle } from './crowd/payments.ts';
import { HonestPerson, type Screens, SUMS_SOM } from './crowd/people.ts';
import { noSamples, sample } from './crowd/samples.ts';
import { SPITE_EVERY_MS, SpitefulPerson } from './crowd/spite.ts';
import { type Crowd, loadTable, memoryTable, spiteTable } from './crowd/table.ts';
import type { Figure } from './figures.ts';

export interface Load {
  minutes: number;
  users: number;
  orders: number;
  /** Of the users; a tenth where nothing is said. */
  spiteful?: number;
}

export interface CrowdFigures {
  load: Figure[];
  /** What the honest notice of the spiteful, and of a payment system that hangs. */
  spite: Figure[];
  /** Its memory, part by part of the run. */
  memory: Figure[];
}

const SPITEFUL_SHARE = 0.1;
const FIRST_USER = 10_001;
const FIRST_SPITEFUL = 500_001;
const FIRST_WAITING = 1_000_000;
const IS_HONEST = `user_id < ${FIRST_SPITEFUL}`;
const SAMPLE_MS = 5000;
const PAY_MS = 1000;
const STEP_MS = 20;
/** Nobody tops up without end: before anybody has opened as many orders as one may, others come in their place. */
const SHIFT_MS = 3 * 60_000;

/** Runs for `minutes` and some; throws when something was lost. */
export async function loadFigures(load: Load): Promise<CrowdFigures> {
  const deps = realDeps();
  const telegram = await startSimulatedTelegram({ ...deps, token: TOKEN });
  const world = await startSimulatedProviders(deps);
  const paylov = await startSimulatedPaylov(deps);
  const program = await RealProgram.create({
    ...world.settings,
    ...paylov.settings,
    TELEGRAM_API_ROOT: telegram.url,
    POLL_CRON: '*/10 * * * * *',
    // Sums are used up quickly: as many of them as can be.
    AMOUNT_QUARANTINE_MINUTES: '10',
    UNIQUE_TAIL_MAX: '9999',
    TOPUP_PRESETS: SUMS_SOM.join(),
    NODE_OPTIONS: '--max-semi-space-size=16',
  });
  // As operators enter it in Payfer's panel; the others are told with each order.
  world.provider('payfer').webhookUrl = `${program.url}/webhooks/payfer/${SECRET}`;
  try {
    await openOrders(program, load.orders);
    await program.start();
    const crowd = await run(load, { deps, telegram, world, program });
    return { load: loadTable(crowd), spite: spiteTable(crowd), memory: memoryTable(crowd) };
  } finally {
    await program.remove();
    await telegram.close();
    await world.close();
    await paylov.close();
  }
}

async function run(
  load: Load,
  { deps, telegram, ...books }: Books & { deps: Deps; telegram: SimulatedTelegram },
): Promise<Crowd> {
  const { minutes } = load;
  const lengthMs = minutes * 60_000;
  const hang = createHang({ startsAt: realClock.now(), lengthMs });
  const screens: Screens = { others: [], atHanging: [] };
  const { random } = deps;
  const { spiteful = Math.round(load.users * SPITEFUL_SHARE) } = load;
  const honest = load.users - spiteful;
  const shifts = Math.ceil(lengthMs / SHIFT_MS);
  const people = times(honest * shifts, (index) => {
    return new HonestPerson(telegram, { id: FIRST_USER + index, random, screens, hang });
  });
  const scripts = times(spiteful, (index) => {
    return new SpitefulPerson(telegram, { id: FIRST_SPITEFUL + index, index, random });
  });
  const samples = noSamples();
  let deeds = 0;
  let others: string[] = [];
  await inTurns(lengthMs, [
    { everyMs: STEP_MS, act: (at) => onShift(people, { at, honest }).forEach((one) => one.play()) },
    {
      everyMs: SPITE_EVERY_MS,
      act: () => {
        for (const script of scripts) script.act(others);
        deeds += scripts.length;
      },
    },
    { everyMs: STEP_MS, act: () => hang.tick(books.world) },
    { everyMs: PAY_MS, act: () => pay(books, IS_HONEST) },
    {
      everyMs: SAMPLE_MS,
      act: async () => {
        others = openOrdersOf(books.program, IS_HONEST);
        await sample(books.program, samples);
      },
    },
  ]);
  const spitePerSecond = deeds / (minutes * 60);
  const rest = await settle(books, { people, hang });
  const counted = { minutes, honest, spiteful, spitePerSecond, waitingOrders: load.orders };
  return { ...counted, screens, samples, rest };
}

function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

function onShift<T>(people: readonly T[], { at, honest }: { at: number; honest: number }): T[] {
  const from = Math.floor(at / SHIFT_MS) * honest;
  return people.slice(from, from + honest);
}

/** What happens again and again; `at`: milliseconds since the beginning. */
interface Turn {
  everyMs: number;
  act: (at: number) => void | Promise<void>;
}

async function inTurns(lengthMs: number, turns: readonly Turn[]): Promise<void> {
  const startsAt = realClock.now();
  const nextAt = turns.map(() => 0);
  for (let at = 0; at < lengthMs; at = realClock.now() - startsAt) {
    for (const [index, { everyMs, act }] of turns.entries()) {
      if (at < (nextAt[index] ?? 0)) continue;
      nextAt[index] = at + everyMs;
      await act(at);
    }
    await realClock.sleep(STEP_MS);
  }
}

/** Opened as people open them, before the program starts; nobody ever pays these. */
async function openOrders(program: RealProgram, count: number): Promise<void> {
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
      times(size, (index) =>
        app.topups.create({
          userId: FIRST_WAITING + made + index,
          provider: 'payfer',
          baseTiyin: som(200_000 + (made + index) * 100),
        }),
      ),
    );
    const failed = outcomes.find(({ kind }) => kind !== 'created');
    if (failed) throw new Error(`an order was not opened: ${JSON.stringify(failed)}`);
  }
  await app.stop();
}
