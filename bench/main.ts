/** `npm run bench`: every figure beside its limit, measured in one run. Exits 1 when a limit is missed. */
import { misses, table } from './figures.ts';
import { benchFigures } from './measures.ts';

const figures = await benchFigures();
console.log(table(figures));
process.exitCode = figures.some(misses) ? 1 : 0;
