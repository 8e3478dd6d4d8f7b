/** Bills in memory, for this folder's tests: the port's outcomes without Paylov or money. Saved accounts are the program's own. */
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
import { createSavedAccounts } from '../bills/saved.ts';
import type { BillsPort } from './kit/bills-port.ts';
import type { BotOptions } from './kit/context.ts';
import { NOW, sampleBill } from './samples.fixture.ts';

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

export class FakeBills implements BillsPort {
  /** As the program keeps them. */
  readonly saved: BillsPort['saved'];
  readonly rows = new Map<string, Bill>();
  readonly forms = new Map<string, { service: Service; fields: Field[] }>();
  readonly confirmed: ConfirmRequest[] = [];
  readonly codes: string[] = [];
  readonly links: { number: string; expiry: string }[] = [];
  readonly owned = new Map<number, LinkedCard[]>();
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

  constructor(made: Pick<BotOptions, 'db' | 'clock'>) {
    this.saved = createSavedAccounts(made);
  }

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
}
