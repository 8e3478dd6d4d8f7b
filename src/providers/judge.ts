/**
 * How a status answer is judged, the same way for every provider: the word first, and only a documented paid word
 * credits. The sum is looked at when the word says paid, never before: what stands there for an unpaid order is nobody's
 * business, and what can't be read then is a payment for an owner to look at, never a fault of the provider.
 */
import { parseProviderSum } from '../core/money.ts';
import type { CheckOutcome, OrderRef } from '../topups/provider.ts';
import { soundsPaid } from './sounds-paid.ts';
import type { CallContext, ErrorTable, ProviderClient } from './client.ts';
import { isBody, normaliseWords } from '../client/words.ts';

/** What the payment words of a provider mean. */
export type StatusTable = Readonly<
  Record<string, 'pending' | 'paid' | 'expired' | 'cancelled' | 'failed'>
>;

/** How providers say, with 400, 404 or 200, that they don't know the order they are asked about. */
export const ORDER_NOT_FOUND: NonNullable<ErrorTable['messages']> = [
  'order topilmadi',
  'buyurtma topilmadi',
  "to'lov topilmadi",
  'tranzaksiya topilmadi',
  'order not found',
  'payment not found',
  'transaction not found',
  'invoice not found',
  'буюртма топилмади',
  'тўлов топилмади',
  'заказ не найден',
  'платеж не найден',
  'платёж не найден',
].map((part) => ({ part, code: 'unknown_order' }));

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
      const word = normaliseWords(typeof body[field] === 'string' ? body[field] : '');
      return Object.hasOwn(statuses, word) && statuses[word] === 'paid';
    });
}

/** The parts of a status answer, as they stand there. */
interface StatusAnswer {
  /** The order that was asked about. */
  asked: OrderRef;
  /** The number of the order that the answer is about; undefined when it names none. */
  answered: unknown;
  /** The state of the payment. */
  word: unknown;
  /** What was paid. */
  sum: unknown;
  /** Read already: for display only. */
  paidAt?: number | undefined;
}

/**
 * Unknown words are pending, with a warning, and handed on for an owner. Paid with a sum or an order's number that can't be
 * read is an `unreadable_payment` of the order asked about. An answer that names no order is about that one; one about
 * another order ends nothing.
 */
export function judgeStatus(
  client: ProviderClient,
  context: CallContext,
  options: { statuses: StatusTable; answer: StatusAnswer },
): CheckOutcome {
  const { statuses, answer } = options;
  const shown = wordOf(answer.word);
  const word = normaliseWords(shown);
  const state = Object.hasOwn(statuses, word) ? statuses[word] : undefined;
  if (state === undefined) return judgeUnknown(client, context, shown);
  if (state === 'pending') return { kind: 'pending' };
  if (state === 'paid') return judgePaid(client, context, answer);
  if (isAboutAsked(answer)) return { kind: 'closed', as: state };
  client.badAnswer(context, 'the answer is about another order');
  return { kind: 'pending' };
}

/** Something else than a text may still say paid: `["paid"]`. */
function wordOf(word: unknown): string {
  return typeof word === 'string' ? word : JSON.stringify(word);
}

/** It moves nothing; that it may mean paid is for an owner to find out. */
export function judgeUnknown(
  client: ProviderClient,
  context: CallContext,
  shown: string,
): CheckOutcome {
  const word = client.warnWord(context, 'provider.unknown_status', shown);
  return { kind: 'pending', unknownWord: { word, soundsPaid: soundsPaid(shown) } };
}

function judgePaid(
  client: ProviderClient,
  context: CallContext,
  answer: StatusAnswer,
): CheckOutcome {
  if (!isAboutAsked(answer)) return client.unreadablePayment(context, 'it names another order');
  const { sum, asked, paidAt } = answer;
  const paidTiyin = parseProviderSum(sum, { expectedTiyin: asked.amountTiyin });
  if (paidTiyin === null || paidTiyin < 1) {
    return client.unreadablePayment(context, `its sum is ${JSON.stringify(sum) ?? 'missing'}`);
  }
  return { kind: 'paid', paidTiyin, ...(paidAt === undefined ? {} : { paidAt }) };
}

/**
 * Blanks and invisible marks around a number are no part of it, for no number has any. Capitals may be: two orders may
 * differ in nothing else.
 */
function isAboutAsked({ asked, answered }: StatusAnswer): boolean {
  if (answered === undefined) return true;
  if (typeof answered !== 'string' && typeof answered !== 'number') return false;
  return String(answered).replace(/[\p{Cf}\s]/gu, '') === asked.providerOrder;
}
