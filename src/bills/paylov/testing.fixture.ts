/** For tests only: the client against a real HTTP server that answers as it is told. */
import {
  createManualClock,
  json,
  startLoopback,
  testDeps,
  type Handler,
  type Loopback,
  type ManualClock,
  type Reply,
  type SeenRequest,
  type WarnEvent,
} from '../../providers/testing.fixture.ts';
import { LIST_ANSWER } from './payloads.fixture.ts';
import { createPaylov } from './paylov.ts';
import type { Paylov } from './types.ts';
import type { ServicePrefix } from '../../settings/types.ts';

/** 2026-05-16 09:25 in Tashkent. */
const TEST_START = Date.UTC(2026, 4, 16, 4, 25);

/** Marked, so that a leak is found anywhere. */
export const KEYS = {
  consumerKey: 'marked-consumer-key',
  consumerSecret: 'marked-consumer-secret',
  username: 'operator',
  password: 'marked-password',
};

export interface PaylovTest {
  loopback: Loopback;
  clock: ManualClock;
  warnings: WarnEvent[];
  paylov: Paylov;
  /** A second client, such as one with other keys. */
  client(settings?: ClientSettings): Paylov;
  /** Answers everything but tokens and the list of services. */
  answer(reply: Reply | Handler): void;
  /** The requests that are neither for tokens nor for the list. */
  calls(): SeenRequest[];
  /** The bodies of the requests for tokens. */
  tokenRequests(): unknown[];
  close(): Promise<void>;
}

interface ClientSettings {
  accessToken?: string;
  servicePrefix?: ServicePrefix;
  /** Behind the address. */
  basePath?: string;
}

/** Tokens are `marked-access-1`, `-2` … with as many refresh tokens. */
export async function startPaylovTest(): Promise<PaylovTest> {
  const loopback = await startLoopback();
  const clock = createManualClock(TEST_START);
  const deps = testDeps(clock);
  let granted = 0;
  const prelude = (request: SeenRequest): Reply | null => {
    if (isToken(request)) {
      granted += 1;
      return tokenReply(granted);
    }
    return isList(request) ? { status: 200, body: LIST_ANSWER } : null;
  };
  const client: PaylovTest['client'] = ({
    accessToken,
    servicePrefix = '',
    basePath = '',
  } = {}) => {
    const keys = accessToken === undefined ? KEYS : { accessToken };
    return createPaylov({ ...keys, baseUrl: loopback.url + basePath, servicePrefix }, deps);
  };
  const answer: PaylovTest['answer'] = (reply) => {
    loopback.serve((request) => {
      return prelude(request) ?? (typeof reply === 'function' ? reply(request) : reply);
    });
  };
  answer({ status: 500, body: 'nothing is scripted' });
  return {
    loopback,
    clock,
    warnings: deps.warnings,
    paylov: client(),
    client,
    answer,
    calls: () => loopback.requests.filter((request) => !isToken(request) && !isList(request)),
    tokenRequests: () => loopback.requests.filter(isToken).map(({ body }) => JSON.parse(body)),
    close: () => loopback.close(),
  };
}

export function tokenReply(number: number, changes: object = {}): Reply {
  return json({
    access_token: `marked-access-${number}`,
    refresh_token: `marked-refresh-${number}`,
    token_type: 'Bearer',
    expires_in: 3600,
    refresh_expires_in: 604_800,
    ...changes,
  });
}

export function isToken({ path }: SeenRequest): boolean {
  return path.startsWith('/merchant/oauth2/token/');
}

export function isList({ path }: SeenRequest): boolean {
  return path.includes('/servicePayment/list/');
}

/** An error of the documented shape. */
export function errorReply(code: string, message = 'xatolik', status = 400): Reply {
  return json({ error: { code, message } }, status);
}
