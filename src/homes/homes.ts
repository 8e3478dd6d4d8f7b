/**
 * Homes: saved accounts of one person that others may see and pay. Who made a home owns it, puts accounts into it and invites
 * others by a link, each good for one person. Nothing here moves money: each pays for themselves.
 */
import { and, eq, gt, isNull, lt } from 'drizzle-orm';
import { AHEAD_MS, type BringBack } from '../core/clock/ahead.ts';
import { type Clock, type Random, randomCode } from '../core/deps.ts';
import { ID_ALPHABET, ID_LENGTH } from '../core/ids.ts';
import { ownName } from '../core/own-name.ts';
import type { Database, Queries, Tx } from '../db/database.ts';
import { createSignedLinks, type SignedLinks } from '../db/signed-links.ts';
import { homeAccounts, homeInvitations, homeMembers, homes } from '../db/tables.ts';
import type { QuotaLimits } from '../quotas/limits.ts';
import { type QuotaSpent, useQuota } from '../quotas/quotas.ts';
import { getUser } from '../users/users.ts';
import {
  type Belonging,
  type Home,
  homeFor,
  homesOf,
  INVITATION_LIFE_MS,
  type Invitation,
  isMember,
  MAX_JOINED_HOMES,
  MAX_MEMBERS,
  MAX_OWN_HOMES,
  membersOf,
} from './home.ts';
import { tellOver, tellOwner } from './news.ts';

type MakeOutcome = { kind: 'made'; home: Home } | { kind: 'bad_name' } | { kind: 'too_many' };

type InviteOutcome =
  | { kind: 'invited'; home: Home; invitation: Invitation }
  /** As many people as one home may have belong to it already. */
  | { kind: 'full' }
  | { kind: 'not_found' }
  | QuotaSpent;

/** How an invitation is to who opens it. */
export type Opened =
  | { kind: 'open'; home: Home; invitation: Invitation }
  /** They own it, or belong to it already. */
  | { kind: 'own' | 'member'; home: Home }
  /** It is too old, or somebody else joined by it. */
  | { kind: 'old' | 'used' }
  | { kind: 'full' }
  /** They belong to as many homes as one may. */
  | { kind: 'too_many' }
  /** Forged, of another bot, of a home that is no more, or of somebody who is shut out. */
  | { kind: 'unknown' };

type JoinOutcome = { kind: 'joined'; home: Home } | Exclude<Opened, { kind: 'open' }>;

export interface Homes extends SignedLinks {
  /** A name that one of theirs has already is that one: however often it is sent, there is one. */
  make(userId: number, name: string): Promise<MakeOutcome>;
  /** Renames a home of one's own. The methods from here to `leave` are for the owner alone, too. */
  rename(
    id: string,
    request: { userId: number; name: string },
  ): Promise<{ kind: 'renamed'; home: Home } | { kind: 'bad_name' } | { kind: 'not_found' }>;
  /** Says whether the people of a home hear of what one of them has paid. Null: there is no such home. */
  setTold(id: string, request: { userId: number; isTold: boolean }): Promise<Home | null>;
  invite(id: string, userId: number): Promise<InviteOutcome>;
  /** Takes somebody out of a home. False: they do not belong to it. */
  removeMember(id: string, request: { userId: number; memberId: number }): Promise<boolean>;
  /** Its accounts stay their owner's; nobody else sees them any more. False: there is no such home. */
  end(id: string, userId: number): Promise<boolean>;
  /** A member leaves the home. False: they do not belong to it. */
  leave(id: string, userId: number): Promise<boolean>;
  open(payload: string, userId: number): Promise<Opened>;
  /** Joins a home by an invitation, which is good once. Asked again by the same person it is `member`. */
  join(payload: string, userId: number): Promise<JoinOutcome>;
  /** A person's own ones, then those they were invited to. */
  of(userId: number): Promise<Belonging[]>;
  /** Null: there is none that this person belongs to. */
  get(id: string, userId: number): Promise<Belonging | null>;
  /** Without the owner. */
  members(id: string): Promise<number[]>;
}

interface HomeDeps {
  db: Database;
  clock: Clock;
  random: Random;
  quotas: QuotaLimits;
  /** Wakes whoever sends what waits in the outbox. */
  notifyOutbox: () => void;
}

