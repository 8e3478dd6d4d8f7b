import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createTestClock } from '../../src/testing/clock.ts';
import { watchCalls } from './calls-under-way.ts';
import { eachRest, untilRest } from './rest.ts';

function slowNetwork() {
  const answers: (() => void)[] = [];
  const inner: typeof fetch = async () => {
    const { promise, resolve } = Promise.withResolvers<Response>();
    answers.push(() => resolve(new Response('{}')));
    return await promise;
  };
  return { inner, answers };
}

async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) await turn();
}

test('there is no rest while a call waits for its answer, nor right after it', async () => {
  const { inner, answers } = slowNetwork();
  const calls = watchCalls(inner);
  // What a program does: it asks, thinks for some turns, and asks again.
  const work = (async () => {
    await calls.fetch('http://127.0.0.1/a');
    await turns(20);
    await calls.fetch('http://127.0.0.1/b');
  })();
  let rests = false;
  const rest = untilRest(calls).then(() => (rests = true));
  await turns(200);
  expect(rests).toBe(false);
  answers[0]?.();
  await turns(200);
  expect([rests, answers.length]).toEqual([false, 2]);
  answers[1]?.();
  await Promise.all([work, rest]);
  expect(rests).toBe(true);
});

test('a call that fails is over too; what does not count holds up nobody', async () => {
  const calls = watchCalls(
    async () => await Promise.reject(new TypeError('refused')),
    (address) => !address.endsWith('/getUpdates'),
  );
  await expect(calls.fetch('http://127.0.0.1/a')).rejects.toThrow('refused');
  expect(calls.any()).toBe(false);
  const { inner } = slowNetwork();
  const polling = watchCalls(inner, (address) => !address.endsWith('/getUpdates'));
  void polling.fetch('http://127.0.0.1/bot1:x/getUpdates');
  await untilRest(polling);
  expect(polling.any()).toBe(false);
});

test('is looked for only while it is wanted, until it is stopped', async () => {
  const real = createTestClock();
  const stop = new AbortController();
  const haste = Promise.withResolvers<void>();
  let rests = 0;
  const loop = eachRest(
    { real, calls: watchCalls(fetch), stop: stop.signal, wanted: () => haste.promise },
    async () => {
      rests += 1;
    },
  );
  await real.advance(1000);
  expect(rests).toBe(0);
  haste.resolve();
  await real.until(() => rests === 3);
  stop.abort();
  await loop;
  expect(real.sleeping()).toBe(0);
});
