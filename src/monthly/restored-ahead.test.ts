import { afterEach, beforeEach, expect, it } from 'vitest';
import { noteRestored, restoredAt } from '../db/restored.ts';
import { scriptedProvider, stage, type Stage } from '../topups/topup-stage.fixture.ts';
import { warnOfRestoredAhead } from './restored-ahead.ts';

const YEAR = 365 * 24 * 3_600_000;

let world: Stage;
beforeEach(() => {
  world = stage([scriptedProvider('payfer')]);
});
afterEach(async () => {
  await world.file.remove();
});

it('owners hear that a restore lies ahead, and its note stays: nobody knows which clock was wrong', async () => {
  const now = world.clock.now();
  await world.deps.db.tx((tx) => noteRestored(tx, now + YEAR));
  await warnOfRestoredAhead(world.deps);
  expect(world.alarms).toEqual([{ kind: 'restored_ahead', notedAt: now + YEAR, now }]);
  expect(await restoredAt(world.deps.db.read)).toBe(now + YEAR);
});

it('of one that was, or of none, there is nothing to hear', async () => {
  await warnOfRestoredAhead(world.deps);
  await world.deps.db.tx((tx) => noteRestored(tx, world.clock.now()));
  await warnOfRestoredAhead(world.deps);
  expect(world.alarms).toEqual([]);
});
