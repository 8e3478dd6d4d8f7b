/** Double entry: what is posted sums to zero, happens once for each key, and is never changed. */
import { hash } from 'node:crypto';
import { and, eq, gte, inArray, lt, sql } from 'drizzle-orm';
import { prepared, preparedForEach, together, type Queries, type Tx } from '../db/database.ts';
import { sumOf } from '../db/exact.ts';
import { accounts, entries, lines } from '../db/tables.ts';
import { assertTiyin, type Tiyin } from '../core/money.ts';
import { type AccountId, mayBeNegative, userAvailable, userHeld } from './accounts.ts';
import { ofAccount, stripeOf } from './stripes.ts';

export interface Line {
  account: AccountId;
  /** What the account gains; negative is what it loses. Never zero. */
  amountTiyin: Tiyin;
}

export interface Entry {
  /** Names the event in the world, so that posting it again is harmless: `topup:<order>`. */
  key: string;
  kind: string;
  /** `system`, or `user:<Telegram id>` for what a person decided. */
  actor: string;
  reason?: string;
  lines: readonly Line[];
  /** The id of the entry this one undoes. */
  reverses?: number;
  /** Milliseconds since 1970. Not part of the body: a repetition may come later. */
  at: number;
}

export type Posted = { kind: 'posted'; entryId: number } | { kind: 'repeated'; entryId: number };

/** The key was used for something else: two events were given one name, or somebody tampers. */
export class EntryKeyConflictError extends Error {
  override name = 'EntryKeyConflictError';
  readonly key: string;
  constructor(key: string) {
    super(`The entry "${key}" exists with another body; nothing was posted.`);
    this.key = key;
  }
}

/** An account that must not fall below zero would have. */
export class InsufficientBalanceError extends Error {
  override name = 'InsufficientBalanceError';
  readonly account: AccountId;
  constructor(account: AccountId) {
    super(`${account} has less than this takes; nothing was posted.`);
    this.account = account;
  }
}

/** An entry is undone at most once, under whatever key. */
export class AlreadyReversedError extends Error {
  override name = 'AlreadyReversedError';
  readonly entryId: number;
  constructor(entryId: number) {
    super(`Entry ${entryId} has been reversed before; nothing was posted.`);
    this.entryId = entryId;
  }
}

const insertEntry = prepared((q) =>
  q
    .insert(entries)
    .values({
      key: sql.placeholder('key'),
      bodyHash: sql.placeholder('bodyHash'),
      kind: sql.placeholder('kind'),
      actor: sql.placeholder('actor'),
      reason: sql.placeholder('reason'),
      reverses: sql.placeholder('reverses'),
      createdAt: sql.placeholder('at'),
    })
    // Of the key, or of the entry it reverses: notInserted finds out which.
    .onConflictDoNothing()
    .returning({ id: entries.id }),
);

/** One statement for all lines of an entry. */
const insertLines = preparedForEach((q, count: number) =>
  q.insert(lines).values(
    Array.from({ length: count }, (_, position) => ({
      entryId: sql.placeholder('entryId'),
      position,
      accountId: sql.placeholder(`account${position}`),
      amountTiyin: sql.placeholder(`amount${position}`),
    })),
  ),
);

const addToAccounts = preparedForEach((q, count: number) =>
  q
    .insert(accounts)
    .values(
      Array.from({ length: count }, (_, position) => ({
        id: sql.placeholder(`account${position}`),
        mayBeNegative: sql.placeholder(`mayBeNegative${position}`),
        balanceTiyin: sql.placeholder(`amount${position}`),
      })),
    )
    .onConflictDoUpdate({
      target: accounts.id,
      set: { balanceTiyin: sql`${accounts.balanceTiyin} + excluded.balance_tiyin` },
    }),
);

const takeFromAccount = prepared((q) =>
  q
    .update(accounts)
    .set({ balanceTiyin: sql`${accounts.balanceTiyin} + ${sql.placeholder('amount')}` })
    .where(
      sql`${accounts.id} = ${sql.placeholder('account')}
        and ${accounts.balanceTiyin} + ${sql.placeholder('amount')} >= 0`,
    )
    .returning({ id: accounts.id }),
);

/**
 * Posts an entry inside the caller's transaction. The same key with the same body again changes nothing.
 * Throws EntryKeyConflictError, AlreadyReversedError or InsufficientBalanceError (which roll the transaction back),
 * and an assertion for an entry that does not balance.
 */
export async function post(tx: Tx, entry: Entry): Promise<Posted> {
  assertBalanced(entry);
  const bodyHash = hashOf(entry);
  const [created] = await insertEntry(tx).execute({
    key: entry.key,
    bodyHash,
    kind: entry.kind,
    actor: entry.actor,
    reason: entry.reason ?? null,
    reverses: entry.reverses ?? null,
    at: entry.at,
  });
  if (!created) return await notInserted(tx, entry, bodyHash);
  const stored = entry.lines.map(({ account, amountTiyin }): Line => {
    return { account: stripeOf(account, tx.stripe), amountTiyin };
  });
  await write(tx, created.id, stored);
  return { kind: 'posted', entryId: created.id };
}

