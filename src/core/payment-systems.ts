/** The payment systems by name, and how long an order lives at each, in milliseconds, unless its answer says otherwise. */

export type ProviderId = 'inpay' | 'payfer' | 'rasmiypay' | 'autopaycard';

/**
 * How people may top up, by the names they know, in the order in which that is offered unless the owner wants another one.
 * Click and Payme are paid on inPAY's page; `inpay` leaves the choice to that page.
 */
export const NAMED_WAYS = [
  'click',
  'payme',
  'payfer',
  'rasmiypay',
  'autopaycard',
  'inpay',
] as const satisfies readonly (ProviderId | 'click' | 'payme')[];

export type NamedWay = (typeof NAMED_WAYS)[number];

/** `transfer` is a transfer to a card, through whichever system the program finds best. */
export type Way = NamedWay | 'transfer';

const MINUTE_MS = 60_000;

export const ORDER_LIFE_MS = {
  inpay: 60 * MINUTE_MS,
  payfer: 10 * MINUTE_MS,
  rasmiypay: 5 * MINUTE_MS,
  autopaycard: 5 * MINUTE_MS,
} as const satisfies Record<ProviderId, number>;

/** Systems where anybody who knows the code of an order can ask about it and cancel it, without a key. */
export const ORDER_CODE_CANCELS: ReadonlySet<ProviderId> = new Set(['rasmiypay']);

const { payfer, rasmiypay, autopaycard } = ORDER_LIFE_MS;

/** The longest life of an order that is paid by a transfer to a card, where the sum alone says whose it is. */
export const LONGEST_TRANSFER_LIFE_MS = Math.max(payfer, rasmiypay, autopaycard);
