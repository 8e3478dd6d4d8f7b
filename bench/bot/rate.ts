/**
 * How many updates a second one process answers on one core without letting people wait, and what 200 people notice who
 * look at each screen before they tap. A machine that others use as well shows less than it could.
 */
import { randomInt, realClock, realRandom } from '../../src/core/deps.ts';
import { type Figure, median, percentile } from '../figures.ts';
import { type House, type ProgramHouseOptions, programHouse } from './houses.ts';
import { processorMs, residentMb } from './processor.ts';
import { LOOK, type Step, TOPUP } from './visitors.ts';

/** A person's floods are stopped: the rates below are shared by enough people. */
const PEOPLE = 400;
/** Updates a second, until people wait. */
const RATES = [100, 150, 200, 250, 300, 350, 400, 450, 500, 600];
const RATE_MS = 4000;
const LONGEST_P99_MS = 500;
const CROWD = 200;
const CROWD_MS = 30_000;
const WARM_UP_MS = 8000;
const THINK_MS = { least: 2000, most: 6000 };
const FIRST = 30_000;
/** What somebody does who looks at their balance after each top-up. */
const VISIT: readonly Step[] = [...TOPUP, LOOK];

export async function rateFigures(): Promise<Figure[]> {
  const onOneCore: ProgramHouseOptions = { under: ['taskset', '-c', '0'] };
  const house = await programHouse(onOneCore);
  try {
    return [await sustained(house)];
  } finally {
    await house.close();
  }
}

async function sustained(house: House): Promise<Figure> {
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
  return {
    name: 'updates/s of one process on one core, p99 of a screen under 500 ms',
    value: kept,
    limit: 400,
    is: 'at least',
  };
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

/** People who tap through top-ups, each looking at a screen for some seconds. */
export async function crowdFigures(): Promise<Figure[]> {
  const house = await programHouse();
  try {
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
          const next = VISIT[step % VISIT.length] ?? LOOK;
          const tookMs = await house.visitors.take(id, next);
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
    return [
      {
        name: `tap to screen, ${CROWD} people, p99, ms`,
        value: percentile(screens, 99),
        limit: 150,
        is: 'under',
      },
      { name: `tap to screen, ${CROWD} people, p50, ms`, value: percentile(screens, 50) },
      { name: `processor busy with ${CROWD} people, % of one`, value: 100 * busy },
      {
        name: `memory under load of ${CROWD} people, MB`,
        value: median(memory.slice(Math.floor(memory.length / 2))),
        limit: 200,
        is: 'under',
      },
    ];
  } finally {
    await house.close();
  }
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
