/** Bills in memory, for this folder's tests: the port's outcomes without Paylov or money. */
import type { Detail, Field, InfoOutcome, LinkedCard, Service } from '../bills/paylov/types.ts';
import type { Bill } from '../bills/bill.ts';
import type { AccountOutcome } from '../bills/bills.ts';
import { debtOf } from '../bills/debts.ts';
import type { DebtSign } from '../bills/states.ts';
import type {
  ConfirmOutcome,
  ConfirmRequest,
  NewCodeOutcome,
  SubmitCodeOutcome,
} from '../bills/outcomes.ts';
import type { CatalogForm } from '../bills/catalog.ts';
import type { SavedAccount, SaveRequest } from '../bills/saved.ts';
import type { SharedAccount } from '../bills/shared.ts';
import { NOW } from './fake-topups.fixture.ts';
import type { BillsPort } from './kit/bills-port.ts';

export function sampleService(changes: Partial<Service> = {}): Service {
  return {
    id: 'power',
    name: 'Плата за электроэнергию',
    category: { id: '3', name: 'Коммунальные услуги' },
    minTiyin: 50_000,
    maxTiyin: 500_000_000,
    hasInfo: true,
    canCancel: false,
    available: true,
    ...changes,
  };
}

export function textField(name: string, changes: Partial<Field> = {}): Field {
  return {
    name,
    title: name,
    type: 'text',
    content: 'number',
    required: true,
    parent: null,
    options: [],
    ...changes,
  };
}

export function selectField(
  name: string,
  options: (string | [value: string, title: string, filter: string])[],
  changes: Partial<Field> = {},
): Field {
  return {
    ...textField(name),
    type: 'select',
    content: 'text',
    options: options.map((option) =>
      typeof option === 'string'
        ? { value: option, title: option, filter: null }
        : { value: option[0], title: option[1], filter: option[2] },
    ),
    ...changes,
  };
}

export function sampleBill(changes: Partial<Bill> = {}): Bill {
  return {
    id: 'BILL1',
    userId: 101,
    serviceId: 'power',
    serviceName: 'Плата за электроэнергию',
    confirmationId: 'CONFIRM1',
    account: { customer_code: '0012345' },
    accountLabels: null,
    details: null,
    amountTiyin: 5_000_000,
    feeTiyin: 0,
    source: 'balance',
    cardId: null,
    cardMask: null,
    state: 'paid',
    reason: null,
    hint: null,
    transactionId: 'T-1',
    otpPhone: null,
    otpTries: 0,
    newCodes: 0,
    unknownSince: null,
    takenBackAt: null,
    evidence: null,
    dueAt: null,
    leaseUntil: 0,
    holder: null,
    checks: 0,
    requestId: null,
    paymentRef: null,
    terminal: null,
    merchant: null,
    paidAt: NOW,
    createdAt: NOW,
    endedAt: NOW,
    ...changes,
  };
}

/** What the next calls answer; by default everything goes well. */
interface BillScript {
  /** Instead of any service's form. */
  form?: CatalogForm | undefined;
  info?: InfoOutcome;
  confirm?: (request: ConfirmRequest) => ConfirmOutcome | undefined;
  submitCode?: (bill: Bill, code: string) => SubmitCodeOutcome;
  newCode?: NewCodeOutcome;
  startLinking?: Awaited<ReturnType<BillsPort['cards']['startLinking']>>;
  linking?: Awaited<ReturnType<BillsPort['cards']['confirmLinking']>>;
}

function inNoHome(own: SavedAccount): SharedAccount {
  return { ...own, home: null, isOwn: true };
}

function isBadName(name: string): boolean {
  return name === '' || name.length > 40;
}

