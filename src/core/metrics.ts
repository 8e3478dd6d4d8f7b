/** What monitoring sees. Labels are names from fixed lists: never ids, sums or anything a person typed. */
import { type Tiyin, TIYIN_PER_SOM } from './money.ts';
import type { ContactFigures } from './telegram-contact.ts';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What becomes of orders, as `tolov_topups_total` counts it. */
export const TOPUP_OUTCOMES = [
  'created',
  'busy',
  'credited',
  'approved',
  'review',
  'review_credited',
  'review_refused',
  'review_redirected',
  'review_same',
  'expired',
  'cancelled',
  'failed',
  'paid_twice',
  'taken_back',
  'taken_back_debited',
  'taken_back_left',
] as const;
export type TopupMetric = (typeof TOPUP_OUTCOMES)[number];

/** Those that a sum belongs to, as `tolov_topup_som_total` adds them up. */
const MONEY_OUTCOMES = [
  'credited',
  'approved',
  'review',
  'review_credited',
  'review_refused',
  'review_redirected',
  'review_same',
  'taken_back_debited',
] as const satisfies readonly TopupMetric[];

export const WEBHOOK_OUTCOMES = ['stored', 'repeated', 'unknown_order', 'too_many'] as const;
type WebhookMetric = (typeof WEBHOOK_OUTCOMES)[number];

/** What becomes of tickets. */
const TICKET_OUTCOMES = ['opened', 'answered', 'closed'] as const;
type TicketMetric = (typeof TICKET_OUTCOMES)[number];

export interface Metrics {
  registry: Registry;
  topup(provider: string, outcome: TopupMetric): void;
  /** `tookMs`: from the payment, by the payment system's word, to the credit; null where nobody knows. */
  topupMoney(moved: {
    provider: string;
    outcome: TopupMetric;
    amountTiyin: Tiyin;
    tookMs: number | null;
  }): void;
  providerCall(call: { provider: string; call: string; outcome: string; durationMs: number }): void;
  webhook(provider: string, outcome: WebhookMetric): void;
  /** From the confirmation to the end; null: only counted. */
  billEnded(bill: {
    source: string;
    state: string;
    amountTiyin: Tiyin;
    tookMs: number | null;
  }): void;
  ticket(outcome: TicketMetric): void;
  /** From the first message of a ticket to its first answer. */
  firstAnswer(tookMs: number): void;
  /** Orders that were due and could not be asked about. */
  dueLeft(provider: string, orders: number): void;
  budgetLeft(provider: string, requests: number): void;
  /** The last good backup; null: there was none. */
  backup(last: { at: number; bytes: number } | null): void;
  /** The last nightly audit; null: there was none. */
  audit(last: { at: number; findings: number } | null): void;
  /** Groups of transactions, and how many of them had to run again. */
  transactions(figures: DatabaseFigures): void;
  /** Counts lines of the log that could not be written since the start. */
  logLinesLost(lines: number): void;
  /** Lets counters exist before anything happened: only then does monitoring see their first step. */
  startAtZero(zeros: Zeros): void;
  /** Asked for when somebody reads the metrics. */
  observe(gauges: {
    outboxWaiting: number;
    outboxOldestMs: number;
    inboxWaiting: number;
    inboxOldestMs: number;
    telegram: ContactFigures;
    billsUnclear: { unknown: number; stuck: number };
    tickets: { waiting: number; oldestMs: number };
  }): void;
}

/** Labels that will occur. */
export interface Zeros {
  /** With the outcomes of each call that the provider knows. */
  providers: readonly { id: string; calls: Readonly<Record<string, readonly string[]>> }[];
  bills: readonly { source: string; states: readonly string[] }[];
}

export function createMetrics(
  options: {
    processMetrics?: boolean;
    processId?: string;
    /** Which program it is, and on what it runs: `sqlite` or `postgres`. */
    build?: { version: string; database: string };
  } = {},
): Metrics {
  const registry = new Registry();
  if (options.build) nameBuild(registry, options.build);
  if (options.processId !== undefined) nameProcess(registry, options.processId);
  if (options.processMetrics) collectDefaultMetrics({ register: registry });
  const topups = topupMetrics(registry);
  const bills = billMetrics(registry);
  const logLinesLost = countedElsewhere(registry, {
    name: 'tolov_log_lines_lost_total',
    help: 'Lines of the log that could not be written',
  });
  return {
    registry,
    ...topups,
    ...bills,
    ...ticketMetrics(registry),
    ...gauges(registry),
    transactions: transactionMetrics(registry),
    audit: auditMetrics(registry),
    logLinesLost,
    startAtZero(zeros) {
      topups.startAtZero(zeros);
      bills.startAtZero(zeros);
    },
  };
}

/** Brought up to date when somebody reads the metrics. */
function countedElsewhere(
  registry: Registry,
  about: { name: string; help: string },
): (total: number) => void {
  const counter = new Counter({ ...about, registers: [registry] });
  return (total) => {
    counter.reset();
    counter.inc(total);
  };
}

