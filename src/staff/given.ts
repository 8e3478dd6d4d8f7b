/** What the staff put on somebody's balance by hand, less what they took: for statements that credit somebody by themselves. */
import {
  aliasedTable,
  and,
  type Column,
  desc,
  eq,
  exists,
  gte,
  inArray,
  isNull,
  ne,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { adminActions } from '../db/tables.ts';
import type { Approval } from './approval.ts';

const given = aliasedTable(adminActions, 'given');

/**
 * In the text of the statement: SQLite would compile one again at each run whose state comes as a value, to see whether the index
 * of pending requests fits it, and these are part of every credit.
 */
const isDone = sql`${given.state} = 'done'`;

const GIVING = ['credit', 'suspense_credit', 'approve'] as const;
const LISTED = 20;

export type Given = Approval & { kind: (typeof GIVING)[number] };

/** Whose, in which sums, and since when; values, or the columns of a statement. */
export interface GivenFor {
  userId: number | Column;
  amounts: readonly (number | Column)[];
  /** Whose reason has this name counts whatever its sum, and what is about it alone does not. */
  named: string | Column;
  since: number | Column;
  /** What else has to be so of its kind, its subject, and the name it goes by: the subject, or its own id. */
  counts: (row: { kind: Column; subject: Column; name: SQL }) => SQL | undefined;
}

function doneFor({ userId, amounts, named, since, counts }: GivenFor): SQL | undefined {
  return and(
    eq(given.userId, userId),
    inArray(given.kind, [...GIVING, 'debit']),
    isDone,
    gte(given.endedAt, since),
    or(
      ...amounts.map((each) => eq(given.amountTiyin, each)),
      // Typed in whatever letters: one engine's \`like\` minds small ones, the other's does not.
      sql`upper(${given.reason}) like '%' || upper(${named}) || '%'`,
    ),
    or(isNull(given.subject), ne(given.subject, named)),
    counts({
      kind: given.kind,
      subject: given.subject,
      name: sql`coalesce(${given.subject}, ${given.id})`,
    }),
  );
}

/** How often more was given than taken again, as part of a statement. */
export function timesGiven(queries: Queries, wanted: GivenFor): SQL<number> {
  const times = queries
    .select({ n: sql`sum(case when ${given.kind} = 'debit' then -1 else 1 end)` })
    .from(given)
    .where(doneFor(wanted));
  return sql<number>`coalesce(${times}, 0)`;
}

/** The latest that was given and not taken again, latest first. */
export async function givenTo(queries: Queries, wanted: GivenFor): Promise<Given[]> {
  const rows = await queries
    .select()
    .from(given)
    .where(doneFor(wanted))
    .orderBy(desc(given.endedAt), desc(given.id))
    .limit(LISTED);
  const all = rows.filter(isGiven);
  return all.slice(0, Math.max(0, all.length - (rows.length - all.length)));
}

function isGiven(row: Approval): row is Given {
  return GIVING.some((kind) => kind === row.kind);
}

/** Was this sum taken from the person since, as part of a statement? */
export function wasTaken(
  queries: Queries,
  { userId, amountTiyin, since }: { userId: Column; amountTiyin: Column; since: Column },
): SQL {
  return exists(
    queries
      .select({ id: given.id })
      .from(given)
      .where(
        and(
          eq(given.userId, userId),
          eq(given.kind, 'debit'),
          isDone,
          eq(given.amountTiyin, amountTiyin),
          gte(given.endedAt, since),
        ),
      ),
  );
}
