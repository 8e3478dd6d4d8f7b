import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nextPollDelayMs, type Priority, type SpendRequest } from '../../topups/provider.ts';
import { startContractWorld, type ContractWorld } from '../contract-world.fixture.ts';
import { json, type Reply, type SeenRequest } from '../testing.fixture.ts';
import { inpayCase, MERCHANT_TOKEN } from './contract-case.fixture.ts';
import { CREATE_ANSWER, FISCAL_ANSWER, SUCCESS_ANSWER, WEBHOOK_BODY } from './payloads.fixture.ts';
import { createInpay } from './inpay.ts';
import { INPAY_SCHEDULE } from './tables.ts';

const HOUR = 3_600_000;
const { request, order } = inpayCase;
const DEAD_TOKEN = json({ success: false, error_code: 'INVALID_TOKEN' }, 401);

let world: ContractWorld;
let tokens: number;
beforeEach(async () => {
  world = await startContractWorld(inpayCase);
  tokens = 0;
});
afterEach(() => world.loopback.close());

/** Hands out token-1, token-2 … and answers the rest by `reply`. */
function serve(reply: (request: SeenRequest, token: string) => Reply): void {
  world.loopback.serve((seen) => {
    if (seen.path.startsWith('/authorization/')) {
      tokens += 1;
      return json({ success: true, bearer_token: `token-${tokens}` });
    }
    return reply(seen, String(seen.headers['authorization'] ?? ''));
  });
}

const ok = (body: string): Reply => ({ status: 200, body });
const created = (): Reply => ok(CREATE_ANSWER);

/** The paths called, without their queries, and the tokens sent along. */
function calls(): string[] {
  return world.loopback.requests.map(({ path, headers }) => {
    const token = String(headers['authorization'] ?? '').replace('Bearer ', ' ');
    return `${path.split('?')[0]}${token}`;
  });
}

