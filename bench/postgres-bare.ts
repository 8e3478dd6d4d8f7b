/**
 * The rows of a credit and nothing else, written by the bare driver of PostgreSQL: no states compared but the order's own, no
 * hash, no query builder. Statements planned once, sent without waiting where nothing depends on the answer, and as many
 * credits under one COMMIT, as the program has it.
 */
import { Client, type QueryConfig } from 'pg';
import type { Crediting, Share } from './postgres-credits.ts';
import { AMOUNT } from './world.ts';

/** As the program's writer. */
const GROUP = 32;
/** What PostgreSQL says of transactions that met: serialization failure, deadlock (manual, appendix A). */
const MET = new Set(['40001', '40P01']);

export async function openBare({ url, from, to, step }: Share): Promise<Crediting> {
  const client = new Client({ connectionString: url, pipeline: true });
  await client.connect();
  await client.query('set synchronous_commit = on; set enable_seqscan = off; set jit = off');
  const ask = creditsOn(client, `provider:payfer:${from}`);
  await group([from]);
  return {
    async credit() {
      const figures = { commits: 0, conflicts: 0 };
      const indexes = Array.from(
        { length: Math.ceil((to - from) / step) },
        (_, at) => from + at * step,
      );
      for (let at = 1; at < indexes.length; at += GROUP) {
        figures.conflicts += await group(indexes.slice(at, at + GROUP));
        figures.commits += 1;
      }
      return figures;
    },
    close: () => client.end(),
  };

  /** How often it had to run again. */
  async function group(indexes: readonly number[]): Promise<number> {
    for (let conflicts = 0; ; conflicts += 1) {
      try {
        void client.query('begin isolation level serializable');
        for (const index of indexes) await ask(index);
        await client.query('commit');
        return conflicts;
      } catch (error) {
        await client.query('rollback');
        if (!MET.has((error as { code?: string }).code ?? '')) throw error;
      }
    }
  }
}

function creditsOn(client: Client, provider: string): (index: number) => Promise<void> {
  const paid = named(
    'paid',
    `update topups set state = 'paid', paid_tiyin = $1, paid_at = 10, due_at = null
     where id = $2 and state in ('waiting', 'expired') and amount_tiyin = $1 returning user_id`,
  );
  const history = named(
    'history',
    `insert into topup_history (topup_id, at, to_state, cause) values ($1, 10, 'paid', 'poll')`,
  );
  const entry = named(
    'entry',
    `insert into entries (key, body_hash, kind, actor, created_at) values ($1, $2, 'topup', 'system', 10)
     on conflict do nothing returning id`,
  );
  const messages = named(
    'messages',
    `insert into outbox (key, chat_id, kind, params, due_at, created_at)
     values ($1, $2, 'topup_screen', $3, 10, 10), ($4, $2, 'topup_paid', $5, 10, 10) on conflict do nothing`,
  );
  const accounts = named(
    'accounts',
    `insert into accounts (id, may_be_negative, balance_tiyin) values ($1, true, -$3::bigint), ($2, false, $3)
     on conflict (id) do update set balance_tiyin = accounts.balance_tiyin + excluded.balance_tiyin`,
  );
  const lines = named(
    'lines',
    `insert into lines (entry_id, position, account_id, amount_tiyin) values ($1, 0, $2, -$4::bigint), ($1, 1, $3, $4)`,
  );
  return async (index) => {
    const id = `B${index}`;
    const { rows } = await client.query<{ user_id: number }>(paid(AMOUNT, id));
    const userId = rows[0]?.user_id;
    const [, created] = await Promise.all([
      client.query(history(id)),
      client.query<{ id: number }>(entry(`topup:${id}`, `hash of ${id}`.padEnd(64))),
      client.query(
        messages(
          `topup:${id}:screen:paid`,
          userId,
          JSON.stringify({ topupId: id }),
          `topup:${id}:paid`,
          JSON.stringify({ topupId: id, late: true }),
        ),
      ),
    ]);
    const user = `user:${userId}:available`;
    await Promise.all([
      client.query(accounts(provider, user, AMOUNT)),
      client.query(lines(created.rows[0]?.id, provider, user, AMOUNT)),
    ]);
  };
}

function named(name: string, text: string): (...values: unknown[]) => QueryConfig {
  return (...values) => ({ name, text, values });
}
