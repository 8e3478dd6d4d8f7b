/** Paying: `create`, `pay` and the status of a transaction (paylov.txt, 4–6). */
import { wholeSoms } from '../../money.ts';
import type { Heard } from '../../topups/provider.ts';
import { parseProviderDate } from '../../providers/dates.ts';
import type { HttpAnswer } from '../../providers/http.ts';
import { findError, hintOf, isSuccess, type CallContext } from './answers.ts';
import { PAYLOV_PROBLEMS, type PaylovErrorCode, type PaylovProblem } from './errors.ts';
import { phoneMask } from './masks.ts';
import { createResult, payResult, statusResult } from './schemas.ts';
import type {
  CreateBillOutcome,
  CreateBillRequest,
  PayBillOutcome,
  PayBillRequest,
  StatusOutcome,
} from './types.ts';
import { unsent } from './unsent.ts';
import type { PaylovWire } from './wire.ts';

const PAY_TIMEOUT_MS = 30_000;
const MAX_REF = 64;

export async function createBill(
  wire: PaylovWire,
  request: CreateBillRequest,
  heard?: Heard,
): Promise<CreateBillOutcome> {
  const context: CallContext = { name: 'create', heard };
  const sent = await wire.sendService(context, {
    method: 'POST',
    path: '/servicePayment/create/',
    json: {
      amount: wholeSoms(request.amountTiyin),
      service_id: request.serviceId,
      account: request.account,
      userId: request.userId,
      ...(request.cardId === undefined ? {} : { cardId: request.cardId }),
    },
  });
  if (sent.kind === 'not_sent') return sent.problem;
  if (sent.kind === 'no_answer') return { kind: 'no_answer', cause: sent.cause };
  const read = wire.answers.read(context, sent, createResult);
  if (read.kind === 'problem') return notCreated(sent, read);
  const phone = read.value.sms?.otpSentPhone;
  return {
    kind: 'created',
    transactionId: read.value.transactionId,
    details: read.value.data,
    ...(phone === undefined ? {} : { otpPhone: phoneMask(phone) }),
  };
}

/** Garbage and 5xx may hide a transaction. */
function notCreated(answer: HttpAnswer, problem: PaylovProblem): CreateBillOutcome {
  const cause = problem.code === 'bad_answer' ? 'bad_answer' : 'server_error';
  if (answer.status < 500 && cause !== 'bad_answer') return problem;
  const { detail } = problem;
  return { kind: 'no_answer', cause, ...(detail === undefined ? {} : { detail }) };
}

export async function payBill(
  wire: PaylovWire,
  request: PayBillRequest,
  heard?: Heard,
): Promise<PayBillOutcome> {
  const { transactionId, cardId, userId, otp } = request;
  const context: CallContext = { name: 'pay', secrets: otp === undefined ? [] : [otp], heard };
  const sent = await wire.sendService(context, {
    method: 'POST',
    path: '/servicePayment/pay/',
    json: { transactionId, cardId, userId, ...(otp === undefined ? {} : { otp }) },
    timeoutMs: PAY_TIMEOUT_MS,
  });
  if (sent.kind === 'not_sent') return sent;
  if (sent.kind === 'no_answer') return { kind: 'unknown', cause: sent.cause };
  if (sent.status === 401) {
    return { kind: 'not_sent', problem: wire.answers.problem(context, sent) };
  }
  if (isSuccess(sent)) return judgeSuccess(wire, context, { answer: sent, transactionId });
  return judgeFailure(wire, context, sent);
}

function judgeSuccess(
  wire: PaylovWire,
  context: CallContext,
  { answer, transactionId }: { answer: HttpAnswer; transactionId: string },
): PayBillOutcome {
  const read = wire.answers.read(context, answer, payResult);
  if (read.kind === 'problem') return unknown('bad_answer', read.detail);
  if (read.value.transactionId !== transactionId) {
    const { detail } = wire.answers.badAnswer(context, 'an answer about another transaction');
    return unknown('bad_answer', detail);
  }
  if ((read.value.status ?? 'paid') !== 'paid') {
    const { detail } = wire.answers.badAnswer(
      context,
      'an answer with a status that is not "paid"',
    );
    return unknown('bad_answer', detail);
  }
  const paidAt = parseProviderDate(read.value.payedAt);
  const paymentRef = read.value.paymentRef?.trim().slice(0, MAX_REF);
  return {
    kind: 'paid',
    ...(paidAt === undefined ? {} : { paidAt }),
    ...(paymentRef === undefined || paymentRef === '' ? {} : { paymentRef }),
  };
}

function unknown(
  cause: 'server_error' | 'bad_answer' | 'unclear_error',
  detail: string | undefined,
  code?: PaylovErrorCode,
): PayBillOutcome {
  return {
    kind: 'unknown',
    cause,
    ...(code === undefined ? {} : { code }),
    ...(detail === undefined ? {} : { detail }),
  };
}

/** Only a documented refusal, of the documented kind (a 4xx or a 200 without a result), says that nothing was paid. */
function judgeFailure(wire: PaylovWire, context: CallContext, answer: HttpAnswer): PayBillOutcome {
  const { detail } = wire.answers.problem(context, answer);
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
  return unknown(found === null ? 'bad_answer' : 'unclear_error', detail, code);
}

/** Not a redirect, not a 429, and no result beside the error. */
function mayRefuse({ status, json }: HttpAnswer): boolean {
  if (status === 429 || (status >= 300 && status < 400)) return false;
  const result = (json as { result?: unknown }).result;
  return result === undefined || result === null || isOnlyError(result);
}

function isOnlyError(result: unknown): boolean {
  return typeof result === 'object' && result !== null && Object.keys(result).join() === 'error';
}

export async function askStatus(
  wire: PaylovWire,
  transactionId: string,
  heard?: Heard,
): Promise<StatusOutcome> {
  const context: CallContext = { name: 'status', heard };
  const sent = await wire.sendService(context, {
    method: 'GET',
    path: '/servicePayment/transaction/status/',
    query: { transactionId },
  });
  if (sent.kind !== 'answer') return unsent(sent);
  const read = wire.answers.read(context, sent, statusResult);
  if (read.kind === 'problem') return read;
  const { transactionId: answered, status: word, amount: amountTiyin } = read.value;
  if (answered !== transactionId) {
    return wire.answers.badAnswer(context, 'an answer about another transaction');
  }
  const amount = amountTiyin === undefined ? {} : { amountTiyin };
  if (word === 'paid') {
    if (amountTiyin === undefined) return wire.answers.badAnswer(context, 'paid without a sum');
    const paidAt = parseProviderDate(read.value.payedAt);
    return {
      kind: 'status',
      status: word,
      amountTiyin,
      ...(paidAt === undefined ? {} : { paidAt }),
    };
  }
  if (word === 'cancelled' || word === 'created')
    return { kind: 'status', status: word, ...amount };
  wire.answers.warnWord(context, 'provider.unknown_status', word);
  return { kind: 'status', status: 'other', ...amount };
}
