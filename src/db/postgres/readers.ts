/** A few connections that can only read. A question whose connection broke is asked again: it changes nothing. */
import { type ClientBase, Pool } from 'pg';
import type { Clock } from '../../core/deps.ts';
import { type Around, clientOptions, queryOf, type Rows } from './driver.ts';
import { isLost } from './errors.ts';

/** As long as a writer waits for the server. */
const PATIENCE_MS = 30_000;
const PAUSE_MS = 200;

/** What one question may take; a report of many rows takes seconds. */
const STATEMENT_TIMEOUT_MS = 120_000;
const IDLE_MS = 60_000;

type Query = (text: string, params: readonly unknown[]) => Promise<Rows>;

interface ReadersOptions {
  url: () => Promise<string>;
  clock: Clock;
  max: number;
  around: Around;
}

export class Readers {
  readonly #options: ReadersOptions;
  /** One, however many ask first at the same moment. */
  #pool: Promise<Pool> | null = null;
  #isClosed = false;

  constructor(options: ReadersOptions) {
    this.#options = options;
  }

  async query(text: string, params: readonly unknown[]): Promise<Rows> {
    const { around } = this.#options;
    const ask = async (pool: Pool): Promise<Rows> =>
      (await around(text, () => pool.query(queryOf(text, params)))).rows;
    return await this.#patiently(ask);
  }

  /** Several questions that see one moment. Not asked again: the caller has seen some of the answers. */
  async snapshot<T>(work: (query: Query) => Promise<T>): Promise<T> {
    const { around } = this.#options;
    const client = await this.#patiently((pool) => around('connect', () => pool.connect()));
    const begin = 'begin isolation level repeatable read read only';
    let failure: unknown;
    try {
      await around(begin, () => client.query(begin));
      return await work(
        async (text, params) =>
          (await around(text, () => client.query(queryOf(text, params)))).rows,
      );
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      await around('rollback', () => client.query('rollback')).catch(() => undefined);
      client.release(failure !== undefined && isLost(failure));
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const pool = await this.#pool?.catch(() => null);
    if (pool) await this.#options.around('close', () => pool.end());
  }

  async #patiently<T>(work: (pool: Pool) => Promise<T>): Promise<T> {
    const { clock } = this.#options;
    const until = clock.elapsed() + PATIENCE_MS;
    for (;;) {
      if (this.#isClosed) throw new Error('The database is closed.');
      try {
        return await work(await this.#open());
      } catch (error) {
        if (!isLost(error) || clock.elapsed() > until) throw error;
        await clock.sleep(PAUSE_MS);
      }
    }
  }

  async #open(): Promise<Pool> {
    const { url, max } = this.#options;
    const opening = (this.#pool ??= (async () => openPool(await url(), max))());
    try {
      return await opening;
    } catch (error) {
      // Whoever asks next tries to open it again.
      if (this.#pool === opening) this.#pool = null;
      throw error;
    }
  }
}

async function setUp(client: ClientBase): Promise<void> {
  await client.query(
    `set default_transaction_read_only = on; set statement_timeout = ${STATEMENT_TIMEOUT_MS}; ` +
      `set idle_in_transaction_session_timeout = ${STATEMENT_TIMEOUT_MS}`,
  );
}

function openPool(url: string, max: number): Pool {
  const options = { ...clientOptions(url), max, idleTimeoutMillis: IDLE_MS };
  // The pool waits for it, though its types do not say so.
  const pool = new Pool(Object.assign(options, { onConnect: setUp }));
  // A connection that breaks while nobody uses it: the next question opens another.
  pool.on('error', () => undefined);
  return pool;
}
