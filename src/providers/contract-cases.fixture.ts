/** One suite of cases that the client of every provider passes against a real HTTP server. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProblemCode, SpendRequest } from '../topups/provider.ts';
import {
  startContractWorld,
  requestView,
  withHeaders,
  type ContractCase,
  type ContractWorld,
} from './contract-world.fixture.ts';
import { describePaid } from './contract-paid.fixture.ts';
import { json, type Reply } from './testing.fixture.ts';

const HTML = {
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: '<!doctype html><title>nginx</title>',
} satisfies Reply;

/** Answers that no provider's document knows. */
const ODD_REPLIES: { name: string; reply: Reply; code: ProblemCode }[] = [
  { name: 'garbage', reply: { status: 200, body: '\u0000{"status":' }, code: 'bad_answer' },
  { name: 'HTML', reply: HTML, code: 'bad_answer' },
  { name: 'HTML with 404', reply: { status: 404, body: '<h1>404</h1>' }, code: 'bad_answer' },
  { name: 'an empty body', reply: { status: 200, body: '' }, code: 'bad_answer' },
  { name: 'null', reply: { status: 200, body: 'null' }, code: 'bad_answer' },
  { name: 'a list', reply: { status: 200, body: '[{"status":"success"}]' }, code: 'bad_answer' },
  { name: 'an empty object', reply: { status: 200, body: '{}' }, code: 'bad_answer' },
  {
    name: 'a redirect',
    reply: { status: 301, headers: { location: '/elsewhere' }, body: '{"status":"success"}' },
    code: 'bad_answer',
  },
  { name: 'a huge body', reply: json({ pad: 'x'.repeat(300_000) }), code: 'bad_answer' },
  { name: '500 with HTML', reply: { status: 500, body: '<h1>oops</h1>' }, code: 'server_error' },
  { name: '502 without a body', reply: { status: 502, body: '' }, code: 'server_error' },
  { name: '503 with HTML', reply: { status: 503, body: '<h1>busy</h1>' }, code: 'maintenance' },
  { name: 'a dropped connection', reply: 'drop', code: 'network' },
  { name: 'a connection dropped in the body', reply: 'drop_body', code: 'network' },
];

export function describeContract(contract: ContractCase): void {
  describe(`${contract.name}: the contract`, () => {
    let world: ContractWorld;
    beforeEach(async () => {
      world = await startContractWorld(contract);
    });
    afterEach(() => world.loopback.close());
    const current = (): ContractWorld => world;

    describeCreate(contract, current);
    describeStatuses(contract, current);
    describeLies(contract, current);
    describePaid(contract, current);
    describeReports(contract, current);
    describeOddAnswers(contract, current);
    describeLimits(contract, current);
    describeOthers(contract, current);
  });
}

function describeCreate(contract: ContractCase, world: () => ContractWorld): void {
  it('creates an order with exactly the documented request', async () => {
    const { provider, loopback, deps, answer } = world();
    answer({ status: 200, body: contract.createAnswer });
    expect(await provider.create(contract.request)).toEqual(contract.created);
    expect(loopback.requests.map(requestView)).toEqual(contract.createRequests.map(withHeaders));
    expect(deps.warnings).toEqual([]);
  });

  it('leaves blanks and invisible marks around the number of the order out', async () => {
    const { created } = contract;
    const id = created.kind === 'created' ? created.providerOrder : '';
    const { provider, answer } = world();
    const body = contract.createAnswer.replaceAll(`"${id}"`, JSON.stringify(` ${id}\u200b\n`));
    expect(body).not.toBe(contract.createAnswer);
    answer({ status: 200, body });
    expect(await provider.create(contract.request)).toEqual(created);
  });

  it.each(contract.createRefusals)('hears $name on create', async ({ reply, expected }) => {
    const { provider, answer } = world();
    answer(reply);
    const outcome = await provider.create(contract.request);
    expect(outcome).toMatchObject(asOutcome(expected));
  });
}

function describeStatuses(contract: ContractCase, world: () => ContractWorld): void {
  it('asks for the status with exactly the documented request', async () => {
    const { provider, loopback, answer } = world();
    answer({ status: 200, body: contract.checkAnswer({ word: contract.paidWord }) });
    await provider.check(contract.order, 'poll');
    expect(loopback.requests.map(requestView)).toEqual(contract.checkRequests.map(withHeaders));
  });

  it.each(contract.statuses)('reads the status $word', async ({ word, outcome }) => {
    const { provider, deps, answer } = world();
    answer({ status: 200, body: contract.checkAnswer({ word, sum: contract.sum.som }) });
    expect(await provider.check(contract.order, 'poll')).toMatchObject(outcome);
    expect(deps.warnings).toEqual([]);
  });

  it.each(contract.checkRefusals)('hears $name on check', async ({ reply, expected }) => {
    const { provider, answer } = world();
    answer(reply);
    expect(await provider.check(contract.order, 'poll')).toMatchObject(asOutcome(expected));
  });
}

