/**
 * What tells cards apart in tables: a keyed hash of the whole number, so that one card has one name whichever system it is
 * linked at, and no table holds a number. Without a key sixteen digits are found by trying them all.
 */
import { createHmac } from 'node:crypto';
import type { Database } from './database.ts';
import { addMeta, readMeta } from './meta.ts';
import type { Random } from '../core/deps.ts';

/** Hashes a card's number; spaces and groups make no difference. */
export type HashCard = (number: string) => string;

const KEY_NAME = 'card_key';
const KEY_BYTES = 32;

export function createCardHash(key: Uint8Array): HashCard {
  return (number) => createHmac('sha256', key).update(number.replace(/\D/g, '')).digest('hex');
}

/**
 * Opens the hash with the database's own key, which the first process that needs it makes. The key never changes: what
 * is reserved is found by it.
 */
export async function openCardHash(db: Database, random: Random): Promise<HashCard> {
  const made = Buffer.from(random.bytes(KEY_BYTES)).toString('base64');
  const stored = await db.tx(async (tx) => {
    await addMeta(tx, KEY_NAME, made);
    return await readMeta(tx, KEY_NAME);
  });
  if (stored === null) throw new Error(`the ${KEY_NAME} was written and is not there`);
  return createCardHash(Buffer.from(stored, 'base64'));
}
