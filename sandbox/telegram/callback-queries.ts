import type { Clock } from '../../src/core/deps.ts';
import { badRequest } from './api-error.ts';
import type { CallbackAnswer } from './types.ts';

/** A query can be answered for about a quarter of an hour. */
const LIFETIME_MS = 15 * 60 * 1000;
const MAX_QUERIES = 1000;

interface CallbackQuery {
  queryId: string;
  userId: number;
  messageId: number;
}

interface OpenQuery extends CallbackQuery {
  at: number;
  resolve: (answer: CallbackAnswer) => void;
}

/** Taps on inline buttons and their answers. */
export class CallbackQueries {
  readonly #clock: Clock;
  readonly #queries = new Map<string, OpenQuery>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  open(query: CallbackQuery): Promise<CallbackAnswer> {
    const { promise, resolve } = Promise.withResolvers<CallbackAnswer>();
    this.#queries.set(query.queryId, { ...query, at: this.#clock.now(), resolve });
    for (const oldest of this.#queries.values()) {
      if (this.#queries.size <= MAX_QUERIES) break;
      this.#drop(oldest);
    }
    return promise;
  }

  find(queryId: string): CallbackQuery | undefined {
    return this.#queries.get(queryId);
  }

  /** Throws the real server's 400 for an unknown or old query. A second answer changes nothing and is no error. */
  answer(queryId: string, answer: Omit<CallbackAnswer, 'isAnswered'>): CallbackQuery {
    const query = this.#queries.get(queryId);
    if (!query || this.#clock.now() - query.at > LIFETIME_MS) {
      throw badRequest('query is too old and response timeout expired or query ID is invalid');
    }
    query.resolve({ isAnswered: true, ...answer });
    return query;
  }

  close(): void {
    for (const query of this.#queries.values()) this.#drop(query);
  }

  #drop(query: OpenQuery): void {
    this.#queries.delete(query.queryId);
    query.resolve({ isAnswered: false, text: '', showAlert: false, url: undefined });
  }
}
