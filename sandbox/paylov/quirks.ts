/** Ways in which Paylov has been heard to speak beside its document (its clients in public, its older editions). */
import type { QuirkDesk } from '../providers/quirks.ts';

export const PAYLOV_QUIRKS = [
  /** `PAID`, `Paid `, `canceled`. */
  'spelled_words',
  /** What was not paid has an amount that is none. */
  'odd_unpaid_sums',
  /** `pay` does its work and answers 202 with the transaction's id alone. */
  'accepted_only',
  /** `pay` does its work and adds a `status` that says nothing. */
  'odd_pay_status',
  /** Errors with `"result": null` beside them, or deep inside of `details`. */
  'odd_errors',
  /** A row of `transaction/all` that can't be read. */
  'odd_rows',
] as const;

export type PaylovQuirk = (typeof PAYLOV_QUIRKS)[number];

type Body = Record<string, unknown>;
type Quirks = QuirkDesk<PaylovQuirk>;

/** The answer to `call` as Paylov gives it today. */
export async function bendPaylov(
  response: Response,
  { call, quirks }: { call: string; quirks: Quirks },
): Promise<Response> {
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  if (!quirks.any() || !isJson) return response;
  const body = (await response.json()) as Body;
  const { status } = response;
  if (isObject(body['error']) && quirks.has('odd_errors')) {
    return Response.json(quirks.turn('odd_errors', oddErrors(body['error'])), { status });
  }
  const { result } = body;
  const isAccepted = call === 'pay' && isObject(result) && quirks.has('accepted_only');
  if (isAccepted) {
    const { transactionId } = result;
    return Response.json({ result: { transactionId } }, { status: 202 });
  }
  if (isObject(result)) bendResult(result, { call, quirks });
  return Response.json(body, { status });
}

function bendResult(result: Body, { call, quirks }: { call: string; quirks: Quirks }): void {
  if (call === 'pay' && quirks.has('odd_pay_status')) {
    result['status'] = quirks.turn('odd_pay_status', [false, 0, {}, '', null]);
  }
  if (call === 'status') bendStatus(result, quirks);
  const { transactions } = result;
  if (quirks.has('odd_rows') && Array.isArray(transactions)) {
    transactions.unshift(quirks.turn('odd_rows', [null, 'row', { id: null, amount: '-' }]));
  }
}

function bendStatus(result: Body, quirks: Quirks): void {
  const { status: word } = result;
  if (word !== 'paid' && quirks.has('odd_unpaid_sums')) {
    result['amount'] = quirks.turn('odd_unpaid_sums', ['', null, '-', 0, false, []]);
  }
  if (typeof word !== 'string' || !quirks.has('spelled_words')) return;
  const american = word.replace('cancelled', 'canceled');
  const capital = word.charAt(0).toUpperCase() + word.slice(1);
  const spellings = [word.toUpperCase(), `${capital} `, american, american.toUpperCase()];
  result['status'] = quirks.turn('spelled_words', spellings);
}

function oddErrors(error: Body): readonly Body[] {
  return [
    { result: null, error: { ...error, data: null } },
    { error: { code: 'error', message: 'Xatolik', details: { error } } },
  ];
}

function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
