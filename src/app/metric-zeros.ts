/** Which labels the counters will have, so that they exist before anything happened. */
import type { Zeros } from '../core/metrics.ts';
import { PROBLEMS, type Provider } from '../topups/provider.ts';

const problems = Object.keys(PROBLEMS);

function callsOf(provider: Provider): Record<string, string[]> {
  return {
    create: ['created', 'sum_taken', ...problems],
    check: ['pending', 'paid', 'closed', ...problems],
    ...(provider.cancel ? { cancel: ['cancelled', ...problems] } : {}),
    ...(provider.health ? { health: ['health', ...problems] } : {}),
    ...(provider.receipt ? { receipt: ['receipt', 'none', ...problems] } : {}),
  };
}

/** Counters that exist from the start at 0. Only configured payment systems have them: the others never count anything. */
export function metricZeros({
  providers,
  withBills,
}: {
  providers: Iterable<Provider>;
  withBills: boolean;
}): Zeros {
  return {
    providers: [...providers].map((each) => ({ id: each.id, calls: callsOf(each) })),
    // Only what balances paid can be given back.
    bills: withBills
      ? [
          { source: 'balance', states: ['paid', 'failed', 'refunded'] },
          { source: 'card', states: ['paid', 'failed'] },
        ]
      : [],
  };
}
