import { InlineKeyboard, Keyboard } from 'grammy';
import type { InlineKeyboardButton } from 'grammy/types';
import { describe, expect, test } from 'vitest';

import { checkLink } from './link.ts';
import { ALI, oneButton, startStage } from './fake-telegram.fixture.ts';

async function sendButton(button: object): Promise<unknown> {
  const { api } = await startStage();
  const inline_keyboard = [[button as InlineKeyboardButton]];
  return api.sendMessage(ALI.id, 'tugma', { reply_markup: { inline_keyboard } });
}

describe('inline keyboards', () => {
  test('64 bytes of callback data, counted as UTF-8', async () => {
    const { api } = await startStage();
    await api.sendMessage(ALI.id, 'a', { reply_markup: oneButton('A', 'ў'.repeat(32)) });
    await expect(
      api.sendMessage(ALI.id, 'a', { reply_markup: oneButton('A', `${'ў'.repeat(32)}a`) }),
    ).rejects.toMatchObject({ error_code: 400, description: 'Bad Request: BUTTON_DATA_INVALID' });
  });

  test.each([
    [{ text: '', callback_data: 'a' }, 'inline keyboard button text must be non-empty'],
    [{ callback_data: 'a' }, `can't parse inline keyboard button: Can't find field "text"`],
    [
      { text: 'a' },
      "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ],
    [
      { text: 'a', callback_data: '' },
      "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ],
    [
      { text: 'a', callback_data: 'a', url: 'https://example.com' },
      "can't parse inline keyboard button: exactly one action is expected, found url, callback_data",
    ],
    [{ text: 'a', copy_text: { text: '' } }, 'BUTTON_COPY_TEXT_INVALID'],
    [{ text: 'a', copy_text: { text: 'x'.repeat(257) } }, 'BUTTON_COPY_TEXT_INVALID'],
    [
      { text: 'a', url: 'ftp://example.com' },
      "inline keyboard button URL 'ftp://example.com' is invalid: Unsupported URL protocol",
    ],
    [
      { text: 'a', url: 'http://nodots' },
      "inline keyboard button URL 'http://nodots' is invalid: Wrong HTTP URL",
    ],
  ])('refuses %j', async (button, reason) => {
    await expect(sendButton(button)).rejects.toMatchObject({
      error_code: 400,
      description: `Bad Request: ${reason}`,
    });
  });

  test('a disabled button, of which an older server knows nothing', async () => {
    const { api, telegram } = await startStage();
    const reply_markup = { inline_keyboard: [[{ text: 'a', disabled: {} }]] };
    const { message_id } = await api.sendMessage(ALI.id, 'tugma', { reply_markup });
    expect(() => telegram.tap(ALI.id, message_id, { text: 'a' })).toThrow('no callback button');
    telegram.setOld(true);
    await expect(api.sendMessage(ALI.id, 'tugma', { reply_markup })).rejects.toMatchObject({
      error_code: 400,
      description:
        "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    });
  });

  test.each([
    { text: 'a', copy_text: { text: 'x'.repeat(256) } },
    { text: 'a', url: 'https://example.com/pay?x=1' },
    { text: 'a', url: 'tg://resolve?domain=example' },
    { text: 'a', url: 'http://127.0.0.1:8080/pay' },
    { text: 'a', url: 'http://localhost:8080/pay' },
    { text: 'a', callback_data: 'x', style: 'danger' },
  ])('accepts %j', async (button) => {
    await expect(sendButton(button)).resolves.toMatchObject({
      reply_markup: { inline_keyboard: [[button]] },
    });
  });

  test.each(['http://localhost:8080/pay', 'http://127.0.0.1:8080/pay'])(
    'refuses %s when asked to be as strict as the real service',
    async (url) => {
      const { api } = await startStage({ allowLoopbackUrls: false });
      const reply_markup = new InlineKeyboard().url('a', url);
      await expect(api.sendMessage(ALI.id, 'a', { reply_markup })).rejects.toMatchObject({
        description: `Bad Request: inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`,
      });
    },
  );

  test('at most 100 buttons and 8 in a row', async () => {
    const { api } = await startStage();
    const buttons = Array.from({ length: 101 }, (_, i) => [
      { text: `${i}`, callback_data: `${i}` },
    ]);
    await api.sendMessage(ALI.id, 'a', { reply_markup: { inline_keyboard: buttons.slice(1) } });
    await expect(
      api.sendMessage(ALI.id, 'a', { reply_markup: { inline_keyboard: buttons } }),
    ).rejects.toMatchObject({ description: 'Bad Request: reply markup is too long' });
    const row = buttons.slice(0, 9).flat();
    await expect(
      api.sendMessage(ALI.id, 'a', { reply_markup: { inline_keyboard: [row] } }),
    ).rejects.toMatchObject({ error_code: 400 });
    await api.sendMessage(ALI.id, 'a', { reply_markup: { inline_keyboard: [row.slice(1)] } });
  });

  test('an empty keyboard is none', async () => {
    const { api } = await startStage();
    const message = await api.sendMessage(ALI.id, 'a', { reply_markup: new InlineKeyboard() });
    expect(message).not.toHaveProperty('reply_markup');
  });
});

describe('reply keyboards', () => {
  test('appear, ask for the number and go', async () => {
    const { api, telegram } = await startStage();
    const reply_markup = new Keyboard().requestContact('Raqam').text('Bekor').resized();
    const asked = await api.sendMessage(ALI.id, 'raqam?', { reply_markup });
    expect(telegram.replyKeyboard(ALI.id)).toMatchObject({
      messageId: asked.message_id,
      rows: [[{ text: 'Raqam', request_contact: true }, { text: 'Bekor' }]],
    });
    telegram.sendContact(ALI.id, '+998901234567');
    const update = (await api.getUpdates()).at(-1);
    expect(update?.message).toMatchObject({
      contact: { phone_number: '+998901234567', first_name: 'Ali', user_id: ALI.id },
      reply_to_message: { message_id: asked.message_id },
    });
    await api.sendMessage(ALI.id, 'rahmat', { reply_markup: { remove_keyboard: true } });
    expect(telegram.replyKeyboard(ALI.id)).toBeNull();
  });

  test('a one-time keyboard goes when it is used', async () => {
    const { api, telegram } = await startStage();
    const reply_markup = new Keyboard().text('Ha').oneTime();
    await api.sendMessage(ALI.id, 'rozimisiz?', { reply_markup });
    telegram.sendText(ALI.id, 'shoshmang');
    expect(telegram.replyKeyboard(ALI.id)).not.toBeNull();
    telegram.sendText(ALI.id, 'Ha');
    expect(telegram.replyKeyboard(ALI.id)).toBeNull();
  });

  test('a forced reply is answered as a reply', async () => {
    const { api, telegram } = await startStage();
    const reply_markup = { force_reply: true as const };
    const { message_id } = await api.sendMessage(ALI.id, 'ism?', { reply_markup });
    expect(telegram.sendText(ALI.id, 'Ali').replyTo).toBe(message_id);
    expect(telegram.sendText(ALI.id, 'yana').replyTo).toBeNull();
  });

  test('a button needs a text', async () => {
    const { api } = await startStage();
    const reply_markup = new Keyboard().text('');
    await expect(api.sendMessage(ALI.id, 'a', { reply_markup })).rejects.toMatchObject({
      description: 'Bad Request: keyboard button text must be non-empty',
    });
  });
});

test.each([
  ['example.com', 'http://example.com/'],
  ['HTTPS://Example.COM?a=1', 'https://example.com/?a=1'],
  ['https://user@example.com:8443/a b', 'https://user@example.com:8443/a%20b'],
  ['tg:resolve?domain=x', 'tg://resolve?domain=x'],
])('link %s', (link, url) => {
  expect(checkLink(link, { allowLoopback: false })).toEqual({ kind: 'ok', url });
});
