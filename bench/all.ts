/**
 * `npm run figures`: benchmarks, load and planted bugs, one after another, into docs/figures.md. Half an hour on a quiet
 * machine; `-- --minutes 1` for a short look. What docs/scaling.md quotes is taken from there. Exits 1 when a limit is missed or a bug stayed unnoticed.
 */
import { MUTATIONS as PLANTED } from '../scripts/mutations/list.ts';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { loadFigures } from './crowd.ts';
import { type Figure, misses, table } from './figures.ts';
import { fleetFigures } from './fleet.ts';
import { benchFigures } from './measures.ts';
import { figuresOf, requoted } from './quoted.ts';
import { BESIDE, besideTable } from './spite-before.ts';

const TARGET = fileURLToPath(new URL('../docs/figures.md', import.meta.url));
const QUOTING = [fileURLToPath(new URL('../docs/scaling.md', import.meta.url))];
const MUTATIONS = fileURLToPath(new URL('../scripts/mutations/main.ts', import.meta.url));

function machine(): string {
  const [first] = cpus();
  const gb = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} × ${first?.model.trim() ?? 'unknown'}, ${gb} GB, ${process.platform} ${process.arch}, Node ${process.versions.node}`;
}

/** What the mutation check says: its lines without their timing, and how many bugs were noticed. */
function plantedBugs(): { figure: Figure; rows: string[] } {
  const { stdout } = spawnSync(process.execPath, [MUTATIONS], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const rows = [...stdout.matchAll(/^(noticed|UNNOTICED) +([^:\n]+): ([^\n]+)$/gm)].map(
    ([, seen, name, harm]) => `| ${name} | ${harm} | ${seen} |`,
  );
  const unnoticed = rows.filter((row) => row.endsWith('UNNOTICED |')).length;
  const value = rows.length - unnoticed;
  // A check that broke off has shown nothing of the rest.
  const limit = PLANTED.length;
  return { figure: { name: 'planted bugs noticed', value, limit, is: 'at least' }, rows };
}

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' } } });
const bench = await benchFigures();
const { load, spite } = await loadFigures({
  minutes: Number(values.minutes),
  users: 200,
  orders: 2000,
});
const fleet = await fleetFigures();
const bugs = plantedBugs();
const text = `# Figures

Written by \`npm run figures\`, all in one run: nothing here is typed by hand but what says when it was measured. Machine: ${machine()}.
Everything ran on it at once: the program, the simulated servers, and the people.
A row without a limit is there to compare with.

## Parts

${table(bench)}

## Load

People tap through top-ups at once; each looks at a screen for 2 to 6 seconds before the next tap. A screen is counted
from the tap to the changed message at the simulated Telegram. When all is over, what was paid is compared with what
was credited.

${table(load)}

## Spite

A tenth of those people are spiteful: scripts that send five messages or taps a second each, without waiting for an answer. Some
open orders and cancel them, some press “check payment” over and over, some send buttons of other people's orders and of the
owner's desk, some type whatever comes, some guess at the code of somebody else's card. Besides, Payfer hangs for a fifth of the
run: it takes requests and never answers them. The rows are what the honest nine tenths notice of it. A step that has to wait for
Payfer itself, opening an order there or checking one, is counted apart. From payment to credit is counted from the payment at
the payment system to the entry in the books.

${table(spite)}

What the honest noticed before the program kept the spiteful apart, and since: ${BESIDE}. This table does not change with
\`npm run figures\`.

${besideTable()}

## Several processes

Three processes on one PostgreSQL behind a proxy that gives webhooks to each in turn; people look at each screen for 2 to 6
seconds. Then processes are killed with SIGKILL at random and started again, and the database is stopped at once and started.

${table(fleet)}

## Planted bugs

One at a time, in a copy of the program; the tests have to notice.

${table([bugs.figure])}

| bug | harm | |
|---|---|---|
${bugs.rows.join('\n')}
`;
writeFileSync(TARGET, await format(text, { ...(await resolveConfig(TARGET)), filepath: TARGET }));
const figures = figuresOf(readFileSync(TARGET, 'utf8'));
for (const file of QUOTING) writeFileSync(file, requoted(readFileSync(file, 'utf8'), figures));
console.log(`docs/figures.md is written, and what quotes it.`);
process.exitCode = [...bench, ...load, ...spite, ...fleet, bugs.figure].some(misses) ? 1 : 0;
