/** A phone that a person shared goes to Paylov with their card. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestClock } from '../testing/clock.ts';
import { rememberPhone } from '../users/find.ts';
import { seenUser } from '../users/users.ts';
import { type FakePaylov, fakePaylov } from './fake-paylov.fixture.ts';
import type { CreateBillRequest, StartLinkingRequest } from './paylov/types.ts';
import { stage, type Stage, USER } from './bill-stage.fixture.ts';

let paylov: FakePaylov;
let world: Stage;
let linked: StartLinkingRequest[];
let created: CreateBillRequest[];
beforeEach(async () => {
  paylov = fakePaylov();
  linked = [];
  created = [];
  const startLinking = paylov.startLinking.bind(paylov);
  paylov.startLinking = async (request) => {
    linked.push(request);
    if (request.phone === '+998900000000') return { kind: 'problem', code: 'phone_not_match' };
    return await startLinking(request);
  };
  paylov.onCreate = (request, honest) => {
    created.push(request);
    if (request.phone === '+998900000000') return { kind: 'problem', code: 'phone_not_match' };
    return honest();
  };
  world = await stage({ paylov, clock: createTestClock() });
  await seenUser(world.db, { id: USER, first_name: 'Ali' }, 1);
});
afterEach(() => world.remove());

const share = (phone: string) => rememberPhone(world.db, { userId: USER, phone });
const link = () =>
  world.bills.cards.startLinking({ userId: USER, number: '8600', expiry: '12/28' });

async function payByCard(): Promise<unknown> {
  await world.bills.cards.confirmLinking({ userId: USER, linkId: 'L', mask: 'm', code: '1111' });
  return await world.bills.confirm(world.request({ source: 'card', cardId: 'card-1' }));
}

describe('the phone', () => {
  it('goes along when a card is linked and when it pays', async () => {
    await share('998901234567');
    await link();
    await payByCard();
    expect(linked).toMatchObject([{ phone: '+998901234567' }]);
    expect(created).toMatchObject([{ phone: '+998901234567', cardId: 'card-1' }]);
  });

  it.each([[undefined], ['79161234567']])('that is %s is left out', async (phone) => {
    if (phone !== undefined) await share(phone);
    await link();
    await payByCard();
    expect(linked).toHaveLength(1);
    expect(created).toHaveLength(1);
    expect([linked[0], created[0]].map((each) => each && 'phone' in each)).toEqual([false, false]);
  });

  it('is not compared with the operator’s card', async () => {
    await share('998901234567');
    await world.bills.confirm(world.request());
    expect(created[0]).not.toHaveProperty('phone');
  });

  it('of another number than the card’s keeps nobody from their card: its code proves it', async () => {
    await share('998900000000');
    expect(await link()).toMatchObject({ kind: 'code_sent' });
    expect(linked.map(({ phone }) => phone)).toEqual(['+998900000000', undefined]);
    expect(await payByCard()).toMatchObject({ bill: { state: 'awaiting_code' } });
    expect(created.map(({ phone }) => phone)).toEqual(['+998900000000', undefined]);
  });
});
