import { expect, test } from 'vitest';
import { createTestClock } from '../../src/testing/clock.ts';
import { createMovingClock } from './moving-clock.ts';

test('goes with the machine, from where it began', async () => {
  const real = createTestClock(1000);
  const clock = createMovingClock(real, 50_000);
  let woke = false;
  const sleep = clock.sleep(100).then(() => (woke = true));
  await real.advance(99);
  expect([clock.now(), woke]).toEqual([50_099, false]);
  await real.advance(1);
  expect([clock.now(), woke]).toEqual([50_100, true]);
  await sleep;
});

test('moved on, it wakes those whose hour has come, in the order of their hours', async () => {
  const real = createTestClock();
  const clock = createMovingClock(real, 0);
  const woken: string[] = [];
  const sleeps = [
    clock.sleep(300).then(() => woken.push('later')),
    clock.sleep(100).then(() => woken.push('sooner')),
    clock.sleep(1000).then(() => woken.push('last')),
  ];
  clock.moveTo(500);
  await real.settle();
  expect(woken).toEqual(['sooner', 'later']);
  await real.advance(500);
  expect(woken).toEqual(['sooner', 'later', 'last']);
  await Promise.all(sleeps);
});

test('never goes back, whatever it is told and wherever the machine is set', () => {
  const machine = { at: 5000 };
  const real = {
    now: () => machine.at,
    elapsed: () => 0,
    sleep: () => new Promise<void>(() => undefined),
  };
  const clock = createMovingClock(real, 5000);
  clock.moveTo(9000);
  clock.moveTo(7000);
  expect(clock.now()).toBe(9000);
  machine.at = 1000;
  expect(clock.now()).toBe(9000);
});

test('a signal cuts a sleep short, before or during it, and holds up no other', async () => {
  const real = createTestClock();
  const clock = createMovingClock(real, 0);
  const stop = new AbortController();
  const first = clock.sleep(10, stop.signal);
  let woke = false;
  const second = clock.sleep(20).then(() => (woke = true));
  stop.abort();
  await expect(first).rejects.toMatchObject({ name: 'AbortError' });
  await expect(clock.sleep(10, stop.signal)).rejects.toMatchObject({ name: 'AbortError' });
  await real.advance(20);
  expect(woke).toBe(true);
  await second;
  expect(real.sleeping()).toBe(0);
});

test('a sleep longer than any timer of the machine lasts as long as it says', async () => {
  const real = createTestClock(0);
  const clock = createMovingClock(real, 0);
  const days = 86_400_000;
  let woke = false;
  const sleep = clock.sleep(50 * days).then(() => (woke = true));
  await real.advance(49 * days);
  expect(woke).toBe(false);
  await real.advance(days);
  expect(woke).toBe(true);
  await sleep;
});
