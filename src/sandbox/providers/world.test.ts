import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSandboxTest, topup, type SandboxTest } from './testing.ts';

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
});
