/**
 * `npm run figures`: benchmarks, load and planted bugs, one after another, into docs/figures.md, each as soon as it is measured.
 * `-- --minutes 1` for a shorter load, `-- --only load,bugs` for some sections; `hour` and `long-history` have to be asked for.
 * What docs/scaling.md quotes is taken from there. Exits 1 when a limit is missed, a bug stayed unnoticed or a part broke off.
 */
import { MUTATIONS as PLANTED } from '../scripts/mutations/list.ts';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { inTashkent } from '../src/core/calendar.ts';
import { realClock } from '../src/core/deps.ts';
import { loadFigures } from './crowd.ts';
import { type Figure, misses, reasons, table } from './figures.ts';
import { fleetFigures } from './fleet.ts';
import { historyFigures } from './history.ts';
import { benchFigures, LONG_HISTORY, timed } from './measures.ts';
import { figuresOf, requoted } from './quoted.ts';
import { BESIDE, besideTable } from './spite-before.ts';

const TARGET = fileURLToPath(new URL('../docs/figures.md', import.meta.url));
const QUOTING = [fileURLToPath(new URL('../docs/scaling.md', import.meta.url))];
const MUTATIONS = fileURLToPath(new URL('../scripts/mutations/main.ts', import.meta.url));

/** Which machine and how busy, which program, and when. */
function circumstances(): string {
  const [first] = cpus();
  const gb = Math.round(totalmem() / 2 ** 30);
  const [, , load = NaN] = loadavg();
  return `Machine: ${cpus().length} × ${first?.model.trim() ?? 'unknown'}, ${gb} GB, ${process.platform} ${process.arch}, Node ${process.versions.node}, load
average of the last 15 minutes ${load.toFixed(1)}, the run itself included. ${commit()}Measured on ${inTashkent(realClock.now()).slice(0, 10)}, by Tashkent's time.`;
}

/** Empty where the program is no clone. */
function commit(): string {
  const { stdout, status } = spawnSync('git', ['rev-parse', '--short', 'HEAD'], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    encoding: 'utf8',
  });
  return status === 0 ? `Program at ${stdout.trim()}. ` : '';
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

const PARTS = {
  parts: partsSection,
  load: loadSections,
  hour: hourSection,
  'long-history': longHistorySection,
  processes: processesSection,
  bugs: bugsSection,
} as const;
type Part = keyof typeof PARTS;
/** Without what takes an hour, or some gigabytes of disk: that is for whoever asks for it. */
const USUAL_PARTS: readonly Part[] = ['parts', 'load', 'processes', 'bugs'];

/** Under their headings, and whether all limits were kept. */
interface Measured {
  sections: Record<string, string>;
  figures: readonly Figure[];
}

async function partsSection(): Promise<Measured> {
  const figures = await benchFigures();
  return { figures, sections: { Parts: table(figures) + reasons(figures) } };
}

async function loadSections(minutes: number): Promise<Measured> {
  const { load, spite } = await loadFigures({ minutes, users: 200, orders: 2000 });
  return {
    figures: [...load, ...spite],
    sections: {
      Load: `People tap through top-ups at once; each looks at a screen for 2 to 6 seconds before the next tap. A screen is counted
from the tap to the changed message at the simulated Telegram. When all is over, what was paid is compared with what
was credited.

${table(load)}${reasons(load)}`,
      Spite: `A tenth of those people are spiteful: scripts that send five messages or taps a second each, without waiting for an answer. Some
open orders and cancel them, some press “check payment” over and over, some send buttons of other people's orders and of the
owner's desk, some type whatever comes, some guess at the code of somebody else's card. Besides, Payfer hangs for a fifth of the
run: it takes requests and never answers them. The rows are what the honest nine tenths notice of it. A step that has to wait for
Payfer itself, opening an order there or checking one, is counted apart. From payment to credit is counted from the payment at
the payment system to the entry in the books; a hang is felt as long as requests of that time are waited for, 15 seconds beyond its end.

${table(spite)}${reasons(spite)}

What the honest noticed before the program kept the spiteful apart, and since: ${BESIDE}. This table does not change with
\`npm run figures\`.

${besideTable()}`,
    },
  };
}

