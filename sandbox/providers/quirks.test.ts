/** What no document shows: each quirk as it comes over HTTP, and that it goes away again. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProviderId } from '../../src/core/payment-systems.ts';
import { QUIRKS, type Quirk } from './quirks.ts';
import { readAt, SHAPES } from './shapes.ts';
import { checkAt, openAt, startSandboxTest, type SandboxTest } from './testing.fixture.ts';

const IDS = ['inpay', 'payfer', 'rasmiypay', 'autopaycard'] as const;
const WITH_WEBHOOK = ['inpay', 'payfer', 'autopaycard'] as const;

let test: SandboxTest;
beforeEach(async () => {
  test = await startSandboxTest();
});
afterEach(() => test.close());

interface Spoken {
  word: unknown;
  sum: unknown;
  order: unknown;
}

/** What the status call says, with whatever stands before the JSON cut off. */
async function spoken(id: ProviderId, order: string): Promise<Spoken> {
  const { text } = await checkAt(test, id, order);
  const body = JSON.parse(text.slice(text.indexOf('{'))) as Record<string, unknown>;
  const { status, sum, order: about } = SHAPES[id];
  return { word: readAt(body, status), sum: readAt(body, sum), order: readAt(body, about) };
}

/** The answers to so many questions under a quirk. */
async function answers(id: ProviderId, order: string, quirk: Quirk, count: number) {
  test.simulated(id).behave([quirk]);
  const heard: Spoken[] = [];
  for (let i = 0; i < count; i += 1) heard.push(await spoken(id, order));
  test.simulated(id).behave([]);
  return heard;
}

