/**
 * Credits into books that hold many payments already, beside credits into small ones: what age costs. Processor time,
 * on files of the same machine in turn.
 */
import SqliteClient from 'better-sqlite3';
import { openSqlite } from '../src/db/sqlite.ts';
import { settle } from '../src/topups/settle.ts';
import { type Figure, median } from './figures.ts';
import { AMOUNT, benchDeps, inTemporaryFolder } from './world.ts';

const ROUNDS = 5;
const CREDITS = 1500;
const SMALL = { payments: 10_000, people: 2000 };

export interface History {
  payments: number;
  people: number;
  /** When the first of them was made, and how long after it each other, in milliseconds; in 1970, else. */
  firstAt?: number;
  everyMs?: number;
}

/** Once these were measured with a large file, all of them are. */
export async function historyFigures(large: History): Promise<Figure[]> {
  return await inTemporaryFolder(async (smallPath) =>
    inTemporaryFolder(async (largePath) => {
      await fill(smallPath, SMALL);
      await fill(largePath, large);
      const rounds = { small: [] as number[], large: [] as number[] };
      for (let round = -1; round < ROUNDS; round += 1) {
        const small = await creditMs(smallPath, { round, ...SMALL });
        const big = await creditMs(largePath, { round, ...large });
        // Whatever has just started compiles its code first.
        if (round < 0) continue;
        rounds.small.push(small);
        rounds.large.push(big);
      }
      return figuresOf(large, rounds);
    }),
  );
}

function figuresOf(
  { payments, people }: History,
  rounds: { small: readonly number[]; large: readonly number[] },
): Figure[] {
  const number = (value: number): string => value.toLocaleString('en');
  const ratios = rounds.large.map((each, round) => each / (rounds.small[round] ?? NaN));
  const after = `after ${number(payments)} payments of ${number(people)} people`;
  return [
    {
      name: `processor for a credit after ${number(SMALL.payments)} payments, µs`,
      value: 1000 * median(rounds.small),
    },
    { name: `processor for a credit ${after}, µs`, value: 1000 * median(rounds.large) },
    {
      name: `processor for a credit ${after}, as a multiple of that`,
      value: median(ratios),
      limit: payments > 1_000_000 ? 1.5 : 1.2,
      is: 'under',
      digits: 2,
    },
  ];
}

/** Milliseconds of processor time for one of `CREDITS` orders, each of another person, anywhere in the books. */
async function creditMs(
  path: string,
  { round, people }: History & { round: number },
): Promise<number> {
  openOrders(path, { round, people });
  const db = openSqlite(path);
  const deps = benchDeps(db);
  const ids = Array.from({ length: CREDITS }, (_, index) => `N${round}-${index}`);
  const before = process.cpuUsage();
  const waiting = 100;
  for (let from = 0; from < CREDITS; from += waiting) {
    await Promise.all(
      ids.slice(from, from + waiting).map((topupId) =>
        db.tx((tx) =>
          settle(deps, tx, {
            topupId,
            provider: 'payfer',
            paidTiyin: AMOUNT,
            cause: 'poll',
            at: 10_000_000,
          }),
        ),
      ),
    );
  }
  const { user, system } = process.cpuUsage(before);
  await db.close();
  return (user + system) / 1000 / CREDITS;
}

function openOrders(path: string, { round, people }: { round: number; people: number }): void {
  const client = new SqliteClient(path);
  client.exec(`
    with recursive n(i) as (select 0 union all select i + 1 from n where i + 1 < ${CREDITS})
    insert into topups (id, user_id, provider, state, base_tiyin, amount_tiyin, order_code, provider_order,
      created_at, expires_at, ended_at, due_at)
    select 'N${round}-' || i, 1000 + (i * 7919 + ${round + 1} * 104729) % ${people}, 'payfer', 'expired', ${AMOUNT}, ${AMOUNT},
      'NC${round}-' || i, 'NP${round}-' || i, 1, 2, 2, 3 from n`);
  client.close();
}

/** Writes payments as the program writes them down; each table in the order in which it grew. */
export async function fill(
  path: string,
  { payments, people, firstAt = 0, everyMs = 1 }: History,
): Promise<void> {
  await openSqlite(path).close();
  const client = new SqliteClient(path);
  client.pragma('journal_mode = WAL');
  client.pragma('synchronous = OFF');
  const batch = 100_000;
  for (let from = 0; from < payments; from += batch) {
    const n = `with recursive n(i) as (select ${from} union all select i + 1 from n
      where i + 1 < ${Math.min(payments, from + batch)}), p(i, id, u, at) as
      (select i, 'B' || i, 1000 + (i * 7919) % ${people}, ${firstAt} + i * ${everyMs} from n)`;
    client.exec(`begin;
      ${n} insert into topups (id, user_id, provider, state, base_tiyin, amount_tiyin, paid_tiyin, order_code, provider_order,
        created_at, expires_at, ended_at, paid_at)
        select id, u, 'payfer', 'paid', ${AMOUNT}, ${AMOUNT}, ${AMOUNT}, 'C' || i, 'P' || i, at, at + 1, at, at from p;
      ${n} insert into topup_history (topup_id, at, to_state, cause) select id, at, 'paid', 'poll' from p;
      ${n} insert into entries (key, body_hash, kind, actor, created_at)
        select 'topup:' || id, printf('%064d', i), 'topup', 'system', at from p;
      ${n} insert into accounts (id, may_be_negative, balance_tiyin)
        select 'user:' || u || ':available', 0, ${AMOUNT} from p where true
        on conflict (id) do update set balance_tiyin = balance_tiyin + ${AMOUNT};
      insert into accounts (id, may_be_negative, balance_tiyin) values ('provider:payfer', 1, -${AMOUNT} * ${Math.min(batch, payments - from)})
        on conflict (id) do update set balance_tiyin = balance_tiyin + excluded.balance_tiyin;
      ${n} insert into lines (entry_id, position, account_id, amount_tiyin) select i + 1, 0, 'provider:payfer', -${AMOUNT} from p;
      ${n} insert into lines (entry_id, position, account_id, amount_tiyin) select i + 1, 1, 'user:' || u || ':available', ${AMOUNT} from p;
      ${n} insert into outbox (key, chat_id, kind, params, state, due_at, created_at, sent_at)
        select 'topup:' || id || ':paid', u, 'topup_paid', '{"topupId":"' || id || '"}', 'sent', at, at, at from p;
      commit`);
  }
  client.close();
}
