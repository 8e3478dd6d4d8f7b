/** What Paylov answered instead of what it was asked, for the staff: the payers' words for it say what to try again. */
import { PAYLOV_PROBLEMS, type PaylovProblem } from '../../../bills/paylov/errors.ts';
import { clip, escapeHtml } from '../../kit/format.ts';
import type { Translate } from '../../locales/texts.ts';

const MAX_DETAIL = 200;

/** HTML. Its code is told where words of ours add nothing: Paylov's support knows it by that. */
export function paylovProblemWords(
  t: Translate,
  { code, detail = '' }: Pick<PaylovProblem, 'code' | 'detail'>,
): string {
  const words = wordsOf(t, code);
  return detail === '' ? words : `${words} <i>${escapeHtml(clip(detail, MAX_DETAIL))}</i>`;
}

function wordsOf(t: Translate, code: PaylovProblem['code']): string {
  if (code === 'timeout' || code === 'network') return t('paylov-said-nothing');
  if (code === 'bad_answer') return t('paylov-said-unreadable');
  const words = PAYLOV_PROBLEMS[code].operatorMustAct
    ? t(`alarm-paylov-${code}`)
    : t('paylov-said-error');
  return `${words} <code>${code}</code>`;
}
