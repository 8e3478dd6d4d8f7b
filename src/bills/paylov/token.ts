/**
 * Paylov's access token: by password, renewed by a refresh token that changes each time, or fixed in the settings.
 * However many callers wait, one request for a token is under way.
 */
import { z } from 'zod';
import { httpCall, joinUrl, type HttpAnswer } from '../../client/http.ts';
import { isBody } from '../../client/words.ts';
import { createAnswers, isSuccess, type Answers, type PaylovDeps } from './reading.ts';
import type { PaylovProblem, PaylovProblemCode } from './errors.ts';
import type { PaylovKeys, OAuthKeys } from '../../settings/types.ts';

type TokenOutcome = { kind: 'token'; token: string } | PaylovProblem;

export interface TokenSource {
  /** The token at hand, or a new one when it is about to end. */
  get(): Promise<TokenOutcome>;
  /** Another token than `refused`, which was answered with 401. */
  renew(refused: string): Promise<TokenOutcome>;
}

const PATH = '/merchant/oauth2/token/';
const CONTEXT = { name: 'token' };
const DEFAULT_LIFE_S = 3600;
const DEFAULT_REFRESH_LIFE_S = 604_800;
/** A token is renewed this long before its end, or in the last fifth of a short life. */
const MARGIN_MS = 60_000;

/** Printable: it goes into a header. */
const token = z.string().regex(/^[\x21-\x7e]{1,8192}$/);

const seconds = (fallback: number) => z.coerce.number().positive().max(31_536_000).catch(fallback);

const tokenAnswer = z.object({
  access_token: token,
  refresh_token: token.optional().catch(undefined),
  expires_in: seconds(DEFAULT_LIFE_S),
  refresh_expires_in: seconds(DEFAULT_REFRESH_LIFE_S),
});

const PASSING: ReadonlySet<PaylovProblemCode> = new Set([
  'rate_limited',
  'server_error',
  'gateway_not_working',
  'bad_answer',
]);

interface Held {
  token: string;
  renewAt: number;
}

interface Refresh {
  token: string;
  until: number;
}

/** Throws for a fixed token that no header can carry. Makes all keys unprintable. */
export function createTokenSource(
  keys: PaylovKeys,
  options: { baseUrl: string; deps: PaylovDeps },
): TokenSource {
  if ('accessToken' in keys) return fixedToken(keys.accessToken, options.deps);
  const basic = basicOf(keys);
  const { secrets } = options.deps;
  for (const secret of [keys.consumerKey, keys.consumerSecret, keys.password, basic]) {
    secrets.register(secret);
  }
  return oauthToken({ keys, basic, ...options });
}

function basicOf(keys: OAuthKeys): string {
  return Buffer.from(`${keys.consumerKey}:${keys.consumerSecret}`).toString('base64');
}

function fixedToken(accessToken: string, deps: PaylovDeps): TokenSource {
  if (!token.safeParse(accessToken).success) {
    throw new Error("Paylov's access token has characters that no HTTP header can carry");
  }
  deps.secrets.register(accessToken);
  const refused: PaylovProblem = {
    kind: 'problem',
    code: 'wrong_keys',
    detail: 'HTTP 401: the fixed access token is refused, set a new one',
  };
  return {
    get: () => Promise.resolve({ kind: 'token', token: accessToken }),
    renew: () => Promise.resolve(refused),
  };
}

interface OAuth {
  keys: OAuthKeys;
  basic: string;
  baseUrl: string;
  deps: PaylovDeps;
}

function oauthToken(oauth: OAuth): TokenSource {
  const { deps, keys } = oauth;
  const answers = createAnswers(deps);
  let held: Held | null = null;
  let refresh: Refresh | null = null;
  let running: Promise<TokenOutcome> | null = null;

  const keep = (granted: Granted): TokenOutcome => {
    held = granted.held;
    refresh = granted.refresh;
    return { kind: 'token', token: granted.held.token };
  };

  const obtain = async (): Promise<TokenOutcome> => {
    // Used up by being sent: what becomes of the answer does not matter.
    const old = refresh;
    refresh = null;
    if (old && deps.clock.elapsed() < old.until) {
      const body = { grant_type: 'refresh_token', refresh_token: old.token };
      const renewed = await request(oauth, answers, body);
      if (renewed.kind === 'granted') return keep(renewed);
      if (renewed.kind === 'problem') return renewed;
    }
    const { username, password } = keys;
    const outcome = await request(oauth, answers, { grant_type: 'password', username, password });
    if (outcome.kind === 'granted') return keep(outcome);
    return outcome.kind === 'refused' ? outcome.problem : outcome;
  };

  const get = (): Promise<TokenOutcome> => {
    if (held && deps.clock.elapsed() < held.renewAt) {
      return Promise.resolve({ kind: 'token', token: held.token });
    }
    running ??= obtain().finally(() => {
      running = null;
    });
    return running;
  };

  return {
    get,
    renew: (refused) => {
      // A 401 of another call may have brought a new token already.
      if (held?.token === refused) held = null;
      return get();
    },
  };
}

interface Granted {
  kind: 'granted';
  held: Held;
  refresh: Refresh | null;
}

/** `refused`: Paylov read the request and says no; anything else may pass by itself. */
type GrantOutcome = Granted | { kind: 'refused'; problem: PaylovProblem } | PaylovProblem;

async function request(
  { basic, baseUrl, deps }: OAuth,
  answers: Answers,
  json: Readonly<Record<string, string>>,
): Promise<GrantOutcome> {
  const sentAt = deps.clock.elapsed();
  const answer = await httpCall(deps, {
    method: 'POST',
    url: joinUrl(baseUrl, PATH),
    headers: { authorization: `Basic ${basic}` },
    json,
  });
  if (answer.kind === 'no_answer') return { kind: 'problem', code: answer.cause };
  if (!isSuccess(answer)) return notGranted(answers, answer);
  const parsed = tokenAnswer.safeParse(unwrapped(answer.json));
  if (!parsed.success) return answers.badAnswer(CONTEXT, 'no access_token');
  const { access_token: access, refresh_token: next } = parsed.data;
  for (const secret of [access, next]) {
    if (secret !== undefined) deps.secrets.register(secret, { temporary: true });
  }
  const lifeMs = parsed.data.expires_in * 1000;
  return {
    kind: 'granted',
    held: { token: access, renewAt: sentAt + lifeMs - Math.min(MARGIN_MS, lifeMs / 5) },
    refresh:
      next === undefined
        ? null
        : { token: next, until: sentAt + parsed.data.refresh_expires_in * 1000 },
  };
}

/** The answer is not wrapped in `result` like all others; should that change, both are read. */
function unwrapped(json: unknown): unknown {
  return isBody(json) && isBody(json['result']) ? json['result'] : json;
}

function notGranted(answers: Answers, answer: HttpAnswer): GrantOutcome {
  const problem = answers.problem(CONTEXT, answer);
  if (PASSING.has(problem.code)) return problem;
  const known = problem.code === 'permission_denied' || problem.code === 'ip_not_allowed';
  return { kind: 'refused', problem: known ? problem : { ...problem, code: 'wrong_keys' } };
}
