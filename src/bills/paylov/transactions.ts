/** All paid transactions of some days, for the reconciliation (paylov.txt, 7). */
import { parseProviderDate } from '../../client/dates.ts';
import type { CallContext, Sent } from './reading.ts';
import { cardMask } from './masks.ts';
import { transactionId, transactionItem, transactionsResult } from './schemas.ts';
import type {
  PaylovTransaction,
  TransactionsOutcome,
  TransactionsRequest,
  UnreadableTransaction,
} from './types.ts';
import { MAX_LIST_BYTES, type PaylovClient } from './client.ts';
import type { z } from 'zod';

const DAY = /^\d{4}-\d\d-\d\d$/;

/** paylov.txt has it in two places, with and without the final slash. */
const PATHS = [
  '/servicePayment/transaction/all/',
  '/servicePayment/transaction/all',
  '/merchant/servicePayment/transaction/all/',
  '/merchant/servicePayment/transaction/all',
] as const;

interface TransactionsMethod {
  /** Throws for dates of another format. */
  transactions(request: TransactionsRequest): Promise<TransactionsOutcome>;
}

export function createTransactions(client: PaylovClient): TransactionsMethod {
  let known: string | null = null;

  const ask = async (query: Readonly<Record<string, string>>): Promise<Sent> => {
    let sent: Sent | null = null;
    for (const path of known === null ? PATHS : [known]) {
      sent = await client.send({ method: 'GET', path, query, maxBodyBytes: MAX_LIST_BYTES });
      if (!isElsewhere(sent)) {
        if (sent.kind === 'answer' && sent.status < 300) known = path;
        break;
      }
    }
    if (sent === null) throw new Error('no path to ask for the transactions');
    return sent;
  };

  return {
    transactions: async (request) => {
      const context: CallContext = { name: 'transactions' };
      const sent = await ask(queryOf(request));
      const read = client.answers.read(context, sent, transactionsResult);
      if (read.kind === 'problem') return read;
      const { totalTransaction: total, transactions: items } = read.value;
      const { transactions, unreadable } = readAll(items);
      // One of them that makes no sense must not lose the day.
      if (unreadable.length > 0) {
        client.answers.badAnswer(context, `${unreadable.length} transactions can't be read`);
      }
      const isWhole = total === undefined || total <= items.length;
      const complete = isWhole && unreadable.every(({ id }) => id !== null);
      const rest = unreadable.length === 0 ? {} : { unreadable };
      return { kind: 'transactions', transactions, ...rest, complete };
    },
  };
}

/** True when the method is somewhere else: not found, not allowed, or sent on to the other slash. */
function isElsewhere(sent: Sent): boolean {
  if (sent.kind !== 'answer') return false;
  return [301, 302, 307, 308, 404, 405].includes(sent.status);
}

function queryOf(request: TransactionsRequest): Record<string, string> {
  const { beginDate, endDate, userId, serviceId } = request;
  for (const day of [beginDate, endDate]) {
    if (!DAY.test(day)) throw new Error(`"${day}" is no YYYY-MM-DD: use dayOf`);
  }
  return {
    beginDate,
    endDate,
    ...(userId === undefined ? {} : { userId }),
    ...(serviceId === undefined ? {} : { serviceId }),
  };
}

function readAll(items: readonly unknown[]): {
  transactions: PaylovTransaction[];
  unreadable: UnreadableTransaction[];
} {
  const transactions: PaylovTransaction[] = [];
  const unreadable: UnreadableTransaction[] = [];
  for (const item of items) {
    const parsed = transactionItem.safeParse(item);
    const read = parsed.success ? readTransaction(parsed.data) : null;
    if (read) transactions.push(read);
    else unreadable.push({ id: transactionId.safeParse(item).data?.id ?? null });
  }
  return { transactions, unreadable };
}

function readTransaction(item: z.output<typeof transactionItem>): PaylovTransaction | null {
  if (item.amount === undefined) return null;
  const paidAt = parseProviderDate(item.date);
  return {
    id: item.id,
    amountTiyin: item.amount,
    ...(item.userId === undefined ? {} : { userId: item.userId }),
    ...(item.serviceId === undefined ? {} : { serviceId: item.serviceId }),
    ...(paidAt === undefined ? {} : { paidAt }),
    ...(item.cardNumber === undefined ? {} : { cardMask: cardMask(item.cardNumber) }),
  };
}
