/** How what owners change live is named and written for the staff. */
import { parseProviderSum } from '../../../core/money.ts';
import { NAMED_WAYS } from '../../../core/payment-systems.ts';
import type { TermName } from '../../../settings/terms.ts';
import { escapeHtml, money } from '../../kit/format.ts';
import { WAY_TITLES } from '../../kit/way-title.ts';
import type { Translate } from '../../locales/texts.ts';

const TITLES = {
  TOPUP_MIN: 'term-smallest',
  TOPUP_MAX: 'term-largest',
  TOPUP_PRESETS: 'term-offered',
  BILL_FEE_PERCENT: 'term-fee',
  TOPUP_ORDER: 'term-ways',
  SUPPORT_CONTACT: 'term-contact',
  QUIET_HOURS: 'term-quiet',
} as const satisfies Record<TermName, string>;

export function termTitle(t: Translate, name: TermName): string {
  return t(TITLES[name]);
}

/** A value that is kept in the words of the environment, as people write it; escaped. Null: as in the environment. */
export function termValue(t: Translate, name: TermName, text: string | null): string {
  if (text === null) return t('term-as-first');
  if (text === '') return name === 'SUPPORT_CONTACT' ? t('term-contact-here') : '—';
  if (name === 'SUPPORT_CONTACT') return escapeHtml(text);
  if (name === 'QUIET_HOURS') return hoursText(text);
  if (name === 'BILL_FEE_PERCENT') return `${escapeHtml(text)} %`;
  const parts = text.split(',');
  if (name === 'TOPUP_ORDER') return parts.map(wayTitle).join(' · ');
  return parts.map((each) => sumText(t, each)).join(' · ');
}

/** `21-9` as `21:00–09:00`. */
function hoursText(text: string): string {
  return text
    .split('-')
    .map((hour) => `${escapeHtml(hour).padStart(2, '0')}:00`)
    .join('–');
}

function sumText(t: Translate, text: string): string {
  const amountTiyin = parseProviderSum(text);
  return amountTiyin === null ? escapeHtml(text) : money(t, amountTiyin);
}

function wayTitle(text: string): string {
  const way = NAMED_WAYS.find((each) => each === text);
  return way === undefined ? escapeHtml(text) : WAY_TITLES[way];
}
