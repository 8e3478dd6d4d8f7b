/** What there is to know of homes: whose they are, who belongs to them, which saved accounts lie in them. */
import { and, asc, eq, inArray } from 'drizzle-orm';
import { DAY_MS } from '../core/calendar.ts';
import type { Queries, Tx } from '../db/database.ts';
import { homeAccounts, type homeInvitations, homeMembers, homes } from '../db/tables.ts';

export type Home = typeof homes.$inferSelect;
export type Invitation = typeof homeInvitations.$inferSelect;

/** Homes that one person may have made, and others' that they may belong to. */
export const MAX_OWN_HOMES = 5;
export const MAX_JOINED_HOMES = 10;
/** People of one home besides its owner. */
export const MAX_MEMBERS = 10;
/** How long a link into a home can be used. */
export const INVITATION_LIFE_MS = 7 * DAY_MS;

export interface Belonging {
  home: Home;
  isOwner: boolean;
}

/** A person's own ones, oldest first, then those they were invited to. */
export async function homesOf(queries: Queries, userId: number): Promise<Belonging[]> {
  const own = await queries
    .select()
    .from(homes)
    .where(eq(homes.userId, userId))
    .orderBy(asc(homes.createdAt), asc(homes.id));
  const joined = await queries
    .select({ home: homes })
    .from(homeMembers)
    .innerJoin(homes, eq(homes.id, homeMembers.homeId))
    .where(eq(homeMembers.userId, userId))
    .orderBy(asc(homeMembers.joinedAt), asc(homes.id));
  return [
    ...own.map((home) => ({ home, isOwner: true })),
    ...joined.map(({ home }) => ({ home, isOwner: false })),
  ];
}

/** Null: there is none of this name that this person belongs to. */
export async function homeFor(
  queries: Queries,
  id: string,
  userId: number,
): Promise<Belonging | null> {
  const [home] = await queries.select().from(homes).where(eq(homes.id, id));
  if (!home) return null;
  if (home.userId === userId) return { home, isOwner: true };
  return (await isMember(queries, id, userId)) ? { home, isOwner: false } : null;
}

export async function isMember(queries: Queries, homeId: string, userId: number): Promise<boolean> {
  const own = and(eq(homeMembers.homeId, homeId), eq(homeMembers.userId, userId));
  return (await queries.select().from(homeMembers).where(own)).length > 0;
}

/** Without the owner, in the order in which they came. */
export async function membersOf(queries: Queries, homeId: string): Promise<number[]> {
  const rows = await queries
    .select({ userId: homeMembers.userId })
    .from(homeMembers)
    .where(eq(homeMembers.homeId, homeId))
    .orderBy(asc(homeMembers.joinedAt), asc(homeMembers.userId));
  return rows.map(({ userId }) => userId);
}

/** Everybody of these homes, owners included, each once. */
export async function peopleOf(queries: Queries, all: readonly Home[]): Promise<number[]> {
  if (all.length === 0) return [];
  const ids = all.map(({ id }) => id);
  const rows = await queries
    .selectDistinct({ userId: homeMembers.userId })
    .from(homeMembers)
    .where(inArray(homeMembers.homeId, ids));
  return [...new Set([...all.map(({ userId }) => userId), ...rows.map(({ userId }) => userId)])];
}

/** Which saved accounts lie in these homes. */
export async function accountsIn(
  queries: Queries,
  homeIds: readonly string[],
): Promise<{ savedId: number; homeId: string }[]> {
  if (homeIds.length === 0) return [];
  return await queries
    .select()
    .from(homeAccounts)
    .where(inArray(homeAccounts.homeId, [...homeIds]));
}

/** The home in which a saved account lies; null: none. */
export async function homeOfAccount(queries: Queries, savedId: number): Promise<Home | null> {
  const [row] = await queries
    .select({ home: homes })
    .from(homeAccounts)
    .innerJoin(homes, eq(homes.id, homeAccounts.homeId))
    .where(eq(homeAccounts.savedId, savedId));
  return row?.home ?? null;
}

/** The caller has seen that account and home are one person's. */
export async function putIntoHome(tx: Tx, savedId: number, homeId: string): Promise<void> {
  await tx
    .insert(homeAccounts)
    .values({ savedId, homeId })
    .onConflictDoUpdate({ target: homeAccounts.savedId, set: { homeId } });
}

export async function takeFromHome(tx: Tx, savedId: number): Promise<void> {
  await tx.delete(homeAccounts).where(eq(homeAccounts.savedId, savedId));
}
