/** Choosing what to pay: saved accounts, categories, services, what a search found. */
import type { InlineKeyboardButton } from 'grammy/types';
import type { PaylovProblemCode } from '../../bills/paylov/errors.ts';
import type { Service, ServiceCategory } from '../../bills/paylov/types.ts';
import type { SharedAccount } from '../../bills/shared.ts';
import type { Tiyin } from '../../core/money.ts';
import type { Translate } from '../locales/texts.ts';
import { shortKey } from '../kit/short-key.ts';
import { clip, escapeHtml, money } from '../kit/format.ts';
import { button, menuButton, type Screen, screen } from '../kit/screen.ts';
import type { Told } from '../kit/told.ts';
import type { Paying } from './known.ts';
import { MAX_LABEL, type Asked, stepButton, backButton, noticeLines } from '../kit/step-buttons.ts';

export const LIST_SIZE = 8;

/** How many saved accounts stand on the first screen; the others are one tap further. */
const SAVED_SHOWN = 5;
export interface Page<T> {
  items: T[];
  page: number;
  pages: number;
}

/** One page of a list. A page that does not exist any more becomes the last. */
export function pageOf<T>(all: readonly T[], page: number): Page<T> {
  const pages = Math.max(1, Math.ceil(all.length / LIST_SIZE));
  const shown = Math.min(page, pages - 1);
  const from = shown * LIST_SIZE;
  return { items: all.slice(from, from + LIST_SIZE), page: shown, pages };
}

export function turnRow(told: Asked, { page, pages }: Page<unknown>): InlineKeyboardButton[] {
  if (pages === 1) return [];
  const turn = (label: string, to: number) =>
    stepButton(told, label, { action: 'page', arg: String(to) });
  return [
    ...(page > 0 ? [turn('◀️', page - 1)] : []),
    turn(`${page + 1} / ${pages}`, page),
    ...(page < pages - 1 ? [turn('▶️', page + 1)] : []),
  ];
}

interface Choice {
  told: Told<Paying>;
  services: readonly Service[];
  /** Paylov does not answer: the list is an old one. */
  stale: boolean;
  page: number;
}

/** A category's sign and name, also where Paylov names none. */
function categoryName(t: Translate, category: ServiceCategory): { icon: string; name: string } {
  const { icon, name } = t.names.category(category);
  return { icon, name: name === '' ? t('pay-category-other') : name };
}

function categoriesOf(services: readonly Service[]): ServiceCategory[] {
  const known = new Map(services.map(({ category }) => [category.id, category.name]));
  return [...known].map(([id, name]) => ({ id, name }));
}

export function homeScreen(
  t: Translate,
  { told, services, stale, page, saved }: Choice & { saved: readonly SharedAccount[] },
): Screen {
  const categories = categoriesOf(services);
  const isFlat = categories.length === 1;
  const shownSaved = page === 0 ? saved.slice(0, SAVED_SHOWN) : [];
  const list = isFlat
    ? serviceRows(t, told, services, page)
    : categoryRows(t, told, pageOf(categories, page));
  return screen(
    [
      ...noticeLines(told.notice),
      t('pay-title'),
      stale ? t('pay-stale') : null,
      '',
      t(shownSaved.length > 0 ? 'pay-hint-saved' : 'pay-hint'),
    ],
    [
      ...shownSaved.map((each) => [savedButton(t, each)]),
      [saved.length > 0 ? savedListButton(t, saved.length) : null],
      ...list,
      [billsButton(t), cardsButton(t)],
      [menuButton(t)],
    ],
  );
}

/** What the last look at a saved account found, of a service whose debts are told by their sign. */
export interface Owed {
  debtTiyin: Tiyin;
  /** Milliseconds since 1970. */
  lookedAt: number;
}

/** A saved account as a button. Somebody else's stands under the name of the home through which it is paid. */
export function savedButton(
  t: Translate,
  { id: savedId, name, serviceId, serviceName, isOwn, home }: SharedAccount,
  owed: Owed | null = null,
): InlineKeyboardButton {
  const service = t.names.service({ id: serviceId, name: serviceName });
  const words =
    isOwn || home === null ? `⭐ ${name} · ${service.name}` : `👥 ${home.name} · ${name}`;
  // A long name is cut so that what is owed is not.
  const debt = owed === null ? '' : ` · ❗ ${money(t, owed.debtTiyin)}`;
  const label = clip(words, MAX_LABEL - debt.length) + debt;
  return button(label, { kind: 'saved', action: 'pay', savedId });
}

function savedListButton(t: Translate, count: number): InlineKeyboardButton {
  return button(t('button-saved-list', { count: String(count) }), {
    kind: 'saved_list',
    offset: 0,
  });
}

export function billsButton(t: Translate): InlineKeyboardButton {
  return button(t('button-bills'), { kind: 'bills', offset: 0 });
}

function cardsButton(t: Translate): InlineKeyboardButton {
  return button(t('button-cards'), { kind: 'cards' });
}

function categoryRows(
  t: Translate,
  told: Asked,
  page: Page<ServiceCategory>,
): InlineKeyboardButton[][] {
  const rows = page.items.map((category) => {
    const { icon, name } = categoryName(t, category);
    return [
      stepButton(told, `${icon} ${name}`, { action: 'category', arg: shortKey(category.id) }),
    ];
  });
  return [...rows, turnRow(told, page)];
}

function serviceRows(
  t: Translate,
  told: Asked,
  services: readonly Service[],
  page: number,
): InlineKeyboardButton[][] {
  const shown = pageOf(services, page);
  const rows = shown.items.map((service) => {
    const { icon, name } = t.names.service(service);
    const label = `${service.available ? icon : '⏸'} ${name}`;
    return [stepButton(told, label, { action: 'service', arg: shortKey(service.id) })];
  });
  return [...rows, turnRow(told, shown)];
}

/** The services of a category. */
export function categoryScreen(t: Translate, { told, services, stale, page }: Choice): Screen {
  const { icon, name } = categoryName(t, services[0]?.category ?? { id: '', name: '' });
  return screen(
    [
      ...noticeLines(told.notice),
      t('pay-category', { icon, name: escapeHtml(name) }),
      stale ? t('pay-stale') : null,
      t('pay-hint-search'),
    ],
    [...serviceRows(t, told, services, page), [backButton(t, told), menuButton(t)]],
  );
}

/** What was found for a typed name. */
export function searchScreen(
  t: Translate,
  { told, services, stale, page, query }: Choice & { query: string },
): Screen {
  const key = services.length === 0 ? 'pay-search-none' : 'pay-search';
  return screen(
    [
      ...noticeLines(told.notice),
      t(key, { query: escapeHtml(clip(query, 60)) }),
      stale ? t('pay-stale') : null,
    ],
    [...serviceRows(t, told, services, page), [backButton(t, told), menuButton(t)]],
  );
}

/** Nothing can be chosen because Paylov does not answer. `again`: what the button for another try does. */
export function payProblemScreen(
  t: Translate,
  code: PaylovProblemCode,
  { again = 'pay' }: { again?: 'pay' | 'pay_continue' } = {},
): Screen {
  return screen(
    [t(`bill-problem-${code}`)],
    [
      [
        button(t(again === 'pay' ? 'button-pay-again' : 'button-continue'), { kind: again }),
        menuButton(t),
      ],
    ],
  );
}

export function startAgainScreen(t: Translate, text: string): Screen {
  return screen([text], [[button(t('button-pay-again'), { kind: 'pay' }), menuButton(t)]]);
}
