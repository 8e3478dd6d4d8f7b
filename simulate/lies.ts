/** Payment systems that say what is not so: of a paid order another sum, a word nobody expects, or "not yet". */
import { type AnswerShape, readAt, SHAPES, writeAt } from '../sandbox/providers/shapes.ts';
import type { ProviderId } from '../src/core/payment-systems.ts';
import type { Chance } from './chance.ts';
import { isProvider } from './hearing.ts';
import type { Answer, Call, Fate } from './network.ts';

/** By `inpay/<order>`, the sums in tiyin that the system ever claimed to have been paid, beside the true one. */
export type Claims = Map<string, Set<number>>;

/** Each system's word for an order that can't be paid any more. */
const OVER: Readonly<Record<ProviderId, readonly string[]>> = {
  inpay: ['failed', 'expired', 'cancelled'],
  payfer: ['expired'],
  rasmiypay: ['cancel'],
  autopaycard: ['expired'],
};

/** A lie about the answer to a status call; calls that nobody lies about are answered as they are. */
export function lieAbout(
  call: Call,
  { fate, chance, claims }: { fate: Fate; chance: Chance; claims: Claims },
): Fate {
  const { host } = call;
  if (!isProvider(host)) return { ...fate, name: '' };
  const check: Check = { ...SHAPES[host], over: OVER[host] };
  const kind = chance.weighted({ sum: 3, unreadable: 2, over: 2, waiting: 2, strange: 1 });
  return {
    ...fate,
    name: `[lie: ${kind}]`,
    answer: (given) => {
      const body = given === null ? null : parsed(given);
      if (given === null || body === null || readAt(body, check.status) === undefined) return given;
      return bend({ check, kind, body, given, call, chance, claims });
    },
  };
}

interface Check extends AnswerShape {
  over: readonly string[];
}

interface Lie {
  check: Check;
  kind: 'sum' | 'unreadable' | 'over' | 'waiting' | 'strange';
  body: Record<string, unknown>;
  given: Answer;
  call: Call;
  chance: Chance;
  claims: Claims;
}

function bend({ check, kind, body, given, call, chance, claims }: Lie): Answer {
  const isPaid = readAt(body, check.status) === check.paid;
  switch (kind) {
    case 'sum': {
      if (!isPaid) return given;
      // In whole so'm beside the true one, and never a sum an order could be waiting for: those have tails.
      const claimedSoms = 7_000_001 + chance.between(0, 999_999);
      writeAt(body, check.sum, claimedSoms);
      const key = `${call.host}/${String(readAt(body, check.order))}`;
      claims.set(key, (claims.get(key) ?? new Set()).add(claimedSoms * 100));
      break;
    }
    case 'unreadable':
      if (!isPaid) return given;
      writeAt(body, check.sum, chance.pick(['', 'ming', -5, null, 1e300, '12,3,4', {}]));
      break;
    case 'over':
      writeAt(body, check.status, chance.pick(check.over));
      break;
    case 'waiting':
      writeAt(body, check.status, check.waiting);
      break;
    case 'strange':
      writeAt(body, check.status, chance.pick(['', 'PAID?', 'ok', null, 1]));
      break;
  }
  return { ...given, body: JSON.stringify(body) };
}

function parsed({ body }: Answer): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
