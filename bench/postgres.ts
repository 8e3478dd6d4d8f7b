/**
 * Durable credits through `settle` on PostgreSQL, by one, two and three processes at once, on a server of its own that
 * keeps what it commits. Everything shares the machine: the server, the processes, this one.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { openPostgres } from '../src/db/postgres/open.ts';
import { auditBooks } from '../src/books/audit.ts';
import { startPostgres } from '../src/testing/postgres-cluster.ts';
import { type Figure, median } from './figures.ts';
import { profileOfOther, shares } from './profile.ts';
import type { Share, ShareFigures } from './postgres-credits.ts';
import { benchOrder, insertOrders } from './world.ts';

const ORDERS = 6000;
const WAITING = 200;
const ROUNDS = 3;
const PROCESSES = [1, 2, 3] as const;
/** As in compose.scale.yaml. */
const SERVER = [
  'max_pred_locks_per_transaction=1024',
  'max_pred_locks_per_relation=512',
  'max_pred_locks_per_page=32',
  'autovacuum=on',
];
const SCRIPT = fileURLToPath(new URL('postgres-credits.ts', import.meta.url));

interface Round {
  perSecond: number;
  /** Of a hundred groups, how many had to run again. */
  conflictPercent: number;
  /** Of a hundred milliseconds, how many the processes were computing, each counted. */
  busyPercent: number;
}

const OURS = 'PostgreSQL, 2 processes';

export async function postgresFigures(): Promise<Figure[]> {
  const cluster = await startPostgres({ durable: true, settings: SERVER });
  try {
    const rounds = PROCESSES.map((): Round[] => []);
    const bare: Round[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [index, count] of PROCESSES.entries()) {
        const url = await cluster.createDatabase(`credits_${round}_${count}`);
        rounds[index]?.push(await creditBy({ count, url }));
      }
      const url = await cluster.createDatabase(`bare_${round}`);
      bare.push(await creditBy({ count: 2, url, isBare: true }));
    }
    const url = await cluster.createDatabase('profiled');
    return [
      ...PROCESSES.flatMap((count, index) => figuresOf(count, rounds[index] ?? [])),
      ...figuresOfBare(rounds[PROCESSES.indexOf(2)] ?? [], bare),
      ...(await profileOfOneOfTwo(url)),
    ];
  } finally {
    await cluster.remove();
  }
}

function figuresOf(count: number, rounds: readonly Round[]): Figure[] {
  const name = count === 1 ? 'one process' : `${count} processes`;
  const best = { limit: 2000, is: 'at least' } as const;
  return [
    {
      name: `PostgreSQL, ${name}: durable credits/s`,
      value: median(rounds.map(({ perSecond }) => perSecond)),
      // What a machine of two cores is to do, however many processes share it.
      ...(count === 2 ? best : {}),
    },
    {
      name: `PostgreSQL, ${name}: groups that had to run again, %`,
      value: median(rounds.map(({ conflictPercent }) => conflictPercent)),
      digits: 1,
    },
    {
      name: `PostgreSQL, ${name}: processors busy with the program, % of one`,
      value: median(rounds.map(({ busyPercent }) => busyPercent)),
    },
  ];
}

function figuresOfBare(ours: readonly Round[], bare: readonly Round[]): Figure[] {
  const ratios = ours.map(({ perSecond }, round) => perSecond / (bare[round]?.perSecond ?? NaN));
  return [
    {
      name: 'bare driver of PostgreSQL, same rows and groups, 2 processes: credits/s',
      value: median(bare.map(({ perSecond }) => perSecond)),
    },
    {
      name: 'bare driver of PostgreSQL, 2 processes: processors busy with them, % of one',
      value: median(bare.map(({ busyPercent }) => busyPercent)),
    },
    { name: `${OURS}: durable credits, ratio to bare`, value: median(ratios), digits: 2 },
  ];
}

/** A profile of one of two processes, from the moment when it begins to credit. */
async function profileOfOneOfTwo(url: string): Promise<Figure[]> {
  let fromUs = 0;
  const profile = await profileOfOther(async (options) => {
    const round = await creditBy({ count: 2, url, optionsOfFirst: options });
    fromUs = round.fromUs;
  });
  return shares(profile, { of: OURS, fromUs });
}

interface Crediting {
  count: number;
  url: string;
  isBare?: boolean;
  /** Of Node. */
  optionsOfFirst?: string;
}

async function creditBy({
  count,
  url,
  isBare = false,
  optionsOfFirst,
}: Crediting): Promise<Round & { fromUs: number }> {
  const db = openPostgres(url);
  await insertOrders(db, ORDERS, (index) => ({ ...benchOrder(index), dueAt: 3 }));
  const children = Array.from({ length: count }, (_, index) =>
    fork(SCRIPT, { execArgv: index === 0 ? (optionsOfFirst?.split(' ') ?? []) : [] }),
  );
  await Promise.all(
    children.map(async (child, from) => {
      const share: Share = { url, from, to: ORDERS, step: count, waiting: WAITING / count, isBare };
      child.send(share);
      await answerOf(child);
    }),
  );
  const startedAt = performance.now();
  const answers = children.map((child) => answerOf(child));
  for (const child of children) child.send('go');
  const figures = (await Promise.all(answers)) as ShareFigures[];
  const seconds = (performance.now() - startedAt) / 1000;
  // What an ending process still writes, its profile above all.
  await Promise.all(children.map(ended));
  // The bare rows are no books: they say nothing of how they were come by.
  const { findings } = isBare ? { findings: [] } : await auditBooks(db);
  if (findings.length > 0) throw new Error(`the books do not add up: ${findings.join('; ')}`);
  await db.close();
  const sum = (of: (figures: ShareFigures) => number): number =>
    figures.reduce((all, each) => all + of(each), 0);
  return {
    perSecond: (ORDERS - count) / seconds,
    conflictPercent: (100 * sum(({ conflicts }) => conflicts)) / sum(({ commits }) => commits),
    busyPercent: sum(({ cpuMs }) => cpuMs) / (10 * seconds),
    fromUs: figures[0]?.fromUs ?? 0,
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null) await once(child, 'exit');
}

async function answerOf(child: ChildProcess): Promise<unknown> {
  const gone = once(child, 'exit').then(() => {
    throw new Error('a process of the benchmark ended');
  });
  return await Promise.race([once(child, 'message').then(([message]) => message as unknown), gone]);
}
