/** What monitoring sees. Labels are names from fixed lists: never ids, sums or anything a person typed. */
import type { ContactFigures } from './telegram-contact.ts';
import type { DatabaseFigures } from './db/database.ts';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  registry: Registry;
  topup(provider: string, outcome: string): void;
  providerCall(call: { provider: string; call: string; outcome: string; durationMs: number }): void;
  webhook(provider: string, outcome: string): void;
  /** From the confirmation to the end; null: only counted. */
  billEnded(bill: { source: string; state: string; tookMs: number | null }): void;
  /** Orders that were due and could not be asked about. */
  dueLeft(provider: string, orders: number): void;
  budgetLeft(provider: string, requests: number): void;
  /** The last good one; null: there was none. */
  backup(last: { at: number; bytes: number } | null): void;
  /** Groups of transactions, and those that had to run again. */
  transactions(figures: DatabaseFigures): void;
  /** Of the log, since the start. */
  logLinesLost(lines: number): void;
  /** Asked for when somebody reads the metrics. */
  observe(gauges: {
    outboxWaiting: number;
    outboxOldestMs: number;
    inboxWaiting: number;
    inboxOldestMs: number;
    telegram: ContactFigures;
    billsUnclear: { unknown: number; stuck: number };
  }): void;
}

export function createMetrics(
  options: { processMetrics?: boolean; processId?: string } = {},
): Metrics {
  const registry = new Registry();
  if (options.processId !== undefined) nameProcess(registry, options.processId);
  if (options.processMetrics) collectDefaultMetrics({ register: registry });
  return {
    registry,
    ...topupMetrics(registry),
    ...billMetrics(registry),
    ...gauges(registry),
    logLinesLost: lostLines(registry),
  };
}

/** Counted elsewhere: brought up to date when somebody reads the metrics. */
function lostLines(registry: Registry): (lines: number) => void {
  const lost = new Counter({
    name: 'tolov_log_lines_lost_total',
    help: 'Lines of the log that could not be written',
    registers: [registry],
  });
  return (lines) => {
    lost.reset();
    lost.inc(lines);
  };
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

function topupMetrics(registry: Registry): Pick<Metrics, 'topup' | 'providerCall' | 'webhook'> {
  const registers = [registry];
  const topups = new Counter({
    name: 'tolov_topups_total',
    help: 'Top-up orders by what became of them',
    labelNames: ['provider', 'outcome'],
    registers,
  });
  const calls = new Histogram({
    name: 'tolov_provider_call_seconds',
    help: 'Calls to providers by outcome',
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
    providerCall: ({ durationMs, ...labels }) => calls.observe(labels, durationMs / 1000),
    webhook: (provider, outcome) => webhooks.inc({ provider, outcome }),
  };
}

function billMetrics(registry: Registry): Pick<Metrics, 'billEnded'> {
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
  return {
    billEnded({ tookMs, ...labels }) {
      bills.inc(labels);
      if (tookMs !== null) billTimes.observe(labels, tookMs / 1000);
    },
  };
}

function gauges(
  registry: Registry,
): Pick<Metrics, 'dueLeft' | 'budgetLeft' | 'backup' | 'transactions' | 'observe'> {
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
  const backupAt = gauge(
    'tolov_backup_last_good_timestamp_seconds',
    'When the last good backup was begun; 0: never',
  );
  const backupBytes = gauge('tolov_backup_bytes', 'Size of the last good backup');
  const commits = gauge('tolov_db_commits', 'Groups of transactions committed since the start');
  const conflicts = gauge(
    'tolov_db_conflicts',
    'Groups of transactions that had to run again because another process was in their way',
  );
  return {
    dueLeft: (provider, orders) => due.set({ provider }, orders),
    budgetLeft: (provider, requests) => budget.set({ provider }, requests),
    backup(last) {
      backupAt.set((last?.at ?? 0) / 1000);
      backupBytes.set(last?.bytes ?? 0);
    },
    transactions(figures) {
      commits.set(figures.commits);
      conflicts.set(figures.conflicts);
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
    },
  };
}
