/** Saved accounts, cards, the catalogue's copies, and the comparison of a day with Paylov. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cards as cardsTable } from '../db/tables.ts';
import { som } from '../core/money.ts';
import { createTestClock, type TestClock } from '../testing/clock.ts';
import { type FakePaylov, fakePaylov, SERVICE } from './fake-paylov.fixture.ts';
import { stage, type Stage, SUM, USER } from './bill-stage.fixture.ts';

const MINUTE = 60_000;
/** 23:58 in Tashkent on the 5th. */
const LATE = Date.UTC(2026, 0, 5, 18, 58);
const DAY = '2026-01-05';

let clock: TestClock;
let paylov: FakePaylov;
let world: Stage;
beforeEach(async () => {
  clock = createTestClock(LATE);
  paylov = fakePaylov();
  world = await stage({ paylov, clock });
});
afterEach(async () => {
  const findings = await world.findings();
  await world.remove();
  expect(findings).toEqual([]);
});

describe('saved accounts', () => {
  const home = {
    userId: USER,
    serviceId: SERVICE.id,
    serviceName: SERVICE.name,
    name: '  My   home ',
    account: { region: '1', code: '0012' },
  };

  it('are saved once under a name, renamed and removed by their user', async () => {
    const { saved } = world.bills;
    const first = await saved.save(home);
    const again = { ...home, name: 'Uy', account: { code: '0012', region: '1' } };
    expect(await saved.save(again)).toMatchObject({ kind: 'saved', saved: { name: 'Uy' } });
    const [only, ...others] = await saved.list(USER);
    expect(others).toEqual([]);
    expect(first).toMatchObject({ saved: { id: only!.id, name: 'My home' } });
    const { id } = only!;
    expect(await saved.get(id, USER)).toMatchObject({ account: { code: '0012' } });
    expect(await saved.get(id, USER + 1)).toBeNull();
    const stranger = { userId: USER + 1, name: 'x' };
    expect(await saved.rename(id, stranger)).toEqual({ kind: 'not_found' });
    expect(await saved.rename(id, { userId: USER, name: ' ' })).toEqual({ kind: 'bad_name' });
    expect(await saved.rename(id, { userId: USER, name: 'Dacha' })).toMatchObject({
      saved: { name: 'Dacha' },
    });
    expect(await saved.remove(id, USER + 1)).toBe(false);
    expect(await saved.remove(id, USER)).toBe(true);
    expect(await saved.list(USER)).toEqual([]);
  });

  it('have names of 40 characters, and are at most 50', async () => {
    const { saved } = world.bills;
    expect(await saved.save({ ...home, name: 'x'.repeat(41) })).toEqual({ kind: 'bad_name' });
    for (let i = 0; i < 50; i += 1) await saved.save({ ...home, account: { code: String(i) } });
    expect(await saved.save(home)).toEqual({ kind: 'too_many' });
    expect(await saved.save({ ...home, account: { code: '7' } })).toMatchObject({ kind: 'saved' });
  });
});

describe('cards', () => {
  const link = { userId: USER, linkId: 'L-1', mask: '8600 **** **** 3333' };

  it('are kept by id and mask only', async () => {
    const { cards } = world.bills;
    const typed = { userId: USER, number: '8600111122223333', expiry: '12/28' };
    expect(await cards.startLinking(typed)).toMatchObject({ kind: 'code_sent' });
    expect(await cards.confirmLinking({ ...link, code: '12' })).toEqual({ kind: 'bad_code' });
    const wrong = { kind: 'problem', code: 'invalid_otp' };
    expect(await cards.confirmLinking({ ...link, code: '2222' })).toEqual(wrong);
    for (let i = 0; i < 2; i += 1) {
      const linked = await cards.confirmLinking({ ...link, code: '1111' });
      expect(linked).toMatchObject({ kind: 'linked', card: { cardId: 'card-1' } });
    }
    const rows = await world.db.read.select().from(cardsTable);
    const row = { userId: USER, cardId: 'card-1', mask: link.mask, createdAt: LATE };
    expect(rows).toEqual([row]);
    expect(await cards.remove('card-1', { userId: USER + 1 })).toEqual({ kind: 'not_found' });
    paylov.removeCard = async () => ({ kind: 'problem', code: 'timeout' });
    await world.restart();
    const { cards: later } = world.bills;
    expect(await later.remove('card-1', { userId: USER })).toMatchObject({ kind: 'problem' });
    expect(await later.list(USER)).toHaveLength(1);
  });

  it('are at most ten', async () => {
    const rows = Array.from({ length: 10 }, (_, i) => {
      return { userId: USER, cardId: `c${i}`, mask: 'x', createdAt: i };
    });
    await world.db.tx((tx) => tx.insert(cardsTable).values(rows).returning());
    const typed = { userId: USER, number: '8600111122223333', expiry: '12/28' };
    expect(await world.bills.cards.startLinking(typed)).toEqual({ kind: 'too_many' });
  });
});