/** Links are signed with a key of the database's own. */
export function createHomes(deps: HomeDeps): Homes {
  const { db, clock, notifyOutbox } = deps;
  const links = createSignedLinks(db, deps.random, { letter: 'h', key: 'home_key', what: 'home' });
  const write = async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
    const done = await db.tx(work);
    notifyOutbox();
    return done;
  };
  return {
    ...links,
    async make(userId, typed) {
      const name = ownName(typed);
      if (name === null) return { kind: 'bad_name' };
      return await db.tx((tx) => make(deps, tx, { userId, name }));
    },
    async rename(id, { userId, name: typed }) {
      const name = ownName(typed);
      if (name === null) return { kind: 'bad_name' };
      const home = await db.tx((tx) => set(tx, { id, userId }, { name }));
      return home ? { kind: 'renamed', home } : { kind: 'not_found' };
    },
    setTold: async (id, { userId, isTold }) =>
      await db.tx((tx) => set(tx, { id, userId }, { isTold })),
    invite: async (id, userId) => await db.tx((tx) => invite(deps, tx, { id, userId })),
    removeMember: async (id, { userId, memberId }) =>
      await write((tx) => removeMember(tx, { id, userId, memberId, at: clock.now() })),
    end: async (id, userId) => await write((tx) => end(tx, { id, userId, at: clock.now() })),
    leave: async (id, userId) => await write((tx) => leave(tx, { id, userId, at: clock.now() })),
    async open(payload, userId) {
      const id = await links.read(payload);
      if (id === null) return { kind: 'unknown' };
      return await opened(db.read, { id, userId, at: clock.now() });
    },
    async join(payload, userId) {
      const id = await links.read(payload);
      if (id === null) return { kind: 'unknown' };
      return await write((tx) => join(tx, { id, userId, at: clock.now() }));
    },
    of: async (userId) => await homesOf(db.read, userId),
    get: async (id, userId) => await homeFor(db.read, id, userId),
    members: async (id) => await membersOf(db.read, id),
  };
}

interface Whose {
  id: string;
  userId: number;
}

async function make(
  { clock, random }: HomeDeps,
  tx: Tx,
  { userId, name }: { userId: number; name: string },
): Promise<MakeOutcome> {
  const own = await tx.select().from(homes).where(eq(homes.userId, userId));
  const known = own.find((each) => each.name === name);
  if (known) return { kind: 'made', home: known };
  if (own.length >= MAX_OWN_HOMES) return { kind: 'too_many' };
  const id = newId(random);
  const [home] = await tx
    .insert(homes)
    .values({ id, userId, name, createdAt: clock.now() })
    .returning();
  if (!home) throw new Error('a home was written and is not there');
  return { kind: 'made', home };
}

function newId(random: Random): string {
  return randomCode(random, { length: ID_LENGTH, alphabet: ID_ALPHABET });
}

async function set(
  tx: Tx,
  { id, userId }: Whose,
  changes: Partial<Pick<Home, 'name' | 'isTold'>>,
): Promise<Home | null> {
  const own = and(eq(homes.id, id), eq(homes.userId, userId));
  const [home] = await tx.update(homes).set(changes).where(own).returning();
  return home ?? null;
}

async function owned(tx: Tx, { id, userId }: Whose): Promise<Home | null> {
  const own = and(eq(homes.id, id), eq(homes.userId, userId));
  const [home] = await tx.select().from(homes).where(own);
  return home ?? null;
}

async function invite(
  { clock, random, quotas }: HomeDeps,
  tx: Tx,
  whose: Whose,
): Promise<InviteOutcome> {
  const home = await owned(tx, whose);
  if (!home) return { kind: 'not_found' };
  if ((await membersOf(tx, home.id)).length >= MAX_MEMBERS) return { kind: 'full' };
  const at = clock.now();
  const use = { userId: whose.userId, action: 'invite_home', at } as const;
  const quota = await useQuota(tx, quotas, use);
  if (quota.kind === 'quota_spent') return quota;
  const ofHome = eq(homeInvitations.homeId, home.id);
  // An invitation is kept for a while after its end, so that whoever opens it can be told that it is old.
  const isForgotten = lt(homeInvitations.expiresAt, at - INVITATION_LIFE_MS);
  await tx.delete(homeInvitations).where(and(ofHome, isForgotten));
  const life = { createdAt: at, expiresAt: at + INVITATION_LIFE_MS };
  const [invitation] = await tx
    .insert(homeInvitations)
    .values({ id: newId(random), homeId: home.id, ...life })
    .returning();
  if (!invitation) throw new Error('an invitation was written and is not there');
  return { kind: 'invited', home, invitation };
}

