/** Facts about the whole database, each by its key: the table `meta`. */
import { eq } from 'drizzle-orm';
import type { Queries, Tx } from './database.ts';
import { meta } from './tables.ts';

export async function readMeta(queries: Queries, key: string): Promise<string | null> {
  const [row] = await queries.select().from(meta).where(eq(meta.key, key));
  return row?.value ?? null;
}

export async function writeMeta(tx: Tx, key: string, value: string): Promise<void> {
  await tx
    .insert(meta)
    .values({ key, value })
    .onConflictDoUpdate({ target: meta.key, set: { value } });
}

/** Writes a fact down for the first time. False: it is there, and stays as it is. */
export async function addMeta(tx: Tx, key: string, value: string): Promise<boolean> {
  const added = await tx.insert(meta).values({ key, value }).onConflictDoNothing().returning();
  return added.length > 0;
}

/** Removes a fact. False: there was none. */
export async function removeMeta(tx: Tx, key: string): Promise<boolean> {
  return (await tx.delete(meta).where(eq(meta.key, key)).returning()).length > 0;
}
