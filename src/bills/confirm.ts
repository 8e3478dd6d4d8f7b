/** A confirmed bill becomes a row, and money held for it, before anybody is asked. */
import { and, count, desc, eq, gt, gte, inArray, or } from 'drizzle-orm';
import { z } from 'zod';
import type { Queries, Tx } from '../db/database.ts';
import { bills, cards } from '../db/tables.ts';
import { randomCode } from '../core/deps.ts';
import { isNewlyOld, isNewShortage } from '../ledger/float.ts';
import { hold } from '../ledger/holds.ts';
import { DAY_MS } from '../core/calendar.ts';
import { assertTiyin, TIYIN_PER_SOM, type Tiyin } from '../core/money.ts';
import { type Bill, holdId, OPEN_STATES } from './bill.ts';
import type { ConfirmOutcome, ConfirmRequest } from './outcomes.ts';
import { useQuota } from '../quotas/quotas.ts';
import { claimRequest } from '../requests/claims.ts';
import {
  type PaymentRequest,
  requestById,
  type Standing,
  standingOf,
} from '../requests/request.ts';
import { codesLocked } from './code-guesses.ts';
import type { Catalog } from './catalog.ts';
import { type BillDeps, feeOf, stepLease } from './deps.ts';
import { writeHistory } from './transitions.ts';
import { type FloatShort, floatShort } from './float.ts';
import { pausedBy } from './pause.ts';
import { boundedDetails } from './paylov/details.ts';
import type { Detail } from './paylov/types.ts';
import { sortedAccount, MAX_ANSWERS } from './account.ts';
import { othersPaying } from './shared.ts';
import { ID_ALPHABET, ID_LENGTH } from '../core/ids.ts';

/** Paying the same again within this time is asked about. */
const REPEAT_MS = 10 * 60_000;
/** The same for what somebody else of the home has paid, whatever the sum: one person does not know of the other. */
const HOME_REPEAT_MS = DAY_MS;

/** Most open bills of one user. */
const MAX_OPEN_BILLS = 5;

const requestSchema = z.object({
  confirmationId: z.string().min(1).max(100),
  serviceName: z.string().min(1).max(300),
});

type Written = Exclude<ConfirmOutcome, { kind: 'bill' }> | WrittenBill;
interface WrittenBill {
  kind: 'bill';
  bill: Bill;
  repeated: boolean;
}

/**
 * Everything that can be said before Paylov is asked for a transaction. With `repeated: false` the bill is new and
 * its money held: go on with it. Throws for a request no dialog makes.
 */
export async function writeBill(
  deps: BillDeps,
  catalog: Catalog,
  request: ConfirmRequest,
): Promise<Written> {
  assertTiyin(request.amountTiyin, 'bill');
  requestSchema.parse(request);
  const account = sortedAccount(request.account);
  const known = await confirmedBefore(deps.db.read, request);
  if (known) return known;
  const limits = await limitsOf(catalog, request.serviceId);
  if (limits.kind === 'unavailable') return limits;
  const { amountTiyin: sum } = request;
  const { minTiyin, maxTiyin } = limits;
  if (sum < minTiyin || sum > maxTiyin || sum % TIYIN_PER_SOM !== 0) {
    return { kind: 'out_of_limits', minTiyin, maxTiyin };
  }
  if (request.source === 'balance') {
    const short = await floatShort(deps.db.read, { neededTiyin: sum, at: deps.clock.now() });
    if (short) await tellShort(deps, short);
    if (short?.oldSince === null) return { kind: 'unavailable', reason: 'float' };
  }
  try {
    return await deps.write((tx) => write(deps, tx, { ...request, account }));
  } catch (error) {
    if (error instanceof CalledOffError) return { kind: 'called_off' };
    throw error;
  }
}

/** Once for what was written down: that a bill is more than that, or that it is too old to say so. */
async function tellShort(deps: BillDeps, { oldSince, ...short }: FloatShort): Promise<void> {
  const at = deps.clock.now();
  await deps.write(async (tx) => {
    if (oldSince === null) {
      if (await isNewShortage(tx)) await deps.tell(tx, { kind: 'float_short', ...short, at });
    } else if (await isNewlyOld(tx)) {
      await deps.tell(tx, { kind: 'float_old', ...short, writtenAt: oldSince, at });
    }
  });
}

/** Takes back what the transaction has held already. */
class CalledOffError extends Error {}

/** The labels of what the account holds, and no others. Null where none were given. */
function labelsOf({ labels, account }: ConfirmRequest): Detail[] | null {
  const own = labels?.filter(({ name }) => Object.hasOwn(account, name)) ?? [];
  return own.length === 0 ? null : boundedDetails(own, MAX_ANSWERS);
}

