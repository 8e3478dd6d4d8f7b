/** Reading what a client sent to a simulated provider. */
import type { Context } from 'hono';
import { TIYIN_PER_SOM, type Tiyin } from '../../src/core/money.ts';
import type { DocumentedError, SimEnv } from './faults.ts';

/** A JSON object, or an empty one for everything else. */
export async function jsonBody(context: Context<SimEnv>): Promise<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(await context.req.text());
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** A text that is not empty, or a number as text; else undefined. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A sum as a JSON number in so'm, the way providers write it. */
export function jsonSum(amountTiyin: Tiyin): number {
  return amountTiyin / TIYIN_PER_SOM;
}

/** An error of the document as an answer. */
export function refuse(context: Context<SimEnv>, error: DocumentedError): Response {
  return context.json(error.body, error.status);
}
