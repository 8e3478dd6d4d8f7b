/**
 * Accounts of the operator are part of almost every entry. Where several processes share a database, each posts to a
 * stripe of its own (`provider:payfer~3`), or all of them would wait for one row. What an account has is what it and its
 * stripes have together, and everything that reads by account reads it so. Only accounts that may be negative have
 * stripes: those of users, `suspense` and `returns` must be one row, which can refuse to fall below zero.
 */
import { and, eq, gte, lt, or, type SQL } from 'drizzle-orm';
import type { accounts, lines } from '../db/tables.ts';
import { type AccountId, mayBeNegative } from './accounts.ts';

const MARK = '~';
/** A text that comes after all texts that begin with the mark. */
const PAST_MARK = String.fromCodePoint((MARK.codePointAt(0) ?? 0) + 1);

/** Where `account` is posted to by whoever has this stripe; zero has none. */
export function stripeOf(account: AccountId, stripe: number): AccountId {
  if (stripe === 0 || !mayBeNegative(account)) return account;
  return `${account}${MARK}${stripe}` as AccountId;
}

/** The account that a stored id belongs to: itself, unless it is a stripe. */
export function plainAccount(id: string): AccountId {
  const end = id.indexOf(MARK);
  return (end < 0 ? id : id.slice(0, end)) as AccountId;
}

/** Rows of the account and of all its stripes: one look into the index for each of the two. */
export function ofAccount(
  column: typeof accounts.id | typeof lines.accountId,
  account: AccountId,
): SQL | undefined {
  const itself = eq(column, account);
  if (!mayBeNegative(account)) return itself;
  const stripes = and(gte(column, account + MARK), lt(column, account + PAST_MARK));
  return or(itself, stripes);
}