async function limitsOf(
  catalog: Catalog,
  serviceId: string,
): Promise<
  | { kind: 'limits'; minTiyin: Tiyin; maxTiyin: Tiyin }
  | { kind: 'unavailable'; reason: 'service' | 'provider' }
> {
  const listed = await catalog.services();
  if (listed.kind !== 'services') return { kind: 'unavailable', reason: 'provider' };
  const service = listed.services.find(({ id }) => id === serviceId);
  if (!service?.available) return { kind: 'unavailable', reason: 'service' };
  return { kind: 'limits', minTiyin: service.minTiyin, maxTiyin: service.maxTiyin };
}

async function confirmedBefore(
  queries: Queries,
  request: ConfirmRequest,
): Promise<WrittenBill | null> {
  const { confirmationId, userId, serviceId, amountTiyin, source } = request;
  const [row] = await queries.select().from(bills).where(eq(bills.confirmationId, confirmationId));
  if (!row) return null;
  const sameBody =
    row.userId === userId &&
    row.serviceId === serviceId &&
    row.amountTiyin === amountTiyin &&
    row.source === source &&
    JSON.stringify(row.account) === JSON.stringify(sortedAccount(request.account));
  if (!sameBody) throw new Error(`the confirmation ${confirmationId} was for another bill`);
  return { kind: 'bill', bill: row, repeated: true };
}

async function write(
  deps: BillDeps,
  tx: Tx,
  request: ConfirmRequest & { account: Record<string, string> },
): Promise<Written> {
  const known = await confirmedBefore(tx, request);
  if (known) return known;
  const card = request.source === 'card' ? await linkedCard(tx, request) : null;
  if (request.source === 'card' && !card) return { kind: 'unknown_card' };
  if (request.source === 'balance') {
    if (deps.operatorCardId === null) return { kind: 'unavailable', reason: 'no_operator_card' };
    if ((await pausedBy(tx)) !== null) return { kind: 'unavailable', reason: 'paused' };
  }
  const feeTiyin = await feeOf(deps, tx, request);
  const changed = changedSince(feeTiyin, request, card);
  if (changed) return { kind: 'changed', what: changed };
  const open = await countOpen(tx, request.userId);
  if (open >= MAX_OPEN_BILLS) return { kind: 'too_many', open };
  const at = deps.clock.now();
  const over = await requestOver(tx, request, at);
  if (over) return over;
  const same = request.repeatAllowed
    ? null
    : ((await sameBill(tx, request, at)) ?? (await homesBill(tx, request, at)));
  if (same) return { kind: 'repeated_within', bill: same };
  const { userId } = request;
  const lock = card && (await codesLocked(tx, deps, { userId, mask: card.mask }));
  if (lock) return lock;
  const quota = await useQuota(tx, deps.quotas, { userId, action: 'pay_bill', at });
  if (quota.kind === 'quota_spent') return quota;
  return await holdAndInsert(deps, tx, { request, feeTiyin, card, at });
}

/** What differs by now from what was shown; null: nothing. Only what was shown is taken. */
function changedSince(
  feeTiyin: Tiyin,
  { shown, ...request }: ConfirmRequest,
  card: { mask: string } | null,
): 'fee' | 'card' | null {
  const totalTiyin = request.amountTiyin + feeTiyin;
  if (shown.feeTiyin !== feeTiyin || shown.totalTiyin !== totalTiyin) return 'fee';
  return shown.cardMask !== undefined && shown.cardMask !== card?.mask ? 'card' : null;
}

/**
 * Why the request can't be paid any more. Null: the bill is for no request, or for one that is open. Throws for a bill
 * that the request does not ask for.
 */
async function requestOver(
  tx: Tx,
  bill: ConfirmRequest & { account: Record<string, string> },
  at: number,
): Promise<{ kind: 'request_over'; standing: Exclude<Standing, 'open'> } | null> {
  if (bill.requestId === undefined) return null;
  const request = await requestById(tx, bill.requestId);
  const isSame =
    request?.kind === 'bill' &&
    request.serviceId === bill.serviceId &&
    request.amountTiyin === bill.amountTiyin &&
    JSON.stringify(sortedAccount(request.account ?? {})) === JSON.stringify(bill.account);
  if (!isSame) throw new Error(`the request ${bill.requestId} asks for another bill`);
  const standing = standingOf(request, at);
  if (standing !== 'open') return { kind: 'request_over', standing };
  return (await paidByAsker(tx, request)) ? { kind: 'request_over', standing: 'paid' } : null;
}

/**
 * True when whoever asked has paid it themselves since, or is about to: the link that is still out there must not pay
 * it again.
 */
