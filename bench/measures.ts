/** The benchmarks of single parts, one after another. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Figure } from './figures.ts';
import { postgresFigures } from './postgres.ts';
import { settleFigures } from './settle.ts';
import { startFigures } from './start.ts';
import type { SweepResult } from './sweep.ts';
import { webhookFigures } from './webhooks.ts';

export async function benchFigures(): Promise<Figure[]> {
  return [
    ...(await settleFigures()),
    ...(await postgresFigures()),
    ...(await webhookFigures()),
    ...sweepFigures(),
    ...(await startFigures()),
  ];
}

function sweepFigures(): Figure[] {
  const script = fileURLToPath(new URL('sweep.ts', import.meta.url));
  const output = execFileSync(process.execPath, ['--max-semi-space-size=2', script], {
    encoding: 'utf8',
  });
  const { calls, memoryMb, seconds } = JSON.parse(output) as SweepResult;
  return [
    {
      name: 'calls of one sweep over 10,000 orders, budget 100',
      value: calls,
      limit: 101,
      is: 'under',
    },
    { name: 'memory of that sweep, MB', value: memoryMb, limit: 256, is: 'under' },
    { name: 'seconds of that sweep', value: seconds, digits: 1 },
  ];
}
