/** What somebody who restored a copy has to know, before the program starts. */
import type { Restored } from './restore.ts';
import { TASHKENT_OFFSET_MS } from '../core/calendar.ts';

/** `2026-01-31 03:40:00` in Tashkent. */
function tashkentTime(at: number | null): string {
  if (at === null) return 'none';
  return new Date(at + TASHKENT_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');
}

/** Lines of text. `lateHours` is LATE_PAYMENT_HOURS. */
export function restoreNews(
  { facts, isSuspect, aside, forgottenUpdates, askedAgain }: Restored,
  {
    file,
    databasePath,
    lateHours,
    at,
  }: { file: string; databasePath: string; lateHours: number; at: number },
): string[] {
  return [
    `Restored ${databasePath} from ${file}: ${isSuspect ? 'ITS BOOKS DO NOT ADD UP' : 'whole, and its books add up'}.`,
    `It is ${tashkentTime(at)} (Tashkent) by this machine's clock. If that is wrong, set the clock and restore once more.`,
    ...(aside === null ? [] : [`The old database is kept as ${aside}.`]),
    `Last entry: ${tashkentTime(facts.lastEntryAt)}, last order: ${tashkentTime(facts.lastOrderAt)} (Tashkent).`,
    `In it: ${facts.entries} entries, ${facts.openOrders} orders that wait for payment, ${facts.openBills.length} open bills.`,
    ...(forgottenUpdates === 0
      ? []
      : [
          `${forgottenUpdates} messages of people that waited then are left out: they were handled since.`,
        ]),
    ...(askedAgain === 0
      ? []
      : [
          `${askedAgain} bills that were to be paid without a tap are asked about instead: they may have been paid since.`,
        ]),
    '',
    'What happened after that moment is not in it:',
    `- Orders that are in it and were paid since are found by polling, up to ${lateHours} hours (LATE_PAYMENT_HOURS)`,
    '  after they ended. If more time has passed, raise that setting before the start.',
    '- Orders opened since are unknown. Their money is at the payment systems alone: look through their panels from',
    '  that moment on, and /credit each payment that no order here has.',
    '- Bills paid since are at Paylov alone: look through its list, and /debit what balances paid for.',
    '- Corrections by owners since (/credit, /debit, decisions) have to be made again.',
    ...openBillLines(facts.openBills),
    '',
    'Read "After a restore" in docs/operations.md before you start the program.',
  ];
}

function openBillLines(bills: Restored['facts']['openBills']): string[] {
  if (bills.length === 0) return [];
  return [
    '- These bills were under way. Look each up at Paylov: the start ends those before "pay" as not paid and gives',
    '  their money back, also when they were paid after the copy. Then /debit it again.',
    ...bills.map(
      (bill) => `    ${bill.id} ${bill.state} ${bill.transactionId ?? 'no transaction yet'}`,
    ),
  ];
}