function describeLies(contract: ContractCase, world: () => ContractWorld): void {
  const checkedWith = async (options: { sum?: unknown; order?: unknown }): Promise<unknown> => {
    const { provider, answer } = world();
    const body = contract.checkAnswer({ word: contract.paidWord, ...options });
    answer({ status: 200, body });
    return provider.check(contract.order, 'prompt');
  };
  const warned = (): string[] => world().deps.warnings.map(({ event }) => event);
  const unreadable = { kind: 'problem', code: 'unreadable_payment' };

  it('reports the sum that was paid, also when it is another one', async () => {
    const outcome = await checkedWith({ sum: contract.sum.som + 1 });
    expect(outcome).toMatchObject({ kind: 'paid', paidTiyin: contract.sum.tiyin + 100 });
  });

  it('takes the sum as a numeric text', async () => {
    const outcome = await checkedWith({ sum: `${Math.floor(contract.sum.som)}.50` });
    const paidTiyin = Math.floor(contract.sum.som) * 100 + 50;
    expect(outcome).toMatchObject({ kind: 'paid', paidTiyin });
  });

  it('leaves a payment of another order to an owner', async () => {
    const outcome = await checkedWith({ sum: contract.sum.som, order: 'ANOTHER0ORDER' });
    expect(outcome).toEqual({ ...unreadable, detail: 'it names another order' });
    expect(warned()).toEqual(['provider.unreadable_payment']);
  });

  it('takes an answer that names no order for the one that was asked for', async () => {
    const outcome = await checkedWith({ sum: contract.sum.som, order: undefined });
    expect(outcome).toMatchObject({ kind: 'paid', paidTiyin: contract.sum.tiyin });
  });
}

/** A webhook proves nothing; what it claims only decides whether an owner has to look. */
function describeReports({ statuses }: ContractCase, world: () => ContractWorld): void {
  it.each(statuses)('knows whether a report of $word claims a payment', ({ word, outcome }) => {
    const { webhook } = world().provider;
    if (!webhook) return;
    const saysPaid = (body: unknown): boolean => webhook.saysPaid(body);
    const claims = outcome.kind === 'paid';
    expect(saysPaid({ status: word })).toBe(claims);
    expect(saysPaid({ status: ` ${word.toUpperCase()} ` })).toBe(claims);
    const others = [word, [{ status: word }], { status: { status: word } }, { status: [word] }];
    expect([null, undefined, 5, {}, { status: 'constructor' }, ...others].some(saysPaid)).toBe(
      false,
    );
  });
}

function describeOddAnswers(contract: ContractCase, world: () => ContractWorld): void {
  it.each(ODD_REPLIES)('survives $name on create', async ({ reply, code }) => {
    const { provider, loopback, answer } = world();
    answer(reply);
    expect(await provider.create(contract.request)).toMatchObject({ kind: 'problem', code });
    expect(loopback.requests).toHaveLength(contract.createRequests.length);
  });

  it.each(ODD_REPLIES)('survives $name on check', async ({ reply, code }) => {
    const { provider, loopback, answer } = world();
    answer(reply);
    expect(await provider.check(contract.order, 'poll')).toMatchObject({ kind: 'problem', code });
    expect(loopback.requests).toHaveLength(1);
  });

  it.each([
    [401, 'wrong_keys'],
    [403, 'ip_not_whitelisted'],
  ] as const)('calls the operator when a proxy answers %i with a page', async (status, code) => {
    const { provider, answer } = world();
    for (const body of [HTML.body, '']) {
      answer({ status, headers: HTML.headers, body });
      const blocked = { kind: 'problem', code };
      expect(await provider.create(contract.request)).toMatchObject(blocked);
      expect(await provider.check(contract.order, 'poll')).toMatchObject(blocked);
    }
  });

  it.each([301, 302, 307, 308])(
    'sends a call again where %i asks for the other slash',
    async (status) => {
      const { provider, loopback, answer } = world();
      const first = new Map<string, string>();
      answer(({ path }) => {
        const [place = '', query = ''] = path.split('?');
        const other = place.endsWith('/') ? place.slice(0, -1) : `${place}/`;
        if (first.get(other) !== undefined) return { status: 200, body: contract.createAnswer };
        first.set(place, query);
        return { status, headers: { location: `${loopback.url}${other}?${query}` }, body: '' };
      });
      expect(await provider.create(contract.request)).toEqual(contract.created);
      const [asked, again] = loopback.requests.slice(-2).map(requestView);
      expect(again).toEqual({ ...asked, path: expect.any(String) as string });
      expect(loopback.requests).toHaveLength(contract.createRequests.length + 1);
    },
  );

  it.each([303, 301])('sends nothing again for %i to another place', async (status) => {
    const { provider, loopback, answer } = world();
    answer(({ path }) => {
      const [place = ''] = path.split('?');
      const other = place.endsWith('/') ? place.slice(0, -1) : `${place}/`;
      const origin = status === 303 ? '' : 'http://127.0.0.2';
      return { status, headers: { location: origin + other }, body: '' };
    });
    expect(await provider.create(contract.request)).toMatchObject({ code: 'bad_answer' });
    expect(loopback.requests).toHaveLength(contract.createRequests.length);
  });

  it('takes JSON whatever the content type says', async () => {
    const { provider, answer } = world();
    const headers = { 'content-type': 'text/html; charset=utf-8' };
    answer({ status: 200, headers, body: contract.createAnswer });
    expect(await provider.create(contract.request)).toEqual(contract.created);
  });
}

