/** Paying from balances can be paused: by an owner, or because the operator's card does not pay any more. */
import { eq } from 'drizzle-orm';
import type { Queries, Tx } from '../db/database.ts';
import { meta } from '../db/tables.ts';

const KEY = 'bills_paused';

/** Returns false when it was paused before. `why`: a code, or `owner:<id>`. */
export async function pause(tx: Tx, why: string): Promise<boolean> {
  const written = await tx
    .insert(meta)
    .values({ key: KEY, value: why })
    .onConflictDoNothing({ target: meta.key })
    .returning({ key: meta.key });
  return written.length > 0;
}

/** Returns false when it was not paused. */
export async function resume(tx: Tx): Promise<boolean> {
  const ended = await tx.delete(meta).where(eq(meta.key, KEY)).returning({ key: meta.key });
  return ended.length > 0;
}

/** Why it is paused, or null. */
export async function pausedBy(queries: Queries): Promise<string | null> {
  const [row] = await queries.select({ value: meta.value }).from(meta).where(eq(meta.key, KEY));
  return row?.value ?? null;
}
