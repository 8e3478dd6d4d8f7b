/** An alarm that can't be delivered is the end of it: it raises no other one, and nobody waits for it. */
import { expect, it } from 'vitest';
import { alarms, outbox } from '../db/tables.ts';
import { raiseAlarm } from './alarms.ts';
import { enqueue } from './messages.ts';
import { park, pruneOutbox, unpark } from './park.ts';
import { ALI, setStage, type Stage, VALI } from './outbox-stage.fixture.ts';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;

async function alarm(stage: Stage, where: string, recipients = [ALI.id]): Promise<void> {
  const at = stage.clock.now();
  await stage.file.db.tx((tx) =>
    raiseAlarm(tx, { kind: 'program_error', where }, { at, recipients }),
  );
}

async function counts(stage: Stage): Promise<{ alarms: number; messages: number }> {
  const { read } = stage.file.db;
  const all = await Promise.all([read.select().from(alarms), read.select().from(outbox)]);
  return { alarms: all[0].length, messages: all[1].length };
}

it.each([
  [
    'the owner blocked the bot',
    { status: 403, description: 'Forbidden: bot was blocked by the user' },
    'parked',
  ],
  ['the chat is gone', { status: 400, description: 'Bad Request: chat not found' }, 'parked'],
  [
    'Telegram refuses the text',
    { status: 400, description: "Bad Request: can't parse entities" },
    'parked',
  ],
] as const)('%s', async (_, { status, description }, state) => {
  const stage = await setStage();
  const api = stage.quickApi(() => ({ ok: false, error_code: status, description }));
  const sender = stage.sender({ api });
  await alarm(stage, 'job poll');
  sender.start();
  await sender.flush();
  expect(await stage.states()).toEqual([state]);
  expect(await counts(stage)).toEqual({ alarms: 1, messages: 1 });
  await stage.clock.advance(HOUR / 4);
  await sender.flush();
  expect(await counts(stage)).toEqual({ alarms: 1, messages: 1 });
});

it('a text that our own code can’t make is given up after some tries, and nothing follows', async () => {
  const stage = await setStage();
  const sender = stage.sender({
    render: async () => {
      throw new Error('a bug in the text');
    },
  });
  await alarm(stage, 'job poll');
  sender.start();
  await stage.clock.until(async () => (await stage.states())[0] === 'parked', {
    stepMs: 60_000,
    withinMs: HOUR,
  });
  expect(await counts(stage)).toEqual({ alarms: 1, messages: 1 });
});

it('one owner out of reach takes nothing from the others', async () => {
  const stage = await setStage();
  const api = stage.quickApi((chatId) =>
    chatId === ALI.id
      ? { ok: false, error_code: 403, description: 'Forbidden: bot was blocked by the user' }
      : { ok: true, result: { message_id: 1, date: 1, chat: { id: chatId, type: 'private' } } },
  );
  const sender = stage.sender({ api });
  await alarm(stage, 'job poll', [ALI.id, VALI.id]);
  sender.start();
  await sender.flush();
  expect(await stage.states()).toEqual(['parked', 'sent']);
});

it('an owner who comes back hears of the last two days, not of all troubles since', async () => {
  const { file } = await setStage();
  const chatId = ALI.id;
  for (let day = 0; day < 30; day += 1) {
    const at = day * DAY;
    await file.db.tx(async (tx) => {
      await raiseAlarm(
        tx,
        { kind: 'program_error', where: 'job poll' },
        { at, recipients: [chatId] },
      );
      const params = { amountTiyin: 1, reason: `day ${day}` };
      await enqueue(tx, { key: `day ${day}`, chatId, kind: 'adjustment', params, at });
      await park(tx, { chatId, at, reason: 'blocked' });
    });
    await pruneOutbox(file.db, at);
  }
  const back = await file.db.tx((tx) => unpark(tx, { chatId, at: 30 * DAY }));
  expect(back).toBe(30 + 3);
});
