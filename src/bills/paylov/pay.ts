/** The one call that moves money: `pay`, and what its answer proves (paylov.txt, 5). */
import type { z } from 'zod';
import { parseProviderDate } from '../../client/dates.ts';
import type { HttpAnswer } from '../../client/http.ts';
import type { Heard } from '../../client/hear.ts';
import {
  findError,
  hintOf,
  isSameId,
  isSuccess,
  wordOf,
  type Answers,
  type CallContext,
} from './reading.ts';
import { PAYLOV_PROBLEMS, type PaylovProblemCode } from './errors.ts';
import { payResult } from './schemas.ts';
import type { PayBillOutcome, PayBillRequest, PaymentNames } from './types.ts';
import type { PaylovClient } from './client.ts';

const PAY_TIMEOUT_MS = 30_000;
const MAX_REF = 64;

export async function payBill(
  client: PaylovClient,
  request: PayBillRequest,
  heard?: Heard,
): Promise<PayBillOutcome> {
  const { transactionId, cardId, userId, otp } = request;
  const context: CallContext = { name: 'pay', secrets: otp === undefined ? [] : [otp], heard };
  const sent = await client.sendService(context, {
    method: 'POST',
    path: '/servicePayment/pay/',
    json: { transactionId, cardId, userId, ...(otp === undefined ? {} : { otp }) },
    timeoutMs: PAY_TIMEOUT_MS,
  });
  if (sent.kind === 'not_sent') return sent;
  if (sent.kind === 'no_answer') return { kind: 'unknown', cause: sent.cause };
  if (sent.status === 401) {
    return { kind: 'not_sent', problem: client.answers.problem(context, sent) };
  }
  if (isSuccess(sent)) return judgeSuccess(client, context, { answer: sent, transactionId });
  return judgeFailure(client, context, sent);
}

function judgeSuccess(
  { answers }: PaylovClient,
  context: CallContext,
  { answer, transactionId }: { answer: HttpAnswer; transactionId: string },
): PayBillOutcome {
  const read = answers.read(context, answer, payResult);
  if (read.kind === 'problem') return unknown('bad_answer', read.detail);
  const { transactionId: answered, payedAt } = read.value;
  if (!isSameId(answered, transactionId)) {
    return doubtful(answers, context, 'an answer about another transaction');
  }
  // 202 says that it was heard, not that it was done.
  if (answer.status === 202 || !saysPaid(read.value)) {
    return doubtful(answers, context, 'an answer that does not say "paid"');
  }
  const paidAt = parseProviderDate(payedAt);
  return {
    kind: 'paid',
    ...(paidAt === undefined ? {} : { paidAt }),
    ...namesIn(read.value),
  };
}

/** The names that say something. */
function namesIn(answer: z.output<typeof payResult>): PaymentNames {
  const [paymentRef, terminal, merchant] = [
    answer.paymentRef,
    answer.eposTerminal,
    answer.eposMerchant,
  ].map((name) => name?.trim().slice(0, MAX_REF) || undefined);
  return {
    ...(paymentRef === undefined ? {} : { paymentRef }),
    ...(terminal === undefined ? {} : { terminal }),
    ...(merchant === undefined ? {} : { merchant }),
  };
}

/** The document's answer has no status: there the time of the payment is what says "paid". */
function saysPaid({
  status,
  payedAt,
}: {
  status?: unknown;
  payedAt?: string | undefined;
}): boolean {
  if (status === undefined) return parseProviderDate(payedAt) !== undefined;
  return wordOf(status) === 'paid';
}

function doubtful(answers: Answers, context: CallContext, reason: string): PayBillOutcome {
  return unknown('bad_answer', answers.badAnswer(context, reason).detail);
}

function unknown(
  cause: 'server_error' | 'bad_answer' | 'unclear_error',
  detail: string | undefined,
  code?: PaylovProblemCode,
): PayBillOutcome {
  return {
    kind: 'unknown',
    cause,
    ...(code === undefined ? {} : { code }),
    ...(detail === undefined ? {} : { detail }),
  };
}

/** Only a documented refusal, of the documented kind (a 4xx or a 200 without a result), says that nothing was paid. */
function judgeFailure(
  client: PaylovClient,
  context: CallContext,
  answer: HttpAnswer,
): PayBillOutcome {
  const problem = client.answers.problem(context, answer);
  const { detail } = problem;
  const found = findError(answer);
  const codes = found?.codes ?? [];
  const code = codes.at(-1);
  if (answer.status >= 500) return unknown('server_error', detail, code);
  const meanings = new Set(codes.map((each) => PAYLOV_PROBLEMS[each].afterPay));
  if (meanings.has('already_paid')) return { kind: 'already_paid' };
  const isRefusal = meanings.size === 1 && meanings.has('refused');
  if (code !== undefined && isRefusal && mayRefuse(answer)) {
    return {
      kind: 'refused',
      code,
      ...(detail === undefined ? {} : { detail }),
      ...hintOf(found?.words ?? ''),
    };
  }
  // A trouble that only the operator can mend is named also where the answer does not say what became of the payment.
  const ours = PAYLOV_PROBLEMS[problem.code].operatorMustAct ? problem.code : code;
  return unknown(found === null ? 'bad_answer' : 'unclear_error', detail, ours);
}

/**
 * True for an answer that may be a refusal: neither "heard", nor a redirect, nor a 429, and with no result beside the
 * error.
 */
function mayRefuse({ status, json }: HttpAnswer): boolean {
  if (status === 202 || status === 429 || (status >= 300 && status < 400)) return false;
  const result = (json as { result?: unknown }).result;
  return result === undefined || result === null || isOnlyError(result);
}

function isOnlyError(result: unknown): boolean {
  return typeof result === 'object' && result !== null && Object.keys(result).join() === 'error';
}
