/**
 * What a question shows is what is done: the balance that was shown is kept with the request, and when it has changed
 * the question is asked anew. Also tells whether the same was done a moment ago.
 */
import { and, desc, eq, gte, ne } from 'drizzle-orm';
import type { Queries, Tx } from '../db/database.ts';
import { adminActions } from '../db/tables.ts';
import { userAvailable } from '../ledger/accounts.ts';
import { balanceOf } from '../ledger/ledger.ts';
import type { Tiyin } from '../core/money.ts';
import { searchWords } from '../users/search-text.ts';
import type { Approval } from './approval.ts';
import { approvalById } from './approval-rows.ts';
import { DECISION_TRAITS } from './approval-rules.ts';

/** Somebody who does the same twice within this time may have meant it once. */
const SAME_WITHIN_MS = 30 * 60_000;
const LOOKED_AT = 50;

/** The user's available balance where the approval changes it, so that its question shows it; else null. */
export async function balanceShown(
  queries: Queries,
  { kind, userId }: Pick<Approval, 'kind' | 'userId'>,
): Promise<Tiyin | null> {
  if (DECISION_TRAITS[kind].effect === 0) return null;
  return await balanceOf(queries, userAvailable(userId));
}

/** Undoes a transaction that would have changed another balance than the one that was shown. */
export class BalanceChangedError extends Error {
  override name = 'BalanceChangedError';
  constructor(id: string) {
    super(`the balance is not what the question ${id} showed`);
  }
}

/** Would it take more than there is? */
export function takesTooMuch(
  { kind, amountTiyin }: Pick<Approval, 'kind' | 'amountTiyin'>,
  beforeTiyin: Tiyin | null,
): beforeTiyin is Tiyin {
  return DECISION_TRAITS[kind].effect < 0 && beforeTiyin !== null && beforeTiyin < amountTiyin;
}

/** Writes the request down again with the balance as it is now, as a new row. The caller ends the old one. */
export async function writeAnew(
  tx: Tx,
  row: Approval,
  { beforeTiyin, at }: { beforeTiyin: Tiyin | null; at: number },
): Promise<Approval> {
  const { ownerId, userId, kind, subject, amountTiyin, reason } = row;
  const request = { ownerId, userId, kind, subject, amountTiyin, reason };
  const id = idAfter(row.id);
  const [written] = await tx
    .insert(adminActions)
    .values({ ...request, id, beforeTiyin, state: 'asked', createdAt: at })
    .returning();
  if (!written) throw new Error(`the approval ${id} was written and is not there`);
  return written;
}

/** What this question became, however often it was asked anew; the question itself where it was not. */
export async function latestOf(queries: Queries, row: Approval): Promise<Approval> {
  let latest = row;
  while (latest.state === 'dropped') {
    const next = await approvalById(queries, idAfter(latest.id));
    if (!next) break;
    latest = next;
  }
  return latest;
}

/** Names follow from each other, so that handling a tap again finds the question it led to. */
function idAfter(id: string): string {
  const [, first = id, times = '1'] = /^(.*?)(?:_(\d+))?$/.exec(id) ?? [];
  return `${first}_${Number(times) + 1}`;
}

/** The last one of the same kind, person, sum and reason that was done shortly before this was asked, or since. */
export async function sameDone(queries: Queries, row: Approval): Promise<Approval | null> {
  const { id, kind, userId, amountTiyin, createdAt } = row;
  const found = await queries
    .select()
    .from(adminActions)
    .where(
      and(
        eq(adminActions.userId, userId),
        eq(adminActions.kind, kind),
        eq(adminActions.amountTiyin, amountTiyin),
        eq(adminActions.state, 'done'),
        gte(adminActions.endedAt, createdAt - SAME_WITHIN_MS),
        ne(adminActions.id, id),
      ),
    )
    .orderBy(desc(adminActions.endedAt))
    .limit(LOOKED_AT);
  const same = found.find((each) => {
    return each.subject === row.subject && searchWords(each.reason) === searchWords(row.reason);
  });
  return same ?? null;
}
