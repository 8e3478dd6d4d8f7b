/** The transactions of the simulated Paylov, and the money that moves when they are paid. */
import type { Clock, Random } from '../../src/core/deps.ts';
import type { Tiyin } from '../../src/core/money.ts';
import type { AccountHistory } from './accounts.ts';
import { OPERATOR_CARD_ID, type Bank } from './bank.ts';
import type { SimulatedPaylovEvent, SimulatedTransaction, TransactionState } from './types.ts';
import { randomUuid } from './uuid.ts';

const MAX_TRANSACTIONS = 5000;

interface NewTransaction {
  serviceId: string;
  serviceName: string;
  account: Readonly<Record<string, string>>;
  amountTiyin: Tiyin;
  userId?: string;
  cardId?: string;
}

export interface PaylovBook {
  all(): SimulatedTransaction[];
  /** The transaction itself. */
  find(id: unknown): SimulatedTransaction | undefined;
  add(transaction: NewTransaction): SimulatedTransaction;
  /** Brings it into `state`, and the card's money with it. */
  become(transaction: SimulatedTransaction, state: TransactionState): void;
  history(serviceId: string, code: string | undefined): AccountHistory;
}

export function createPaylovBook(options: {
  clock: Clock;
  random: Random;
  bank: Bank;
  emit: (event: SimulatedPaylovEvent) => void;
}): PaylovBook {
  const { clock, random, bank, emit } = options;
  const transactions = new Map<string, SimulatedTransaction>();

  const become: PaylovBook['become'] = (transaction, state) => {
    if (transaction.state === state) return;
    const was = transaction.state;
    transaction.cardId ??= OPERATOR_CARD_ID;
    if (state === 'paid') bank.charge(transaction.cardId, transaction.amountTiyin);
    if (was === 'paid') bank.charge(transaction.cardId, -transaction.amountTiyin);
    transaction.state = state;
    delete transaction.paidAt;
    delete transaction.cancelledAt;
    if (state === 'paid') transaction.paidAt = clock.now();
    if (state === 'cancelled') transaction.cancelledAt = clock.now();
    if (state !== 'created') emit({ kind: state, transaction: copyOf(transaction) });
  };

  return {
    become,
    all: () => [...transactions.values()].map(copyOf),
    find: (id) => (typeof id === 'string' ? transactions.get(id) : undefined),
    add: (added) => {
      const transaction: SimulatedTransaction = {
        id: randomUuid(random),
        ...added,
        state: 'created',
        createdAt: clock.now(),
        needsCode: added.cardId !== undefined,
        payCalls: 0,
      };
      transactions.set(transaction.id, transaction);
      const [oldest] = transactions.keys();
      if (transactions.size > MAX_TRANSACTIONS && oldest !== undefined) transactions.delete(oldest);
      emit({ kind: 'created', transaction: copyOf(transaction) });
      return transaction;
    },
    history: (serviceId, code) => {
      const paid = [...transactions.values()].filter(
        (each) =>
          each.state === 'paid' &&
          each.serviceId === serviceId &&
          code !== undefined &&
          Object.values(each.account).includes(code),
      );
      const last = paid.at(-1);
      return {
        paidTiyin: paid.reduce((sum, each) => sum + each.amountTiyin, 0),
        ...(last ? { lastPaidTiyin: last.amountTiyin } : {}),
        ...(last?.paidAt === undefined ? {} : { lastPaidAt: last.paidAt }),
      };
    },
  };
}

function copyOf(transaction: SimulatedTransaction): SimulatedTransaction {
  return { ...transaction };
}
