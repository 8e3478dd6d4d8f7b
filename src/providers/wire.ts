/**
 * What the clients of all providers share: asking the budget, sending, and turning whatever comes back into an
 * answer of the documented shape or a named problem. A provider adds its paths, schemas and tables.
 */
import type { z } from 'zod';
import type { Clock, Random } from '../deps.ts';
import type { SecretScrubber } from '../secrets.ts';
import type {
  Heard,
  Priority,
  Problem,
  ProblemCode,
  ProviderId,
  SpendRequest,
} from '../topups/provider.ts';
import { httpCall, joinUrl, type HttpAnswer, type HttpCall } from './http.ts';
import { failureWords, isBody, normaliseWords, safeBody, safeDetail, type Body } from './words.ts';

export interface ProviderDeps {
  clock: Clock;
  random: Random;
  fetch: typeof fetch;
  secrets: SecretScrubber;
  /** For the log: what a provider did that its document does not foresee. `data` is free of secrets. */
  warn(event: string, data: object): void;
  /** Asked before every single request, where requests are rationed. */
  spend?: SpendRequest;
}

/** One call as it is named in warnings, and the secrets that are its own (codes of orders, addresses). */
export interface CallContext {
  name: string;
  priority: Priority;
  secrets?: readonly string[];
  /** Gets the answer's body as it came, without secrets. */
  heard?: Heard | undefined;
}

export type WireRequest = Omit<HttpCall, 'url'> & { path: string };

/** What failures mean, from the provider's document. The first that fits decides. */
export interface ErrorTable {
  /** `error_code` in the body. */
  codes?: Readonly<Record<string, ProblemCode>>;
  /** A part of the message: lower case, plain apostrophes. */
  messages?: readonly { part: string; code: ProblemCode }[];
  /** HTTP statuses, when the body is JSON. */
  statuses?: Readonly<Record<number, ProblemCode>>;
}

export type Accepted<T> = { kind: 'accepted'; body: T } | Problem;

export interface Wire {
  /** One request, if the budget grants it. Never repeated. */
  send(context: CallContext, request: WireRequest): Promise<HttpAnswer | Problem>;
  /** The answer's body if it is a success of the documented shape. */
  accept<T>(
    context: CallContext,
    answer: HttpAnswer,
    expected: { schema: z.ZodType<T>; errors: ErrorTable },
  ): Accepted<T>;
  /** A `bad_answer` with a warning. `reason` is ours and names no value of the answer. */
  badAnswer(context: CallContext, reason: string): Problem;
  /** A word of the provider in a warning. */
  warnWord(context: CallContext, event: string, word: string): void;
}

const ERRORS_OF_ALL: ErrorTable = {
  statuses: { 401: 'wrong_keys', 422: 'missing_parameters', 503: 'maintenance' },
};

export function createWire(options: {
  provider: ProviderId;
  baseUrl: string;
  deps: ProviderDeps;
}): Wire {
  const { provider, deps } = options;
  const baseUrl = new URL(options.baseUrl).href;

  const badAnswer: Wire['badAnswer'] = (context, reason) => {
    deps.warn('provider.bad_answer', { provider, call: context.name, reason });
    return { kind: 'problem', code: 'bad_answer', detail: reason };
  };

  const refusal = (context: CallContext, answer: HttpAnswer, errors: ErrorTable): Problem => {
    const code = codeOf(answer, errors);
    if (code === null) return badAnswer(context, unreadable(answer));
    const body = isBody(answer.json) ? answer.json : {};
    const words = wordsWithCode(body) || `HTTP ${answer.status}`;
    return {
      kind: 'problem',
      code,
      detail: safeDetail(words, { secrets: deps.secrets, also: context.secrets ?? [] }),
      ...(answer.retryAfterMs === undefined ? {} : { retryAfterMs: answer.retryAfterMs }),
    };
  };

  return {
    badAnswer,
    send: async (context, { path, ...request }) => {
      if (deps.spend && !(await deps.spend(context.priority))) {
        return { kind: 'problem', code: 'budget_spent' };
      }
      const outcome = await httpCall(deps, { ...request, url: joinUrl(baseUrl, path) });
      if (outcome.kind !== 'answer') return { kind: 'problem', code: outcome.cause };
      hear(deps.secrets, context, outcome.text);
      return outcome;
    },
    accept: (context, answer, { schema, errors }) => {
      if (!isSuccess(answer)) return refusal(context, answer, errors);
      const parsed = schema.safeParse(answer.json);
      if (parsed.success) return { kind: 'accepted', body: parsed.data };
      const [issue] = parsed.error.issues;
      return badAnswer(context, `unexpected ${issue?.path.map(String).join('.') || 'body'}`);
    },
    warnWord: (context, event, word) => {
      const shown = safeDetail(word, { secrets: deps.secrets, also: context.secrets ?? [] });
      deps.warn(event, { provider, call: context.name, word: shown.slice(0, 40) });
    },
  };
}

/** Passes a body on to whoever keeps it. */
export function hear(
  secrets: SecretScrubber,
  context: Pick<CallContext, 'heard' | 'secrets'>,
  text: string,
): void {
  if (!context.heard) return;
  const scrub = secrets.scrub.bind(secrets);
  context.heard(safeBody(text, { scrub, also: context.secrets ?? [] }));
}

/** Whether `answer` is worth matching with the shape of a success. */
function isSuccess(answer: HttpAnswer): boolean {
  const ok = answer.status >= 200 && answer.status < 300;
  return ok && isBody(answer.json) && !saysFailure(answer.json);
}

function saysFailure(body: Body): boolean {
  if (body['success'] === false || body['status'] === false) return true;
  if (body['status'] === 'error' || body['status'] === 'fail') return true;
  return [body['error_code'], body['detail']].some(
    (value) => value !== undefined && value !== null,
  );
}

/** Null: the answer is no error of the provider but noise (HTML, a redirect, nothing at all). */
function codeOf(answer: HttpAnswer, errors: ErrorTable): ProblemCode | null {
  if (answer.status === 429) return 'rate_limited';
  const body = isBody(answer.json) ? answer.json : null;
  const documented = body && (byCode(body, errors) ?? byMessage(body, errors));
  if (documented) return documented;
  const redirected = answer.status >= 300 && answer.status < 400;
  if (redirected || (body === null && answer.status < 500)) return null;
  const byStatus =
    errors.statuses?.[answer.status] ?? ERRORS_OF_ALL.statuses?.[answer.status] ?? null;
  return byStatus ?? (answer.status >= 500 ? 'server_error' : 'refused');
}

function byCode(body: Body, errors: ErrorTable): ProblemCode | undefined {
  const code = body['error_code'];
  if (typeof code !== 'string' || !errors.codes) return undefined;
  return Object.hasOwn(errors.codes, code) ? errors.codes[code] : undefined;
}

function byMessage(body: Body, errors: ErrorTable): ProblemCode | undefined {
  const words = normaliseWords(failureWords(body));
  return errors.messages?.find(({ part }) => words.includes(part))?.code;
}

function wordsWithCode(body: Body): string {
  const code = body['error_code'];
  return [typeof code === 'string' ? code : '', failureWords(body)].filter(Boolean).join(': ');
}

function unreadable(answer: HttpAnswer): string {
  if (answer.status >= 300 && answer.status < 400) return `HTTP ${answer.status}: a redirect`;
  if (answer.text.trim() === '') return `HTTP ${answer.status}: an empty body`;
  return `HTTP ${answer.status}: not a JSON object`;
}
