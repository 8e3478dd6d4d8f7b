import { eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { outbox } from '../db/tables.ts';
import type { SimulatedTelegram } from '../sandbox/telegram/simulated-telegram.ts';
import { type TestClock } from '../testing/clock.ts';
import type { CollectedLog } from '../testing/log.ts';
import { getUser } from '../users/users.ts';
import { unpark } from './park.ts';
import { ALI, VALI, renderPlainly, setStage, type Stage } from './stage.fixture.ts';

let stage: Stage;
let telegram: SimulatedTelegram;
let clock: TestClock;
let log: CollectedLog;

beforeEach(async () => {
  stage = await setStage();
  ({ telegram, clock, log } = stage);
});

test('without an answer it tries again, later and later, while other chats go on', async () => {
  const sender = stage.sender();
  stage.failNext('drop-before', { chatId: ALI.id, times: 3 });
  await stage.put('one');
  await stage.put('two');
  await stage.put('three', VALI.id);
  await sender.flush();
  expect(stage.texts(VALI.id)).toEqual(['three']);
  for (const waitMs of [1000, 2000, 4000]) {
    await clock.advance(waitMs - 1);
    await sender.flush();
    expect(stage.texts()).toEqual([]);
    await clock.advance(1);
    await sender.flush();
  }
  expect(stage.texts()).toEqual(['one', 'two']);
  expect(log.at('warn')).toHaveLength(3);
});

test('when Telegram wants one chat to wait, that one waits and nothing is counted', async () => {
  const sender = stage.sender();
  stage.failNext(
    { status: 429, description: 'Too Many Requests', retryAfter: 30 },
    { chatId: ALI.id },
  );
  await stage.put('one');
  await stage.put('two');
  await stage.put('three', VALI.id);
  await sender.flush();
  expect(stage.texts(VALI.id)).toEqual(['three']);
  await clock.advance(29_999);
  await sender.flush();
  expect(stage.texts()).toEqual([]);
  const [row] = await stage.file.db.read.select().from(outbox).orderBy(outbox.id);
  expect(row).toMatchObject({ attempts: 0, state: 'waiting' });
  await clock.advance(1);
  await sender.flush();
  expect(stage.texts()).toEqual(['one', 'two']);
});

test('when Telegram wants two chats to wait, everybody waits', async () => {
  const sender = stage.sender();
  stage.failNext({ status: 429, description: 'Too Many Requests', retryAfter: 30 }, { times: 2 });
  await stage.put('one');
  await stage.put('two', VALI.id);
  await sender.flush();
  telegram.user({ id: 103, firstName: 'Gani' });
  telegram.sendText(103, '/start');
  await stage.put('three', 103);
  const putAt = clock.now();
  await clock.advance(29_999);
  await sender.flush();
  expect(telegram.calls('sendMessage')).toHaveLength(2);
  const third = await stage.file.db.read.select().from(outbox).where(eq(outbox.chatId, 103));
  expect(third).toMatchObject([{ leaseUntil: 0, dueAt: putAt }]);
  await clock.advance(1);
  await sender.flush();
  expect([stage.texts(), stage.texts(VALI.id), stage.texts(103)]).toEqual([
    ['one'],
    ['two'],
    ['three'],
  ]);
});

test('who blocked the bot gets everything in order when they return', async () => {
  const sender = stage.sender();
  telegram.block(ALI.id);
  await stage.put('one');
  await stage.put('two');
  await sender.flush();
  expect(await stage.states()).toEqual(['parked', 'parked']);
  expect(await getUser(stage.file.db.read, ALI.id)).toMatchObject({ unreachableAt: clock.now() });
  await stage.put('three');
  await clock.advance(60_000);
  await sender.flush();
  expect(await stage.states()).toEqual(['parked', 'parked', 'parked']);
  expect(telegram.calls('sendMessage')).toHaveLength(1);
  expect([await sender.depth(), await sender.oldestWaitingMs()]).toEqual([0, 0]);

  telegram.unblock(ALI.id);
  await stage.file.db.tx((tx) => unpark(tx, { chatId: ALI.id, at: clock.now() }));
  await sender.flush();
  expect(stage.texts()).toEqual(['one', 'two', 'three']);
});

test('a chat Telegram does not know is parked, and others go on', async () => {
  const sender = stage.sender();
  await stage.put('one', 999);
  await stage.put('two');
  await sender.flush();
  expect(await stage.states()).toEqual(['parked', 'sent']);
  expect(stage.texts()).toEqual(['two']);
});

test('what Telegram will never take is dropped with an error, and the next one goes', async () => {
  const sender = stage.sender();
  await stage.put('<b>open');
  await stage.put('fine');
  await sender.flush();
  expect(await stage.states()).toEqual(['dropped', 'sent']);
  expect(log.at('error')).toEqual(['outbox: a message is lost']);
  expect(JSON.stringify(log.lines)).not.toContain('<b>open');
});

test('what has become pointless is dropped in silence', async () => {
  const sender = stage.sender({ render: async () => null });
  await stage.put('x');
  await sender.flush();
  expect(await stage.states()).toEqual(['dropped']);
  expect(log.lines).toEqual([]);
});

test('a text that cannot be made is tried a few times and then dropped', async () => {
  let renders = 0;
  const sender = stage.sender({
    async render(kind, params, to) {
      if (to.chatId !== ALI.id) return await renderPlainly(kind, params, to);
      renders += 1;
      throw new TypeError('broken view');
    },
  });
  sender.start();
  await stage.put('one');
  await stage.put('two', VALI.id);
  await clock.advance(60 * 60 * 1000);
  await sender.flush();
  expect(renders).toBe(10);
  expect(stage.texts(VALI.id)).toEqual(['two']);
  expect((await stage.states())[0]).toBe('dropped');
});

test('waits five minutes at most and gives up after 872 tries, which take 72 hours', async () => {
  let tries = 0;
  const api = stage.quickApi(() => {
    tries += 1;
    return { ok: false, error_code: 500, description: 'Internal Server Error' };
  });
  const sender = stage.sender({ api });
  await stage.put('one');
  await stage.file.raw.run('UPDATE outbox SET attempts = 868');
  for (let expected = 1; expected <= 3; expected += 1) {
    await sender.flush();
    await clock.advance(5 * 60 * 1000 - 1);
    await sender.flush();
    expect(tries).toBe(expected);
    await clock.advance(1);
  }
  expect(await stage.states()).toEqual(['waiting']);
  await sender.flush();
  expect(await stage.states()).toEqual(['dropped']);
  expect(log.at('error')).toEqual(['outbox: a message is lost']);
});
