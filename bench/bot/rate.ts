/**
 * How many updates a second one process answers on one core without letting people wait, and what 200 people notice who
 * look at each screen before they tap. A machine that others use as well shows less than it could.
 */
import { randomInt, realClock, realRandom } from '../../src/core/deps.ts';
import { type Figure, median, percentile } from '../figures.ts';
import { bareHouse, type House, type ProgramHouseOptions, programHouse } from './houses.ts';
import { processorMs, residentMb } from './processor.ts';
import { BARE_DIALOG, LOOK, type Step, TOPUP } from './visitors.ts';

const ROUNDS = 3;
/** A person's floods are stopped: the rates below are shared by enough people. */
const PEOPLE = 400;
/** Updates a second, until people wait. */
const RATES = [100, 200, 300, 350, 400, 450, 500, 600, 700, 800];
const RATE_MS = 4000;
const LONGEST_P99_MS = 500;
const CROWD = 200;
const CROWD_MS = 30_000;
const WARM_UP_MS = 8000;
const THINK_MS = { least: 2000, most: 6000 };
const FIRST = 30_000;

const ON_ONE_CORE: ProgramHouseOptions = { under: ['taskset', '-c', '0'] };

export async function rateFigures(): Promise<Figure[]> {
  const bare: number[] = [];
  const ours: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    bare.push(await inHouse(bareHouse(ON_ONE_CORE), sustained));
    ours.push(await inHouse(programHouse(ON_ONE_CORE), sustained));
  }
  return [
    { name: `bare bot, likewise, of ${RATES.at(-1)} at most`, value: median(bare) },
    {
      name: 'updates/s of one process on one core, p99 of a screen under 500 ms',
      value: median(ours),
      limit: 400,
      is: 'at least',
    },
  ];
}

async function inHouse<T>(opened: Promise<House>, work: (house: House) => Promise<T>): Promise<T> {
  const house = await opened;
  try {
    return await work(house);
  } finally {
    await house.close();
  }
}

async function sustained(house: House): Promise<number> {
  const people = times(PEOPLE, (index) => FIRST + index);
  for (const id of people) house.visitors.come(id);
  for (let from = 0; from < PEOPLE; from += 20) {
    await Promise.all(people.slice(from, from + 20).map((id) => house.visitors.take(id, LOOK)));
  }
  let kept = 0;
  for (const rate of RATES) {
    const screens = await atRate(house, people, rate);
    if (percentile(screens, 99) >= LONGEST_P99_MS) break;
    kept = rate;
  }
  return kept;
}

/** Asks on schedule, whether or not earlier ones were answered; resolves with what each waited. */
async function atRate({ visitors }: House, people: readonly number[], rate: number) {
  const startedAt = performance.now();
  const total = Math.round((rate * RATE_MS) / 1000);
  const screens: Promise<number>[] = [];
  for (let index = 0; index < total; index += 1) {
    const waitMs = startedAt + (index * 1000) / rate - performance.now();
    if (waitMs > 1) await realClock.sleep(waitMs);
    const id = people[index % people.length] ?? 0;
    screens.push(visitors.take(id, LOOK));
  }
  return await Promise.all(screens);
}

interface CrowdRound {
  p50: number;
  p99: number;
  busyPercent: number;
  memoryMb: number;
}

/** People who tap through top-ups, each looking at a screen for some seconds; those of the bare bot through its dialog. */
export async function crowdFigures(): Promise<Figure[]> {
  const bare: CrowdRound[] = [];
  const ours: CrowdRound[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    bare.push(await inHouse(bareHouse(), (house) => crowd(house, [...BARE_DIALOG, LOOK])));
    ours.push(await inHouse(programHouse(), (house) => crowd(house, [...TOPUP, LOOK])));
  }
  const of = (rounds: readonly CrowdRound[], key: keyof CrowdRound): number =>
    median(rounds.map((round) => round[key]));
  return [
    { name: `bare bot: tap to screen, ${CROWD} people, p99, ms`, value: of(bare, 'p99') },
    {
      name: `tap to screen, ${CROWD} people, p99, ms`,
      value: of(ours, 'p99'),
      limit: 150,
      is: 'under',
    },
    { name: `tap to screen, ${CROWD} people, p50, ms`, value: of(ours, 'p50') },
    { name: `processor busy with ${CROWD} people, % of one`, value: of(ours, 'busyPercent') },
    { name: `bare bot: memory under load of ${CROWD} people, MB`, value: of(bare, 'memoryMb') },
    {
      name: `memory under load of ${CROWD} people, MB`,
      value: of(ours, 'memoryMb'),
      limit: 200,
      is: 'under',
    },
  ];
}

/** What people notice once everybody has come; `visit`: what each does, again and again. */
async function crowd(house: House, visit: readonly Step[]): Promise<CrowdRound> {
  const screens: number[] = [];
  const memory: number[] = [];
  const begun = performance.now();
  const endsAt = begun + WARM_UP_MS + CROWD_MS;
  const counts = (): boolean => performance.now() > begun + WARM_UP_MS;
  const watch = new AbortController();
  const watching = sampleMemory(house, memory, watch.signal);
  const cpu = { at: processorMs(house.pid), from: performance.now() };
  await Promise.all(
    times(CROWD, async (index) => {
      const id = FIRST + index;
      house.visitors.come(id);
      await realClock.sleep(randomInt(realRandom, WARM_UP_MS));
      for (let step = 0; performance.now() < endsAt; step += 1) {
        const tookMs = await house.visitors.take(id, visit[step % visit.length] ?? LOOK);
        if (counts()) screens.push(tookMs);
        await realClock.sleep(
          THINK_MS.least + randomInt(realRandom, THINK_MS.most - THINK_MS.least),
        );
      }
    }),
  );
  watch.abort();
  await watching;
  const busy = (processorMs(house.pid) - cpu.at) / (performance.now() - cpu.from);
  return {
    p50: percentile(screens, 50),
    p99: percentile(screens, 99),
    busyPercent: 100 * busy,
    memoryMb: median(memory.slice(Math.floor(memory.length / 2))),
  };
}

async function sampleMemory(house: House, memory: number[], signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    memory.push(residentMb(house.pid));
    await realClock.sleep(1000, signal).catch(() => undefined);
  }
}

function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
