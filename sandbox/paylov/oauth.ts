/** Tokens: an hour, by password or by a refresh token that lives a week and is used up by one use. */
import type { Context } from 'hono';
import { randomCode, type Clock, type Random } from '../../src/core/deps.ts';
import { pushBounded } from '../providers/bounded.ts';
import type { DocumentedError, SimEnv } from '../providers/faults.ts';
import { jsonBody, refuse } from '../providers/requests.ts';

export const CONSUMER_KEY = 'fake0000paylov0000consumer0000key';
export const CONSUMER_SECRET = 'fake0000paylov0000consumer0000secret';
export const USERNAME = 'fake-operator';
export const PASSWORD = 'fake0000paylov0000password';

const ACCESS_LIFE_S = 3600;
const REFRESH_LIFE_S = 604_800;
const MAX_TOKENS = 50;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const BASIC = `Basic ${Buffer.from(`${CONSUMER_KEY}:${CONSUMER_SECRET}`).toString('base64')}`;

interface Issued {
  token: string;
  until: number;
}

export interface OAuth {
  /** `POST /merchant/oauth2/token/` */
  grant(context: Context<SimEnv>): Promise<Response>;
  /** Whether the request carries a token that lives. */
  allows(context: Context<SimEnv>): boolean;
}

export function createOAuth({ clock, random }: { clock: Clock; random: Random }): OAuth {
  const access: Issued[] = [];
  const refresh: Issued[] = [];

  const issue = (list: Issued[], lifeS: number): string => {
    const token = `fake.${randomCode(random, { length: 40, alphabet: ALPHABET })}`;
    pushBounded(list, { token, until: clock.now() + lifeS * 1000 }, MAX_TOKENS);
    return token;
  };

  const useRefresh = (token: unknown): boolean => {
    const index = refresh.findIndex((each) => each.token === token);
    const [found] = index < 0 ? [] : refresh.splice(index, 1);
    return found !== undefined && clock.now() < found.until;
  };

  const isGranted = (body: Readonly<Record<string, unknown>>): boolean => {
    if (body['grant_type'] === 'refresh_token') return useRefresh(body['refresh_token']);
    const isPassword = body['grant_type'] === 'password';
    return isPassword && body['username'] === USERNAME && body['password'] === PASSWORD;
  };

  return {
    grant: async (context) => {
      if (context.req.header('authorization') !== BASIC) {
        return refuse(context, oauthError(401, 'invalid_client'));
      }
      if (!isGranted(await jsonBody(context))) {
        return refuse(context, oauthError(400, 'invalid_grant'));
      }
      return context.json({
        access_token: issue(access, ACCESS_LIFE_S),
        refresh_token: issue(refresh, REFRESH_LIFE_S),
        token_type: 'Bearer',
        expires_in: ACCESS_LIFE_S,
        refresh_expires_in: REFRESH_LIFE_S,
      });
    },
    allows: (context) => {
      const header = context.req.header('authorization');
      return access.some(({ token, until }) => header === `Bearer ${token}` && clock.now() < until);
    },
  };
}

const DESCRIPTIONS = {
  invalid_client: 'Client authentication failed.',
  invalid_grant: 'Invalid credentials given.',
} as const;

function oauthError(status: 400 | 401, error: keyof typeof DESCRIPTIONS): DocumentedError {
  return { status, body: { error, error_description: DESCRIPTIONS[error] } };
}
