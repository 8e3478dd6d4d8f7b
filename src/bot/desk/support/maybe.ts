/** Money that is nobody's yet and may be the payment somebody asks about. */
import type { TopupState } from '../../../topups/states.ts';
import { openMoney, type OpenMoney } from '../../../topups/suspense-list.ts';
import { readAbout } from '../../../support/about.ts';
import type { Parts } from '../../kit/context.ts';

const LISTED = 3;

/** States of orders whose money has not come: that of all others is on a balance, or decided about elsewhere. */
const NOT_COME: ReadonlySet<TopupState> = new Set(['waiting', 'expired', 'cancelled', 'failed']);

/** True when the question is about a payment that has not come: then it may be refused with a reason. */
export async function isClaim({ topups }: Pick<Parts, 'topups'>, about: string): Promise<boolean> {
  const payment = readAbout(about);
  const topup = payment?.kind === 'topup' ? await topups.get(payment.id) : null;
  return topup !== null && NOT_COME.has(topup.state);
}

/** Money of the sum that the order expects or was asked for, the latest first; an order under review has its own. */
export async function maybeItsMoney(
  { topups, db }: Pick<Parts, 'topups' | 'db'>,
  about: string,
): Promise<OpenMoney[]> {
  const payment = readAbout(about);
  const topup = payment?.kind === 'topup' ? await topups.get(payment.id) : null;
  if (!topup) return [];
  const all = await openMoney(db.read);
  return all
    .filter(({ amountTiyin }) => [topup.amountTiyin, topup.baseTiyin].includes(amountTiyin))
    .slice(0, LISTED);
}
