/** Whatever a payment system or Telegram answers: a known outcome with believable sums, never an exception or a hang. */
import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import * as bills from '../../src/bills/paylov/payloads.fixture.ts';
import * as payments from '../../src/bills/paylov/payments.fixture.ts';
import { type PaylovTest, startPaylovTest } from '../../src/bills/paylov/testing.fixture.ts';
import { autopaycardCase } from '../../src/providers/autopaycard/contract-case.fixture.ts';
import {
  type ContractCase,
  startContractWorld,
} from '../../src/providers/contract-world.fixture.ts';
import { inpayCase } from '../../src/providers/inpay/contract-case.fixture.ts';
import { payferCase } from '../../src/providers/payfer/contract-case.fixture.ts';
import { rasmiypayCase } from '../../src/providers/rasmiypay/contract-case.fixture.ts';
import { type Reply, startLoopback } from '../../src/providers/testing.fixture.ts';
import { realClock } from '../../src/core/deps.ts';
import { createTelegramFetch } from '../../src/core/telegram-fetch.ts';
import { Api } from 'grammy';
import { FUZZ_TIMEOUT_MS, fuzzRuns, oddBody, oddJson } from './runs.ts';

const CASES = [inpayCase, payferCase, rasmiypayCase, autopaycardCase];
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

type Path = (string | number)[];

/** Where something stands in a JSON value. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  // Deeper than any answer is: what an earlier change put there.
  if (typeof value !== 'object' || value === null || path.length > 50) return [path];
  const inner = Object.entries(value).flatMap(([key, each]) => pathsOf(each, [...path, key]));
  return [path, ...inner];
}

function replaced(value: unknown, [first, ...rest]: Path, odd: unknown): unknown {
  if (first === undefined) return odd;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<
    string | number,
    unknown
  >;
  copy[first] = replaced(copy[first], rest, odd);
  return copy;
}

/** A documented answer with one or two things changed, or something else altogether. */
function answers(documented: readonly string[]): fc.Arbitrary<Reply> {
  const parsed = documented.map((text) => JSON.parse(text) as unknown);
  const odd = oddJson()
    .filter((text) => text.length < 5000)
    .map((text) => JSON.parse(text) as unknown);
  const change = fc.record({ at: fc.nat(1000), odd });
  const changed = fc
    .tuple(fc.constantFrom(...parsed), fc.array(change, { minLength: 1, maxLength: 2 }))
    .map(([base, changes]) => {
      const result = changes.reduce((value, { at, odd: put }) => {
        const all = pathsOf(value);
        return replaced(value, all[at % all.length] ?? [], put);
      }, base);
      return JSON.stringify(result);
    });
  const body = fc.oneof(
    { weight: 6, arbitrary: changed },
    { weight: 1, arbitrary: oddBody().map((bytes) => Buffer.from(bytes).toString('latin1')) },
    { weight: 1, arbitrary: fc.constantFrom('<html>502</html>', 'x'.repeat(400_000)) },
  );
  const status = fc.constantFrom(
    200,
    200,
    200,
    200,
    201,
    204,
    301,
    400,
    401,
    404,
    418,
    429,
    500,
    503,
  );
  const headers = fc.constantFrom<Readonly<Record<string, string>>>(
    { 'content-type': 'application/json' },
    { 'content-type': 'text/html', 'retry-after': '-1' },
    { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' },
    { location: 'http://127.0.0.1:1/', 'retry-after': '99999999999' },
    { 'content-encoding': 'gzip' },
  );
  return fc.oneof(
    { weight: 12, arbitrary: fc.record({ status, body, headers }) },
    { weight: 1, arbitrary: fc.constantFrom<Reply>('drop', 'drop_body') },
  );
}

/** What is wrong with an outcome; empty when nothing is. */
function wrongWith(outcome: unknown): string[] {
  if (typeof outcome !== 'object' || outcome === null || !('kind' in outcome)) return ['no kind'];
  return Object.entries(outcome)
    .filter(([name]) => name.endsWith('Tiyin'))
    .filter(([, sum]) => !(sum === null || (Number.isSafeInteger(sum) && Number(sum) >= 0)))
    .map(([name, sum]) => `${name} is ${String(sum)}`);
}

function callsOf(contract: ContractCase, make: () => ReturnType<ContractCase['make']>) {
  return [
    () => make().create(contract.request),
    () => make().check(contract.order, 'poll'),
    ...contract.others.map((other) => () => other.run(make())),
  ];
}

describe.each(CASES)('$name', { timeout: FUZZ_TIMEOUT_MS }, (contract) => {
  it('may answer anything', async () => {
    const world = await startContractWorld(contract);
    closing.push(() => world.loopback.close());
    const calls = callsOf(contract, () => contract.make(world.loopback.url, world.deps));
    const { paidWord: word, sum } = contract;
    const documented = [
      contract.createAnswer,
      contract.checkAnswer({ word, sum: sum.som }),
      contract.checkAnswer({ word: 'anything' }),
    ];
    await fc.assert(
      fc.asyncProperty(fc.nat(), answers(documented), async (index, reply) => {
        world.answer(reply);
        const outcome = await calls[index % calls.length]?.();
        expect(wrongWith(outcome)).toEqual([]);
      }),
      fuzzRuns(150),
    );
  });
});

function paylovCalls({ paylov }: PaylovTest): (() => Promise<unknown>)[] {
  const userId = 'tg_1';
  return [
    () => paylov.services(),
    () => paylov.fields('25'),
    () => paylov.info({ serviceId: '25', account: { account: '1' } }),
    () => paylov.status('transaction'),
    () => paylov.pay({ transactionId: 'x', cardId: 'card', userId }),
    () => paylov.transactions({ beginDate: '2026-05-15', endDate: '2026-05-16', userId }),
    () =>
      paylov.startLinking({
        userId,
        number: '8600123456789017',
        expiry: '12/28',
        phone: '998901234567',
      }),
    () => paylov.confirmLinking({ userId, linkId: 'x', code: '123456' }),
    () => paylov.listCards(userId),
    () => paylov.removeCard('card'),
  ];
}

describe('Paylov', { timeout: FUZZ_TIMEOUT_MS }, () => {
  it('may answer anything', async () => {
    const test = await startPaylovTest();
    closing.push(() => test.close());
    const documented = Object.entries({ ...bills, ...payments })
      .filter(([name]) => name.endsWith('_ANSWER') || name === 'ERROR_SHAPE')
      .map(([, text]) => text);
    const calls = paylovCalls(test);
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.boolean(), answers(documented), async (index, also, reply) => {
        // Tokens and the list of services as well, now and then.
        if (also) test.loopback.serve(() => reply);
        else test.answer(reply);
        const outcome = await calls[index % calls.length]?.();
        expect(wrongWith(outcome)).toEqual([]);
      }),
      fuzzRuns(250),
    );
  });
});

