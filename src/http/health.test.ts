import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { createHealth } from './health.ts';
import { createSchedule } from '../jobs/schedule.ts';
import type { ScheduledJob } from '../core/job.ts';
import { createTestClock, type TestClock } from '../testing/clock.ts';
import { temporaryDatabase } from '../testing/database.ts';
import { collectLog } from '../testing/log.ts';
import { DAY_MS } from '../core/calendar.ts';

const MINUTE_MS = 60_000;

let clock: TestClock;
beforeEach(() => {
  clock = createTestClock();
});

/** A program whose poller is this job. */
function healthOf(job: ScheduledJob) {
  const temporary = temporaryDatabase();
  const schedule = createSchedule({
    jobs: [job],
    clock,
    log: collectLog().log,
    onFailure: async () => undefined,
  });
  schedule.start();
  onTestFinished(async () => {
    await schedule.stop();
    await temporary.remove();
  });
  return createHealth({
    db: temporary.db,
    mode: 'live',
    processes: { id: 'one', count: () => 1 },
    clock,
    lastPollAt: () => null,
    poller: () => schedule.stateOf(job.name),
    oldestMessageMs: async () => 0,
    oldestUpdateMs: async () => 0,
    telegram: () => ({ lastCallAt: null, lastUpdatesAt: null, deafMs: null }),
    lastBackupAt: async () => null,
  });
}

test.each([0, DAY_MS, -DAY_MS])(
  'a poller that runs is well, wherever the clock is set (%i ms)',
  async (byMs) => {
    const health = healthOf({ name: 'poll', cron: '*/10 * * * * *', run: async () => undefined });
    await clock.advance(MINUTE_MS);
    clock.jump(byMs);
    await clock.advance(5 * MINUTE_MS);
    expect(await health()).toMatchObject({ ok: true, reasons: [] });
  },
);

test('a poller that does not begin when it should is noticed, whatever the clock says', async () => {
  const health = healthOf({ name: 'poll', cron: '*/10 * * * * *', run: async () => undefined });
  await clock.advance(MINUTE_MS);
  // Its timer never fires: a machine under water.
  const later = clock.elapsed() + 2 * MINUTE_MS;
  clock.elapsed = () => later;
  clock.jump(-DAY_MS);
  expect(await health()).toMatchObject({
    ok: false,
    reasons: ['the poller has not run when it should have'],
  });
});

test('a poller that never ends is noticed', async () => {
  const health = healthOf({
    name: 'poll',
    cron: '*/10 * * * * *',
    run: () => new Promise(() => undefined),
  });
  await clock.advance(29 * MINUTE_MS);
  expect(await health()).toMatchObject({ ok: true });
  await clock.advance(2 * MINUTE_MS);
  expect(await health()).toMatchObject({
    ok: false,
    reasons: ['the poller has run for over 30 minutes'],
  });
});
