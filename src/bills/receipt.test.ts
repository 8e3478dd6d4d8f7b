/** What a bill keeps for its receipt: the answers under their names, and what Paylov said of the account. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestClock } from '../testing/clock.ts';
import { type FakePaylov, fakePaylov } from './fake-paylov.fixture.ts';
import { stage, type Stage, USER } from './bill-stage.fixture.ts';

let paylov: FakePaylov;
let world: Stage;
beforeEach(async () => {
  paylov = fakePaylov();
  world = await stage({ paylov, clock: createTestClock(Date.UTC(2026, 0, 5)) });
});
afterEach(async () => {
  const findings = await world.findings();
  await world.remove();
  expect(findings).toEqual([]);
});

const REGION = { name: 'region', title: 'Hudud', value: 'Toshkent' };

/** Paylov makes the transaction and says `details` of the account. */
function tells(details: { name: string; title: string; value: string }[]): void {
  paylov.onCreate = (_, honest) => {
    const made = honest();
    return made.kind === 'created' ? { ...made, details } : made;
  };
}

it('keeps the answers as they were shown, only those that are paid for', async () => {
  const strange = { name: 'other', title: 'Other', value: 'not asked' };
  const code = { name: 'customer_code', title: 'x'.repeat(400), value: '0012345' };
  const { id } = await world.confirmed({ labels: [REGION, strange, code] });
  const bill = await world.bills.get(id);
  expect(bill?.accountLabels).toEqual([REGION, { ...code, title: 'x'.repeat(300) }]);
});

it('keeps nothing where nothing was said', async () => {
  const bill = await world.confirmed();
  expect(bill).toMatchObject({ state: 'paid', accountLabels: null, details: null });
});

it('keeps what Paylov says when it makes the transaction, without what is empty', async () => {
  const fio = { name: 'fio', title: 'fio', value: 'FIO - -' };
  tells([fio, { name: 'address', title: 'address', value: '-' }]);
  const bill = await world.confirmed({ labels: [REGION] });
  expect(bill.details).toEqual([fio]);
  paylov.onPay = () => ({ kind: 'refused', code: 'error_at_pay' });
  const failed = await world.confirmed({ repeatAllowed: true });
  expect(failed).toMatchObject({ state: 'failed', details: [fio] });
});

it('keeps the latest where another code is asked for, and the older where that says nothing', async () => {
  const { cards } = world.bills;
  const linking = { userId: USER, linkId: 'L-1', mask: '8600 **** **** 3333', code: '1111' };
  await cards.confirmLinking(linking);
  const first = { name: 'fio', title: 'fio', value: 'FIO' };
  tells([first]);
  const { id } = await world.confirmed({ source: 'card', cardId: 'card-1' });
  tells([]);
  await world.bills.newCode(id, { userId: USER });
  expect((await world.bills.get(id))?.details).toEqual([first]);
  const second = { ...first, value: 'FIO 2' };
  tells([second]);
  await world.bills.newCode(id, { userId: USER });
  expect((await world.bills.get(id))?.details).toEqual([second]);
});
