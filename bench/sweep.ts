/**
 * Sweeps over waiting orders that are all due, of inPAY, whose requests are rationed: what they take of the processor, what
 * they hold in memory, and that they make no call above the budget. Runs in a process of its own, for its memory.
 */
import SqliteClient from 'better-sqlite3';
import { openSqlite } from '../src/db/sqlite.ts';
import { realClock, realDeps } from '../src/core/deps.ts';
import { createProviders } from '../src/app/registry.ts';
import { SecretScrubber } from '../src/core/secrets.ts';
import { createTopups } from '../src/topups/service.ts';
import { AMOUNT, benchDeps, inTemporaryFolder } from './world.ts';

export interface SweepResult {
  calls: number;
  memoryMb: number;
  /** Of the processor, for one round. */
  processorMs: number;
}

/** How many orders wait. */
const ORDERS = Number(process.argv[2]);

async function sweep(path: string): Promise<SweepResult> {
  const db = openSqlite(path);
  const now = realClock.now();
  insertWaiting(path, now);
  const seen = { calls: 0, most: 0 };
  const deps = benchDeps(db);
  const providers = createProviders(
    {
      inpay: {
        baseUrl: 'http://127.0.0.1:1',
        merchantId: '1',
        merchantToken: 'bench-merchant-token',
        requestsPerHour: 100,
      },
      payfer: null,
      rasmiypay: null,
      autopaycard: null,
    },
    {
      db,
      log: deps.log,
      secrets: new SecretScrubber(),
      deps: {
        ...realDeps(),
        fetch: async (input) => {
          seen.calls += 1;
          seen.most = Math.max(seen.most, process.memoryUsage().rss);
          const address = input instanceof Request ? input.url : String(input);
          const orderId = new URL(address).searchParams.get('order_id');
          const body = { success: true, order_id: orderId, status: 'pending', amount: 50_000 };
          return Response.json(body);
        },
      },
    },
  );
  const service = createTopups({ ...deps, providers });
  const before = process.cpuUsage();
  await service.tick();
  const { user, system } = process.cpuUsage(before);
  await service.stop();
  await db.close();
  const memoryMb = Math.max(seen.most, process.memoryUsage().rss) / 1024 / 1024;
  return { calls: seen.calls, memoryMb, processorMs: (user + system) / 1000 };
}

function insertWaiting(path: string, now: number): void {
  const client = new SqliteClient(path);
  client.exec(`
    with recursive n(i) as (select 0 union all select i + 1 from n where i + 1 < ${ORDERS})
    insert into topups (id, user_id, provider, state, base_tiyin, amount_tiyin, order_code, provider_order,
      created_at, expires_at, due_at)
    select 'B' || i, i, 'inpay', 'waiting', ${AMOUNT}, ${AMOUNT}, 'CODE' || i, 'P' || i,
      ${now}, ${now + 3_600_000}, ${now} from n`);
  client.close();
}

console.log(JSON.stringify(await inTemporaryFolder(sweep)));
