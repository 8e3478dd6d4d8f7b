import { expect, test } from 'vitest';
import { ChatPace, RateLimits, SharedPace } from './pacing.ts';

const AT = 1_700_000_000_000;

test('in no second are more places given than allowed', () => {
  const pace = new SharedPace(25);
  const places: number[] = [];
  for (let i = 0; i < 300; i += 1) places.push(pace.reserve(AT + i * 7));
  for (const [index, place] of places.entries()) {
    const sameSecond = places.slice(index).filter((other) => other < place + 1000);
    expect(sameSecond.length).toBeLessThanOrEqual(25);
  }
  expect(places.slice(0, 25)).toEqual(places.slice(0, 25).map((_, i) => AT + i * 7));
  // Twelve full seconds for 300: nothing is wasted either.
  expect(places.at(-1)).toBeLessThan(AT + 12_000);
});

test('a person gets five at once and then one a second', () => {
  const pace = new ChatPace();
  const sentAt: number[] = [];
  for (let now = AT; now < AT + 10_000; now += 100) {
    if (pace.readyAt(1) > now) continue;
    pace.take(1, now);
    sentAt.push(now - AT);
  }
  expect(sentAt).toEqual([
    0, 100, 200, 300, 400, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000,
  ]);
  expect(pace.readyAt(2)).toBe(0);
});

test('a group gets 20 a minute', () => {
  const pace = new ChatPace();
  let sent = 0;
  for (let now = AT; now < AT + 600_000; now += 100) {
    if (pace.readyAt(-1) > now) continue;
    pace.take(-1, now);
    sent += 1;
  }
  expect(sent).toBe(200 + 4);
});

test('chats at rest are forgotten and the others are not', () => {
  const pace = new ChatPace();
  for (let i = 0; i < 5; i += 1) pace.take(1, AT + 60_000);
  for (let chatId = 2; chatId <= 10_001; chatId += 1) pace.take(chatId, AT);
  pace.take(20_000, AT + 60_000);
  expect(pace.readyAt(1)).toBe(AT + 61_000);
  expect(pace.readyAt(2)).toBe(0);
});

test('refusals of one chat are its own; of two chats they are everybody’s', () => {
  const limits = new RateLimits();
  limits.refused({ chatId: 1, at: AT, until: AT + 60_000 });
  limits.refused({ chatId: 1, at: AT + 1000, until: AT + 61_000 });
  expect(limits.allUntil).toBe(0);
  limits.refused({ chatId: 2, at: AT + 2000, until: AT + 9000 });
  expect(limits.allUntil).toBe(AT + 9000);
  limits.refused({ chatId: 3, at: AT + 60_000, until: AT + 70_000 });
  expect(limits.allUntil).toBe(AT + 9000);
});

test('what can wait gets ten places a second, evenly, and none while others wait for one', () => {
  const pace = new SharedPace(25);
  const taken: number[] = [];
  for (let now = 0; now < 3000; now += 10) if (pace.takeSpare(now) === 0) taken.push(now);
  expect(taken).toEqual(Array.from({ length: 30 }, (_, index) => index * 100));
  for (let index = 0; index < 40; index += 1) pace.reserve(5000);
  const waitMs = pace.takeSpare(5500);
  expect(waitMs).toBeGreaterThan(0);
  expect(pace.takeSpare(5500 + waitMs)).toBe(0);
});

test('twenty messages at once do not notice a broadcast, and all together stay within thirty', () => {
  const pace = new SharedPace(25);
  const all: number[] = [];
  for (let now = 0; now < 1000; now += 100) if (pace.takeSpare(now) === 0) all.push(now);
  const must = Array.from({ length: 25 }, () => pace.reserve(950));
  expect(must.slice(0, 20)).toEqual(Array<number>(20).fill(950));
  all.push(...must);
  for (const at of all) {
    expect(all.filter((other) => other >= at && other < at + 1000).length).toBeLessThanOrEqual(30);
  }
});