export class FakeBills implements BillsPort {
  readonly rows = new Map<string, Bill>();
  readonly forms = new Map<string, { service: Service; fields: Field[] }>();
  readonly confirmed: ConfirmRequest[] = [];
  readonly codes: string[] = [];
  readonly links: { number: string; expiry: string }[] = [];
  readonly owned = new Map<number, LinkedCard[]>();
  accounts: SavedAccount[] = [];
  details: Detail[] = [
    { name: 'fio', title: 'fio', value: 'A*** <B>' },
    { name: 'saldo', title: 'balance', value: '-15105.15 UZS' },
    { name: 'time', title: 'time', value: '-' },
  ];
  /** Which sign of `saldo` is a debt, as an owner said of every service. */
  sign: DebtSign = 'negative';
  /** What Paylov says when it makes a transaction. */
  created: Detail[] | null = null;
  feeTiyin = 0;
  /** Paylov does not answer, and what it said before serves. */
  stale = false;
  script: BillScript = {};

  add(service: Service, fields: Field[]): this {
    this.forms.set(service.id, { service, fields });
    return this;
  }

  put(changes: Partial<Bill>): Bill {
    const bill = sampleBill(changes);
    this.rows.set(bill.id, bill);
    return bill;
  }

  readonly catalog: BillsPort['catalog'] = {
    services: () =>
      Promise.resolve({
        kind: 'services',
        services: [...this.forms.values()].map(({ service }) => service),
        stale: this.stale,
        asOf: NOW,
      }),
    fields: (serviceId) => {
      if (this.script.form) return Promise.resolve(this.script.form);
      const form = this.forms.get(serviceId);
      const found: CatalogForm = form
        ? { kind: 'form', ...form, responseFields: [], stale: this.stale, asOf: NOW }
        : { kind: 'unavailable' };
      return Promise.resolve(found);
    },
  };

  info(): Promise<AccountOutcome> {
    const { sign, script } = this;
    const told = script.info ?? { kind: 'info', details: this.details };
    if (told.kind !== 'info') return Promise.resolve(told);
    return Promise.resolve({ ...told, sign, debtTiyin: debtOf(sign, told.details) });
  }

  quote({ amountTiyin, source }: Parameters<BillsPort['quote']>[0]) {
    const feeTiyin = source === 'balance' ? this.feeTiyin : 0;
    return Promise.resolve({ feeTiyin, totalTiyin: amountTiyin + feeTiyin });
  }

  confirm(request: ConfirmRequest): Promise<ConfirmOutcome> {
    this.confirmed.push(request);
    const id = `B-${request.confirmationId}`;
    const known = this.rows.get(id);
    if (known) return Promise.resolve({ kind: 'bill', bill: known, repeated: true });
    const scripted = this.script.confirm?.(request);
    if (scripted) return Promise.resolve(scripted);
    const isCard = request.source === 'card';
    const bill = this.put({
      id,
      userId: request.userId,
      serviceId: request.serviceId,
      serviceName: request.serviceName,
      account: { ...request.account },
      accountLabels: request.labels ? [...request.labels] : null,
      details: this.created,
      amountTiyin: request.amountTiyin,
      source: request.source,
      cardId: request.cardId ?? null,
      cardMask: isCard ? '8600 **** **** 6412' : null,
      otpPhone: isCard ? '*******67' : null,
      state: isCard ? 'awaiting_code' : 'paid',
    });
    return Promise.resolve({ kind: 'bill', bill, repeated: false });
  }

  async submitCode(
    id: string,
    { userId, code }: { userId: number; code: string },
  ): Promise<SubmitCodeOutcome> {
    const bill = await this.ofUser(id, userId);
    if (!bill) return { kind: 'not_found' };
    if (bill.state !== 'awaiting_code') return { kind: 'not_awaiting', bill };
    this.codes.push(code);
    return (
      this.script.submitCode?.(bill, code) ?? {
        kind: 'bill',
        bill: this.put({ ...bill, state: 'paid' }),
      }
    );
  }

