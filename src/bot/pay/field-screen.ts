/** One question of a service's form. */
import type { InlineKeyboardButton } from 'grammy/types';
import type { Account, Field, FieldOption, Service } from '../../bills/paylov/types.ts';
import type { Translate } from '../locales/texts.ts';
import { answerLines, type BadAnswer, offered } from './answers.ts';
import { shortKey } from '../kit/short-key.ts';
import { clip, escapeHtml } from '../kit/format.ts';
import { type Page, pageOf, startAgainScreen, turnRow } from './choice-screens.ts';
import { backButton, noticeLines, stepButton, stopButton } from '../kit/step-buttons.ts';
import { type Screen, screen } from '../kit/screen.ts';
import type { Told } from '../kit/told.ts';
import type { AskedField, Paying } from './known.ts';
import { usualFirst } from './usual.ts';
import { fieldLabel, labelledLines, serviceLine } from '../kit/bill-facts.ts';

/** How many answers are shown while questions are asked: the last ones are enough. */
const LAST_ANSWERS = 8;

interface Question {
  told: Told<Paying>;
  service: Service;
  fields: readonly Field[];
  /** What they chose the last time. */
  usual: FieldOption | null;
}

/** The answers that were given so far; as HTML. */
export function accountLines(t: Translate, fields: readonly Field[], account: Account): string[] {
  return labelledLines(t, answerLines(fields, account));
}

export function fieldScreen(t: Translate, question: Question): Screen {
  const { told, fields, service, usual } = question;
  const { account, field: asked } = told.known;
  const field = asked && fields[asked.index];
  // The form has become shorter: whatever is tapped or typed leads to its last question.
  if (!field) return startAgainScreen(t, t('pay-form-changed'));
  const before = fields.slice(0, asked.index);
  const isSelect = field.type === 'select';
  const options = isSelect
    ? optionPage(t, usualFirst(offered(field, account), usual), asked)
    : null;
  return screen(
    [
      ...noticeLines(told.notice),
      serviceLine(t, service),
      ...labelledLines(t, answerLines(before, account).slice(-LAST_ANSWERS)),
      '',
      t(isSelect ? 'pay-choose' : 'pay-enter', { label: fieldLabel(t, field) }),
      hint(t, field, asked, options),
    ],
    [
      ...(options?.items ?? []).map((option) => [optionButton(t, question, { field, option })]),
      options ? turnRow(told, options) : [],
      ...extraRows(t, told, field),
      [backButton(t, told), stopButton(t, told)],
    ],
  );
}

function optionPage(
  t: Translate,
  all: readonly FieldOption[],
  { query, page }: AskedField,
): Page<FieldOption> {
  return pageOf(query === '' ? all : t.names.foundOptions(all, query), page);
}

function optionButton(
  t: Translate,
  { told, usual }: Question,
  { field, option }: { field: Field; option: FieldOption },
): InlineKeyboardButton {
  const isChosen = told.known.account[field.name] === option.value;
  const mark = isChosen ? '✓ ' : option.value === usual?.value ? '🕘 ' : '';
  return stepButton(told, mark + t.names.option(option.title), {
    action: 'option',
    arg: shortKey(option.value),
  });
}

function hint(
  t: Translate,
  field: Field,
  asked: AskedField,
  options: Page<FieldOption> | null,
): string | null {
  if (options) {
    if (asked.query !== '') {
      const key = options.items.length === 0 ? 'pay-search-none' : 'pay-search';
      return t(key, { query: escapeHtml(clip(asked.query, 60)) });
    }
    if (options.items.length === 0) return t('pay-no-options');
    return options.pages > 1 ? t('pay-hint-options') : null;
  }
  if (field.content === 'number') return t('pay-hint-digits');
  return null;
}

/** Buttons to keep what was answered before, to skip, and to see all again after a search. */
function extraRows(t: Translate, told: Told<Paying>, field: Field): InlineKeyboardButton[][] {
  const { known } = told;
  const value = known.account[field.name];
  const option = field.options.find((each) => each.value === value);
  const answer = option ? t.names.option(option.title) : (value ?? '');
  const query = known.field?.query ?? '';
  return [
    query === '' ? [] : [stepButton(told, t('button-show-all'), { action: 'page', arg: 'all' })],
    value === undefined
      ? []
      : [stepButton(told, t('button-keep', { value: clip(answer, 30) }), { action: 'keep' })],
    field.required ? [] : [stepButton(told, t('button-skip'), { action: 'skip' })],
  ];
}

/** Why an answer was not taken. */
export function badAnswerNotice(t: Translate, why: BadAnswer, maxLength: number): string {
  return t(`pay-bad-${why}`, why === 'length' ? { max: String(maxLength) } : {});
}
