/** `npm run load`: the program under load. `-- --minutes 1` for a short look. Exits 1 when a limit is missed. */
import { parseArgs } from 'node:util';
import { loadFigures } from './crowd.ts';
import { misses, table } from './figures.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    users: { type: 'string', default: '200' },
    orders: { type: 'string', default: '2000' },
  },
});
const figures = await loadFigures({
  minutes: Number(values.minutes),
  users: Number(values.users),
  orders: Number(values.orders),
});
console.log(table(figures));
process.exitCode = figures.some(misses) ? 1 : 0;
