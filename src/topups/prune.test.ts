import { beforeEach, expect, it, onTestFinished } from 'vitest';
import type { Database } from '../db/database.ts';
import { meta, providerEvents, providerRequests, reservedSums } from '../db/tables.ts';
import { temporaryDatabase } from '../testing/database.ts';
import { pruneTopups } from './prune.ts';

const DAY = 24 * 60 * 60_000;
const NOW = 1_700_000_000_000;
const OLD = NOW - 30 * DAY - 1;
const YOUNG = NOW - 30 * DAY;

let db: Database;

beforeEach(() => {
  const temporary = temporaryDatabase();
  db = temporary.db;
  onTestFinished(() => temporary.remove());
});

const event = (name: string, receivedAt: number, source: 'webhook' | 'answer' = 'webhook') => ({
  provider: 'payfer' as const,
  topupId: 'T',
  body: name,
  bodyHash: name,
  source,
  receivedAt,
});

it('raw words of payment systems go after 30 days, sent or asked for', async () => {
  await db.tx((tx) =>
    tx
      .insert(providerEvents)
      .values([
        event('a', OLD),
        event('b', OLD, 'answer'),
        event('c', YOUNG),
        event('d', YOUNG, 'answer'),
      ]),
  );
  await pruneTopups(db, NOW);
  const left = await db.read.select().from(providerEvents);
  expect(left.map(({ body }) => body)).toEqual(['c', 'd']);
});

it('a sum is forgotten 60 days after it was free, one that an order has is not', async () => {
  const sum = (amountTiyin: number, freeAt: number | null) => {
    return { cardHash: 'c', amountTiyin, topupId: 'T', userId: 1, freeAt };
  };
  const rows = [sum(1, NOW - 60 * DAY - 1), sum(2, NOW - 60 * DAY), sum(3, null)];
  await db.tx((tx) => tx.insert(reservedSums).values(rows));
  await pruneTopups(db, NOW);
  const left = await db.read.select().from(reservedSums);
  expect(new Set(left.map(({ amountTiyin }) => amountTiyin))).toEqual(new Set([2, 3]));
});

it('a backlog goes in transactions of 500 rows, between which others write', async () => {
  for (let part = 0; part < 5; part += 1) {
    const rows = Array.from({ length: 400 }, (_, index) => event(`${part}:${index}`, OLD));
    await db.tx((tx) => tx.insert(providerEvents).values(rows));
  }
  const left: number[] = [];
  // Whatever it writes, somebody else writes next.
  const tx: Database['tx'] = async (work) => {
    const result = await db.tx(work);
    await db.tx((other) => other.insert(meta).values({ key: `other ${left.length}`, value: '' }));
    left.push((await db.read.select().from(providerEvents)).length);
    return result;
  };
  await pruneTopups({ ...db, tx }, NOW);
  expect(left.at(-1)).toBe(0);
  const steps = left.map((rows, index) => (left[index - 1] ?? 2000) - rows);
  expect(Math.max(...steps)).toBe(500);
});

it('spent requests of payment systems that are not used any more go', async () => {
  await db.tx((tx) =>
    tx.insert(providerRequests).values([
      { provider: 'inpay', priority: 'poll', sentAt: NOW - 2 * DAY - 1 },
      { provider: 'inpay', priority: 'poll', sentAt: NOW - DAY },
    ]),
  );
  await pruneTopups(db, NOW);
  expect(await db.read.select().from(providerRequests)).toMatchObject([{ sentAt: NOW - DAY }]);
});
