/**
 * What happened to one person's money, as the books have it: every entry that changed what is on the balance, with the balance
 * after it. What the newest line says is on the balance is what there is, because both are sums of the same lines.
 */
import { and, asc, desc, eq, gt, gte, lt, ne, sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { exact } from '../db/exact.ts';
import { entries, lines } from '../db/tables.ts';
import type { Tiyin } from '../core/money.ts';
import { userAvailable } from './accounts.ts';

export const STATEMENT_FILTERS = ['all', 'in', 'out'] as const;
/** Everything, only what came onto the balance, or only what left it. */
export type StatementFilter = (typeof STATEMENT_FILTERS)[number];

export interface StatementLine {
  entryId: number;
  /** Names what it belongs to: `topup:<order>`, `bill:<id>:hold` … See `subjectOf`. */
  key: string;
  /** The kind of the entry: `topup`, `hold`, `released`, `credit` … */
  kind: string;
  at: number;
  /** What came (positive) or went (negative). */
  amountTiyin: Tiyin;
  /** What was on the balance after it, without what is held for bills. */
  balanceTiyin: Tiyin;
}

/**
 * The lines of a person, newest first. The balance after each is counted over all lines, whatever the filter leaves out.
 * Reads all lines of the person, and nobody else's: made for people, who have hundreds, not for the operator's accounts.
 */
export async function statementOf(
  queries: Queries,
  userId: number,
  page: { filter: StatementFilter; offset: number; limit: number },
): Promise<StatementLine[]> {
  const changes = changesOf(queries, userId);
  const wanted = {
    all: ne(changes.amountTiyin, 0),
    in: gt(changes.amountTiyin, 0),
    out: lt(changes.amountTiyin, 0),
  }[page.filter];
  return await queries
    .select(lineOf(changes))
    .from(changes)
    .innerJoin(entries, eq(entries.id, changes.entryId))
    .where(wanted)
    .orderBy(desc(changes.entryId))
    .limit(page.limit)
    .offset(page.offset);
}

export interface StatementPart {
  /** Oldest first. */
  lines: StatementLine[];
  /** On the balance before the first and after the last of them; of no lines, what was on it at the end of that time. */
  openingTiyin: Tiyin;
  closingTiyin: Tiyin;
}

/**
 * All lines of a stretch of time, to write them down. Null where there are more than `most`. Reads all lines of the person,
 * as `statementOf`. `toAt`, which is not included, is null for everything there is: then it closes with the balance.
 */
export async function statementBetween(
  queries: Queries,
  userId: number,
  { fromAt, toAt, most }: { fromAt: number; toAt: number | null; most: number },
): Promise<StatementPart | null> {
  const changes = changesOf(queries, userId);
  const isBefore = toAt === null ? undefined : lt(entries.createdAt, toAt);
  const isMoved = ne(changes.amountTiyin, 0);
  const found = await queries
    .select(lineOf(changes))
    .from(changes)
    .innerJoin(entries, eq(entries.id, changes.entryId))
    .where(and(isMoved, gte(entries.createdAt, fromAt), isBefore))
    .orderBy(asc(changes.entryId))
    .limit(most + 1);
  if (found.length > most) return null;
  const [first, last] = [found[0], found.at(-1)];
  if (first && last) {
    const openingTiyin = first.balanceTiyin - first.amountTiyin;
    return { lines: found, openingTiyin, closingTiyin: last.balanceTiyin };
  }
  const [before] = await queries
    .select(lineOf(changes))
    .from(changes)
    .innerJoin(entries, eq(entries.id, changes.entryId))
    .where(and(isMoved, isBefore))
    .orderBy(desc(changes.entryId))
    .limit(1);
  const balance = before?.balanceTiyin ?? 0;
  return { lines: [], openingTiyin: balance, closingTiyin: balance };
}

function changesOf(queries: Queries, userId: number) {
  return queries
    .select({
      entryId: lines.entryId,
      amountTiyin: sql<number>`sum(${lines.amountTiyin})`.mapWith(exact).as('amount'),
      balanceTiyin: sql<number>`sum(sum(${lines.amountTiyin})) over (order by ${lines.entryId})`
        .mapWith(exact)
        .as('balance'),
    })
    .from(lines)
    .where(eq(lines.accountId, userAvailable(userId)))
    .groupBy(lines.entryId)
    .as('changes');
}

function lineOf(changes: ReturnType<typeof changesOf>) {
  return {
    entryId: changes.entryId,
    key: entries.key,
    kind: entries.kind,
    at: entries.createdAt,
    amountTiyin: changes.amountTiyin,
    balanceTiyin: changes.balanceTiyin,
  };
}

/** The top-up or bill that a line belongs to, by its key; null for what the staff did to the balance. */
export function subjectOf({
  key,
}: Pick<StatementLine, 'key'>): { kind: 'topup' | 'bill'; id: string } | null {
  const [, kind, id] = /^(topup|bill):([^:]+)/.exec(key) ?? [];
  if (id === undefined) return null;
  return { kind: kind === 'bill' ? 'bill' : 'topup', id };
}
