import { afterEach, expect, it } from 'vitest';
import { realRandom } from '../core/deps.ts';
import { meta } from './tables.ts';
import { temporaryDatabase, type TemporaryDatabase } from '../testing/database.ts';
import { createCardHash, openCardHash } from './card-hash.ts';

const CARD = '8600495473316478';

let file: TemporaryDatabase;
afterEach(async () => {
  await file.remove();
});

it('is the same for one card, however its number is grouped, and another for any other card', () => {
  file = temporaryDatabase();
  const hashCard = createCardHash(new Uint8Array(32));
  expect(hashCard('8600 4954 7331 6478')).toBe(hashCard(CARD));
  expect(hashCard('8600-4954-7331-6478')).toBe(hashCard(CARD));
  expect(hashCard('9860495473316478')).not.toBe(hashCard(CARD));
  expect(createCardHash(new Uint8Array(32).fill(1))(CARD)).not.toBe(hashCard(CARD));
});

it('has a key that the first to start makes, for all processes and for good', async () => {
  file = temporaryDatabase();
  const both = await Promise.all([
    openCardHash(file.db, realRandom),
    openCardHash(file.db, realRandom),
  ]);
  const later = await openCardHash(await file.reopen(), realRandom);
  expect(new Set([...both, later].map((hashCard) => hashCard(CARD))).size).toBe(1);
  const rows = await file.db.read.select().from(meta);
  const key = rows.find((row) => row.key === 'card_key')?.value ?? '';
  expect(Buffer.from(key, 'base64')).toHaveLength(32);
});

it('differs from database to database', async () => {
  file = temporaryDatabase();
  const other = temporaryDatabase();
  const hashes = [
    (await openCardHash(file.db, realRandom))(CARD),
    (await openCardHash(other.db, realRandom))(CARD),
  ];
  await other.remove();
  expect(new Set(hashes).size).toBe(2);
});
