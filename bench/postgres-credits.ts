/** One of the processes that credit orders on PostgreSQL. Says when it is ready, begins when told, tells its figures. */
import { openPostgres } from '../src/db/postgres/open.ts';
import { settle } from '../src/topups/settle.ts';
import { AMOUNT, benchDeps } from './world.ts';

/** Sent by the parent: these orders, and every `step`-th from `from` on. */
export interface Share {
  url: string;
  from: number;
  to: number;
  step: number;
  waiting: number;
}

export interface ShareFigures {
  commits: number;
  conflicts: number;
  /** CPU time of this process. */
  cpuMs: number;
}

async function credit({ url, from, to, step, waiting }: Share): Promise<ShareFigures> {
  const db = openPostgres(url, { migrate: false });
  const deps = benchDeps(db);
  // Connects, and has the statements planned.
  await db.tx((tx) => settle(deps, tx, evidence(from)));
  let next = from + step;
  async function worker(): Promise<void> {
    while (next < to) {
      const index = next;
      next += step;
      await db.tx((tx) => settle(deps, tx, evidence(index)));
    }
  }
  process.send?.('ready');
  await new Promise((resolve) => process.once('message', resolve));
  const cpu = process.cpuUsage();
  await Promise.all(Array.from({ length: waiting }, worker));
  const { user, system } = process.cpuUsage(cpu);
  const figures = { ...db.figures, cpuMs: (user + system) / 1000 };
  await db.close();
  return figures;
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
