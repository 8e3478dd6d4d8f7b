/** The misbehaviour of a simulated provider: one fault at a time, for as many requests as asked. */
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context, Next } from 'hono';
import type { Clock } from '../../src/core/deps.ts';
import type { Fault } from './types.ts';

export type SimEnv = { Bindings: HttpBindings };

/** An answer of the provider's document. */
export interface DocumentedError {
  status: 400 | 401 | 402 | 403 | 404 | 409 | 422 | 429 | 500 | 503;
  body: Readonly<Record<string, unknown>>;
}

export interface FaultDesk {
  set(fault: Fault): void;
  /** Runs the rest of the request under the fault, if one is due. The status, 0 for a cut connection. */
  run(context: Context<SimEnv>, options: { call: string; next: Next }): Promise<number>;
}

const DEFAULT_DELAY_MS = 20_000;

export function createFaultDesk(options: {
  clock: Clock;
  closing: AbortSignal;
  errors: Readonly<Record<string, DocumentedError>>;
  /** Which of `errors` stand for 429 and for a broken server. */
  rateLimited: DocumentedError;
  serverError: DocumentedError;
}): FaultDesk {
  let current: Fault = { kind: 'none' };
  let left = 0;

  const due = (call: string): Fault => {
    const fits = current.method === undefined || current.method === call;
    if (!fits || left < 1) return { kind: 'none' };
    left -= 1;
    return current;
  };

  const errorOf = (fault: Fault): DocumentedError => {
    const wanted = fault.code === undefined ? undefined : options.errors[fault.code];
    return wanted ?? options.serverError;
  };

  return {
    set: (fault) => {
      if (fault.code !== undefined && !Object.hasOwn(options.errors, fault.code)) {
        throw new Error(`no documented error "${fault.code}": see the provider's errors`);
      }
      current = fault;
      left = fault.times ?? Infinity;
    },
    run: async (context, { call, next }) => {
      const fault = due(call);
      switch (fault.kind) {
        case 'down':
        case 'drop_before':
          return cut(context);
        case 'html':
          context.res = page();
          break;
        case 'rate_limited':
          context.res = answerOf(options.rateLimited, (fault.delayMs ?? 30_000) / 1000);
          break;
        case 'error':
          context.res = answerOf(errorOf(fault));
          break;
        case 'slow':
          await options.clock.sleep(fault.delayMs ?? DEFAULT_DELAY_MS, options.closing);
          await next();
          break;
        case 'garbage':
          await next();
          context.res = await halved(context.res);
          break;
        case 'drop_after':
          await next();
          return cut(context);
        case 'none':
          await next();
          break;
      }
      return context.res.status;
    },
  };
}

function cut(context: Context<SimEnv>): number {
  context.env.incoming.socket.destroy();
  context.res = RESPONSE_ALREADY_SENT;
  return 0;
}

function answerOf(error: DocumentedError, retryAfterS?: number): Response {
  const headers =
    retryAfterS === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfterS)) };
  return Response.json(error.body, { status: error.status, headers });
}

function page(): Response {
  return new Response('<!doctype html><title>Texnik ishlar</title><h1>Texnik ishlar</h1>', {
    headers: { 'content-type': 'text/html; charset=utf-8' },
  });
}

async function halved(response: Response): Promise<Response> {
  const text = await response.text();
  return new Response(text.slice(0, Math.ceil(text.length / 2)), {
    status: response.status,
    headers: { 'content-type': 'application/json' },
  });
}
