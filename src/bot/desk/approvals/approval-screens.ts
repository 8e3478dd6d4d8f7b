/** What the staff decides about money: the question, the message to the second person, what became of it. */
import type { InlineKeyboardButton } from 'grammy/types';
import type { Tiyin } from '../../../core/money.ts';
import type { UserRow } from '../../../users/users.ts';
import type { Approval } from '../../../staff/approval.ts';
import { type Alone, DECISION_TRAITS, type ApprovalKind } from '../../../staff/approval-rules.ts';
import { anId, orNone, short } from '../../kit/tap-fields.ts';
import { deskButton, deskTap } from '../kit/feature.ts';
import type { Translate } from '../../locales/texts.ts';
import { clip, escapeHtml, money, personName, plainName, shortDateTime } from '../../kit/format.ts';
import { type Screen, screen } from '../../kit/screen.ts';
import { termOf } from '../../../staff/term-changes.ts';
import { termTitle, termValue } from '../kit/term-words.ts';
import type { SuspenseItem } from '../../../topups/suspense.ts';
import type { Topup } from '../../../topups/topup.ts';
import { alikeLines, foundLines, type Hand, handLines } from '../kit/by-hand-screens.ts';
import { type Twin, twinWarnings } from '../kit/twins-screens.ts';

export const DECISION_AREA = 'decide';

export const AGREE = deskTap(DECISION_AREA, 'agree', { id: anId, seenTiyin: orNone(short) });

const MAX_REASON_LENGTH = 300;

const WHAT = {
  credit: 'owner-money-credit',
  debit: 'owner-money-debit',
  approve: 'decision-approve',
  review_credit: 'decision-review-credit',
  suspense_credit: 'decision-suspense-credit',
  bill_refund: 'decision-bill-refund',
  bill_paid: 'decision-bill-paid',
  bill_unpaid: 'decision-bill-unpaid',
  taken_back: 'taken-back-decision',
} as const satisfies Record<Exclude<ApprovalKind, 'term'>, string>;

/** The text that names what an approval is about, for those that are about more than a person. */
const ABOUT: Readonly<Partial<Record<ApprovalKind, string>>> = {
  approve: 'decision-about-order',
  review_credit: 'decision-about-order',
  taken_back: 'decision-about-order',
  suspense_credit: 'decision-about-suspense',
  bill_refund: 'decision-about-bill',
  bill_paid: 'decision-about-bill',
  bill_unpaid: 'decision-about-bill',
};

function aboutLine(t: Translate, { kind, subject }: Approval): string | null {
  if (subject === null) return null;
  const key = ABOUT[kind];
  const id = escapeHtml(clip(subject, 64));
  return key === undefined ? `<code>${id}</code>` : t(key, { id });
}

/** `➕ Credit: 50 000 so'm`, with Telegram's HTML. */
export function approvalTitle(t: Translate, row: Approval): string {
  if (row.kind !== 'term') return t(WHAT[row.kind], { sum: money(t, row.amountTiyin) });
  const change = termOf(row);
  if (!change) return escapeHtml(row.subject ?? '—');
  const { name, from, to } = change;
  return t('decision-term', {
    what: termTitle(t, name),
    from: termValue(t, name, from),
    to: termValue(t, name, to),
  });
}

export interface ApprovalView {
  row: Approval;
  /** Null for somebody who was never stored. */
  user: UserRow | null;
  asker: UserRow | null;
  second: UserRow | null;
  /** Orders that the same transfer may have paid, where the approval credits one. */
  twins?: readonly Twin[];
  /** What was credited by hand and may be the money of the order it credits. */
  hands?: readonly Hand[];
  /** Orders that the money may be for, where it is credited by hand. */
  alike?: readonly Topup[];
  /** What else was written down by hand and may be the same money. */
  found?: readonly SuspenseItem[];
  /** What the user had before; null when that is not known any more. */
  beforeTiyin: Tiyin | null;
  /** The same approval that was carried out a moment ago, and who asked for it. */
  same: { row: Approval; asker: UserRow | null } | null;
  /** What whoever asked decided alone within a day, where that was for several people. */
  alone?: Alone | null;
}

interface QuestionNotes {
  /** The question was asked before, when the balance was another. */
  changed?: boolean;
  /** Another owner will have to agree. */
  second: boolean;
  /** It is the asker's own balance. */
  own: boolean;
}

/** To who asked: confirm or call off. */
export function approvalQuestion(
  t: Translate,
  view: ApprovalView,
  { second, own, changed = false }: QuestionNotes,
): Screen {
  return screen(
    [
      ...facts(t, view),
      '',
      ...warnings(t, view, changed),
      own ? t('decision-own') : null,
      second ? t('decision-needs-second') : null,
      t('owner-money-sure'),
    ],
    [[tapButton(t('button-confirm'), 'confirm', view), tapButton(t('button-drop'), 'drop', view)]],
  );
}

