/** What both sides of a copy must agree on, counted by each engine itself: a second look beside every row's content. */
import { count, sql, type SQL } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Queries } from '../db/database.ts';
import { accounts, bills, lines, topups } from '../db/tables.ts';
import { auditAll, type BooksReport } from '../books/audit.ts';

/** What is compared, as a phrase, with its value. */
type Facts = ReadonlyMap<string, string | number>;

interface Look {
  facts: Facts;
  books: BooksReport;
}

/** Asks for sums and has the books proved. Reads everything. */
export async function lookAt(queries: Queries): Promise<Look> {
  const books = await auditAll(queries);
  const { head, waiting } = books.seals;
  const facts = new Map<string, string | number>([
    ...(await sums(queries)),
    ['the end of the chain of seals', head === null ? 'none' : `${head.entryId} ${head.hash}`],
    ['entries without a seal', waiting],
    ['findings of the audit', books.findings.toSorted().join('; ')],
  ]);
  return { facts, books };
}

/** Sentences about what `source` and `target` do not have in common. */
export function differences({ source, target }: { source: Facts; target: Facts }): string[] {
  const names = new Set([...source.keys(), ...target.keys()]);
  return [...names]
    .filter((name) => source.get(name) !== target.get(name))
    .map(
      (name) =>
        `${name}: ${source.get(name) ?? 'nothing'} in the source, ${target.get(name) ?? 'nothing'} in the target`,
    );
}

const sumOf = (column: SQLiteColumn): SQL<number> =>
  sql<number>`coalesce(sum(${column}), 0)`.mapWith(Number);

async function sums(queries: Queries): Promise<[string, number][]> {
  const [balances] = await queries.select({ all: sumOf(accounts.balanceTiyin) }).from(accounts);
  const byAccount = await queries
    .select({ account: lines.accountId, lines: count(), tiyin: sumOf(lines.amountTiyin) })
    .from(lines)
    .groupBy(lines.accountId);
  const orders = await queries
    .select({
      state: topups.state,
      orders: count(),
      tiyin: sumOf(topups.amountTiyin),
      paidTiyin: sumOf(topups.paidTiyin),
    })
    .from(topups)
    .groupBy(topups.state);
  const paidBills = await queries
    .select({
      state: bills.state,
      bills: count(),
      tiyin: sumOf(bills.amountTiyin),
      feeTiyin: sumOf(bills.feeTiyin),
    })
    .from(bills)
    .groupBy(bills.state);
  return [
    ['all balances together', balances?.all ?? 0],
    ...byAccount.flatMap((row): [string, number][] => [
      [`lines of ${row.account}`, row.lines],
      [`the sum of the lines of ${row.account}`, row.tiyin],
    ]),
    ...orders.flatMap((row): [string, number][] => [
      [`${row.state} orders`, row.orders],
      [`the sum of ${row.state} orders`, row.tiyin],
      [`what was paid for ${row.state} orders`, row.paidTiyin],
    ]),
    ...paidBills.flatMap((row): [string, number][] => [
      [`${row.state} bills`, row.bills],
      [`the sum of ${row.state} bills`, row.tiyin],
      [`the fees of ${row.state} bills`, row.feeTiyin],
    ]),
  ];
}
