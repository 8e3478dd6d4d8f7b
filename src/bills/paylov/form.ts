/**
 * A service's fields as a form that can be asked: parents before children, patterns that can be trusted. Fields
 * that contradict each other are refused: a wrong account would be paid.
 */
import { fieldItem, type RawField } from './schemas.ts';
import type { Field } from './types.ts';

type FormOutcome = { kind: 'fields'; fields: Field[] } | { kind: 'bad'; reason: string };

const MAX_PATTERN = 200;
const MAX_FIELDS = 200;
/** The most repetitions a pattern may have: each one more raises the time for matching by a power. */
const MAX_REPETITIONS = 4;

/** `raw` is the list `fields` of Paylov's answer. */
export function readForm(raw: readonly unknown[]): FormOutcome {
  if (raw.length > MAX_FIELDS) return bad(`more than ${MAX_FIELDS} fields`);
  const parsed = raw.map((item) => fieldItem.safeParse(item));
  const wrong = parsed.find((each) => !each.success);
  if (wrong?.error) {
    const place = wrong.error.issues[0]?.path.map(String).join('.');
    return bad(`field ${parsed.indexOf(wrong) + 1}: unexpected ${place || 'value'}`);
  }
  const items = parsed.flatMap((each) => (each.success ? [each.data] : []));
  const fields = items.map((item) => readField(item, parentOf(item, items)));
  const problem = doubled(fields) ?? empty(fields) ?? orphan(fields);
  if (problem !== null) return bad(problem);
  const ordered = parentsFirst(fields.filter((field) => !isEmptySelect(field)));
  return ordered
    ? { kind: 'fields', fields: ordered }
    : bad('fields depend on each other in a circle');
}

function bad(reason: string): FormOutcome {
  return { kind: 'bad', reason };
}

/** Named by its name or by its id; as it stands where it is neither. Null: it depends on nothing. */
function parentOf({ dependency_of: named }: RawField, all: readonly RawField[]): string | null {
  const parent = named?.trim() ?? '';
  if (parent === '' || all.some(({ name }) => name === parent)) return parent || null;
  return all.find(({ field_id: id }) => id === parent)?.name ?? parent;
}

function readField(raw: RawField, parent: string | null): Field {
  const pattern = safePattern(raw.validation);
  return {
    name: raw.name,
    title: raw.title ?? raw.name,
    // Where there are values one of them is chosen, whatever the type says.
    type: raw.values.length > 0 || raw.type === 'select' ? 'select' : 'text',
    content: raw.content === 'number' ? 'number' : 'text',
    ...(pattern === undefined ? {} : { pattern }),
    ...(raw.length === undefined ? {} : { maxLength: raw.length }),
    required: raw.required !== false,
    parent,
    options: raw.values,
  };
}

function doubled(fields: readonly Field[]): string | null {
  const names = new Set(fields.map(({ name }) => name));
  return names.size < fields.length ? 'two fields have one name' : null;
}

function isEmptySelect(field: Field): boolean {
  return field.type === 'select' && field.options.length === 0;
}

function empty(fields: readonly Field[]): string | null {
  const found = fields.find((field) => field.required && isEmptySelect(field));
  return found ? `nothing to choose from for "${found.name}"` : null;
}

function orphan(fields: readonly Field[]): string | null {
  const names = new Set(fields.filter((field) => !isEmptySelect(field)).map(({ name }) => name));
  const found = fields.find(({ parent }) => parent !== null && !names.has(parent));
  return found ? `"${found.name}" depends on "${found.parent}", which is no field` : null;
}

/** In Paylov's order, but each parent before its children. Null for a circle. */
function parentsFirst(fields: readonly Field[]): Field[] | null {
  const ordered: Field[] = [];
  const placed = new Set<string>();
  let waiting = [...fields];
  while (waiting.length > 0) {
    const next = waiting.find(({ parent }) => parent === null || placed.has(parent));
    if (!next) return null;
    ordered.push(next);
    placed.add(next.name);
    waiting = waiting.filter((field) => field !== next);
  }
  return ordered;
}

/**
 * `validation` as a regular expression, if it is one: it compiles, has something of a pattern about it (a bare
 * word would refuse every input), and has no construct that can take exponential time.
 */
export function safePattern(validation: string | undefined): string | undefined {
  const text = validation?.trim() ?? '';
  const pattern = /^\/(.+)\/$/.exec(text)?.[1] ?? text;
  if (pattern.length === 0 || pattern.length > MAX_PATTERN) return undefined;
  if (!/[\\^$.*+?[{]/.test(pattern) || !compiles(pattern) || mayExplode(pattern)) return undefined;
  return pattern;
}

function compiles(pattern: string): boolean {
  try {
    return new RegExp(pattern) instanceof RegExp;
  } catch {
    return false;
  }
}

/** A backreference, many repetitions, or one of a repetition or a choice. Refuses some harmless ones too. */
function mayExplode(pattern: string): boolean {
  const plain = pattern.replace(/\\[^\dk]/g, '_').replace(/\[[^\]]*\]/g, '_');
  if (/\\[\dk]/.test(plain)) return true;
  if ((plain.match(/[*+]|\{\d+,\}/g) ?? []).length > MAX_REPETITIONS) return true;
  const open: number[] = [];
  for (let i = 0; i < plain.length; i += 1) {
    if (plain[i] === '(') open.push(i);
    if (plain[i] !== ')') continue;
    const inside = plain.slice((open.pop() ?? 0) + 1, i).replace(/^\?(?:[:=!]|<[=!]|<\w+>)/, '');
    const repeated = /^(?:[*+]|\{\d+,|\{\d{2,}\})/.test(plain.slice(i + 1));
    if (repeated && /[*+{|?]/.test(inside)) return true;
  }
  return false;
}
