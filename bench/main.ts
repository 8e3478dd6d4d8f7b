/**
 * `npm run bench`: every figure beside its limit, measured in one run; `-- --only updates,start` for some,
 * `-- --only long-history` for what has to be asked for. Exits 1 when a
 * limit is missed.
 */
import { parseArgs } from 'node:util';
import { misses, reasons, table } from './figures.ts';
import { benchFigures, QUICK_BENCHES } from './measures.ts';

const { values } = parseArgs({
  options: { only: { type: 'string', default: QUICK_BENCHES.join() } },
});
const figures = await benchFigures(values.only.split(','));
console.log(table(figures) + reasons(figures));
process.exitCode = figures.some(misses) ? 1 : 0;
