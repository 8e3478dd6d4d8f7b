/** What is written down of orders and bills in words of the program, said in the reader's. */
import { PAYLOV_PROBLEMS } from '../../../bills/paylov/errors.ts';
import { OWN_REASONS } from '../../../bills/states.ts';
import { PROBLEMS } from '../../../topups/provider.ts';
import { clip, dateTime, escapeHtml, money } from '../../kit/format.ts';
import type { Translate } from '../../locales/texts.ts';

/** One step of an order's or a bill's history. */
export interface Step {
  /** Milliseconds since 1970. */
  at: number;
  toState: string;
  cause: string;
  note: string | null;
  transactionId?: string | null;
}

/** Names by Telegram id, as HTML. */
export type StaffNames = ReadonlyMap<number, string>;

const MAX_NOTE = 200;

const ORDER_STATES = {
  creating: 'state-creating',
  waiting: 'state-waiting',
  paid: 'state-paid',
  expired: 'state-expired',
  cancelled: 'state-cancelled',
  failed: 'state-failed',
  review: 'state-review',
  refused: 'state-refused',
  unreadable_payment: 'step-unreadable_payment',
  unknown_word: 'step-unknown_word',
  called_paid: 'step-called_paid',
} as const;

const BILL_STATES = {
  held: 'step-bill-held',
  created: 'step-bill-created',
  drafting: 'step-bill-drafting',
  awaiting_code: 'step-bill-awaiting_code',
  paying: 'step-bill-paying',
  unknown: 'step-bill-unknown',
  stuck: 'step-bill-stuck',
  paid: 'step-bill-paid',
  failed: 'step-bill-failed',
  refunded: 'step-bill-refunded',
} as const;

const CAUSES = {
  user: 'cause-user',
  button: 'cause-user',
  poll: 'cause-poll',
  webhook: 'cause-webhook',
  system: 'cause-system',
} as const;

/** A word that a later version wrote down has no text here, and is shown as it stands. */
function said(t: Translate, keys: Readonly<Record<string, string>>, word: string): string {
  const key = Object.hasOwn(keys, word) ? keys[word] : undefined;
  return key === undefined ? escapeHtml(word) : t(key);
}

export type Subject = 'order' | 'bill';

export function stateWords(t: Translate, subject: Subject, state: string): string {
  return said(t, subject === 'order' ? ORDER_STATES : BILL_STATES, state);
}

/** The Telegram id in a cause: `owner:7` and `staff:7` are people. */
export function staffOf(cause: string): number | null {
  const id = /^(?:owner|staff):(\d+)$/.exec(cause)?.[1];
  return id === undefined ? null : Number(id);
}

function causeWords(t: Translate, cause: string, names: StaffNames): string {
  const staffId = staffOf(cause);
  if (staffId === null) return said(t, CAUSES, cause);
  return `👤 ${names.get(staffId) ?? `<code>${staffId}</code>`}`;
}

/** Why an order or a bill came to nothing, or what troubles it: for the staff. HTML. */
export function reasonWords(t: Translate, subject: Subject, code: string): string {
  if (subject === 'order' && Object.hasOwn(PROBLEMS, code)) return t(`alarm-problem-${code}`);
  if (subject === 'order') return said(t, ORDER_REASONS, code);
  if (Object.hasOwn(PAYLOV_PROBLEMS, code)) return t(`bill-problem-${code}`);
  return OWN_REASONS.some((each) => each === code) ? t(`step-reason-${code}`) : escapeHtml(code);
}

const ORDER_REASONS = {
  interrupted: 'step-order-interrupted',
  busy: 'step-order-busy',
} as const;

const NOTES: Readonly<Record<string, string>> = {
  'reported as paid, which the status call does not confirm': 'note-not-confirmed',
  'paid again, after it was debited': 'note-paid-again',
  'left as it is, although Paylov cancelled it': 'note-left',
  'paid at Paylov again': 'note-bill-paid-again',
};

function noteWords(t: Translate, subject: Subject, note: string): string {
  const tiyin = /^paid (\d{1,15}) tiyin$/.exec(note)?.[1];
  if (tiyin !== undefined) return t('note-paid', { sum: money(t, Number(tiyin)) });
  const twin = /^the same sum as (\w+) on the same card$/.exec(note)?.[1];
  if (twin !== undefined) return t('note-twin', { id: twin });
  const hand = /^credited by hand as ([\w-]+)$/.exec(note)?.[1];
  if (hand !== undefined) return t('note-by-hand', { id: hand });
  const same = /^the same money as ([\w-]+(?:, [\w-]+)*)$/.exec(note)?.[1];
  if (same !== undefined) return t('note-same', { id: same });
  const payment = /^payment (\d{1,20})$/.exec(note)?.[1];
  if (payment !== undefined) return t('note-payment', { id: payment });
  if (Object.hasOwn(NOTES, note)) return said(t, NOTES, note);
  // A code, and what the payment system said beside it.
  const [, code = '', rest = ''] = /^([a-z_]+)(?:: ?(.*))?$/su.exec(note) ?? [];
  const known = reasonWords(t, subject, code);
  if (code === '' || known === code) return escapeHtml(clip(note, MAX_NOTE));
  return rest === '' ? known : `${known} (${escapeHtml(clip(rest, MAX_NOTE))})`;
}

/** `05.01.2026 12:00 · paid · asked again — 50 000 so'm came`, with Telegram's HTML. */
export function stepLine(
  t: Translate,
  { subject, names }: { subject: Subject; names: StaffNames },
  { at, toState, cause, note, transactionId = null }: Step,
): string {
  const line = t('owner-order-history-line', {
    date: dateTime(at),
    to: stateWords(t, subject, toState),
    cause: causeWords(t, cause, names),
  });
  const transaction =
    transactionId === null ? null : `<code>${escapeHtml(clip(transactionId, 64))}</code>`;
  const told = [transaction, note === null ? null : noteWords(t, subject, note)];
  const shown = told.filter((part) => part !== null);
  return shown.length === 0 ? line : `${line} — ${shown.join(' · ')}`;
}
