import { expect, test } from 'vitest';
import { createMetrics } from '../core/metrics.ts';
import { createTestClock } from '../testing/clock.ts';
import { createCallQueue } from './calls.ts';
import { PROBLEMS } from './provider.ts';
import { scriptedProvider } from './topup-stage.fixture.ts';

const provider = scriptedProvider('payfer', { concurrency: 2 });

function begin() {
  const clock = createTestClock();
  const calls = createCallQueue({ clock, metrics: createMetrics() });
  const made: number[] = [];
  const { promise, resolve } = Promise.withResolvers<{ kind: 'pending' }>();
  const call = async (n: number) =>
    await calls.run(provider, 'check', async () => {
      made.push(n);
      return await promise;
    });
  return { clock, made, call, answer: () => resolve({ kind: 'pending' }) };
}

test('a queue of ours that is full is no 429 of the provider: nothing rests because of it', async () => {
  const { made, call, answer } = begin();
  const waiting = Array.from({ length: 302 }, (_, n) => call(n));
  expect(await call(302)).toMatchObject({ kind: 'problem', code: 'busy_here' });
  expect(PROBLEMS.busy_here).toEqual({ operatorMustAct: false, backOff: false });
  answer();
  await Promise.all(waiting);
  expect(made).toHaveLength(302);
});

test('a call that nobody waits for any more is not made', async () => {
  const { clock, made, call, answer } = begin();
  const early = [call(1), call(2), call(3)];
  await clock.advance(20_000);
  const later = call(4);
  await clock.advance(15_000);
  answer();
  expect(await Promise.all(early)).toMatchObject([
    { kind: 'pending' },
    { kind: 'pending' },
    { kind: 'problem', code: 'busy_here' },
  ]);
  expect(await later).toEqual({ kind: 'pending' });
  expect(made).toEqual([1, 2, 4]);
});
