import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { json, type Reply } from '../../providers/testing.fixture.ts';
import { TRANSACTIONS_ANSWER } from './payments.fixture.ts';
import { errorReply, startPaylovTest, type PaylovTest } from './testing.fixture.ts';
import { dayOf } from '../../core/calendar.ts';

const days = { beginDate: '2024-09-30', endDate: '2024-11-21' };
const QUERY = '?beginDate=2024-09-30&endDate=2024-11-21';
const answer: Reply = { status: 200, body: TRANSACTIONS_ANSWER };

let test: PaylovTest;
beforeEach(async () => {
  test = await startPaylovTest();
});
afterEach(() => test.close());

const paths = (): string[] => test.calls().map(({ path }) => path);

interface Raw {
  result: { totalTransaction?: number; transactions: object[]; error: unknown };
}

const changed = (change: (body: Raw) => void): Reply => {
  const body = JSON.parse(TRANSACTIONS_ANSWER) as Raw;
  change(body);
  return json(body);
};

describe('the transactions', () => {
  it('are read from the answer of the document', async () => {
    test.answer(answer);
    const common = {
      amountTiyin: 50_000,
      userId: '646',
      serviceId: '3b03419c-2850-401f-b418-75d4c9b71b66',
      cardMask: '9860 **** **** 8885',
    };
    expect(await test.paylov.transactions(days)).toEqual({
      kind: 'transactions',
      complete: true,
      transactions: [
        {
          ...common,
          id: '2e701897-b04b-4fb0-99c5-520d78d557db',
          paidAt: Date.UTC(2024, 10, 21, 6, 48, 47),
        },
        {
          ...common,
          id: '6aa8b698-cd79-4187-a822-21ac3f421839',
          paidAt: Date.UTC(2024, 8, 30, 6, 26, 32),
        },
      ],
    });
    expect(test.calls()).toMatchObject([
      { method: 'GET', path: `/servicePayment/transaction/all/${QUERY}` },
    ]);
  });

  it('can be those of a user and a service', async () => {
    test.answer(answer);
    await test.paylov.transactions({ ...days, userId: 'tg_1', serviceId: 's' });
    expect(paths()[0]).toContain(`${QUERY}&userId=tg_1&serviceId=s`);
  });

  it.each([
    ['/servicePayment/transaction/all', 2, { status: 404, body: '404' }],
    ['/servicePayment/transaction/all', 2, { status: 301, body: '', headers: { location: '/x' } }],
    ['/merchant/servicePayment/transaction/all/', 3, { status: 404, body: '{}' }],
    ['/merchant/servicePayment/transaction/all', 4, { status: 405, body: '' }],
  ] satisfies [string, number, Reply][])('are found at %s', async (real, tries, elsewhere) => {
    test.answer(({ path }) => (path.split('?')[0] === real ? answer : elsewhere));
    expect(await test.paylov.transactions(days)).toMatchObject({ kind: 'transactions' });
    expect(paths()).toHaveLength(tries);
    await test.paylov.transactions(days);
    expect(paths().slice(tries)).toEqual([`${real}${QUERY}`]);
  });

  it('are nowhere', async () => {
    test.answer({ status: 404, body: '404' });
    expect(await test.paylov.transactions(days)).toMatchObject({ code: 'bad_answer' });
    expect(paths()).toHaveLength(4);
  });

  it('are not complete when more are counted than listed', async () => {
    test.answer(changed(({ result }) => (result.totalTransaction = 3)));
    expect(await test.paylov.transactions(days)).toMatchObject({ complete: false });
    test.answer(changed(({ result }) => delete result.totalTransaction));
    expect(await test.paylov.transactions(days)).toMatchObject({ complete: true });
  });

  it.each([
    ['without a sum', { amount: null }],
    ['with a sum that is none', { amount: '1e3' }],
    ['without an id', { id: null }],
  ])('are taken without one %s, which is named', async (_name, changes) => {
    test.answer(changed(({ result }) => Object.assign(result.transactions[0]!, changes)));
    const id = 'id' in changes ? null : '2e701897-b04b-4fb0-99c5-520d78d557db';
    expect(await test.paylov.transactions(days)).toMatchObject({
      kind: 'transactions',
      transactions: [{ id: '6aa8b698-cd79-4187-a822-21ac3f421839' }],
      unreadable: [{ id }],
      // It may be any of ours.
      complete: id !== null,
    });
    expect(test.warnings.map(({ event }) => event)).toEqual(['provider.bad_answer']);
  });

  it.each([null, 5, 'paid', []])('are taken without what is no row: %j', async (row) => {
    test.answer(changed(({ result }) => (result.transactions[0] = row as never)));
    const outcome = await test.paylov.transactions(days);
    expect(outcome).toMatchObject({ unreadable: [{ id: null }], complete: false });
  });

  it('hear an error inside the result', async () => {
    const error = { code: 'permission_denied', message: 'no' };
    test.answer(changed(({ result }) => (result.error = error)));
    const outcome = await test.paylov.transactions(days);
    expect(outcome).toMatchObject({ kind: 'problem', code: 'permission_denied' });
    test.answer(errorReply('validation_error'));
    expect(await test.paylov.transactions(days)).toMatchObject({ code: 'validation_error' });
  });

  it('are asked for by days', async () => {
    const wrong = { beginDate: '21.11.2024', endDate: '2024-11-21' };
    await expect(test.paylov.transactions(wrong)).rejects.toThrow('dayOf');
  });
});

describe('a day in Tashkent', () => {
  it('begins five hours before that of UTC', () => {
    expect(dayOf(Date.UTC(2026, 4, 16, 18, 59, 59))).toBe('2026-05-16');
    expect(dayOf(Date.UTC(2026, 4, 16, 19))).toBe('2026-05-17');
  });
});
