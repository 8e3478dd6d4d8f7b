/** Around a payment: `create` and the status of a transaction (paylov.txt, 4 and 6). */
import { parseProviderSum, type Tiyin, wholeSoms } from '../../core/money.ts';
import type { Heard } from '../../client/hear.ts';
import { parseProviderDate } from '../../client/dates.ts';
import type { HttpAnswer } from '../../client/http.ts';
import { isSameId, wordOf, type CallContext } from './reading.ts';
import type { PaylovProblem } from './errors.ts';
import { phoneMask } from './masks.ts';
import { createResult, statusResult } from './schemas.ts';
import type { CreateBillOutcome, CreateBillRequest, StatusOutcome } from './types.ts';
import type { PaylovClient } from './client.ts';

/** Paylov's words in both spellings, as `wordOf` gives them. */
const STATUSES: ReadonlyMap<string, 'paid' | 'cancelled' | 'created'> = new Map([
  ['paid', 'paid'],
  ['cancelled', 'cancelled'],
  ['canceled', 'cancelled'],
  ['created', 'created'],
]);

export async function createBill(
  client: PaylovClient,
  request: CreateBillRequest,
  heard?: Heard,
): Promise<CreateBillOutcome> {
  const { phone: phoneNumber } = request;
  const secrets = phoneNumber === undefined ? [] : [phoneNumber, phoneNumber.slice(-9)];
  const context: CallContext = { name: 'create', heard, secrets };
  const sent = await client.sendService(context, {
    method: 'POST',
    path: '/servicePayment/create/',
    json: {
      amount: wholeSoms(request.amountTiyin),
      service_id: request.serviceId,
      account: request.account,
      userId: request.userId,
      ...(request.cardId === undefined ? {} : { cardId: request.cardId }),
      ...(phoneNumber === undefined ? {} : { phoneNumber }),
    },
  });
  if (sent.kind === 'not_sent') return sent.problem;
  if (sent.kind === 'no_answer') return { kind: 'no_answer', cause: sent.cause };
  const read = client.answers.read(context, sent, createResult);
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

export async function askStatus(
  client: PaylovClient,
  transactionId: string,
  heard?: Heard,
): Promise<StatusOutcome> {
  const context: CallContext = { name: 'status', heard };
  const sent = await client.sendService(context, {
    method: 'GET',
    path: '/servicePayment/transaction/status/',
    query: { transactionId },
  });
  const read = client.answers.read(context, sent, statusResult);
  if (read.kind === 'problem') return read;
  if (!isSameId(read.value.transactionId, transactionId)) {
    return client.answers.badAnswer(context, 'an answer about another transaction');
  }
  const status = STATUSES.get(wordOf(read.value.status));
  const amountTiyin = parseProviderSum(read.value.amount);
  if (status === 'paid') return paid(client, context, { amountTiyin, payedAt: read.value.payedAt });
  if (status === undefined) {
    client.answers.warnWord(context, 'provider.unknown_status', read.value.status);
  }
  const amount = amountTiyin === null ? {} : { amountTiyin };
  return { kind: 'status', status: status ?? 'other', ...amount };
}

/** Paid, whatever else the answer says: only how much may be left open. */
function paid(
  client: PaylovClient,
  context: CallContext,
  { amountTiyin, payedAt }: { amountTiyin: Tiyin | null; payedAt: string | undefined },
): StatusOutcome {
  if (amountTiyin === null) client.answers.badAnswer(context, "paid with a sum that can't be read");
  const paidAt = parseProviderDate(payedAt);
  const time = paidAt === undefined ? {} : { paidAt };
  return { kind: 'status', status: 'paid', amountTiyin, ...time };
}
