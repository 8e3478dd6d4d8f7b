import { expect, test } from 'vitest';
import { createTestClock } from './clock.ts';

test('wakes sleepers in the order of their hour, those that sleep again included', async () => {
  const clock = createTestClock(0);
  const woken: string[] = [];
  const sleepTwice = async (): Promise<void> => {
    await clock.sleep(100);
    woken.push(`first at ${clock.now()}`);
    await clock.sleep(150);
    woken.push(`again at ${clock.now()}`);
  };
  const both = [sleepTwice(), clock.sleep(200).then(() => woken.push(`second at ${clock.now()}`))];

  await clock.advance(99);
  expect(woken).toEqual([]);
  await clock.advance(201);

  expect(woken).toEqual(['first at 100', 'second at 200', 'again at 250']);
  expect(clock.now()).toBe(300);
  await Promise.all(both);
});

test('of two at one moment the one that slept first wakes first', async () => {
  const clock = createTestClock();
  const woken: number[] = [];
  const both = [1, 2].map((each) => clock.sleep(10).then(() => woken.push(each)));
  await clock.advance(10);
  expect(woken).toEqual([1, 2]);
  await Promise.all(both);
});

test('a signal cuts a sleep short, before or during it', async () => {
  const clock = createTestClock();
  const call = new AbortController();
  const during = clock.sleep(10, call.signal);
  call.abort();
  await expect(during).rejects.toMatchObject({ name: 'AbortError' });
  await expect(clock.sleep(10, call.signal)).rejects.toMatchObject({ name: 'AbortError' });
  expect(clock.sleeping()).toBe(0);
});

test('until moves time on as far as needed and no further than allowed', async () => {
  const clock = createTestClock(0);
  let done = false;
  const work = clock.sleep(120).then(() => (done = true));
  await clock.until(() => done, { stepMs: 50 });
  expect(clock.now()).toBe(150);
  await expect(clock.until(() => false, { withinMs: 200 })).rejects.toThrow('200 ms');
  await work;
});
