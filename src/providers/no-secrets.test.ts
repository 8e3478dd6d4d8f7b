/**
 * Every call of every provider meets answers that throw everything they were sent back at it; nothing of that may
 * come out again.
 */
import { afterEach, describe, expect, it } from 'vitest';
import type { Provider } from '../topups/provider.ts';
import { autopaycardCase } from './autopaycard/contract-case.fixture.ts';
import {
  startContractWorld,
  type ContractCase,
  type ContractWorld,
} from './contract-world.fixture.ts';
import { inpayCase } from './inpay/contract-case.fixture.ts';
import { payferCase } from './payfer/contract-case.fixture.ts';
import { rasmiypayCase } from './rasmiypay/contract-case.fixture.ts';
import type { Reply, SeenRequest } from './testing.fixture.ts';

const CASES = [inpayCase, payferCase, rasmiypayCase, autopaycardCase];

function everything(request: SeenRequest): string {
  const headers = Object.entries(request.headers).map(
    ([name, value]) => `${name}: ${String(value)}`,
  );
  const decoded = decodeURIComponent(request.path.replaceAll('+', ' '));
  const lines = [`${request.method} ${request.path}`, decoded, ...headers, request.body];
  return [...lines, decodeURIComponent(request.body.replaceAll('+', ' '))].join('\n');
}

function echo(status: number, body: (text: string) => object): (request: SeenRequest) => Reply {
  return (request) => ({ status, body: JSON.stringify(body(everything(request))) });
}

/** What a hostile or broken provider may answer. */
const ECHOES: { name: string; reply: (request: SeenRequest) => Reply }[] = [
  ...[200, 400, 401, 403, 404, 405, 409, 422, 429, 500, 503].flatMap((status) => [
    {
      name: `${status} with messages`,
      reply: echo(status, (text) => ({ success: false, status: 'error', message: text })),
    },
    {
      name: `${status} with a code`,
      reply: echo(status, (text) => ({ error_code: text, detail: [{ msg: text, loc: [text] }] })),
    },
    {
      name: `${status} with text`,
      reply: (request: SeenRequest) => ({ status, body: everything(request) }),
    },
  ]),
  {
    name: 'an unknown status',
    reply: echo(200, (text) => ({
      success: true,
      status: text,
      payment_status: text,
      order: 'abc123xyz',
      data: { status: text, amount: '1' },
    })),
  },
  {
    name: 'statuses that look like success',
    reply: echo(200, (text) => ({
      status: 'success',
      success: true,
      payment_status: text,
      order_id: text,
      order: text,
      order_code: text,
      unique_amount: text,
      bearer_token: text,
      data: { status: text, amount: text, fiscal_url: text },
    })),
  },
  {
    name: 'a redirect',
    reply: (request) => ({
      status: 302,
      headers: { location: `/next?all=${encodeURIComponent(everything(request))}` },
      body: everything(request),
    }),
  },
  { name: 'a cut connection', reply: () => 'drop' },
  { name: 'a cut body', reply: () => 'drop_body' },
];

function callsOf(contract: ContractCase): ((provider: Provider) => Promise<unknown>)[] {
  return [
    (provider) => provider.create(contract.request),
    (provider) => provider.check(contract.order, 'poll'),
    ...contract.others.map((other) => other.run),
  ];
}

const formsOf = (value: string): string[] => [
  value,
  encodeURIComponent(value),
  new URLSearchParams([['', value]]).toString().slice(1),
  JSON.stringify(value).slice(1, -1),
];

let world: ContractWorld;
afterEach(() => world.loopback.close());

describe.each(CASES)('$name', (contract) => {
  const marked = [...contract.secrets, ...contract.personal].flatMap(formsOf);
  const leaks = (...shown: unknown[]): string[] => {
    const text = shown.map((each) => JSON.stringify(each)).join('\n');
    const plain = text.replaceAll('\\"', '"').replaceAll('\\\\', '\\');
    return marked.filter((value) => text.includes(value) || plain.includes(value));
  };

  it.each(ECHOES)('keeps its secrets from $name', async ({ reply }) => {
    world = await startContractWorld(contract);
    const outcomes: unknown[] = [];
    for (const call of callsOf(contract)) {
      for (const withPrelude of [true, false]) {
        if (withPrelude) world.answer(reply);
        else world.loopback.serve(reply);
        outcomes.push(await call(contract.make(world.loopback.url, world.deps)));
      }
    }
    expect(outcomes.length).toBe(callsOf(contract).length * 2);
    expect(leaks(outcomes, world.deps.warnings)).toEqual([]);
  });

  it('would find a leak', async () => {
    world = await startContractWorld(contract);
    const [first = ''] = contract.secrets;
    expect(leaks({ detail: `x ${first} y` })).toContain(first);
    expect(leaks({ detail: JSON.stringify(first) }).length).toBeGreaterThan(0);
  });

  it('keeps its keys out of what it created', async () => {
    world = await startContractWorld(contract);
    world.answer({ status: 200, body: contract.createAnswer });
    const outcome = JSON.stringify(await world.provider.create(contract.request));
    expect(contract.secrets.filter((secret) => outcome.includes(secret))).toEqual([]);
  });
});
