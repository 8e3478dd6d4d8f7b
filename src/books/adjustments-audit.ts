/** What the staff did to balances by hand: requests and books tell the same story. */
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { adminActions, entries, lines } from '../db/tables.ts';
import { userAvailable } from '../ledger/accounts.ts';
import { secondOf } from '../staff/adjustments.ts';

const MAX_FINDINGS = 100;

const KINDS = ['credit', 'debit'] as const;

/** Each request that was done against its entry and back, with both persons and the sum. For the audit. */
export async function adjustmentsAgainstBooks(queries: Queries): Promise<string[]> {
  const key = sql`'admin:' || ${adminActions.id}`;
  const done = await queries
    .select({ action: adminActions, entry: entries, line: lines })
    .from(adminActions)
    .leftJoin(entries, eq(entries.key, key))
    .leftJoin(lines, and(eq(lines.entryId, entries.id), eq(lines.position, 1)))
    .where(and(eq(adminActions.state, 'done'), inArray(adminActions.kind, KINDS)));
  const strangers = await queries
    .select({ key: entries.key })
    .from(entries)
    .leftJoin(
      adminActions,
      and(
        eq(adminActions.id, sql`substr(${entries.key}, ${'admin:'.length + 1})`),
        eq(adminActions.state, 'done'),
      ),
    )
    .where(and(inArray(entries.kind, KINDS), isNull(adminActions.id)))
    .limit(MAX_FINDINGS);
  return [
    ...done.flatMap((row) => findingOf(row) ?? []),
    ...strangers.map((entry) => `entry ${entry.key} belongs to no request that was done`),
  ].slice(0, MAX_FINDINGS);
}

interface Done {
  action: typeof adminActions.$inferSelect;
  entry: typeof entries.$inferSelect | null;
  line: typeof lines.$inferSelect | null;
}

function findingOf({ action, entry, line }: Done): string | null {
  const { id, kind, ownerId, secondId, userId, amountTiyin } = action;
  const request = `request ${id}`;
  if (!entry || !line) return `${request} was done and has no entry`;
  if (entry.actor !== `user:${ownerId}`) return `${request} and its entry name different askers`;
  if (secondOf(entry.reason) !== secondId) {
    return `${request} and its entry name different second persons`;
  }
  const gainTiyin = kind === 'credit' ? amountTiyin : -amountTiyin;
  const same = line.accountId === userAvailable(userId) && line.amountTiyin === gainTiyin;
  return same && entry.kind === kind
    ? null
    : `${request} and its entry name different sums or users`;
}
