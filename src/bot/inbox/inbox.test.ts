import { BotError, type Context, GrammyError } from 'grammy';
import { beforeEach, expect, test } from 'vitest';
import { inbox as inboxRows } from '../../db/tables.ts';
import type { TestClock } from '../../testing/clock.ts';
import type { CollectedLog } from '../../testing/log.ts';
import { message, setStage, type Stage } from './inbox-stage.fixture.ts';
import { createWaitingRoom } from './waiting-room.ts';

const HOUR = 60 * 60 * 1000;

let stage: Stage;
let clock: TestClock;
let log: CollectedLog;

beforeEach(() => {
  stage = setStage();
  ({ clock, log } = stage);
});

function refusal(code: number, retryAfter?: number): GrammyError {
  const parameters = retryAfter === undefined ? {} : { retry_after: retryAfter };
  const answer = { ok: false, error_code: code, description: 'no', parameters } as const;
  return new GrammyError('Call failed', answer, 'sendMessage', { text: 'private words' });
}

test('handles what it accepted, once, whatever Telegram repeats', async () => {
  const { inbox, begun } = stage.run();
  inbox.start();
  await Promise.all([inbox.accept([message(1), message(2)]), inbox.accept([message(2)])]);
  await inbox.idle();
  await inbox.accept([message(1), message(2)]);
  await inbox.idle();
  expect(begun).toEqual([1, 2]);
  expect(await inbox.size()).toBe(0);
});

test('forgets what an update said once it is handled: it may have been a card number or a code', async () => {
  const { inbox } = stage.run();
  inbox.start();
  await inbox.accept([message(1)]);
  await inbox.idle();
  const rows = await stage.file.db.read.select().from(inboxRows);
  expect(rows.map((row) => [row.updateId, row.update])).toEqual([[1, {}]]);
});

test('wakes for new updates without time passing', async () => {
  const { inbox, begun } = stage.run();
  inbox.start();
  await clock.advance(60_000);
  await inbox.accept([message(1)]);
  await clock.settle();
  expect(begun).toEqual([1]);
});

test('keeps the order of a chat, while other chats go on', async () => {
  const { inbox, begun, release } = stage.run({ held: [1] });
  inbox.start();
  await inbox.accept([message(1, 10), message(2, 10), message(3, 20), message(4, 10)]);
  await clock.settle();
  expect(begun).toEqual([1, 3]);
  release(1);
  await inbox.idle();
  expect(begun).toEqual([1, 3, 2, 4]);
});

test('runs no more than its bound at once', async () => {
  const ids = Array.from({ length: 10 }, (_, i) => i + 1);
  const { inbox, begun, release } = stage.run({ parallel: 3, held: ids });
  inbox.start();
  await inbox.accept(ids.map((id) => message(id, id)));
  await clock.settle();
  expect(begun).toEqual([1, 2, 3]);
  release(2);
  await clock.settle();
  expect(begun).toEqual([1, 2, 3, 4]);
  ids.forEach(release);
  await inbox.idle();
  expect(begun).toEqual(ids);
});

test('who sent one thing comes before who sent many, where not all have a place', async () => {
  const { inbox, begun, release } = stage.run({ parallel: 1, held: [1, 20] });
  inbox.start();
  await inbox.accept(Array.from({ length: 10 }, (_, i) => message(i + 1, 1)));
  await clock.settle();
  await inbox.accept([message(20, 2), message(21, 3)]);
  release(1);
  await clock.settle();
  expect(begun).toEqual([1, 20]);
  // And not before everything: what has waited for long enough has its turn.
  await clock.advance(30_000);
  await inbox.accept([message(22, 4)]);
  release(20);
  await inbox.idle();
  expect(begun).toEqual([1, 20, 21, 2, 3, 4, 5, 6, 7, 8, 9, 10, 22]);
});

