/** Bills on a real file, with a Paylov of the test's choice, a clock under its control and crashes at any step. */
import { createCardHash } from '../db/card-hash.ts';
import type { Database } from '../db/database.ts';
import type { Clock } from '../core/deps.ts';
import { auditBooks } from '../books/audit.ts';
import { ADJUSTMENTS, userAvailable } from '../ledger/accounts.ts';
import { post, type UserBalance, userBalance } from '../ledger/ledger.ts';
import { createMetrics, type Metrics } from '../core/metrics.ts';
import { som, type Tiyin } from '../core/money.ts';
import type { QuotaLimits } from '../quotas/limits.ts';
import { createCountingRandom } from '../providers/testing.fixture.ts';
import { rerunningDatabase } from '../testing/database.ts';
import { UNLIMITED } from '../testing/quotas.ts';
import { billsAgainstBooks } from '../books/bills-audit.ts';
import type { Bill } from './bill.ts';
import type { Bills, BillsForOwners, BillWork } from './bills.ts';
import type { ConfirmRequest } from './outcomes.ts';
import type { BillDeps, BillEvent } from './deps.ts';
import { SERVICE } from './fake-paylov.fixture.ts';
import type { Paylov } from './paylov/types.ts';
import { createBills } from './service.ts';

export const USER = 7001;
export const OWNER = 9001;
export const SUM = som(50_000);
export const FEE = som(500);
export const START = som(200_000);
export const OPERATOR_CARD = 'operator-card';

type AllBills = Bills & BillsForOwners & BillWork;

export interface Stage {
  readonly bills: AllBills;
  readonly db: Database;
  events: BillEvent[];
  errors: object[];
  /** What was logged and is no trouble. */
  logged: object[];
  metrics: Metrics;
  /** Kinds of the events so far, without those forgotten. */
  kinds(): string[];
  credit(userId: number, amountTiyin: Tiyin): Promise<void>;
  balance(userId?: number): Promise<UserBalance>;
  /** The program stops for ever before its `steps`-th step from now: a commit, or a call of Paylov. */
  dieAfter(steps: number): void;
  /** Resolves when it has died of that. */
  died(): Promise<void>;
  /** What is left of the old program is abandoned; a new one opens the file and recovers. */
  restart(): Promise<AllBills>;
  /** What does not hold in the books. */
  findings(): Promise<string[]>;
  /** A request for `SUM` from the balance. Each has a confirmation of its own. */
  request(changes?: Partial<ConfirmRequest>): ConfirmRequest;
  /** Confirms such a request. Throws for every outcome but a bill. */
  confirmed(changes?: Partial<ConfirmRequest>): Promise<Bill>;
  remove(): Promise<void>;
}

interface StageOptions {
  paylov: Paylov;
  clock: Clock;
  operatorCardId?: string | null;
  feeTiyin?: Tiyin;
  /** What one person may do; else whatever they like. */
  quotas?: QuotaLimits;
}

export async function stage(options: StageOptions): Promise<Stage> {
  const file = rerunningDatabase();
  const events: BillEvent[] = [];
  const errors: object[] = [];
  const logged: object[] = [];
  const metrics = createMetrics();
  const parts = {
    ...options,
    file,
    events,
    errors,
    logged,
    metrics,
    random: createCountingRandom(),
  };
  let life = createLife();
  let bills = createBills(livingDeps(parts, life));
  let confirmations = 0;
  let credits = 0;
  const world: Stage = {
    get bills() {
      return bills;
    },
    get db() {
      return file.db;
    },
    events,
    errors,
    logged,
    metrics,
    kinds: () => events.map(({ kind }) => kind),
    credit: async (userId, amountTiyin) => {
      credits += 1;
      const key = `test:credit:${credits}`;
      const lines = [
        { account: ADJUSTMENTS, amountTiyin: -amountTiyin },
        { account: userAvailable(userId), amountTiyin },
      ];
      await file.db.tx((tx) => post(tx, { key, kind: 'test', actor: 'system', at: 1, lines }));
    },
    balance: (userId = USER) => userBalance(file.db.read, userId),
    dieAfter: (steps) => {
      life.left = steps;
    },
    died: () => life.died,
    restart: async () => {
      life.left = 0;
      await file.reopen();
      life = createLife();
      bills = createBills(livingDeps(parts, life));
      await bills.recover();
      return bills;
    },
    findings: async () => {
      const report = await auditBooks(file.db);
      return [...report.findings, ...(await file.db.snapshot(billsAgainstBooks))];
    },
    request: (changes = {}) => {
      confirmations += 1;
      const request = {
        userId: USER,
        serviceId: SERVICE.id,
        serviceName: SERVICE.name,
        account: { region: '1', customer_code: '0012345' },
        amountTiyin: SUM,
        source: 'balance' as const,
        confirmationId: `C-${confirmations}`,
        ...changes,
      };
      // The user confirms what the screen says at this moment.
      const feeTiyin = request.source === 'balance' ? (parts.feeTiyin ?? FEE) : 0;
      const shown = { feeTiyin, totalTiyin: request.amountTiyin + feeTiyin };
      return { ...request, shown: changes.shown ?? shown };
    },
    confirmed: async (changes) => {
      const outcome = await bills.confirm(world.request(changes));
      if (outcome.kind !== 'bill') throw new Error(JSON.stringify(outcome));
      return outcome.bill;
    },
    remove: () => file.remove(),
  };
  await world.credit(USER, START);
  return world;
}

interface Life {
  left: number;
  died: Promise<void>;
  step: <T>(work: () => Promise<T>) => Promise<T>;
}

function createLife(): Life {
  const { promise: died, resolve } = Promise.withResolvers<void>();
  const life: Life = {
    left: Infinity,
    died,
    step: async (work) => {
      if (life.left <= 0) {
        resolve();
        return await new Promise<never>(() => undefined);
      }
      life.left -= 1;
      return await work();
    },
  };
  return life;
}

function livingDeps(
  parts: StageOptions & {
    file: { readonly db: Database };
    events: BillEvent[];
    errors: object[];
    logged: object[];
    metrics: Metrics;
    random: BillDeps['random'];
  },
  { step }: Life,
): BillDeps {
  const { file, events, errors, clock, random, paylov } = parts;
  const { db } = file;
  const tx: Database['tx'] = (work) => step(() => db.tx(work));
  const silent = (): void => undefined;
  return {
    db: {
      // It is the only program, on either engine.
      shared: false,
      figures: db.figures,
      read: db.read,
      tx,
      snapshot: (work) => db.snapshot(work),
      close: () => db.close(),
    },
    write: tx,
    clock,
    random,
    log: {
      debug: silent,
      info: (data) => void parts.logged.push(data),
      warn: silent,
      // A bill that needs an owner is news, not a bug.
      error: (data) => void ('err' in data && errors.push(data)),
    },
    metrics: parts.metrics,
    paylov: {
      ...paylov,
      create: (request) => step(() => paylov.create(request)),
      pay: (request) => step(() => paylov.pay(request)),
      status: (id) => step(() => paylov.status(id)),
      transactions: (request) => step(() => paylov.transactions(request)),
    },
    quotas: parts.quotas ?? UNLIMITED,
    hashCard: createCardHash(new Uint8Array(32)),
    operatorCardId: parts.operatorCardId === undefined ? OPERATOR_CARD : parts.operatorCardId,
    fee: () => parts.feeTiyin ?? FEE,
    tell: async (own, event) => {
      own.afterCommit(() => events.push(event));
    },
  };
}