/** To another owner: agree or refuse. */
export function secondQuestion(t: Translate, view: ApprovalView, { changed = false } = {}): Screen {
  return screen(
    [
      t('decision-second-title'),
      '',
      ...facts(t, view),
      askedBy(t, view),
      aloneLine(t, view),
      '',
      ...warnings(t, view, changed),
      t('decision-check'),
    ],
    [[agreeButton(t, view), tapButton(t('button-decision-refuse'), 'refuse', view)]],
  );
}

/** How the approval stands now, with `rows` of buttons that lead on. */
export function approvalScreen(
  t: Translate,
  view: ApprovalView,
  rows: readonly InlineKeyboardButton[][] = [],
): Screen {
  return screen(
    [...facts(t, view), askedBy(t, view), secondBy(t, view), '', stateOf(t, view.row)],
    rows,
  );
}

export function approvalList(
  t: Translate,
  views: readonly ApprovalView[],
  rows: readonly InlineKeyboardButton[][],
): Screen {
  return screen(
    [t(views.length === 0 ? 'decision-list-none' : 'decision-list-title')],
    [...views.map((view) => [listButton(t, view)]), ...rows],
  );
}

export function withdrawButton(t: Translate, view: ApprovalView): InlineKeyboardButton {
  return tapButton(t('button-decision-withdraw'), 'drop', view);
}

function listButton(t: Translate, { row, user }: ApprovalView): InlineKeyboardButton {
  const sign = { '1': '➕', '0': '📌', '-1': '➖' }[DECISION_TRAITS[row.kind].effect];
  const name = (user && plainName(user)) || String(row.userId);
  const what = row.kind === 'term' ? t('settings-menu') : `${sign} ${money(t, row.amountTiyin)}`;
  const label = `${what} · ${clip(name, 20)} · ${shortDateTime(row.createdAt)}`;
  return deskButton(label, { area: DECISION_AREA, action: 'show', arg: row.id });
}

function facts(
  t: Translate,
  { row, user, twins = [], hands = [], alike = [], found = [], beforeTiyin }: ApprovalView,
): (string | null)[] {
  // Its title says all.
  if (row.kind === 'term') return [approvalTitle(t, row)];
  const { effect } = DECISION_TRAITS[row.kind];
  const after = (beforeTiyin ?? 0) + effect * row.amountTiyin;
  return [
    approvalTitle(t, row),
    aboutLine(t, row),
    t('owner-money-user', { name: user ? personName(user) : '—', id: String(row.userId) }),
    t('owner-money-reason', { reason: escapeHtml(clip(row.reason, MAX_REASON_LENGTH)) }),
    beforeTiyin === null || effect === 0
      ? null
      : t('owner-money-figures', { before: money(t, beforeTiyin), after: money(t, after) }),
    ...twinWarnings(t, twins),
    ...handLines(t, hands),
    ...alikeLines(t, alike, row),
    ...foundLines(t, found),
  ];
}

function askedBy(t: Translate, { row, asker }: ApprovalView): string {
  const name = asker ? personName(asker) : String(row.ownerId);
  return t('decision-asked-by', { name, at: shortDateTime(row.createdAt) });
}

function aloneLine(t: Translate, { alone = null }: ApprovalView): string | null {
  if (alone === null) return null;
  return t('decision-alone', { sum: money(t, alone.tiyin), people: String(alone.people) });
}

function secondBy(t: Translate, { row, second }: ApprovalView): string | null {
  if (row.secondId === null) return null;
  const name = second ? personName(second) : String(row.secondId);
  return t(row.state === 'done' ? 'decision-agreed-by' : 'decision-refused-by', { name });
}

function stateOf(t: Translate, { state, secondId }: Approval): string {
  if (state === 'dropped' && secondId !== null) return t('decision-refused');
  const keys = {
    asked: 'owner-money-sure',
    pending: 'decision-pending',
    done: 'owner-money-done',
    dropped: 'owner-money-dropped',
    expired: 'decision-expired',
  } as const;
  return t(keys[state]);
}

/** Warnings that must be seen before anything is agreed to. */
function warnings(t: Translate, { same }: ApprovalView, changed: boolean): (string | null)[] {
  const name = same?.asker ? personName(same.asker) : String(same?.row.ownerId);
  return [
    changed ? t('decision-changed') : null,
    same && t('decision-same', { name, at: shortDateTime(same.row.endedAt ?? 0) }),
  ];
}

/** The button carries the balance that it was shown with: an owner agrees to that one. */
function agreeButton(t: Translate, { row, beforeTiyin }: ApprovalView): InlineKeyboardButton {
  return AGREE.button(t('button-decision-agree'), { id: row.id, seenTiyin: beforeTiyin });
}

function tapButton(
  text: string,
  action: 'confirm' | 'drop' | 'refuse',
  { row }: ApprovalView,
): InlineKeyboardButton {
  return deskButton(text, { area: DECISION_AREA, action, arg: row.id });
}

/** What is on the balance, with what was wanted. */
export function debitRefused(
  t: Translate,
  figures: { availableTiyin: Tiyin; amountTiyin: Tiyin },
): Screen {
  return screen([
    t('owner-money-too-much', {
      available: money(t, figures.availableTiyin),
      sum: money(t, figures.amountTiyin),
    }),
  ]);
}
