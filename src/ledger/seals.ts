/**
 * A chain of hashes over the books: each entry's seal is made of the seal before it, the entry and its lines, so that
 * whoever changes, removes or slips in an entry has to make every later seal anew. What the seals were is told to
 * owners every day (the head): a chain made anew does not fit what stands in their chats.
 */
import { hash } from 'node:crypto';
import { and, asc, desc, eq, gt, gte, lte } from 'drizzle-orm';
import type { Database, Queries, Tx } from '../db/database.ts';
import { readMeta, writeMeta } from '../db/meta.ts';
import { entries, entrySeals, lines } from '../db/tables.ts';

type EntryRow = typeof entries.$inferSelect;
type LineRow = typeof lines.$inferSelect;

export interface Seal {
  entryId: number;
  hash: string;
}

/** Entries sealed in one transaction: a few milliseconds, so that nobody waits for it. */
const BATCH = 100;
/** Entries sealed by one call; the rest is the next call's. */
const MAX_SEALED = 20_000;
const PAGE = 1000;
const MAX_FINDINGS = 100;
/** Where several processes write: much longer than a transaction may take, and than their clocks may differ. */
const SETTLED_AFTER_MS = 60_000;
/** An entry that waits longer for its seal means that nobody seals. */
const LATE_AFTER_MS = 10 * 60_000;
/** So much of a hash is shown to people: nobody finds another chain with the same 48 bits by chance. */
const SHOWN_DIGITS = 12;

/** The seal of an entry: SHA-256 over the seal before it (empty for the first), its fields and its lines in order. */
function sealOf(previous: string, entry: EntryRow, own: readonly LineRow[]): string {
  const body = [
    'seal-1',
    previous,
    entry.id,
    entry.key,
    entry.bodyHash,
    entry.kind,
    entry.actor,
    entry.reason,
    entry.reverses,
    entry.createdAt,
    own.map((line) => [line.position, line.accountId, line.amountTiyin]),
  ];
  return hash('sha256', JSON.stringify(body), 'hex');
}

/** The last seal; null before the first. */
export async function sealHead(queries: Queries): Promise<Seal | null> {
  const [row] = await queries.select().from(entrySeals).orderBy(desc(entrySeals.entryId)).limit(1);
  return row ?? null;
}

/** The hash as people see it. */
export function shownHash(seal: Seal): string {
  return seal.hash.slice(0, SHOWN_DIGITS);
}

/**
 * Seals what is not sealed yet and can be, in short transactions. Returns how many; at most 20 000 for each call.
 * Several processes at once make one chain: the same entries give the same seals.
 */
export async function sealEntries(db: Database, at: number): Promise<number> {
  const upTo = db.shared ? await settledId(db, at) : Number.MAX_SAFE_INTEGER;
  if (upTo === null) return 0;
  let sealed = 0;
  while (sealed < MAX_SEALED) {
    const count = await db.tx((tx) => sealBatch(tx, upTo));
    sealed += count;
    if (count === BATCH) continue;
    if (db.shared) await noteLast(db, at);
    break;
  }
  return sealed;
}

/** Seals everything that can be sealed, also after an update of a file that was never sealed. */
export async function sealAll(db: Database, at: number): Promise<void> {
  while ((await sealEntries(db, at)) > 0);
}

/** `<id> <time>`: the last entry that was there at that time. Kept only where several processes write. */
const LAST_KEY = 'seal_last';

/**
 * Where several processes write, an entry may appear below one that is there already: ids are given out in order, and
 * committed in any. Whoever had an id when a later one was seen has committed or given up a minute later, so only
 * what was there a minute ago is sealed. Null: not yet.
 */
async function settledId(db: Database, at: number): Promise<number | null> {
  const last = await readMeta(db.read, LAST_KEY);
  const [id = 0, seenAt = 0] = (last ?? '').split(' ').map(Number);
  // It was noted while a clock was ahead: nobody waits until it is that late.
  if (seenAt > at + SETTLED_AFTER_MS) await noteLast(db, at);
  return at < seenAt + SETTLED_AFTER_MS ? null : id;
}

/** Reads outside of the transaction: inside, the read would be in the way of everybody who posts. */
async function noteLast(db: Database, at: number): Promise<void> {
  const [last] = await db.read
    .select({ id: entries.id })
    .from(entries)
    .orderBy(desc(entries.id))
    .limit(1);
  await db.tx((tx) => writeMeta(tx, LAST_KEY, `${last?.id ?? 0} ${at}`));
}

async function sealBatch(tx: Tx, upTo: number): Promise<number> {
  const head = await sealHead(tx);
  const rows = await tx
    .select()
    .from(entries)
    .where(and(gt(entries.id, head?.entryId ?? 0), lte(entries.id, upTo)))
    .orderBy(asc(entries.id))
    .limit(BATCH);
  const linesOf = await linesByEntry(tx, rows);
  let previous = head?.hash ?? '';
  const seals = rows.map((entry): Seal => {
    previous = sealOf(previous, entry, linesOf.get(entry.id) ?? []);
    return { entryId: entry.id, hash: previous };
  });
  if (seals.length > 0) await tx.insert(entrySeals).values(seals).onConflictDoNothing();
  return seals.length;
}

