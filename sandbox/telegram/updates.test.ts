import { Bot } from 'grammy';
import { describe, expect, onTestFinished, test } from 'vitest';

import { realClock, realRandom } from '../../src/core/deps.ts';
import { startSimulatedTelegram } from './simulated-telegram.ts';
import { ALI, oneButton, startStage } from './fake-telegram.fixture.ts';
import { nextBotMessage, waitFor } from './wait-for.ts';
import { eventually } from '../../src/testing/eventually.ts';

const LIMIT = { timeoutMs: 5000 };

describe('long polling', () => {
  test('a grammY bot hears, answers, gets taps and edits', async () => {
    const telegram = await startSimulatedTelegram({ clock: realClock, random: realRandom });
    onTestFinished(() => telegram.close());
    const bot = new Bot(telegram.token, { client: { apiRoot: telegram.url } });
    bot.command('start', (ctx) => ctx.reply('Salom', { reply_markup: oneButton('Ha', 'yes') }));
    bot.callbackQuery('yes', async (ctx) => {
      await ctx.answerCallbackQuery({ text: 'Rahmat', show_alert: true });
      await ctx.editMessageText('Tanlandi');
    });
    const running = bot.start();
    telegram.user(ALI);
    telegram.sendText(ALI.id, '/start');
    const greeting = await nextBotMessage(telegram, ALI.id, LIMIT);
    expect(greeting.text).toBe('Salom');
    const { answer } = telegram.tap(ALI.id, greeting.messageId, { text: 'Ha' });
    const edited = nextBotMessage(telegram, ALI.id, LIMIT);
    expect(await answer).toEqual({
      isAnswered: true,
      text: 'Rahmat',
      showAlert: true,
      url: undefined,
    });
    expect(await edited).toMatchObject({ text: 'Tanlandi', messageId: greeting.messageId });
    await bot.stop();
    await running;
    expect(telegram.pendingUpdates()).toBe(0);
  });

  test('a command carries its entity', async () => {
    const { api, telegram } = await startStage();
    telegram.sendText(ALI.id, '/pay 100');
    const updates = await api.getUpdates();
    expect(updates.map((update) => update.message?.entities)).toEqual([
      [{ type: 'bot_command', offset: 0, length: 6 }],
      [{ type: 'bot_command', offset: 0, length: 4 }],
    ]);
    expect(updates[1]!.update_id).toBe(updates[0]!.update_id + 1);
  });

  test('comes again until confirmed by a higher offset; limit and negative offset', async () => {
    const { api, telegram } = await startStage();
    telegram.sendText(ALI.id, 'bir');
    telegram.sendText(ALI.id, 'ikki');
    const texts = async (offset: number, limit = 100): Promise<unknown[]> =>
      (await api.getUpdates({ offset, limit })).map((update) => update.message?.text);
    const first = (await api.getUpdates())[0]!.update_id;
    expect(await texts(0)).toEqual(['/start', 'bir', 'ikki']);
    expect(await texts(first + 1, 1)).toEqual(['bir']);
    expect(await texts(0)).toEqual(['bir', 'ikki']);
    expect(await texts(-1)).toEqual(['ikki']);
    expect(await texts(0)).toEqual(['ikki']);
  });

  test('waits for an update, at most for the timeout of its clock', async () => {
    const { api, telegram, clock } = await startStage();
    const [start] = await api.getUpdates();
    const offset = start!.update_id + 1;
    const poll = api.getUpdates({ offset, timeout: 30 });
    await eventually(() => expect(clock.sleepersWithin(30_000)).toBe(1));
    telegram.sendText(ALI.id, 'keldi');
    expect((await poll).map((update) => update.message?.text)).toEqual(['keldi']);
    const empty = api.getUpdates({ offset: offset + 1, timeout: 30 });
    await eventually(() => expect(clock.sleepersWithin(30_000)).toBe(2));
    clock.advance(30_000);
    expect(await empty).toEqual([]);
  });

  test('a second poll ends the first with 409', async () => {
    const { api, clock } = await startStage();
    const [start] = await api.getUpdates();
    const request = { offset: start!.update_id + 1, timeout: 30 };
    const first = api.getUpdates(request);
    await eventually(() => expect(clock.sleepersWithin(30_000)).toBe(1));
    const second = api.getUpdates(request);
    await expect(first).rejects.toMatchObject({
      error_code: 409,
      description:
        'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    });
    clock.advance(30_000);
    expect(await second).toEqual([]);
  });

  test('allowed_updates filters what comes later', async () => {
    const { api, telegram } = await startStage();
    await api.getUpdates({ allowed_updates: ['callback_query'] });
    telegram.sendText(ALI.id, 'filtrlangan');
    const { message_id } = await api.sendMessage(ALI.id, 'a', {
      reply_markup: oneButton('A', 'a'),
    });
    telegram.tap(ALI.id, message_id, { data: 'a' });
    const kinds = (await api.getUpdates()).map((update) => Object.keys(update)[1]);
    expect(kinds).toEqual(['message', 'callback_query']);
  });

  test('repeats delivered updates under their old ids', async () => {
    const { api, telegram } = await startStage();
    const [start] = await api.getUpdates();
    const offset = start!.update_id + 1;
    expect(await api.getUpdates({ offset })).toEqual([]);
    expect(telegram.repeatUpdates(1)).toBe(1);
    expect(await api.getUpdates({ offset })).toEqual([start]);
    expect(await api.getUpdates({ offset })).toEqual([]);
  });
});

describe('waiting', () => {
  test('says what the chat ends with when nothing comes', async () => {
    const { telegram } = await startStage();
    await expect(nextBotMessage(telegram, ALI.id, { timeoutMs: 20 })).rejects.toThrow(
      'no matching bot message for person 101; the chat ends with: user: /start (waited 20 ms)',
    );
    await expect(
      waitFor(telegram, () => false, { timeoutMs: 20, what: 'a miracle' }),
    ).rejects.toThrow('not seen: a miracle (waited 20 ms)');
  });

  test('takes the first bot message that matches', async () => {
    const { api, telegram } = await startStage();
    const waiting = nextBotMessage(telegram, ALI.id, {
      ...LIMIT,
      matches: (message) => message.text === 'ikki',
    });
    telegram.sendText(ALI.id, 'ikki');
    await api.sendMessage(ALI.id, 'bir');
    const { message_id } = await api.sendMessage(ALI.id, 'ikki');
    expect((await waiting).messageId).toBe(message_id);
  });
});

test('a poll whose caller hung up swallows nothing', async () => {
  const { api, telegram, clock } = await startStage();
  const [start] = await api.getUpdates();
  const offset = start!.update_id + 1;
  const hangUp = new AbortController();
  const poll = fetch(
    `${telegram.url}/bot${telegram.token}/getUpdates?timeout=30&offset=${offset}`,
    {
      signal: hangUp.signal,
    },
  );
  await eventually(() => expect(clock.sleepersWithin(30_000)).toBe(1));
  hangUp.abort();
  await expect(poll).rejects.toThrow('aborted');
  telegram.sendText(ALI.id, 'keyin');
  const updates = await api.getUpdates({ offset });
  expect(updates.map((update) => update.message?.text)).toEqual(['keyin']);
});