describe('the catalogue', () => {
  const down = { kind: 'problem', code: 'network' } as const;

  it('is asked for once in 10 minutes, by all together', async () => {
    const { catalog } = world.bills;
    await Promise.all([catalog.services(), catalog.services()]);
    await clock.advance(10 * MINUTE - 1);
    expect(await catalog.services()).toMatchObject({ stale: false, asOf: LATE });
    expect(paylov.calls).toEqual(['services']);
    await clock.advance(1);
    expect(await catalog.services()).toMatchObject({ stale: false, asOf: LATE + 10 * MINUTE });
    expect(paylov.calls).toEqual(['services', 'services']);
  });

  it('is served as old while Paylov is down, which is asked every 30 seconds', async () => {
    const { catalog } = world.bills;
    await catalog.services();
    paylov.onServices = () => down;
    await clock.advance(10 * MINUTE);
    for (let i = 0; i < 3; i += 1) {
      expect(await catalog.services()).toMatchObject({ stale: true, asOf: LATE });
    }
    expect(paylov.calls).toHaveLength(2);
    paylov.onServices = (_, honest) => honest();
    await clock.advance(30_000);
    expect(await catalog.services()).toMatchObject({ stale: false });
    const outcome = await world.bills.confirm(world.request());
    expect(outcome).toMatchObject({ bill: { state: 'paid' } });
  });

  it('without any copy is a problem, asked for again at once', async () => {
    paylov.onServices = () => down;
    expect(await world.bills.catalog.services()).toEqual(down);
    expect(await world.bills.catalog.services()).toEqual(down);
    expect(paylov.calls).toHaveLength(2);
  });

  it('keeps the fields of each service, but no old form that turned out wrong', async () => {
    const { catalog } = world.bills;
    const form = await paylov.fields(SERVICE.id);
    let answer: typeof form = form;
    let asked = 0;
    paylov.fields = async () => {
      asked += 1;
      return answer;
    };
    await world.restart();
    const fields = (id: string) => world.bills.catalog.fields(id);
    expect(await catalog.fields(SERVICE.id)).toMatchObject({ kind: 'form' });
    expect(await fields('a')).toMatchObject({ kind: 'form', stale: false });
    await fields('a');
    await fields('b');
    expect(asked).toBe(2);
    await clock.advance(10 * MINUTE);
    answer = { kind: 'problem', code: 'timeout' };
    expect(await fields('a')).toMatchObject({ kind: 'form', stale: true });
    await clock.advance(MINUTE);
    answer = { kind: 'problem', code: 'bad_form' };
    expect(await fields('a')).toEqual(answer);
    answer = { kind: 'unavailable' };
    expect(await fields('b')).toEqual(answer);
    for (let i = 0; i < 301; i += 1) await fields(`s${i}`);
    const before = asked;
    await fields('s300');
    expect(asked).toBe(before + 1);
  });

  it('keeps few of those services that offer very much to choose from', async () => {
    const form = await paylov.fields(SERVICE.id);
    const option = { value: '1', title: '1', filter: null };
    const many = { name: 'place', options: Array.from({ length: 100_000 }, () => option) };
    const field = {
      title: '',
      type: 'select',
      content: 'text',
      required: true,
      parent: null,
    } as const;
    const asked: string[] = [];
    paylov.fields = async (id) => {
      asked.push(id);
      if (form.kind !== 'form') throw new Error('no form');
      return { ...form, fields: id === 'small' ? [] : [{ ...field, ...many }] };
    };
    await world.restart();
    const fields = (id: string) => world.bills.catalog.fields(id);
    for (const id of ['small', 'a', 'b', 'c', 'b', 'a', 'c', 'small']) await fields(id);
    expect(asked).toEqual(['small', 'a', 'b', 'c']);
    await fields('d');
    await fields('a');
    await fields('b');
    expect(asked.slice(4)).toEqual(['d', 'b']);
  });
});

