/** What Payfer's words mean (payfer.txt). */
import type { PollStep } from '../../topups/provider.ts';
import { ORDER_NOT_FOUND, type StatusTable } from '../judge.ts';
import type { ErrorTable } from '../client.ts';

/** `payment_status` of the check; its `status` is only the result of the call. */
export const PAYFER_STATUSES: StatusTable = {
  pending: 'pending',
  paid: 'paid',
  expired: 'expired',
  cancelled: 'cancelled',
};

/** The table "Xatolik kodlari". */
export const PAYFER_ERRORS: ErrorTable = {
  messages: [
    { part: 'missing required parameters', code: 'missing_parameters' },
    { part: 'invalid shop credentials', code: 'wrong_keys' },
    { part: 'shop is not active', code: 'shop_inactive' },
    // One message for both ends: the client tells them apart.
    { part: 'amount must be between', code: 'amount_too_high' },
    { part: 'order code already exists', code: 'order_code_taken' },
    { part: 'transaction not found', code: 'unknown_order' },
    { part: 'maintenance mode', code: 'maintenance' },
  ],
};

export const PAYFER_CHECK_ERRORS: ErrorTable = {
  messages: [...(PAYFER_ERRORS.messages ?? []), ...ORDER_NOT_FOUND],
  statuses: { 404: 'unknown_order' },
};

const SECOND = 1000;
const MINUTE = 60_000;
const HOUR = 3_600_000;

/** Every 10 s tick while the order lives, then slower and slower: a late payment is still found. */
export const PAYFER_SCHEDULE: readonly PollStep[] = [
  { everyMs: 10 * SECOND, untilMs: 10 * MINUTE },
  { everyMs: 30 * SECOND, untilMs: 20 * MINUTE },
  { everyMs: 5 * MINUTE, untilMs: HOUR },
  { everyMs: HOUR, untilMs: 24 * HOUR },
  { everyMs: 6 * HOUR, untilMs: Infinity },
];
