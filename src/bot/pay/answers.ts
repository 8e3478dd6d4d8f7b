/** The user's answers to a service's questions. Pure. */
import { phoneSpellings } from '../../core/phone.ts';
import type { Account, Detail, Field, FieldOption } from '../../bills/paylov/types.ts';

/** No account has a longer name, and patterns get no more than this to read. */
const MAX_ANSWER = 200;

export type BadAnswer = 'digits' | 'length' | 'pattern' | 'empty';

type CheckedAnswer =
  { kind: 'fine'; value: string } | { kind: 'bad'; why: BadAnswer; maxLength: number };

/** What can be chosen now: without a filter, or with the parent's chosen value as filter. */
export function offered(field: Field, account: Account): FieldOption[] {
  const { parent, options } = field;
  if (parent === null) return options;
  return options.filter(({ filter }) => filter === null || filter === account[parent]);
}

/** True when there is nothing to choose from and nothing has to be chosen. */
function isMoot(field: Field, account: Account): boolean {
  return field.type === 'select' && !field.required && offered(field, account).length === 0;
}

/** The next question from `from` on; null when all are answered. */
export function nextField(fields: readonly Field[], account: Account, from: number): number | null {
  const found = fields.findIndex((field, index) => index >= from && !isMoot(field, account));
  return found === -1 ? null : found;
}

/** The question before `before`; null when that was the first. */
export function previousField(
  fields: readonly Field[],
  account: Account,
  before: number,
): number | null {
  const found = fields.findLastIndex((field, index) => index < before && !isMoot(field, account));
  return found === -1 ? null : found;
}

/** The answers with one of them changed, and without those that depended on it; null is "skipped". */
export function withAnswer(
  fields: readonly Field[],
  account: Account,
  answer: { name: string; value: string | null },
): Account {
  const { name, value } = answer;
  if (account[name] === (value ?? undefined)) return account;
  const dropped = new Set([name]);
  // Parents come before their children.
  for (const field of fields)
    if (field.parent !== null && dropped.has(field.parent)) dropped.add(field.name);
  const kept = Object.entries(account).filter(([key]) => !dropped.has(key));
  return Object.fromEntries(value === null ? kept : [...kept, [name, value]]);
}

/** Names of fields that ask for a phone number. */
const PHONE_NAME = /phone|msisdn|telefon|mobil|телефон|мобил/i;

/**
 * The value as typed, leading zeros and all; a phone number in the spelling that the field takes, with its country code
 * or without.
 */
export function checkAnswer(field: Field, text: string): CheckedAnswer {
  const typed = checkSpelling(field, text);
  if (typed.kind === 'fine') return typed;
  const isPhone = text.trim().startsWith('+') || PHONE_NAME.test(`${field.name} ${field.title}`);
  const others = isPhone ? phoneSpellings(text) : [];
  const checked = others.map((each) => checkSpelling(field, each));
  return checked.find(({ kind }) => kind === 'fine') ?? typed;
}

function checkSpelling(field: Field, text: string): CheckedAnswer {
  const isNumber = field.content === 'number';
  // People copy numbers in groups; blanks are no part of them.
  const value = isNumber ? text.replaceAll(/\s/g, '') : text.trim();
  const maxLength = Math.min(field.maxLength ?? MAX_ANSWER, MAX_ANSWER);
  const bad = (why: BadAnswer): CheckedAnswer => ({ kind: 'bad', why, maxLength });
  if (value === '') return bad('empty');
  if (isNumber && !/^\d+$/.test(value)) return bad('digits');
  if (value.length > maxLength) return bad('length');
  if (field.pattern !== undefined && !new RegExp(`^(?:${field.pattern})$`).test(value)) {
    return bad('pattern');
  }
  return { kind: 'fine', value };
}

/**
 * The first question whose answer is missing or does not fit the form as it is now; null when the account is
 * complete. For accounts that come from elsewhere.
 */
export function firstUnfit(fields: readonly Field[], account: Account): number | null {
  const found = fields.findIndex((field) => {
    const value = account[field.name];
    if (value === undefined) return field.required;
    if (field.type === 'text') return checkSpelling(field, value).kind === 'bad';
    return !offered(field, account).some((option) => option.value === value);
  });
  return found === -1 ? null : found;
}

/** The answers as people know them: titles of what was chosen. */
export function answerLines(fields: readonly Field[], account: Account): Detail[] {
  return fields.flatMap((field) => {
    const value = account[field.name];
    if (value === undefined) return [];
    const option = field.options.find((each) => each.value === value);
    return [{ name: field.name, title: field.title, value: option?.title ?? value }];
  });
}

/** The answers that the form asks for, and no others. */
export function accountOf(fields: readonly Field[], account: Account): Account {
  const names = new Set(fields.map(({ name }) => name));
  return Object.fromEntries(Object.entries(account).filter(([name]) => names.has(name)));
}
