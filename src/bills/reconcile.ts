/** A day's bills against Paylov's list of paid transactions. Finds, and changes nothing. */
import { and, eq, gte, inArray, lt } from 'drizzle-orm';
import { billHistory, bills } from '../db/tables.ts';
import type { Tiyin } from '../core/money.ts';
import type { BillState } from './states.ts';
import type { Bill } from './bill.ts';
import type { BillDeps } from './deps.ts';
import type { PaylovProblem } from './paylov/errors.ts';
import type { PaylovTransaction } from './paylov/types.ts';
import { dayOf, DAY_MS, startOf } from '../core/calendar.ts';

export type ReconcileFinding =
  /** Paid there; here the bill is not (or is refunded: then `state` says so), or nobody knows it. */
  | {
      kind: 'paid_there_only';
      transactionId: string;
      amountTiyin: Tiyin;
      billId: string | null;
      state: BillState | null;
    }
  /** Captured here, while Paylov lists no such payment. */
  | { kind: 'captured_here_only'; transactionId: string; amountTiyin: Tiyin; billId: string }
  | {
      kind: 'other_amount';
      transactionId: string;
      billId: string;
      hereTiyin: Tiyin;
      thereTiyin: Tiyin;
    }
  /** Listed there in a row that can't be read: it is paid, and nobody knows more. Without an id it may be any bill. */
  | { kind: 'unreadable_there'; transactionId: string | null; billId: string | null };

export type ReconcileOutcome =
  | {
      kind: 'compared';
      findings: ReconcileFinding[];
      /** Transactions Paylov lists for the day. */
      there: number;
      /** Bills that ended as paid that day. */
      here: number;
      /** False: Paylov did not list everything, so that what is missing there is no finding. */
      complete: boolean;
    }
  | PaylovProblem;

const CHUNK = 500;

export async function reconcileDay(deps: BillDeps, day: string): Promise<ReconcileOutcome> {
  const answer = await deps.paylov.transactions({ beginDate: day, endDate: day });
  if (answer.kind === 'problem') return answer;
  const { transactions: there, unreadable = [] } = answer;
  const ids = [...there, ...unreadable].flatMap(({ id }) => id ?? []);
  const known = await billsOf(deps, ids);
  const findings = there.flatMap((each) => compare(each, known.get(each.id)));
  findings.push(...unreadable.map(({ id }) => unreadableThere(id, known.get(id ?? ''))));
  const here = await capturedOn(deps, day);
  const listed = new Set(ids);
  const absent = here.filter(({ transactionId }) => !listed.has(transactionId ?? ''));
  const elsewhere = await listedAround(deps, absent);
  if (elsewhere.kind === 'problem') return elsewhere;
  const complete = answer.complete && elsewhere.complete;
  if (complete) findings.push(...elsewhere.missing.map(onlyHere));
  const count = there.length + unreadable.length;
  return { kind: 'compared', findings, there: count, here: here.length, complete };
}

type Known = Pick<Bill, 'id' | 'state' | 'amountTiyin'> & { isCurrent: boolean };

function compare(there: PaylovTransaction, bill: Known | undefined): ReconcileFinding[] {
  const { id: transactionId, amountTiyin } = there;
  if (bill?.state !== 'paid' || !bill.isCurrent) {
    const billId = bill?.id ?? null;
    const state = bill?.state ?? null;
    return [{ kind: 'paid_there_only', transactionId, amountTiyin, billId, state }];
  }
  if (bill.amountTiyin === amountTiyin) return [];
  const sums = { hereTiyin: bill.amountTiyin, thereTiyin: amountTiyin };
  return [{ kind: 'other_amount', transactionId, billId: bill.id, ...sums }];
}

function unreadableThere(transactionId: string | null, bill: Known | undefined): ReconcileFinding {
  return { kind: 'unreadable_there', transactionId, billId: bill?.id ?? null };
}

function onlyHere(bill: Bill): ReconcileFinding {
  const { id: billId, amountTiyin } = bill;
  const transactionId = bill.transactionId ?? '';
  return { kind: 'captured_here_only', transactionId, amountTiyin, billId };
}

/** Finds bills by their transaction, also by one that a bill had before another code was asked for. */
async function billsOf(
  deps: BillDeps,
  transactionIds: readonly string[],
): Promise<Map<string, Known>> {
  const known = new Map<string, Known>();
  for (let from = 0; from < transactionIds.length; from += CHUNK) {
    const rows = await deps.db.read
      .selectDistinct({
        id: bills.id,
        state: bills.state,
        amountTiyin: bills.amountTiyin,
        now: bills.transactionId,
        transactionId: billHistory.transactionId,
      })
      .from(billHistory)
      .innerJoin(bills, eq(bills.id, billHistory.billId))
      .where(inArray(billHistory.transactionId, transactionIds.slice(from, from + CHUNK)));
    for (const { transactionId, now, ...row } of rows) {
      const isCurrent = now === transactionId;
      known.set(transactionId ?? '', { ...row, isCurrent });
    }
  }
  return known;
}

async function capturedOn(deps: BillDeps, day: string): Promise<Bill[]> {
  const begin = startOf(day);
  const rows = await deps.db.read
    .select()
    .from(bills)
    .where(
      and(eq(bills.state, 'paid'), gte(bills.endedAt, begin), lt(bills.endedAt, begin + DAY_MS)),
    );
  return rows;
}

/**
 * The days around, for bills from around midnight or that were unclear for days: Paylov lists those under another day
 * than we do.
 */
async function listedAround(
  deps: BillDeps,
  absent: readonly Bill[],
): Promise<{ kind: 'looked'; missing: Bill[]; complete: boolean } | PaylovProblem> {
  if (absent.length === 0) return { kind: 'looked', missing: [], complete: true };
  const begin = Math.min(...absent.map(({ createdAt }) => createdAt));
  const end = Math.max(...absent.map(({ createdAt, endedAt }) => endedAt ?? createdAt));
  const answer = await deps.paylov.transactions({
    beginDate: dayOf(begin - DAY_MS),
    endDate: dayOf(end + DAY_MS),
  });
  if (answer.kind === 'problem') return answer;
  const { transactions, unreadable = [] } = answer;
  const listed = new Set([...transactions, ...unreadable].map(({ id }) => id));
  const missing = absent.filter(({ transactionId }) => !listed.has(transactionId ?? ''));
  return { kind: 'looked', missing, complete: answer.complete };
}
