/** Whether a public address leads to this server: asked for by its name, the way payment systems come. */
import { Hono } from 'hono';
import { z } from 'zod';
import { readBounded } from '../core/bounded.ts';
import { type Deps, randomCode, withTimeLimit } from '../core/deps.ts';
import { type HttpServer, startHttpServer } from '../http/server.ts';

type AddressOutcome =
  /** `by`: who answered here: this setup, or the program that runs already. */
  | { kind: 'reached'; by: 'setup' | 'program' }
  /** A sentence. */
  | { kind: 'not_reached'; reason: string };

const LIMIT_MS = 10_000;
const MAX_BODY_BYTES = 10_000;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz';

/** Answers at `host:port` for a moment, unless the program does, and asks `url` for that answer. */
export async function checkAddress(
  { url, host, port }: { url: string; host: string; port: number },
  deps: Deps,
): Promise<AddressOutcome> {
  const word = randomCode(deps.random, { length: 24, alphabet: ALPHABET });
  const server = await answering(word, { host, port });
  try {
    return judge(await asked(url, deps), { word, isOurs: server !== null, port });
  } finally {
    await server?.close({ deadlineMs: 500 });
  }
}

/** Null: something listens there already. */
async function answering(
  word: string,
  at: { host: string; port: number },
): Promise<HttpServer | null> {
  const app = new Hono();
  app.all('*', (c) => c.text(word));
  try {
    return await startHttpServer(app, at);
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    if (cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE') return null;
    throw error;
  }
}

type Answer = { status: number; text: string } | { status: null; text: string };

async function asked(url: string, deps: Deps): Promise<Answer> {
  try {
    return await withTimeLimit(deps.clock, LIMIT_MS, async (signal) => {
      const answer = await deps.fetch(`${url}/health`, { signal, redirect: 'manual' });
      const { text } = await readBounded(answer.body, MAX_BODY_BYTES);
      return { status: answer.status, text };
    });
  } catch (error) {
    return { status: null, text: whyNot(error) };
  }
}

/** `ENOTFOUND`, `CERT_HAS_EXPIRED`, "no answer within 10000 ms" … */
function whyNot(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string')
    return cause.code;
  return cause instanceof Error ? cause.message : 'no answer';
}

function judge(
  { status, text }: Answer,
  { word, isOurs, port }: { word: string; isOurs: boolean; port: number },
): AddressOutcome {
  if (status === null)
    return { kind: 'not_reached', reason: `It can't be reached from here (${text}).` };
  if (isOurs && text === word) return { kind: 'reached', by: 'setup' };
  if (!isOurs && isProgram(text)) return { kind: 'reached', by: 'program' };
  const answered = `Something else answers there (HTTP ${status})`;
  return {
    kind: 'not_reached',
    reason: isOurs
      ? `${answered}: lead its requests to port ${port} of this machine.`
      : `${answered}, or another program than Tolov listens on port ${port} here.`,
  };
}

const healthAnswer = z.object({ status: z.string(), mode: z.string() });

function isProgram(text: string): boolean {
  try {
    return healthAnswer.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}
