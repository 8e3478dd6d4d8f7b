/** Bills that are paid because somebody else asked for it: one pays, whoever else comes hears so. */
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { realRandom } from '../core/deps.ts';
import { som } from '../core/money.ts';
import { outbox } from '../db/tables.ts';
import { createRequests, type Requests } from '../requests/requests.ts';
import { createTestClock, type TestClock } from '../testing/clock.ts';
import { UNLIMITED } from '../testing/quotas.ts';
import type { ConfirmRequest } from './outcomes.ts';
import { type FakePaylov, fakePaylov, SERVICE } from './fake-paylov.fixture.ts';
import { FEE, stage, type Stage, START, SUM, USER } from './bill-stage.fixture.ts';

const ASKER = 7002;
const SECOND = 7003;
const ACCOUNT = { region: '1', customer_code: '0012345' };

let clock: TestClock;
let paylov: FakePaylov;
let world: Stage;
let requests: Requests;
let requestId: string;
beforeEach(async () => {
  clock = createTestClock();
  paylov = fakePaylov();
  world = await stage({ paylov, clock, feeTiyin: FEE });
  await world.credit(SECOND, START);
  requests = open();
  requestId = await ask();
});
afterEach(async () => {
  const findings = await world.findings();
  await world.remove();
  expect(findings).toEqual([]);
});

/** On the file as it is open by now. */
function open(): Requests {
  return createRequests({
    db: world.db,
    clock,
    random: realRandom,
    quotas: UNLIMITED,
    notifyOutbox: () => undefined,
  });
}

async function ask(): Promise<string> {
  const { id: serviceId, name: serviceName } = SERVICE;
  const account = { region: '1', customer_code: '0012345' };
  const outcome = await requests.askForBill(
    ASKER,
    { serviceId, serviceName, account, labels: [] },
    SUM,
  );
  if (outcome.kind !== 'asked') throw new Error(outcome.kind);
  return outcome.request.id;
}

const pay = async (changes: Partial<ConfirmRequest> = {}) =>
  await world.bills.confirm(world.request({ account: ACCOUNT, requestId, ...changes }));

async function told(): Promise<{ chatId: number; params: unknown }[]> {
  const rows = await world.db.read.select().from(outbox).where(eq(outbox.kind, 'request_paid'));
  return rows.map(({ chatId, params }) => ({ chatId, params }));
}

describe('a bill for somebody else’s request', () => {
  it('is paid by who pays it, and who asked hears of it', async () => {
    const outcome = await pay();
    expect(outcome).toMatchObject({ kind: 'bill', bill: { state: 'paid', userId: USER } });
    const billId = outcome.kind === 'bill' ? outcome.bill.id : '';
    expect(await requests.get(requestId)).toMatchObject({ state: 'paid', payerId: USER, billId });
    expect(await told()).toEqual([{ chatId: ASKER, params: { requestId } }]);
    expect(await requests.isPaidFor(ASKER, billId)).toBe(true);
    expect(await requests.isPaidFor(USER, billId)).toBe(false);
    expect((await world.balance()).availableTiyin).toBe(START - SUM - FEE);
  });

  it('is refused once it is paid, and nothing is taken', async () => {
    await pay();
    const second = await pay({ userId: SECOND });
    expect(second).toEqual({ kind: 'request_over', standing: 'paid' });
    expect(await world.balance(SECOND)).toEqual({ availableTiyin: START, heldTiyin: 0 });
    expect(paylov.book.size).toBe(1);
  });

  it('is refused once who asked has paid it themselves, and not for a payment that failed', async () => {
    await world.credit(ASKER, START);
    const own = { userId: ASKER, account: ACCOUNT };
    paylov.onPay = () => ({ kind: 'refused', code: 'error_at_pay' });
    await world.bills.confirm(world.request(own));
    paylov.onPay = (_, honest) => honest();
    expect(await world.bills.confirm(world.request(own))).toMatchObject({
      bill: { state: 'paid' },
    });
    expect(await pay()).toEqual({ kind: 'request_over', standing: 'paid' });
    expect(await world.balance()).toEqual({ availableTiyin: START, heldTiyin: 0 });
  });

  it('is one, when two pay at the same moment', async () => {
    const both = await Promise.all([pay(), pay({ userId: SECOND })]);
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(['bill', 'request_over']);
    const left = [await world.balance(), await world.balance(SECOND)];
    const spent = left.reduce((sum, each) => sum + START - each.availableTiyin, 0);
    expect(spent).toBe(SUM + FEE);
    expect(await told()).toHaveLength(1);
  });

  it('that fails leaves the request to the next one', async () => {
    paylov.onPay = () => ({ kind: 'refused', code: 'error_at_pay' });
    expect(await pay()).toMatchObject({ kind: 'bill', bill: { state: 'failed' } });
    expect(await requests.get(requestId)).toMatchObject({
      state: 'open',
      payerId: null,
      billId: null,
    });
    expect(await told()).toEqual([]);
    paylov.onPay = (_, honest) => honest();
    expect(await pay({ userId: SECOND })).toMatchObject({ bill: { state: 'paid' } });
    expect(await requests.get(requestId)).toMatchObject({ state: 'paid', payerId: SECOND });
  });

  it('that nobody is sure about keeps others from paying until it is clear', async () => {
    paylov.onPay = (_, honest) => {
      honest();
      return { kind: 'unknown', cause: 'timeout' };
    };
    expect(await pay()).toMatchObject({ bill: { state: 'unknown' } });
    const second = await pay({ userId: SECOND });
    expect(second).toEqual({ kind: 'request_over', standing: 'paying' });
    expect(await requests.withdraw(requestId, ASKER)).toMatchObject({ state: 'paying' });
    for (let i = 0; i < 30; i += 1) {
      await clock.advance(1000);
      await world.bills.tick();
    }
    expect(await requests.get(requestId)).toMatchObject({ state: 'paid' });
    expect(await told()).toHaveLength(1);
  });

  it.each([1, 2, 3, 4, 5, 6])(
    'cut off after step %i ends with the request as the bill is',
    async (steps) => {
      world.dieAfter(steps);
      await Promise.race([pay(), world.died()]);
      await world.restart();
      for (let i = 0; i < 200; i += 1) {
        await clock.advance(2000);
        await world.bills.tick();
      }
      const [bill] = await world.bills.history(USER, { offset: 0, limit: 9 });
      const request = await open().get(requestId);
      // Whether a call that was cut off was sent is not clear so soon: nobody else pays meanwhile.
      const wanted = { paid: 'paid', failed: 'open', unknown: 'paying' };
      expect(request?.state).toBe(wanted[bill?.state as keyof typeof wanted] ?? 'open');
      expect(['paid', 'failed', 'unknown', undefined]).toContain(bill?.state);
    },
  );

  it('is refused for another account, service or sum than was asked for', async () => {
    for (const changes of [{ amountTiyin: som(1000) }, { account: { ...ACCOUNT, region: '2' } }]) {
      await expect(pay(changes)).rejects.toThrow('asks for another bill');
    }
    expect(await requests.get(requestId)).toMatchObject({ state: 'open' });
    expect(await world.balance()).toEqual({ availableTiyin: START, heldTiyin: 0 });
  });

  it('is not begun with too small a balance, and the request stays open', async () => {
    expect(await pay({ userId: 7009 })).toMatchObject({ kind: 'insufficient' });
    expect(await requests.get(requestId)).toMatchObject({ state: 'open', payerId: null });
  });
});
