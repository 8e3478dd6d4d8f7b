import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { json, testDeps, type Reply, type SeenRequest } from '../../providers/testing.fixture.ts';
import { LIST_ANSWER } from './payloads.fixture.ts';
import { createPaylov } from './paylov.ts';
import { PAY_ANSWER, STATUS_ANSWER, TOKEN_ANSWER } from './payments.fixture.ts';
import {
  errorReply,
  isList,
  isToken,
  KEYS,
  startPaylovTest,
  tokenReply,
  type PaylovTest,
} from './testing.fixture.ts';

const ID = 'b6135bb4-ef3c-4ab1-a5aa-db174a9bdc26';
const PAYMENT = { transactionId: ID, cardId: 'card', userId: 'tg_1' };
const HOUR = 3_600_000;
const PAID = { kind: 'status', status: 'paid' };
const statusAnswer: Reply = { status: 200, body: STATUS_ANSWER };
const UNAUTHORIZED: Reply = json({ detail: 'Authentication credentials were not provided.' }, 401);

let test: PaylovTest;
beforeEach(async () => {
  test = await startPaylovTest();
  test.answer(statusAnswer);
});
afterEach(() => test.close());

const bearers = (): unknown[] => test.calls().map(({ headers }) => headers['authorization']);
const status = () => test.paylov.status(ID);

const once401 = (reply: Reply) => {
  let left = 1;
  return (): Reply => {
    left -= 1;
    return left === 0 ? UNAUTHORIZED : reply;
  };
};

const under =
  (prefix: string) =>
  (request: SeenRequest): Reply => {
    if (isToken(request)) return tokenReply(1);
    if (!request.path.startsWith(`${prefix}/servicePayment/`)) return { status: 404, body: '404' };
    return isList(request) ? { status: 200, body: LIST_ANSWER } : statusAnswer;
  };
const paths = (): string[] =>
  test.loopback.requests
    .filter((request) => !isToken(request))
    .map(({ method, path }) => `${method} ${path.split('?')[0]}`);

/** Everything as scripted but the answers to requests for tokens. */
function serveTokens(reply: (body: { grant_type: string }) => Reply): void {
  test.loopback.serve((request) => {
    if (isToken(request)) return reply(JSON.parse(request.body) as { grant_type: string });
    return isList(request) ? { status: 200, body: LIST_ANSWER } : statusAnswer;
  });
}

