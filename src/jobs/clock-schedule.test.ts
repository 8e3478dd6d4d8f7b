import { afterEach, expect, test } from 'vitest';
import { createTestClock } from '../testing/clock.ts';
import { collectLog } from '../testing/log.ts';
import { createClockSchedule } from './clock-schedule.ts';
import type { Job, Schedule } from './schedule.ts';

const MINUTE_MS = 60_000;
/** Midnight in Tashkent. */
const START = Date.UTC(2026, 0, 5, 19);

let open: Schedule | null = null;

afterEach(async () => await open?.stop());

function scheduleOf(jobs: Job[]) {
  const clock = createTestClock(START);
  const failed: string[] = [];
  const schedule = createClockSchedule({
    jobs,
    clock,
    log: collectLog().log,
    onFailure: async (name) => void failed.push(name),
  });
  open = schedule;
  schedule.start();
  return { clock, schedule, failed };
}

test('jobs run at their hours in Tashkent', async () => {
  const runs: string[] = [];
  const { clock, schedule } = scheduleOf([
    { name: 'often', cron: '*/10 * * * * *', run: async () => void runs.push('often') },
    { name: 'morning', cron: '1 0 * * *', run: async () => void runs.push('morning') },
  ]);
  expect(schedule.nextRunOf('morning')).toBe(START + MINUTE_MS);
  await clock.advance(MINUTE_MS);
  expect(runs.filter((name) => name === 'often')).toHaveLength(6);
  expect(runs.filter((name) => name === 'morning')).toHaveLength(1);
  await clock.advance(24 * 60 * MINUTE_MS);
  expect(runs.filter((name) => name === 'morning')).toHaveLength(2);
});

test('a run that lasts longer than its period is not run over by the next', async () => {
  let under = 0;
  let most = 0;
  let runs = 0;
  const clocks: { sleep?: (ms: number) => Promise<void> } = {};
  const { clock } = scheduleOf([
    {
      name: 'slow',
      cron: '*/10 * * * * *',
      async run() {
        under += 1;
        most = Math.max(most, under);
        await clocks.sleep?.(25_000);
        under -= 1;
        runs += 1;
      },
    },
  ]);
  clocks.sleep = (ms) => clock.sleep(ms);
  await clock.advance(5 * MINUTE_MS);
  expect(most).toBe(1);
  expect(runs).toBeGreaterThan(8);
});

test('a failure is told and the job runs again', async () => {
  let runs = 0;
  const { clock, failed } = scheduleOf([
    {
      name: 'broken',
      cron: '* * * * *',
      async run() {
        runs += 1;
        throw new Error('no');
      },
    },
  ]);
  await clock.advance(3 * MINUTE_MS);
  expect(runs).toBe(3);
  expect(failed).toEqual(['broken', 'broken', 'broken']);
});

test('nothing runs after the stop', async () => {
  let runs = 0;
  const { clock, schedule } = scheduleOf([
    { name: 'often', cron: '*/10 * * * * *', run: async () => void (runs += 1) },
  ]);
  await clock.advance(MINUTE_MS);
  const before = runs;
  await schedule.stop();
  await clock.advance(MINUTE_MS);
  expect(runs).toBe(before);
  expect(schedule.nextRunOf('often')).toBeNull();
});