interface Visit {
  /** The invitation. */
  id: string;
  userId: number;
  at: number;
}

async function opened(queries: Queries, { id, userId, at }: Visit): Promise<Opened> {
  const [invitation] = await queries
    .select()
    .from(homeInvitations)
    .where(eq(homeInvitations.id, id));
  if (!invitation) return { kind: 'unknown' };
  const [home] = await queries.select().from(homes).where(eq(homes.id, invitation.homeId));
  const owner = home && (await getUser(queries, home.userId));
  if (!home || !owner || owner.blockedAt !== null) return { kind: 'unknown' };
  if (home.userId === userId) return { kind: 'own', home };
  if (await isMember(queries, home.id, userId)) return { kind: 'member', home };
  if (invitation.usedBy !== null) return { kind: 'used' };
  if (invitation.expiresAt <= at) return { kind: 'old' };
  if ((await membersOf(queries, home.id)).length >= MAX_MEMBERS) return { kind: 'full' };
  const joined = (await homesOf(queries, userId)).filter(({ isOwner }) => !isOwner);
  if (joined.length >= MAX_JOINED_HOMES) return { kind: 'too_many' };
  return { kind: 'open', home, invitation };
}

async function join(tx: Tx, visit: Visit): Promise<JoinOutcome> {
  const found = await opened(tx, visit);
  if (found.kind !== 'open') return found;
  const { home, invitation } = found;
  const { userId, at } = visit;
  const [used] = await tx
    .update(homeInvitations)
    .set({ usedBy: userId })
    .where(and(eq(homeInvitations.id, invitation.id), isNull(homeInvitations.usedBy)))
    .returning();
  if (!used) throw new Error(`the invitation ${invitation.id} is open and was not to be had`);
  await tx.insert(homeMembers).values({ homeId: home.id, userId, joinedAt: at });
  await tellOwner(tx, 'home_joined', { home, memberId: userId, at });
  return { kind: 'joined', home };
}

async function dropMember(tx: Tx, homeId: string, userId: number): Promise<boolean> {
  const own = and(eq(homeMembers.homeId, homeId), eq(homeMembers.userId, userId));
  return (await tx.delete(homeMembers).where(own).returning()).length > 0;
}

async function removeMember(
  tx: Tx,
  { memberId, at, ...whose }: Whose & { memberId: number; at: number },
): Promise<boolean> {
  const home = await owned(tx, whose);
  if (!home || !(await dropMember(tx, home.id, memberId))) return false;
  // The old links go as well: otherwise the person could come back by one of them.
  await tx.delete(homeInvitations).where(eq(homeInvitations.homeId, home.id));
  await tellOver(tx, { home, why: 'removed', at }, [memberId]);
  return true;
}

async function leave(tx: Tx, { id, userId, at }: Whose & { at: number }): Promise<boolean> {
  const belonging = await homeFor(tx, id, userId);
  if (!belonging || !(await dropMember(tx, id, userId))) return false;
  await tellOwner(tx, 'home_left', { home: belonging.home, memberId: userId, at });
  return true;
}

async function end(tx: Tx, { at, ...whose }: Whose & { at: number }): Promise<boolean> {
  const home = await owned(tx, whose);
  if (!home) return false;
  const members = await membersOf(tx, home.id);
  await tx.delete(homeInvitations).where(eq(homeInvitations.homeId, home.id));
  await tx.delete(homeAccounts).where(eq(homeAccounts.homeId, home.id));
  await tx.delete(homeMembers).where(eq(homeMembers.homeId, home.id));
  await tx.delete(homes).where(eq(homes.id, home.id));
  await tellOver(tx, { home, why: 'ended', at }, members);
  return true;
}

/** After a clock that was ahead: no link is good for longer than it would have been. */
export async function bringInvitationsBack(tx: Tx, { now }: BringBack): Promise<void> {
  const expiresAt = now + INVITATION_LIFE_MS;
  await tx
    .update(homeInvitations)
    .set({ expiresAt })
    .where(gt(homeInvitations.expiresAt, expiresAt + AHEAD_MS));
}
