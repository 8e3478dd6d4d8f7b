/**
 * What happened to one person's money, as the books have it: every entry that changed what is on the balance, with the balance
 * after it. What the newest line says is on the balance is what there is, because both are sums of the same lines.
 */
import { desc, eq, gt, lt, ne, sql } from 'drizzle-orm';
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
  const changes = queries
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
  const wanted = {
    all: ne(changes.amountTiyin, 0),
    in: gt(changes.amountTiyin, 0),
    out: lt(changes.amountTiyin, 0),
  }[page.filter];
  return await queries
    .select({
      entryId: changes.entryId,
      key: entries.key,
      kind: entries.kind,
      at: entries.createdAt,
      amountTiyin: changes.amountTiyin,
      balanceTiyin: changes.balanceTiyin,
    })
    .from(changes)
    .innerJoin(entries, eq(entries.id, changes.entryId))
    .where(wanted)
    .orderBy(desc(changes.entryId))
    .limit(page.limit)
    .offset(page.offset);
}

/** The top-up or bill that a line belongs to, by its key; null for what the staff did to the balance. */
export function subjectOf({
  key,
}: Pick<StatementLine, 'key'>): { kind: 'topup' | 'bill'; id: string } | null {
  const [, kind, id] = /^(topup|bill):([^:]+)/.exec(key) ?? [];
  if (id === undefined) return null;
  return { kind: kind === 'bill' ? 'bill' : 'topup', id };
}
