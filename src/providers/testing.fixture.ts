/** For tests only: a clock that stands until it is moved, and a real HTTP server that answers as it is told. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock, Random } from '../core/deps.ts';
import { SecretScrubber } from '../core/secrets.ts';
import type { ProviderDeps } from './client.ts';

export interface ManualClock extends Clock {
  advance(ms: number): void;
}

export function createManualClock(start: number): ManualClock {
  let now = start;
  const sleepers = new Set<{ at: number; wake: () => void }>();
  return {
    now: () => now,
    elapsed: () => now - start,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const sleeper = { at: now + ms, wake: resolve };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', () => {
          sleepers.delete(sleeper);
          reject(new DOMException('aborted', 'AbortError'));
        });
      }),
    advance: (ms) => {
      now += ms;
      for (const sleeper of [...sleepers].filter((each) => each.at <= now)) {
        sleepers.delete(sleeper);
        sleeper.wake();
      }
    },
  };
}

/** Bytes that count upwards: never twice the same, always the same in every run. */
export function createCountingRandom(): Random {
  let counter = 0;
  return {
    bytes: (length) => {
      counter += 1;
      const seed = counter;
      return Uint8Array.from({ length }, (_, i) => (seed * 7919 + i * 104_729) % 251);
    },
  };
}

export interface SeenRequest {
  method: string;
  /** Path and query as they stood on the wire. */
  path: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: string;
}

export type Reply =
  | { status: number; body: string; headers?: Readonly<Record<string, string>> }
  /** `hang`: no answer ever. `drop`: the connection is cut. `drop_body`: it is cut within the body. */
  | 'hang'
  | 'drop'
  | 'drop_body'
  /** Gets the bare connection, and writes what it likes. */
  | { takeOver: (socket: Socket) => void };

export type Handler = (request: SeenRequest) => Reply;

export interface Loopback {
  url: string;
  requests: SeenRequest[];
  serve(handler: Handler): void;
  /** Resolves once `count` requests have arrived. */
  received(count: number): Promise<void>;
  close(): Promise<void>;
}

const unscripted: Handler = () => ({ status: 500, body: 'nothing is scripted' });

export async function startLoopback(): Promise<Loopback> {
  const requests: SeenRequest[] = [];
  let handler = unscripted;
  const server = createServer((incoming, outgoing) => {
    const answer = async (): Promise<void> => {
      const request = await readRequest(incoming);
      requests.push(request);
      reply(outgoing, handler(request));
    };
    void answer();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    serve: (next) => {
      handler = next;
    },
    received: async (count) => {
      while (requests.length < count) await nextTurn();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readRequest(incoming: IncomingMessage): Promise<SeenRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return {
    method: incoming.method ?? '',
    path: incoming.url ?? '',
    headers: incoming.headers,
    body: Buffer.concat(chunks).toString(),
  };
}

function reply(outgoing: ServerResponse, answer: Reply): void {
  if (answer === 'hang') return;
  if (answer === 'drop') {
    outgoing.destroy();
  } else if (answer === 'drop_body') {
    outgoing.writeHead(200, { 'content-length': '1000' });
    outgoing.write('{"status":', () => outgoing.destroy());
  } else if ('takeOver' in answer) {
    answer.takeOver(outgoing.req.socket);
  } else {
    outgoing.writeHead(answer.status, answer.headers ?? { 'content-type': 'application/json' });
    outgoing.end(answer.body);
  }
}

export interface WarnEvent {
  event: string;
  data: object;
}

/** Deps of a provider with everything observable. The network is the real one. */
export function testDeps(clock: Clock): ProviderDeps & { warnings: WarnEvent[] } {
  const warnings: WarnEvent[] = [];
  return {
    clock,
    random: createCountingRandom(),
    fetch: globalThis.fetch,
    secrets: new SecretScrubber(),
    warn: (event, data) => {
      warnings.push({ event, data });
    },
    warnings,
  };
}

export function json(body: unknown, status = 200): Reply {
  return { status, body: JSON.stringify(body) };
}
