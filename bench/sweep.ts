/**
 * One sweep over 10,000 waiting orders of inPAY, whose requests are rationed: how long it takes, what it holds in
 * memory, and that it makes no call above its budget. Runs in a process of its own, for its memory.
 */
import { openSqlite } from '../src/db/sqlite.ts';
import { realClock, realDeps } from '../src/core/deps.ts';
import { createProviders } from '../src/app/registry.ts';
import { SecretScrubber } from '../src/core/secrets.ts';
import { createTopups } from '../src/topups/service.ts';
import { benchDeps, benchOrder, insertOrders, inTemporaryFolder } from './world.ts';

export interface SweepResult {
  calls: number;
  memoryMb: number;
  seconds: number;
}

const ORDERS = 10_000;

async function sweep(path: string): Promise<SweepResult> {
  const db = openSqlite(path);
  const now = realClock.now();
  await insertOrders(db, ORDERS, (index) => ({
    ...benchOrder(index),
    userId: index,
    provider: 'inpay',
    state: 'waiting',
    endedAt: null,
    createdAt: now,
    expiresAt: now + 3_600_000,
    dueAt: now,
  }));
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
  const startedAt = performance.now();
  await service.tick();
  const seconds = (performance.now() - startedAt) / 1000;
  await service.stop();
  await db.close();
  const memoryMb = Math.max(seen.most, process.memoryUsage().rss) / 1024 / 1024;
  return { calls: seen.calls, memoryMb, seconds };
}

console.log(JSON.stringify(await inTemporaryFolder(sweep)));
