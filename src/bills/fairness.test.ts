/** One person with a script: SMS to strangers, guesses at codes, strangers' names. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { som } from '../core/money.ts';
import { QUOTAS } from '../quotas/limits.ts';
import { createTestClock, type TestClock } from '../testing/clock.ts';
import { type FakePaylov, fakePaylov, SERVICE } from './fake-paylov.fixture.ts';
import type { ConfirmLinkingOutcome } from './paylov/types.ts';
import { type Stage, stage, USER } from './bill-stage.fixture.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const MASK = '8600 **** **** 3333';
const OTHER = 7002;

let clock: TestClock;
let paylov: FakePaylov;
let world: Stage;
/** What it says of codes while it is not there. */
let away: ConfirmLinkingOutcome | null;
/** What was asked of Paylov. */
let asked: { infos: number; sms: string[]; guesses: number };

beforeEach(async () => {
  clock = createTestClock();
  away = null;
  asked = { infos: 0, sms: [], guesses: 0 };
  const honest = fakePaylov();
  paylov = {
    ...honest,
    async startLinking(request) {
      asked.sms.push(request.number);
      return await honest.startLinking(request);
    },
    async confirmLinking(request) {
      asked.guesses += 1;
      return away ?? (await honest.confirmLinking(request));
    },
    info: () => {
      asked.infos += 1;
      return Promise.resolve({ kind: 'info', details: [] });
    },
  };
  world = await stage({ paylov, clock, quotas: QUOTAS });
});
afterEach(() => world.remove());

const link = (number: string, userId = USER) =>
  world.bills.cards.startLinking({ userId, number, expiry: '12/28' });

const guess = (code: string, { userId = USER, linkId = 'L-1', mask = MASK } = {}) =>
  world.bills.cards.confirmLinking({ userId, linkId, mask, code });

async function payByCard(changes: { confirmationId: string; amountTiyin: number }) {
  return await world.bills.confirm(world.request({ source: 'card', cardId: 'card-1', ...changes }));
}

describe('one person with a script', () => {
  it('sends few strangers an SMS a day', async () => {
    const [day] = QUOTAS.actions.link_card;
    const begin = clock.now();
    for (let n = 10; n < 47; n += 1) await link(`86001234567890${n}`);
    expect(asked.sms).toHaveLength(day?.most ?? 0);
    expect(await link('8600123456789099')).toEqual({
      kind: 'quota_spent',
      action: 'link_card',
      until: begin + DAY,
    });
    expect((await link('8600123456789099', OTHER)).kind).toBe('code_sent');
  });

  it('sends the owner of one card few SMS a day, with however many accounts', async () => {
    const [day] = QUOTAS.actions.card_link;
    const begin = clock.now();
    const number = '8600 1234 5678 9012';
    for (let n = 0; n < 30; n += 1)
      await link(n % 2 === 0 ? number : number.replaceAll(' ', ''), 1000 + n);
    expect(asked.sms).toHaveLength(day?.most ?? 0);
    const spent = { kind: 'quota_spent', action: 'card_link', until: begin + DAY };
    expect(await link(number, 2000)).toEqual(spent);
    // Who was refused has used up nothing of their own, and other cards of theirs are as before.
    expect((await link('8600123456789013', 2000)).kind).toBe('code_sent');
    await clock.advance(DAY);
    expect((await link(number, 2000)).kind).toBe('code_sent');
  });

  it('guesses three times at the code of a card, whichever link it comes from', async () => {
    for (let n = 0; n < 30; n += 1) await guess(`90${n + 10}`, { linkId: `L-${n % 3}` });
    expect(asked.guesses).toBe(3);
    const until = clock.now() + 15 * MINUTE;
    const locked = { kind: 'quota_spent', action: 'card_code', until };
    expect(await guess('1111')).toEqual(locked);
    // No SMS is sent for a code that may not be tried.
    expect(await link('8600000000003333')).toEqual(locked);
    expect(asked.sms).toEqual([]);
    expect((await guess('1111', { userId: OTHER })).kind).toBe('linked');
    await clock.advance(15 * MINUTE);
    expect((await guess('1111')).kind).toBe('linked');
  });

  it('guesses no more when many guesses come at once', async () => {
    const codes = Array.from({ length: 30 }, (_, n) => String(9000 + n));
    await Promise.all(codes.map((code) => guess(code)));
    expect(asked.guesses).toBe(3);
  });

  it('guesses no more in a day than a few times three', async () => {
    for (let hour = 0; hour < 24; hour += 1) {
      for (let n = 0; n < 4; n += 1) await guess('9000');
      await clock.advance(60 * MINUTE - 1);
    }
    expect(asked.guesses).toBe(12);
  });

  it('reads few strangers’ names and addresses', async () => {
    const [hour] = QUOTAS.actions.account_info;
    const begin = clock.now();
    const info = (n: number, userId = USER) =>
      world.bills.info({ userId, serviceId: SERVICE.id, account: { code: String(n) } });
    for (let n = 0; n < 40; n += 1) await info(n);
    expect(asked.infos).toBe(hour?.most);
    const until = begin + 60 * MINUTE;
    expect(await info(41)).toEqual({ kind: 'quota_spent', action: 'account_info', until });
    expect((await info(41, OTHER)).kind).toBe('info');
  });

  it('makes so many bills an hour', async () => {
    await world.credit(USER, som(10_000_000));
    const [hour] = QUOTAS.actions.pay_bill;
    const kinds: string[] = [];
    for (let n = 0; n < 30; n += 1) {
      kinds.push((await world.bills.confirm(world.request({ amountTiyin: som(1000 + n) }))).kind);
    }
    expect(kinds.filter((kind) => kind === 'bill')).toHaveLength(hour?.most ?? 0);
    expect(kinds.at(-1)).toBe('quota_spent');
  });
});