async function hourSection(minutes: number): Promise<Measured> {
  const { memory } = await loadFigures({ minutes, users: 60, orders: 2000 });
  return {
    figures: memory,
    sections: {
      'An hour of load': `The same people in a smaller crowd, for long enough that what is kept and never let go would show. Measured by
\`npm run figures -- --only hour --minutes 60\`; without it this section stays as it is.

${table(memory)}${reasons(memory)}`,
    },
  };
}

async function longHistorySection(): Promise<Measured> {
  const figures = await historyFigures(LONG_HISTORY);
  return {
    figures,
    sections: {
      'After ten million payments': `What age costs a credit, in books of some gigabytes. Measured by
\`npm run figures -- --only long-history\`; without it this section stays as it is.

${table(figures)}${reasons(figures)}`,
    },
  };
}

async function processesSection(): Promise<Measured> {
  const figures = await fleetFigures();
  return {
    figures,
    sections: {
      'Several processes': `Three processes on one PostgreSQL behind a proxy that gives webhooks to each in turn; people look at each screen for 2 to 6
seconds. Then processes are killed with SIGKILL at random and started again, and the database is stopped at once and started.

${table(figures)}${reasons(figures)}`,
    },
  };
}

async function bugsSection(): Promise<Measured> {
  const { figure, rows } = await Promise.resolve(plantedBugs());
  return {
    figures: [figure],
    sections: {
      'Planted bugs': `One at a time, in a copy of the program; the tests have to notice.

${table([figure])}${reasons([figure])}

| bug | harm | |
|---|---|---|
${rows.join('\n')}`,
    },
  };
}

const HEAD = `# Figures

Written by \`npm run figures\`: nothing here is typed by hand but what says when it was measured. Each section comes from one run in
which everything was on one machine at once: the program, the simulated servers, and the people. A row without a limit is
there to compare with.
`;

const ORDER = [
  'Parts',
  'After ten million payments',
  'Load',
  'Spite',
  'An hour of load',
  'Several processes',
  'Planted bugs',
];

/** The sections of the document by their headings, in its order. */
function sectionsOf(text: string): Map<string, string> {
  const [, ...sections] = text.split(/^## /m);
  return new Map(
    sections.map((section) => {
      const end = section.indexOf('\n');
      return [section.slice(0, end), section.slice(end).trim()];
    }),
  );
}

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    only: { type: 'string', default: USUAL_PARTS.join() },
  },
});
const parts = values.only.split(',');
const unknown = parts.filter((part) => !Object.hasOwn(PARTS, part));
if (unknown.length > 0) throw new Error(`--only: ${Object.keys(PARTS).join()}`);
let isMissed = false;
for (const part of parts as Part[]) {
  try {
    const measured = await timed(part, () => PARTS[part](Number(values.minutes)));
    isMissed ||= measured.figures.some(misses);
    await write(measured.sections);
  } catch (error) {
    // Its section stays as it was, and the others are measured all the same.
    console.error(`${part} broke off:`, error);
    isMissed = true;
  }
}
process.exitCode = isMissed ? 1 : 0;

/** Into the document at once: whatever happens to the next part, this one is kept. */
async function write(measured: Readonly<Record<string, string>>): Promise<void> {
  const sections = sectionsOf(readFileSync(TARGET, 'utf8'));
  for (const [heading, text] of Object.entries(measured))
    sections.set(heading, `${circumstances()}\n\n${text}`);
  const body = ORDER.flatMap((heading) => {
    const text = sections.get(heading);
    return text === undefined ? [] : [`## ${heading}\n\n${text}\n`];
  });
  const text = [HEAD, ...body].join('\n');
  writeFileSync(TARGET, await format(text, { ...(await resolveConfig(TARGET)), filepath: TARGET }));
  const quoted = figuresOf(readFileSync(TARGET, 'utf8'));
  for (const file of QUOTING) writeFileSync(file, requoted(readFileSync(file, 'utf8'), quoted));
  console.log(`docs/figures.md: ${Object.keys(measured).join(', ')}.`);
}