test('chats with a long line have a quarter of the places, however many they are', async () => {
  const floods = [10, 20, 30, 40];
  const { inbox, begun, release } = stage.run({ parallel: 8, held: floods.map((id) => id * 10) });
  inbox.start();
  await inbox.accept(
    floods.flatMap((orderingKey) =>
      Array.from({ length: 10 }, (_, i) => message(orderingKey * 10 + i, orderingKey)),
    ),
  );
  await clock.settle();
  expect(begun).toEqual([100, 200]);
  await inbox.accept([message(500, 5), message(501, 6)]);
  await clock.settle();
  expect(begun).toEqual([100, 200, 500, 501]);
  for (const id of floods) release(id * 10);
  await inbox.idle();
  expect(begun).toHaveLength(42);
});

test('whoever waits for a payment system holds no place, and keeps their chat in order', async () => {
  const waitingRoom = createWaitingRoom();
  const hanging = Array.from({ length: 60 }, (_, i) => i + 1);
  const { promise: answer, resolve } = Promise.withResolvers<void>();
  const { inbox, begun } = stage.run({
    parallel: 4,
    waitingRoom,
    onUpdate: async (id) => {
      if (hanging.includes(id)) await waitingRoom.wait('payfer', () => answer);
    },
  });
  inbox.start();
  await inbox.accept([...hanging.map((id) => message(id, id)), message(100, 1), message(101, 500)]);
  await clock.settle(200);
  // The other chat's; the second one of the first chat, whose line is longer, waits for its turn.
  const first = [...hanging.slice(1), 101, 1];
  expect(begun).toEqual(first);
  expect(waitingRoom.waiting()).toBe(60);
  resolve();
  await inbox.idle();
  expect(begun).toEqual([...first, 100]);
  expect(waitingRoom.waiting()).toBe(0);
});

test('a part of the waiting room that is full turns people away, and no other part', async () => {
  const waitingRoom = createWaitingRoom({ places: 2 });
  const { promise: answer, resolve } = Promise.withResolvers<string>();
  const waiting = [1, 2].map(() => waitingRoom.wait('payfer', () => answer));
  expect(await waitingRoom.wait('payfer', () => answer)).toBeNull();
  expect(await waitingRoom.wait('inpay', async () => 'asked')).toBe('asked');
  resolve('answered');
  expect(await Promise.all(waiting)).toEqual(['answered', 'answered']);
  expect(await waitingRoom.wait('payfer', async () => 'asked')).toBe('asked');
});

test('a part of the waiting room is left also by an error', async () => {
  const waitingRoom = createWaitingRoom({ places: 1 });
  const failing = (): Promise<string> => Promise.reject(new Error('broken'));
  await expect(waitingRoom.wait('payfer', failing)).rejects.toThrow('broken');
  expect(await waitingRoom.wait('payfer', async () => 'asked')).toBe('asked');
});

