/** What every part of bills works with. */
import type { HashCard } from '../db/card-hash.ts';
import type { Database, Queries, Tx } from '../db/database.ts';
import type { Clock, Random } from '../core/deps.ts';
import type { Log } from '../core/log.ts';
import type { Metrics } from '../core/metrics.ts';
import type { Tiyin } from '../core/money.ts';
import type { QuotaLimits } from '../quotas/limits.ts';
import type { BillSource, Evidence } from './states.ts';
import type { Bill } from './bill.ts';
import type { PaylovProblem, PaylovProblemCode } from './paylov/errors.ts';
import type { Paylov } from './paylov/types.ts';

/** What people must hear of, told in the transaction that makes it true. `bill` is what it is after the change. */
export type BillEvent =
  /** To the user: the receipt. */
  | { kind: 'bill_paid'; bill: Bill; at: number }
  /** To the user: nothing was paid, held money is back. `bill.reason` says why. */
  | { kind: 'bill_failed'; bill: Bill; at: number }
  /** To the user: it is being clarified. */
  | { kind: 'bill_unknown'; bill: Bill; at: number }
  /** To owners: decide. */
  | { kind: 'bill_stuck'; bill: Bill; evidence: Evidence; at: number }
  /** To the user: the sum and the fee are back on the balance. */
  | { kind: 'bill_refunded'; bill: Bill; at: number }
  /** To owners: Paylov cancelled it after it was paid. */
  | { kind: 'bill_taken_back'; bill: Bill; at: number }
  /** To owners: it is paid there again. */
  | { kind: 'bill_paid_again'; bill: Bill; at: number }
  /** To owners: the operator's card can't pay; nothing is paid from balances until `resume`. */
  | { kind: 'balance_paused'; code: PaylovProblemCode; billId: string; at: number }
  /** To owners: the operator's card is known to have too little for a bill; such bills wait until it has more. */
  | { kind: 'float_short'; leftTiyin: Tiyin; neededTiyin: Tiyin; at: number }
  /** To owners: by what was written down at `writtenAt` there is too little for it, but that is old and holds nothing back. */
  | { kind: 'float_old'; leftTiyin: Tiyin; neededTiyin: Tiyin; writtenAt: number; at: number }
  /** To owners: Paylov refuses us until somebody does something. May come for each call. */
  | { kind: 'operator_must_act'; problem: PaylovProblem; at: number };

export interface BillDeps {
  db: Database;
  /** `db.tx` for what may put messages into the outbox: whoever sends them is woken after the commit. */
  write: Database['tx'];
  /** This process's name on what it takes, where there are several. */
  holder?: string | null;
  clock: Clock;
  /** Whether the time may decide what can't be undone. Left out, it always may. */
  isSure?: (() => boolean) | undefined;
  random: Random;
  log: Log;
  metrics: Pick<Metrics, 'billEnded'>;
  paylov: Paylov;
  /** What one person may do. */
  quotas: QuotaLimits;
  /** Tells cards apart whose number is kept nowhere. */
  hashCard: HashCard;
  /** The operator's card, which pays what balances pay for. Null: nothing is paid from balances. */
  operatorCardId: string | null;
  /** The operator's fee in tiyin, zero or more. Asked only where the balance pays: nobody can charge a card for it. */
  fee: (
    queries: Queries,
    bill: { serviceId: string; amountTiyin: Tiyin },
  ) => Tiyin | Promise<Tiyin>;
  /** Puts what people must hear of into the outbox, in the caller's transaction. */
  tell: (tx: Tx, event: BillEvent) => Promise<void>;
  /** Keeps what Paylov answered about a bill, free of secrets, for owners. */
  keep?: (tx: Tx, answer: { billId: string; body: string; at: number }) => Promise<void>;
}

/** Longer than any step with the time limits of its calls and their tokens. */
export const STEP_LEASE_MS = 3 * 60_000;

export interface StepLease {
  leaseUntil: number;
  holder: string | null;
}

/** Takes a step of a bill, or a question about it, for this process from now on. */
export function stepLease({ holder }: BillDeps, at: number): StepLease {
  return { leaseUntil: at + STEP_LEASE_MS, holder: holder ?? null };
}

/** What is heard of Paylov during one call, to be kept with what follows from it. */
export interface Hearing {
  listen: (body: string) => void;
  keep(tx: Tx): Promise<void>;
}

export function hearingOf(deps: BillDeps, bill: Bill): Hearing {
  const bodies: string[] = [];
  return {
    listen: (body) => void bodies.push(body),
    async keep(tx) {
      const at = deps.clock.now();
      for (const body of bodies) await deps.keep?.(tx, { billId: bill.id, body, at });
    },
  };
}

/** The fee of a bill as it is now. Zero where a card pays, which is charged by Paylov alone. */
export async function feeOf(
  deps: BillDeps,
  queries: Queries,
  bill: { serviceId: string; amountTiyin: Tiyin; source: BillSource },
): Promise<Tiyin> {
  return bill.source === 'balance' ? await deps.fee(queries, bill) : 0;
}
