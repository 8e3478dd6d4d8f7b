/** What payment systems, and ways to top up, are called. */
import type { NamedWay, ProviderId, Way } from '../../core/payment-systems.ts';
import type { Translate } from '../locales/texts.ts';

/** Their own names, the same in every language: the staff finds their panels by these. */
export const PROVIDER_TITLES: Readonly<Record<ProviderId, string>> = {
  inpay: 'inPAY',
  payfer: 'Payfer',
  rasmiypay: 'RasmiyPay',
  autopaycard: 'AutoPayCard',
};

/** Likewise, with what is chosen on a payment system's page. */
export const WAY_TITLES: Readonly<Record<NamedWay, string>> = {
  ...PROVIDER_TITLES,
  click: 'Click',
  payme: 'Payme',
};

/** As payers are told in the language of `t`: the name that an owner gave, else its own. Not escaped. */
export function wayTitle(t: Translate, way: Way): string {
  return t.names.way(way) ?? ownTitle(t, way);
}

/** As it is called where no owner gave it a name. */
export function ownTitle(t: Translate, way: Way): string {
  return way === 'transfer' ? t('way-transfer') : WAY_TITLES[way];
}
