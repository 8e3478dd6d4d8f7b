import { expect, test } from 'vitest';
import { createTestClock } from '../../src/testing/clock.ts';
import { createTimeKeeper } from './time-keeper.ts';

test('a leap makes up for what the rate has earned since the last', async () => {
  const real = createTestClock(0);
  const time = createTimeKeeper(real, 0);
  time.setRate(60);
  await real.advance(100);
  expect(time.clock.now()).toBe(100);
  expect(time.leap()).toBe(6000);
  expect(time.leap()).toBe(6000);
  await real.advance(50);
  expect(time.leap()).toBe(9000);
});

test('after long work it makes no giant leap', async () => {
  const real = createTestClock(0);
  const time = createTimeKeeper(real, 0);
  time.setRate(4320);
  await real.advance(15_000);
  expect(time.leap()).toBeLessThan(15_000 + 20 * 60_000);
});

test('at rate one nothing leaps', async () => {
  const real = createTestClock(0);
  const time = createTimeKeeper(real, 0);
  await real.advance(200);
  expect(time.leap()).toBe(200);
});

test('hurries until an hour has come, then goes on as before', async () => {
  const real = createTestClock(0);
  const time = createTimeKeeper(real, 0);
  const heard: number[] = [];
  time.onRate(() => heard.push(time.rate()));
  time.hurry(10 * 60_000);
  expect(time.rate()).toBe(120);
  for (let steps = 0; time.rate() > 1; steps += 1) {
    expect(steps).toBeLessThan(100);
    await real.advance(100);
    time.leap();
  }
  expect(time.clock.now()).toBeGreaterThanOrEqual(10 * 60_000);
  expect(heard).toEqual([120, 1]);
});

test('a far hour comes in seconds as well; a rate set meanwhile holds', () => {
  const time = createTimeKeeper(createTestClock(0), 0);
  time.hurry(60 * 60_000);
  expect(time.rate()).toBe(720);
  time.setRate(60);
  expect(time.rate()).toBe(60);
  time.setRate(4320);
  time.hurry(60 * 60_000);
  expect(time.rate()).toBe(4320);
});
