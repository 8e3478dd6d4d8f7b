/** What the program was told by status calls, read here in its own way. */
import type { ProviderId } from '../src/core/payment-systems.ts';
import { readAt, SHAPES } from '../sandbox/providers/shapes.ts';
import { Life } from './lifecycle.ts';
import type { Exchange } from './network.ts';
import { keyOf } from './truth.ts';

export interface Heard {
  /** `inpay/<order>` that was asked about. */
  key: string;
  at: number;
  isPaid: boolean;
  /** The answer says that it won't be paid any more, or that the payment was taken back. */
  isOver: boolean;
  /** Null where nobody can read it. */
  sumTiyin: number | null;
  /** The answer names the order that was asked about. */
  isItsOwn: boolean;
}

/** A life that ends so soon after an answer may not have written down what followed from it. */
const WRITTEN_WITHIN_MS = 5000;

/** What was asked for, by `inpay/<order>`. */
type Expected = (key: string) => number | undefined;

/** Every answer that arrived unchanged, in a life that went on for a while. */
export function heardBy(exchanges: readonly Exchange[], expected: Expected): Heard[] {
  return exchanges.flatMap((exchange) => {
    const { host } = exchange.call;
    if (!exchange.isAnswered || !isProvider(host) || !livedOn(exchange)) return [];
    return heardIn(exchange, host, expected);
  });
}

export function isProvider(host: string): host is ProviderId {
  return Object.hasOwn(SHAPES, host);
}

function livedOn({ call: { sender }, at, fate }: Exchange): boolean {
  const diedAt = sender instanceof Life ? sender.diedAt : null;
  return diedAt === null || diedAt > at + fate.afterMs + WRITTEN_WITHIN_MS;
}

/** Every system's word for an order that can't be paid any more, from its document. */
const OVER: ReadonlySet<string> = new Set(['expired', 'cancelled', 'failed', 'cancel']);

function heardIn({ call, given, at }: Exchange, host: ProviderId, expected: Expected): Heard[] {
  const asked = /\border(?:_id)?"?[=:]"?(\w+)/.exec(`${call.url.search} ${call.body}`)?.[1];
  const body = parsed(given?.body ?? '');
  const shape = SHAPES[host];
  const word = body && readAt(body, shape.status);
  const order = body && readAt(body, shape.order);
  if (asked === undefined || !body || typeof word !== 'string' || order === undefined) return [];
  const spoken = word.trim().toLowerCase();
  const key = keyOf({ provider: host, id: asked });
  return [
    {
      key,
      at,
      isPaid: spoken === shape.paid,
      isOver: OVER.has(spoken),
      sumTiyin: sumIn(readAt(body, shape.sum), expected(key)),
      isItsOwn: order === asked || order === Number(asked),
    },
  ];
}

/** Whatever stands before the JSON is no part of it. */
function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text.slice(Math.max(0, text.indexOf('{'))));
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}

/** Digits, with blanks between groups, two places at most and a currency behind, or a careless fraction of what is expected. */
function sumIn(value: unknown, expected: number | undefined): number | null {
  if (typeof value === 'number') {
    const tiyin = Math.round(value * 100);
    return tiyin > 0 && (tiyin / 100 === value || tiyin === expected) ? tiyin : null;
  }
  if (typeof value !== 'string') return null;
  const match = /^\s*(\d[\d ]*)(?:[.,](\d{1,2}))?\s*(?:UZS|so'm)?\s*$/.exec(value);
  if (!match) return null;
  const soms = Number((match[1] ?? '').replaceAll(' ', ''));
  return soms * 100 + Number((match[2] ?? '').padEnd(2, '0'));
}
