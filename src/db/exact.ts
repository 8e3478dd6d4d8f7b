/** Numbers that engines make: PostgreSQL counts in texts and sums beyond what JavaScript holds exactly. */
import { type AnyColumn, type SQL, sql } from 'drizzle-orm';

/** Zero for no rows. Throws where a JavaScript number would round it. */
export function sumOf(column: AnyColumn): SQL<number> {
  return sql<number>`coalesce(sum(${column}), 0)`.mapWith(exact);
}

/** All rows, or those where `of` is one more value. */
export function countOf(of?: AnyColumn | SQL): SQL<number> {
  return sql<number>`count(${of ? sql`distinct ${of}` : sql`*`})`.mapWith(exact);
}

/** Reads what a driver gives for an integer. */
export function exact(value: unknown): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new Error(`${String(value)} is no exact integer`);
  return number;
}