describe('wrong codes', () => {
  beforeEach(async () => {
    expect((await guess('1111')).kind).toBe('linked');
  });

  it('of payments and of linking count together', async () => {
    await guess('9000');
    const paying = await payByCard({ confirmationId: 'A', amountTiyin: som(2000) });
    if (paying.kind !== 'bill') throw new Error(paying.kind);
    const submit = (code: string) => world.bills.submitCode(paying.bill.id, { userId: USER, code });
    expect(await submit('9001')).toMatchObject({ kind: 'wrong_code' });
    const locked = { kind: 'quota_spent', action: 'card_code', until: clock.now() + 15 * MINUTE };
    expect(await submit('9002')).toMatchObject({ ...locked, bill: { state: 'awaiting_code' } });
    expect(await submit(paylov.code)).toMatchObject(locked);
    expect(await world.bills.newCode(paying.bill.id, { userId: USER })).toMatchObject(locked);
    expect(await payByCard({ confirmationId: 'B', amountTiyin: som(3000) })).toEqual(locked);
    expect(paylov.latest().pays).toHaveLength(2);
    await clock.advance(15 * MINUTE);
    expect((await payByCard({ confirmationId: 'B', amountTiyin: som(3000) })).kind).toBe('bill');
  });

  it('are forgotten once the right one came', async () => {
    for (const [n, confirmationId] of ['A', 'B', 'C'].entries()) {
      const paying = await payByCard({ confirmationId, amountTiyin: som(2000 + n) });
      if (paying.kind !== 'bill') throw new Error(paying.kind);
      const submit = (code: string) =>
        world.bills.submitCode(paying.bill.id, { userId: USER, code });
      for (const code of ['9000', '9001'])
        expect(await submit(code)).toMatchObject({ kind: 'wrong_code' });
      expect(await submit(paylov.code)).toMatchObject({ bill: { state: 'paid' } });
    }
  });

  it('are none where Paylov did not look at them', async () => {
    away = { kind: 'problem', code: 'timeout' };
    for (let n = 0; n < 10; n += 1) expect(await guess('1111')).toEqual(away);
  });
});
