/** What the program wrote down, read from its file for the page; see api.ts for what holds for all of it. */
import type { Tiyin } from '../src/core/money.ts';
import type { ProviderId } from '../src/core/payment-systems.ts';

/** `GET /api/books`. */
export interface BooksView {
  /** Newest last, at most the latest 100. */
  entries: EntryView[];
  /** All together are always zero. */
  accounts: AccountView[];
  /** Newest last, at most the latest 60. */
  orders: OrderRow[];
  bills: BillRow[];
  /** Newest last, at most the latest 100. */
  requests: RequestView[];
  budgets: BudgetView[];
  queues: QueuesView;
}

/** Each list holds what is new or changed, to be put in by `id`; what is missing has not changed. */
export interface BooksChange {
  entries?: EntryView[];
  accounts?: AccountView[];
  orders?: OrderRow[];
  bills?: BillRow[];
  requests?: RequestView[];
  budgets?: BudgetView[];
  queues?: QueuesView;
}

export interface EntryView {
  id: number;
  /** `topup:K7Q2M9XA`, `bill:…:captured` */
  key: string;
  kind: string;
  /** `system` or `user:<id>`. */
  actor: string;
  reason: string | null;
  /** The entry it undoes. */
  reverses: number | null;
  at: number;
  /** In the order they were posted; the sum is zero. */
  lines: EntryLine[];
}

export interface EntryLine {
  account: string;
  amountTiyin: Tiyin;
  /** With its sign: `−50 001,50`. */
  amount: string;
}

export interface AccountView {
  /** `user:<id>:available`, `user:<id>:held`, `provider:payfer`, `suspense` … */
  id: string;
  balanceTiyin: Tiyin;
  balance: string;
}

/** A top-up. */
export interface OrderRow {
  /** As the person sees it. */
  id: string;
  userId: number;
  provider: string;
  /** `OrderView.id`; null until the payment system gave one. */
  providerOrder: string | null;
  /** `creating`, `waiting`, `paid`, `expired`, `cancelled`, `failed`, `review`, `refused` */
  state: string;
  reason: string | null;
  sum: string;
  paidSum: string | null;
  createdAt: number;
  expiresAt: number;
  endedAt: number | null;
  /** How often the payment system was asked. */
  checks: number;
  /** When it is asked next; null is never. */
  dueAt: number | null;
  lastProblem: string | null;
}

export interface BillRow {
  id: string;
  userId: number;
  service: string;
  /** `held`, `created`, `drafting`, `awaiting_code`, `paying`, `unknown`, `stuck`, `paid`, `failed`, `refunded` */
  state: string;
  reason: string | null;
  source: 'balance' | 'card';
  sum: string;
  fee: string;
  cardMask: string | null;
  /** `BillView.id` */
  transactionId: string | null;
  createdAt: number;
  endedAt: number | null;
}

/** One request of the program to a payment system or Paylov. */
export interface RequestView {
  id: number;
  to: ProviderId | 'paylov';
  /** `create`, `check`, `authorization`, `pay` … */
  call: string;
  at: number;
  /** 0: the connection was cut; null: not answered yet. A change comes as the same `id` again. */
  status: number | null;
  /** Real time that the jump took, in milliseconds of the machine's clock. */
  durationMs: number | null;
}

/** What a payment system that rations requests has left of its hour. */
export interface BudgetView {
  /** The provider. */
  id: ProviderId;
  used: number;
  limit: number;
  periodMs: number;
  /** From here on polling stops. */
  pollStopsAt: number;
}

/** What waits in the program. */
export interface QueuesView {
  inbox: number;
  outbox: number;
}
