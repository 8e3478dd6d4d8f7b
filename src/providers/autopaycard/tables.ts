/** What AutoPayCard's words mean (autopaycard.txt). */
import type { PollStep } from '../../topups/provider.ts';
import { ORDER_NOT_FOUND, type StatusTable } from '../judge.ts';
import type { ErrorTable } from '../client.ts';

/** The table has waiting, paid and expired; the text also speaks of cancelled payments. */
export const AUTOPAYCARD_STATUSES: StatusTable = {
  waiting: 'pending',
  pending: 'pending',
  paid: 'paid',
  expired: 'expired',
  cancelled: 'cancelled',
  canceled: 'cancelled',
  cancel: 'cancelled',
};

/** The table of HTTP statuses. 400: “check card_last4, gmail and amount”, where its words don't say that the card is not linked. */
export const AUTOPAYCARD_ERRORS: ErrorTable = {
  messages: [
    { part: 'ulanmagan', code: 'card_not_linked' },
    { part: 'not linked', code: 'card_not_linked' },
  ],
  statuses: {
    400: 'card_or_sum_refused',
    401: 'wrong_keys',
    403: 'subscription_ended',
  },
};

export const AUTOPAYCARD_CHECK_ERRORS: ErrorTable = {
  messages: ORDER_NOT_FOUND,
  // The status call is given nothing but the order's number, so a 400 is about that.
  statuses: { ...AUTOPAYCARD_ERRORS.statuses, 400: 'missing_parameters', 404: 'unknown_order' },
};

const SECOND = 1000;
const MINUTE = 60_000;
const HOUR = 3_600_000;

/** Five minutes is an order's life there; a bank's late e-mail is found in the hour after it. */
export const AUTOPAYCARD_SCHEDULE: readonly PollStep[] = [
  { everyMs: 10 * SECOND, untilMs: MINUTE },
  { everyMs: 15 * SECOND, untilMs: 2 * MINUTE },
  { everyMs: 30 * SECOND, untilMs: 5 * MINUTE },
  { everyMs: MINUTE, untilMs: 20 * MINUTE },
  { everyMs: 5 * MINUTE, untilMs: 65 * MINUTE },
  { everyMs: HOUR, untilMs: 24 * HOUR },
  { everyMs: 6 * HOUR, untilMs: Infinity },
];