test('some places are for the staff alone, whatever fills the others', async () => {
  const ids = [1, 2, 3, 4, 5];
  const { inbox, begun, release } = stage.run({ parallel: 3, staffKeys: [900], held: ids });
  inbox.start();
  await inbox.accept(ids.map((id) => message(id, id)));
  await clock.settle();
  await inbox.accept([message(6, 6), message(7, 900), message(8, 900)]);
  await clock.settle();
  expect(begun).toEqual([1, 2, 3, 7, 8]);
  ids.forEach(release);
  await inbox.idle();
  expect(begun.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test('a failed update is tried again after 1 s and 5 s, then given up with an apology', async () => {
  const { inbox, begun, apologies } = stage.run({
    async onUpdate(id) {
      if (id === 1) throw new Error('broken');
    },
  });
  inbox.start();
  await inbox.accept([message(1), message(2), message(3, 2)]);
  await clock.settle();
  expect(begun).toEqual([1, 3]);
  await clock.advance(999);
  expect(begun).toEqual([1, 3]);
  await clock.advance(1);
  expect(begun).toEqual([1, 3, 1]);
  await clock.advance(4999);
  expect(begun).toEqual([1, 3, 1]);
  expect(apologies).toEqual([]);
  await clock.advance(1);
  expect(begun).toEqual([1, 3, 1, 1, 2]);
  expect(apologies).toEqual([1]);
  expect(log.at('error')).toEqual(['inbox: an update was given up']);
  expect(await inbox.size()).toBe(0);
});

test('a failing apology is logged and holds nobody up', async () => {
  const { inbox, begun } = stage.run({
    onUpdate: (id) => (id === 1 ? Promise.reject(new Error('broken')) : Promise.resolve()),
    apologise: () => Promise.reject(refusal(403)),
  });
  inbox.start();
  await inbox.accept([message(1), message(2)]);
  await clock.advance(6000);
  expect(begun).toEqual([1, 1, 1, 2]);
  expect(log.at('warn')).toContain('inbox: no apology arrived');
});

test('waits as long as Telegram asks, which counts as no attempt', async () => {
  let refusals = 5;
  const { inbox, begun, apologies } = stage.run({
    async onUpdate() {
      refusals -= 1;
      // As grammY throws it out of a handler.
      if (refusals >= 0) throw new BotError(refusal(429, 30), {} as Context);
    },
  });
  inbox.start();
  await inbox.accept([message(1)]);
  await clock.advance(29_999);
  expect(begun).toHaveLength(1);
  await clock.advance(1);
  expect(begun).toHaveLength(2);
  await clock.advance(120_000);
  expect(begun).toHaveLength(6);
  expect(apologies).toEqual([]);
  expect(await inbox.size()).toBe(0);
});

test('does not wait for Telegram for ever', async () => {
  const { inbox, begun, apologies } = stage.run({
    onUpdate: () => Promise.reject(refusal(429, 60)),
  });
  inbox.start();
  await inbox.accept([message(1)]);
  await clock.advance(HOUR);
  // Ten minutes for nothing counted, and then three attempts.
  expect(begun).toHaveLength(10 + 3);
  expect(apologies).toEqual([1]);
});

test('nothing private reaches the log', async () => {
  const context = { token: 'placeholder-token' } as unknown as Context;
  const { inbox } = stage.run({
    onUpdate: () => Promise.reject(new BotError(refusal(400), context)),
  });
  inbox.start();
  await inbox.accept([message(1)]);
  await clock.advance(6000);
  expect(log.lines).toHaveLength(3);
  expect(JSON.stringify(log.lines)).not.toMatch(/placeholder-token|private words/);
});

test('a handler that does not end loses its chat after a minute, and only once', async () => {
  const { inbox, begun } = stage.run({ held: [1] });
  inbox.start();
  await inbox.accept([message(1), message(2)]);
  await clock.advance(59_999);
  expect(begun).toEqual([1]);
  await clock.advance(1);
  expect(begun).toEqual([1, 2]);
  expect(log.at('error')).toEqual([
    'inbox: a handler did not end in time; its chat goes on without it',
  ]);
  await clock.advance(HOUR);
  expect(begun).toEqual([1, 2]);
});

test('drops the newest of a chat that sends too fast, with one line', async () => {
  const { inbox, begun, release } = stage.run({ maxWaitingPerKey: 3, held: [1] });
  inbox.start();
  await inbox.accept([message(1), message(2), message(3), message(4), message(5), message(6, 2)]);
  // Repeated ones take no room, and there is none for a new one.
  await inbox.accept([message(1), message(2), message(7)]);
  expect(log.lines.map(({ data }) => data)).toEqual([
    { orderingKey: 1, dropped: 2 },
    { orderingKey: 1, dropped: 1 },
  ]);
  release(1);
  await inbox.idle();
  await inbox.accept([message(8)]);
  await inbox.idle();
  expect(new Set(begun)).toEqual(new Set([1, 2, 3, 6, 8]));
  expect(begun).toHaveLength(5);
});

test('forgets handled updates after 48 hours and waiting ones never', async () => {
  const { inbox } = stage.run({ held: [2] });
  inbox.start();
  const many = Array.from({ length: 700 }, (_, i) => message(1000 + i, 1000 + i));
  await inbox.accept([message(1), ...many]);
  await inbox.idle();
  await inbox.accept([message(2)]);
  await clock.settle();
  expect(await inbox.prune(clock.now() + 48 * HOUR - 1)).toBe(0);
  expect(await inbox.prune(clock.now() + 48 * HOUR + 1)).toBe(701);
  expect(await inbox.size()).toBe(1);
});