function transactionMetrics(registry: Registry): Metrics['transactions'] {
  const commits = countedElsewhere(registry, {
    name: 'tolov_db_commits_total',
    help: 'Groups of transactions committed since the start',
  });
  const conflicts = countedElsewhere(registry, {
    name: 'tolov_db_conflicts_total',
    help: 'Groups of transactions that had to run again because another process was in their way',
  });
  return (figures) => {
    commits(figures.commits);
    conflicts(figures.conflicts);
  };
}

function auditMetrics(registry: Registry): Metrics['audit'] {
  const gauge = (name: string, help: string): Gauge =>
    new Gauge({ name, help, registers: [registry] });
  const lastAt = gauge(
    'tolov_audit_last_timestamp_seconds',
    'When the books were last audited at night; 0: never',
  );
  const broken = gauge('tolov_audit_broken', 'Whether that audit found something: 1, else 0');
  const findings = gauge('tolov_audit_findings', 'What that audit found, at most 100');
  return (last) => {
    lastAt.set((last?.at ?? 0) / 1000);
    broken.set(last && last.findings > 0 ? 1 : 0);
    findings.set(last?.findings ?? 0);
  };
}

function nameBuild(registry: Registry, build: { version: string; database: string }): void {
  const info = new Gauge({
    name: 'tolov_build_info',
    help: 'Which program this is, and the kind of its database; always 1',
    labelNames: ['version', 'database'],
    registers: [registry],
  });
  info.set(build, 1);
}

/** Not a label of everything: monitoring adds the instance it asked, and this tells which process that is. */
function nameProcess(registry: Registry, process: string): void {
  const info = new Gauge({
    name: 'tolov_process_info',
    help: 'The process that answers; always 1',
    labelNames: ['process'],
    registers: [registry],
  });
  info.set({ process }, 1);
}

function topupMetrics(
  registry: Registry,
): Pick<Metrics, 'topup' | 'topupMoney' | 'providerCall' | 'webhook' | 'startAtZero'> {
  const registers = [registry];
  const sums = new Counter({
    name: 'tolov_topup_som_total',
    help: 'So’m of top-ups by what became of them',
    labelNames: ['provider', 'outcome'],
    registers,
  });
  const creditTimes = new Histogram({
    name: 'tolov_credit_seconds',
    help: 'From a payment, by the payment system’s word, to its credit',
    labelNames: ['provider'],
    buckets: [1, 3, 10, 30, 60, 300, 900, 3600, 86_400],
    registers,
  });
  const topups = new Counter({
    name: 'tolov_topups_total',
    help: 'Top-up orders by what became of them',
    labelNames: ['provider', 'outcome'],
    registers,
  });
  const calls = new Counter({
    name: 'tolov_provider_calls_total',
    help: 'Calls to providers by outcome',
    labelNames: ['provider', 'call', 'outcome'],
    registers,
  });
  const callTimes = new Histogram({
    name: 'tolov_provider_call_seconds',
    help: 'How long calls to providers took',
    labelNames: ['provider', 'call', 'outcome'],
    buckets: [0.1, 0.3, 1, 3, 10, 30],
    registers,
  });
  const webhooks = new Counter({
    name: 'tolov_webhooks_total',
    help: 'Webhooks received by what was done with them',
    labelNames: ['provider', 'outcome'],
    registers,
  });
  return {
    topup: (provider, outcome) => topups.inc({ provider, outcome }),
    topupMoney({ provider, outcome, amountTiyin, tookMs }) {
      topups.inc({ provider, outcome });
      if (MONEY_OUTCOMES.some((each) => each === outcome))
        sums.inc({ provider, outcome }, amountTiyin / TIYIN_PER_SOM);
      if (tookMs !== null) creditTimes.observe({ provider }, tookMs / 1000);
    },
    providerCall({ durationMs, ...labels }) {
      calls.inc(labels);
      callTimes.observe(labels, durationMs / 1000);
    },
    webhook: (provider, outcome) => webhooks.inc({ provider, outcome }),
    startAtZero({ providers }) {
      for (const { id: provider, calls: known } of providers) {
        for (const outcome of TOPUP_OUTCOMES) topups.inc({ provider, outcome }, 0);
        for (const outcome of MONEY_OUTCOMES) sums.inc({ provider, outcome }, 0);
        for (const outcome of WEBHOOK_OUTCOMES) webhooks.inc({ provider, outcome }, 0);
        for (const [call, outcomes] of Object.entries(known))
          for (const outcome of outcomes) calls.inc({ provider, call, outcome }, 0);
      }
    },
  };
}

