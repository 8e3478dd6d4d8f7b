/** The rows of processes and of their exclusive roles. */
import { and, eq, gt, isNotNull, isNull, lt, notInArray, or } from 'drizzle-orm';
import { AHEAD_MS, type BringBack } from '../core/clock/ahead.ts';
import type { Queries, Tx } from '../db/database.ts';
import { duties, processes } from '../db/tables.ts';

export interface Seen {
  id: string;
  beat: number;
}

export async function allProcesses(queries: Queries): Promise<Seen[]> {
  return await queries.select().from(processes);
}

export async function writeBeat(tx: Tx, { id, beat }: Seen): Promise<void> {
  await tx
    .insert(processes)
    .values({ id, beat })
    .onConflictDoUpdate({ target: processes.id, set: { beat } });
}

export async function removeProcess(tx: Tx, id: string): Promise<void> {
  await tx.delete(processes).where(eq(processes.id, id));
}

export interface HeldRole {
  name: string;
  holder: string;
  slot: number;
}

export async function heldRoles(queries: Queries): Promise<HeldRole[]> {
  const rows = await queries.select().from(duties).where(isNotNull(duties.holder));
  return rows.map(({ name, holder, slot }) => ({ name, holder: holder ?? '', slot }));
}

/**
 * Takes a role that nobody of `living` has. With a `slot`, only if the role was not done for it or a later one.
 */
export async function takeRole(
  tx: Tx,
  { name, id, living, slot }: { name: string; id: string; living: string[]; slot?: number },
): Promise<boolean> {
  await tx.insert(duties).values({ name }).onConflictDoNothing({ target: duties.name });
  const isFree = or(isNull(duties.holder), notInArray(duties.holder, living));
  const isNew = slot === undefined ? undefined : lt(duties.slot, slot);
  const taken = await tx
    .update(duties)
    .set({ holder: id, ...(slot === undefined ? {} : { slot }) })
    .where(and(eq(duties.name, name), isFree, isNew))
    .returning({ name: duties.name });
  return taken.length > 0;
}

export async function freeRole(
  tx: Tx,
  { name, id, slot }: { name: string; id: string; slot?: number },
): Promise<void> {
  const same = slot === undefined ? undefined : eq(duties.slot, slot);
  await tx
    .update(duties)
    .set({ holder: null })
    .where(and(eq(duties.name, name), eq(duties.holder, id), same));
}

export async function holdsRole(
  queries: Queries,
  { name, id }: { name: string; id: string },
): Promise<boolean> {
  const [row] = await queries
    .select({ name: duties.name })
    .from(duties)
    .where(and(eq(duties.name, name), eq(duties.holder, id)));
  return row !== undefined;
}

/** Removes a process that has not moved since `beat`. False: it lives, or somebody else was faster. */
export async function takeOver(tx: Tx, { id, beat }: Seen): Promise<boolean> {
  const gone = await tx
    .delete(processes)
    .where(and(eq(processes.id, id), eq(processes.beat, beat)))
    .returning({ id: processes.id });
  return gone.length > 0;
}

/** The last time a job was done is now at the latest, also where it was written while the clock was ahead. */
export async function bringRolesBack(tx: Tx, { now }: BringBack): Promise<void> {
  await tx
    .update(duties)
    .set({ slot: now })
    .where(gt(duties.slot, now + AHEAD_MS));
}
