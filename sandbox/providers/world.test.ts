import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SHARED_CARD } from './shared-card.ts';
import { openAt, startSandboxTest, topup, type SandboxTest } from './testing.fixture.ts';

let test: SandboxTest;
beforeEach(async () => {
  test = await startSandboxTest();
});
afterEach(() => test.close());

describe('the world', () => {
  it('tells listeners what happens until they leave', async () => {
    const kinds: string[] = [];
    const leave = test.simulated('payfer').on((event) => kinds.push(event.kind));
    await test.client('payfer').create(topup());
    test.simulated('payfer').end('TESTORDER0001', 'failed');
    test.simulated('payfer').pay('TESTORDER0001');
    expect(() => test.simulated('payfer').pay('TESTORDER0001')).toThrow('paid already');
    expect(() => test.simulated('payfer').pay('NONE')).toThrow('no order NONE');
    leave();
    await test.client('payfer').create(topup({ orderCode: 'TESTORDER0002' }));
    expect(kinds).toEqual(['created', 'ended', 'paid']);
  });

  it('gives up what is slow when it closes', async () => {
    test.simulated('payfer').fault({ kind: 'slow' });
    const check = test.client('payfer').check({ orderCode: 'A', providerOrder: 'A' }, 'poll');
    while (test.simulated('payfer').requests().length === 0) await new Promise(setImmediate);
    await test.world.close();
    expect(await check).toMatchObject({ kind: 'problem' });
  });

  it('may have one card at several systems: one transfer is seen by each', async () => {
    await test.close();
    test = await startSandboxTest({ oneCardAt: ['payfer', 'rasmiypay', 'autopaycard'] });
    const { settings } = test.world;
    expect(settings['PAYFER_CARD_NUMBER']).toBe(SHARED_CARD);
    expect(settings['RASMIYPAY_CARD_NUMBER']).toBe(SHARED_CARD);
    expect(JSON.parse(settings['AUTOPAYCARD_CARDS']!)).toMatchObject([{ number: SHARED_CARD }]);
    await openAt(test, 'payfer');
    const { amountTiyin } = test.simulated('payfer').orders()[0]!;
    await openAt(test, 'rasmiypay', { amountTiyin });
    await openAt(test, 'rasmiypay', { amountTiyin: amountTiyin + 100 });
    // Payfer's sum may have half a so'm, AutoPayCard's never.
    const soms = { cardNumber: SHARED_CARD, amountTiyin: 5_000_700 };
    await openAt(test, 'autopaycard', { amountTiyin: soms.amountTiyin });
    await openAt(test, 'rasmiypay', { amountTiyin: soms.amountTiyin });
    const two = {
      kind: 'matched',
      orders: [{ provider: 'rasmiypay' }, { provider: 'autopaycard' }],
    };
    expect(test.world.transfer(soms)).toMatchObject(two);
    expect(test.world.transfer({ cardNumber: SHARED_CARD, amountTiyin })).toMatchObject({
      orders: [{ provider: 'payfer' }, { provider: 'rasmiypay', amountTiyin }],
    });
    expect(test.world.transfer(soms)).toEqual({ kind: 'unmatched' });
  });
});
