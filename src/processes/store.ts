/** The rows of processes and duties. */
import { and, eq, inArray, isNotNull, isNull, lt, notInArray, or, sql } from 'drizzle-orm';
import type { Queries, Tx } from '../db/database.ts';
import { bills, duties, inbox, outbox, processes, topups } from '../db/tables.ts';

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

export async function heldDuties(queries: Queries): Promise<HeldRole[]> {
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

const free = { leaseUntil: 0 };

/** What it was doing for orders and bills can be ended now. */
export async function freeMoneyWork(tx: Tx, id: string): Promise<void> {
  // One statement for each partial index: without them whole tables would be read.
  const isLive = sql`${topups.state} in ('creating', 'waiting', 'review')`;
  await tx
    .update(topups)
    .set(free)
    .where(and(isLive, eq(topups.holder, id)));
  await tx
    .update(topups)
    .set(free)
    .where(and(isNotNull(topups.dueAt), eq(topups.holder, id)));
  const isOpen = sql`${bills.state} in ('held', 'created', 'drafting', 'paying')`;
  await tx
    .update(bills)
    .set(free)
    .where(and(isOpen, eq(bills.holder, id)));
  const isAsked = and(isNotNull(bills.dueAt), inArray(bills.state, ['unknown', 'stuck']));
  await tx
    .update(bills)
    .set(free)
    .where(and(isAsked, eq(bills.holder, id)));
}

/**
 * Removes a process that has not moved since `beat`, and frees the updates and messages it had. False: it lives, or
 * somebody else was faster.
 */
export async function takeOver(tx: Tx, { id, beat }: Seen): Promise<boolean> {
  const gone = await tx
    .delete(processes)
    .where(and(eq(processes.id, id), eq(processes.beat, beat)))
    .returning({ id: processes.id });
  if (gone.length === 0) return false;
  await tx
    .update(inbox)
    .set(free)
    .where(and(isNull(inbox.doneAt), eq(inbox.holder, id)));
  const isWaiting = sql`${outbox.state} = 'waiting'`;
  await tx
    .update(outbox)
    .set(free)
    .where(and(isWaiting, eq(outbox.holder, id)));
  return true;
}
