import { afterEach, beforeEach, expect, it } from 'vitest';
import { topupHistory, topups } from '../db/tables.ts';
import { endOfHistory, idAt, walkBack } from '../db/walk.ts';
import { type TemporaryDatabase, temporaryDatabase } from '../testing/database.ts';
import type { Topup } from './topup.ts';
import { listTopups, recentTopups, type TopupFilter } from './list.ts';
import { eq } from 'drizzle-orm';

const HOUR = 3_600_000;
const ALL: TopupFilter = { group: 'all', provider: null, userId: null, fromAt: null, toAt: null };

let file: TemporaryDatabase;
beforeEach(() => {
  file = temporaryDatabase();
});
afterEach(() => file.remove());

/** An order every hour, the even ones paid, each with a step between that no list shows. */
async function fill(count: number, gap = 0): Promise<void> {
  const rows = Array.from({ length: count }, (_, n) => {
    const at = (n + 1) * HOUR;
    const state: Topup['state'] = n % 2 === 0 ? 'paid' : 'expired';
    const provider: Topup['provider'] = n % 4 < 2 ? 'payfer' : 'inpay';
    const order = {
      id: `T${n}`,
      userId: 100 + (n % 3),
      provider,
      state,
      baseTiyin: 100 + n,
      amountTiyin: 100 + n,
      orderCode: `CODE${n}`,
      createdAt: at,
      expiresAt: at,
      endedAt: at,
      ...(state === 'paid' ? { paidAt: at, paidTiyin: 100 + n } : {}),
    };
    return { order, state, at };
  });
  await file.db.tx(async (tx) => {
    for (const [n, { order, state, at }] of rows.entries()) {
      await tx.insert(topups).values(order);
      const step = { topupId: order.id, cause: 'system', at } as const;
      const id = 1 + n * (3 + gap);
      await tx.insert(topupHistory).values([
        { ...step, id, toState: 'creating' },
        { ...step, id: id + 1, toState: 'waiting' },
        { ...step, id: id + 2, toState: state },
      ]);
    }
  });
}

async function everything(filter: Partial<TopupFilter>, limit = 4): Promise<string[]> {
  const ids: string[] = [];
  let cursor: number | null = null;
  do {
    const page = await listTopups(file.db.read, { ...ALL, ...filter }, { cursor, limit });
    ids.push(...page.topups.map(({ id }) => id));
    cursor = page.cursor;
  } while (cursor !== null);
  return ids;
}

it('lists every order once, latest first, on whatever pages', async () => {
  await fill(23);
  const all = Array.from({ length: 23 }, (_, n) => `T${22 - n}`);
  for (const limit of [1, 4, 23, 50]) expect(await everything({}, limit)).toEqual(all);
  expect(await everything({ group: 'paid' })).toEqual(
    all.filter((id) => Number(id.slice(1)) % 2 === 0),
  );
  expect(await everything({ group: 'ended', provider: 'inpay' })).toEqual(
    all.filter((id) => Number(id.slice(1)) % 4 === 3),
  );
  expect(await everything({ userId: 101 })).toEqual(
    all.filter((id) => Number(id.slice(1)) % 3 === 1),
  );
});

it('keeps to a time, its end not included', async () => {
  await fill(60);
  const period = { fromAt: 10 * HOUR, toAt: 13 * HOUR };
  expect(await everything(period)).toEqual(['T11', 'T10', 'T9']);
  expect(await everything({ ...period, group: 'paid' })).toEqual(['T10']);
  expect(await everything({ ...period, userId: 100 })).toEqual(['T9']);
  expect(await everything({ fromAt: 100 * HOUR })).toEqual([]);
});

it('finds the place of a time in a history with gaps', async () => {
  await fill(40, 5);
  const { read } = file.db;
  expect(await idAt(read, topupHistory, 0)).toBe(1);
  expect(await idAt(read, topupHistory, 1000 * HOUR)).toBe(await endOfHistory(read, topupHistory));
  for (let n = 0; n < 40; n += 1) {
    const id = await idAt(read, topupHistory, (n + 1) * HOUR);
    const rows = await read.select().from(topupHistory);
    const missed = rows.filter((row) => row.id < id && row.at >= (n + 1) * HOUR);
    expect(missed).toEqual([]);
    expect(rows.filter((row) => row.id >= id).length).toBeLessThanOrEqual((41 - n) * 3);
  }
});

it('reads a bounded part of a long history at once, and goes on where it stopped', async () => {
  const asked: number[] = [];
  const walk = (beforeId: number) =>
    walkBack({ fromId: 1, beforeId, limit: 3 }, ({ fromId, beforeId: before }) => {
      asked.push(before - fromId);
      return Promise.resolve(fromId <= 7 && before > 7 ? [{ stepId: 7 }] : []);
    });
  let place = await walk(1_000_000);
  expect(place.rows).toEqual([]);
  const spent = asked.reduce((sum, each) => sum + each, 0);
  expect(spent).toBe(1_000_000 - (place.beforeId ?? 0));
  expect(spent).toBeLessThanOrEqual(200_000);
  const found: { stepId: number }[] = [];
  while (place.beforeId !== null) {
    place = await walk(place.beforeId);
    found.push(...place.rows);
  }
  expect(found).toEqual([{ stepId: 7 }]);
});

it('finds orders by another sign', async () => {
  await fill(9);
  const found = await recentTopups(file.db.read, eq(topups.amountTiyin, 105), 3);
  expect(found.map(({ id }) => id)).toEqual(['T5']);
});
