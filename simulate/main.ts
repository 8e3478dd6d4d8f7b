/**
 * `npm run simulate -- --seed N --days D --users U --engine sqlite|postgres`; with `--runs R` as many seeds from N on;
 * with `--tell NAME` the story of a person, an order or a system. `--unkind all`, or names with commas between them, adds
 * what `unkind.ts` lists. `--months M`: people live by months, and their bills pay themselves.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startPostgres } from '../src/testing/postgres-cluster.ts';
import { SAFE_IN_MEMORY } from './postgres-store.ts';
import { run, type RunResult } from './run.ts';
import { ALL, readUnkind } from './unkind.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    days: { type: 'string', default: '1' },
    users: { type: 'string', default: '5' },
    runs: { type: 'string', default: '1' },
    engine: { type: 'string', default: 'sqlite' },
    tell: { type: 'string' },
    unkind: { type: 'string', default: ALL.join(',') },
    months: { type: 'string' },
  },
});
if (!['sqlite', 'postgres'].includes(values.engine))
  throw new Error('--engine is sqlite or postgres');
const first = Number(values.seed);
/** As long as the longest month, so that no run ends before the last month's bills are paid. */
const DAYS_IN_MONTH = 31;
const months = values.months === undefined ? null : Number(values.months);
const days = months === null ? Number(values.days) : months * DAYS_IN_MONTH;
const users = Number(values.users);

const runs = Number(values.runs);
const unkind = readUnkind(values.unkind);

/** How many seeds one process runs: what a killed life waits for is never freed, so memory grows. */
const SEEDS_PER_PROCESS = 20;

const failed = runs > SEEDS_PER_PROCESS ? runInProcesses() : await runHere();
console.log(failed === 0 ? 'No failure.' : `${failed} of ${runs} seeds failed.`);
process.exit(failed === 0 ? 0 : 1);

/** Returns how many seeds failed. */
async function runHere(): Promise<number> {
  const postgres = values.engine === 'postgres' ? await startPostgres(SAFE_IN_MEMORY) : undefined;
  let failures = 0;
  for (let seed = first; seed < first + runs; seed += 1) {
    const startedAt = performance.now();
    const result = await run({
      seed,
      days,
      users,
      postgres,
      unkind,
      byMonths: months !== null,
      tell: values.tell,
    });
    print(result, (performance.now() - startedAt) / 1000);
    if (result.violations.length > 0) failures += 1;
  }
  await postgres?.remove();
  return failures;
}

function runInProcesses(): number {
  let failures = 0;
  for (let seed = first; seed < first + runs; seed += SEEDS_PER_PROCESS) {
    const count = Math.min(SEEDS_PER_PROCESS, first + runs - seed);
    const given = { ...values, seed: String(seed), runs: String(count) };
    const args = Object.entries(given).flatMap(([name, value]) => [`--${name}`, value]);
    const { stdout } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = stdout.trimEnd().split('\n');
    const seeds = lines.slice(0, -1);
    console.log(seeds.join('\n'));
    // The seeds that a broken process did not reach count as failed.
    const fine = seeds.filter((line) => /^seed .* {2}ok {2}/.test(line)).length;
    failures += count - fine;
  }
  return failures;
}

function print({ options, hash, violations, story, figures }: RunResult, seconds: number): void {
  const { lives, exchanges, ordersPaid, billsPaid, paidThemselves, messages } = figures;
  const head = `seed ${options.seed}  ${hash}  ${seconds.toFixed(1)} s`;
  const facts = `${ordersPaid} orders and ${billsPaid} bills paid (${paidThemselves} by themselves), ${lives} lives, ${exchanges} requests, ${messages} messages`;
  console.log(`${head}  ${violations.length === 0 ? 'ok' : 'FAILED'}  ${facts}`);
  for (const { what } of violations.slice(0, 10)) console.log(`  ✗ ${what}`);
  for (const line of story) console.log(`    ${line}`);
  if (violations.length === 0) return;
  const { seed } = options;
  console.log(
    `  again: npm run simulate -- --seed ${seed} ${options.byMonths ? `--months ${options.days / DAYS_IN_MONTH}` : `--days ${options.days}`} --users ${options.users} --engine ${values.engine} --unkind ${values.unkind || 'none'}`,
  );
}
