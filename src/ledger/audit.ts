/** Proves the books from their lines alone, trusting no balance that was kept along the way. */
import { eq, isNull, sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { countOf, sumOf } from '../db/exact.ts';
import { accounts, entries, holds, lines } from '../db/tables.ts';
import type { Tiyin } from '../core/money.ts';
import { plainAccount } from './stripes.ts';

export interface AuditReport {
  clean: boolean;
  /** What does not hold, each a sentence for the owner. At most 100. */
  findings: string[];
  entries: number;
  accounts: number;
  /** What users have, available and held together. */
  usersTiyin: Tiyin;
}

const MAX_FINDINGS = 100;

const total = sumOf(lines.amountTiyin);

/** Run it on a snapshot, so that postings under way don't look like errors. */
export async function audit(queries: Queries): Promise<AuditReport> {
  const balances = await recomputedBalances(queries);
  const findings = [
    ...(await unbalancedEntries(queries)),
    ...(await entriesWithoutLines(queries)),
    ...(await linesWithoutEntry(queries)),
    ...balances.flatMap(wrongBalance),
    ...booksNotAtZero(balances),
    ...(await wrongHolds(queries, balances)),
  ];
  const [count] = await queries.select({ n: countOf() }).from(entries);
  return {
    clean: findings.length === 0,
    findings: findings.slice(0, MAX_FINDINGS),
    entries: count?.n ?? 0,
    accounts: new Set(balances.map(({ id }) => plainAccount(id))).size,
    usersTiyin: balances
      .filter((each) => each.id.startsWith('user:'))
      .reduce((sum, each) => sum + each.fromLines, 0),
  };
}

interface Recomputed {
  id: string;
  mayBeNegative: boolean;
  kept: Tiyin;
  fromLines: Tiyin;
}

async function recomputedBalances(queries: Queries): Promise<Recomputed[]> {
  return await queries
    .select({
      id: accounts.id,
      mayBeNegative: accounts.mayBeNegative,
      kept: accounts.balanceTiyin,
      fromLines: total,
    })
    .from(accounts)
    .leftJoin(lines, eq(lines.accountId, accounts.id))
    .groupBy(accounts.id);
}

async function unbalancedEntries(queries: Queries): Promise<string[]> {
  const rows = await queries
    .select({ id: lines.entryId, sum: total })
    .from(lines)
    .groupBy(lines.entryId)
    .having(sql`sum(${lines.amountTiyin}) <> 0`)
    .limit(MAX_FINDINGS);
  return rows.map((row) => `entry ${row.id} sums to ${row.sum} tiyin instead of zero`);
}

async function entriesWithoutLines(queries: Queries): Promise<string[]> {
  const rows = await queries
    .select({ id: entries.id })
    .from(entries)
    .leftJoin(lines, eq(lines.entryId, entries.id))
    .where(isNull(lines.entryId))
    .limit(MAX_FINDINGS);
  return rows.map((row) => `entry ${row.id} has no lines`);
}

async function linesWithoutEntry(queries: Queries): Promise<string[]> {
  const rows = await queries
    .selectDistinct({ entryId: lines.entryId })
    .from(lines)
    .leftJoin(entries, eq(entries.id, lines.entryId))
    .where(isNull(entries.id))
    .limit(MAX_FINDINGS);
  return rows.map((row) => `entry ${row.entryId} is gone, its lines are not`);
}

function wrongBalance(account: Recomputed): string[] {
  const findings: string[] = [];
  if (account.kept !== account.fromLines) {
    findings.push(
      `${account.id} shows ${account.kept} tiyin, its lines sum to ${account.fromLines}`,
    );
  }
  if (account.fromLines < 0 && !account.mayBeNegative) {
    findings.push(`${account.id} is below zero: ${account.fromLines} tiyin`);
  }
  return findings;
}

function booksNotAtZero(balances: readonly Recomputed[]): string[] {
  const sum = balances.reduce((all, each) => all + each.fromLines, 0);
  return sum === 0 ? [] : [`all accounts together have ${sum} tiyin instead of zero`];
}

async function wrongHolds(queries: Queries, balances: readonly Recomputed[]): Promise<string[]> {
  const rows = await queries
    .select({
      userId: holds.userId,
      sum: sumOf(holds.amountTiyin),
    })
    .from(holds)
    .where(eq(holds.state, 'held'))
    .groupBy(holds.userId);
  const open = new Map(rows.map((row) => [`user:${row.userId}:held`, row.sum]));
  const accountsHeld = balances.filter((each) => /^user:-?\d+:held$/.test(each.id));
  const ids = new Set([...open.keys(), ...accountsHeld.map((each) => each.id)]);
  const inBooks = new Map(accountsHeld.map((each) => [each.id, each.fromLines]));
  return [...ids]
    .filter((id) => (open.get(id) ?? 0) !== (inBooks.get(id) ?? 0))
    .map(
      (id) => `${id} has ${inBooks.get(id) ?? 0} tiyin, its open holds are ${open.get(id) ?? 0}`,
    );
}
