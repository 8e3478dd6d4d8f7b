/** When a second person has to agree to what somebody of the staff does to money. */
import { and, eq, gt, inArray, isNull } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { countOf, sumOf as total } from '../db/exact.ts';
import { adminActions } from '../db/tables.ts';
import type { Tiyin } from '../core/money.ts';
import type { Role, Staff } from './staff.ts';

export type ApprovalKind = typeof adminActions.$inferSelect.kind;

export const DECISION_KINDS = [
  'credit',
  'debit',
  'approve',
  'review_credit',
  'suspense_credit',
  'bill_refund',
  'bill_paid',
  'bill_unpaid',
  'taken_back',
  'term',
] as const satisfies readonly ApprovalKind[];

interface Traits {
  /** The lowest role that may ask for it. */
  role: Role;
  /** What it does to the user's balance: adds, changes nothing, takes. */
  effect: 1 | 0 | -1;
}

export const DECISION_TRAITS: Readonly<Record<ApprovalKind, Traits>> = {
  credit: { role: 'owner', effect: 1 },
  debit: { role: 'owner', effect: -1 },
  approve: { role: 'operator', effect: 1 },
  review_credit: { role: 'operator', effect: 1 },
  suspense_credit: { role: 'operator', effect: 1 },
  bill_refund: { role: 'operator', effect: 1 },
  bill_paid: { role: 'operator', effect: 0 },
  bill_unpaid: { role: 'operator', effect: 1 },
  taken_back: { role: 'owner', effect: -1 },
  term: { role: 'owner', effect: 0 },
};

/** One large sum in many small pieces is one large sum. */
const PIECES_WITHIN_MS = 24 * 60 * 60_000;

/**
 * So is a little less than the limit for each of many accomplices. Within a day one person decides alone, for everybody
 * together, at most so many times their limit: enough for the customers of a bad day, and an end for who stole a phone.
 */
const LIMITS_A_DAY = 10;

interface Wanted {
  kind: ApprovalKind;
  askerId: number;
  /** The person whose balance it changes. */
  userId: number;
  amountTiyin: Tiyin;
  at: number;
}

export type Need =
  /** Whoever asked may do it alone. `own`: their own account gains by it. */
  | { kind: 'nobody_else'; own: boolean }
  /** One of `owners` has to agree. */
  | { kind: 'second'; own: boolean; owners: readonly number[] }
  /** A second owner would have to agree, and there is none. */
  | { kind: 'no_second' }
  /** Not for somebody of this role. */
  | { kind: 'forbidden' };

/** Sums above the limit need a second owner; so do one's own account, and terms, wherever there is somebody else. */
export async function needOf(queries: Queries, staff: Staff, wanted: Wanted): Promise<Need> {
  const { kind, askerId, userId } = wanted;
  if (!staff.may(askerId, DECISION_TRAITS[kind].role)) return { kind: 'forbidden' };
  const own = gainsOwn(kind, { userId, personId: askerId });
  const owners = staff.otherOwners(askerId);
  if (kind === 'term') {
    // A change of what everybody pays has no sum that could be compared with a limit.
    return owners.length > 0 ? { kind: 'second', own, owners } : { kind: 'nobody_else', own };
  }
  const limit = limitOf(staff, askerId);
  const alone = await aloneWithinDay(queries, wanted);
  const inAll = wanted.amountTiyin + alone.tiyin;
  const aboveLimit = (await sumOf(queries, wanted)) > limit || inAll > LIMITS_A_DAY * limit;
  if (aboveLimit && owners.length === 0) return { kind: 'no_second' };
  if (aboveLimit || (own && owners.length > 0)) return { kind: 'second', own, owners };
  return { kind: 'nobody_else', own };
}

/** Does this put money on the person's own balance? */
export function gainsOwn(
  kind: ApprovalKind,
  { userId, personId }: { userId: number; personId: number },
): boolean {
  return DECISION_TRAITS[kind].effect > 0 && userId === personId;
}

/** The sum up to which this person decides alone. */
function limitOf(staff: Staff, askerId: number): Tiyin {
  const dual = staff.dualControlAboveTiyin ?? Infinity;
  if (staff.may(askerId, 'owner')) return dual;
  return Math.min(dual, staff.operatorLimitTiyin);
}

/**
 * This sum together with what the same person gave the same user alone within a day, in whatever kinds; likewise for
 * what they took. What was given and what was taken are not set off against each other: either could be the whole of
 * it.
 */
async function sumOf(queries: Queries, wanted: Wanted): Promise<Tiyin> {
  const [row] = await queries
    .select({ tiyin: total(adminActions.amountTiyin) })
    .from(adminActions)
    .where(and(eq(adminActions.userId, wanted.userId), isAlone(wanted)));
  return wanted.amountTiyin + (row?.tiyin ?? 0);
}

/** What somebody of the staff decided alone. */
export interface Alone {
  tiyin: Tiyin;
  /** For how many people. */
  people: number;
}

/** What this person decided alone within a day and with the same effect, for everybody together. */
export async function aloneWithinDay(
  queries: Queries,
  wanted: Pick<Wanted, 'kind' | 'askerId' | 'at'>,
): Promise<Alone> {
  const [row] = await queries
    .select({ tiyin: total(adminActions.amountTiyin), people: countOf(adminActions.userId) })
    .from(adminActions)
    .where(isAlone(wanted));
  return row ?? { tiyin: 0, people: 0 };
}

function isAlone({ kind: wanted, askerId, at }: Pick<Wanted, 'kind' | 'askerId' | 'at'>) {
  const { effect } = DECISION_TRAITS[wanted];
  const alike = DECISION_KINDS.filter(
    (kind) => DECISION_TRAITS[kind].effect === effect && kind !== 'term',
  );
  return and(
    gt(adminActions.createdAt, at - PIECES_WITHIN_MS),
    eq(adminActions.ownerId, askerId),
    eq(adminActions.state, 'done'),
    isNull(adminActions.secondId),
    inArray(adminActions.kind, alike),
  );
}
