/** What inPAY's words mean (inpay.txt). */
import { ORDER_NOT_FOUND, type StatusTable } from '../judge.ts';
import type { ErrorTable } from '../client.ts';
import type { PollStep } from '../../topups/provider.ts';

/** The document's own table of statuses is lost; these are the words of its samples and its webhook. */
export const INPAY_STATUSES: StatusTable = {
  pending: 'pending',
  success: 'paid',
  failed: 'failed',
  cancelled: 'cancelled',
};

/** The table "Xato kodlari". */
export const INPAY_ERRORS: ErrorTable = {
  codes: {
    MISSING_AUTH_TOKEN: 'wrong_keys',
    INVALID_TOKEN: 'wrong_keys',
    MISSING_MERCHANT_ID: 'missing_parameters',
    MERCHANT_NOT_FOUND: 'wrong_keys',
    IP_NOT_WHITELISTED_STRICT: 'ip_not_whitelisted',
    RATE_LIMIT_EXCEEDED: 'rate_limited',
    CALLBACK_NOT_WHITELISTED: 'callback_not_whitelisted',
    MERCHANT_WEBSITE_NOT_WHITELISTED: 'website_not_whitelisted',
    AMOUNT_TOO_LOW: 'amount_too_low',
    AMOUNT_TOO_HIGH: 'amount_too_high',
    TRANSACTION_SAVE_FAILED: 'server_error',
  },
};

/** For the status call: 404 without an `error_code` is an order it does not know, and so are words that say it. */
export const INPAY_STATUS_ERRORS: ErrorTable = {
  ...INPAY_ERRORS,
  messages: ORDER_NOT_FOUND,
  statuses: { 404: 'unknown_order' },
};

const SECOND = 1000;
const HOUR = 3_600_000;

/**
 * 20, 40, 70, 100, 160, 220, 340, 460, 760, 1060, 1660 s after create, then hourly for a day: 100 requests an
 * hour must do for all orders together, and a failed invoice may still be paid.
 */
export const INPAY_SCHEDULE: readonly PollStep[] = [
  { everyMs: 20 * SECOND, untilMs: 40 * SECOND },
  { everyMs: 30 * SECOND, untilMs: 100 * SECOND },
  { everyMs: 60 * SECOND, untilMs: 220 * SECOND },
  { everyMs: 120 * SECOND, untilMs: 460 * SECOND },
  { everyMs: 300 * SECOND, untilMs: 1060 * SECOND },
  { everyMs: 600 * SECOND, untilMs: 1660 * SECOND },
  { everyMs: HOUR, untilMs: 24 * HOUR },
  { everyMs: 6 * HOUR, untilMs: Infinity },
];

const MINUTE = 60 * SECOND;

/**
 * Click and Payme can reverse a payment that succeeded, mostly within a day. Not when a fiscal receipt is asked for: a
 * minute, 10 and 60 minutes after payment.
 */
export const INPAY_LOOKS_AFTER_PAID: readonly number[] = [
  15 * MINUTE,
  90 * MINUTE,
  6 * HOUR,
  24 * HOUR,
];
