/** Finding people by whatever the staff knows of them. */
import { and, desc, eq, gt, like, or, sql, type SQL } from 'drizzle-orm';
import type { Database, Queries } from '../db/database.ts';
import { users } from '../db/tables.ts';
import { normalisePhone } from '../core/phone.ts';
import { searchTextOf, searchWords } from './search-text.ts';
import { type UserRow, userByName } from './users.ts';

const DIGITS = /^\d{1,16}$/;
const MAX_WORDS = 5;
/** Fewer digits are in too many numbers. */
const MIN_PHONE_PART = 4;
const PHONE_PART = /^\+?[\d\s().-]+$/;

/**
 * By id, @name, phone, a part of a phone or parts of names in either alphabet; the one with that id first, then those
 * seen last. An id may look like a phone: then both are found. `@name` is the whole name, and only who had it last;
 * without @ it may be a part.
 */
export async function findUsers(
  queries: Queries,
  text: string,
  { offset, limit }: { offset: number; limit: number },
): Promise<UserRow[]> {
  const clean = text.trim();
  if (clean.startsWith('@')) {
    const named = await userByName(queries, clean);
    if (named) return offset === 0 ? [named] : [];
  }
  const condition = conditionOf(clean);
  if (!condition) return [];
  return await queries
    .select()
    .from(users)
    .where(condition)
    .orderBy(
      sql`case when ${users.id} = ${idIn(clean) ?? -1} then 0 else 1 end`,
      desc(users.seenAt),
      desc(users.id),
    )
    .limit(limit)
    .offset(offset);
}

function idIn(text: string): number | null {
  return DIGITS.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : null;
}

function conditionOf(text: string): SQL | undefined {
  const id = idIn(text);
  const phone = normalisePhone(text);
  const part = PHONE_PART.test(text) ? text.replaceAll(/\D/g, '') : '';
  if (id !== null || phone !== null || part.length >= MIN_PHONE_PART) {
    return or(
      id === null ? undefined : eq(users.id, id),
      phone === null ? undefined : eq(users.phone, phone),
      part.length < MIN_PHONE_PART ? undefined : like(users.phone, `%${part}%`),
    );
  }
  const words = searchWords(text).split(' ').filter(Boolean).slice(0, MAX_WORDS);
  // Of `zzz` one letter is left, which is in half of all names: it means none of them.
  const isVague = words.length === 1 && words[0]?.length === 1 && text.length > 1;
  if (words.length === 0 || isVague) return undefined;
  // Letters and digits only are left of it: nothing that LIKE would read as a sign of its own.
  return and(...words.map((word) => like(users.searchText, `%${word}%`)));
}

const BATCH = 500;

/** Rows from before names were kept for searching. Cheap when there are none. */
export async function fillSearchTexts(db: Database): Promise<void> {
  let afterId = -1;
  for (;;) {
    const rows = await db.read
      .select()
      .from(users)
      .where(and(gt(users.id, afterId), eq(users.searchText, '')))
      .orderBy(users.id)
      .limit(BATCH);
    const last = rows.at(-1);
    if (!last) return;
    await db.tx(async (tx) => {
      for (const row of rows) {
        await tx
          .update(users)
          .set({ searchText: searchTextOf(row) })
          .where(and(eq(users.id, row.id), eq(users.searchText, '')));
      }
    });
    afterId = last.id;
  }
}

/**
 * Keeps the number a person shared as their own contact. A number passes from one person to another: whoever had it
 * before has it no more.
 */
export async function rememberPhone(
  db: Database,
  { userId, phone }: { userId: number; phone: string },
): Promise<void> {
  await db.tx(async (tx) => {
    await tx
      .update(users)
      .set({ phone: null })
      .where(and(eq(users.phone, phone), sql`${users.id} <> ${userId}`));
    await tx.update(users).set({ phone }).where(eq(users.id, userId));
  });
}
