import { expect, test } from 'vitest';
import { createTestClock } from '../../testing/clock.ts';
import { BELIEVED_AFTER_MS, createSteadyClock, UNSURE_MS } from './steady.ts';
import { DAY_MS } from '../calendar.ts';

const MINUTE_MS = 60_000;

/** A program that has run for so long that it is sure of its time. */
async function settled() {
  const machine = createTestClock();
  const clock = createSteadyClock(machine);
  await machine.advance(UNSURE_MS);
  return { machine, clock };
}

test('while nobody touches it the time is the machine’s', async () => {
  const { machine, clock } = await settled();
  await machine.advance(3 * DAY_MS + 1);
  expect(clock.now()).toBe(machine.now());
  expect(clock.look()).toEqual({ kind: 'even' });
});

test.each([1, -1])('small steps of a time server are followed at once (%i)', async (sign) => {
  const { machine, clock } = await settled();
  for (let i = 0; i < 10; i += 1) {
    machine.jump(sign * 4000);
    expect(clock.now()).toBe(machine.now());
    expect(clock.look()).toEqual({ kind: 'even' });
  }
});

test.each([1, -1])('days for a minute and back move nothing (%i)', async (sign) => {
  const { machine, clock } = await settled();
  const before = clock.now();
  machine.jump(sign * 3 * DAY_MS);
  expect(clock.now()).toBe(before);
  expect(clock.look()).toEqual({ kind: 'jumped', byMs: sign * 3 * DAY_MS });
  expect(clock.look()).toEqual({ kind: 'even' });
  await machine.advance(MINUTE_MS);
  expect(clock.now()).toBe(before + MINUTE_MS);
  machine.jump(-sign * 3 * DAY_MS);
  expect(clock.look()).toEqual({ kind: 'returned' });
  expect(clock.now()).toBe(before + MINUTE_MS);
  expect(clock.now()).toBe(machine.now());
});

test.each([1, -1])('a clock that stays at its new time is believed then (%i)', async (sign) => {
  const { machine, clock } = await settled();
  machine.jump(sign * DAY_MS);
  expect(clock.look().kind).toBe('jumped');
  await machine.advance(BELIEVED_AFTER_MS - 1);
  expect(clock.look().kind).toBe('even');
  expect(clock.now()).toBe(machine.now() - sign * DAY_MS);
  await machine.advance(1);
  expect(clock.look()).toEqual({ kind: 'followed', byMs: sign * DAY_MS });
  expect(clock.now()).toBe(machine.now());
  expect(clock.isSure()).toBe(true);
});

test('a clock that jumps on is believed by its last jump only', async () => {
  const { machine, clock } = await settled();
  machine.jump(DAY_MS);
  clock.look();
  await machine.advance(BELIEVED_AFTER_MS - 1);
  machine.jump(DAY_MS);
  expect(clock.look()).toEqual({ kind: 'jumped', byMs: 2 * DAY_MS });
  await machine.advance(1);
  expect(clock.look().kind).toBe('even');
  await machine.advance(BELIEVED_AFTER_MS);
  expect(clock.look().kind).toBe('followed');
});

test('right after the start a jump is followed at once, and being sure begins anew', async () => {
  const machine = createTestClock();
  const clock = createSteadyClock(machine);
  expect(clock.isSure()).toBe(false);
  await machine.advance(UNSURE_MS - 1);
  machine.jump(-365 * DAY_MS);
  expect(clock.look()).toEqual({ kind: 'followed', byMs: -365 * DAY_MS });
  expect(clock.now()).toBe(machine.now());
  await machine.advance(UNSURE_MS - 1);
  expect(clock.isSure()).toBe(false);
  await machine.advance(1);
  expect(clock.isSure()).toBe(true);
});
