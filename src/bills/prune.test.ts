import { beforeEach, expect, it, onTestFinished } from 'vitest';

import type { Database } from '../db/database.ts';
import { bills } from '../db/tables.ts';
import { temporaryDatabase } from '../testing/database.ts';
import type { Bill } from './bill.ts';
import { pruneBills } from './prune.ts';

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
  await pruneBills(db, NOW);
  expect(await evidenceLeft()).toEqual(['paid-young', 'stuck', 'unknown']);
  await pruneBills(db, NOW + DAY);
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
  await pruneBills(db, NOW);
  expect(await evidenceLeft()).toEqual([]);
});
