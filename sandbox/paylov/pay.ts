/** `pay`: the money of one transaction moves once (paylov.txt, 5). */
import type { Context } from 'hono';
import type { DocumentedError, SimEnv } from '../providers/faults.ts';
import { jsonBody, refuse, textOf } from '../providers/requests.ts';
import { spacedStamp } from '../providers/stamps.ts';
import { documented } from './errors.ts';
import type { PaylovParts } from './parts.ts';
import type { SimulatedTransaction } from './types.ts';

interface PayBody {
  cardId: string | undefined;
  userId: string | undefined;
  otp: string | undefined;
}

export async function pay(parts: PaylovParts, context: Context<SimEnv>): Promise<Response> {
  const body = await jsonBody(context);
  if (textOf(body['transactionId']) === undefined) {
    return refuse(context, documented('field_required', 'transactionId: maydon majburiy'));
  }
  const transaction = parts.book.find(body['transactionId']);
  if (!transaction) return refuse(context, documented('transaction_not_found'));
  transaction.payCalls += 1;
  const given: PayBody = {
    cardId: textOf(body['cardId']),
    userId: textOf(body['userId']),
    otp: textOf(body['otp']),
  };
  const error =
    stateError(transaction) ??
    cardError(parts, transaction, given) ??
    codeError(parts, transaction, given) ??
    moneyError(parts, transaction, given);
  if (error) return refuse(context, error);
  if (given.cardId !== undefined) transaction.cardId = given.cardId;
  parts.book.become(transaction, 'paid');
  return context.json({
    result: {
      transactionId: transaction.id,
      cardId: transaction.cardId,
      payedAt: spacedStamp(parts.clock.now()),
      paymentRef: reference(transaction.id),
      eposMerchant: '90510020873',
      eposTerminal: '92902804',
    },
  });
}

function stateError({ state }: SimulatedTransaction): DocumentedError | null {
  if (state === 'paid') return documented('transaction_already_payed');
  return state === 'cancelled' ? documented('transaction_not_available_for_payment') : null;
}

function cardError(
  { bank }: PaylovParts,
  transaction: SimulatedTransaction,
  { cardId, userId }: PayBody,
): DocumentedError | null {
  if (cardId === undefined) return documented('field_required', 'cardId: maydon majburiy');
  if (transaction.needsCode && cardId !== transaction.cardId) {
    return documented('field_not_valid', 'cardId: tranzaksiya boshqa karta bilan yaratilgan');
  }
  return bank.find(cardId, userId) ? null : documented('card_not_found');
}

function codeError(
  { codes }: PaylovParts,
  { id, needsCode }: SimulatedTransaction,
  { otp }: PayBody,
): DocumentedError | null {
  if (!needsCode) return null;
  if (otp === undefined) return documented('field_required', 'otp: maydon majburiy');
  const error = codes.check(id, otp);
  return error === null ? null : documented(error);
}

function moneyError(
  { bank }: PaylovParts,
  { amountTiyin }: SimulatedTransaction,
  { cardId = '' }: PayBody,
): DocumentedError | null {
  const balanceTiyin = bank.find(cardId)?.balanceTiyin ?? 0;
  return balanceTiyin < amountTiyin ? documented('insufficient_funds') : null;
}

/** Twelve digits, like a processing centre's. */
function reference(id: string): string {
  const digits = Number.parseInt(id.replaceAll('-', '').slice(0, 9), 16);
  return String(digits).padStart(12, '0');
}
