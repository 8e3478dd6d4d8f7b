/** Payment systems that say what is not so: of a paid order another sum, a word nobody expects, or "not yet". */
import type { Chance } from './chance.ts';
import type { Answer, Call, Fate } from './network.ts';

/** By `inpay/<order>`, the sums in tiyin that the system ever claimed to have been paid, beside the true one. */
export type Claims = Map<string, Set<number>>;

interface Check {
  /** Where the answer names the order, how it is, and what was paid. */
  order: readonly string[];
  status: readonly string[];
  sum: readonly string[];
  paid: string;
  over: readonly string[];
  waiting: string;
}

const CHECKS: Readonly<Record<string, Check>> = {
  inpay: {
    order: ['order_id'],
    status: ['status'],
    sum: ['amount'],
    paid: 'success',
    over: ['failed', 'expired', 'cancelled'],
    waiting: 'pending',
  },
  payfer: {
    order: ['order_code'],
    status: ['payment_status'],
    sum: ['paid_amount'],
    paid: 'paid',
    over: ['expired'],
    waiting: 'pending',
  },
  rasmiypay: {
    order: ['order'],
    status: ['data', 'status'],
    sum: ['data', 'amount'],
    paid: 'paid',
    over: ['cancel'],
    waiting: 'pending',
  },
  autopaycard: {
    order: ['order_id'],
    status: ['status'],
    sum: ['amount'],
    paid: 'paid',
    over: ['expired'],
    waiting: 'waiting',
  },
};

/** A lie about the answer to a status call; calls that nobody lies about are answered as they are. */
export function lieAbout(
  call: Call,
  { fate, chance, claims }: { fate: Fate; chance: Chance; claims: Claims },
): Fate {
  const check = CHECKS[call.host];
  if (!check) return { ...fate, name: '' };
  const kind = chance.weighted({ sum: 3, unreadable: 2, over: 2, waiting: 2, strange: 1 });
  return {
    ...fate,
    name: `[lie: ${kind}]`,
    answer: (given) => {
      const body = given === null ? null : parsed(given);
      if (given === null || body === null || read(body, check.status) === undefined) return given;
      return bend({ check, kind, body, given, call, chance, claims });
    },
  };
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
  const isPaid = read(body, check.status) === check.paid;
  switch (kind) {
    case 'sum': {
      if (!isPaid) return given;
      // In whole so'm beside the true one, and never a sum an order could be waiting for: those have tails.
      const claimedSoms = 7_000_001 + chance.between(0, 999_999);
      write(body, check.sum, claimedSoms);
      const key = `${call.host}/${String(read(body, check.order))}`;
      claims.set(key, (claims.get(key) ?? new Set()).add(claimedSoms * 100));
      break;
    }
    case 'unreadable':
      if (!isPaid) return given;
      write(body, check.sum, chance.pick(['', 'ming', -5, null, 1e300, '12,3,4', {}]));
      break;
    case 'over':
      write(body, check.status, chance.pick(check.over));
      break;
    case 'waiting':
      write(body, check.status, check.waiting);
      break;
    case 'strange':
      write(body, check.status, chance.pick(['', 'PAID?', 'ok', null, 1]));
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

function read(body: Record<string, unknown>, path: readonly string[]): unknown {
  let value: unknown = body;
  for (const name of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

function write(body: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const holder = path.length > 1 ? read(body, path.slice(0, -1)) : body;
  const name = path.at(-1);
  if (typeof holder === 'object' && holder !== null && name !== undefined) {
    (holder as Record<string, unknown>)[name] = value;
  }
}
