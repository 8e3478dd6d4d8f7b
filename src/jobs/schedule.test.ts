import { afterEach, expect, test } from 'vitest';
import { createTestClock } from '../testing/clock.ts';
import { collectLog } from '../testing/log.ts';
import { createSchedule, type Schedule } from './schedule.ts';
import type { ScheduledJob } from '../core/job.ts';

const MINUTE_MS = 60_000;
/** Midnight in Tashkent. */
const START = Date.UTC(2026, 0, 5, 19);

let open: Schedule | null = null;

afterEach(async () => await open?.stop());

function scheduleOf(jobs: ScheduledJob[], { isSure }: { isSure?: () => boolean } = {}) {
  const clock = createTestClock(START);
  const failed: string[] = [];
  const schedule = createSchedule({
    jobs,
    ...(isSure ? { isSure } : {}),
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
  expect(schedule.stateOf('morning')).toEqual({ lateMs: -MINUTE_MS, runningMs: null });
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
  expect(schedule.stateOf('often')).toBeNull();
});

test('a clock that was set back keeps no job waiting until it gets there again', async () => {
  let runs = 0;
  const { clock } = scheduleOf([
    { name: 'often', cron: '*/10 * * * * *', run: async () => void (runs += 1) },
    { name: 'hourly', cron: '30 * * * *', run: async () => void (runs += 1000) },
  ]);
  await clock.advance(MINUTE_MS);
  clock.jump(-3 * 24 * 60 * MINUTE_MS);
  await clock.advance(MINUTE_MS);
  // The sleep it was in is slept out.
  expect(runs).toBe(11);
  await clock.advance(30 * MINUTE_MS);
  expect(runs % 1000).toBe(191);
  expect(Math.floor(runs / 1000)).toBe(1);
});

test('a machine that slept runs what it slept through once, soon after it wakes', async () => {
  const slots: number[] = [];
  const { clock } = scheduleOf([
    { name: 'nightly', cron: '40 3 * * *', run: async (dueAt) => void slots.push(dueAt) },
  ]);
  await clock.advance(MINUTE_MS);
  // Timers stand still while a machine sleeps.
  clock.jump(50 * 60 * MINUTE_MS);
  await clock.advance(MINUTE_MS);
  expect(slots).toEqual([START + 220 * MINUTE_MS]);
  await clock.advance(24 * 60 * MINUTE_MS);
  expect(slots).toEqual([START, START + 48 * 60 * MINUTE_MS].map((at) => at + 220 * MINUTE_MS));
});

test('what is for an hour waits for a sure time, and then runs for that hour', async () => {
  const ran: [string, number][] = [];
  const sure = { now: false };
  const note = (name: string) => async (dueAt: number) => void ran.push([name, dueAt - START]);
  const { clock } = scheduleOf(
    [
      { name: 'poll', cron: '*/30 * * * * *', everywhere: true, run: note('poll') },
      { name: 'prune', cron: '1 * * * *', run: note('prune') },
    ],
    { isSure: () => sure.now },
  );
  await clock.advance(2 * MINUTE_MS);
  expect(ran.map(([name]) => name)).toEqual(['poll', 'poll', 'poll', 'poll']);
  sure.now = true;
  await clock.advance(MINUTE_MS);
  expect(ran.filter(([name]) => name === 'prune')).toEqual([['prune', MINUTE_MS]]);
});

test('how a job is doing goes by a clock that nobody sets', async () => {
  const gate = Promise.withResolvers<void>();
  const { clock, schedule } = scheduleOf([
    { name: 'hangs', cron: '* * * * *', run: () => gate.promise },
  ]);
  clock.jump(24 * 60 * MINUTE_MS);
  await clock.advance(MINUTE_MS / 2);
  expect(schedule.stateOf('hangs')).toEqual({ lateMs: -MINUTE_MS / 2, runningMs: null });
  await clock.advance(10 * MINUTE_MS);
  clock.jump(-48 * 60 * MINUTE_MS);
  expect(schedule.stateOf('hangs')).toEqual({ lateMs: null, runningMs: 9.5 * MINUTE_MS });
  gate.resolve();
  await clock.advance(MINUTE_MS);
});

test('a clock that is set back by a second makes no hour come twice', async () => {
  let runs = 0;
  const { clock } = scheduleOf([
    { name: 'morning', cron: '1 0 * * *', run: async () => void (runs += 1) },
  ]);
  await clock.advance(MINUTE_MS);
  expect(runs).toBe(1);
  clock.jump(-1000);
  await clock.advance(5 * MINUTE_MS);
  expect(runs).toBe(1);
});
