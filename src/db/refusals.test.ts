/** What the books refuse to whoever writes SQL by hand, in the same words on both engines. */
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { Client, DatabaseError } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresCluster, startPostgres } from '../testing/postgres-cluster.ts';
import { temporaryFile, type TemporaryFile } from '../testing/sqlite-file.ts';
import { MIGRATIONS } from './postgres/migrate.ts';

const ROWS = `
insert into accounts values ('user:1:available', false, 5), ('provider:inpay', true, -5);
insert into entries (id, key, body_hash, kind, actor, created_at) values (1, 'topup:A', 'h', 'topup', 'system', 0);
insert into lines values (1, 0, 'user:1:available', 5), (1, 1, 'provider:inpay', -5);
insert into entry_seals values (1, 'seal');
insert into topups (id, user_id, provider, state, base_tiyin, amount_tiyin, paid_tiyin, order_code, created_at, expires_at)
  values ('A', 1, 'inpay', 'paid', 5, 5, 5, 'code', 0, 1);
insert into topup_history (topup_id, at, to_state, cause) values ('A', 0, 'paid', 'poll');
insert into bills (id, user_id, confirmation_id, service_id, service_name, account, amount_tiyin, source, state, transaction_id, created_at)
  values ('F', 1, 'f', 's', 'S', '{}', 5, 'balance', 'failed', null, 0), ('P', 1, 'p', 's', 'S', '{}', 5, 'balance', 'paid', 'T', 0);
insert into bill_history (bill_id, at, to_state, cause) values ('P', 0, 'paid', 'poll');
insert into staff_log (at, staff_id, action) values (0, 9, 'block');
insert into admin_actions (id, owner_id, user_id, kind, amount_tiyin, reason, state, created_at)
  values ('asked', 9, 1, 'credit', 5, 'why', 'asked', 0), ('done', 9, 1, 'credit', 5, 'why', 'done', 0);
insert into suspense_items (id, key, provider, amount_tiyin, kind, state, created_at)
  values ('open', 'a', 'inpay', 5, 'twice', 'open', 0), ('gone', 'b', 'inpay', 5, 'twice', 'returned', 0);
`;

const DECIDED = 'a decision of the staff never changes';
const GIVEN = 'money that was given to somebody is not in suspense any more';
const FOR_WHAT = 'what a bill is for never changes';
const ENDED = 'a bill that ended never changes';

/** By the name of the trigger that refuses. */
const REFUSED: readonly [trigger: string, statement: string, words: string][] = [
  [
    'entries_no_update',
    "update entries set reason = 'x'",
    'entries are never changed: post a correcting entry',
  ],
  [
    'entries_no_delete',
    'delete from entries',
    'entries are never deleted: post a correcting entry',
  ],
  [
    'lines_no_update',
    'update lines set amount_tiyin = 1',
    'lines are never changed: post a correcting entry',
  ],
  ['lines_no_delete', 'delete from lines', 'lines are never deleted: post a correcting entry'],
  ['accounts_no_delete', 'delete from accounts', 'accounts are never deleted'],
  [
    'accounts_keep_sign',
    'update accounts set may_be_negative = true',
    'what an account is never changes',
  ],
  ['accounts_keep_sign', "update accounts set id = id || '0'", 'what an account is never changes'],
  ['topups_paid_is_final', "update topups set state = 'expired'", 'a paid order never changes'],
  ['topups_paid_is_final', 'update topups set paid_tiyin = 6', 'a paid order never changes'],
  ['topups_paid_is_final', 'update topups set user_id = 2', 'a paid order never changes'],
  ['topup_history_no_update', 'update topup_history set at = 1', 'history is never changed'],
  ['topup_history_no_delete', 'delete from topup_history', 'history is never deleted'],
  ['bills_ends_are_final', "update bills set state = 'held' where id = 'F'", ENDED],
  ['bills_ends_are_final', "update bills set state = 'failed' where id = 'P'", ENDED],
  ['bills_keep_body', "update bills set amount_tiyin = 6 where id = 'P'", FOR_WHAT],
  ['bills_keep_body', "update bills set account = '[]' where id = 'F'", FOR_WHAT],
  ['bills_keep_body', "update bills set source = 'card', card_id = 'c'", FOR_WHAT],
  [
    'bills_keep_transaction',
    "update bills set transaction_id = 'U' where id = 'P'",
    'a transaction that may be paid is never forgotten',
  ],
  [
    'bills_keep_transaction',
    "update bills set transaction_id = null where id = 'P'",
    'a transaction that may be paid is never forgotten',
  ],
  ['bills_no_delete', 'delete from bills', 'bills are never deleted'],
  ['bill_history_no_update', 'update bill_history set at = 1', 'history is never changed'],
  ['bill_history_no_delete', 'delete from bill_history', 'history is never deleted'],
  ['entry_seals_no_update', "update entry_seals set hash = 'x'", 'a seal is never changed'],
  ['entry_seals_no_delete', 'delete from entry_seals', 'a seal is never deleted'],
  ['staff_log_no_update', 'update staff_log set at = 1', 'the log of the staff is never changed'],
  ['staff_log_no_delete', 'delete from staff_log', 'the log of the staff is never deleted'],
  ['admin_actions_final', "update admin_actions set ended_at = 1 where id = 'done'", DECIDED],
  ['admin_actions_final', "update admin_actions set user_id = 2 where id = 'asked'", DECIDED],
  ['admin_actions_final', "update admin_actions set subject = 'x' where id = 'asked'", DECIDED],
  ['suspense_items_final', "update suspense_items set state = 'open' where id = 'gone'", GIVEN],
  ['suspense_items_final', "update suspense_items set amount_tiyin = 6 where id = 'open'", GIVEN],
  ['suspense_items_no_delete', 'delete from suspense_items', 'suspense items are never deleted'],
];

