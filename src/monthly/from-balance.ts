/** A bill that is paid without a tap of its own. */
import type { ConfirmRequest } from '../bills/outcomes.ts';
import type { SavedAccount } from '../bills/saved.ts';
import type { Tiyin } from '../core/money.ts';

/** Which account, and what its payer was told and agreed to. */
interface Agreed extends Pick<SavedAccount, 'userId' | 'serviceId' | 'serviceName' | 'account'> {
  amountTiyin: Tiyin;
  feeTiyin: Tiyin;
}

/**
 * A payment from the balance of exactly the total that was agreed to. `confirmationId` says which payment it is, so
 * that asking for it again makes no second one.
 */
export function fromBalance(
  { userId, serviceId, serviceName, account, amountTiyin, feeTiyin }: Agreed,
  confirmationId: string,
): ConfirmRequest {
  return {
    userId,
    serviceId,
    serviceName,
    account,
    amountTiyin,
    source: 'balance',
    shown: { feeTiyin, totalTiyin: amountTiyin + feeTiyin },
    confirmationId,
  };
}
