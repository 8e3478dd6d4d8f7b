/** One of the processes that credit orders on PostgreSQL. Says when it is ready, begins when told, tells its figures. */
import { openPostgres } from '../src/db/postgres/open.ts';
import { settle } from '../src/topups/settle.ts';
import { openBare } from './postgres-bare.ts';
import { steadyUs } from './profile.ts';
import { AMOUNT, benchDeps } from './world.ts';

/** Sent by the parent: these orders, and every `step`-th from `from` on. */
export interface Share {
  url: string;
  from: number;
  to: number;
  step: number;
  waiting: number;
  /** By the driver alone: see postgres-bare.ts. */
  isBare: boolean;
}

export interface ShareFigures {
  commits: number;
  conflicts: number;
  /** CPU time of this process. */
  cpuMs: number;
  /** When it was told to begin: see steadyUs. */
  fromUs: number;
}

async function credit(share: Share): Promise<ShareFigures> {
  const crediting = await (share.isBare ? openBare(share) : openProgram(share));
  process.send?.('ready');
  await new Promise((resolve) => process.once('message', resolve));
  const fromUs = steadyUs();
  const cpu = process.cpuUsage();
  const figures = await crediting.credit();
  const { user, system } = process.cpuUsage(cpu);
  await crediting.close();
  return { ...figures, cpuMs: (user + system) / 1000, fromUs };
}

/** What credits, and how it went. */
export interface Crediting {
  /** Connected, its statements planned. */
  credit(): Promise<{ commits: number; conflicts: number }>;
  close(): Promise<void>;
}

async function openProgram({ url, from, to, step, waiting }: Share): Promise<Crediting> {
  const db = openPostgres(url, { migrate: false });
  const deps = benchDeps(db);
  await db.tx((tx) => settle(deps, tx, evidence(from)));
  let next = from + step;
  async function worker(): Promise<void> {
    while (next < to) {
      const index = next;
      next += step;
      await db.tx((tx) => settle(deps, tx, evidence(index)));
    }
  }
  return {
    async credit() {
      await Promise.all(Array.from({ length: waiting }, worker));
      return db.figures;
    },
    close: () => db.close(),
  };
}

function evidence(index: number) {
  const topupId = `B${index}`;
  return { topupId, provider: 'payfer', paidTiyin: AMOUNT, cause: 'poll', at: 10 } as const;
}

process.once('message', (share) => {
  credit(share as Share).then(
    (figures) => process.send?.(figures, () => process.disconnect()),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
