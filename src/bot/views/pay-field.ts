/** One question of a service's form. */
import type { InlineKeyboardButton } from 'grammy/types';
import type { Account, Detail, Field, FieldOption } from '../../bills/paylov/types.ts';
import type { Translate } from '../locales/texts.ts';
import { answerLines, type BadAnswer, offered } from '../pay/answers.ts';
import type { Draft, FieldStep } from '../pay/draft.ts';
import { matches, shortKey } from '../pay/search.ts';
import { clip, escapeHtml } from './format.ts';
import {
  backButton,
  type Notice,
  noticeLines,
  type Page,
  pageOf,
  stepButton,
  stopButton,
  turnRow,
} from './pay.ts';
import { type Screen, screen } from './screen.ts';

const MAX_SHOWN = 80;

/** Room for all answers on one screen, of the 4096 characters that Telegram takes. */
const ROOM = 2000;
/** While questions are asked, what was answered last is enough. */
const LAST_ANSWERS = 8;

export interface Question {
  draft: Draft;
  step: FieldStep;
  serviceName: string;
  fields: readonly Field[];
  notice?: Notice;
}

/** The technical names that every service has; whatever else comes keeps the title Paylov gives it. */
export const KNOWN_NAMES = [
  'fio',
  'address',
  'saldo',
  'last_paid',
  'last_paid_date',
  'region',
  'soato',
  'customer_code',
  'pokcob',
  'dateob',
  'tariff_price',
  'kwn',
  'time',
] as const;

/** In the user's language where the name is known; as HTML. */
export function fieldLabel(
  t: Translate,
  { name, title }: { name: string; title: string },
  maxLength = MAX_SHOWN,
): string {
  const known = KNOWN_NAMES.find((each) => each === name);
  if (known !== undefined) return t(`bill-info-${known}`);
  return escapeHtml(clip(title.trim() === '' ? name : title, maxLength));
}

/** What was chosen so far; as HTML. */
export function accountLines(t: Translate, fields: readonly Field[], account: Account): string[] {
  return labelledLines(t, answerLines(fields, account));
}

/** Answers under their labels; as HTML. The more there are, the shorter each: all of them fit on one screen. */
export function labelledLines(t: Translate, answers: readonly Detail[]): string[] {
  const share = Math.floor(ROOM / Math.max(1, answers.length) / 2);
  const maxLength = Math.min(MAX_SHOWN, Math.max(4, share));
  return answers.map(({ name, title, value }) => {
    const label = fieldLabel(t, { name, title }, maxLength);
    return t('pay-line', { label, value: escapeHtml(clip(value, maxLength)) });
  });
}

export function fieldScreen(t: Translate, question: Question): Screen {
  const { draft, step, fields, serviceName, notice } = question;
  const field = fields[step.index];
  if (!field) throw new RangeError(`the form has no field ${step.index}`);
  const before = fields.slice(0, step.index);
  const isSelect = field.type === 'select';
  const options = isSelect ? optionPage(field, draft.account, step) : null;
  return screen(
    [
      ...noticeLines(notice),
      t('pay-service', { name: escapeHtml(serviceName) }),
      ...labelledLines(t, answerLines(before, draft.account).slice(-LAST_ANSWERS)),
      '',
      t(isSelect ? 'pay-choose' : 'pay-enter', { label: fieldLabel(t, field) }),
      hint(t, field, step, options),
    ],
    [
      ...(options?.items ?? []).map((option) => [optionButton(draft, field, option)]),
      options ? turnRow(draft, options) : [],
      ...extraRows(t, draft, field),
      [backButton(t, draft), stopButton(t, draft)],
    ],
  );
}

function optionPage(field: Field, account: Account, step: FieldStep): Page<FieldOption> {
  const all = offered(field, account);
  const { query } = step;
  const found = query === '' ? all : all.filter(({ title }) => matches(title, query));
  return pageOf(found, step.page);
}

function optionButton(draft: Draft, field: Field, option: FieldOption): InlineKeyboardButton {
  const mark = draft.account[field.name] === option.value ? '✓ ' : '';
  return stepButton(draft, mark + option.title, {
    action: 'option',
    arg: shortKey(option.value),
  });
}

function hint(
  t: Translate,
  field: Field,
  step: FieldStep,
  options: Page<FieldOption> | null,
): string | null {
  if (options) {
    if (step.query !== '') {
      const key = options.items.length === 0 ? 'pay-search-none' : 'pay-search';
      return t(key, { query: escapeHtml(clip(step.query, 60)) });
    }
    if (options.items.length === 0) return t('pay-no-options');
    return options.pages > 1 ? t('pay-hint-options') : null;
  }
  if (field.content === 'number') return t('pay-hint-digits');
  return null;
}

/** Keeping what was answered before, skipping, seeing all again after a search. */
function extraRows(t: Translate, draft: Draft, field: Field): InlineKeyboardButton[][] {
  const value = draft.account[field.name];
  const option = field.options.find((each) => each.value === value);
  const query = draft.step.name === 'field' ? draft.step.query : '';
  return [
    query === '' ? [] : [stepButton(draft, t('button-show-all'), { action: 'page', arg: 'all' })],
    value === undefined
      ? []
      : [
          stepButton(draft, t('button-keep', { value: clip(option?.title ?? value, 30) }), {
            action: 'keep',
          }),
        ],
    field.required ? [] : [stepButton(draft, t('button-skip'), { action: 'skip' })],
  ];
}

/** Why an answer was not taken. */
export function badAnswerNotice(t: Translate, why: BadAnswer, maxLength: number): string {
  return t(`pay-bad-${why}`, why === 'length' ? { max: String(maxLength) } : {});
}
