/**
 * Durable credits through `settle` with 200 orders waiting at any moment, beside the same rows written by bare
 * prepared statements in commits of the same size: what the program adds to the disk and SQLite.
 */
import SqliteClient from 'better-sqlite3';
import { openSqlite } from '../src/db/sqlite.ts';
import { settle } from '../src/topups/settle.ts';
import { type Figure, median } from './figures.ts';
import { profileOf, shares } from './profile.ts';
import { AMOUNT, benchDeps, benchOrder, insertOrders, inTemporaryFolder } from './world.ts';

const ORDERS = 20_000;
const WAITING = 200;
const ROUNDS = 5;

/** Credits per second through the program, and bare. */
export async function settleFigures(): Promise<Figure[]> {
  const ours: number[] = [];
  const bare: number[] = [];
  // In turn, so that both see the same weather on a shared machine.
  for (let round = 0; round < ROUNDS; round += 1) {
    bare.push(await inTemporaryFolder(bareCredits));
    ours.push(await inTemporaryFolder(credits));
  }
  const ratios = ours.map((each, index) => each / (bare[index] ?? Infinity));
  const profile = await profileOf(() => inTemporaryFolder(credits));
  return [
    {
      name: `durable credits/s at ${WAITING} waiting`,
      value: median(ours),
    },
    { name: 'bare better-sqlite3, same rows and groups, credits/s', value: median(bare) },
    {
      name: 'durable credits, ratio to bare',
      value: median(ratios),
      limit: 0.75,
      is: 'at least',
      digits: 2,
    },
    ...shares(profile, { of: 'durable credits' }),
  ];
}

async function credits(path: string): Promise<number> {
  const db = openSqlite(path);
  await insertOrders(db, ORDERS, (index) => ({ ...benchOrder(index), dueAt: 3 }));
  const deps = benchDeps(db);
  let next = 0;
  async function worker(): Promise<void> {
    while (next < ORDERS) {
      const topupId = `B${next}`;
      next += 1;
      await db.tx((tx) =>
        settle(deps, tx, { topupId, provider: 'payfer', paidTiyin: AMOUNT, cause: 'poll', at: 10 }),
      );
    }
  }
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: WAITING }, worker));
  const seconds = (performance.now() - startedAt) / 1000;
  await db.close();
  return ORDERS / seconds;
}

/** The rows of a credit and nothing else: no checks, no hash, no promises. */
async function bareCredits(path: string): Promise<number> {
  await openSqlite(path).close();
  const client = new SqliteClient(path);
  client.pragma('journal_mode = WAL');
  client.pragma('synchronous = FULL');
  client.pragma('foreign_keys = ON');
  const columns = Object.keys(COLUMNS).join(', ');
  const insert = client.prepare(
    `insert into topups (${columns}) values (${Object.keys(COLUMNS)
      .map(() => '?')
      .join(', ')})`,
  );
  client.transaction(() => {
    for (let index = 0; index < ORDERS; index += 1) {
      insert.run(...Object.values(COLUMNS).map((value) => value(index)));
    }
  })();
  const credit = bareStatements(client);
  const startedAt = performance.now();
  for (let from = 0; from < ORDERS; from += WAITING) {
    client.exec('begin immediate');
    for (let index = from; index < from + WAITING; index += 1) credit(index);
    client.exec('commit');
  }
  const seconds = (performance.now() - startedAt) / 1000;
  client.close();
  return ORDERS / seconds;
}

const COLUMNS: Record<string, (index: number) => string | number> = {
  id: (index) => `B${index}`,
  user_id: (index) => 1000 + (index % 2000),
  provider: () => 'payfer',
  state: () => 'expired',
  base_tiyin: () => AMOUNT,
  amount_tiyin: () => AMOUNT,
  order_code: (index) => `CODE${index}`,
  provider_order: (index) => `P${index}`,
  created_at: () => 1,
  expires_at: () => 2,
  ended_at: () => 2,
  due_at: () => 3,
};

function bareStatements(client: SqliteClient.Database): (index: number) => void {
  const paid = client.prepare(
    `update topups set state = 'paid', paid_tiyin = ?, paid_at = 10, due_at = null
     where id = ? and state in ('waiting', 'expired') and amount_tiyin = ? returning user_id`,
  );
  const history = client.prepare(
    `insert into topup_history (topup_id, at, to_state, cause) values (?, 10, 'paid', 'poll')`,
  );
  const entry = client.prepare(
    `insert into entries (key, body_hash, kind, actor, created_at) values (?, ?, 'topup', 'system', 10)
     on conflict do nothing returning id`,
  );
  const account = client.prepare(
    `insert into accounts (id, may_be_negative, balance_tiyin) values (?, ?, ?)
     on conflict (id) do update set balance_tiyin = balance_tiyin + excluded.balance_tiyin`,
  );
  const line = client.prepare(
    `insert into lines (entry_id, position, account_id, amount_tiyin) values (?, ?, ?, ?)`,
  );
  const message = client.prepare(
    `insert into outbox (key, chat_id, kind, params, due_at, created_at) values (?, ?, ?, ?, 10, 10)
     on conflict do nothing`,
  );
  return (index) => {
    const id = `B${index}`;
    const { user_id: userId } = paid.get(AMOUNT, id, AMOUNT) as { user_id: number };
    history.run(id);
    const { id: entryId } = entry.get(`topup:${id}`, `hash of ${id}`.padEnd(64)) as { id: number };
    account.run('provider:payfer', 1, -AMOUNT);
    line.run(entryId, 0, 'provider:payfer', -AMOUNT);
    account.run(`user:${userId}:available`, 0, AMOUNT);
    line.run(entryId, 1, `user:${userId}:available`, AMOUNT);
    message.run(`topup:${id}:screen:paid`, userId, 'topup_screen', `{"topupId":"${id}"}`);
    message.run(`topup:${id}:paid`, userId, 'topup_paid', `{"topupId":"${id}","late":true}`);
  };
}
