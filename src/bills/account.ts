/** What an account of a service is: the answers to its form, in an order that makes equal ones equal texts. */
import { z } from 'zod';
import type { Account } from './paylov/types.ts';

export const MAX_ANSWERS = 200;

const accountSchema = z
  .record(z.string().min(1).max(100), z.string().max(500))
  .refine((account) => Object.keys(account).length <= MAX_ANSWERS);

/** Names in alphabetical order, so that equal accounts are equal texts. Throws for what no form asks. */
export function sortedAccount(account: Account): Record<string, string> {
  const checked = accountSchema.parse(account);
  return Object.fromEntries(Object.entries(checked).toSorted(byName));
}

function byName([a]: [string, string], [b]: [string, string]): number {
  return a < b ? -1 : 1;
}
