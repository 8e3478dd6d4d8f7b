/** What every simulated payment system stands on: a server of this machine, and the log of what it was asked. */
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import type { Clock } from '../src/core/deps.ts';
import { pushBounded } from './providers/bounded.ts';
import type { Listen } from './listen.ts';

const MAX_REQUESTS = 500;

interface SimulatedServer {
  /** `http://127.0.0.1:port` */
  origin: string;
  /** Ends connections as well. */
  close(): Promise<void>;
}

/** Listens on a free port of 127.0.0.1, or where `listen` says. */
export async function startSimulatedServer(
  answer: (request: Request, env: HttpBindings) => Response | Promise<Response>,
  { name, listen }: { name: string; listen?: Listen | undefined },
): Promise<SimulatedServer> {
  if (listen) {
    const origin = await listen(name, (request, env) => answer(request, env as HttpBindings));
    return { origin, close: () => Promise.resolve() };
  }
  const server = createAdaptorServer({
    fetch: (request, env) => answer(request, env as HttpBindings),
  });
  const listening = Promise.withResolvers<void>();
  server.once('error', listening.reject);
  server.listen(0, '127.0.0.1', listening.resolve);
  await listening.promise;
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close: async () => {
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      if ('closeAllConnections' in server) server.closeAllConnections();
      await closed.promise;
    },
  };
}

export interface LoggedRequest {
  /** A running number of this server's. */
  number: number;
  at: number;
  method: string;
  /** Without its query. */
  path: string;
  /** The call by name, as in `Fault.method`. */
  call: string;
  /** 0 when the connection was cut, and until there is an answer. */
  status: number;
  /** Null until there is an answer. */
  durationMs: number | null;
}

export interface RequestLog {
  /** The latest requests, oldest first, without secrets. */
  all(): LoggedRequest[];
  /** Writes the request down, then what `answer` makes of it: its status. */
  note(
    request: Pick<LoggedRequest, 'method' | 'path' | 'call'>,
    answer: () => Promise<number>,
  ): Promise<void>;
  /** Tells of every request as it comes, and once more when it is answered. Returns the function that ends it. */
  on(listener: (request: LoggedRequest) => void): () => void;
}

export function createRequestLog(clock: Clock): RequestLog {
  const requests: LoggedRequest[] = [];
  const listeners = new Set<(request: LoggedRequest) => void>();
  let count = 0;

  const tell = (request: LoggedRequest): void => {
    for (const listener of listeners) listener({ ...request });
  };

  return {
    all: () => requests.map((request) => ({ ...request })),
    note: async ({ method, path, call }, answer) => {
      count += 1;
      const at = clock.now();
      const asked = { number: count, at, method, path, call };
      const entry: LoggedRequest = { ...asked, status: 0, durationMs: null };
      pushBounded(requests, entry, MAX_REQUESTS);
      tell(entry);
      try {
        entry.status = await answer();
      } finally {
        entry.durationMs = clock.now() - at;
        tell(entry);
      }
    },
    on: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
