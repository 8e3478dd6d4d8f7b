/**
 * Ways of speaking that are in no document and in public clients all the same. Unlike faults they last until they are
 * changed, several may go together, and the server does its work as ever.
 */
import type { ProviderId } from '../../src/core/payment-systems.ts';

/** What every payment system may do to the answers of its status call, and to others where that makes sense. */
const COMMON = [
  /** `PAID`, `Paid`, `"paid "`: also in webhooks. */
  'spelled_words',
  /** Sums as text: `"50001.50"`. */
  'text_sums',
  /** Sums as people write them: `"50 001,50"`, `"50000 UZS"`, `" 50000 "`. */
  'spelled_sums',
  /** Sums as a careless sum of binary fractions: 50001.49999. */
  'binary_sums',
  /** A payment that did not arrive yet has `""`, null, `"-"`, 0, false, `[]` or nothing for its sum. */
  'odd_pending_sums',
  /** Paid, with a sum nobody can read. */
  'odd_paid_sums',
  /** The order is null, in other case, or another one. */
  'strange_ids',
  /** A warning of the server's language before the JSON, as a web page; or the mark of UTF-8 before it. */
  'php_warning',
  'byte_order_mark',
] as const;

const OF_INPAY = [
  'numeric_success',
  /** `/create` without the slash at its end is sent on, or is nowhere. */
  'strict_slash',
] as const;
const OF_RASMIYPAY = [
  /** `success`, `completed`, `approved` for paid, as the same script says it under other names. */
  'kin_words',
  /** "order topilmadi" with 400, and a sum in use with 409 and other words. */
  'kin_failures',
  'failures_as_200',
  /** Other words for a shop that is well. */
  'shop_words',
] as const;
const OF_AUTOPAYCARD = [
  'numeric_success',
  'numeric_ids',
  /** A wrong parameter is 422 with a list. */
  'validation_lists',
  /** No second live order of one sum on one card: "summa band". */
  'one_order_per_sum',
  /** A subscription without a limit: null, `""` or 0. */
  'no_limit',
] as const;

export type Quirk =
  | (typeof COMMON)[number]
  | (typeof OF_INPAY)[number]
  | (typeof OF_RASMIYPAY)[number]
  | (typeof OF_AUTOPAYCARD)[number];

export const QUIRKS: Readonly<Record<ProviderId, readonly Quirk[]>> = {
  inpay: [...COMMON, ...OF_INPAY],
  payfer: COMMON,
  rasmiypay: [...COMMON, ...OF_RASMIYPAY],
  autopaycard: [...COMMON, ...OF_AUTOPAYCARD],
};

export interface QuirkDesk<Q extends string = Quirk> {
  /** Throws for a quirk that this server has not. */
  set(quirks: readonly Q[]): void;
  has(quirk: Q): boolean;
  any(): boolean;
  /** The next of a quirk's variants: they take turns. */
  turn<const T extends readonly unknown[]>(quirk: Q, variants: T): T[number];
}

export function createQuirkDesk<Q extends string>(
  server: string,
  known: readonly Q[],
): QuirkDesk<Q> {
  let current = new Set<Q>();
  const turns = new Map<Q, number>();
  return {
    set: (quirks) => {
      const strange = quirks.find((each) => !known.includes(each));
      if (strange !== undefined) throw new Error(`${server} has no quirk "${strange}"`);
      current = new Set(quirks);
    },
    has: (quirk) => current.has(quirk),
    any: () => current.size > 0,
    turn: (quirk, variants) => {
      const turn = turns.get(quirk) ?? 0;
      turns.set(quirk, turn + 1);
      return variants[turn % variants.length];
    },
  };
}
