import { Api, Bot, InputFile } from 'grammy';
import { describe, expect, test } from 'vitest';
import { ALI, PNG, startStage } from '../../sandbox/telegram/fake-telegram.fixture.ts';
import { createTestClock } from '../testing/clock.ts';
import { realDeps } from './deps.ts';
import { createTelegramFetch } from './telegram-fetch.ts';
import { HTML, messageOptions } from './telegram-format.ts';
import { createTelegramNovelties } from './telegram-novelties.ts';

const TIME = '<b><tg-time unix="1768470300" format="t">14:45</tg-time></b> &lt;tg-time&gt;';
const WAIT = { text: '⏳', disabled: {} };
const MENU = { text: 'Menu', callback_data: 'menu' };

async function stage() {
  const { telegram } = await startStage();
  const fetch = createTelegramFetch({ fetch: realDeps().fetch, clock: createTestClock() });
  const api = new Api(telegram.token, { apiRoot: telegram.url, fetch });
  return { telegram, fetch, api };
}

describe('a server that knows it all', () => {
  test('gets it all', async () => {
    const { api, telegram } = await stage();
    const keyboard = { inline_keyboard: [[WAIT, MENU]] };
    await api.sendMessage(ALI.id, TIME, messageOptions(keyboard));
    const { entities, inlineKeyboard } = telegram.lastMessage(ALI.id)!;
    expect(entities.map(({ type }) => type).toSorted()).toEqual(['bold', 'date_time']);
    expect(inlineKeyboard).toEqual([[WAIT, MENU]]);
    expect(telegram.calls('sendMessage')).toHaveLength(1);
  });
});

describe('an older server', () => {
  test('gets the words, without a second message, and is asked once', async () => {
    const { api, telegram } = await stage();
    telegram.setOld(true);
    const before = telegram.messages(ALI.id).length;
    await api.sendMessage(ALI.id, TIME, messageOptions());
    await api.sendMessage(ALI.id, TIME, messageOptions());
    const [first, second, ...others] = telegram.messages(ALI.id).slice(before);
    expect(others).toEqual([]);
    for (const message of [first, second]) {
      expect(message?.html).toBe('<b>14:45</b> &lt;tg-time&gt;');
    }
    expect(telegram.calls('sendMessage').map(({ outcome }) => outcome)).toEqual([
      'error',
      'ok',
      'ok',
    ]);
  });

  test('gets the other buttons, and no keyboard where there are none', async () => {
    const { api, telegram } = await stage();
    telegram.setOld(true);
    const keyboard = { inline_keyboard: [[WAIT], [WAIT, MENU]] };
    const { message_id } = await api.sendMessage(ALI.id, TIME, messageOptions(keyboard));
    expect(telegram.message(ALI.id, message_id)?.inlineKeyboard).toEqual([[MENU]]);
    await api.editMessageText(
      ALI.id,
      message_id,
      'To‘lanmoqda',
      messageOptions({ inline_keyboard: [[WAIT]] }),
    );
    const edited = telegram.message(ALI.id, message_id);
    expect(edited?.text).toBe('To‘lanmoqda');
    expect(edited?.inlineKeyboard).toEqual([]);
    // Both at once were refused one after the other; later calls were taken at once.
    expect(telegram.calls('sendMessage')).toHaveLength(3);
    expect(telegram.calls('editMessageText')).toHaveLength(1);
  });

  test('gets captions of edited pictures alike', async () => {
    const { api, telegram } = await stage();
    const { message_id, photo } = await api.sendPhoto(ALI.id, new InputFile(PNG, 'chart.png'));
    telegram.setOld(true);
    const media = photo.at(-1)?.file_id ?? '';
    await api.editMessageMedia(ALI.id, message_id, {
      type: 'photo',
      media,
      ...HTML,
      caption: TIME,
    });
    expect(telegram.message(ALI.id, message_id)?.caption).toBe('14:45 <tg-time>');
  });

  test('a text that is no HTML stays as somebody wrote it', () => {
    const novelties = createTelegramNovelties();
    const body = JSON.stringify({ chat_id: 1, text: '<tg-time x>' });
    const answer = { ok: false, error_code: 400, description: 'Unsupported start tag "tg-time"' };
    expect(novelties.afterRefusal(body, answer)).toBeNull();
    expect(novelties.fit(body)).toBe(body);
  });

  test('other refusals are the caller’s', async () => {
    const { api, telegram } = await stage();
    telegram.fail({
      method: 'sendMessage',
      times: 1,
      with: { status: 400, description: 'Bad Request: chat not found' },
    });
    await expect(api.sendMessage(ALI.id, TIME, messageOptions())).rejects.toMatchObject({
      description: 'Bad Request: chat not found',
    });
    expect(telegram.calls('sendMessage')).toHaveLength(1);
  });
});

test('what is sent from inside a conversation has it too: it hangs on the client', async () => {
  const { telegram, fetch } = await stage();
  const bot = new Bot(telegram.token, { client: { apiRoot: telegram.url, fetch } });
  const inside = new Api(bot.token, bot.api.options);
  telegram.setOld(true);
  await inside.sendMessage(ALI.id, TIME, messageOptions());
  expect(telegram.lastMessage(ALI.id)?.text).toBe('14:45 <tg-time>');
});
