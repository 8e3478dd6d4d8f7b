/**
 * The writer's connection: statements are sent in the order they are given, without waiting for the answers in
 * between, so that what need not be waited for costs no round trip.
 */
import { Client, type QueryArrayConfig, type QueryArrayResult } from 'pg';
import { type Around, clientOptions, queryOf, type Rows } from './driver.ts';
import { BEGIN_MARKS } from './marks.ts';

/** What one statement may take, waiting for locks included. */
const STATEMENT_TIMEOUT_MS = 10_000;
/** A transaction that nobody goes on with is ended by the server: it would hold up others. */
const IDLE_IN_TRANSACTION_MS = 10_000;
/** An answer that takes longer than the server's own limit will not come: the server is gone. */
const ANSWER_TIMEOUT_MS = 15_000;

/** Accounts that everybody posts to have a part for each of so many writers. */
const STRIPES = 32;
/** Marks the advisory locks by which writers share the stripes out: "tolo". */
const STRIPE_LOCKS = 0x746f6c6f;

export interface Connection {
  /** The part of hot accounts that this connection posts to, 1 to STRIPES. */
  readonly stripe: number;
  run(text: string, params?: readonly unknown[]): Promise<Rows>;
  /** Sends a statement without parameters and rows: one message to the server instead of five. */
  say(text: string): Promise<void>;
  /** Resolves whether the transaction was committed: PostgreSQL answers ROLLBACK to the COMMIT of a failed one. */
  commit(): Promise<boolean>;
  close(): Promise<void>;
  /** Ends the connection without a word to the server. */
  abandon(): void;
}

interface WriterSession {
  /** See marks.ts. */
  writer: string;
  /** The server must keep what it has committed. Off only for tests, where nothing is worth keeping. */
  requireDurable: boolean;
  around: Around;
}

/** Rejects when the server can't be reached, or would not keep money safe. */
export async function connect(url: string, options: WriterSession): Promise<Connection> {
  return await options.around('connect', () => open(url, options));
}

async function open(url: string, options: WriterSession): Promise<Connection> {
  const client = new Client({ ...clientOptions(url), pipeline: true });
  // Each query under way rejects; without a listener the process would end.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await setUp(client, options);
    await client.query(BEGIN_MARKS, [options.writer]);
    const stripe = await takeStripe(client);
    return connectionOn(client, stripe, options.around);
  } catch (error) {
    client.end().catch(() => undefined);
    throw error;
  }
}

function connectionOn(client: Client, stripe: number, around: Around): Connection {
  const gather = gatherWrites(client);
  const watch = watchAnswers(client);
  const ask = (query: QueryArrayConfig): Promise<QueryArrayResult<unknown[]>> =>
    around(query.text, () => {
      gather();
      watch.asked();
      return new Promise((resolve, reject) => {
        client.query(query, (error: Error | undefined, result) => {
          watch.answered();
          if (error) reject(error);
          else resolve(result);
        });
      });
    });
  return {
    stripe,
    run: async (text, params = []) => (await ask(queryOf(text, params))).rows,
    say: async (text) => void (await ask(plain(text))),
    commit: async () => (await ask(plain('commit'))).command === 'COMMIT',
    async close() {
      watch.stop();
      await around('close', () => client.end());
    },
    abandon() {
      watch.stop();
      client.connection.stream.destroy();
    },
  };
}

/** A statement without a name and without values is sent as it is. */
function plain(text: string): QueryArrayConfig {
  return { text, rowMode: 'array' };
}

/**
 * Breaks the connection when questions wait and none was answered for a whole ANSWER_TIMEOUT_MS. One timer for all: one for
 * each would cost more than many a question.
 */
function watchAnswers(client: Client): { asked(): void; answered(): void; stop(): void } {
  let waiting = 0;
  let answers = 0;
  let seen: number | null = null;
  const timer = setInterval(() => {
    if (waiting > 0 && seen === answers) client.connection.stream.destroy();
    seen = waiting > 0 ? answers : null;
  }, ANSWER_TIMEOUT_MS);
  timer.unref();
  return {
    asked() {
      waiting += 1;
    },
    answered() {
      waiting -= 1;
      answers += 1;
    },
    stop: () => clearInterval(timer),
  };
}

/**
 * Call before a query: what is asked until the program waits for answers leaves in one write. Each costs more than the
 * query that is in it.
 */
function gatherWrites(client: Client): () => void {
  const { stream } = client.connection;
  let isCorked = false;
  return () => {
    if (isCorked) return;
    isCorked = true;
    stream.cork();
    process.nextTick(() => {
      isCorked = false;
      stream.uncork();
    });
  };
}

async function setUp(client: Client, { requireDurable }: WriterSession): Promise<void> {
  const commit = requireDurable ? 'on' : 'off';
  await client.query(
    `set synchronous_commit = ${commit}; set statement_timeout = ${STATEMENT_TIMEOUT_MS}; ` +
      `set idle_in_transaction_session_timeout = ${IDLE_IN_TRANSACTION_MS}; ` +
      // Who reads a whole table, however small, meets everybody who writes to it (manual, 13.2.3).
      // Where it has to after all, the planner takes that for so dear that it would compile the query each time, for 25 ms.
      'set enable_seqscan = off; set jit = off',
  );
  if (!requireDurable) return;
  const { rows } = await client.query<{ fsync: string }>('show fsync');
  if (rows[0]?.fsync === 'off')
    throw new Error(
      'PostgreSQL has fsync = off: a power cut would undo payments that people were told of. Set it to on',
    );
}

/** The first free one; it is free again when the connection ends. Where all are taken, two share one and wait for each other. */
async function takeStripe(client: Client): Promise<number> {
  for (let stripe = 1; stripe <= STRIPES; stripe += 1) {
    const { rows } = await client.query<{ taken: boolean }>(
      'select pg_try_advisory_lock($1, $2) as taken',
      [STRIPE_LOCKS, stripe],
    );
    if (rows[0]?.taken === true) return stripe;
  }
  return STRIPES;
}
