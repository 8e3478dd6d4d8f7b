/** `npm run load`: the program under load. `-- --minutes 1` for a short look. Exits 1 when a limit is missed. */
import { parseArgs } from 'node:util';
import { loadFigures } from './crowd.ts';
import { misses, table } from './figures.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    users: { type: 'string', default: '200' },
    orders: { type: 'string', default: '2000' },
    spiteful: { type: 'string' },
  },
});
const { load, spite } = await loadFigures({
  minutes: Number(values.minutes),
  users: Number(values.users),
  orders: Number(values.orders),
  ...(values.spiteful === undefined ? {} : { spiteful: Number(values.spiteful) }),
});
console.log(`${table(load)}\n\n${table(spite)}`);
process.exitCode = [...load, ...spite].some(misses) ? 1 : 0;
