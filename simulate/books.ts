/** The program's file, read from beside it: nothing here goes through the program's own code. */
import SqliteClient from 'better-sqlite3';

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

export interface BillRow {
  id: string;
  user_id: number;
  source: 'balance' | 'card';
  state: string;
  amount_tiyin: number;
  fee_tiyin: number;
  transaction_id: string | null;
}

export interface MessageRow {
  id: number;
  key: string;
  chat_id: number;
  kind: string;
  state: string;
  last_error: string | null;
}

export class Books {
  readonly #path: string;
  #client: SqliteClient.Database | null = null;
  readonly #statements = new Map<string, SqliteClient.Statement>();
  #version = -1;

  constructor(path: string) {
    this.#path = path;
  }

  /** Whether anything was committed since the last call. */
  hasChanged(): boolean {
    const client = this.#open();
    if (!client) return false;
    const version = Number(client.pragma('data_version', { simple: true }));
    const changed = version !== this.#version;
    this.#version = version;
    return changed;
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

  bills(): BillRow[] {
    return this.#all<BillRow>(
      'select id, user_id, source, state, amount_tiyin, fee_tiyin, transaction_id from bills',
    );
  }

  /** Every transaction a bill ever had. */
  transactionsOf(billId: string): string[] {
    return this.#all<{ id: string }>(
      'select distinct transaction_id as id from bill_history where bill_id = ? and transaction_id is not null',
      billId,
    ).map(({ id }) => id);
  }

  messages(): MessageRow[] {
    return this.#all<MessageRow>('select id, key, chat_id, kind, state, last_error from outbox');
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

  /** Nothing is under way: no order is watched, no bill open, no message or update waits. */
  isIdle(): boolean {
    const [row] = this.#all<{ busy: number }>(
      `select exists (select 1 from topups where due_at is not null or state in ('creating', 'waiting'))
        or exists (select 1 from bills where state in ('held', 'created', 'drafting', 'awaiting_code', 'paying', 'unknown'))
        or exists (select 1 from outbox where state = 'waiting')
        or exists (select 1 from inbox where done_at is null) as busy`,
    );
    return row?.busy === 0;
  }

  close(): void {
    this.#client?.close();
    this.#client = null;
  }

  #open(): SqliteClient.Database | null {
    if (this.#client) return this.#client;
    try {
      const client = new SqliteClient(this.#path, { readonly: true, fileMustExist: true });
      const tables = client
        .prepare("select 1 from sqlite_master where name = 'bill_history'")
        .get();
      if (tables === undefined) {
        client.close();
        return null;
      }
      this.#client = client;
      return client;
    } catch {
      // The program has not made it yet.
      return null;
    }
  }

  #all<Row>(query: string, ...given: unknown[]): Row[] {
    const client = this.#open();
    if (!client) return [];
    let statement = this.#statements.get(query);
    if (!statement) {
      statement = client.prepare(query);
      this.#statements.set(query, statement);
    }
    return statement.all(...given) as Row[];
  }
}
