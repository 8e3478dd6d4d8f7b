/** People the bot has met. Telegram's id is the key; everything else is what Telegram last said of them. */
import { desc, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import { type Database, prepared, type Queries, type Tx } from '../db/database.ts';
import { users } from '../db/tables.ts';
import type { Language } from '../core/language.ts';
import { normalisePhone } from '../core/phone.ts';
import { searchTextOf } from './search-text.ts';

export type UserRow = typeof users.$inferSelect;

/** What Telegram tells with every update; its `User` fits. */
interface TelegramUser {
  id: number;
  first_name: string;
  last_name?: string | undefined;
  username?: string | undefined;
  language_code?: string | undefined;
}

/** A user who changes nothing is written down at most this often. */
const SEEN_EVERY_MS = 60 * 60 * 1000;

/** The largest id Telegram gives has 52 significant bits. */
const USER_ID = /^\d{1,16}$/;
/** Of one name or number; more rows than that have never been seen. */
const MOST_MEANT = 4;
const USERNAME = /^@?([A-Za-z]\w{2,31})$/;

/**
 * Remembers who wrote and returns the row. Writes only when something changed or an hour has passed. `whenNew` is done in the
 * transaction that meets somebody for the first time.
 */
export async function seenUser(
  db: Database,
  from: TelegramUser,
  at: number,
  whenNew?: (tx: Tx) => Promise<unknown>,
): Promise<UserRow> {
  const told = toldFields(from);
  const known = await getUser(db.read, from.id);
  if (known && sameFields(known, told) && at - known.seenAt < SEEN_EVERY_MS) return known;
  const row = await db.tx(async (tx) => {
    const [written] = await tx
      .insert(users)
      .values({ id: from.id, ...told, createdAt: at, seenAt: at })
      .onConflictDoUpdate({ target: users.id, set: { ...told, seenAt: at } })
      .returning();
    if (!known) await whenNew?.(tx);
    return written;
  });
  if (!row) throw new Error(`The user ${from.id} was written and is not there.`);
  return row;
}

type ToldFields = Pick<
  UserRow,
  'firstName' | 'lastName' | 'username' | 'telegramLanguage' | 'searchText'
>;

function toldFields(from: TelegramUser): ToldFields {
  const names = {
    firstName: from.first_name,
    lastName: from.last_name ?? '',
    username: from.username ?? null,
  };
  const telegramLanguage = from.language_code ?? null;
  return { ...names, telegramLanguage, searchText: searchTextOf(names) };
}

function sameFields(row: UserRow, told: ToldFields): boolean {
  return (
    row.firstName === told.firstName &&
    row.lastName === told.lastName &&
    row.username === told.username &&
    row.telegramLanguage === told.telegramLanguage &&
    row.searchText === told.searchText
  );
}

const userById = prepared((q) =>
  q
    .select()
    .from(users)
    .where(eq(users.id, sql.placeholder('id'))),
);

export async function getUser(queries: Queries, userId: number): Promise<UserRow | null> {
  const [row] = await userById(queries).execute({ id: userId });
  return row ?? null;
}

interface UsersMeant {
  by: 'id' | 'phone' | 'name';
  /** Who was seen last comes first: names and numbers pass from one person to another. */
  users: UserRow[];
}

/** Everybody who has, or had when they last wrote, what was typed: an id, `@name` in any case, or `+998…`. */
export async function usersMeant(queries: Queries, text: string): Promise<UsersMeant> {
  const clean = text.trim();
  if (USER_ID.test(clean)) {
    const user = await getUser(queries, Number(clean));
    return { by: 'id', users: user ? [user] : [] };
  }
  const phone = clean.startsWith('+') ? normalisePhone(clean) : null;
  if (phone === null) return { by: 'name', users: await usersNamed(queries, clean) };
  const owners = await queries
    .select()
    .from(users)
    .where(eq(users.phone, phone))
    .orderBy(desc(users.seenAt))
    .limit(MOST_MEANT);
  return { by: 'phone', users: owners };
}

/**
 * By the whole `@name`, with or without @. Telegram lets a name pass from one person to another, and we hear of it
 * only when they write: of several rows the one seen last has it.
 */
export async function userByName(queries: Queries, text: string): Promise<UserRow | null> {
  const [user] = await usersNamed(queries, text);
  return user ?? null;
}

async function usersNamed(queries: Queries, text: string): Promise<UserRow[]> {
  const name = USERNAME.exec(text.trim())?.[1];
  if (name === undefined) return [];
  return await queries
    .select()
    .from(users)
    .where(eq(sql`lower(${users.username})`, name.toLowerCase()))
    .orderBy(desc(users.seenAt))
    .limit(MOST_MEANT);
}

/** The user's own choice. Nothing happens for somebody never seen. */
export async function setLanguage(
  db: Database,
  { userId, language }: { userId: number; language: Language },
): Promise<void> {
  await db.tx((tx) => tx.update(users).set({ language }).where(eq(users.id, userId)));
}

/** Shuts the person out since then; null lets them in again. */
export async function setBlocked(
  tx: Tx,
  { userId, blockedAt }: { userId: number; blockedAt: number | null },
): Promise<void> {
  await tx.update(users).set({ blockedAt }).where(eq(users.id, userId));
}

/** Notes since when the person has blocked the bot; null: they are back. */
export async function setUnreachable(
  tx: Tx,
  { userId, unreachableAt }: { userId: number; unreachableAt: number | null },
): Promise<void> {
  await tx.update(users).set({ unreachableAt }).where(eq(users.id, userId));
}

/** People who are away, as a part of another query. */
export function unreachableUsers(queries: Queries) {
  return queries.select({ id: users.id }).from(users).where(isNotNull(users.unreachableAt));
}

export async function usersByIds(
  queries: Queries,
  ids: readonly number[],
): Promise<Map<number, UserRow>> {
  const people = await queries
    .select()
    .from(users)
    .where(inArray(users.id, [...ids]));
  return new Map(people.map((person) => [person.id, person]));
}
