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

/** What the operator's card at Paylov has spent on bills: positive by that much, less what was refunded. */
export const PAYLOV_FLOAT = id('provider:paylov');

/** What users paid on top of their bills. */
export const FEES = id('fees');

/** Whether the books let this account fall below zero: only what belongs to the operator may. */
export function mayBeNegative(account: AccountId): boolean {
  return account === ADJUSTMENTS || account === FEES || account.startsWith('provider:');
}
