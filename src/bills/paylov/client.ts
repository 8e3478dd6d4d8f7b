/** Sending a call: the token, the prefix of the service methods, and one repetition after a 401. */
import {
  httpCall,
  joinUrl,
  type HttpAnswer,
  type HttpCall,
  type NoAnswer,
} from '../../client/http.ts';
import { hear } from '../../client/hear.ts';
import { isBody } from '../../client/words.ts';
import {
  createAnswers,
  type Answers,
  type CallContext,
  type PaylovDeps,
  type Sent,
} from './reading.ts';
import { createTokenSource, type TokenSource } from './token.ts';
import type { ServicePrefix, PaylovSettings } from '../../settings/types.ts';

type ClientRequest = Omit<HttpCall, 'url' | 'headers'> & { path: string };

export interface PaylovClient {
  answers: Answers;
  /** A path as it stands. Sent once, and once more when it was answered with 401. */
  send(request: ClientRequest): Promise<Sent>;
  /** A path that begins with `/servicePayment/`, under the prefix that Paylov answers to. */
  sendService(context: CallContext, request: ClientRequest): Promise<Sent>;
  /** GET of the list of services, which also finds the prefix. */
  list(): Promise<Sent>;
}

const LIST = '/servicePayment/list/';

/**
 * The limit for lists without a known end: services, a service's fields with all their values, a day's transactions.
 */
export const MAX_LIST_BYTES = 8 * 1024 * 1024;

/** Throws for a base address that is none. */
export function createPaylovClient(settings: PaylovSettings, deps: PaylovDeps): PaylovClient {
  // Half of the document's paths begin with /merchant, so that some take it for a part of the address.
  const url = new URL(settings.baseUrl);
  url.pathname = url.pathname.replace(/\/merchant\/*$/, '');
  const baseUrl = url.href;
  const tokens = createTokenSource(settings, { baseUrl, deps });
  const answers = createAnswers(deps);
  const send: PaylovClient['send'] = ({ path, ...call }) =>
    sendWithToken(tokens, (token) => {
      const headers = { authorization: `Bearer ${token}` };
      return httpCall(deps, { ...call, headers, url: joinUrl(baseUrl, path) });
    });
  return { answers, send, ...withPrefix(settings.servicePrefix, { send, answers, deps }) };
}

async function sendWithToken(
  tokens: TokenSource,
  call: (token: string) => Promise<HttpAnswer | NoAnswer>,
): Promise<Sent> {
  const first = await tokens.get();
  if (first.kind === 'problem') return { kind: 'not_sent', problem: first };
  const answer = await call(first.token);
  if (answer.kind === 'no_answer' || answer.status !== 401) return answer;
  // The request was turned away before anything was done, so even a payment may be sent again.
  const second = await tokens.renew(first.token);
  if (second.kind === 'problem') return { kind: 'not_sent', problem: second };
  return call(second.token);
}

function withPrefix(
  configured: ServicePrefix,
  { send, answers, deps }: { send: PaylovClient['send']; answers: Answers; deps: PaylovDeps },
): Pick<PaylovClient, 'sendService' | 'list'> {
  let known: ServicePrefix | null = null;
  let finding: Promise<Sent> | null = null;

  const listAt = (prefix: ServicePrefix): Promise<Sent> =>
    send({
      method: 'GET',
      path: `${prefix}${LIST}`,
      query: { available_for_me: 'true' },
      maxBodyBytes: MAX_LIST_BYTES,
    });

  const find = async (): Promise<Sent> => {
    const first = await listAt(configured);
    if (answersHere(first)) known = configured;
    if (!isMissing(first)) return first;
    const other = configured === '' ? '/merchant' : '';
    const second = await listAt(other);
    if (!answersHere(second)) return second;
    known = other;
    deps.warn('provider.other_prefix', { provider: 'paylov', prefix: other });
    return second;
  };

  const list: PaylovClient['list'] = () => {
    if (known !== null) return listAt(known);
    finding ??= find().finally(() => {
      finding = null;
    });
    return finding;
  };

  const sendService: PaylovClient['sendService'] = async (context, request) => {
    // Never found out by a POST: one that lands nowhere can't be told from one that failed.
    const found = known === null ? await list() : null;
    if (found && found.kind !== 'answer') return found.kind === 'not_sent' ? found : unasked(found);
    if (found && isMissing(found)) return nowhere(answers, context);
    const sent = await send({ ...request, path: `${known ?? configured}${request.path}` });
    if (sent.kind === 'answer') hear(deps.secrets, context, sent.text);
    return sent;
  };

  return { list, sendService };
}

/** A success, or an error of the documented shape. */
function answersHere(sent: Sent): boolean {
  if (sent.kind !== 'answer') return false;
  // An answer that is not the expected JSON: a list that is too long to be read is a list all the same.
  if (sent.status < 300) return sent.text.trimStart().startsWith('{');
  return sent.status === 400 && isBody(sent.json) && isBody(sent.json['error']);
}

function isMissing(sent: Sent): boolean {
  return sent.kind === 'answer' && sent.status === 404;
}

function unasked(found: NoAnswer): Sent {
  return { kind: 'not_sent', problem: { kind: 'problem', code: found.cause } };
}

function nowhere(answers: Answers, context: CallContext): Sent {
  const reason = 'HTTP 404 with and without /merchant: correct the base address of Paylov';
  return { kind: 'not_sent', problem: answers.badAnswer(context, reason) };
}