async function paidByAsker(tx: Tx, request: PaymentRequest): Promise<boolean> {
  const own = await tx
    .select({ account: bills.account })
    .from(bills)
    .where(
      and(
        eq(bills.userId, request.userId),
        eq(bills.serviceId, request.serviceId ?? ''),
        eq(bills.amountTiyin, request.amountTiyin),
        gte(bills.createdAt, request.createdAt),
        inArray(bills.state, [...OPEN_STATES, 'paid']),
      ),
    );
  const account = JSON.stringify(sortedAccount(request.account ?? {}));
  return own.some((bill) => JSON.stringify(bill.account) === account);
}

async function linkedCard(
  tx: Tx,
  { userId, cardId = '' }: ConfirmRequest,
): Promise<{ cardId: string; mask: string } | null> {
  const [card] = await tx
    .select({ cardId: cards.cardId, mask: cards.mask })
    .from(cards)
    .where(and(eq(cards.userId, userId), eq(cards.cardId, cardId)));
  return card ?? null;
}

async function countOpen(tx: Tx, userId: number): Promise<number> {
  const [row] = await tx
    .select({ n: count() })
    .from(bills)
    .where(and(eq(bills.userId, userId), inArray(bills.state, [...OPEN_STATES])));
  return row?.n ?? 0;
}

async function sameBill(
  tx: Tx,
  request: ConfirmRequest & { account: Record<string, string> },
  at: number,
): Promise<Bill | null> {
  const [row] = await tx
    .select()
    .from(bills)
    .where(
      and(
        eq(bills.userId, request.userId),
        eq(bills.serviceId, request.serviceId),
        eq(bills.amountTiyin, request.amountTiyin),
        eq(bills.account, request.account),
        or(
          inArray(bills.state, [...OPEN_STATES]),
          and(eq(bills.state, 'paid'), gt(bills.endedAt, at - REPEAT_MS)),
        ),
      ),
    )
    .orderBy(desc(bills.createdAt))
    .limit(1);
  return row ?? null;
}

/** A bill of the same account by somebody else of its home, open or paid lately. */
async function homesBill(
  tx: Tx,
  request: ConfirmRequest & { account: Record<string, string> },
  at: number,
): Promise<Bill | null> {
  const others = await othersPaying(tx, request);
  if (others.length === 0) return null;
  const [row] = await tx
    .select()
    .from(bills)
    .where(
      and(
        inArray(bills.userId, others),
        eq(bills.serviceId, request.serviceId),
        eq(bills.account, request.account),
        or(
          inArray(bills.state, [...OPEN_STATES]),
          and(eq(bills.state, 'paid'), gt(bills.endedAt, at - HOME_REPEAT_MS)),
        ),
      ),
    )
    .orderBy(desc(bills.createdAt))
    .limit(1);
  return row ?? null;
}

interface NewBill {
  request: ConfirmRequest & { account: Record<string, string> };
  /** The fee that was shown, and that is still the fee. */
  feeTiyin: Tiyin;
  card: { cardId: string; mask: string } | null;
  at: number;
}

async function holdAndInsert(
  deps: BillDeps,
  tx: Tx,
  { request, feeTiyin, card, at }: NewBill,
): Promise<Written> {
  const { userId, serviceId, amountTiyin, source } = request;
  const id = randomCode(deps.random, { length: ID_LENGTH, alphabet: ID_ALPHABET });
  if (source === 'balance') {
    const total = amountTiyin + feeTiyin;
    const held = await hold(tx, { id: holdId(id), userId, amountTiyin: total, at });
    if (held.kind === 'insufficient') {
      const { availableTiyin } = held;
      const missingTiyin = total - availableTiyin;
      return { kind: 'insufficient', availableTiyin, totalTiyin: total, missingTiyin };
    }
    if (held.kind === 'repeated') throw new Error(`the id ${id} is taken; nothing was done`);
  }
  if (request.begin && !(await request.begin(tx))) throw new CalledOffError();
  const state = source === 'balance' ? 'held' : 'drafting';
  const { confirmationId, serviceName, account } = request;
  const body = { confirmationId, userId, serviceId, serviceName, account, amountTiyin, feeTiyin };
  const own = { source, cardId: card?.cardId ?? null, cardMask: card?.mask ?? null };
  const accountLabels = labelsOf(request);
  const { requestId = null } = request;
  if (requestId !== null) {
    const isOurs = await claimRequest(tx, { id: requestId, billId: id, payerId: userId, at });
    if (!isOurs) throw new Error(`the request ${requestId} is open and was not to be had`);
  }
  const [row] = await tx
    .insert(bills)
    .values({
      id,
      ...body,
      ...own,
      accountLabels,
      requestId,
      state,
      createdAt: at,
      ...stepLease(deps, at),
    })
    .returning();
  if (!row) throw new Error(`the bill ${id} was written and is not there`);
  await writeHistory(tx, { id, toState: state, cause: 'user', at, transactionId: null });
  return { kind: 'bill', bill: row, repeated: false };
}
