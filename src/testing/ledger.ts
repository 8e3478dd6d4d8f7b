/** Short ways to write entries in tests. */
import { type AccountId, providerClearing, userAvailable } from '../ledger/accounts.ts';
import type { Entry, Line } from '../ledger/ledger.ts';

/** Tests name times where they matter. */
export const AT = Date.UTC(2026, 0, 5, 7);

/** Two lines: `amountTiyin` goes from one account to the other. */
export function transfer(from: AccountId, to: AccountId, amountTiyin: number): Line[] {
  return [
    { account: from, amountTiyin: -amountTiyin },
    { account: to, amountTiyin },
  ];
}

/** A payment that came in through inPAY. */
export function topupEntry(key: string, userId: number, amountTiyin: number): Entry {
  return {
    key,
    kind: 'topup',
    actor: 'system',
    at: AT,
    lines: transfer(providerClearing('inpay'), userAvailable(userId), amountTiyin),
  };
}
