/** The program's books, read from beside it: nothing here goes through the program's own code. */
import type { Store } from './store.ts';

export interface OrderRow {
  id: string;
  user_id: number;
  provider: string;
  provider_order: string | null;
  state: string;
  amount_tiyin: number;
  paid_tiyin: number | null;
  due_at: number | null;
}

interface BillRow {
  id: string;
  user_id: number;
  source: 'balance' | 'card';
  state: string;
  amount_tiyin: number;
  fee_tiyin: number;
  transaction_id: string | null;
}

/** A bill that paid itself. */
export interface AutoBillRow extends BillRow {
  confirmation_id: string;
  created_at: number;
}

interface MessageRow {
  id: number;
  key: string;
  chat_id: number;
  kind: string;
  state: string;
  last_error: string | null;
}

export interface BroadcastRow {
  id: string;
  /** JSON, or what it says: databases differ. */
  content: unknown;
  state: string;
  ended_at: number | null;
  sent: number;
  failed: number;
}

export class Books {
  readonly #store: Pick<Store, 'rows'>;
  #commits = 0;
  #looked = 0;
  #idle = false;
  #idleAt = -1;

  constructor(store: Pick<Store, 'rows'>) {
    this.#store = store;
  }

  noteCommit(): void {
    this.#commits += 1;
  }

  /** Whether anything was committed since the last call. */
  hasChanged(): boolean {
    const changed = this.#commits !== this.#looked;
    this.#looked = this.#commits;
    return changed;
  }

  /** Whether the poller would find something to do. */
  hasDueOrders(now: number): boolean {
    return this.#is(
      `exists (select 1 from topups where due_at <= $1)
        or exists (select 1 from topups where state = 'waiting' and expires_at <= $1)
        or exists (select 1 from topups where state = 'creating')`,
      now,
    );
  }

  /** Whether the job for bills would. */
  hasOpenBills(): boolean {
    return this.#is(
      `exists (select 1 from bills where state not in ('paid', 'failed', 'refunded'))`,
    );
  }

  balances(): Map<string, number> {
    const rows = this.#all<{ id: string; balance_tiyin: number }>(
      'select id, balance_tiyin from accounts',
    );
    return new Map(rows.map((row) => [row.id, row.balance_tiyin]));
  }

  orders(): OrderRow[] {
    return this.#all<OrderRow>(
      'select id, user_id, provider, provider_order, state, amount_tiyin, paid_tiyin, due_at from topups',
    );
  }

  /** Orders of another sum that an owner credited or refused. */
  decidedOrders(): Set<string> {
    const rows = this.#all<{ id: string }>(
      "select topup_id as id from topup_history where cause like 'owner:%' or cause like 'staff:%'",
    );
    return new Set(rows.map(({ id }) => id));
  }

  bills(): BillRow[] {
    return this.#all<BillRow>(
      'select id, user_id, source, state, amount_tiyin, fee_tiyin, transaction_id from bills',
    );
  }

  /** Bills that nobody tapped for. */
  autoBills(): AutoBillRow[] {
    return this.#all<AutoBillRow>(
      `select id, user_id, source, state, amount_tiyin, fee_tiyin, transaction_id, confirmation_id, created_at
       from bills where confirmation_id like 'auto-%'`,
    );
  }

  /** Every transaction a bill ever had. */
  transactionsOf(billId: string): string[] {
    return this.#all<{ id: string }>(
      'select distinct transaction_id as id from bill_history where bill_id = $1 and transaction_id is not null',
      billId,
    ).map(({ id }) => id);
  }

  messages(): MessageRow[] {
    return this.#all<MessageRow>('select id, key, chat_id, kind, state, last_error from outbox');
  }

  lastMessageId(): number {
    return this.#all<{ id: number | null }>('select max(id) as id from outbox')[0]?.id ?? 0;
  }

  /** What owners were written about an order after a message: alarms, reviews. */
  toldOwners(topupId: string, { afterMessage = 0 } = {}): { key: string }[] {
    return this.#all<{ key: string; params: unknown }>(
      "select key, params from outbox where kind like 'owner_%' and id > $1",
      afterMessage,
    ).filter(({ key, params }) => `${key} ${JSON.stringify(params)}`.includes(topupId));
  }

  waitingUpdates(): number {
    return (
      this.#all<{ n: number }>('select count(*) as n from inbox where done_at is null')[0]?.n ?? 0
    );
  }

  /** Entries that an owner caused by hand: reason and what the user gained. */
  adjustments(): { reason: string; account: string; amount_tiyin: number }[] {
    return this.#all(
      `select reason, account_id as account, amount_tiyin from entries join lines on lines.entry_id = entries.id
       where entries.key like 'admin:%' and account_id like 'user:%'`,
    );
  }

  /** What owners had debited because it was taken back, by order. */
  takenBackDebits(): Map<string, { account: string; tiyin: number }[]> {
    const rows = this.#all<{ key: string; account: string; amount_tiyin: number }>(
      `select entries.key, account_id as account, amount_tiyin from entries join lines on lines.entry_id = entries.id
       where entries.key like 'topup:%:taken_back%' and account_id like 'user:%'`,
    );
    return Map.groupBy(
      rows.map(({ key, account, amount_tiyin: sum }) => ({ key, account, tiyin: -sum })),
      ({ key }) => key.split(':')[1] ?? '',
    );
  }

  /** Orders whose money an owner said to be what had been given by hand before. */
  closedAsSame(): Set<string> {
    const rows = this.#all<{ id: string }>(
      "select topup_id as id from topup_history where note like 'the same money as %'",
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** Orders that an owner vouched for. */
  vouchedFor(): Set<string> {
    const rows = this.#all<{ key: string }>(
      "select key from entries where kind = 'topup_approved'",
    );
    return new Set(rows.map(({ key }) => key.split(':')[1] ?? ''));
  }

  broadcasts(): BroadcastRow[] {
    return this.#all<BroadcastRow>(
      'select id, content, state, ended_at, sent, failed from broadcasts',
    );
  }

  /** Nothing is under way: no order is watched, no bill open, no message or update waits. */
  isIdle(): boolean {
    if (this.#idleAt === this.#commits) return this.#idle;
    this.#idleAt = this.#commits;
    this.#idle = !this.#is(
      `exists (select 1 from topups where due_at is not null or state in ('creating', 'waiting'))
        or exists (select 1 from bills where state not in ('paid', 'failed', 'refunded', 'stuck'))
        or exists (select 1 from outbox where state = 'waiting')
        or exists (select 1 from inbox where done_at is null)
        or exists (select 1 from broadcasts where state = 'running')`,
    );
    return this.#idle;
  }

  #is(condition: string, ...given: unknown[]): boolean {
    return this.#all(`select 1 as it_is where ${condition}`, ...given).length > 0;
  }

  #all<Row>(query: string, ...given: unknown[]): Row[] {
    return this.#store.rows<Row>(query, given);
  }
}