describe('a day compared with Paylov', () => {
  const reconcile = () => world.bills.reconcile(DAY);

  async function paid(amountTiyin = SUM): Promise<string> {
    const outcome = await world.bills.confirm(world.request({ amountTiyin }));
    if (outcome.kind !== 'bill' || outcome.bill.state !== 'paid') throw new Error('not paid');
    return outcome.bill.id;
  }

  it('agrees', async () => {
    await paid();
    expect(await reconcile()).toEqual({
      kind: 'compared',
      findings: [],
      there: 1,
      here: 1,
      complete: true,
    });
    expect(await world.bills.reconcile('2026-01-06')).toMatchObject({ here: 0 });
  });

  it('finds what was paid there and not captured here, whoever it was for', async () => {
    paylov.onPay = () => ({ kind: 'refused', code: 'invalid_amount' });
    const outcome = await world.bills.confirm(world.request());
    paylov.latest().state = 'paid';
    const { amountTiyin, request } = paylov.latest();
    paylov.book.set('X', { id: 'X', request, state: 'paid', pays: [], amountTiyin });
    const billId = outcome.kind === 'bill' ? outcome.bill.id : '';
    const found = { kind: 'paid_there_only', amountTiyin: SUM };
    expect(await reconcile()).toMatchObject({
      findings: [
        { ...found, transactionId: 'T-1', billId, state: 'failed' },
        { ...found, transactionId: 'X', billId: null, state: null },
      ],
    });
  });

  it('finds an old transaction of a bill that was paid with another', async () => {
    const { cards } = world.bills;
    await cards.confirmLinking({ userId: USER, linkId: 'L', mask: 'm', code: '1111' });
    const request = world.request({ source: 'card', cardId: 'card-1' });
    const outcome = await world.bills.confirm(request);
    const id = outcome.kind === 'bill' ? outcome.bill.id : '';
    await world.bills.newCode(id, { userId: USER });
    await world.bills.submitCode(id, { userId: USER, code: paylov.code });
    expect(await reconcile()).toMatchObject({ findings: [] });
    paylov.book.get('T-1')!.state = 'paid';
    expect(await reconcile()).toMatchObject({
      findings: [{ kind: 'paid_there_only', transactionId: 'T-1', billId: id, state: 'paid' }],
    });
  });

  it('finds what was captured here and is absent there, unless the list is cut', async () => {
    const billId = await paid();
    paylov.latest().state = 'cancelled';
    const missing = { kind: 'captured_here_only', transactionId: 'T-1', amountTiyin: SUM, billId };
    expect(await reconcile()).toMatchObject({ findings: [missing], complete: true });
    paylov.onTransactions = () => ({ kind: 'transactions', transactions: [], complete: false });
    expect(await reconcile()).toMatchObject({ findings: [], complete: false });
  });

  it('finds sums that differ', async () => {
    const billId = await paid();
    paylov.latest().amountTiyin = som(1);
    const transactionId = 'T-1';
    const sums = { hereTiyin: SUM, thereTiyin: som(1) };
    expect(await reconcile()).toMatchObject({
      findings: [{ kind: 'other_amount', transactionId, billId, ...sums }],
    });
  });

  it('takes what Paylov has under the next day for paid', async () => {
    await paid();
    const asked: string[] = [];
    const transactions = paylov.transactions.bind(paylov);
    paylov.transactions = async (request) => {
      asked.push(`${request.beginDate} ${request.endDate}`);
      if (request.endDate === DAY)
        return { kind: 'transactions', transactions: [], complete: true };
      return await transactions(request);
    };
    await world.restart();
    expect(await reconcile()).toMatchObject({ findings: [], there: 0, here: 1 });
    expect(asked).toEqual([`${DAY} ${DAY}`, '2026-01-04 2026-01-06']);
  });

  it('says when Paylov does not answer', async () => {
    paylov.onTransactions = () => ({ kind: 'problem', code: 'timeout' });
    expect(await reconcile()).toEqual({ kind: 'problem', code: 'timeout' });
  });
});

it('a quote has the fee where the balance pays', async () => {
  const bill = { serviceId: SERVICE.id, amountTiyin: SUM };
  expect(await world.bills.quote({ ...bill, source: 'card' })).toEqual({
    feeTiyin: 0,
    totalTiyin: SUM,
  });
  const fromBalance = { feeTiyin: som(500), totalTiyin: SUM + som(500) };
  expect(await world.bills.quote({ ...bill, source: 'balance' })).toEqual(fromBalance);
});
