/** Turning whatever comes back into a result of the documented shape or a named problem. */
import type { z } from 'zod';
import type { HttpAnswer, NoAnswer } from '../../client/http.ts';
import type { ClientDeps, Heard } from '../../client/hear.ts';
import {
  createReading,
  goodBody,
  noise,
  stayAway,
  unexpected,
  type NamedCall,
  type Read,
  type Reading,
} from '../../client/reading.ts';
import { isBody, normaliseWords, type Body } from '../../client/words.ts';
import { isPaylovErrorCode, type PaylovErrorCode, type PaylovProblem } from './errors.ts';

export type PaylovDeps = ClientDeps;

/** One call as it is named in warnings, and the secrets that are its own (codes, card numbers, phones). */
export interface CallContext extends NamedCall {
  /** Gets the answer's body as it came, without secrets. */
  heard?: Heard | undefined;
}

/** What an answer says about a failure. */
interface FoundError {
  /** The documented codes in it, the most specific one last. */
  codes: PaylovErrorCode[];
  /** All codes and messages, unscrubbed. */
  words: string;
}

const MAX_DEPTH = 5;
const ERROR_KEYS = [
  'code',
  'message',
  'msg',
  'detail',
  'error',
  'error_description',
  'details',
  'errors',
] as const;
const WASTE = /chiqindi|чиқинди|чикинди|мусор|бытовые отходы|бытовых отходов|waste|garbage/u;
const UNPAID = /qarz|қарз|карз|долг|задолж|оплат|оплач|to'lang|to'lanmagan|тўлан|unpaid|debt|pay/u;

/**
 * `{error:{code,message}}`, `{result:null,error}`, `{result:{error}}`, `{error:{details:{details:{code}}}}`,
 * `{error:"invalid_grant",error_description:"…"}`, `{detail:"…"}`. Null when the body names no failure.
 */
export function findError(answer: HttpAnswer): FoundError | null {
  const { json } = answer;
  if (!isBody(json)) return null;
  const result = isBody(json['result']) ? json['result']['error'] : undefined;
  const named = [json['error'], json['errors'], json['detail'], result].filter((each) =>
    isSomething(each),
  );
  const places = named.length === 0 && answer.status >= 400 ? [json] : named;
  if (places.length === 0) return null;
  if (named.length > 0) places.push(json['error_description']);
  const texts: string[] = [];
  for (const place of places) collect(place, texts, 0);
  const codes = texts.map((text) => text.trim().toLowerCase()).filter(isPaylovErrorCode);
  return { codes, words: texts.join(': ') };
}

/** `null`, `""`, `0`, `{}`, `{"code":null}`: a place for an error with none in it. */
function isSomething(value: unknown, depth = 0): boolean {
  if (depth > MAX_DEPTH) return true;
  if (Array.isArray(value)) return value.some((item) => isSomething(item, depth + 1));
  if (isBody(value)) return Object.values(value).some((item) => isSomething(item, depth + 1));
  return Boolean(value);
}

/** The texts of an error, from the outside inwards. */
function collect(value: unknown, texts: string[], depth: number): void {
  if (depth > MAX_DEPTH) return;
  if (typeof value === 'string' || typeof value === 'number') {
    if (String(value).trim() !== '') texts.push(String(value).trim());
  } else if (Array.isArray(value)) {
    for (const item of value.slice(0, 10)) collect(item, texts, depth + 1);
  } else if (isBody(value)) {
    for (const key of ERROR_KEYS) collect(value[key], texts, depth + 1);
  }
}

/** `not_sent`: it never got past the door, so that Paylov has done nothing. */
export type Sent = HttpAnswer | NoAnswer | { kind: 'not_sent'; problem: PaylovProblem };

export interface Answers extends Reading {
  /** The `result` of a success, matched with `schema`; else why there is none. */
  read<T>(context: CallContext, sent: Sent, schema: z.ZodType<T>): Read<T, PaylovProblem>;
  /** Reads the named problem out of an answer that is not a success. */
  problem(context: CallContext, answer: HttpAnswer): PaylovProblem;
}

export function createAnswers(deps: PaylovDeps): Answers {
  const reading = createReading('paylov', deps);
  const { shown, badAnswer, warnWord } = reading;

  const problem: Answers['problem'] = (context, answer) => {
    const found = findError(answer);
    const code = codeOf(answer, found);
    if (code === null) return badAnswer(context, noise(answer));
    const words = found?.words ?? '';
    if (code === 'unknown_error') warnWord(context, 'provider.unknown_error', words);
    return {
      kind: 'problem',
      code,
      detail: shown(context, words || silent(answer)),
      ...hintOf(words),
      ...stayAway(answer),
    };
  };

  return {
    ...reading,
    problem,
    read: (context, sent, schema) => {
      if (sent.kind === 'not_sent') return sent.problem;
      if (sent.kind === 'no_answer') return { kind: 'problem', code: sent.cause };
      if (!isSuccess(sent)) return problem(context, sent);
      const parsed = schema.safeParse((sent.json as Body)['result']);
      return parsed.success
        ? { kind: 'read', value: parsed.data }
        : badAnswer(context, unexpected(parsed.error, 'result'));
    },
  };
}

/** A word as it is compared: without blanks and invisible marks around it, in small letters. Not a text: `""`. */
export function wordOf(value: unknown): string {
  if (typeof value !== 'string') return '';
  return value
    .replace(/\p{Cf}/gu, '')
    .trim()
    .toLowerCase();
}

/** Ids of one transaction, in whatever case they are spelled. */
export function isSameId(answered: string, asked: string): boolean {
  return answered.toLowerCase() === asked.toLowerCase();
}

/** Whether the answer is worth matching with the shape of a success. */
export function isSuccess(answer: HttpAnswer): boolean {
  return goodBody(answer) !== null && findError(answer) === null;
}

/** `waste_unpaid` where the words speak of a waste bill that is to be paid. */
export function hintOf(words: string): { hint?: 'waste_unpaid' } {
  const text = normaliseWords(words);
  return WASTE.test(text) && UNPAID.test(text) ? { hint: 'waste_unpaid' } : {};
}

/** Null: the answer is no error of Paylov but noise (HTML, a redirect, nothing at all). */
function codeOf(answer: HttpAnswer, found: FoundError | null): PaylovProblem['code'] | null {
  const { status } = answer;
  if (status === 429) return 'rate_limited';
  const documented = found?.codes.at(-1);
  if (documented !== undefined) return documented;
  // Also as the HTML of a proxy: whoever refuses us there lets nobody in until the operator does something.
  if (status === 401) return 'wrong_keys';
  if (status === 403) return 'permission_denied';
  if (status >= 500) return 'server_error';
  return found === null || (status >= 300 && status < 400) ? null : 'unknown_error';
}

/** What there is to say about an answer without words. */
function silent(answer: HttpAnswer): string {
  const isClosedDoor = answer.status === 401 || answer.status === 403;
  return isClosedDoor && !isBody(answer.json) ? noise(answer) : `HTTP ${answer.status}`;
}