/** The lines of an entry, and what they do to balances. */
async function write(tx: Tx, entryId: number, all: readonly Line[]): Promise<void> {
  const lineRows = (): Promise<unknown> =>
    insertLines(tx, all.length).execute({ entryId, ...placed(all) });
  const isEachOnce = new Set(all.map(({ account }) => account)).size === all.length;
  if (isEachOnce) {
    const gains = all.filter(isGain);
    const losses = all.filter((line) => !isGain(line)).map((line) => take(tx, line));
    await together([...(gains.length > 0 ? [add(tx, gains)] : []), ...losses, lineRows()]);
    return;
  }
  // Where an account is there twice their order counts: it may not be emptied before it gets something back.
  for (const line of all) await (isGain(line) ? add(tx, [line]) : take(tx, line));
  await lineRows();
}

/** True when the line can't make its account fall below zero, or may do so. */
function isGain({ account, amountTiyin }: Line): boolean {
  return amountTiyin > 0 || mayBeNegative(account);
}

/** Adds to each account once, because one statement changes a row only once. */
async function add(tx: Tx, gains: readonly Line[]): Promise<void> {
  const signs = gains.map(({ account }, at) => [`mayBeNegative${at}`, mayBeNegative(account)]);
  await addToAccounts(tx, gains.length).execute({
    ...placed(gains),
    ...(Object.fromEntries(signs) as Record<string, boolean>),
  });
}

async function take(tx: Tx, { account, amountTiyin }: Line): Promise<void> {
  const taken = await takeFromAccount(tx).execute({ account, amount: amountTiyin });
  if (taken.length === 0) throw new InsufficientBalanceError(account);
}

/** Values of `account0`, `amount0`, `account1` … */
function placed(all: readonly Line[]): Record<string, string | number> {
  const values: Record<string, string | number> = {};
  for (const [position, line] of all.entries()) {
    values[`account${position}`] = line.account;
    values[`amount${position}`] = line.amountTiyin;
  }
  return values;
}

/** Finds what stood in the way: an entry with this key, or one that undid the same entry before. */
async function notInserted(tx: Tx, { key, reverses }: Entry, bodyHash: string): Promise<Posted> {
  const [existing] = await tx
    .select({ id: entries.id, bodyHash: entries.bodyHash })
    .from(entries)
    .where(eq(entries.key, key));
  if (!existing && reverses !== undefined) throw new AlreadyReversedError(reverses);
  if (existing?.bodyHash !== bodyHash) throw new EntryKeyConflictError(key);
  return { kind: 'repeated', entryId: existing.id };
}

function assertBalanced({ key, lines: all }: Entry): void {
  if (all.length < 2) throw new Error(`The entry "${key}" needs at least two lines.`);
  let sum = 0;
  for (const line of all) {
    assertTiyin(line.amountTiyin, `entry ${key}`);
    if (line.amountTiyin === 0) throw new Error(`The entry "${key}" has a line of zero.`);
    sum += line.amountTiyin;
  }
  if (sum !== 0) throw new Error(`The lines of "${key}" sum to ${sum} tiyin instead of zero.`);
}

/** Hashes the accounts without their stripes, because whoever repeats an entry may use another stripe. */
function hashOf(entry: Entry): string {
  const body = [
    entry.kind,
    entry.actor,
    entry.reason ?? null,
    entry.reverses ?? null,
    entry.lines.map((line) => [line.account, line.amountTiyin]),
  ];
  return hash('sha256', JSON.stringify(body), 'hex');
}

/** The balance of any account, all its stripes together; zero for one never used. */
export async function balanceOf(queries: Queries, account: AccountId): Promise<Tiyin> {
  const [row] = await queries
    .select({ balanceTiyin: sumOf(accounts.balanceTiyin) })
    .from(accounts)
    .where(ofAccount(accounts.id, account));
  return row?.balanceTiyin ?? 0;
}

export interface UserBalance {
  availableTiyin: Tiyin;
  heldTiyin: Tiyin;
}

const balancesOfUser = prepared((q) =>
  q
    .select({ id: accounts.id, balanceTiyin: accounts.balanceTiyin })
    .from(accounts)
    // A user's accounts have no stripes.
    .where(inArray(accounts.id, [sql.placeholder('available'), sql.placeholder('held')])),
);

export async function userBalance(queries: Queries, userId: number): Promise<UserBalance> {
  const [available, held] = [userAvailable(userId), userHeld(userId)];
  const rows = await balancesOfUser(queries).execute({ available, held });
  const balance = (account: AccountId): Tiyin =>
    rows.find(({ id }) => id === account)?.balanceTiyin ?? 0;
  return { availableTiyin: balance(available), heldTiyin: balance(held) };
}

/** The entry with this key; null when there is none. */
export async function entryByKey(
  queries: Queries,
  key: string,
): Promise<typeof entries.$inferSelect | null> {
  const [entry] = await queries.select().from(entries).where(eq(entries.key, key));
  return entry ?? null;
}

/** What the first lines of entries come to whose key is `key`, or begins with it and a colon. */
export async function sumUnder(queries: Queries, key: string): Promise<Tiyin> {
  const [row] = await queries
    .select({ tiyin: sumOf(lines.amountTiyin) })
    .from(entries)
    .innerJoin(lines, and(eq(lines.entryId, entries.id), eq(lines.position, 0)))
    // As a range of the index: `;` comes after `:`.
    .where(and(gte(entries.key, key), lt(entries.key, `${key};`)));
  return row?.tiyin ?? 0;
}
