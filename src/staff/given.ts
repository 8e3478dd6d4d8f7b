/** What the staff put on somebody's balance by hand, less what they took: for statements that credit somebody by themselves. */
import {
  aliasedTable,
  and,
  type Column,
  desc,
  eq,
  exists,
  gt,
  gte,
  inArray,
  isNull,
  lte,
  ne,
  notExists,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { adminActions } from '../db/tables.ts';
import type { Approval } from './approval.ts';

const given = aliasedTable(adminActions, 'given');
const piece = aliasedTable(adminActions, 'piece');
const taking = aliasedTable(adminActions, 'taking');
const between = aliasedTable(adminActions, 'between_both');

/**
 * In the text of the statement: SQLite would compile one again at each run whose state comes as a value, to see whether the index
 * of pending requests fits it, and these are part of every credit.
 */
const isDone = ({ state }: typeof given): SQL => sql`${state} = 'done'`;

const GIVING = ['credit', 'suspense_credit', 'approve'] as const;
/** More than anybody gives of one kind: whoever gets so many may not have got all. */
export const MOST_LISTED = 20;

export type Given = Approval & { kind: (typeof GIVING)[number] };

/** To whom, in which sums, and since when; values, or the columns of a statement. */
export interface GivenFor {
  userId: number | Column;
  /** Not to this person, but to anybody else. */
  toOthers?: true;
  amounts: readonly (number | Column)[];
  /**
   * Whose reasons have this name count in whatever sums that are together at least half of `ofTiyin`: less is given because of
   * it, not for it. What is about it alone does not count.
   */
  named?: { name: string | Column; ofTiyin: number | Column };
  since: number | Column;
  /** What else has to be so of its kind, its subject, and the name it goes by: the subject, or its own id. */
  counts: (row: { kind: Column; subject: Column; name: SQL }) => SQL | undefined;
}

function givenFor(queries: Queries, wanted: GivenFor): SQL | undefined {
  const { amounts, named } = wanted;
  return and(
    countsFor(queries, given, wanted),
    or(
      ...amounts.map((each) => eq(given.amountTiyin, each)),
      named && and(hasName(given, named.name), isHalfTogether(queries, { ...wanted, named })),
    ),
  );
}

/** All that has to be so of it, but for its sum. */
function countsFor(
  queries: Queries,
  rows: typeof given,
  { userId, toOthers, named, since, counts }: GivenFor,
): SQL | undefined {
  return and(
    toOthers ? ne(rows.userId, userId) : eq(rows.userId, userId),
    inArray(rows.kind, [...GIVING]),
    isDone(rows),
    gte(rows.endedAt, since),
    named && or(isNull(rows.subject), ne(rows.subject, named.name)),
    counts({
      kind: rows.kind,
      subject: rows.subject,
      name: sql`coalesce(${rows.subject}, ${rows.id})`,
    }),
    isStillThere(queries, rows),
  );
}

/** Typed in whatever letters: one engine's `like` minds small ones, the other's does not. */
function hasName({ reason }: typeof given, name: string | Column): SQL {
  return sql`upper(${reason}) like '%' || upper(${name}) || '%'`;
}

/** Somebody may have given it in pieces, each of them less than half. */
function isHalfTogether(
  queries: Queries,
  wanted: GivenFor & Required<Pick<GivenFor, 'named'>>,
): SQL {
  const { name, ofTiyin } = wanted.named;
  const together = queries
    .select({ tiyin: sql`coalesce(sum(${piece.amountTiyin}), 0)` })
    .from(piece)
    .where(and(countsFor(queries, piece, wanted), hasName(piece, name)));
  return sql`${together} * 2 >= ${ofTiyin}`;
}

/**
 * Was it not taken again? Each debit takes the latest of its sum that the person was given before it. A debit from before it was
 * given took something else.
 */
function isStillThere(queries: Queries, rows: typeof given): SQL {
  const alike = (others: typeof taking): SQL | undefined =>
    and(eq(others.userId, rows.userId), eq(others.amountTiyin, rows.amountTiyin), isDone(others));
  const moreTaken = queries
    .select({
      n: sql`coalesce(sum(case when ${between.kind} = 'debit' then 1 else -1 end), 0)`,
    })
    .from(between)
    .where(
      and(
        alike(between),
        inArray(between.kind, [...GIVING, 'debit']),
        gte(between.endedAt, rows.endedAt),
        lte(between.endedAt, taking.endedAt),
      ),
    );
  return notExists(
    queries
      .select({ id: taking.id })
      .from(taking)
      .where(
        and(
          alike(taking),
          eq(taking.kind, 'debit'),
          gt(taking.endedAt, rows.endedAt),
          sql`${moreTaken} >= 0`,
        ),
      ),
  );
}

/** Was it given and not taken again? As part of a statement. */
export function wasGiven(queries: Queries, wanted: GivenFor): SQL {
  return exists(queries.select({ id: given.id }).from(given).where(givenFor(queries, wanted)));
}

/** What was given and not taken again, latest first. */
export async function givenTo(queries: Queries, wanted: GivenFor): Promise<Given[]> {
  const rows = await queries
    .select()
    .from(given)
    .where(givenFor(queries, wanted))
    .orderBy(desc(given.endedAt), desc(given.id))
    .limit(MOST_LISTED);
  return rows.filter(isGiven);
}

function isGiven(row: Approval): row is Given {
  return GIVING.some((kind) => kind === row.kind);
}

/** What the staff took from the person by hand since. */
function debits({ userId, since }: { userId: number | Column; since: number | Column }) {
  return and(
    eq(given.userId, userId),
    eq(given.kind, 'debit'),
    isDone(given),
    gt(given.endedAt, since),
  );
}

/** What the staff took from the person by hand since, latest first. */
export async function takenSince(
  queries: Queries,
  from: { userId: number; since: number },
): Promise<Approval[]> {
  return await queries
    .select()
    .from(given)
    .where(debits(from))
    .orderBy(desc(given.endedAt), desc(given.id))
    .limit(MOST_LISTED);
}

/** Was this sum taken from the person since, as part of a statement? */
export function wasTaken(
  queries: Queries,
  { amountTiyin, ...from }: { userId: Column; amountTiyin: Column; since: Column },
): SQL {
  const ofSum = and(debits(from), eq(given.amountTiyin, amountTiyin));
  return exists(queries.select({ id: given.id }).from(given).where(ofSum));
}