describe('inPAY’s token', () => {
  it('is fetched once for 23 hours', async () => {
    serve(created);
    await world.provider.create(request);
    world.clock.advance(23 * HOUR - 1);
    await world.provider.create(request);
    expect(tokens).toBe(1);
    world.clock.advance(1);
    await world.provider.create(request);
    expect(calls()).toEqual([
      '/authorization/',
      '/create/ token-1',
      '/create/ token-1',
      '/authorization/',
      '/create/ token-2',
    ]);
  });

  it('is fetched by one request for all who wait', async () => {
    serve(created);
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => world.provider.create(request)),
    );
    expect(outcomes.map(({ kind }) => kind)).toEqual(Array.from({ length: 10 }, () => 'created'));
    expect(tokens).toBe(1);
  });

  it('is renewed once on 401, and the call repeated once', async () => {
    serve((_seen, token) => (token === 'Bearer token-1' ? DEAD_TOKEN : created()));
    expect((await world.provider.create(request)).kind).toBe('created');
    expect(calls()).toEqual([
      '/authorization/',
      '/create/ token-1',
      '/authorization/',
      '/create/ token-2',
    ]);
  });

  it('is renewed by one request for all whose token died', async () => {
    serve((_seen, token) => (token === 'Bearer token-1' ? DEAD_TOKEN : created()));
    await Promise.all(Array.from({ length: 5 }, () => world.provider.create(request)));
    expect(tokens).toBe(2);
  });

  it('is not renewed a second time', async () => {
    serve(() => DEAD_TOKEN);
    const outcome = await world.provider.create(request);
    expect(outcome).toMatchObject({ kind: 'problem', code: 'wrong_keys' });
    expect(calls()).toHaveLength(4);
  });

  it.each([400, 403, 500])('is renewed on INVALID_TOKEN with %i', async (status) => {
    const dead = json({ success: false, error_code: 'INVALID_TOKEN' }, status);
    serve((_seen, token) => (token === 'Bearer token-1' ? dead : created()));
    expect((await world.provider.create(request)).kind).toBe('created');
  });

  it('is renewed on 401 without a readable body', async () => {
    serve((_seen, token) => (token === 'Bearer token-1' ? { status: 401, body: '' } : created()));
    expect((await world.provider.create(request)).kind).toBe('created');
  });

  it('is not fetched for a status call, but sent along when it is there', async () => {
    serve((seen) => (seen.path.startsWith('/create') ? created() : ok(SUCCESS_ANSWER)));
    await world.provider.check(order, 'poll');
    await world.provider.create(request);
    await world.provider.check(order, 'poll');
    expect(calls()).toEqual([
      '/transactions/',
      '/authorization/',
      '/create/ token-1',
      '/transactions/ token-1',
    ]);
  });

  it('is fetched for a status call that wants one', async () => {
    serve((_seen, token) =>
      token === '' ? json({ error_code: 'MISSING_AUTH_TOKEN' }, 401) : ok(SUCCESS_ANSWER),
    );
    expect(await world.provider.check(order, 'poll')).toMatchObject({ kind: 'paid' });
    expect(calls()).toEqual(['/transactions/', '/authorization/', '/transactions/ token-1']);
  });

  it('tells that the keys are wrong, and tries again at the next call', async () => {
    world.loopback.serve(() => json({ success: false, error_code: 'MERCHANT_NOT_FOUND' }, 404));
    const wrong = { kind: 'problem', code: 'wrong_keys' };
    expect(await world.provider.create(request)).toMatchObject(wrong);
    serve(created);
    expect((await world.provider.create(request)).kind).toBe('created');
  });

  it('refuses a token that no header can carry', async () => {
    world.loopback.serve(() => json({ success: true, bearer_token: 'a\r\nx-evil: 1' }));
    const outcome = await world.provider.create(request);
    expect(outcome).toMatchObject({ kind: 'problem', code: 'bad_answer' });
  });

  it('is granted to a create after the budget refused it to a poll', async () => {
    const { deps, loopback } = world;
    const asked: Priority[] = [];
    const answer = Promise.withResolvers<Awaited<ReturnType<SpendRequest>>>();
    const spend: SpendRequest = ({ priority }) => {
      asked.push(priority);
      if (priority === 'create') return Promise.resolve({ kind: 'granted' });
      // The first is the status call itself, the second its token.
      if (asked.length === 1) return Promise.resolve({ kind: 'granted' });
      return answer.promise;
    };
    const provider = createInpay(
      {
        baseUrl: loopback.url,
        merchantId: '1353',
        merchantToken: MERCHANT_TOKEN,
        requestsPerHour: 100,
      },
      { ...deps, spend },
    );
    serve((_seen, token) => (token === '' ? DEAD_TOKEN : created()));
    const check = provider.check(order, 'poll');
    while (asked.length < 2) await new Promise(setImmediate);
    const create = provider.create(request);
    await new Promise(setImmediate);
    answer.resolve({ kind: 'problem', code: 'budget_spent' });
    expect(await check).toEqual({ kind: 'problem', code: 'budget_spent' });
    expect((await create).kind).toBe('created');
    expect(asked).toEqual(['poll', 'poll', 'create', 'create']);
  });
});

