/**
 * Credits into books that hold many payments already, beside credits into small ones: what age costs. Processor time,
 * on files of the same machine in turn.
 */
import { readFileSync } from 'node:fs';
import SqliteClient from 'better-sqlite3';
import { openSqlite } from '../src/db/sqlite.ts';
import { settle } from '../src/topups/settle.ts';
import { type Figure, median } from './figures.ts';
import { profileOf, shares, steadyUs } from './profile.ts';
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
      const rounds = { small: [] as Cost[], large: [] as Cost[] };
      for (let round = -1; round < ROUNDS; round += 1) {
        const small = await creditCost(smallPath, { round, ...SMALL });
        const big = await creditCost(largePath, { round, ...large });
        // Whatever has just started compiles its code first.
        if (round < 0) continue;
        rounds.small.push(small);
        rounds.large.push(big);
      }
      return [
        ...figuresOf(large, rounds),
        ...(await profileOfCredit(smallPath, SMALL, AFTER_FEW)),
        ...(await profileOfCredit(largePath, large, ageOf(large))),
      ];
    }),
  );
}

const number = (value: number): string => value.toLocaleString('en');

function ageOf({ payments, people }: History): string {
  return `after ${number(payments)} payments of ${number(people)} people`;
}

const AFTER_FEW = `after ${number(SMALL.payments)} payments`;

async function profileOfCredit(path: string, history: History, after: string): Promise<Figure[]> {
  let fromUs = 0;
  const profile = await profileOf(async () => {
    ({ fromUs } = await creditCost(path, { round: ROUNDS, ...history }));
  });
  return shares(profile, { of: `a credit ${after}`, fromUs });
}

function figuresOf(
  large: History,
  rounds: { small: readonly Cost[]; large: readonly Cost[] },
): Figure[] {
  const { payments } = large;
  const ratios = rounds.large.map(({ ms }, round) => ms / (rounds.small[round]?.ms ?? NaN));
  const after = ageOf(large);
  const ofEach = (costs: readonly Cost[], key: keyof Cost): number =>
    median(costs.map((each) => each[key]));
  return [
    {
      name: `processor for a credit ${AFTER_FEW}, µs`,
      value: 1000 * ofEach(rounds.small, 'ms'),
    },
    { name: `processor for a credit ${after}, µs`, value: 1000 * ofEach(rounds.large, 'ms') },
    {
      name: `reads of the file for a credit ${AFTER_FEW}`,
      value: ofEach(rounds.small, 'reads'),
      digits: 1,
    },
    {
      name: `reads of the file for a credit ${after}`,
      value: ofEach(rounds.large, 'reads'),
      digits: 1,
    },
    {
      name: `KB written for a credit ${AFTER_FEW}`,
      value: ofEach(rounds.small, 'writtenKb'),
      digits: 1,
    },
    {
      name: `KB written for a credit ${after}`,
      value: ofEach(rounds.large, 'writtenKb'),
      digits: 1,
    },
    {
      name: `processor for a credit ${after}, as a multiple of that`,
      value: median(ratios),
      limit: payments > 1_000_000 ? 1.5 : 1.2,
      is: 'under',
      digits: 2,
    },
  ];
}

interface Cost {
  /** Of processor. */
  ms: number;
  reads: number;
  writtenKb: number;
  /** When the first of them began: see steadyUs. */
  fromUs: number;
}

/** Of one of `CREDITS` orders, each of another person, anywhere in the books. */
async function creditCost(
  path: string,
  { round, people }: History & { round: number },
): Promise<Cost> {
  openOrders(path, { round, people });
  const db = openSqlite(path);
  const deps = benchDeps(db);
  const ids = Array.from({ length: CREDITS }, (_, index) => `N${round}-${index}`);
  const filesBefore = fileUse();
  const fromUs = steadyUs();
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
  const files = fileUse();
  await db.close();
  return {
    fromUs,
    ms: (user + system) / 1000 / CREDITS,
    reads: (files.reads - filesBefore.reads) / CREDITS,
    writtenKb: (files.writtenKb - filesBefore.writtenKb) / CREDITS,
  };
}

/** What this process has asked of its files since it started, in calls and in KB, by Linux's own count. */
function fileUse(): { reads: number; writtenKb: number } {
  const text = readFileSync('/proc/self/io', 'utf8');
  const of = (name: string): number => Number(new RegExp(`^${name}: (\\d+)$`, 'm').exec(text)?.[1]);
  return { reads: of('syscr'), writtenKb: of('wchar') / 1024 };
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
