/** What a database of the version before holds: sums by system and last four digits, orders without a hash. */
import { afterEach, expect, it } from 'vitest';
import { meta, reservedSums, takenSums, topups as table } from '../db/tables.ts';
import { som } from '../core/money.ts';
import { adoptOldSums } from './adopt-sums.ts';
import { scriptedProvider, stage, type Stage } from './stage.fixture.ts';

const CARD = { key: '6478', number: '8600495473316478', holder: 'EXAMPLE' };
const HOUR = 3_600_000;

let world: Stage;
afterEach(async () => {
  await world.close();
});

function start(): void {
  const rasmiypay = scriptedProvider('rasmiypay', { uniqueSums: { cards: [CARD] } });
  const autopaycard = scriptedProvider('autopaycard', { uniqueSums: { cards: [CARD] } });
  world = stage([rasmiypay, autopaycard, scriptedProvider('payfer')], { uniqueTailMax: 2 });
}

interface Old {
  id: string;
  provider?: string;
  state?: string;
  sum?: number;
  cardNumber?: string | null;
  endedAt?: number | null;
  createdAt?: number;
}

/** An order as the version before wrote it. */
async function old(order: Old): Promise<void> {
  const at = world.clock.now();
  const { id, sum = 50_001, createdAt = at - HOUR, state = 'waiting', ...rest } = order;
  await world.file.db.tx(async (tx) => {
    await tx.insert(table).values({
      id,
      userId: Number.parseInt(id, 36),
      provider: 'rasmiypay',
      state,
      baseTiyin: som(50_000),
      amountTiyin: som(sum),
      orderCode: `code-${id}`,
      cardNumber: CARD.number,
      createdAt,
      expiresAt: createdAt + HOUR,
      ...rest,
    });
  });
}

async function taken(id: string, provider: string, freeAt: number | null): Promise<void> {
  const row = { provider, cardKey: CARD.key, amountTiyin: som(50_001), topupId: id, freeAt };
  await world.file.db.tx(async (tx) => {
    await tx.insert(takenSums).values(row);
  });
}

async function reserved() {
  const rows = await world.file.db.read.select().from(reservedSums);
  return rows.toSorted((a, b) => a.amountTiyin - b.amountTiyin);
}

async function hashes(): Promise<Record<string, string | null>> {
  const rows = await world.file.db.read.select().from(table);
  return Object.fromEntries(rows.map(({ id, cardHash }) => [id, cardHash]));
}

it('moves the sums to their cards, of one card at two systems the one that rests longer', async () => {
  start();
  const now = world.clock.now();
  await old({ id: 'A', state: 'expired', endedAt: now });
  await old({ id: 'B', provider: 'autopaycard' });
  await taken('A', 'rasmiypay', now + HOUR);
  await taken('B', 'autopaycard', null);
  await adoptOldSums(world.deps);
  const cardHash = world.deps.hashCard(CARD.number);
  expect(await reserved()).toEqual([
    { cardHash, amountTiyin: som(50_001), topupId: 'B', userId: 11, freeAt: null },
  ]);
  expect(await hashes()).toEqual({ A: cardHash, B: cardHash });
  expect(await world.file.db.read.select().from(takenSums)).toEqual([]);
  // What was moved counts: of two sums one is left.
  const open = (userId: number) =>
    world.topups.create({ userId, provider: 'rasmiypay', baseTiyin: som(50_000) });
  expect(await open(1)).toMatchObject({ kind: 'created', topup: { amountTiyin: som(50_002) } });
  expect(await open(2)).toEqual({ kind: 'busy' });
});

it('finds the card of an order that was never opened by its last digits in the settings', async () => {
  start();
  await old({ id: 'A', state: 'creating', cardNumber: null });
  await old({ id: 'B', provider: 'payfer', state: 'creating', cardNumber: null, sum: 60_000 });
  await taken('A', 'rasmiypay', null);
  await taken('B', 'payfer', null);
  await adoptOldSums(world.deps);
  // Payfer has no card here: what is not in the settings is not given out either.
  expect((await reserved()).map(({ topupId }) => topupId)).toEqual(['A']);
  expect(await world.file.db.read.select().from(takenSums)).toEqual([]);
});

it('reserves the sums that Payfer picked, and remembers those of orders that are still watched', async () => {
  start();
  const now = world.clock.now();
  await old({ id: 'A', provider: 'payfer', sum: 50_001 });
  await old({ id: 'B', provider: 'payfer', state: 'paid', sum: 50_002, endedAt: now - 30 * HOUR });
  const before = { createdAt: now - 300 * HOUR, endedAt: now - 299 * HOUR };
  await old({ id: 'C', provider: 'payfer', state: 'expired', sum: 50_003, ...before });
  await adoptOldSums(world.deps);
  const cardHash = world.deps.hashCard(CARD.number);
  expect(await hashes()).toEqual({ A: cardHash, B: cardHash, C: null });
  expect(await reserved()).toMatchObject([
    { topupId: 'A', freeAt: null },
    { topupId: 'B', freeAt: now - 30 * HOUR + 10 * 60_000 + HOUR },
  ]);
});

it('is done once, and goes on where a crash stopped it', async () => {
  start();
  for (let i = 0; i < 450; i += 1) {
    await old({ id: `A${i}`, provider: `system-${i}`, sum: 50_000 + i });
  }
  await adoptOldSums(world.deps);
  expect(Object.values(await hashes())).not.toContain(null);
  expect(await reserved()).toHaveLength(450);
  const marks = await world.file.db.read.select().from(meta);
  expect(marks.map(({ key }) => key)).toContain('cards_hashed');
  await old({ id: 'LATER', provider: 'payfer', sum: 70_000 });
  await adoptOldSums(world.deps);
  expect((await hashes())['LATER']).toBeNull();
});