describe.each(IDS)('%s', (id) => {
  const { paid } = SHAPES[id];
  const sumOf = (order: string): number =>
    (test
      .simulated(id)
      .orders()
      .find((each) => each.id === order)?.amountTiyin ?? 0) / 100;

  it('spells its word for paid in four other ways, and its own way afterwards', async () => {
    const order = await openAt(test, id);
    test.simulated(id).pay(order);
    const heard = await answers(id, order, 'spelled_words', 4);
    const words = heard.map(({ word }) => word);
    const capital = paid.charAt(0).toUpperCase() + paid.slice(1);
    expect(words).toEqual([paid.toUpperCase(), capital, `${paid} `, ` ${capital}\n`]);
    expect((await spoken(id, order)).word).toBe(paid);
  });

  it('writes sums as text, as people do, and as a careless program does', async () => {
    const order = await openAt(test, id);
    test.simulated(id).pay(order, { amountTiyin: 5_000_150 });
    const asText = await answers(id, order, 'text_sums', 2);
    expect(asText.map(({ sum }) => sum)).toEqual(['50001.50', '50001.5']);
    const asPeople = await answers(id, order, 'spelled_sums', 4);
    expect(asPeople.map(({ sum }) => sum)).toEqual([
      '50 001,50',
      '50001.5 UZS',
      ' 50001.5 ',
      "50 001,50 so'm",
    ]);
    const [binary] = await answers(id, order, 'binary_sums', 1);
    expect(binary?.sum).toBe(50001.49999);
  });

  it('has odd things for the sum of what was not paid yet', async () => {
    const order = await openAt(test, id);
    const heard = await answers(id, order, 'odd_pending_sums', 7);
    expect(heard.map(({ sum }) => sum)).toEqual(['', null, '-', 0, false, [], undefined]);
    expect(new Set(heard.map(({ word }) => word))).toEqual(new Set([SHAPES[id].waiting]));
    test.simulated(id).pay(order);
    const [afterwards] = await answers(id, order, 'odd_pending_sums', 1);
    expect(Number(afterwards?.sum)).toBe(sumOf(order));
  });

  it('says paid with a sum nobody can read', async () => {
    const order = await openAt(test, id);
    const [before] = await answers(id, order, 'odd_paid_sums', 1);
    expect(before?.word).toBe(SHAPES[id].waiting);
    test.simulated(id).pay(order);
    const heard = await answers(id, order, 'odd_paid_sums', 9);
    expect(new Set(heard.map(({ word }) => word))).toEqual(new Set([paid]));
    const sums = ['ellik ming', '', '-', null, {}, [50_000], true, '12,3,4', '5e4'];
    expect(heard.map(({ sum }) => sum)).toEqual(sums);
  });

  it('speaks of no order, of one in other case, and of another one', async () => {
    const order = await openAt(test, id);
    test.simulated(id).pay(order);
    const heard = await answers(id, order, 'strange_ids', 3);
    expect(heard.map((each) => each.order === order)).toEqual([false, false, false]);
    expect(heard[0]?.order).toBeNull();
    expect(heard[2]?.order).toBe(`${order}7`);
  });

  it('puts a warning or the mark of UTF-8 before its JSON', async () => {
    const order = await openAt(test, id);
    test.simulated(id).behave(['php_warning']);
    const warned = await checkAt(test, id, order);
    expect(warned).toMatchObject({ status: 200, type: 'text/html; charset=UTF-8' });
    expect(warned.text).toMatch(/^<br \/>\n<b>Warning<\/b>: .*<br \/>\n\{/);
    test.simulated(id).behave(['byte_order_mark']);
    const marked = await checkAt(test, id, order);
    expect(marked.text.codePointAt(0)).toBe(0xfeff);
    expect(JSON.parse(marked.text.slice(1))).toMatchObject({});
    test.simulated(id).behave([]);
    expect((await checkAt(test, id, order)).text).toMatch(/^\{/);
  });

  it('may have several quirks at once, under a fault too, and none that it has not', async () => {
    const order = await openAt(test, id);
    const simulated = test.simulated(id);
    simulated.pay(order);
    simulated.behave(['spelled_words', 'text_sums', 'byte_order_mark']);
    expect(await spoken(id, order)).toMatchObject({ word: paid.toUpperCase() });
    simulated.fault({ kind: 'garbage', times: 1 });
    const { text } = await checkAt(test, id, order);
    expect(() => void JSON.parse(text.slice(1))).toThrow(SyntaxError);
    expect(simulated.quirks).toEqual(QUIRKS[id]);
    const strange = id === 'inpay' ? 'kin_words' : 'strict_slash';
    expect(() => simulated.behave([strange])).toThrow(`no quirk "${strange}"`);
  });

  it('sees a payment later in its status call than in its webhook', async () => {
    const order = await openAt(test, id, { withWebhook: true });
    const simulated = test.simulated(id);
    simulated.statusLagMs = 3000;
    simulated.pay(order);
    await test.world.idle();
    expect(test.receiver.requests).toHaveLength(id === 'rasmiypay' ? 0 : 1);
    expect((await spoken(id, order)).word).toBe(SHAPES[id].waiting);
    test.clock.advance(2999);
    expect((await spoken(id, order)).word).toBe(SHAPES[id].waiting);
    test.clock.advance(1);
    expect((await spoken(id, order)).word).toBe(paid);
  });

  it('takes a payment back, whole or in part', async () => {
    const order = await openAt(test, id);
    const simulated = test.simulated(id);
    expect(() => simulated.takeBack(order, { as: 'failed' })).toThrow('not paid');
    simulated.pay(order, { amountTiyin: 5_000_000 });
    expect(() => simulated.takeBack(order, { leftTiyin: 5_000_001 })).toThrow('has only');
    expect(simulated.takeBack(order, { leftTiyin: 2_000_000 })).toMatchObject({
      state: 'paid',
      paidTiyin: 2_000_000,
      takenBackTiyin: 3_000_000,
      takenBackAt: test.clock.now(),
    });
    expect(await spoken(id, order)).toMatchObject({ word: paid });
    expect(Number((await spoken(id, order)).sum)).toBe(20_000);
    const back = simulated.takeBack(order, { as: 'cancelled' });
    expect(back).toMatchObject({ state: 'cancelled', takenBackTiyin: 5_000_000 });
    expect(back.paidTiyin).toBeUndefined();
    expect((await spoken(id, order)).word).toMatch(/^cancel/);
  });
});

it.each(WITH_WEBHOOK)('%s spells the words and sums of its webhooks otherwise', async (id) => {
  const order = await openAt(test, id, { withWebhook: true });
  test.simulated(id).behave(['spelled_words', 'spelled_sums']);
  test.simulated(id).pay(order);
  await test.world.idle();
  const body = JSON.parse(test.receiver.requests[0]!.body) as Record<string, unknown>;
  expect(body['status']).toBe(SHAPES[id].paid.toUpperCase());
  expect(readAt(body, SHAPES[id].sum)).toMatch(/^\d\d \d{3}(?:,\d\d)?$/);
});

it('the status call’s cancelled order is what RasmiyPay’s document calls cancel', async () => {
  const order = await openAt(test, 'rasmiypay');
  test.simulated('rasmiypay').end(order, 'cancelled');
  expect((await spoken('rasmiypay', order)).word).toBe('cancel');
});
