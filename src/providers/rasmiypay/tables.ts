/** What RasmiyPay's words mean: rasmiypay.txt, and the documents of the same server script under other names. */
import type { PollStep } from '../../topups/provider.ts';
import type { StatusTable } from '../judge.ts';
import type { ErrorTable } from '../wire.ts';

/** `data.status` of the check. The document has pending, paid and cancel. */
export const RASMIYPAY_STATUSES: StatusTable = {
  pending: 'pending',
  paid: 'paid',
  success: 'paid',
  completed: 'paid',
  approved: 'paid',
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
  ...RASMIYPAY_ERRORS,
  statuses: { 404: 'unknown_order' },
};

/** "Bu miqdordagi to'lov allaqachon mavjud": another live order of the shop has this very sum. */
export const SUM_TAKEN_PART = 'allaqachon mavjud';

/** What the shop's answer says when all is well, with plain apostrophes and in lower case. */
export const SHOP_CONFIRMED = 'confirm';
export const MONTH_PAID = "to'landi";

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
