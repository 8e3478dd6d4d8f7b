/** Accounts a user gave a name to, to pay them again. */
import { and, asc, count, eq } from 'drizzle-orm';
import { MAX_OWN_NAME, ownName } from '../core/own-name.ts';
import type { Queries, Tx } from '../db/database.ts';
import { savedAccounts } from '../db/tables.ts';
import { takeFromHome } from '../homes/home.ts';
import { sortedAccount } from './account.ts';
import type { BillDeps } from './deps.ts';
import type { Account } from './paylov/types.ts';
import { createSharedAccounts, type SharedAccounts } from './shared.ts';

export type SavedAccount = typeof savedAccounts.$inferSelect;

interface SaveRequest {
  userId: number;
  serviceId: string;
  serviceName: string;
  name: string;
  account: Account;
}

/** So many accounts one person may have saved. */
const MAX_SAVED = 50;
export const MAX_NAME = MAX_OWN_NAME;

/** A saved account, whoever it belongs to: for what looks at accounts by itself. */
export async function savedAccount(queries: Queries, id: number): Promise<SavedAccount | null> {
  const [row] = await queries.select().from(savedAccounts).where(eq(savedAccounts.id, id));
  return row ?? null;
}

export interface SavedAccounts extends SharedAccounts {
  /** Saves an account. The same account of a service again is renamed. */
  save(
    request: SaveRequest,
  ): Promise<{ kind: 'saved'; saved: SavedAccount } | { kind: 'bad_name' } | { kind: 'too_many' }>;
  /** Oldest first. */
  list(userId: number): Promise<SavedAccount[]>;
  get(id: number, userId: number): Promise<SavedAccount | null>;
  rename(
    id: number,
    request: { userId: number; name: string },
  ): Promise<
    { kind: 'renamed'; saved: SavedAccount } | { kind: 'bad_name' } | { kind: 'not_found' }
  >;
  /** Removes an account. False when there is none. */
  remove(id: number, userId: number): Promise<boolean>;
}

export function createSavedAccounts({ db, clock }: Pick<BillDeps, 'db' | 'clock'>): SavedAccounts {
  return {
    ...createSharedAccounts({ db, clock }),
    save: async (request) => {
      const name = ownName(request.name);
      if (name === null) return { kind: 'bad_name' };
      return await db.tx((tx) => save(tx, { ...request, name }, clock.now()));
    },
    list: async (userId) =>
      await db.read
        .select()
        .from(savedAccounts)
        .where(eq(savedAccounts.userId, userId))
        .orderBy(asc(savedAccounts.id)),
    get: async (id, userId) => {
      const [row] = await db.read.select().from(savedAccounts).where(own(id, userId));
      return row ?? null;
    },
    rename: async (id, { userId, ...wanted }) => {
      const name = ownName(wanted.name);
      if (name === null) return { kind: 'bad_name' };
      const [saved] = await db.tx((tx) =>
        tx.update(savedAccounts).set({ name }).where(own(id, userId)).returning(),
      );
      return saved ? { kind: 'renamed', saved } : { kind: 'not_found' };
    },
    remove: async (id, userId) => {
      return await db.tx(async (tx) => {
        const gone = await tx.delete(savedAccounts).where(own(id, userId)).returning();
        if (gone.length > 0) await takeFromHome(tx, id);
        return gone.length > 0;
      });
    },
  };
}

function own(id: number, userId: number) {
  return and(eq(savedAccounts.id, id), eq(savedAccounts.userId, userId));
}

async function save(
  tx: Tx,
  request: SaveRequest,
  createdAt: number,
): Promise<{ kind: 'saved'; saved: SavedAccount } | { kind: 'too_many' }> {
  const { userId, serviceId, serviceName, name } = request;
  const account = sortedAccount(request.account);
  const same = and(
    eq(savedAccounts.userId, userId),
    eq(savedAccounts.serviceId, serviceId),
    eq(savedAccounts.account, account),
  );
  const [renamed] = await tx.update(savedAccounts).set({ name }).where(same).returning();
  if (renamed) return { kind: 'saved', saved: renamed };
  const [kept] = await tx
    .select({ n: count() })
    .from(savedAccounts)
    .where(eq(savedAccounts.userId, userId));
  if ((kept?.n ?? 0) >= MAX_SAVED) return { kind: 'too_many' };
  const [saved] = await tx
    .insert(savedAccounts)
    .values({ userId, serviceId, serviceName, name, account, createdAt })
    .returning();
  if (!saved) throw new Error('an account was saved and is not there');
  return { kind: 'saved', saved };
}
