/** How a status answer is judged, the same way for every provider: only a documented paid word credits. */
import type { CheckOutcome } from '../topups/provider.ts';
import type { CallContext, Wire } from './wire.ts';
import type { Tiyin } from '../money.ts';
import { isBody, normaliseWords } from './words.ts';

/** What the payment words of a provider mean. */
export type StatusTable = Readonly<
  Record<string, 'pending' | 'paid' | 'expired' | 'cancelled' | 'failed'>
>;

/**
 * For webhooks: whether one of the fields says `paid`. More is read into it than into an answer, since it only makes somebody
 * look.
 */
export function saysPaid(
  statuses: StatusTable,
  fields: readonly string[],
): (body: unknown) => boolean {
  return (body) =>
    isBody(body) &&
    fields.some((field) => {
      const word = normaliseWords(typeof body[field] === 'string' ? body[field] : '').trim();
      return Object.hasOwn(statuses, word) && statuses[word] === 'paid';
    });
}

export interface StatusAnswer {
  /** The order asked about, and the one the answer is about. */
  asked: string;
  answered: string | undefined;
  word: string;
  /** What was paid, when the answer says so. */
  sumTiyin: Tiyin | undefined;
  paidAt?: number | undefined;
}

/**
 * Unknown words are pending, with a warning. An answer about another order is a `bad_answer`, paid without a readable
 * sum an `unreadable_payment` for an owner to look at; neither credits. An answer that names no order is about the
 * one that was asked for.
 */
export function judgeStatus(
  wire: Wire,
  context: CallContext,
  options: { statuses: StatusTable; answer: StatusAnswer },
): CheckOutcome {
  const { statuses, answer } = options;
  if (answer.answered !== undefined && answer.answered !== answer.asked) {
    return wire.badAnswer(context, 'the answer is about another order');
  }
  const state = Object.hasOwn(statuses, answer.word) ? statuses[answer.word] : undefined;
  if (state === undefined) wire.warnWord(context, 'provider.unknown_status', answer.word);
  if (state === undefined || state === 'pending') return { kind: 'pending' };
  return state === 'paid' ? judgePaid(wire, context, answer) : { kind: 'closed', as: state };
}

function judgePaid(wire: Wire, context: CallContext, answer: StatusAnswer): CheckOutcome {
  const { sumTiyin, paidAt } = answer;
  if (sumTiyin === undefined || sumTiyin < 1) {
    const { detail } = wire.badAnswer(context, 'paid, but the answer names no sum');
    return {
      kind: 'problem',
      code: 'unreadable_payment',
      ...(detail === undefined ? {} : { detail }),
    };
  }
  return { kind: 'paid', paidTiyin: sumTiyin, ...(paidAt === undefined ? {} : { paidAt }) };
}
