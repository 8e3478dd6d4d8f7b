/**
 * Keys of the database's own, with which the program signs what it gives out and must know again: receipts, links. A copy
 * and a backup bring them along.
 */
import { createHmac } from 'node:crypto';
import type { Random } from '../core/deps.ts';
import type { Database } from './database.ts';
import { addMeta, readMeta } from './meta.ts';

const KEY_BYTES = 32;
/** 128 bits. */
const SIGNATURE_BYTES = 16;

/** How a signature is spelled. */
export const SIGNATURE = String.raw`[\w-]{22}`;

/** The signature of a text, always the same. Reads the key at the first use. */
export type Sign = (text: string) => Promise<string>;

/**
 * Signs with the key of this name, made by whoever needs it first. It never changes: what was given out rests on it. Say in
 * the text what it is for, so that a signature means nothing elsewhere.
 */
export function signerOf(db: Database, random: Random, name: string): Sign {
  let opened: Promise<Uint8Array> | undefined;
  return async (text) => {
    opened ??= openKey(db, random, name);
    try {
      return signature(await opened, text);
    } catch (error) {
      opened = undefined;
      throw error;
    }
  };
}

function signature(key: Uint8Array, text: string): string {
  const whole = createHmac('sha256', key).update(text).digest();
  return whole.subarray(0, SIGNATURE_BYTES).toString('base64url');
}

async function openKey(db: Database, random: Random, name: string): Promise<Uint8Array> {
  const known = await readMeta(db.read, name);
  if (known !== null) return Buffer.from(known, 'base64');
  const made = Buffer.from(random.bytes(KEY_BYTES)).toString('base64');
  const stored = await db.tx(async (tx) => {
    await addMeta(tx, name, made);
    return await readMeta(tx, name);
  });
  if (stored === null) throw new Error(`the ${name} was written and is not there`);
  return Buffer.from(stored, 'base64');
}
