/** When a second person has to agree to what somebody of the staff does to money. */
import { and, eq, gt, inArray, isNull } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { sumOf as total } from '../db/exact.ts';
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
  const aboveLimit = (await sumOf(queries, wanted)) > limitOf(staff, askerId);
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
  const { effect } = DECISION_TRAITS[wanted.kind];
  const alike = DECISION_KINDS.filter(
    (kind) => DECISION_TRAITS[kind].effect === effect && kind !== 'term',
  );
  const [row] = await queries
    .select({ tiyin: total(adminActions.amountTiyin) })
    .from(adminActions)
    .where(
      and(
        eq(adminActions.userId, wanted.userId),
        gt(adminActions.createdAt, wanted.at - PIECES_WITHIN_MS),
        eq(adminActions.ownerId, wanted.askerId),
        eq(adminActions.state, 'done'),
        isNull(adminActions.secondId),
        inArray(adminActions.kind, alike),
      ),
    );
  return wanted.amountTiyin + (row?.tiyin ?? 0);
}
