/** Everything Paylov can answer instead of what was asked, and what follows from it (paylov.txt, "System ERROR cases"). */

/**
 * Paylov's own codes. paylov.txt shows only their shape; the codes are those that are known in public. Those from
 * `card_is_already_activated` on come from card linking and from the bank behind a card.
 */
export const PAYLOV_ERROR_CODES = [
  'card_not_found',
  'card_is_blocked',
  'card_expired',
  'sms_not_active',
  'daily_limit_used_for_this_card',
  'invalid_otp',
  'otp_expired',
  'otp_code_already_sent',
  'too_many_attempts',
  'insufficient_funds',
  'invalid_amount',
  'transaction_not_found',
  'transaction_already_payed',
  'already_confirmed',
  'transaction_not_available_for_payment',
  'error_at_pay',
  'processing_error',
  'merchant_not_available',
  'validation_error',
  'field_required',
  'field_not_valid',
  'permission_denied',
  'ip_not_allowed',
  'server_error',
  'gateway_not_working',
  'unknown_error',
  'card_is_already_activated',
  'card_exists',
  'invalid_card',
  'card_is_not_supported',
  'card_has_no_phone',
  'phone_not_match',
  'card_not_found_in_processing_center',
  'card_is_blocked_in_processing_center',
  'card_is_not_activated',
  'card_is_not_for_this_check',
  'invalid_card_token',
  'pan_not_valid',
  'pinfl_not_match',
  'bank_not_found',
  'error_create_card',
  'balance_refresh_error',
  'hold_not_found',
  'terminal_does_not_exist',
] as const;

export type PaylovErrorCode = (typeof PAYLOV_ERROR_CODES)[number];

/** Reasons of our own: what happened on the way, and answers that are none. */
type PaylovOwnCode =
  /** The keys, or the fixed token, are refused. */
  | 'wrong_keys'
  | 'rate_limited'
  /** Too many wait for Paylov here: it was not asked, and has done nothing. */
  | 'busy_here'
  | 'timeout'
  | 'network'
  | 'bad_answer'
  /** The service's fields contradict each other: no dialog can be made of them. */
  | 'bad_form';

export type PaylovProblemCode = PaylovErrorCode | PaylovOwnCode;

/** What a `pay` that was answered with a code has done. Whatever is not clearly a refusal is `unknown`. */
type AfterPay = 'refused' | 'already_paid' | 'unknown';

interface PaylovTraits {
  /** What the code says something about. `card`: the card used, so the operator's own when paying from a balance. */
  concerns: 'card' | 'code' | 'transaction' | 'request' | 'service' | 'provider' | 'operator';
  /** The error stays, whoever pays and with whatever card, until the operator does something. */
  operatorMustAct: boolean;
  /** The error says something about Paylov as a whole: stay away for a while. */
  backOff: boolean;
  afterPay: AfterPay;
}

function refused(concerns: PaylovTraits['concerns']): PaylovTraits {
  return { concerns, operatorMustAct: false, backOff: false, afterPay: 'refused' };
}

function unclear(concerns: PaylovTraits['concerns']): PaylovTraits {
  return { concerns, operatorMustAct: false, backOff: false, afterPay: 'unknown' };
}

const alreadyPaid: PaylovTraits = { ...refused('transaction'), afterPay: 'already_paid' };
const operators: PaylovTraits = { ...refused('operator'), operatorMustAct: true, backOff: true };
const passing: PaylovTraits = { ...unclear('provider'), backOff: true };

export const PAYLOV_PROBLEMS: Readonly<Record<PaylovProblemCode, PaylovTraits>> = {
  card_not_found: refused('card'),
  card_is_blocked: refused('card'),
  card_expired: refused('card'),
  sms_not_active: refused('card'),
  daily_limit_used_for_this_card: refused('card'),
  insufficient_funds: refused('card'),
  invalid_otp: refused('code'),
  otp_expired: refused('code'),
  otp_code_already_sent: refused('code'),
  too_many_attempts: refused('code'),
  invalid_amount: refused('request'),
  transaction_not_found: refused('transaction'),
  transaction_already_payed: alreadyPaid,
  already_confirmed: alreadyPaid,
  // It may be unavailable because it is paid, or being paid.
  transaction_not_available_for_payment: unclear('transaction'),
  // The card may have been charged before the service was reached.
  error_at_pay: unclear('transaction'),
  processing_error: unclear('transaction'),
  // Said of a merchant account that is switched off: looked at before any card is. Other services may go on.
  merchant_not_available: { ...refused('service'), operatorMustAct: true },
  validation_error: refused('request'),
  field_required: refused('request'),
  field_not_valid: refused('request'),
  permission_denied: operators,
  ip_not_allowed: operators,
  server_error: passing,
  gateway_not_working: passing,
  unknown_error: unclear('provider'),
  // Codes of card linking say nothing clear about a payment.
  card_is_already_activated: unclear('card'),
  card_exists: unclear('card'),
  invalid_card: unclear('card'),
  card_is_not_supported: unclear('card'),
  card_has_no_phone: unclear('card'),
  phone_not_match: unclear('card'),
  card_not_found_in_processing_center: refused('card'),
  card_is_blocked_in_processing_center: refused('card'),
  card_is_not_activated: refused('card'),
  card_is_not_for_this_check: unclear('card'),
  invalid_card_token: refused('card'),
  pan_not_valid: unclear('card'),
  pinfl_not_match: unclear('card'),
  bank_not_found: unclear('card'),
  error_create_card: unclear('card'),
  balance_refresh_error: unclear('transaction'),
  // Money was put aside before, and nobody says what became of it.
  hold_not_found: unclear('transaction'),
  // It is about the operator's merchant account: only Paylov and the operator can put it right.
  terminal_does_not_exist: { ...unclear('service'), operatorMustAct: true },
  wrong_keys: { ...operators, afterPay: 'unknown' },
  rate_limited: passing,
  busy_here: refused('provider'),
  timeout: passing,
  network: passing,
  bad_answer: passing,
  bad_form: unclear('service'),
};

export interface PaylovProblem {
  kind: 'problem';
  code: PaylovProblemCode;
  /** Paylov's own code and words, at most 300 characters, free of secrets. For operators, never for users. */
  detail?: string;
  /** How long Paylov asked us to stay away. */
  retryAfterMs?: number;
  /** Paylov's words speak of an unpaid waste bill, for which other services can be refused: tell the user. */
  hint?: 'waste_unpaid';
}

export function isPaylovErrorCode(code: string): code is PaylovErrorCode {
  return (PAYLOV_ERROR_CODES as readonly string[]).includes(code);
}
