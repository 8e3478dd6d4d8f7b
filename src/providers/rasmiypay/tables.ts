/** What RasmiyPay's words mean: rasmiypay.txt, and the documents of the same server script under other names. */
import type { PollStep } from '../../topups/provider.ts';
import { ORDER_NOT_FOUND, type StatusTable } from '../judge.ts';
import type { ErrorTable } from '../client.ts';

/**
 * `data.status` of the check. The document has pending, paid and cancel, the script's kin the other words for an end; what
 * they also call paid (success, completed, approved) credits nobody here: an owner looks.
 */
export const RASMIYPAY_STATUSES: StatusTable = {
  pending: 'pending',
  paid: 'paid',
  cancel: 'cancelled',
  cancelled: 'cancelled',
  canceled: 'cancelled',
  rejected: 'failed',
  failed: 'failed',
  expired: 'expired',
};

export const RASMIYPAY_ERRORS: ErrorTable = {
  messages: [
    { part: "do'kon topilmadi", code: 'wrong_keys' },
    { part: "do'kon faol emas", code: 'shop_inactive' },
    { part: "oylik to'lov qilinmagan", code: 'monthly_fee_unpaid' },
    { part: 'hisob ulanmagan', code: 'account_not_linked' },
    { part: 'buyurtma topilmadi', code: 'unknown_order' },
  ],
};

export const RASMIYPAY_ORDER_ERRORS: ErrorTable = {
  messages: [...(RASMIYPAY_ERRORS.messages ?? []), ...ORDER_NOT_FOUND],
  statuses: { 404: 'unknown_order' },
};

/** What a word of the shop's answer means, in lower case with plain apostrophes: by what stands in it, the bad first. */
export interface ShopWords {
  good: readonly string[];
  bad: RegExp;
}

/** The document has `confirm` alone. Nothing but "Do'kon faol emas!" and its like says that nobody can pay. */
export const SHOP_STATUS: ShopWords = {
  good: ['confirm', 'confirmed', 'active', 'faol'],
  bad: /\bemas\b|inactive|not active|^block|^ban(?:ned)?$|^disabled|^reject|^cancel|bloklangan/,
};

/** The document has "Toʻlandi" alone; "Oylik to'lov qilinmagan!" is what create says of an unpaid month. */
export const MONTH_STATUS: ShopWords = {
  good: ["to'landi", "to'langan", 'paid'],
  bad: /\bemas\b|qilinmagan|to'lanma(?:gan|di)|unpaid|not paid|expired|muddati (?:o'tgan|tugagan)/,
};

const SECOND = 1000;
const MINUTE = 60_000;
const HOUR = 3_600_000;

/** Every 10 s as the document demands; there is no webhook, so polling alone finds the payment. */
export const RASMIYPAY_SCHEDULE: readonly PollStep[] = [
  { everyMs: 10 * SECOND, untilMs: 5 * MINUTE },
  { everyMs: 30 * SECOND, untilMs: 10 * MINUTE },
  { everyMs: 5 * MINUTE, untilMs: HOUR },
  { everyMs: HOUR, untilMs: 24 * HOUR },
  { everyMs: 6 * HOUR, untilMs: Infinity },
];
