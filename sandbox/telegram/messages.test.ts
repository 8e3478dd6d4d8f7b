import { Keyboard } from 'grammy';
import { describe, expect, test } from 'vitest';

import { ALI, NOT_MODIFIED, VALI, call, oneButton, startStage } from './fake-telegram.fixture.ts';

describe('sendMessage', () => {
  test('returns the message and shows it in the chat', async () => {
    const { api, telegram, clock } = await startStage();
    const message = await api.sendMessage(ALI.id, 'Salom');
    expect(message).toMatchObject({
      from: { id: 1000000001, is_bot: true, username: 'simulated_bot' },
      chat: { id: ALI.id, type: 'private', first_name: 'Ali', username: 'ali_test' },
      date: clock.now() / 1000,
      text: 'Salom',
    });
    expect(telegram.lastMessage(ALI.id)).toMatchObject({
      messageId: message.message_id,
      from: 'bot',
      text: 'Salom',
    });
  });

  test('measures the text after parsing, 4096 at most', async () => {
    const { api } = await startStage();
    const longest = `<b>${'a'.repeat(4096)}</b>`;
    const message = await api.sendMessage(ALI.id, longest, { parse_mode: 'HTML' });
    expect(message.text).toHaveLength(4096);
    await expect(api.sendMessage(ALI.id, 'a'.repeat(4097))).rejects.toMatchObject({
      error_code: 400,
      description: 'Bad Request: message is too long',
    });
  });

  test.each([
    ['', 'Bad Request: message text is empty'],
    ['   \n ', 'Bad Request: text must be non-empty'],
    ['<b></b>', 'Bad Request: text must be non-empty'],
  ])('refuses the empty text %j', async (text, description) => {
    const { api } = await startStage();
    await expect(api.sendMessage(ALI.id, text, { parse_mode: 'HTML' })).rejects.toMatchObject({
      description,
    });
  });

  test('trims the text and moves the entities along', async () => {
    const { api } = await startStage();
    const message = await api.sendMessage(ALI.id, '\n  a <b>b  </b>\n', { parse_mode: 'HTML' });
    expect(message.text).toBe('a b');
    expect(message.entities).toEqual([{ type: 'bold', offset: 2, length: 1 }]);
  });

  test('knows nobody who never wrote', async () => {
    const { api } = await startStage();
    for (const chatId of [VALI.id, 999, '@ali_test']) {
      await expect(api.sendMessage(chatId, 'Salom')).rejects.toMatchObject({
        error_code: 400,
        description: 'Bad Request: chat not found',
      });
    }
  });

  test('answers to a message, or says that it is not there', async () => {
    const { api, telegram } = await startStage();
    const { messageId } = telegram.sendText(ALI.id, 'savol');
    const reply_parameters = { message_id: messageId };
    const message = await api.sendMessage(ALI.id, 'javob', { reply_parameters });
    expect(message.reply_to_message?.text).toBe('savol');
    await expect(
      api.sendMessage(ALI.id, 'javob', { reply_parameters: { message_id: 12345 } }),
    ).rejects.toMatchObject({ description: 'Bad Request: message to be replied not found' });
    const other = { message_id: 12345, allow_sending_without_reply: true };
    await api.sendMessage(ALI.id, 'javob', { reply_parameters: other });
    expect(telegram.lastMessage(ALI.id)?.replyTo).toBeNull();
  });

  test('takes urlencoded and multipart bodies with JSON in their fields, and GET', async () => {
    const { telegram } = await startStage();
    const fields = {
      chat_id: String(ALI.id),
      text: 'Salom',
      reply_markup: JSON.stringify(oneButton('Ha', 'yes')),
    };
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    const query = new URLSearchParams(fields);
    for (const init of [{ body: form }, { body: query }]) {
      const answer = await call(telegram, 'sendMessage', { method: 'POST', ...init });
      expect(answer.status).toBe(200);
    }
    expect((await call(telegram, `SENDMESSAGE?${query.toString()}`)).status).toBe(200);
    const sent = telegram.messages(ALI.id).filter((message) => message.from === 'bot');
    expect(sent.map((message) => message.inlineKeyboard)).toEqual(
      Array.from({ length: 3 }, () => [[{ text: 'Ha', callback_data: 'yes' }]]),
    );
  });

  test('keeps 500 messages of a chat', async () => {
    const { telegram } = await startStage();
    for (let i = 0; i < 510; i += 1) telegram.sendText(ALI.id, `xabar ${i}`);
    const messages = telegram.messages(ALI.id);
    expect(messages).toHaveLength(500);
    expect(messages.at(-1)?.text).toBe('xabar 509');
  });
});

