/** How what owners change live is named and written for the staff. */
import { parseProviderSum } from '../../../core/money.ts';
import { NAMED_WAYS, type NamedWay } from '../../../core/payment-systems.ts';
import type { TermName } from '../../../settings/terms.ts';
import { escapeHtml, money, PROVIDER_TITLES } from '../../kit/format.ts';
import type { Translate } from '../../locales/texts.ts';

const TITLES = {
  TOPUP_MIN: 'term-smallest',
  TOPUP_MAX: 'term-largest',
  TOPUP_PRESETS: 'term-offered',
  BILL_FEE_PERCENT: 'term-fee',
  TOPUP_ORDER: 'term-ways',
} as const satisfies Record<TermName, string>;

export function termTitle(t: Translate, name: TermName): string {
  return t(TITLES[name]);
}

/** A value that is kept in the words of the environment, as people write it; escaped. Null: as in the environment. */
export function termValue(t: Translate, name: TermName, text: string | null): string {
  if (text === null) return t('term-as-first');
  if (text === '') return '—';
  if (name === 'BILL_FEE_PERCENT') return `${escapeHtml(text)} %`;
  const parts = text.split(',');
  if (name === 'TOPUP_ORDER') return parts.map(wayTitle).join(' · ');
  return parts.map((each) => sumText(t, each)).join(' · ');
}

function sumText(t: Translate, text: string): string {
  const amountTiyin = parseProviderSum(text);
  return amountTiyin === null ? escapeHtml(text) : money(t, amountTiyin);
}

export const WAY_TITLES: Readonly<Record<NamedWay, string>> = {
  ...PROVIDER_TITLES,
  click: 'Click',
  payme: 'Payme',
};

function wayTitle(text: string): string {
  const way = NAMED_WAYS.find((each) => each === text);
  return way === undefined ? escapeHtml(text) : WAY_TITLES[way];
}
