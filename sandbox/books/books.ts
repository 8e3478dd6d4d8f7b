/** The books for the page: what the program wrote down and asked for, and what changed since the page was told. */
import type { Clock } from '../../src/core/deps.ts';
import { SHARE } from '../../src/topups/shares.ts';
import type { BooksChange, BooksView, BudgetView } from '../api-books.ts';
import type { SimulatedPaylov } from '../paylov/types.ts';
import type { SimulatedWorld } from '../providers/types.ts';
import { type BooksFile, type FileView, openBooksFile } from './file.ts';
import { collectRequests } from './requests.ts';

const HOUR_MS = 3_600_000;

export interface Books {
  view(): BooksView;
  /** What is new or changed since the last call; null when nothing is. */
  changes(): BooksChange | null;
  /** When the program's order expires that the payment system calls `orderId`; null when the program has none. */
  deadlineOf(provider: string, orderId: string): number | null;
  close(): void;
}

export interface BooksOptions {
  path: string;
  /** The sandbox's. */
  clock: Clock;
  providers: SimulatedWorld;
  paylov: SimulatedPaylov;
  /** inPAY's limit; null: inPAY is off. */
  inpayRequestsPerHour: number | null;
}

const EMPTY: FileView = {
  entries: [],
  accounts: [],
  orders: [],
  bills: [],
  queues: { inbox: 0, outbox: 0 },
};

/** The file need not be there yet: it is opened once the program has made it. */
export function openBooks(options: BooksOptions): Books {
  const requests = collectRequests(options);
  const file = lateFile(options.path);
  let read = { version: -1, view: EMPTY };
  let told: BooksView | null = null;

  function fileView(): FileView {
    const opened = file.get();
    const version = opened?.version() ?? -1;
    if (opened && version !== read.version) read = { version, view: opened.read() };
    return read.view;
  }

  const view = (): BooksView => ({
    ...fileView(),
    requests: requests.all(),
    budgets: budgetsOf(options, file.get()),
  });

  return {
    view,
    changes: () => {
      const now = view();
      const change = told ? changesBetween(told, now) : now;
      told = now;
      return change && Object.keys(change).length > 0 ? change : null;
    },
    deadlineOf: (provider, orderId) => file.get()?.deadlineOf(provider, orderId) ?? null,
    close: () => {
      requests.close();
      file.close();
    },
  };
}

function lateFile(path: string): { get(): BooksFile | null; close(): void } {
  let opened: BooksFile | null = null;
  let isClosed = false;
  return {
    close: () => {
      isClosed = true;
      opened?.close();
      opened = null;
    },
    get: () => {
      try {
        if (!isClosed) opened ??= openBooksFile(path);
      } catch {
        // Not made, or not all of its tables yet: the page shows empty books until it is.
      }
      return opened;
    },
  };
}

function budgetsOf(options: BooksOptions, file: BooksFile | null): BudgetView[] {
  const limit = options.inpayRequestsPerHour;
  if (limit === null) return [];
  return [
    {
      id: 'inpay',
      used: file?.spent('inpay', options.clock.now() - HOUR_MS) ?? 0,
      limit,
      periodMs: HOUR_MS,
      pollStopsAt: Math.floor(limit * SHARE.poll),
    },
  ];
}

function changesBetween(before: BooksView, now: BooksView): BooksChange {
  const changes = {
    entries: newer(before.entries, now.entries),
    accounts: newer(before.accounts, now.accounts),
    orders: newer(before.orders, now.orders),
    bills: newer(before.bills, now.bills),
    requests: newer(before.requests, now.requests),
    budgets: newer(before.budgets, now.budgets),
  };
  const present = Object.entries(changes).filter(([, list]) => list.length > 0);
  const isSame = JSON.stringify(before.queues) === JSON.stringify(now.queues);
  return { ...Object.fromEntries(present), ...(isSame ? {} : { queues: now.queues }) };
}

/** The views that differ from those in `before`: only these are sent to the page. */
function newer<T extends { id: string | number }>(before: readonly T[], now: readonly T[]): T[] {
  // Asked four times a second, and mostly nothing has changed: the same objects need no comparison.
  if (before === now) return [];
  const known = new Map(before.map((each) => [each.id, JSON.stringify(each)]));
  return now.filter((each) => known.get(each.id) !== JSON.stringify(each));
}
