/**
 * Three real processes on one PostgreSQL behind a proxy, while people top up: how long they wait for a screen when all is
 * well, and when processes are killed and the database crashes.
 */
import { randomInt, realRandom } from '../src/core/deps.ts';
import { Fleet } from '../test/fleet.ts';
import { type Figure, percentile } from './figures.ts';

const PEOPLE = 60;
const CALM_MS = 45_000;
const KILLS = 6;
const BETWEEN_MS = 6000;

export async function fleetFigures(): Promise<Figure[]> {
  const thinkMs = (): number => 2000 + randomInt(realRandom, 4000);
  const fleet = await Fleet.start({ processes: 3, people: PEOPLE, random: realRandom, thinkMs });
  try {
    // The first screens of everybody at once are no measure.
    await fleet.play(8000);
    fleet.screensMs.length = 0;
    await fleet.play(CALM_MS);
    const calm = fleet.screensMs.splice(0);
    for (let kill = 0; kill < KILLS; kill += 1) {
      await fleet.play(BETWEEN_MS, () => fleet.killOne());
      if (kill % 3 === 1) await fleet.play(BETWEEN_MS, () => fleet.crashDatabase());
    }
    const outcome = await fleet.outcome();
    return figuresOf(calm, outcome);
  } finally {
    await fleet.remove();
  }
}

type Outcome = Awaited<ReturnType<Fleet['outcome']>>;

function figuresOf(calm: readonly number[], outcome: Outcome): Figure[] {
  const { payments, paidTiyin, creditedTiyin, untold, toldTooOften, findings, screensMs } = outcome;
  return [
    { name: `three processes, ${PEOPLE} people: screens`, value: calm.length },
    { name: 'screen after a tap, p50, ms', value: percentile(calm, 50) },
    { name: 'screen after a tap, p99, ms', value: percentile(calm, 99) },
    { name: 'processes killed, database crashed twice: screens', value: screensMs.length },
    {
      name: 'the longest wait for a screen meanwhile, s',
      value: Math.max(...screensMs) / 1000,
      limit: 10,
      is: 'under',
      digits: 1,
    },
    { name: 'payments', value: payments },
    {
      name: 'paid and not credited, tiyin',
      value: paidTiyin - creditedTiyin,
      limit: 1,
      is: 'under',
    },
    { name: 'payments nobody was told of', value: untold, limit: 1, is: 'under' },
    { name: 'payments told more than twice', value: toldTooOften, limit: 1, is: 'under' },
    { name: 'findings of the audit', value: findings.length, limit: 1, is: 'under' },
  ];
}
