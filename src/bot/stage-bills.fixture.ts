/** Bills as the program has them, on a stage's tables, with a Paylov whose answers a test writes. */
import { asc } from 'drizzle-orm';
import { sortedAccount } from '../bills/account.ts';
import type { Bill } from '../bills/bill.ts';
import { createCatalog } from '../bills/catalog.ts';
import { sayDebtSign } from '../bills/debts.ts';
import { fakePaylov, type FakePaylov } from '../bills/fake-paylov.fixture.ts';
import type { ConfirmOutcome, ConfirmRequest, NewCodeOutcome } from '../bills/outcomes.ts';
import type {
  Detail,
  Field,
  FieldsOutcome,
  InfoOutcome,
  LinkedCard,
  Service,
} from '../bills/paylov/types.ts';
import type { DebtSign } from '../bills/states.ts';
import { bills as billTable, cards as cardTable } from '../db/tables.ts';
import type { BillsPort } from './kit/bills-port.ts';
import type { BotOptions } from './kit/context.ts';
import { realBills } from './real-bills.fixture.ts';
import { sampleBill } from './samples.fixture.ts';

/** What Paylov says of every account, and when it makes a transaction. */
const DETAILS: Detail[] = [
  { name: 'fio', title: 'fio', value: 'A*** <B>' },
  { name: 'saldo', title: 'balance', value: '-15105.15 UZS' },
  { name: 'time', title: 'time', value: '-' },
];

/** An answer instead of the program's own: of what changes between two looks, and of what only many people bring about. */
interface Instead {
  confirm?: (request: ConfirmRequest) => ConfirmOutcome | undefined | Promise<ConfirmOutcome>;
  newCode?: NewCodeOutcome;
}

export class StageBills implements BillsPort {
  readonly real: ReturnType<typeof realBills>;
  readonly paylov: FakePaylov = fakePaylov();
  readonly saved: BillsPort['saved'];
  readonly cards: BillsPort['cards'];
  readonly info: BillsPort['info'] = (request) => this.real.info(request);
  readonly quote: BillsPort['quote'] = (bill) => this.real.quote(bill);
  readonly submitCode: BillsPort['submitCode'] = (...given) => this.real.submitCode(...given);
  readonly cancel: BillsPort['cancel'] = (...given) => this.real.cancel(...given);
  readonly ofUser: BillsPort['ofUser'] = (...given) => this.real.ofUser(...given);
  readonly history: BillsPort['history'] = (...given) => this.real.history(...given);
  catalog: BillsPort['catalog'];
  readonly confirmed: ConfirmRequest[] = [];
  /** The numbers and expiries that came to Paylov. */
  readonly links: { number: string; expiry: string }[] = [];
  told: InfoOutcome = { kind: 'info', details: DETAILS };
  created: Detail[] = [];
  feeTiyin = 0;
  /** Paylov's form of any service; undefined: its own. */
  form: FieldsOutcome | undefined;
  instead: Instead = {};
  readonly #made: Pick<BotOptions, 'db' | 'clock'>;

  constructor(made: Pick<BotOptions, 'db' | 'clock'>) {
    this.#made = made;
    this.paylov.catalog = [];
    this.answerWell();
    this.real = realBills(made, this.paylov, () => this.feeTiyin);
    this.saved = this.real.saved;
    this.cards = this.real.cards;
    this.catalog = this.#newCatalog();
  }

