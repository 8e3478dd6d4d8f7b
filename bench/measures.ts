/** The benchmarks of single parts, one after another. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { crowdFigures, rateFigures } from './bot/rate.ts';
import { updateFigures } from './bot/updates.ts';
import { BROKEN_OFF, type Figure, median } from './figures.ts';
import { type History, historyFigures } from './history.ts';
import { postgresFigures } from './postgres.ts';
import { settleFigures } from './settle.ts';
import { smallServerFigures } from './small-server.ts';
import { startFigures } from './start.ts';
import type { SweepResult } from './sweep.ts';
import { webhookFigures } from './webhooks.ts';

const HISTORY: History = { payments: 1_000_000, people: 200_000 };
export const LONG_HISTORY: History = { payments: 10_000_000, people: 2_000_000 };

/** By the names that `npm run bench -- --only` takes. */
export const BENCHES: Readonly<Record<string, () => Figure[] | Promise<Figure[]>>> = {
  updates: updateFigures,
  rate: rateFigures,
  crowd: crowdFigures,
  credits: settleFigures,
  history: () => historyFigures(HISTORY),
  'long-history': () => historyFigures(LONG_HISTORY),
  postgres: postgresFigures,
  webhooks: webhookFigures,
  sweep: sweepFigures,
  start: startFigures,
  small: smallServerFigures,
};

/** Without what takes some gigabytes of disk and many minutes: that is asked for by its name. */
export const QUICK_BENCHES = Object.keys(BENCHES).filter((name) => name !== 'long-history');

/** What breaks off is a figure that misses its limit, and the others are measured all the same. */
export async function benchFigures(only: readonly string[] = QUICK_BENCHES): Promise<Figure[]> {
  const unknown = only.filter((name) => !Object.hasOwn(BENCHES, name));
  if (unknown.length > 0) throw new Error(`--only: ${Object.keys(BENCHES).join()}`);
  const figures: Figure[] = [];
  for (const name of only) {
    figures.push(
      ...(await timed(name, async () => (await BENCHES[name]?.()) ?? []).catch(brokenOff)),
    );

    function brokenOff(error: unknown): Figure[] {
      console.error(error);
      return [{ name: `${name}: ${BROKEN_OFF}`, value: 1, limit: 1, is: 'under' }];
    }
  }
  return figures;
}

/** Says on standard error how long it took. */
export async function timed<T>(name: string, work: () => T | Promise<T>): Promise<T> {
  const startedAt = performance.now();
  try {
    return await work();
  } finally {
    console.error(`${name}: ${((performance.now() - startedAt) / 60_000).toFixed(1)} min`);
  }
}

const SWEEP_ROUNDS = 3;

function sweepFigures(): Figure[] {
  const few = Array.from({ length: SWEEP_ROUNDS }, () => sweepOver(1000));
  const many = Array.from({ length: SWEEP_ROUNDS }, () => sweepOver(100_000));
  return [
    {
      name: 'calls of one sweep over 100,000 orders, budget 100',
      value: Math.max(...many.map(({ calls }) => calls)),
      limit: 101,
      is: 'under',
    },
    {
      name: 'the same sweep over 1,000 orders: processor, ms',
      value: median(few.map(({ processorMs }) => processorMs)),
    },
    {
      name: 'sweep over 100,000 orders: processor, ms',
      value: median(many.map(({ processorMs }) => processorMs)),
      limit: 1000,
      is: 'under',
    },
    {
      name: 'sweep over 100,000 orders: memory, MB',
      value: median(many.map(({ memoryMb }) => memoryMb)),
      limit: 256,
      is: 'under',
    },
  ];
}

function sweepOver(orders: number): SweepResult {
  const script = fileURLToPath(new URL('sweep.ts', import.meta.url));
  const args = ['--max-semi-space-size=16', script, String(orders)];
  const output = execFileSync(process.execPath, args, { encoding: 'utf8' });
  return JSON.parse(output) as SweepResult;
}
