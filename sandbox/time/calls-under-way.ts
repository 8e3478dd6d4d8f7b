/** Knows which calls over the network wait for their answer. */

export interface CallsUnderWay {
  fetch: typeof fetch;
  /** Whether any call waits now. */
  any(): boolean;
  /** Resolves once none does. */
  none(): Promise<void>;
}

/** `counts` says whether waiting for this address means that something is being done; by default it does. */
export function watchCalls(
  inner: typeof fetch,
  counts: (address: string) => boolean = () => true,
): CallsUnderWay {
  const waiting = new Set<Promise<unknown>>();

  const watched: typeof fetch = async (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    if (!counts(address)) return await inner(input, init);
    const answer = inner(input, init);
    // A call is over when its head has come: these servers send the body with it.
    const call = answer.then(
      () => undefined,
      () => undefined,
    );
    waiting.add(call);
    try {
      return await answer;
    } finally {
      waiting.delete(call);
    }
  };

  return {
    fetch: watched,
    any: () => waiting.size > 0,
    none: async () => {
      while (waiting.size > 0) await Promise.all(waiting);
    },
  };
}
