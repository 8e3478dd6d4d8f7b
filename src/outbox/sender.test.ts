import { beforeEach, expect, test } from 'vitest';
import type { SimulatedTelegram } from '../../sandbox/telegram/simulated-telegram.ts';
import { createTestClock, type TestClock } from '../testing/clock.ts';
import type { CollectedLog } from '../testing/log.ts';
import { eventually } from '../testing/eventually.ts';
import { setLanguage } from '../users/users.ts';
import { ALI, VALI, setStage, type Stage } from './outbox-stage.fixture.ts';

let stage: Stage;
let telegram: SimulatedTelegram;
let clock: TestClock;
let log: CollectedLog;

beforeEach(async () => {
  stage = await setStage();
  ({ telegram, clock, log } = stage);
});

test('sends what waits, in order, once', async () => {
  const sender = stage.sender();
  await stage.put('one');
  await stage.put('two');
  await stage.put('one');
  await stage.put('three', VALI.id);
  await Promise.all([sender.flush(), sender.flush()]);
  expect(stage.texts()).toEqual(['one', 'two']);
  expect(stage.texts(VALI.id)).toEqual(['three']);
  await sender.flush();
  expect(telegram.calls('sendMessage')).toHaveLength(3);
  expect(await stage.states()).toEqual(['sent', 'sent', 'sent']);
});

test('sends HTML without link previews, with the keyboard', async () => {
  const keyboard = { inline_keyboard: [[{ text: 'Go', callback_data: 'go' }]] };
  const sender = stage.sender({
    render: async () => ({ method: 'send', text: '<b>5</b> https://x.example', keyboard }),
  });
  await stage.put('x');
  await sender.flush();
  expect(telegram.calls('sendMessage')[0]?.body).toEqual({
    chat_id: ALI.id,
    text: '<b>5</b> https://x.example',
    parse_mode: 'HTML',
    link_preview_options: { is_disabled: true },
    reply_markup: keyboard,
  });
});

test('speaks each person’s language, else the default one', async () => {
  await setLanguage(stage.file.db, { userId: ALI.id, language: 'ru' });
  const sender = stage.sender({
    render: async (_, _params, { language }) => ({ method: 'send', text: language }),
  });
  await stage.put('x');
  await stage.put('x', VALI.id);
  await sender.flush();
  expect([stage.texts(), stage.texts(VALI.id)]).toEqual([['ru'], ['uz']]);
});

test('wakes when told, without time passing', async () => {
  const sender = stage.sender();
  sender.start();
  await clock.settle();
  await stage.put('one');
  sender.notify();
  await eventually(() => expect(stage.texts()).toEqual(['one']));
});

test('finds by itself what another process enqueued', async () => {
  const sender = stage.sender();
  sender.start();
  await clock.settle();
  await stage.put('one');
  await clock.advance(10_000);
  await eventually(() => expect(stage.texts()).toEqual(['one']));
});

test('a kill after Telegram took it sends it twice at most, and before later ones', async () => {
  const dead = createTestClock(clock.now());
  const first = stage.sender({ clock: dead });
  await stage.put('one');
  await stage.put('two');
  let reopened: Promise<unknown> | undefined;
  const forget = telegram.on((event) => {
    if (event.kind === 'message') reopened ??= stage.file.reopen();
  });
  first.start();
  await eventually(() => expect(log.at('error')).toContain('outbox: a row is left to its lease'));
  forget();
  await reopened;
  expect(await stage.states()).toEqual(['waiting', 'waiting']);
  const second = stage.sender();
  await second.flush();
  expect(stage.texts()).toEqual(['one']);
  await clock.advance(40_000);
  await second.flush();
  expect(stage.texts()).toEqual(['one', 'one', 'two']);
});

test('two processes on one stage.file send each message once', async () => {
  const senders = [stage.sender(), stage.sender()];
  for (let i = 0; i < 4; i += 1) {
    await stage.put(`a${i}`);
    await stage.put(`b${i}`, VALI.id);
  }
  await Promise.all(senders.map((sender) => sender.flush()));
  await eventually(async () => {
    await Promise.all(senders.map((sender) => sender.flush()));
    expect(await stage.states()).toEqual(Array(8).fill('sent'));
  });
  expect(stage.texts()).toEqual(['a0', 'a1', 'a2', 'a3']);
  expect(stage.texts(VALI.id)).toEqual(['b0', 'b1', 'b2', 'b3']);
});

test('edits a screen; a screen that is gone or already so is done', async () => {
  const sender = stage.sender();
  await stage.put('order');
  await sender.flush();
  const screen = String(telegram.lastMessage(ALI.id)?.messageId);
  await stage.putScreen('s1', screen);
  await sender.flush();
  expect(stage.texts()).toEqual(['screen']);
  await stage.putScreen('s2', screen);
  await stage.putScreen('s3', '777');
  await sender.flush();
  expect(await stage.states()).toEqual(['sent', 'sent', 'sent', 'sent']);
  expect(log.lines).toEqual([]);
});

test('of several screens of one order only the newest is sent', async () => {
  const sender = stage.sender();
  await stage.put('order');
  await sender.flush();
  const screen = String(telegram.lastMessage(ALI.id)?.messageId);
  await stage.putScreen('s1', screen);
  await stage.putScreen('s2', '777');
  await stage.putScreen('s3', screen);
  await stage.put('after');
  await stage.putScreen('s4', screen);
  await sender.flush();
  expect(await stage.states()).toEqual(['sent', 'dropped', 'sent', 'dropped', 'sent', 'sent']);
  expect(telegram.calls('editMessageText').map(({ body }) => body['message_id'])).toEqual([
    777,
    Number(screen),
  ]);
});

test('says how much waits and for how long', async () => {
  const sender = stage.sender();
  expect([await sender.depth(), await sender.oldestWaitingMs()]).toEqual([0, 0]);
  await stage.put('one');
  await clock.advance(7000);
  await stage.put('two');
  expect([await sender.depth(), await sender.oldestWaitingMs()]).toEqual([2, 7000]);
  await sender.flush();
  expect([await sender.depth(), await sender.oldestWaitingMs()]).toEqual([0, 0]);
});

test('stopping waits for what is being sent and sends nothing more', async () => {
  const sender = stage.sender();
  stage.failNext({ delayMs: 1000 });
  await stage.put('one');
  await stage.put('two');
  sender.start();
  await eventually(() => expect(telegram.calls('sendMessage')).toHaveLength(1));
  const stopping = sender.stop({ deadlineMs: 3000 });
  await clock.advance(1000);
  await stopping;
  expect(await stage.states()).toEqual(['sent', 'waiting']);
  expect(stage.texts()).toEqual(['one']);
});

test('stopping ends at its deadline and leaves the message for the next start', async () => {
  const sender = stage.sender();
  stage.failNext({ delayMs: 60_000 });
  await stage.put('one');
  sender.start();
  await eventually(() => expect(telegram.calls('sendMessage')).toHaveLength(1));
  const stopping = sender.stop({ deadlineMs: 3000 });
  await clock.advance(3000);
  await stopping;
  expect(await stage.states()).toEqual(['waiting']);
});
