/** What clients of payment systems make of an answer, whatever its words mean there. */
import type { z } from 'zod';
import type { HttpAnswer } from './http.ts';
import type { ClientDeps } from './hear.ts';
import { isBody, safeDetail, type Body } from './words.ts';

/** One call as it is named in warnings, and the secrets that are its own. */
export interface NamedCall {
  name: string;
  secrets?: readonly string[];
}

interface BadAnswer {
  kind: 'problem';
  code: 'bad_answer';
  detail: string;
}

export type Read<T, Problem> = { kind: 'read'; value: T } | Problem;

const MAX_WORD = 40;

export interface Reading {
  /** Words of the system without secrets, for operators. */
  shown: (call: NamedCall, words: string) => string;
  /** With a warning. `reason` is ours and names no value of the answer. */
  badAnswer: (call: NamedCall, reason: string) => BadAnswer;
  /** A word of the system in a warning; returns it as it may be shown: cut, and free of secrets. */
  warnWord: (call: NamedCall, event: string, word: string) => string;
}

export function createReading(provider: string, deps: ClientDeps): Reading {
  const shown: Reading['shown'] = ({ secrets: also = [] }, words) =>
    safeDetail(words, { secrets: deps.secrets, also });

  const badAnswer: Reading['badAnswer'] = ({ name: call }, reason) => {
    deps.warn('provider.bad_answer', { provider, call, reason });
    return { kind: 'problem', code: 'bad_answer', detail: reason };
  };

  return {
    shown,
    badAnswer,
    warnWord(call, event, word) {
      const safe = shown(call, word).slice(0, MAX_WORD).toWellFormed();
      deps.warn(event, { provider, call: call.name, word: safe });
      return safe;
    },
  };
}

/** Where an answer has another shape than it should; `place` is where it has what was looked at. */
export function unexpected({ issues: [issue] }: z.ZodError, place?: string): string {
  const path = [...(place === undefined ? [] : [place]), ...(issue?.path.map(String) ?? [])];
  return `unexpected ${path.join('.') || 'body'}`;
}

/** The JSON object of an answer with a status of success. */
export function goodBody({ status, json }: HttpAnswer): Body | null {
  return status >= 200 && status < 300 && isBody(json) ? json : null;
}

/** How long the system asked us to stay away, as problems say it. */
export function stayAway({ retryAfterMs }: HttpAnswer): { retryAfterMs?: number } {
  return retryAfterMs === undefined ? {} : { retryAfterMs };
}

/** Of an answer that is no error of the system but noise. */
export function noise({ status, json, text }: HttpAnswer): string {
  if (status >= 300 && status < 400) return `HTTP ${status}: a redirect`;
  if (text.trim() === '') return `HTTP ${status}: an empty body`;
  const what = json === undefined ? 'not JSON, or too long' : 'not the documented object';
  return `HTTP ${status}: ${what}`;
}