describe('editing', () => {
  test('changes text and keyboard and marks the message', async () => {
    const { api, telegram, clock } = await startStage();
    const { message_id } = await api.sendMessage(ALI.id, 'bir', {
      reply_markup: oneButton('Ha', 'yes'),
    });
    clock.advance(5000);
    const edited = await api.editMessageText(ALI.id, message_id, 'ikki');
    expect(edited).toMatchObject({ message_id, text: 'ikki', edit_date: clock.now() / 1000 });
    expect(telegram.message(ALI.id, message_id)).toMatchObject({
      text: 'ikki',
      inlineKeyboard: [],
      isEdited: true,
    });
  });

  test('refuses an edit that changes nothing', async () => {
    const { api } = await startStage();
    const reply_markup = oneButton('Ha', 'yes');
    const { message_id } = await api.sendMessage(ALI.id, 'bir', { reply_markup });
    await expect(
      api.editMessageText(ALI.id, message_id, ' <b></b>bir', { parse_mode: 'HTML', reply_markup }),
    ).rejects.toMatchObject({ error_code: 400, description: NOT_MODIFIED });
    await api.editMessageText(ALI.id, message_id, '<b>bir</b>', {
      parse_mode: 'HTML',
      reply_markup,
    });
  });

  test('a new keyboard alone does not mark the message as edited', async () => {
    const { api, telegram } = await startStage();
    const { message_id } = await api.sendMessage(ALI.id, 'bir');
    await api.editMessageText(ALI.id, message_id, 'bir', { reply_markup: oneButton('Ha', 'y') });
    expect(telegram.message(ALI.id, message_id)?.isEdited).toBe(false);
    await api.editMessageText(ALI.id, message_id, 'bir');
    expect(telegram.message(ALI.id, message_id)?.inlineKeyboard).toEqual([]);
  });

  test('finds no unknown message and touches only its own', async () => {
    const { api, telegram } = await startStage();
    const { messageId } = telegram.sendText(ALI.id, 'meniki');
    await expect(api.editMessageText(ALI.id, 4242, 'x')).rejects.toMatchObject({
      description: 'Bad Request: message to edit not found',
    });
    await expect(api.editMessageText(ALI.id, messageId, 'x')).rejects.toMatchObject({
      description: "Bad Request: message can't be edited",
    });
  });

  test('a message that brought a reply keyboard cannot be edited', async () => {
    const { api } = await startStage();
    const reply_markup = new Keyboard().text('Balans');
    const { message_id } = await api.sendMessage(ALI.id, 'menyu', { reply_markup });
    await expect(api.editMessageText(ALI.id, message_id, 'x')).rejects.toMatchObject({
      description: "Bad Request: message can't be edited",
    });
  });

  test('an edit takes inline keyboards only', async () => {
    const { api, telegram } = await startStage();
    const { message_id } = await api.sendMessage(ALI.id, 'menyu');
    const reply_markup = JSON.stringify(new Keyboard().text('Balans'));
    const query = new URLSearchParams({
      chat_id: String(ALI.id),
      message_id: String(message_id),
      text: 'x',
      reply_markup,
    });
    const answer = await call(telegram, `editMessageText?${query.toString()}`);
    expect(answer.body['description']).toBe('Bad Request: inline keyboard expected');
  });
});

describe('deleting', () => {
  test('deletes once, also what the person wrote', async () => {
    const { api, telegram } = await startStage();
    const own = await api.sendMessage(ALI.id, 'bir');
    const typed = telegram.sendText(ALI.id, 'ikki');
    await api.deleteMessage(ALI.id, own.message_id);
    await api.deleteMessage(ALI.id, typed.messageId);
    expect(telegram.messages(ALI.id).map((message) => message.text)).toEqual(['/start']);
    await expect(api.deleteMessage(ALI.id, own.message_id)).rejects.toMatchObject({
      description: 'Bad Request: message to delete not found',
    });
  });

  test('deletes nothing older than 48 hours', async () => {
    const { api, clock } = await startStage();
    const { message_id } = await api.sendMessage(ALI.id, 'eski');
    clock.advance(48 * 3600 * 1000 + 1000);
    await expect(api.deleteMessage(ALI.id, message_id)).rejects.toMatchObject({
      description: "Bad Request: message can't be deleted for everyone",
    });
  });

  test('a message the person deleted is gone for the bot', async () => {
    const { api, telegram } = await startStage();
    const { message_id } = await api.sendMessage(ALI.id, 'bir');
    telegram.deleteMessage(ALI.id, message_id);
    await expect(api.editMessageText(ALI.id, message_id, 'x')).rejects.toMatchObject({
      description: 'Bad Request: message to edit not found',
    });
  });
});
