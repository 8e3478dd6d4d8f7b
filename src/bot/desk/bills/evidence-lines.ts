/** What is known of a bill that an owner decides on, in the reader's words. The raw answers have a button of their own. */
import type { Evidence } from '../../../bills/states.ts';
import type { PaylovTransaction, StatusOutcome } from '../../../bills/paylov/types.ts';
import { clip, dateTime, escapeHtml, money } from '../../kit/format.ts';
import type { Translate } from '../../locales/texts.ts';
import { paylovProblemWords } from '../kit/paylov-words.ts';

/** The message has the bill and its steps beside it: what is not listed here is among the raw answers. */
const MAX_LISTED = 5;

/** HTML. */
export function evidenceLines(t: Translate, evidence: Evidence): string[] {
  const { status, checks, listed, complete } = evidence;
  return [
    t('bill-owner-evidence'),
    `• ${t('evidence-checks', { count: String(checks) })}`,
    `• ${t('evidence-answer', { answer: answerWords(t, status) })}`,
    ...('problem' in listed
      ? [`• ${t('evidence-list-none', { why: paylovProblemWords(t, { code: listed.problem }) })}`]
      : listLines(t, listed, complete)),
  ];
}

function answerWords(t: Translate, status: StatusOutcome): string {
  if (status.kind === 'problem') return paylovProblemWords(t, status);
  if (status.status !== 'paid') return t(`evidence-answer-${status.status}`);
  const { amountTiyin, paidAt } = status;
  const paid =
    amountTiyin === null
      ? t('evidence-answer-paid-unreadable')
      : t('evidence-answer-paid', { sum: money(t, amountTiyin) });
  return paidAt === undefined ? paid : `${paid}, ${dateTime(paidAt)}`;
}

function listLines(
  t: Translate,
  listed: readonly PaylovTransaction[],
  complete: boolean,
): string[] {
  const rest = listed.length - MAX_LISTED;
  return [
    `• ${t(listed.length === 0 ? 'evidence-list-empty' : 'evidence-list')}`,
    ...listed.slice(0, MAX_LISTED).map((each) => `   ${transactionWords(t, each)}`),
    ...(rest > 0 ? [`   ${t('evidence-list-more', { count: String(rest) })}`] : []),
    ...(complete ? [] : [`⚠️ ${t('evidence-list-short')}`]),
  ];
}

function transactionWords(
  t: Translate,
  { id, amountTiyin, paidAt, cardMask }: PaylovTransaction,
): string {
  return [
    `<code>${escapeHtml(clip(id, 64))}</code>`,
    money(t, amountTiyin),
    ...(paidAt === undefined ? [] : [dateTime(paidAt)]),
    ...(cardMask === undefined ? [] : [escapeHtml(clip(cardMask, 24))]),
  ].join(' · ');
}
