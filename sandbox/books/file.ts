/**
 * The program's database as the page shows it, read beside the program: a connection that can only read, short
 * statements, and none at all while nothing was written. In WAL mode a reader holds up no writer.
 */
import SqliteClient from 'better-sqlite3';
import { z } from 'zod';
import { formatSum } from '../../src/core/money.ts';
import type {
  AccountView,
  BillRow,
  BooksView,
  EntryLine,
  EntryView,
  OrderRow,
  QueuesView,
} from '../api-books.ts';

const MAX_ENTRIES = 100;
const MAX_ROWS = 60;
const MAX_ACCOUNTS = 500;

export type FileView = Pick<BooksView, 'entries' | 'accounts' | 'orders' | 'bills' | 'queues'>;

export interface BooksFile {
  /** Changes whenever the program has written. */
  version(): number;
  read(): FileView;
  /** Requests that count against a budget since `since`. */
  spent(provider: string, since: number): number;
  /** When the program's order expires that the payment system calls `providerOrder`; null when it has none. */
  deadlineOf(provider: string, providerOrder: string): number | null;
  close(): void;
}

const SQL = {
  entries: `
    select id, key, kind, actor, reason, reverses, created_at as at from entries
    order by id desc limit ${MAX_ENTRIES}`,
  lines: `
    select entry_id as entryId, account_id as account, amount_tiyin as amountTiyin from lines
    where entry_id >= ? order by entry_id, position`,
  accounts: `
    select id, balance_tiyin as balanceTiyin from accounts order by id limit ${MAX_ACCOUNTS}`,
  orders: `
    select id, user_id as userId, provider, provider_order as providerOrder, state, reason,
      amount_tiyin as sum, paid_tiyin as paidSum, created_at as createdAt, expires_at as expiresAt,
      ended_at as endedAt, checks, due_at as dueAt, last_problem as lastProblem
    from topups order by created_at desc, id limit ${MAX_ROWS}`,
  bills: `
    select id, user_id as userId, service_name as service, state, reason, source, amount_tiyin as sum,
      fee_tiyin as fee, card_mask as cardMask, transaction_id as transactionId,
      created_at as createdAt, ended_at as endedAt
    from bills order by created_at desc, id limit ${MAX_ROWS}`,
  queues: `
    select (select count(*) from inbox where done_at is null) as inbox,
      (select count(*) from outbox where state = 'waiting') as outbox`,
  spent: `select count(*) from provider_requests where provider = ? and sent_at > ?`,
  deadline: `select expires_at from topups where provider = ? and provider_order = ?`,
} as const;

const sum = z.int().transform((tiyin) => formatSum(tiyin));
const entries = z.array(
  z.object({
    id: z.int(),
    key: z.string(),
    kind: z.string(),
    actor: z.string(),
    reason: z.string().nullable(),
    reverses: z.int().nullable(),
    at: z.int(),
  }),
);
const lines = z.array(z.object({ entryId: z.int(), account: z.string(), amountTiyin: z.int() }));
const accounts = z.array(z.object({ id: z.string(), balanceTiyin: z.int() }));
const orders = z.array(
  z.object({
    id: z.string(),
    userId: z.int(),
    provider: z.string(),
    providerOrder: z.string().nullable(),
    state: z.string(),
    reason: z.string().nullable(),
    sum,
    paidSum: sum.nullable(),
    createdAt: z.int(),
    expiresAt: z.int(),
    endedAt: z.int().nullable(),
    checks: z.int(),
    dueAt: z.int().nullable(),
    lastProblem: z.string().nullable(),
  }),
);
const bills = z.array(
  z.object({
    id: z.string(),
    userId: z.int(),
    service: z.string(),
    state: z.string(),
    reason: z.string().nullable(),
    source: z.enum(['balance', 'card']),
    sum,
    fee: sum,
    cardMask: z.string().nullable(),
    transactionId: z.string().nullable(),
    createdAt: z.int(),
    endedAt: z.int().nullable(),
  }),
);
const queues = z.object({ inbox: z.int(), outbox: z.int() });
const count = z.int();
const deadline = z.int().optional();

/** Opens a file that the program has made. Throws when there is none, or one without the program's tables. */
export function openBooksFile(path: string): BooksFile {
  const client = new SqliteClient(path, { readonly: true, fileMustExist: true });
  try {
    client.pragma('query_only = ON');
    return build(client);
  } catch (error) {
    client.close();
    throw error;
  }
}

function build(client: SqliteClient.Database): BooksFile {
  const prepared = {
    entries: client.prepare(SQL.entries),
    lines: client.prepare(SQL.lines),
    accounts: client.prepare(SQL.accounts),
    orders: client.prepare(SQL.orders),
    bills: client.prepare(SQL.bills),
    queues: client.prepare(SQL.queues),
    spent: client.prepare(SQL.spent).pluck(),
    deadline: client.prepare(SQL.deadline).pluck(),
  };
  // One moment for all: an entry and the balances it makes belong together.
  const read = client.transaction((): FileView => {
    return {
      entries: entriesOf(prepared),
      accounts: accountsOf(accounts.parse(prepared.accounts.all())),
      orders: orders.parse(prepared.orders.all()).toReversed() satisfies OrderRow[],
      bills: bills.parse(prepared.bills.all()).toReversed() satisfies BillRow[],
      queues: queues.parse(prepared.queues.get()) satisfies QueuesView,
    };
  });
  return {
    version: () => count.parse(client.pragma('data_version', { simple: true })),
    read: () => read(),
    spent: (provider, since) => count.parse(prepared.spent.get(provider, since)),
    deadlineOf: (provider, providerOrder) =>
      deadline.parse(prepared.deadline.get(provider, providerOrder)) ?? null,
    close: () => client.close(),
  };
}

function entriesOf(prepared: {
  entries: SqliteClient.Statement;
  lines: SqliteClient.Statement<[number]>;
}): EntryView[] {
  const rows = entries.parse(prepared.entries.all()).toReversed();
  const [first] = rows;
  if (!first) return [];
  const byEntry = Map.groupBy(lines.parse(prepared.lines.all(first.id)), ({ entryId }) => entryId);
  return rows.map((row) => Object.assign(row, { lines: linesOf(byEntry.get(row.id) ?? []) }));
}

function linesOf(rows: z.infer<typeof lines>): EntryLine[] {
  return rows.map(({ account, amountTiyin }) => {
    return { account, amountTiyin, amount: formatSum(amountTiyin) };
  });
}

function accountsOf(rows: z.infer<typeof accounts>): AccountView[] {
  return rows.map(({ id, balanceTiyin }) => {
    return { id, balanceTiyin, balance: formatSum(balanceTiyin) };
  });
}
