/** Numbers that engines make: PostgreSQL counts in texts and sums beyond what JavaScript holds exactly. */
import { type AnyColumn, type SQL, sql } from 'drizzle-orm';

/** The sum of a column; zero for no rows. Throws where a JavaScript number would round it. */
export function sumOf(column: AnyColumn): SQL<number> {
  return sql<number>`coalesce(sum(${column}), 0)`.mapWith(exact);
}

/** How many rows there are, or how many of them have a value in `of`. */
export function countOf(of?: AnyColumn | SQL): SQL<number> {
  return sql<number>`count(${of ? sql`distinct ${of}` : sql`*`})`.mapWith(exact);
}

/** Reads what a driver gives for an integer. */
export function exact(value: unknown): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new Error(`${String(value)} is no exact integer`);
  return number;
}
