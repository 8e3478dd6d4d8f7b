/** Bills of days that are over against Paylov's list: kept as reports, differences become an alarm. */
import type { BillWork } from '../bills/bills.ts';
import type { PaylovProblem } from '../bills/paylov/errors.ts';
import type { ReconcileFinding, ReconcileOutcome } from '../bills/reconcile.ts';
import { unreportedDays } from './bill-reports.ts';
import { addReport } from './day-reports.ts';
import type { TopupDeps } from '../topups/deps.ts';
import type { Job } from '../core/job.ts';
import { timesOf } from '../core/cron.ts';

/** From when Paylov's day is complete; the hours after it are for trying again. */
const HOURLY = '45 6-23 * * *';
const TIMES = timesOf(HOURLY);

type Compares = Pick<BillWork, 'reconcile' | 'lookBack'>;

export function reconcileBillsJob(bills: Compares, deps: TopupDeps): Job {
  return {
    name: 'bills-reconcile',
    cron: HOURLY,
    run: () => reconcileBills(bills, deps),
  };
}

/**
 * Compares yesterday and the days of the last week that have no report, then looks back for bills that Paylov cancelled
 * since; asks Paylov nothing when all have one. While
 * Paylov gives no list, owners are told once for each day that waits for it: the other tries are in the log.
 */
export async function reconcileBills(bills: Compares, deps: TopupDeps): Promise<void> {
  const { compared, problem } = await compareDays(bills, deps);
  await keep(deps, compared);
  if (compared.length > 0) await bills.lookBack();
  if (problem === null) return;
  const { day, code } = problem;
  deps.log.warn({ event: 'bills_not_compared', day, code }, 'Paylov did not list its payments');
  const at = deps.clock.now();
  const alarm = {
    kind: 'bills_not_compared',
    day,
    problem: code,
    nextAt: TIMES.after(at),
  } as const;
  await deps.write((tx) => deps.alarm(tx, alarm, at));
}

interface Day {
  day: string;
  outcome: Extract<ReconcileOutcome, { kind: 'compared' }>;
}

async function compareDays(
  bills: Pick<BillWork, 'reconcile'>,
  { db, clock }: TopupDeps,
): Promise<{ compared: Day[]; problem: (PaylovProblem & { day: string }) | null }> {
  const compared: Day[] = [];
  for (const day of await unreportedDays(db.read, clock.now())) {
    const outcome = await bills.reconcile(day);
    if (outcome.kind === 'problem') return { compared, problem: { ...outcome, day } };
    compared.push({ day, outcome });
  }
  return { compared, problem: null };
}

/**
 * Writes all reports and what owners must hear of them in one transaction; a day that has its report is not told again.
 */
async function keep(deps: TopupDeps, compared: readonly Day[]): Promise<void> {
  if (compared.length === 0) return;
  const at = deps.clock.now();
  await deps.write(async (tx) => {
    const findings: string[] = [];
    for (const { day, outcome } of compared) {
      const isNew = await addReport(tx, { kind: 'bills', day, data: outcome, at });
      if (isNew) findings.push(...outcome.findings.map((each) => `${day}: ${sentenceOf(each)}`));
    }
    if (findings.length === 0) return;
    const facts = { event: 'bills_differ', findings };
    tx.afterCommit(() => deps.log.error(facts, 'bills and Paylov differ'));
    await deps.alarm(tx, { kind: 'bills_differ', findings }, at);
  });
}

function sentenceOf(finding: ReconcileFinding): string {
  const transaction = `transaction ${finding.transactionId ?? 'without an id'}`;
  if (finding.kind === 'unreadable_there') {
    const bill = finding.billId === null ? 'no bill of ours' : `bill ${finding.billId}`;
    return `${transaction} (${bill}): listed at Paylov as paid, and its row can't be read`;
  }
  if (finding.kind === 'captured_here_only') {
    return `bill ${finding.billId} is paid here, ${transaction} is not in Paylov's list`;
  }
  if (finding.kind === 'other_amount') {
    return `bill ${finding.billId}: ${finding.hereTiyin} tiyin here, ${finding.thereTiyin} at Paylov`;
  }
  const here =
    finding.billId === null ? 'no bill of ours' : `bill ${finding.billId} is ${finding.state}`;
  return `${transaction} is paid at Paylov, here: ${here}`;
}
