/**
 * What the clients of all providers share: asking the budget, sending, and turning whatever comes back into an
 * answer of the documented shape or a named problem. A provider adds its paths, schemas and tables.
 */
import type { z } from 'zod';
import type { Random } from '../core/deps.ts';
import type { Priority, Problem, ProblemCode, SpendRequest } from '../topups/provider.ts';
import { type Heard, type ClientDeps, hear } from '../client/hear.ts';
import type { ProviderId } from '../core/payment-systems.ts';
import { httpCall, joinUrl, otherSlash, type HttpAnswer, type HttpCall } from '../client/http.ts';
import {
  createReading,
  goodBody,
  noise,
  stayAway,
  unexpected,
  type NamedCall,
  type Read,
  type Reading,
} from '../client/reading.ts';
import {
  errorCodeOf,
  failureWords,
  isBody,
  normaliseWords,
  plainWord,
  type Body,
} from '../client/words.ts';

export interface ProviderDeps extends ClientDeps {
  random: Random;
  /** Asked before every single request, where requests are rationed. */
  spend?: SpendRequest;
}

/** One call as it is named in warnings, and the secrets that are its own (codes of orders, addresses). */
export interface CallContext extends NamedCall {
  priority: Priority;
  /** To whose share of a budget it counts. */
  userId?: number | undefined;
  /** Gets the answer's body as it came, without secrets. */
  heard?: Heard | undefined;
  /** What must not be in it; all `secrets` when it is left out. */
  heardWithout?: readonly string[];
}

export type ClientRequest = Omit<HttpCall, 'url'> & { path: string };

/** What failures mean, from the provider's document. The first that fits decides. */
export interface ErrorTable {
  /** `error_code` in the body, in capitals. */
  codes?: Readonly<Record<string, ProblemCode>>;
  /** A part of the message, or of `error_code` with blanks for its lines: lower case, plain apostrophes. */
  messages?: readonly { part: string; code: ProblemCode }[];
  /** HTTP statuses, when the body is JSON. */
  statuses?: Readonly<Record<number, ProblemCode>>;
}

export interface ProviderClient extends Pick<Reading, 'badAnswer' | 'warnWord'> {
  /** One request, if the budget grants it. Repeated only where a redirect asks for the other slash at its end. */
  send(context: CallContext, request: ClientRequest): Promise<HttpAnswer | Problem>;
  /** The answer's body if it is a success of the documented shape; why there is none otherwise. */
  accept<T>(
    context: CallContext,
    answer: HttpAnswer | Problem,
    expected: { schema: z.ZodType<T>; errors: ErrorTable },
  ): Read<T, Problem>;
  /** This order is paid, and nobody can say with what: a warning, and words for an owner. */
  unreadablePayment(context: CallContext, reason: string): Problem;
}

const ERRORS_OF_ALL: ErrorTable = {
  statuses: { 401: 'wrong_keys', 422: 'missing_parameters', 503: 'maintenance' },
};

