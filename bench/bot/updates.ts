/**
 * What one update costs a bot, in processor time, beside a bot that does next to nothing: a look at the balance, and one
 * step of a top-up. Rounds of both in turn, so that both see the same weather on a shared machine.
 */
import { realClock } from '../../src/core/deps.ts';
import { type Figure, median } from '../figures.ts';
import { profileOfOther, shares, steadyUs } from '../profile.ts';
import { bareHouse, type House, programHouse } from './houses.ts';
import { processorMs } from './processor.ts';
import { BARE_DIALOG, LOOK, type Step, TOPUP } from './visitors.ts';

const ROUNDS = 5;
const PEOPLE = 20;
const LOOKS_EACH = 20;
/** A process that has just started compiles its code first. */
const WARM_UP_ROUNDS = 2;
/** What is done after the last screen belongs to it. */
const AFTER_MS = 300;

interface Costs {
  look: number[];
  step: number[];
}

/** Milliseconds of processor time for one update. */
export async function updateFigures(): Promise<Figure[]> {
  const bare = await bareHouse();
  const ours = await programHouse();
  try {
    const costs = { bare: noCosts(), ours: noCosts() };
    for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
      const people = peopleOf(round + WARM_UP_ROUNDS);
      const roundOfBare = await costsOf(bare, people, BARE_DIALOG);
      const roundOfOurs = await costsOf(ours, people, TOPUP);
      if (round < 0) continue;
      add(costs.bare, roundOfBare);
      add(costs.ours, roundOfOurs);
    }
    return [...figuresOf(costs), ...(await profileOfSteps())];
  } finally {
    await bare.close();
    await ours.close();
  }
}

/** In a process of its own: being looked at costs something, too. */
async function profileOfSteps(): Promise<Figure[]> {
  let fromUs = 0;
  const profile = await profileOfOther(async (options) => {
    const house = await programHouse({
      settings: { NODE_OPTIONS: `--max-semi-space-size=16 ${options}` },
    });
    for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round += 1) {
      if (round === WARM_UP_ROUNDS) fromUs = steadyUs();
      const people = peopleOf(round);
      for (const id of people) house.visitors.come(id);
      await each(people, TOPUP, house);
    }
    await house.close();
  });
  return shares(profile, { of: 'a step of a top-up', fromUs });
}

/** Twenty whom the bot has never seen before. */
function peopleOf(round: number): number[] {
  return Array.from({ length: PEOPLE }, (_, index) => 10_000 + round * PEOPLE + index);
}

const noCosts = (): Costs => ({ look: [], step: [] });

function add(costs: Costs, { look, step }: { look: number; step: number }): void {
  costs.look.push(look);
  costs.step.push(step);
}

async function costsOf(
  house: House,
  people: readonly number[],
  topup: readonly Step[],
): Promise<{ look: number; step: number }> {
  for (const id of people) house.visitors.come(id);
  // Whom it has never seen is met outside of what is measured.
  await each(people, [LOOK], house);
  const looks = Array.from({ length: LOOKS_EACH }, () => LOOK);
  const look = await costOf(house, () => each(people, looks, house));
  const step = await costOf(house, () => each(people, topup, house));
  return {
    look: look / (people.length * looks.length),
    step: step / (people.length * topup.length),
  };
}

async function each(people: readonly number[], steps: readonly Step[], { visitors }: House) {
  await Promise.all(
    people.map(async (id) => {
      for (const step of steps) await visitors.take(id, step);
    }),
  );
}

async function costOf({ pid }: House, work: () => Promise<unknown>): Promise<number> {
  const before = processorMs(pid);
  await work();
  await realClock.sleep(AFTER_MS);
  return processorMs(pid) - before;
}

function figuresOf({ bare, ours }: { bare: Costs; ours: Costs }): Figure[] {
  const multiples = (costs: readonly number[]): number[] =>
    costs.map((cost, round) => cost / (bare.look[round] ?? NaN));
  return [
    {
      name: 'bare grammY bot with SQLite: processor for one /balance, ms',
      value: median(bare.look),
      digits: 2,
    },
    { name: 'processor for one /balance, ms', value: median(ours.look), digits: 2 },
    {
      name: 'processor for one /balance, as a multiple of the bare bot',
      value: median(multiples(ours.look)),
      limit: 2,
      is: 'under',
      digits: 2,
    },
    {
      name: 'bare grammY bot with SQLite: processor for one step of a dialog, ms',
      value: median(bare.step),
      digits: 2,
    },
    { name: 'processor for one step of a top-up, ms', value: median(ours.step), digits: 2 },
    {
      name: 'processor for one step of a top-up, as a multiple of the bare /balance',
      value: median(multiples(ours.step)),
      limit: 4,
      is: 'under',
      digits: 2,
    },
  ];
}
