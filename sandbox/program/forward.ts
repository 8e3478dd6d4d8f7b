/** The program's own routes on the sandbox's address: health, metrics, webhooks. */
import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { type Clock, withTimeLimit } from '../../src/core/deps.ts';

const TIMEOUT_MS = 15_000;
/** The program refuses much smaller bodies, in its own words. */
const MAX_BODY_BYTES = 1024 * 1024;

/** Headers that belong to one connection: they are left out, and the next connection gets its own. */
const OWN_HEADERS = ['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'host'];

export const limitForwarded: MiddlewareHandler = bodyLimit({
  maxSize: MAX_BODY_BYTES,
  onError: (c) => c.text('too large', 413),
});

/** Answers what the program behind `address` answers; 503 while there is none, 502 when it went away meanwhile. */
export async function forward(
  c: Context,
  {
    address,
    clock,
    fetch,
  }: { address: string | null; clock: Clock; fetch: typeof globalThis.fetch },
): Promise<Response> {
  if (address === null) return away(c, 503);
  const { pathname, search } = new URL(c.req.url);
  if (c.req.header('accept') === 'text/event-stream') {
    return await follow(c, fetch, address + pathname + search);
  }
  const hasBody = c.req.method !== 'GET' && c.req.method !== 'HEAD';
  const body = hasBody ? await c.req.arrayBuffer() : null;
  try {
    return await withTimeLimit(clock, TIMEOUT_MS, async (signal) => {
      const answer = await fetch(address + pathname + search, {
        method: c.req.method,
        headers: passedOn(c.req.raw.headers),
        body,
        redirect: 'manual',
        signal,
      });
      const text = await answer.arrayBuffer();
      return new Response(isEmpty(answer.status) ? null : text, {
        status: answer.status,
        headers: passedOn(answer.headers),
      });
    });
  } catch {
    return away(c, 502);
  }
}

/** Events come as long as somebody listens. */
async function follow(
  c: Context,
  fetch: typeof globalThis.fetch,
  address: string,
): Promise<Response> {
  const { headers, signal } = c.req.raw;
  try {
    const answer = await fetch(address, { headers: passedOn(headers), signal });
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    // Whichever side goes away, the other one is told that this is the end, and not that something failed.
    const passing = answer.body?.pipeTo(writable, { preventAbort: true }) ?? Promise.reject();
    passing.catch(() => writable.close()).catch(() => undefined);
    return new Response(readable, { status: answer.status, headers: passedOn(answer.headers) });
  } catch {
    return away(c, 502);
  }
}

function away(c: Context, status: 502 | 503): Response {
  c.header('retry-after', '1');
  return c.json({ status: 'not ready', reasons: ['the program is not running right now'] }, status);
}

function isEmpty(status: number): boolean {
  return status === 204 || status === 304;
}

function passedOn(headers: Headers): Headers {
  const passed = new Headers(headers);
  for (const name of OWN_HEADERS) passed.delete(name);
  return passed;
}