describe('the token', () => {
  it('is asked for with the password, once', async () => {
    await status();
    await status();
    const request = test.loopback.requests.find(isToken);
    const basic = Buffer.from(`${KEYS.consumerKey}:${KEYS.consumerSecret}`).toString('base64');
    expect(request).toMatchObject({
      method: 'POST',
      path: '/merchant/oauth2/token/',
      headers: { authorization: `Basic ${basic}`, 'content-type': 'application/json' },
    });
    expect(test.tokenRequests()).toEqual([
      { grant_type: 'password', username: KEYS.username, password: KEYS.password },
    ]);
    expect(bearers()).toEqual(['Bearer marked-access-1', 'Bearer marked-access-1']);
  });

  it('is asked for once by callers at the same time', async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, status));
    expect(outcomes.filter(({ kind }) => kind === 'status')).toHaveLength(20);
    expect(test.tokenRequests()).toHaveLength(1);
    expect(test.loopback.requests.filter(isList)).toHaveLength(1);
  });

  it('is renewed a minute before its end, with a refresh token that changes', async () => {
    await status();
    test.clock.advance(HOUR - 60_001);
    await status();
    expect(test.tokenRequests()).toHaveLength(1);
    test.clock.advance(1);
    await Promise.all([status(), status()]);
    test.clock.advance(HOUR);
    await status();
    expect(test.tokenRequests()).toEqual([
      expect.objectContaining({ grant_type: 'password' }),
      { grant_type: 'refresh_token', refresh_token: 'marked-refresh-1' },
      { grant_type: 'refresh_token', refresh_token: 'marked-refresh-2' },
    ]);
    expect(bearers().at(-1)).toBe('Bearer marked-access-3');
  });

  it('is asked for with the password once the refresh token has ended', async () => {
    await status();
    test.clock.advance(168 * HOUR);
    await status();
    expect(test.tokenRequests()).toMatchObject([
      { grant_type: 'password' },
      { grant_type: 'password' },
    ]);
  });

  it.each([
    ['refused', json({ error: 'invalid_grant' }, 400)],
    ['not known', UNAUTHORIZED],
  ] satisfies [string, Reply][])('is asked for again when the refresh is %s', async (_, reply) => {
    await status();
    let granted = 1;
    serveTokens((body) => {
      if (body.grant_type === 'refresh_token') return reply;
      granted += 1;
      return tokenReply(granted);
    });
    test.clock.advance(HOUR);
    expect(await status()).toMatchObject(PAID);
    expect(test.tokenRequests().slice(1)).toMatchObject([
      { grant_type: 'refresh_token' },
      { grant_type: 'password' },
    ]);
  });

  it('is asked for with the password after a refresh without an answer', async () => {
    await status();
    serveTokens(() => 'drop');
    test.clock.advance(HOUR);
    expect(await status()).toEqual({ kind: 'problem', code: 'network' });
    serveTokens(() => tokenReply(2));
    expect(await status()).toMatchObject(PAID);
    expect(test.tokenRequests().slice(1)).toMatchObject([
      { grant_type: 'refresh_token' },
      { grant_type: 'password' },
    ]);
  });

  it.each([
    ['as the document has it', { status: 200, body: TOKEN_ANSWER }],
    ['wrapped like other answers', json({ result: JSON.parse(TOKEN_ANSWER) as object })],
    ['without its lives', json({ access_token: 'marked-access-9' })],
    ['with strange lives', tokenReply(9, { expires_in: 'soon', refresh_expires_in: -1 })],
  ] satisfies [string, Reply][])('is taken %s', async (_name, reply) => {
    serveTokens(() => reply);
    expect(await status()).toMatchObject(PAID);
    test.clock.advance(HOUR / 2);
    await status();
    expect(test.tokenRequests()).toHaveLength(1);
  });

  it('may live shortly', async () => {
    serveTokens(() => tokenReply(1, { expires_in: 10 }));
    await status();
    test.clock.advance(7999);
    await status();
    expect(test.tokenRequests()).toHaveLength(1);
    test.clock.advance(1);
    await status();
    expect(test.tokenRequests()).toHaveLength(2);
  });

  it.each([
    [json({ error: 'invalid_client' }, 401), 'wrong_keys'],
    [errorReply('validation_error'), 'wrong_keys'],
    [{ status: 401, body: '<h1>401</h1>' }, 'wrong_keys'],
    [{ status: 403, body: '<h1>403</h1>' }, 'permission_denied'],
    [errorReply('ip_not_allowed', 'x', 403), 'ip_not_allowed'],
    [json({ result: null, error: { code: 'permission_denied' } }), 'permission_denied'],
    [{ status: 429, body: '' }, 'rate_limited'],
    [{ status: 500, body: '' }, 'server_error'],
    [{ status: 200, body: '<h1>' }, 'bad_answer'],
    [json({ access_token: 'with a blank' }), 'bad_answer'],
    ['drop', 'network'],
  ] satisfies [Reply, string][])('is not given: %j', async (reply, code) => {
    serveTokens(() => reply);
    expect(await status()).toMatchObject({ kind: 'problem', code });
    expect(await test.paylov.pay(PAYMENT)).toMatchObject({ kind: 'not_sent', problem: { code } });
    expect(test.calls()).toEqual([]);
  });
});

it('what is said of a refused token is kept', async () => {
  serveTokens(() => json({ error: 'invalid_grant', error_description: 'Parol eskirgan' }, 400));
  expect(await status()).toEqual({
    kind: 'problem',
    code: 'wrong_keys',
    detail: 'invalid_grant: Parol eskirgan',
  });
});

