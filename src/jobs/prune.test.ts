import { beforeEach, expect, it, onTestFinished } from 'vitest';
import type { Bill } from '../bills/bill.ts';
import type { Database } from '../db/database.ts';
import {
  bills,
  conversationStates,
  meta,
  providerEvents,
  providerRequests,
  reservedSums,
} from '../db/tables.ts';
import { temporaryDatabase } from '../testing/database.ts';
import { pruneOld } from './prune.ts';

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
  await pruneOld(db, NOW);
  const left = await db.read.select().from(providerEvents);
  expect(left.map(({ body }) => body)).toEqual(['c', 'd']);
});

it('a sum is forgotten 60 days after it was free, one that an order has is not', async () => {
  const sum = (amountTiyin: number, freeAt: number | null) => {
    return { cardHash: 'c', amountTiyin, topupId: 'T', userId: 1, freeAt };
  };
  const rows = [sum(1, NOW - 60 * DAY - 1), sum(2, NOW - 60 * DAY), sum(3, null)];
  await db.tx((tx) => tx.insert(reservedSums).values(rows));
  await pruneOld(db, NOW);
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
  await pruneOld({ ...db, tx }, NOW);
  expect(left.at(-1)).toBe(0);
  const steps = left.map((rows, index) => (left[index - 1] ?? 2000) - rows);
  expect(Math.max(...steps)).toBe(500);
});

it('dialogs that nobody came back to go after 30 days', async () => {
  await db.tx((tx) =>
    tx.insert(conversationStates).values([
      { key: 'old', state: {}, updatedAt: OLD },
      { key: 'young', state: {}, updatedAt: YOUNG },
    ]),
  );
  await pruneOld(db, NOW);
  expect(await db.read.select().from(conversationStates)).toMatchObject([{ key: 'young' }]);
});

it('spent requests of payment systems that are not used any more go', async () => {
  await db.tx((tx) =>
    tx.insert(providerRequests).values([
      { provider: 'inpay', priority: 'poll', sentAt: NOW - 2 * DAY - 1 },
      { provider: 'inpay', priority: 'poll', sentAt: NOW - DAY },
    ]),
  );
  await pruneOld(db, NOW);
  expect(await db.read.select().from(providerRequests)).toMatchObject([{ sentAt: NOW - DAY }]);
});

const bill = (id: string, state: Bill['state'], endedAt: number | null) => ({
  id,
  userId: 1,
  confirmationId: id,
  serviceId: 's',
  serviceName: 's',
  account: {},
  amountTiyin: 1,
  source: 'balance' as const,
  state,
  transactionId: id,
  createdAt: OLD,
  endedAt,
  evidence: {
    status: { kind: 'status' as const, status: 'other' as const },
    checks: 3,
    listed: [],
    complete: true,
  },
});

async function evidenceLeft(): Promise<string[]> {
  const rows = await db.read.select().from(bills).orderBy(bills.id);
  return rows.filter((row) => row.evidence !== null).map((row) => row.id);
}

it('what a bill was decided on goes 30 days later; open bills keep it, and no bill goes', async () => {
  const rows = [
    bill('failed-old', 'failed', OLD),
    bill('paid-old', 'paid', OLD),
    bill('paid-young', 'paid', YOUNG),
    bill('stuck', 'stuck', null),
    bill('unknown', 'unknown', null),
  ];
  await db.tx((tx) => tx.insert(bills).values(rows));
  await pruneOld(db, NOW);
  expect(await evidenceLeft()).toEqual(['paid-young', 'stuck', 'unknown']);
  await pruneOld(db, NOW + DAY);
  expect(await evidenceLeft()).toEqual(['stuck', 'unknown']);
  expect(await db.read.select().from(bills)).toHaveLength(rows.length);
});

it('many bills that ended at one moment are all seen', async () => {
  for (let part = 0; part < 3; part += 1) {
    const rows = Array.from({ length: 400 }, (_, index) =>
      bill(`${part}:${index}`, 'paid', OLD - (index % 2)),
    );
    await db.tx((tx) => tx.insert(bills).values(rows));
  }
  await pruneOld(db, NOW);
  expect(await evidenceLeft()).toEqual([]);
});
