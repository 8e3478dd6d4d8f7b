/** Top-ups on a real file with a scripted provider and a clock under the test's control. */
import type { TopupConfig } from '../settings/types.ts';
import type { Random } from '../core/deps.ts';
import { createMetrics, type Metrics } from '../core/metrics.ts';
import { som } from '../core/money.ts';
import type { AlarmParams } from '../outbox/kinds.ts';
import type { QuotaLimits } from '../quotas/limits.ts';
import { createTestClock, type TestClock } from '../testing/clock.ts';
import { alone, rerunningDatabase, type TemporaryDatabase } from '../testing/database.ts';
import { UNLIMITED } from '../testing/quotas.ts';
import { createAnswerMemory } from './raw-answers.ts';
import { createCardHash } from '../db/card-hash.ts';
import { createCallQueue } from './calls.ts';
import type { TopupDeps } from './deps.ts';
import type {
  CancelOutcome,
  CheckOutcome,
  Created,
  CreateOutcome,
  CreateRequest,
  OrderRef,
  Priority,
  Provider,
} from './provider.ts';
import { NAMED_WAYS, type ProviderId } from '../core/payment-systems.ts';
import { firstTerms, termsReader } from '../settings/terms.ts';
import { createTopups, type TopupWork } from './service.ts';
import type { Topups } from './topups.ts';

export const USER = 7001;
export const OWNER = 9001;
const MINUTE = 60_000;

export const CONFIG: TopupConfig = {
  minTiyin: som(1000),
  maxTiyin: som(10_000_000),
  presetsTiyin: [],
  ways: NAMED_WAYS,
  ttlMs: null,
  latePaymentMs: 72 * 60 * MINUTE,
  uniqueTailMax: 999,
  quarantineMs: 60 * MINUTE,
};

/** A provider whose answers a test writes. Every call is recorded. */
export interface ScriptedProvider extends Provider {
  created: CreateRequest[];
  checked: { order: OrderRef; priority: Priority }[];
  cancelled: OrderRef[];
  onCreate: (request: CreateRequest) => Promise<CreateOutcome> | CreateOutcome;
  onCheck: (order: OrderRef, priority: Priority) => Promise<CheckOutcome> | CheckOutcome;
  onCancel: (order: OrderRef) => Promise<CancelOutcome> | CancelOutcome;
}

export function scriptedProvider(id: ProviderId, traits: Partial<Provider> = {}): ScriptedProvider {
  const provider: ScriptedProvider = {
    id,
    title: id,
    limits: { minTiyin: som(1000), maxTiyin: som(10_000_000) },
    ttlMs: 10 * MINUTE,
    schedule: [
      { everyMs: 10_000, untilMs: 10 * MINUTE },
      { everyMs: 30 * MINUTE, untilMs: Infinity },
    ],
    concurrency: 4,
    minCheckIntervalMs: 5000,
    rateLimitPauseMs: 10 * MINUTE,
    webhook: {
      address: 'order',
      answer: { contentType: 'text/plain', body: 'OK' },
      saysPaid: (body) => JSON.stringify(body).includes('"paid"'),
    },
    ...traits,
    created: [],
    checked: [],
    cancelled: [],
    onCreate: (request) => accepted(request),
    onCheck: () => ({ kind: 'pending' }),
    onCancel: () => ({ kind: 'cancelled' }),
    async create(request) {
      provider.created.push(request);
      return await provider.onCreate(request);
    },
    async check(order, priority) {
      provider.checked.push({ order, priority });
      return await provider.onCheck(order, priority);
    },
  };
  return provider;
}

/** Adds the wish to be told of cancelled orders. */
export function withCancel(provider: ScriptedProvider): ScriptedProvider {
  provider.cancel = async (order) => {
    provider.cancelled.push(order);
    return await provider.onCancel(order);
  };
  return provider;
}

let orders = 0;

/** What a provider answers when all is well. */
export function accepted(request: CreateRequest, more: Partial<Created> = {}): Created {
  orders += 1;
  return {
    kind: 'created',
    providerOrder: `P-${orders}`,
    amountTiyin: request.amountTiyin,
    ...more,
  };
}

export interface Stage {
  clock: TestClock;
  topups: Topups & TopupWork;
  deps: TopupDeps;
  metrics: Metrics;
  file: TemporaryDatabase;
  alarms: AlarmParams[];
  errors: object[];
  /** A second program on the same file: what a restart finds. */
  restart(): Promise<Topups & TopupWork>;
  /** Once what was begun has come to its end. */
  close(): Promise<void>;
}

/** Different on every call, the same in every run. */
export function countingRandom(): Random {
  let state = 12_345;
  return {
    bytes: (length) =>
      Uint8Array.from({ length }, () => {
        state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
        return state >>> 16;
      }),
  };
}

/** Its people may do whatever they like, unless `quotas` says otherwise. */
export function stage(
  providers: readonly Provider[],
  config: Partial<TopupConfig> = {},
  quotas: QuotaLimits = UNLIMITED,
): Stage {
  const file = rerunningDatabase();
  const clock = createTestClock();
  const metrics = createMetrics();
  const alarms: AlarmParams[] = [];
  const errors: object[] = [];
  const silent = (): void => undefined;
  const deps: TopupDeps = {
    get db() {
      return alone(file.db);
    },
    write: (work) => file.db.tx(work),
    clock,
    random: countingRandom(),
    hashCard: createCardHash(new Uint8Array(32)),
    log: { debug: silent, info: silent, warn: silent, error: (data) => errors.push(data) },
    metrics,
    config: { ...CONFIG, ...config },
    terms: termsReader(
      firstTerms({
        topups: { ...CONFIG, ...config },
        paylov: null,
        support: { contact: null },
        quietHours: { from: 21, until: 9 },
      }),
    ),
    quotas,
    providers: new Map(providers.map((each) => [each.id, each])),
    answers: createAnswerMemory(),
    calls: createCallQueue({ clock, metrics }),
    ownerChats: [OWNER],
    alarm: async (tx, alarm) => {
      tx.afterCommit(() => alarms.push(alarm));
    },
    webhookUrl: (provider, topupId) => `https://bot.example/${provider.id}/${topupId}`,
  };
  const current = { topups: createTopups(deps) };
  return {
    clock,
    deps,
    metrics,
    file,
    alarms,
    errors,
    get topups() {
      return current.topups;
    },
    async restart() {
      await current.topups.stop();
      await file.reopen();
      current.topups = createTopups(deps);
      await current.topups.recover();
      return current.topups;
    },
    async close() {
      await current.topups.stop();
      await file.remove();
    },
  };
}