export function createProviderClient(options: {
  provider: ProviderId;
  baseUrl: string;
  deps: ProviderDeps;
}): ProviderClient {
  const { provider, deps } = options;
  const baseUrl = new URL(options.baseUrl).href;

  const { shown, badAnswer, warnWord } = createReading(provider, deps);

  const refusal = (context: CallContext, answer: HttpAnswer, errors: ErrorTable): Problem => {
    const code = codeOf(answer, errors);
    if (code === null) return badAnswer(context, noise(answer));
    const body = isBody(answer.json) ? answer.json : {};
    const words = wordsWithCode(body) || `HTTP ${answer.status}`;
    return { kind: 'problem', code, detail: shown(context, words), ...stayAway(answer) };
  };

  const sendOnce = async (context: CallContext, call: HttpCall): Promise<HttpAnswer | Problem> => {
    const { priority, userId } = context;
    const spent = await deps.spend?.({ priority, ...(userId === undefined ? {} : { userId }) });
    if (spent?.kind === 'problem') return spent;
    const outcome = await httpCall(deps, call);
    return outcome.kind === 'answer' ? outcome : { kind: 'problem', code: outcome.cause };
  };

  return {
    badAnswer,
    warnWord,
    send: async (context, { path, ...request }) => {
      const url = joinUrl(baseUrl, path);
      const first = await sendOnce(context, { ...request, url });
      const other = first.kind === 'answer' ? otherSlash(url, first) : null;
      const answer = other === null ? first : await sendOnce(context, { ...request, url: other });
      if (answer.kind === 'answer') hear(deps.secrets, context, answer.text);
      return answer;
    },
    accept: (context, answer, { schema, errors }) => {
      if (answer.kind === 'problem') return answer;
      if (!isSuccess(answer)) return refusal(context, answer, errors);
      const parsed = schema.safeParse(answer.json);
      if (parsed.success) return { kind: 'read', value: parsed.data };
      // Neither a success nor marked as a failure, but its words are known: `{"message": "Order not found"}`.
      return isBody(answer.json) && byTable(answer.json, errors)
        ? refusal(context, answer, errors)
        : badAnswer(context, unexpected(parsed.error));
    },
    unreadablePayment: (context, reason) => {
      const detail = shown(context, reason).slice(0, 80).toWellFormed();
      deps.warn('provider.unreadable_payment', { provider, call: context.name, reason: detail });
      return { kind: 'problem', code: 'unreadable_payment', detail };
    },
  };
}

/** Whether `answer` is worth matching with the shape of a success. */
export function isSuccess(answer: HttpAnswer): boolean {
  const body = goodBody(answer);
  return body !== null && !saysFailure(body);
}

function saysFailure(body: Body): boolean {
  const success = plainWord(body['success']);
  const status = plainWord(body['status']);
  if (success === 'false' || success === '0' || status === 'false') return true;
  if (status === 'error' || status === 'fail') return true;
  return errorCodeOf(body) !== '' || !EMPTY.has(JSON.stringify(body['detail'] ?? ''));
}

/** A `detail` that says nothing is no failure. */
const EMPTY: ReadonlySet<string> = new Set(['""', '0', 'false', '[]', '{}']);

/** Null: the answer is no error of the provider but noise (HTML, a redirect, nothing at all). */
function codeOf(answer: HttpAnswer, errors: ErrorTable): ProblemCode | null {
  if (answer.status === 429) return 'rate_limited';
  const body = isBody(answer.json) ? answer.json : null;
  const documented = body && byTable(body, errors);
  if (documented) return documented;
  const redirected = answer.status >= 300 && answer.status < 400;
  if (redirected) return null;
  if (body === null && answer.status < 500) return OF_GATEKEEPERS[answer.status] ?? null;
  const byStatus =
    errors.statuses?.[answer.status] ?? ERRORS_OF_ALL.statuses?.[answer.status] ?? null;
  return byStatus ?? (answer.status >= 500 ? 'server_error' : 'refused');
}

/** A web page, or nothing, with 401 or 403: who stands before the provider turns us away, and time won't mend it. */
const OF_GATEKEEPERS: Readonly<Record<number, ProblemCode>> = {
  401: 'wrong_keys',
  403: 'ip_not_whitelisted',
};

/** What the document says about a failure with this code or these words. */
export function byTable(body: Body, errors: ErrorTable): ProblemCode | undefined {
  const code = errorCodeOf(body).toUpperCase();
  if (errors.codes && Object.hasOwn(errors.codes, code)) return errors.codes[code];
  const words = normaliseWords(`${code.replaceAll('_', ' ')} ${failureWords(body)}`);
  return errors.messages?.find(({ part }) => words.includes(part))?.code;
}

function wordsWithCode(body: Body): string {
  return [errorCodeOf(body), failureWords(body)].filter(Boolean).join(': ');
}