describe('an answer 401', () => {
  it('has the token renewed and the call repeated', async () => {
    test.answer(once401(statusAnswer));
    expect(await status()).toMatchObject(PAID);
    expect(bearers()).toEqual(['Bearer marked-access-1', 'Bearer marked-access-2']);
  });

  it('has even a payment repeated, once', async () => {
    test.answer(once401({ status: 200, body: PAY_ANSWER }));
    expect(await test.paylov.pay(PAYMENT)).toMatchObject({ kind: 'paid' });
    expect(test.calls().map(({ body }) => body)).toEqual([
      JSON.stringify(PAYMENT),
      JSON.stringify(PAYMENT),
    ]);
  });

  it('twice means that nothing was sent', async () => {
    test.answer(UNAUTHORIZED);
    expect(await test.paylov.pay(PAYMENT)).toMatchObject({
      kind: 'not_sent',
      problem: { code: 'wrong_keys' },
    });
    expect(test.calls()).toHaveLength(2);
    expect(await status()).toMatchObject({ kind: 'problem', code: 'wrong_keys' });
  });

  it('leaves a payment unknown that fails when it is repeated', async () => {
    test.answer(once401('drop'));
    expect(await test.paylov.pay(PAYMENT)).toEqual({ kind: 'unknown', cause: 'network' });
    expect(test.calls()).toHaveLength(2);
  });

  it('to many callers at once costs one new token', async () => {
    test.answer((request) => {
      const isOld = request.headers['authorization'] === 'Bearer marked-access-1';
      return isOld ? UNAUTHORIZED : statusAnswer;
    });
    const outcomes = await Promise.all(Array.from({ length: 10 }, status));
    expect(outcomes.filter(({ kind }) => kind === 'status')).toHaveLength(10);
    expect(test.tokenRequests()).toHaveLength(2);
  });

  it('ends the use of a fixed token', async () => {
    const client = test.client({ accessToken: 'marked-fixed-token' });
    expect(await client.status(ID)).toMatchObject(PAID);
    expect(bearers()).toEqual(['Bearer marked-fixed-token']);
    test.answer(UNAUTHORIZED);
    expect(await client.pay(PAYMENT)).toMatchObject({
      kind: 'not_sent',
      problem: { code: 'wrong_keys' },
    });
    expect(test.calls()).toHaveLength(2);
    expect(test.tokenRequests()).toEqual([]);
  });

  it('may be as short as somebody made it', async () => {
    const client = test.client({ accessToken: 'abc' });
    expect(await client.status(ID)).toMatchObject(PAID);
    expect(bearers()).toEqual(['Bearer abc']);
  });

  it('is not risked with a token that no header can carry', () => {
    expect(() => test.client({ accessToken: 'two\nlines' })).toThrow('header');
  });
});

describe('the prefix of the service methods', () => {
  it.each([
    ['', '/merchant'],
    ['/merchant', ''],
  ] as const)('configured as "%s" is found to be "%s"', async (configured, real) => {
    test.loopback.serve(under(real));
    const client = test.client({ servicePrefix: configured });
    await Promise.all([client.status(ID), client.pay(PAYMENT)]);
    await client.services();
    expect(paths().toSorted()).toEqual(
      [
        `GET ${configured}/servicePayment/list/`,
        `GET ${real}/servicePayment/list/`,
        `GET ${real}/servicePayment/transaction/status/`,
        `POST ${real}/servicePayment/pay/`,
        `GET ${real}/servicePayment/list/`,
      ].toSorted(),
    );
    expect(test.warnings.map(({ event }) => event)).toContain('provider.other_prefix');
  });

  it.each(['/merchant', '/merchant/'])('is none of the base address "…%s"', async (basePath) => {
    test.loopback.serve(under(''));
    expect(await test.client({ basePath }).status(ID)).toMatchObject(PAID);
    expect(test.loopback.requests.map(({ path }) => path.split('?')[0])).toEqual([
      '/merchant/oauth2/token/',
      '/servicePayment/list/',
      '/servicePayment/transaction/status/',
    ]);
  });

  it('is not taken out of the name of a host', async () => {
    const hosts = new Set<string>();
    const deps = {
      ...testDeps(test.clock),
      fetch: (input: Parameters<typeof fetch>[0]) => {
        hosts.add(new URL(input instanceof Request ? input.url : input).hostname);
        return Promise.reject(new TypeError('nobody is there'));
      },
    };
    const options = { accessToken: 'token', servicePrefix: '' } as const;
    const paylov = createPaylov({ ...options, baseUrl: 'http://merchant' }, deps);
    await paylov.status(ID);
    expect([...hosts]).toEqual(['merchant']);
  });

  it('is never found out by a payment', async () => {
    test.loopback.serve((request) =>
      isToken(request) ? tokenReply(1) : { status: 404, body: 'not here' },
    );
    const outcome = await test.paylov.pay(PAYMENT);
    expect(outcome).toMatchObject({ kind: 'not_sent', problem: { code: 'bad_answer' } });
    expect(paths()).toEqual(['GET /servicePayment/list/', 'GET /merchant/servicePayment/list/']);
  });

  it('waits while Paylov cannot be reached', async () => {
    test.loopback.serve((request) => (isToken(request) ? tokenReply(1) : 'drop'));
    const outcome = await test.paylov.pay(PAYMENT);
    expect(outcome).toEqual({ kind: 'not_sent', problem: { kind: 'problem', code: 'network' } });
    expect(paths()).toEqual(['GET /servicePayment/list/']);
  });

  it('is taken as configured while the list is out of order', async () => {
    test.loopback.serve((request) => {
      if (isToken(request)) return tokenReply(1);
      return isList(request) ? { status: 503, body: '<h1>503</h1>' } : statusAnswer;
    });
    expect(await status()).toMatchObject(PAID);
    test.loopback.serve(under('/merchant'));
    expect(await status()).toMatchObject(PAID);
    expect(paths().at(-1)).toBe('GET /merchant/servicePayment/transaction/status/');
  });
});
