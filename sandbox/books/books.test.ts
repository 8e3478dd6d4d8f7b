import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { providerRequests, topups } from '../../src/db/tables.ts';
import { openSqlite } from '../../src/db/sqlite.ts';
import { realRandom } from '../../src/core/deps.ts';
import { post } from '../../src/ledger/ledger.ts';
import { som } from '../../src/core/money.ts';
import { createTestClock } from '../../src/testing/clock.ts';
import { type TemporaryFile, temporaryFile } from '../../src/testing/sqlite-file.ts';
import { AT, topupEntry } from '../../src/testing/ledger.ts';
import { startSimulatedPaylov } from '../paylov/simulated-paylov.ts';
import type { SimulatedWorld } from '../providers/types.ts';
import { startSimulatedProviders } from '../providers/world.ts';
import { type Books, openBooks } from './books.ts';
import { lastTimeIn } from './last-time.ts';

interface Stage {
  file: TemporaryFile;
  books: Books;
  world: SimulatedWorld;
}

async function startStage(path?: string): Promise<Stage> {
  const file = temporaryFile();
  const clock = createTestClock(AT);
  const deps = { clock, random: realRandom, fetch };
  const providers = await startSimulatedProviders(deps);
  const paylov = await startSimulatedPaylov(deps);
  const books = openBooks({
    path: path ?? file.path,
    clock,
    providers,
    paylov,
    inpayRequestsPerHour: 100,
  });
  onTestFinished(async () => {
    books.close();
    await providers.close();
    await paylov.close();
    await file.remove();
  });
  return { file, books, world: providers };
}

async function topUp({ file }: Stage, key: string): Promise<void> {
  await file.db.tx(async (tx) => {
    await post(tx, topupEntry(key, 7, som(50_001) + 50));
  });
}

const ORDER = {
  id: 'K7Q2M9XA',
  userId: 7,
  provider: 'payfer',
  providerOrder: 'ORDER1',
  orderCode: 'ORDER1',
  state: 'waiting',
  baseTiyin: som(50_000),
  amountTiyin: som(50_001) + 50,
  createdAt: AT,
  expiresAt: AT + 600_000,
} as const;

test('shows entries as they were posted, with balances whose sum is zero', async () => {
  const stage = await startStage();
  await topUp(stage, 'topup:A');
  const { entries, accounts } = stage.books.view();
  expect(entries).toMatchObject([
    {
      key: 'topup:A',
      kind: 'topup',
      actor: 'system',
      at: AT,
      lines: [
        { account: 'provider:inpay', amountTiyin: -5_000_150, amount: '−50\u00a0001,50' },
        { account: 'user:7:available', amountTiyin: 5_000_150, amount: '50\u00a0001,50' },
      ],
    },
  ]);
  expect(accounts.map(({ balanceTiyin }) => balanceTiyin)).toEqual([-5_000_150, 5_000_150]);
});

test('tells what is new or changed, and nothing twice', async () => {
  const stage = await startStage();
  const { books, file } = stage;
  expect(books.changes()).toMatchObject({ entries: [], accounts: [] });
  expect(books.changes()).toBeNull();
  await topUp(stage, 'topup:A');
  await file.db.tx(async (tx) => {
    await tx.insert(topups).values(ORDER);
  });
  expect(books.changes()).toMatchObject({
    entries: [{ key: 'topup:A' }],
    orders: [{ id: 'K7Q2M9XA', state: 'waiting', sum: '50\u00a0001,50', paidSum: null }],
  });
  await file.db.tx(async (tx) => {
    await tx.update(topups).set({ state: 'expired', endedAt: AT });
  });
  const change = books.changes();
  expect(Object.keys(change ?? {})).toEqual(['orders']);
  expect(change?.orders).toMatchObject([{ id: 'K7Q2M9XA', state: 'expired' }]);
  expect(books.changes()).toBeNull();
});

test('keeps the latest and forgets the rest', async () => {
  const stage = await startStage();
  for (let i = 0; i < 120; i += 1) await topUp(stage, `topup:${i}`);
  const { entries } = stage.books.view();
  expect(entries).toHaveLength(100);
  expect(entries.at(-1)).toMatchObject({ key: 'topup:119', lines: [{}, {}] });
});

test("knows when the program's order is over, and what the budget has left", async () => {
  const { file, books } = await startStage();
  await file.db.tx(async (tx) => {
    await tx.insert(topups).values(ORDER);
    const old = { provider: 'inpay', priority: 'poll', sentAt: AT - 3_600_001 } as const;
    await tx.insert(providerRequests).values([old, { ...old, sentAt: AT - 1000 }]);
  });
  expect(books.deadlineOf('payfer', 'ORDER1')).toBe(ORDER.expiresAt);
  expect(books.deadlineOf('inpay', 'ORDER1')).toBeNull();
  expect(books.view().budgets).toEqual([
    { id: 'inpay', used: 1, limit: 100, periodMs: 3_600_000, pollStopsAt: 60 },
  ]);
});

test('a request is told of when it comes and when it is answered', async () => {
  const { books, world } = await startStage();
  books.changes();
  const payfer = world.provider('payfer');
  payfer.fault({ kind: 'error', code: 'maintenance', times: 1 });
  await fetch(`${payfer.url}/api?method=check&shop_id=x&shop_key=secret`);
  const { requests = [] } = books.changes() ?? {};
  expect(requests).toMatchObject([{ to: 'payfer', call: 'check', status: 503, durationMs: 0 }]);
  expect(JSON.stringify(requests)).not.toContain('secret');
  await fetch(`${world.provider('inpay').url}/checkout/x`);
  expect(books.changes()).toBeNull();
});

test('waits for a file that is not there yet', async () => {
  const other = temporaryFile();
  const path = join(other.path, '..', 'later.db');
  onTestFinished(() => other.remove());
  const { books } = await startStage(path);
  expect(books.view()).toMatchObject({ entries: [], queues: { inbox: 0, outbox: 0 } });
  const db = openSqlite(path);
  await db.tx(async (tx) => {
    await post(tx, topupEntry('topup:B', 7, 100));
  });
  expect(books.view().entries).toMatchObject([{ key: 'topup:B' }]);
  await db.close();
});

test('the last hour in a file, none in an empty one, none in no file', async () => {
  const { file } = await startStage();
  expect(lastTimeIn(file.path)).toBeNull();
  await file.db.tx(async (tx) => {
    await post(tx, topupEntry('topup:C', 7, 100));
  });
  await file.reopen();
  expect(lastTimeIn(file.path)).toBe(AT);
  expect(lastTimeIn(`${file.path}.none`)).toBeNull();
});
