/**
 * `npm run simulate -- --seed N --days D --users U --engine sqlite|postgres`; with `--runs R` as many seeds from N on;
 * with `--tell NAME` the story of a person, an order or a system.
 */
import { parseArgs } from 'node:util';
import { startPostgres } from '../src/testing/postgres-cluster.ts';
import { SAFE_IN_MEMORY } from './postgres-store.ts';
import { run, type RunResult } from './run.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    days: { type: 'string', default: '1' },
    users: { type: 'string', default: '5' },
    runs: { type: 'string', default: '1' },
    engine: { type: 'string', default: 'sqlite' },
    tell: { type: 'string' },
  },
});
if (!['sqlite', 'postgres'].includes(values.engine))
  throw new Error('--engine is sqlite or postgres');
const first = Number(values.seed);
const days = Number(values.days);
const users = Number(values.users);

const postgres = values.engine === 'postgres' ? await startPostgres(SAFE_IN_MEMORY) : undefined;

let failures = 0;
for (let seed = first; seed < first + Number(values.runs); seed += 1) {
  const startedAt = performance.now();
  const result = await run({ seed, days, users, postgres, tell: values.tell });
  const seconds = (performance.now() - startedAt) / 1000;
  print(result, seconds);
  if (result.violations.length > 0) failures += 1;
}
await postgres?.remove();
console.log(failures === 0 ? 'No failure.' : `${failures} of ${values.runs} seeds failed.`);
process.exit(failures === 0 ? 0 : 1);

function print({ options, hash, violations, story, figures }: RunResult, seconds: number): void {
  const { lives, exchanges, ordersPaid, billsPaid, messages } = figures;
  const head = `seed ${options.seed}  ${hash}  ${seconds.toFixed(1)} s`;
  const facts = `${ordersPaid} orders and ${billsPaid} bills paid, ${lives} lives, ${exchanges} requests, ${messages} messages`;
  console.log(`${head}  ${violations.length === 0 ? 'ok' : 'FAILED'}  ${facts}`);
  for (const { what } of violations.slice(0, 10)) console.log(`  ✗ ${what}`);
  for (const line of story) console.log(`    ${line}`);
  if (violations.length === 0) return;
  const { seed } = options;
  console.log(
    `  again: npm run simulate -- --seed ${seed} --days ${options.days} --users ${options.users} --engine ${values.engine}`,
  );
}