function billMetrics(registry: Registry): Pick<Metrics, 'billEnded' | 'startAtZero'> {
  const registers = [registry];
  const bills = new Counter({
    name: 'tolov_bills_total',
    help: 'Bills by how they ended',
    labelNames: ['source', 'state'],
    registers,
  });
  const billTimes = new Histogram({
    name: 'tolov_bill_seconds',
    help: 'From the confirmation of a bill to its end',
    labelNames: ['source', 'state'],
    buckets: [1, 3, 10, 30, 60, 300, 900, 3600, 86_400],
    registers,
  });
  const sums = new Counter({
    name: 'tolov_bill_som_total',
    help: 'So’m of bills by how they ended, without fees',
    labelNames: ['source', 'state'],
    registers,
  });
  return {
    billEnded({ tookMs, amountTiyin, ...labels }) {
      bills.inc(labels);
      sums.inc(labels, amountTiyin / TIYIN_PER_SOM);
      if (tookMs !== null) billTimes.observe(labels, tookMs / 1000);
    },
    startAtZero(zeros) {
      for (const { source, states } of zeros.bills)
        for (const state of states) {
          bills.inc({ source, state }, 0);
          sums.inc({ source, state }, 0);
        }
    },
  };
}

function ticketMetrics(registry: Registry): Pick<Metrics, 'ticket' | 'firstAnswer'> {
  const registers = [registry];
  const tickets = new Counter({
    name: 'tolov_tickets_total',
    help: 'What people asked the staff, and what became of it',
    labelNames: ['outcome'],
    registers,
  });
  const firstAnswers = new Histogram({
    name: 'tolov_ticket_first_answer_seconds',
    help: 'From the first message of a ticket to its first answer',
    buckets: [60, 300, 900, 1800, 3600, 7200, 21_600, 86_400],
    registers,
  });
  for (const outcome of TICKET_OUTCOMES) tickets.inc({ outcome }, 0);
  return {
    ticket: (outcome) => tickets.inc({ outcome }),
    firstAnswer: (tookMs) => firstAnswers.observe(tookMs / 1000),
  };
}

function gauges(
  registry: Registry,
): Pick<Metrics, 'dueLeft' | 'budgetLeft' | 'backup' | 'observe'> {
  const gauge = (name: string, help: string, labelNames: string[] = []): Gauge =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  const due = gauge('tolov_due_orders', 'Orders left due after a sweep', ['provider']);
  const budget = gauge('tolov_budget_left', 'Requests left in the provider’s period', ['provider']);
  const outboxWaiting = gauge('tolov_outbox_waiting', 'Messages not sent yet');
  const outboxOldest = gauge('tolov_outbox_oldest_seconds', 'Age of the oldest unsent message');
  const inboxWaiting = gauge('tolov_inbox_waiting', 'Updates not handled yet');
  const inboxOldest = gauge('tolov_inbox_oldest_seconds', 'Age of the oldest unhandled update');
  const telegramCallAt = gauge(
    'tolov_telegram_last_call_timestamp_seconds',
    'When Telegram last took a call; 0: not since the start',
  );
  const telegramUpdatesAt = gauge(
    'tolov_telegram_last_updates_timestamp_seconds',
    'When updates were last asked for with success or came by webhook; 0: not since the start',
  );
  const unclear = gauge('tolov_bills_unclear', 'Bills nobody is sure about now', ['state']);
  const ticketsWaiting = gauge('tolov_tickets_waiting', 'Tickets that wait for an answer');
  const ticketsOldest = gauge('tolov_tickets_oldest_seconds', 'How long the first of them waits');
  const backupAt = gauge(
    'tolov_backup_last_good_timestamp_seconds',
    'When the last good backup was begun; 0: never',
  );
  const backupBytes = gauge('tolov_backup_bytes', 'Size of the last good backup');
  return {
    dueLeft: (provider, orders) => due.set({ provider }, orders),
    budgetLeft: (provider, requests) => budget.set({ provider }, requests),
    backup(last) {
      backupAt.set((last?.at ?? 0) / 1000);
      backupBytes.set(last?.bytes ?? 0);
    },
    observe(now) {
      outboxWaiting.set(now.outboxWaiting);
      outboxOldest.set(now.outboxOldestMs / 1000);
      inboxWaiting.set(now.inboxWaiting);
      inboxOldest.set(now.inboxOldestMs / 1000);
      telegramCallAt.set((now.telegram.lastCallAt ?? 0) / 1000);
      telegramUpdatesAt.set((now.telegram.lastUpdatesAt ?? 0) / 1000);
      unclear.set({ state: 'unknown' }, now.billsUnclear.unknown);
      unclear.set({ state: 'stuck' }, now.billsUnclear.stuck);
      ticketsWaiting.set(now.tickets.waiting);
      ticketsOldest.set(now.tickets.oldestMs / 1000);
    },
  };
}

/** Since it was opened. */
export interface DatabaseFigures {
  /** Groups of transactions that were committed. */
  readonly commits: number;
  /** Groups that had to run again, because another process was in their way. */
  readonly conflicts: number;
}
