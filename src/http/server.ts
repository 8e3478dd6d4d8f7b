/** The HTTP server: webhooks in, health and metrics out. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';

export interface HttpServer {
  /** The port it got, when it asked for any. */
  port: number;
  /** Takes no new connection; resolves when the answers under way are out, at most after `deadlineMs`. */
  close(options: { deadlineMs: number }): Promise<void>;
}

/** A client has this long to send its request: providers need milliseconds, attackers hours. */
const REQUEST_TIMEOUT_MS = 10_000;
const HEADERS_TIMEOUT_MS = 5000;
const MAX_HEADER_BYTES = 8192;
const MAX_CONNECTIONS = 1000;

export async function startHttpServer(
  app: Hono,
  { host, port }: { host: string; port: number },
): Promise<HttpServer> {
  const listener = getRequestListener(app.fetch);
  const server = createServer(
    {
      requestTimeout: REQUEST_TIMEOUT_MS,
      headersTimeout: HEADERS_TIMEOUT_MS,
      maxHeaderSize: MAX_HEADER_BYTES,
      // How often the two limits above are looked at.
      connectionsCheckingInterval: 2000,
    },
    (request, response) => void listener(request, response),
  );
  server.maxConnections = MAX_CONNECTIONS;
  server.listen(port, host);
  // An address in use is an `error` event, which `once` turns into a rejection.
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: (options) => close(server, options.deadlineMs),
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