/** What goes on as before, so that the refusals are not of everything. */
const ALLOWED = [
  "update accounts set balance_tiyin = 6 where id = 'user:1:available'",
  "update topups set state = 'paid', screen_message_id = 7",
  "update bills set state = 'refunded' where id = 'P'",
  "update admin_actions set state = 'dropped' where id = 'asked'",
  "update suspense_items set state = 'credited', credited_to = 1 where id = 'open'",
];

describe('SQLite', () => {
  let temporary: TemporaryFile;
  let raw: ReturnType<TemporaryFile['connect']>;
  beforeAll(() => {
    temporary = temporaryFile();
    raw = temporary.connect();
    raw.exec(ROWS);
  });
  afterAll(() => temporary.remove());

  it.each(REFUSED)('%s refuses: %s', (_trigger, statement, words) => {
    expect(() => raw.exec(statement)).toThrow(expect.objectContaining({ message: words }));
  });

  it.each(ALLOWED)('allows: %s', (statement) => {
    raw.exec('begin');
    expect(() => raw.exec(statement)).not.toThrow();
    raw.exec('rollback');
  });
});

describe('PostgreSQL', () => {
  let cluster: PostgresCluster;
  let client: Client;
  beforeAll(async () => {
    cluster = await startPostgres();
    client = new Client(await cluster.createDatabase('refusals'));
    await client.connect();
    await migrate(drizzle(client), { migrationsFolder: MIGRATIONS });
    await client.query(ROWS);
  });
  afterAll(async () => {
    await client.end();
    await cluster.remove();
  });

  async function refusal(statement: string): Promise<unknown> {
    const error: unknown = await client.query(statement).catch((reason: unknown) => reason);
    if (!(error instanceof DatabaseError)) return 'nothing refused';
    return { trigger: error.constraint, words: error.message };
  }

  it.each(REFUSED)('%s refuses: %s', async (trigger, statement, words) => {
    expect(await refusal(statement)).toEqual({ trigger, words });
  });

  it.each(REFUSED.filter(([trigger]) => trigger.endsWith('_no_delete')))(
    'as %s, truncating is refused',
    async (trigger, _statement, words) => {
      const table = trigger.replace('_no_delete', '');
      // The triggers of the named table are asked before those of what hangs on it.
      expect(await refusal(`truncate ${table} cascade`)).toEqual({
        trigger: `${table}_no_truncate`,
        words,
      });
    },
  );

  it.each(ALLOWED)('allows: %s', async (statement) => {
    await client.query('begin');
    expect((await client.query(statement)).rowCount).toBeGreaterThan(0);
    await client.query('rollback');
  });

  it('each of its triggers is tried here', async () => {
    const { rows } = await client.query<{ tgname: string }>(
      "select tgname from pg_trigger where not tgisinternal and tgname not like '%\\_no\\_truncate'",
    );
    expect(rows.map(({ tgname }) => tgname).toSorted()).toEqual(
      [...new Set(REFUSED.map(([trigger]) => trigger))].toSorted(),
    );
  });

  it('text is ordered by bytes, whatever the collation of the database', async () => {
    const { rows } = await client.query<{ names: string }>(
      `select table_name || '.' || column_name as names from information_schema.columns
       where table_schema = 'public' and data_type = 'text' and collation_name is distinct from 'C'`,
    );
    expect(rows).toEqual([]);
  });
});