  async newCode(id: string, { userId }: { userId: number }): Promise<NewCodeOutcome> {
    const bill = await this.ofUser(id, userId);
    if (!bill) return { kind: 'not_found' };
    return this.script.newCode ?? { kind: 'bill', bill };
  }

  async cancel(id: string, { userId }: { userId: number }) {
    const bill = await this.ofUser(id, userId);
    if (!bill) return { kind: 'not_found' } as const;
    const cancelled = this.put({ ...bill, state: 'failed', reason: 'cancelled' });
    return { kind: 'cancelled', bill: cancelled } as const;
  }

  ofUser(id: string, userId: number): Promise<Bill | null> {
    const bill = this.rows.get(id);
    return Promise.resolve(bill?.userId === userId ? bill : null);
  }

  history(userId: number, page: { offset: number; limit: number }): Promise<Bill[]> {
    const own = [...this.rows.values()].filter((bill) => bill.userId === userId);
    return Promise.resolve(own.toReversed().slice(page.offset, page.offset + page.limit));
  }

  readonly cards: BillsPort['cards'] = {
    list: (userId) => Promise.resolve(this.owned.get(userId) ?? []),
    startLinking: ({ number, expiry }) => {
      this.links.push({ number, expiry });
      if (this.script.startLinking) return Promise.resolve(this.script.startLinking);
      const mask = `${number.slice(0, 4)} **** **** ${number.slice(-4)}`;
      return Promise.resolve({ kind: 'code_sent', linkId: 'L1', mask });
    },
    confirmLinking: ({ userId, mask }) => {
      if (this.script.linking) return Promise.resolve(this.script.linking);
      const card = { cardId: `card-${mask.slice(-4)}`, mask };
      const others = (this.owned.get(userId) ?? []).filter(({ cardId }) => cardId !== card.cardId);
      this.owned.set(userId, [...others, card]);
      return Promise.resolve({ kind: 'linked', card });
    },
    remove: (cardId, { userId }) => {
      const left = (this.owned.get(userId) ?? []).filter((card) => card.cardId !== cardId);
      this.owned.set(userId, left);
      return Promise.resolve({ kind: 'removed' });
    },
  };

  /** In no homes. */
  readonly saved: BillsPort['saved'] = {
    visible: async (userId) => (await this.saved.list(userId)).map(inNoHome),
    payable: async (id, userId) => {
      const own = await this.saved.get(id, userId);
      return own && inNoHome(own);
    },
    inHome: () => Promise.resolve([]),
    putInto: () => Promise.resolve(false),
    paidThisMonth: () => Promise.resolve([]),
    list: (userId) => Promise.resolve(this.accounts.filter((each) => each.userId === userId)),
    get: (id, userId) => {
      const found = this.accounts.find((each) => each.id === id && each.userId === userId);
      return Promise.resolve(found ?? null);
    },
    save: (request: SaveRequest) => {
      if (isBadName(request.name)) return Promise.resolve({ kind: 'bad_name' });
      const account = { ...request.account };
      const same = this.accounts.find(({ userId, serviceId, ...kept }) => {
        const isTheirs = userId === request.userId && serviceId === request.serviceId;
        return isTheirs && JSON.stringify(kept.account) === JSON.stringify(account);
      });
      if (same) return Promise.resolve({ kind: 'saved', saved: Object.assign(same, request) });
      const saved = { ...request, account, id: this.accounts.length + 1, createdAt: NOW };
      this.accounts.push(saved);
      return Promise.resolve({ kind: 'saved', saved });
    },
    rename: async (id, { userId, name }) => {
      if (isBadName(name)) return { kind: 'bad_name' };
      const saved = await this.saved.get(id, userId);
      if (!saved) return { kind: 'not_found' };
      saved.name = name;
      return { kind: 'renamed', saved };
    },
    remove: (id, userId) => {
      const before = this.accounts.length;
      this.accounts = this.accounts.filter((each) => each.id !== id || each.userId !== userId);
      return Promise.resolve(this.accounts.length < before);
    },
  };
}
