import { expect, onTestFinished, test } from 'vitest';
import { createTestClock } from '../../testing/clock.ts';
import { collectLog } from '../../testing/log.ts';
import { BELIEVED_AFTER_MS, createSteadyClock, UNSURE_MS } from './steady.ts';
import { createClockWatch, LOOK_EVERY_MS } from './watch.ts';
import { DAY_MS } from '../calendar.ts';

const MINUTE_MS = 60_000;

async function watched() {
  const machine = createTestClock();
  const clock = createSteadyClock(machine);
  const heard: string[] = [];
  const { log } = collectLog();
  const watch = createClockWatch({
    clock,
    log,
    tell: async ({ wallAt, countedAt }) => void heard.push(`jump ${wallAt - countedAt}`),
    bringBack: async ({ isSure }) => void heard.push(isSure ? 'back' : 'back, unsure'),
  });
  await watch.start();
  onTestFinished(() => watch.stop());
  return { machine, clock, heard };
}

/** After the start nothing is left to do. */
async function settled() {
  const all = await watched();
  await all.machine.advance(UNSURE_MS + LOOK_EVERY_MS);
  expect(all.heard).toEqual(['back, unsure', 'back']);
  all.heard.length = 0;
  return all;
}

test.each([1, -1])(
  'a jump and its way back are told once and change nothing (%i)',
  async (sign) => {
    const { machine, heard } = await settled();
    machine.jump(sign * 3 * DAY_MS);
    await machine.advance(MINUTE_MS);
    machine.jump(-sign * 3 * DAY_MS);
    await machine.advance(60 * MINUTE_MS);
    expect(heard).toEqual([`jump ${sign * 3 * DAY_MS}`]);
  },
);

test('a clock that stays ahead is followed, and what waits is brought back once it is right again', async () => {
  const { machine, clock, heard } = await settled();
  machine.jump(3 * DAY_MS);
  await machine.advance(BELIEVED_AFTER_MS + 2 * LOOK_EVERY_MS);
  expect(clock.now()).toBe(machine.now());
  expect(heard).toEqual([`jump ${3 * DAY_MS}`]);
  machine.jump(-3 * DAY_MS);
  await machine.advance(BELIEVED_AFTER_MS + 2 * LOOK_EVERY_MS);
  expect(clock.now()).toBe(machine.now());
  expect(heard).toEqual([`jump ${3 * DAY_MS}`, `jump ${-3 * DAY_MS}`, 'back']);
});

test('a machine that starts a year ahead is set right at once, and nothing is sure for a while', async () => {
  const { machine, clock, heard } = await watched();
  await machine.advance(MINUTE_MS);
  machine.jump(-365 * DAY_MS);
  await machine.advance(LOOK_EVERY_MS);
  expect(clock.now()).toBe(machine.now());
  expect(clock.isSure()).toBe(false);
  expect(heard).toEqual(['back, unsure', 'back, unsure', `jump ${-365 * DAY_MS}`]);
  await machine.advance(UNSURE_MS + LOOK_EVERY_MS);
  expect(heard.at(-1)).toBe('back');
});

test('seconds are not told', async () => {
  const { machine, heard } = await settled();
  machine.jump(20_000);
  await machine.advance(BELIEVED_AFTER_MS + 2 * LOOK_EVERY_MS);
  expect(heard).toEqual([]);
});

test('a failure is logged and the next look comes', async () => {
  const machine = createTestClock();
  const collected = collectLog();
  let tries = 0;
  const watch = createClockWatch({
    clock: createSteadyClock(machine),
    log: collected.log,
    tell: async () => undefined,
    async bringBack() {
      tries += 1;
      if (tries === 2) throw new Error('no database');
    },
  });
  await watch.start();
  onTestFinished(() => watch.stop());
  await machine.advance(UNSURE_MS + LOOK_EVERY_MS);
  expect(collected.at('error')).toContain('what waits was not brought back');
  machine.jump(-DAY_MS);
  await machine.advance(BELIEVED_AFTER_MS + 2 * LOOK_EVERY_MS);
  expect(tries).toBe(3);
});
