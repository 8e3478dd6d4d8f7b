/** Reading what the page sends. */
import type { Context } from 'hono';
import type { z } from 'zod';

/** Answered as `{ error }` with this status. */
export class RequestProblem extends Error {
  override readonly name = 'RequestProblem';
  readonly status: 400 | 404 | 409 | 503;

  constructor(status: RequestProblem['status'], message: string) {
    super(message);
    this.status = status;
  }
}

/** The JSON body by `schema`. Throws a RequestProblem. */
export async function readBody<T>(context: Context, schema: z.ZodType<T>): Promise<T> {
  const text = await context.req.text();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new RequestProblem(400, 'the body is not JSON');
  }
  return parse(schema, value);
}

/** `value` by `schema`. Throws a RequestProblem. */
export function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => {
    return path.length > 0 ? `${path.join('.')}: ${message}` : message;
  });
  throw new RequestProblem(400, problems.join('; '));
}

/** Runs what throws for something no client would let a person do, and says so with 409. */
export function allowed<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw new RequestProblem(409, error instanceof Error ? error.message : 'not possible');
  }
}
