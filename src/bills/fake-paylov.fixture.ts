/** A Paylov in memory whose every answer a test may replace. What is true stands in `book`, whatever it answers. */
import { som, type Tiyin } from '../core/money.ts';
import type {
  CreateBillOutcome,
  CreateBillRequest,
  Field,
  PayBillOutcome,
  PayBillRequest,
  Paylov,
  Service,
  ServicesOutcome,
  StatusOutcome,
  TransactionsOutcome,
} from './paylov/types.ts';

export const SERVICE: Service = {
  id: 'electricity',
  name: 'Elektr',
  category: { id: '1', name: 'Kommunal' },
  minTiyin: som(1000),
  maxTiyin: som(1_000_000),
  hasInfo: true,
  canCancel: false,
  available: true,
};

interface FakeTransaction {
  id: string;
  request: CreateBillRequest;
  state: 'created' | 'paid' | 'cancelled';
  /** Calls of `pay` that reached it. */
  pays: PayBillRequest[];
  amountTiyin: Tiyin;
}

type Answer<R, O> = (request: R, honest: () => O) => O | Promise<O>;

export interface FakePaylov extends Paylov {
  /** The services that it has, and what each asks for. */
  catalog: { service: Service; fields: Field[] }[];
  book: Map<string, FakeTransaction>;
  /** Names of all calls, in order. */
  calls: string[];
  /** The code that is right for every transaction made with a card. */
  code: string;
  onServices: Answer<void, ServicesOutcome>;
  onCreate: Answer<CreateBillRequest, CreateBillOutcome>;
  onPay: Answer<PayBillRequest, PayBillOutcome>;
  onStatus: Answer<string, StatusOutcome>;
  onTransactions: Answer<void, TransactionsOutcome>;
  /** The only, or the latest transaction. */
  latest(): FakeTransaction;
}

export function fakePaylov(): FakePaylov {
  const book = new Map<string, FakeTransaction>();
  const find = (id: string): FakeTransaction => {
    const found = book.get(id);
    if (!found) throw new Error(`the fake Paylov has no transaction ${id}`);
    return found;
  };
  const fake: FakePaylov = {
    catalog: [{ service: SERVICE, fields: [] }],
    book,
    calls: [],
    code: '123456',
    latest: () => {
      const last = [...book.values()].at(-1);
      if (!last) throw new Error('the fake Paylov has no transaction');
      return last;
    },
    ...honestAnswers(),
    async services() {
      fake.calls.push('services');
      const services = fake.catalog.map(({ service }) => service);
      return await fake.onServices(undefined, () => ({ kind: 'services', services }));
    },
    async fields(serviceId) {
      fake.calls.push('fields');
      const form = fake.catalog.find(({ service }) => service.id === serviceId);
      return form ? { kind: 'form', ...form, responseFields: [] } : { kind: 'unavailable' };
    },
    info: () => Promise.reject(new Error('not asked for by bills')),
    async create(request) {
      fake.calls.push('create');
      return await fake.onCreate(request, () => {
        const id = `T-${book.size + 1}`;
        const { amountTiyin } = request;
        book.set(id, { id, request, state: 'created', pays: [], amountTiyin });
        const otpPhone = request.cardId === undefined ? {} : { otpPhone: '99890*****67' };
        return { kind: 'created', transactionId: id, details: [], ...otpPhone };
      });
    },
    async pay(request) {
      fake.calls.push('pay');
      const transaction = find(request.transactionId);
      transaction.pays.push(request);
      return await fake.onPay(request, () => payHonestly(transaction, request, fake.code));
    },
    async status(id) {
      fake.calls.push('status');
      const { state: status, amountTiyin } = find(id);
      return await fake.onStatus(id, () => ({ kind: 'status', status, amountTiyin }));
    },
    async transactions() {
      fake.calls.push('transactions');
      return await fake.onTransactions(undefined, () => listHonestly(book));
    },
    ...cardMethods(),
  };
  return fake;
}

type Scripted = 'onServices' | 'onCreate' | 'onPay' | 'onStatus' | 'onTransactions';

function honestAnswers(): Pick<FakePaylov, Scripted> {
  return {
    onServices: (_, honest) => honest(),
    onCreate: (_, honest) => honest(),
    onPay: (_, honest) => honest(),
    onStatus: (_, honest) => honest(),
    onTransactions: (_, honest) => honest(),
  };
}

function payHonestly(
  transaction: FakeTransaction,
  request: PayBillRequest,
  code: string,
): PayBillOutcome {
  if (transaction.state === 'paid') return { kind: 'already_paid' };
  const needsCode = transaction.request.cardId !== undefined;
  if (needsCode && request.otp !== code) return { kind: 'refused', code: 'invalid_otp' };
  transaction.state = 'paid';
  return { kind: 'paid', paymentRef: `R-${transaction.id}` };
}

function listHonestly(book: FakePaylov['book']): TransactionsOutcome {
  const transactions = [...book.values()]
    .filter(({ state }) => state === 'paid')
    .map(({ id, amountTiyin, request: { userId, serviceId } }) => {
      return { id, amountTiyin, userId, serviceId };
    });
  return { kind: 'transactions', transactions, complete: true };
}

function cardMethods(): Pick<
  Paylov,
  'startLinking' | 'confirmLinking' | 'listCards' | 'removeCard'
> {
  return {
    startLinking: async () => ({ kind: 'code_sent', linkId: 'L-1', mask: '8600 **** **** 3333' }),
    confirmLinking: async ({ code, mask = '' }) => {
      if (code !== '1111') return { kind: 'problem', code: 'invalid_otp' };
      return { kind: 'linked', cardId: 'card-1', mask };
    },
    listCards: async () => ({ kind: 'cards', cards: [] }),
    removeCard: async () => ({ kind: 'removed' }),
  };
}