function describeLimits(contract: ContractCase, world: () => ContractWorld): void {
  it.each([
    ['120', 120_000],
    ['86400', 3_600_000],
    [new Date(contract.now + 90_000).toUTCString(), 90_000],
  ])('honours Retry-After: %s', async (value, retryAfterMs) => {
    const { provider, answer } = world();
    answer({ status: 429, headers: { 'retry-after': value }, body: 'slow down' });
    const limited = { kind: 'problem', code: 'rate_limited', retryAfterMs };
    expect(await provider.check(contract.order, 'poll')).toMatchObject(limited);
    expect(await provider.create(contract.request)).toMatchObject(limited);
  });

  it.each(['0', '-1', 'soon', 'Mon, 01 Jan 2001 00:00:00 GMT'])(
    'ignores Retry-After: %s',
    async (value) => {
      const { provider, answer } = world();
      answer({ status: 429, headers: { 'retry-after': value }, body: '{}' });
      const outcome = await provider.check(contract.order, 'poll');
      expect(outcome).toMatchObject({ kind: 'problem', code: 'rate_limited' });
      expect(outcome).not.toHaveProperty('retryAfterMs');
    },
  );

  it('gives a call 15 seconds', async () => {
    const { provider, loopback, clock, answer } = world();
    answer('hang');
    const check = provider.check(contract.order, 'poll');
    await loopback.received(1);
    clock.advance(15_000);
    expect(await check).toEqual({ kind: 'problem', code: 'timeout' });
  });

  it('sends nothing that the budget refuses', async () => {
    const { loopback, deps } = world();
    const asked: string[] = [];
    const spent = { kind: 'problem', code: 'budget_spent' } as const;
    const spend: SpendRequest = ({ priority }) => {
      asked.push(priority);
      return Promise.resolve(spent);
    };
    const provider = contract.make(loopback.url, { ...deps, spend });
    expect(await provider.create(contract.request)).toEqual(spent);
    expect(await provider.check(contract.order, 'poll')).toEqual(spent);
    expect(asked).toEqual(['create', 'poll']);
    expect(loopback.requests).toEqual([]);
  });

  it('asks the budget before every request', async () => {
    const { loopback, deps, answer } = world();
    answer({ status: 200, body: contract.createAnswer });
    let asked = 0;
    const spend: SpendRequest = () => {
      asked += 1;
      return Promise.resolve({ kind: 'granted' });
    };
    const provider = contract.make(loopback.url, { ...deps, spend });
    await provider.create(contract.request);
    for (const other of contract.others) {
      answer(other.answer);
      await other.run(provider);
    }
    expect(asked).toBe(loopback.requests.length);
  });
}

function describeOthers(contract: ContractCase, world: () => ContractWorld): void {
  if (contract.others.length === 0) return;
  it.each(contract.others)('$name', async ({ run, answer: reply, outcome, requests }) => {
    const { provider, loopback, answer } = world();
    answer(reply);
    expect(await run(provider)).toEqual(outcome);
    expect(loopback.requests.map(requestView)).toEqual(requests.map(withHeaders));
  });
}

function asOutcome(expected: unknown): object {
  if (typeof expected === 'object' && expected !== null) return expected;
  return { kind: 'problem', code: expected };
}
