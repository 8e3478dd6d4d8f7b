/** An entry undone whole, for tests of what "undone at most once" means: the program undoes nothing but what it knows the parts of. */
import { desc, eq } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import { lines } from '../db/tables.ts';
import { post, type Posted } from './ledger.ts';
import { plainAccount } from './stripes.ts';

/**
 * Undoes an entry by posting its opposite under `key`. An entry is undone at most once; the balances it added to
 * must still be there. Throws AlreadyReversedError if it was undone under another key, InsufficientBalanceError, and
 * an error when the entry does not exist.
 */
export async function reverse(
  tx: Tx,
  {
    entryId,
    ...entry
  }: { entryId: number; key: string; actor: string; reason: string; at: number },
): Promise<Posted> {
  const original = await tx
    .select({ account: lines.accountId, amountTiyin: lines.amountTiyin })
    .from(lines)
    .where(eq(lines.entryId, entryId))
    // Backwards, so that no account is emptied before it gets back what the same entry took out of it.
    .orderBy(desc(lines.position));
  if (original.length === 0) throw new Error(`There is no entry ${entryId} to reverse.`);
  return await post(tx, {
    ...entry,
    kind: 'reversal',
    reverses: entryId,
    lines: original.map((line) => ({
      account: plainAccount(line.account),
      amountTiyin: -line.amountTiyin,
    })),
  });
}
