/** For statements of other rooms that depend on what was booked. */
import { aliasedTable, eq, notExists, type SQL } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { entries } from '../db/tables.ts';

const booked = aliasedTable(entries, 'booked');

/** Was nothing booked under this key? */
export function noEntry(queries: Queries, key: SQL): SQL {
  return notExists(queries.select({ id: booked.id }).from(booked).where(eq(booked.key, key)));
}
