import type { ApiCall } from './types.ts';

const MAX_CALLS = 2000;

/** The last calls of the bot. */
export class CallLog {
  #calls: ApiCall[] = [];

  add(call: Pick<ApiCall, 'method' | 'body' | 'at'>): ApiCall {
    const entry: ApiCall = { ...call, outcome: 'pending', description: undefined };
    this.#calls.push(entry);
    if (this.#calls.length > MAX_CALLS) this.#calls = this.#calls.slice(-MAX_CALLS);
    return entry;
  }

  /** Oldest first; of one method when given. */
  list(method?: string): ApiCall[] {
    const wanted = method?.toLowerCase();
    return this.#calls.filter(
      (call) => wanted === undefined || call.method.toLowerCase() === wanted,
    );
  }
}
