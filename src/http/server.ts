/** The HTTP server: webhooks in, health and metrics out. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { createConnections } from './connections.ts';
import { listenProblem } from './listen-problem.ts';

export interface HttpServer {
  /** The port it got, when it asked for any. */
  port: number;
  /** Takes no new connection; resolves when the answers under way are out, at most after `deadlineMs`. */
  close(options: { deadlineMs: number }): Promise<void>;
}

interface ServerLimits {
  /** A client has this long to send its request: providers need milliseconds, attackers hours. */
  requestTimeoutMs: number;
  headersTimeoutMs: number;
  /** How often the two limits above are looked at. */
  checkEveryMs: number;
  /** A connection on which nothing moves for so long is cut: also one that does not read its answer. */
  idleTimeoutMs: number;
  /** A kept connection without a request. Telegram, proxies and payment systems open another. */
  keepAliveMs: number;
  maxHeaderBytes: number;
  maxConnections: number;
  /** So many connections one address may have; this machine and private networks are not limited. */
  maxConnectionsOfAddress: number;
}

const LIMITS: ServerLimits = {
  requestTimeoutMs: 10_000,
  headersTimeoutMs: 5000,
  checkEveryMs: 2000,
  idleTimeoutMs: 60_000,
  keepAliveMs: 5000,
  maxHeaderBytes: 8192,
  maxConnections: 1000,
  // Telegram takes 100 at most.
  maxConnectionsOfAddress: 200,
};

interface ServerOptions {
  host: string;
  port: number;
  limits?: Partial<ServerLimits>;
}

export async function startHttpServer(app: Hono, options: ServerOptions): Promise<HttpServer> {
  const limits = { ...LIMITS, ...options.limits };
  const listener = getRequestListener(app.fetch);
  const connections = createConnections({
    most: limits.maxConnections,
    mostOfAddress: limits.maxConnectionsOfAddress,
  });
  const server = createServer(
    {
      keepAliveTimeout: limits.keepAliveMs,
      requestTimeout: limits.requestTimeoutMs,
      headersTimeout: limits.headersTimeoutMs,
      maxHeaderSize: limits.maxHeaderBytes,
      connectionsCheckingInterval: limits.checkEveryMs,
    },
    (request, response) => {
      connections.asked(request, response);
      void listener(request, response);
    },
  );
  server.setTimeout(limits.idleTimeoutMs);
  server.on('connection', (socket) => connections.opened(socket));
  server.listen(options.port, options.host);
  // An address in use is an `error` event, which `once` turns into a rejection.
  await once(server, 'listening').catch((error: unknown) => {
    throw listenProblem(error, options);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: ({ deadlineMs }) => close(server, deadlineMs),
  };
}

async function close(server: Server, deadlineMs: number): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const force = setTimeout(() => server.closeAllConnections(), deadlineMs);
  await closed;
  clearTimeout(force);
}