  /** All goes well from now on: any code is right, a card is linked under its own number, and every account is somebody's. */
  answerWell(): void {
    const { paylov } = this;
    this.told = { kind: 'info', details: DETAILS };
    this.form = undefined;
    this.instead = {};
    paylov.fields = (serviceId) => Promise.resolve(this.form ?? this.#formOf(serviceId));
    paylov.info = () => Promise.resolve(this.told);
    paylov.onCreate = ({ cardId }, honest) => {
      const made = honest();
      const sms = cardId === undefined ? {} : { otpPhone: '*******67' };
      return made.kind === 'created' ? { ...made, details: this.created, ...sms } : made;
    };
    paylov.onPay = ({ otp }, honest) => {
      paylov.code = otp ?? paylov.code;
      return honest();
    };
    paylov.startLinking = ({ number, expiry }) => {
      this.links.push({ number, expiry });
      const mask = `${number.slice(0, 4)} **** **** ${number.slice(-4)}`;
      return Promise.resolve({ kind: 'code_sent', linkId: 'L1', mask });
    };
    paylov.confirmLinking = ({ mask = '' }) =>
      Promise.resolve({ kind: 'linked', cardId: `card-${mask.slice(-4)}`, mask });
  }

  #formOf(serviceId: string): FieldsOutcome {
    return { kind: 'form', ...this.offered(serviceId), responseFields: [] };
  }

  #newCatalog(): BillsPort['catalog'] {
    return createCatalog({ paylov: this.paylov, clock: this.#made.clock });
  }

  /** Nothing is known any more of what Paylov offers, as after a start. */
  forget(): void {
    this.catalog = this.#newCatalog();
  }

  /** Paylov offers it from now on, instead of the one with the same id. */
  add(service: Service, fields: Field[]): this {
    const others = this.paylov.catalog.filter((each) => each.service.id !== service.id);
    this.paylov.catalog = [...others, { service, fields }];
    this.forget();
    return this;
  }

  /** What Paylov offers under this id. */
  offered(serviceId: string): { service: Service; fields: Field[] } {
    const found = this.paylov.catalog.find(({ service }) => service.id === serviceId);
    if (!found) throw new Error(`Paylov does not offer ${serviceId}`);
    return found;
  }

  async confirm(request: ConfirmRequest): Promise<ConfirmOutcome> {
    this.confirmed.push(request);
    return (await this.instead.confirm?.(request)) ?? (await this.real.confirm(request));
  }

  async newCode(id: string, request: { userId: number }): Promise<NewCodeOutcome> {
    return this.instead.newCode ?? (await this.real.newCode(id, request));
  }

  /** The codes that came to Paylov. */
  get codes(): string[] {
    const pays = [...this.paylov.book.values()].flatMap((each) => each.pays);
    return pays.flatMap(({ otp }) => otp ?? []);
  }

  /** Every bill, oldest first. */
  async rows(): Promise<Bill[]> {
    const { read } = this.#made.db;
    return await read.select().from(billTable).orderBy(asc(billTable.createdAt));
  }

  /** Writes a sample bill as it is after these changes, whatever led there. */
  async put(changes: Partial<Bill> = {}): Promise<Bill> {
    const { id = 'BILL1' } = changes;
    const named = sampleBill({ confirmationId: `C-${id}`, transactionId: `T-${id}`, ...changes });
    const bill = { ...named, account: sortedAccount(named.account) };
    await this.#made.db.tx(async (tx) => {
      await tx.insert(billTable).values(bill);
    });
    return bill;
  }

  /** The card is linked from now on; one of the same id gets this mask. */
  async link(userId: number, { cardId, mask }: LinkedCard): Promise<void> {
    const createdAt = this.#made.clock.now();
    await this.#made.db.tx(async (tx) => {
      await tx
        .insert(cardTable)
        .values({ userId, cardId, mask, createdAt })
        .onConflictDoUpdate({ target: [cardTable.userId, cardTable.cardId], set: { mask } });
    });
  }

  /** No card of anybody is linked any more. */
  async unlink(): Promise<void> {
    await this.#made.db.tx(async (tx) => {
      await tx.delete(cardTable);
    });
  }

  /** An owner says which sign of a service's balance is a debt. */
  async say(sign: DebtSign, serviceId = 'power'): Promise<void> {
    const said = { serviceId, sign, staffId: 900, at: this.#made.clock.now() };
    await this.#made.db.tx((tx) => sayDebtSign(tx, said));
  }
}