describe('Telegram', { timeout: FUZZ_TIMEOUT_MS }, () => {
  it('may answer anything: a call ends with a result or an error that names no address', async () => {
    const loopback = await startLoopback();
    closing.push(() => loopback.close());
    const clientFetch = createTelegramFetch({ fetch, clock: realClock });
    const api = new Api('1:token', { apiRoot: loopback.url, fetch: clientFetch });
    const documented = [
      '{"ok":true,"result":[]}',
      '{"ok":false,"error_code":429,"description":"a"}',
    ];
    await fc.assert(
      fc.asyncProperty(answers(documented), async (reply) => {
        loopback.serve(() => reply);
        const ended = await api.getMe().then(
          () => 'result',
          (error: unknown) => String(error),
        );
        expect(ended).not.toContain('1:token');
      }),
      fuzzRuns(150),
    );
  });

  it('may answer without end: no more than a bounded part is read', async () => {
    let sent = 0;
    const chunk = new Uint8Array(1024 * 1024);
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += chunk.length;
        // An end there is, so that a program without a bound fails this test instead of the machine.
        if (sent > 200 * chunk.length) controller.close();
        else controller.enqueue(chunk);
      },
    });
    const clientFetch = createTelegramFetch({
      fetch: () => Promise.resolve(new Response(endless)),
      clock: realClock,
    });
    const api = new Api('1:token', { fetch: clientFetch });
    await expect(api.getMe()).rejects.toThrow('getMe');
    expect(sent).toBeLessThan(30 * chunk.length);
  });
});
