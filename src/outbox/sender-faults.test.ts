import { eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { outbox } from '../db/tables.ts';
import type { SimulatedTelegram } from '../../sandbox/telegram/simulated-telegram.ts';
import { type TestClock } from '../testing/clock.ts';
import type { CollectedLog } from '../testing/log.ts';
import { getUser } from '../users/users.ts';
import type { AlarmParams } from './kinds.ts';
import { unpark, unparkDue } from './park.ts';
import type { OutboxSenderOptions } from './sender.ts';
import { ALI, VALI, renderPlainly, setStage, type Stage } from './outbox-stage.fixture.ts';

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

test('what Telegram does not take as it is goes as plain words', async () => {
  const sender = stage.sender();
  await stage.put('<b>open 5 &lt; 6');
  await stage.put('fine');
  await sender.flush();
  expect(stage.texts()).toEqual(['open 5 < 6', 'fine']);
  expect(await stage.states()).toEqual(['sent', 'sent']);
  expect(log.at('error')).toEqual(['outbox: refused as it was; sending its words']);
  expect(JSON.stringify(log.lines)).not.toContain('<b>open');
});

/** What a transaction that is undone would have told was not told. */
function tellInto(told: AlarmParams[]): NonNullable<OutboxSenderOptions['tellOwners']> {
  return async (tx, alarm) => tx.afterCommit(() => told.push(alarm));
}

test('what Telegram takes in no way is kept, tried again, and holds up nobody', async () => {
  const told: AlarmParams[] = [];
  const sender = stage.sender({ tellOwners: tellInto(told) });
  const refuse = (): void =>
    stage.failNext({ status: 400, description: 'Bad Request: SOME_NEW_RULE' }, { times: 2 });
  refuse();
  await stage.put('one');
  await stage.put('two');
  await sender.flush();
  expect(await stage.states()).toEqual(['parked', 'sent']);
  expect(told).toEqual([{ kind: 'program_error', where: 'sending a message (adjustment)' }]);

  await stage.file.db.tx((tx) => unparkDue(tx, clock.now()));
  expect(await stage.states()).toEqual(['parked', 'sent']);
  await clock.advance(30 * 60 * 1000);
  await stage.file.db.tx((tx) => unparkDue(tx, clock.now()));
  await sender.flush();
  expect(stage.texts()).toEqual(['two', 'one']);
});

const GROUP = -4001;
const SUPERGROUP = -1004001;

test('what is for a group that became a supergroup arrives there, also later', async () => {
  const told: AlarmParams[] = [];
  const asked: number[] = [];
  const api = stage.quickApi((chatId) => {
    asked.push(chatId);
    if (chatId !== GROUP) return { ok: true, result: { message_id: 1 } };
    const parameters = { migrate_to_chat_id: SUPERGROUP };
    const description = 'Bad Request: group chat was upgraded to a supergroup chat';
    return { ok: false, error_code: 400, description, parameters };
  });
  const sender = stage.sender({ api, tellOwners: tellInto(told) });
  await stage.put('one', GROUP);
  await stage.put('two', GROUP);
  await sender.flush();
  await clock.advance(60_000);
  await stage.put('three', GROUP);
  await sender.flush();
  await clock.advance(60_000);
  await sender.flush();
  expect(asked).toEqual([GROUP, SUPERGROUP, SUPERGROUP, SUPERGROUP]);
  expect(await stage.states()).toEqual(['sent', 'sent', 'sent']);
  expect(told).toEqual([{ kind: 'chat_moved', fromChatId: GROUP, toChatId: SUPERGROUP }]);
});

test.each([
  [400, 'Bad Request: not enough rights to send text messages to the chat'],
  [400, 'Bad Request: CHAT_WRITE_FORBIDDEN'],
  [403, 'Forbidden: bot was kicked from the group chat'],
])(
  'a group that takes nothing (%i %s) gets all of it once it does',
  async (status, description) => {
    const told: AlarmParams[] = [];
    let isClosed = true;
    const texts: number[] = [];
    const api = stage.quickApi((chatId) => {
      if (isClosed) return { ok: false, error_code: status, description };
      texts.push(chatId);
      return { ok: true, result: { message_id: 1 } };
    });
    const sender = stage.sender({ api, tellOwners: tellInto(told) });
    await stage.put('one', GROUP);
    await stage.put('two', GROUP);
    await sender.flush();
    expect(await stage.states()).toEqual(['parked', 'parked']);
    expect(told).toEqual([{ kind: 'chat_silent', chatId: GROUP, reason: description, waiting: 2 }]);

    isClosed = false;
    await clock.advance(30 * 60 * 1000);
    expect(await stage.file.db.tx((tx) => unparkDue(tx, clock.now()))).toBe(2);
    await sender.flush();
    await clock.advance(60_000);
    await sender.flush();
    expect(await stage.states()).toEqual(['sent', 'sent']);
    expect(texts).toEqual([GROUP, GROUP]);
  },
);

test('who is known to be away is left alone until they return', async () => {
  const sender = stage.sender();
  telegram.block(ALI.id);
  await stage.put('one');
  await sender.flush();
  await clock.advance(24 * 60 * 60 * 1000);
  expect(await stage.file.db.tx((tx) => unparkDue(tx, clock.now()))).toBe(0);
});

test('what has become pointless is dropped in silence', async () => {
  const sender = stage.sender({ render: async () => null });
  await stage.put('x');
  await sender.flush();
  expect(await stage.states()).toEqual(['dropped']);
  expect(log.lines).toEqual([]);
});

test('a text that cannot be made is tried a few times and then kept for somebody to look at', async () => {
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
  expect((await stage.states())[0]).toBe('parked');
});

test('waits five minutes at most, and after 872 tries, which take 72 hours, half an hour', async () => {
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
  expect(await stage.states()).toEqual(['parked']);
  expect(log.at('error')).toEqual(['outbox: a message could not be sent']);
  await clock.advance(30 * 60 * 1000);
  expect(await stage.file.db.tx((tx) => unparkDue(tx, clock.now()))).toBe(1);
});
