/** Where each payment system says which order it speaks of, how that is, and what was paid for it. */
import type { ProviderId } from '../../src/core/payment-systems.ts';

export type Path = readonly string[];

export interface AnswerShape {
  order: Path;
  status: Path;
  sum: Path;
  /** Its word for a payment that arrived, and for one that did not yet. */
  paid: string;
  waiting: string;
}

/** How each payment system writes the answer to the status call. */
export const SHAPES: Readonly<Record<ProviderId, AnswerShape>> = {
  inpay: {
    order: ['order_id'],
    status: ['status'],
    sum: ['amount'],
    paid: 'success',
    waiting: 'pending',
  },
  payfer: {
    order: ['order_code'],
    status: ['payment_status'],
    sum: ['paid_amount'],
    paid: 'paid',
    waiting: 'pending',
  },
  rasmiypay: {
    order: ['order'],
    status: ['data', 'status'],
    sum: ['data', 'amount'],
    paid: 'paid',
    waiting: 'pending',
  },
  autopaycard: {
    order: ['order_id'],
    status: ['status'],
    sum: ['amount'],
    paid: 'paid',
    waiting: 'waiting',
  },
};

export function readAt(body: Readonly<Record<string, unknown>>, path: Path): unknown {
  let value: unknown = body;
  for (const name of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

/** Sets a field deep inside `body`, if the objects on the way exist. `undefined` leaves it out of the JSON. */
export function writeAt(body: Record<string, unknown>, path: Path, value: unknown): void {
  const holder = path.length > 1 ? readAt(body, path.slice(0, -1)) : body;
  const name = path.at(-1);
  if (typeof holder === 'object' && holder !== null && name !== undefined) {
    (holder as Record<string, unknown>)[name] = value;
  }
}
