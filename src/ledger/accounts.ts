/**
 * The chart of accounts. A line's amount is what the account gains. Money we owe somebody is a positive balance;
 * money that somebody holds for us (a provider, the owner's pocket) is a negative one, so that all balances
 * together are always zero.
 */

export type AccountId = string & { readonly account: unique symbol };

const id = (text: string): AccountId => text as AccountId;

/** What a user can spend. Never below zero. */
export const userAvailable = (userId: number): AccountId => id(`user:${userId}:available`);

/** What a user has given for a payment that is still under way. Never below zero. */
export const userHeld = (userId: number): AccountId => id(`user:${userId}:held`);

/** What a provider has taken in for us: negative by that much. */
export const providerClearing = (provider: string): AccountId => id(`provider:${provider}`);

/** Money that came, and nobody knows yet whose it is. */
export const SUSPENSE = id('suspense');

/** Money an owner decided not to credit: to be given back outside the program. */
export const RETURNS = id('returns');

/** The other side of what owners credit and debit by hand. */
export const ADJUSTMENTS = id('adjustments');

/**
 * The operator's card at Paylov: what it has spent on bills, less what was refunded and what the owner put on it. With
 * deposits written down it is negative by what is left.
 */
export const PAYLOV_FLOAT = id('provider:paylov');

/** What the owner gave out of their own pocket for the card at Paylov. */
export const OWNER = id('owner');

/** What users paid on top of their bills. */
export const FEES = id('fees');

const OPERATORS = /^(?:provider:[^~]+|adjustments|fees|owner)(?:~\d+)?$/;

/** Whether the books let this account, or stripe of one, fall below zero: only what belongs to the operator may. */
export function mayBeNegative(account: AccountId): boolean {
  return OPERATORS.test(account);
}
