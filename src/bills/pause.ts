/** Paying from balances can be paused: by an owner, or because the operator's card does not pay any more. */
import type { Queries, Tx } from '../db/database.ts';
import { addMeta, readMeta, removeMeta } from '../db/meta.ts';

const KEY = 'bills_paused';

/** Pauses paying from balances. False when it was paused before. `why`: a code, or `owner:<id>`. */
export async function pause(tx: Tx, why: string): Promise<boolean> {
  return await addMeta(tx, KEY, why);
}

/** Resumes paying from balances. False when it was not paused. */
export async function resume(tx: Tx): Promise<boolean> {
  return await removeMeta(tx, KEY);
}

/** Why it is paused, or null. */
export async function pausedBy(queries: Queries): Promise<string | null> {
  return await readMeta(queries, KEY);
}
