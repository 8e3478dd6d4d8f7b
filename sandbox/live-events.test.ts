import { expect, test } from 'vitest';
import { createTestClock } from '../src/testing/clock.ts';
import { createLiveEvents, type Told } from './live-events.ts';

const FIRST: Told = { event: 'state', data: 0 };

function news(data: number): Told {
  return { event: 'world', data };
}

test('a page hears the state first and then everything in order', async () => {
  const live = createLiveEvents({ clock: createTestClock(), ticks: [] });
  live.tell(news(1));
  const client = live.join(FIRST)!;
  live.tell(news(2));
  live.tell(news(3));
  const heard = [await client.next(), await client.next(), await client.next()];
  expect(heard.map((event) => event?.data)).toEqual(['0', '2', '3']);
  const last = client.next();
  client.leave();
  expect(await last).toBeNull();
});

test('a page that does not read is let go', async () => {
  const live = createLiveEvents({ clock: createTestClock(), ticks: [] });
  const client = live.join(FIRST)!;
  for (let i = 0; i < 2000; i += 1) live.tell(news(i));
  expect(await client.next()).toBeNull();
});

test('there is an end to how many pages are open', () => {
  const live = createLiveEvents({ clock: createTestClock(), ticks: [] });
  const clients = Array.from({ length: 51 }, () => live.join(FIRST));
  expect(clients.filter((client) => client === null)).toHaveLength(1);
  clients[0]?.leave();
  expect(live.join(FIRST)).not.toBeNull();
  live.close();
  expect(live.join(FIRST)).toBeNull();
});

test('time passes only while a page is open', async () => {
  const clock = createTestClock();
  let ticks = 0;
  const live = createLiveEvents({ clock, ticks: [{ everyMs: 3000, run: () => (ticks += 1) }] });
  await clock.advance(60_000);
  expect(ticks).toBe(0);
  const client = live.join(FIRST)!;
  await clock.advance(6000);
  expect(ticks).toBe(2);
  client.leave();
  await clock.advance(60_000);
  expect(ticks).toBe(2);
  expect(clock.sleeping()).toBe(0);
});

test('notices that the last page has gone for good, not that one is loaded again', async () => {
  const clock = createTestClock();
  let alone = 0;
  const whenAlone = { afterMs: 60_000, run: () => (alone += 1) };
  const live = createLiveEvents({ clock, ticks: [], whenAlone });
  await clock.advance(120_000);
  const [first, second] = [live.join(FIRST)!, live.join(FIRST)!];
  first.leave();
  await clock.advance(120_000);
  second.leave();
  await clock.advance(30_000);
  const third = live.join(FIRST)!;
  await clock.advance(120_000);
  expect(alone).toBe(0);
  third.leave();
  await clock.advance(60_000);
  expect(alone).toBe(1);
  live.join(FIRST);
  live.close();
  await clock.advance(60_000);
  expect([alone, clock.sleeping()]).toEqual([1, 0]);
});