async function linesByEntry(
  queries: Queries,
  of: readonly EntryRow[],
): Promise<Map<number, LineRow[]>> {
  const byEntry = new Map<number, LineRow[]>();
  const [first, last] = [of[0], of.at(-1)];
  if (!first || !last) return byEntry;
  const rows = await queries
    .select()
    .from(lines)
    .where(and(gte(lines.entryId, first.id), lte(lines.entryId, last.id)))
    .orderBy(asc(lines.entryId), asc(lines.position));
  for (const row of rows) byEntry.set(row.entryId, [...(byEntry.get(row.entryId) ?? []), row]);
  return byEntry;
}

export interface SealReport {
  /** Each a sentence for the owner. */
  findings: string[];
  head: Seal | null;
  /** Entries after the head: too new to be sealed. */
  waiting: number;
}

/** Where a walk through the books stands. */
interface Walk {
  findings: string[];
  previous: string;
  /** Seen without a seal; if a later entry has one, they were slipped in. */
  unsealed: EntryRow[];
}

/**
 * Makes the chain anew from the entries and compares. After one that does not fit it goes on from the seal that is
 * there, so that each finding names an entry somebody touched. With `at` an entry that waits too long is a finding, too.
 * Run it on a snapshot.
 */
export async function verifySeals(
  queries: Queries,
  { at }: { at?: number | undefined } = {},
): Promise<SealReport> {
  const walk: Walk = { findings: [], previous: '', unsealed: [] };
  let after = 0;
  for (;;) {
    const page = await pageAfter(queries, after);
    const upTo = page.at(-1)?.id ?? Number.MAX_SAFE_INTEGER;
    const seals = await sealsBetween(queries, { after, upTo });
    walkPage(walk, { page, seals, linesOf: await linesByEntry(queries, page) });
    if (page.length === 0) break;
    after = upTo;
  }
  const oldest = walk.unsealed[0];
  if (at !== undefined && oldest && oldest.createdAt < at - LATE_AFTER_MS) {
    walk.findings.push(`${nameOf(oldest)} and what follows it was never sealed`);
  }
  const findings = walk.findings.slice(0, MAX_FINDINGS);
  return { findings, head: await sealHead(queries), waiting: walk.unsealed.length };
}

async function pageAfter(queries: Queries, after: number): Promise<EntryRow[]> {
  return await queries
    .select()
    .from(entries)
    .where(gt(entries.id, after))
    .orderBy(asc(entries.id))
    .limit(PAGE);
}

async function sealsBetween(
  queries: Queries,
  { after, upTo }: { after: number; upTo: number },
): Promise<Seal[]> {
  return await queries
    .select()
    .from(entrySeals)
    .where(and(gt(entrySeals.entryId, after), lte(entrySeals.entryId, upTo)))
    .orderBy(asc(entrySeals.entryId));
}

function walkPage(
  walk: Walk,
  { page, seals, linesOf }: { page: EntryRow[]; seals: Seal[]; linesOf: Map<number, LineRow[]> },
): void {
  const sealed = new Map(seals.map((seal) => [seal.entryId, seal.hash]));
  const present = new Map(page.map((entry) => [entry.id, entry]));
  const ids = new Set([...present.keys(), ...sealed.keys()]);
  for (const id of [...ids].toSorted((a, b) => a - b)) {
    const entry = present.get(id);
    const seal = sealed.get(id);
    if (seal === undefined) {
      if (entry) walk.unsealed.push(entry);
      continue;
    }
    for (const each of walk.unsealed.splice(0)) {
      walk.findings.push(`${nameOf(each)} has no seal and later ones have: it was slipped in`);
    }
    if (!entry) {
      walk.findings.push(`entry ${id} was sealed and is gone`);
    } else if (sealOf(walk.previous, entry, linesOf.get(id) ?? []) !== seal) {
      walk.findings.push(
        `${nameOf(entry)} does not fit its seal: it was changed, or one before it was removed`,
      );
    }
    walk.previous = seal;
  }
}

function nameOf({ id, key }: EntryRow): string {
  return `entry ${id} (${key})`;
}

export type HeadCheck =
  /** The seal of that entry is what was noted: nothing up to it was written anew since. */
  | { kind: 'same' }
  /** Another chain than the one that was noted. */
  | { kind: 'other'; hash: string }
  | { kind: 'unknown' };

/** Compares a head that somebody noted: an entry's id and the first digits (at least 12) of its seal. */
export async function checkHead(queries: Queries, noted: Seal): Promise<HeadCheck> {
  const [seal] = await queries
    .select()
    .from(entrySeals)
    .where(eq(entrySeals.entryId, noted.entryId));
  if (!seal) return { kind: 'unknown' };
  if (noted.hash.length >= SHOWN_DIGITS && seal.hash.startsWith(noted.hash.toLowerCase())) {
    return { kind: 'same' };
  }
  return { kind: 'other', hash: shownHash(seal) };
}

const HEAD_LINE = /\b(\d{1,15})\D+?\b([0-9a-f]{12,64})\b/i;

/** Reads `<id> <hash>`, also out of a digest's line. */
export function parseHead(text: string): Seal | null {
  const match = HEAD_LINE.exec(text);
  return match ? { entryId: Number(match[1]), hash: (match[2] ?? '').toLowerCase() } : null;
}