describe('inPAY', () => {
  it('reads the webhook of the document as one that says paid', () => {
    expect(world.provider.webhook!.saysPaid(JSON.parse(WEBHOOK_BODY))).toBe(true);
  });

  it('leaves the choice of the method to the page', async () => {
    serve(created);
    const { method: _method, webhookUrl: _url, phone: _phone, ...plain } = request;
    await world.provider.create({ ...plain, method: 'any' });
    await world.provider.create(plain);
    for (const { body } of world.loopback.requests.filter(({ path }) => path === '/create/')) {
      expect(Object.keys(JSON.parse(body) as object)).toEqual([
        'merchant_id',
        'token',
        'amount',
        'description',
      ]);
    }
  });

  it.each([undefined, null, 'yes'])(
    'reads the status of the payment whatever is said of the call, but a failure: %j',
    async (success) => {
      const { success: _success, ...rest } = JSON.parse(SUCCESS_ANSWER) as Record<string, unknown>;
      serve(() => json({ ...rest, success }));
      expect(await world.provider.check(order, 'poll')).toMatchObject({ kind: 'paid' });
      for (const failure of [false, 0, 'false', 'error']) {
        serve(() => json({ ...rest, success: failure }));
        expect((await world.provider.check(order, 'poll')).kind).toBe('problem');
      }
    },
  );

  it.each(['79991234567', '901234567', ''])(
    'sends no phone of another shape: "%s"',
    async (phone) => {
      serve(created);
      await world.provider.create({ ...request, phone });
      expect(world.loopback.requests.at(-1)?.body).not.toContain('phone');
    },
  );

  it.each([
    ['without a scheme', 'inpay.uz/pay/1', 'https://inpay.uz/pay/1'],
    ['without a scheme, with slashes', '//inpay.uz/pay/1', 'https://inpay.uz/pay/1'],
    ['with blanks', ' https://inpay.uz/pay/1\n', 'https://inpay.uz/pay/1'],
  ])('takes an address of the page %s', async (_how, pay_url, payUrl) => {
    serve(() => json({ success: 1, order_id: 'a1', pay_url, detail: '', error_code: 0 }));
    expect(await world.provider.create(request)).toMatchObject({ kind: 'created', payUrl });
  });

  it.each([
    'javascript:alert(1)',
    'ftp://inpay.uz/1',
    'pay/1',
    'data:text/html,x',
    'localhost',
    '',
  ])('takes no "%s" for the address of a page', async (pay_url) => {
    serve(() => json({ success: 'true', order_id: 'a1', pay_url }));
    expect(await world.provider.create(request)).toMatchObject({ code: 'bad_answer' });
  });

  it('reads its codes in small letters, too', async () => {
    serve((_seen, token) =>
      token === 'Bearer token-1'
        ? json({ success: false, error_code: 'invalid_token' }, 400)
        : json({ success: false, error_code: ' amount_too_low ' }, 400),
    );
    expect(await world.provider.create(request)).toMatchObject({ code: 'amount_too_low' });
    expect(tokens).toBe(2);
  });

  it('takes whole so’m only', async () => {
    await expect(world.provider.create({ ...request, amountTiyin: 1_500_050 })).rejects.toThrow(
      'whole',
    );
    expect(world.loopback.requests).toEqual([]);
  });

  it.each([
    ['404', json({ success: false, message: 'none' }, 404)],
    ['a refusal without a code', json({ success: false })],
    ['no address', json({ success: true, data: { fiscalized: false, fiscal_url: null } })],
    [
      'an address that is none',
      json({ success: true, data: { fiscalized: true, fiscal_url: 'javascript:x' } }),
    ],
  ])('has no receipt: %s', async (_name, reply) => {
    world.answer(reply);
    expect(await world.provider.receipt?.(order)).toEqual({ kind: 'none' });
  });

  it('asks for a receipt again with a new token', async () => {
    serve((_seen, token) => (token === 'Bearer token-1' ? DEAD_TOKEN : ok(FISCAL_ANSWER)));
    expect(await world.provider.receipt?.(order)).toMatchObject({ kind: 'receipt' });
  });

  it('is polled at the times that fit its limit', () => {
    const times: number[] = [];
    for (let age = 0; age < 1660; age = times.at(-1) ?? 0) {
      times.push(age + nextPollDelayMs(INPAY_SCHEDULE, age * 1000) / 1000);
    }
    expect(times).toEqual([20, 40, 70, 100, 160, 220, 340, 460, 760, 1060, 1660]);
    expect(nextPollDelayMs(INPAY_SCHEDULE, 1660 * 1000)).toBe(HOUR);
    expect(nextPollDelayMs(INPAY_SCHEDULE, 24 * HOUR)).toBe(6 * HOUR);
  });

  it('lives an hour unless the settings say otherwise', () => {
    const settings = {
      baseUrl: 'https://inpay.uz/api/v1',
      merchantId: '1',
      merchantToken: 'x',
      requestsPerHour: 90,
    };
    const provider = createInpay(settings, world.deps);
    expect(provider).toMatchObject({
      ttlMs: HOUR,
      budget: { requests: 90, perMs: HOUR },
      rateLimitPauseMs: 600_000,
    });
    expect(createInpay({ ...settings, ttlMs: 5 }, world.deps).ttlMs).toBe(5);
  });
});
