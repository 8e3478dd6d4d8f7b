import { beforeEach, expect, test } from 'vitest';
import { createTestClock, type TestClock } from '../../testing/clock.ts';
import type { CollectedLog } from '../../testing/log.ts';
import { message, setStage, type Stage } from './inbox-stage.fixture.ts';

let stage: Stage;
let clock: TestClock;
let log: CollectedLog;

beforeEach(() => {
  stage = setStage();
  ({ clock, log } = stage);
});

test('what was accepted outlives the process', async () => {
  const first = stage.run();
  await first.inbox.accept([message(1), message(2)]);
  await stage.file.reopen();
  const second = stage.run();
  second.inbox.start();
  await second.inbox.idle();
  expect(first.begun).toEqual([]);
  expect(second.begun).toEqual([1, 2]);
});

test('after a kill in the middle the update runs again once its lease ends, before later ones', async () => {
  // Killed: its time stands still and its database is gone.
  const first = stage.run({ held: [1], clock: createTestClock(clock.now()) });
  await first.inbox.accept([message(1), message(2), message(3, 2)]);
  first.inbox.start();
  await clock.settle();
  expect(first.begun).toEqual([1, 3]);
  await stage.file.reopen();
  const second = stage.run();
  second.inbox.start();
  await clock.advance(14_999);
  expect(second.begun).toEqual([]);
  await clock.advance(1);
  expect(second.begun).toEqual([1, 2]);
});

test('a kill between handling and marking repeats one update', async () => {
  const first = stage.run({ held: [1] });
  await first.inbox.accept([message(1)]);
  first.inbox.start();
  await clock.settle();
  const second = await stage.file.reopen();
  first.release(1);
  await clock.settle();
  expect(log.at('error')).toContain('inbox: a row is left to its lease');
  const { inbox, begun } = stage.run({ db: second });
  inbox.start();
  await clock.advance(15_000);
  expect(begun).toEqual([1]);
});

test('two processes on one file handle each update once', async () => {
  const first = stage.run({ held: [1, 3] });
  const second = stage.run({ held: [1, 3] });
  first.inbox.start();
  second.inbox.start();
  await first.inbox.accept([1, 2, 3, 4, 5, 6].map((id) => message(id, id % 2)));
  await clock.settle();
  first.release(1);
  second.release(1);
  await clock.advance(30_000);
  first.release(3);
  second.release(3);
  await clock.advance(30_000);
  const begun = [...first.begun, ...second.begun];
  expect(begun.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6]);
});

test('an update that ends the process each time is given up', async () => {
  const first = stage.run();
  await first.inbox.accept([message(1), message(2)]);
  await stage.file.raw.run('UPDATE inbox SET attempts = 3 WHERE update_id = 1');
  const second = stage.run();
  second.inbox.start();
  await second.inbox.idle();
  expect(second.begun).toEqual([2]);
  expect(second.apologies).toEqual([1]);
});

test('stopping waits for running handlers and takes nothing new', async () => {
  const { inbox, begun, release } = stage.run({ held: [1] });
  inbox.start();
  await inbox.accept([message(1), message(2)]);
  await clock.settle();
  let isStopped = false;
  const stopping = inbox.stop({ deadlineMs: 3000 }).then(() => (isStopped = true));
  await clock.advance(1000);
  expect(isStopped).toBe(false);
  release(1);
  await stopping;
  await inbox.accept([message(3, 2)]);
  await clock.advance(60_000);
  expect(begun).toEqual([1]);
  expect(await inbox.size()).toBe(2);
});

test('stopping ends at its deadline, and the rest waits for the next start', async () => {
  const { inbox } = stage.run({ held: [1] });
  inbox.start();
  await inbox.accept([message(1)]);
  await clock.settle();
  const stopping = inbox.stop({ deadlineMs: 3000 });
  await clock.advance(3000);
  await stopping;
  expect(log.at('warn')).toEqual(['inbox: stopped while work was under way']);
  expect(await inbox.size()).toBe(1);
});

test('a database that refuses is asked again, and accepts reject', async () => {
  const { inbox, begun } = stage.run();
  inbox.start();
  await stage.file.raw.run('ALTER TABLE inbox RENAME TO elsewhere');
  await expect(inbox.accept([message(1)])).rejects.toThrow('inbox');
  await clock.advance(30_000);
  expect(log.at('error')).toContain('inbox: cannot look for work');
  await stage.file.raw.run('ALTER TABLE elsewhere RENAME TO inbox');
  await inbox.accept([message(1)]);
  await clock.advance(10_000);
  expect(begun).toEqual([1]);
});
