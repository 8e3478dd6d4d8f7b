import { createAdaptorServer } from '@hono/node-server';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';

import type { Listen } from '../listen.ts';
import { ApiError, badRequest } from './api-error.ts';
import type { Core } from './core.ts';
import { dispatch } from './dispatcher.ts';
import { Params } from './params.ts';
import type { Upload } from './params.ts';

const MAX_BODY_BYTES = 60 * 1024 * 1024;

type Env = { Bindings: HttpBindings };

export interface ListeningServer {
  /** Without a slash at the end. */
  url: string;
  close(): Promise<void>;
}

/** Serves `/bot<token>/<method>` on 127.0.0.1, or `elsewhere`. Port 0 takes a free one. */
export async function listen(
  core: Core,
  port: number,
  elsewhere?: Listen,
): Promise<ListeningServer> {
  const app = createApp(core);
  if (elsewhere) {
    const url = await elsewhere('telegram', (request, env) => app.fetch(request, env));
    return { url, close: async () => undefined };
  }
  const server = createAdaptorServer({ fetch: app.fetch });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(port, '127.0.0.1', resolve);
  await promise;
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port to listen on');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: async () => {
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      if ('closeAllConnections' in server) server.closeAllConnections();
      await closed.promise;
    },
  };
}

function createApp(core: Core): Hono<Env> {
  const app = new Hono<Env>();
  const notFound = new ApiError(404, 'Not Found');
  app.use(
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: () => errorResponse(new ApiError(413, 'Request Entity Too Large')),
    }),
  );
  app.on(['GET', 'POST'], '/:bot{bot[^/]+}/:method{[^/]+}', (c) => serveCall(core, c));
  app.notFound(() => errorResponse(notFound));
  app.onError((error) =>
    errorResponse(
      error instanceof ApiError
        ? error
        : new ApiError(500, `Internal Server Error: ${String(error)}`),
    ),
  );
  return app;
}

async function serveCall(core: Core, c: Context<Env>): Promise<Response> {
  const token = decodeURIComponent(c.req.param('bot') ?? '').slice('bot'.length);
  const refusal = checkToken(core, token);
  if (refusal) return errorResponse(refusal);
  const params = await readParams(c);
  const signal = AbortSignal.any([core.stopping.signal, connectionSignal(c)]);
  const outcome = await dispatch(core, { method: c.req.param('method') ?? '', params, signal });
  if (outcome.kind === 'drop') {
    c.env.incoming.socket.destroy();
    return new Response(null, { status: 502 });
  }
  const retryAfter = retryAfterOf(outcome.body);
  return Response.json(outcome.body, {
    status: outcome.status,
    ...(retryAfter === undefined ? {} : { headers: { 'retry-after': String(retryAfter) } }),
  });
}

/** A malformed token and another bot's token are both 401; the texts differ as on the real server. */
function checkToken(core: Core, token: string): ApiError | null {
  if (token === core.token) return null;
  const isWellFormed = /^[1-9]\d{0,17}:.{1,62}$/.test(token);
  return new ApiError(401, isWellFormed ? 'Unauthorized' : 'Unauthorized: invalid token specified');
}

/** Aborts when the caller hangs up before the answer. */
function connectionSignal(c: Context<Env>): AbortSignal {
  const gone = new AbortController();
  const { outgoing } = c.env;
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) gone.abort();
  });
  return gone.signal;
}

async function readParams(c: Context<Env>): Promise<Params> {
  const values = new Map<string, unknown>(Object.entries(c.req.query()));
  const uploads = new Map<string, Upload>();
  const type = c.req.header('content-type') ?? '';
  if (/json/i.test(type)) {
    for (const [name, value] of Object.entries(await readJson(c))) values.set(name, value);
  } else if (/form-data|x-www-form-urlencoded/i.test(type)) {
    for (const [name, value] of Object.entries(await c.req.parseBody())) {
      if (value instanceof File) uploads.set(name, await toUpload(value));
      else values.set(name, value);
    }
  }
  return new Params(values, uploads);
}

async function readJson(c: Context<Env>): Promise<object> {
  const text = await c.req.text();
  if (text === '') return {};
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body;
  } catch {
    // Refused below, together with JSON that is no object.
  }
  throw badRequest('the request body is not a JSON object');
}

async function toUpload(file: File): Promise<Upload> {
  return {
    name: file.name,
    mimeType: file.type || 'application/octet-stream',
    bytes: new Uint8Array(await file.arrayBuffer()),
  };
}

function retryAfterOf(body: Record<string, unknown>): number | undefined {
  const parameters = body['parameters'];
  if (typeof parameters !== 'object' || parameters === null) return undefined;
  return 'retry_after' in parameters && typeof parameters.retry_after === 'number'
    ? parameters.retry_after
    : undefined;
}

function errorResponse(error: ApiError): Response {
  return Response.json(error.toBody(), { status: error.code });
}
