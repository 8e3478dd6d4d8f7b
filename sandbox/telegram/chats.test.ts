import { InputFile, InputMediaBuilder } from 'grammy';
import { describe, expect, test } from 'vitest';

import { ALI, NOT_MODIFIED, PNG, oneButton, startStage } from './fake-telegram.fixture.ts';
import type { TelegramEvent } from './types.ts';

function qrCode(): InputFile {
  return new InputFile(PNG, 'qr.png');
}

describe('blocking', () => {
  test('is told to the bot and refuses it', async () => {
    const { api, telegram } = await startStage();
    const { message_id } = await api.sendMessage(ALI.id, 'a', {
      reply_markup: oneButton('A', 'a'),
    });
    telegram.block(ALI.id);
    telegram.block(ALI.id);
    const blocked = { error_code: 403, description: 'Forbidden: bot was blocked by the user' };
    await expect(api.sendMessage(ALI.id, 'b')).rejects.toMatchObject(blocked);
    await expect(api.sendChatAction(ALI.id, 'typing')).rejects.toMatchObject(blocked);
    expect(() => telegram.sendText(ALI.id, 'salom')).toThrow('call unblock first');
    expect(() => telegram.tap(ALI.id, message_id, { data: 'a' })).toThrow('call unblock first');
    telegram.unblock(ALI.id);
    await api.sendMessage(ALI.id, 'b');
    const changes = (await api.getUpdates()).flatMap((update) => update.my_chat_member ?? []);
    expect(changes.map((change) => change.new_chat_member.status)).toEqual(['kicked', 'member']);
    expect(changes[0]).toMatchObject({
      chat: { id: ALI.id },
      from: { id: ALI.id },
      old_chat_member: { status: 'member', user: { is_bot: true } },
    });
  });
});

describe('taps', () => {
  test('make a callback query with the message and its keyboard', async () => {
    const { api, telegram } = await startStage();
    const { message_id } = await api.sendMessage(ALI.id, 'a', {
      reply_markup: oneButton('A', 'a1'),
    });
    const { queryId } = telegram.tap(ALI.id, message_id, { data: 'a1' });
    expect((await api.getUpdates()).at(-1)?.callback_query).toMatchObject({
      id: queryId,
      from: { id: ALI.id },
      data: 'a1',
      message: {
        message_id,
        reply_markup: { inline_keyboard: [[{ text: 'A', callback_data: 'a1' }]] },
      },
    });
    expect(() => telegram.tap(ALI.id, message_id, { data: 'other' })).toThrow('has no button');
    telegram.tap(ALI.id, message_id, { forged: 'other' });
    expect((await api.getUpdates()).at(-1)?.callback_query?.data).toBe('other');
  });

  test('an unknown or old query cannot be answered', async () => {
    const { api, telegram, clock } = await startStage();
    const { message_id } = await api.sendMessage(ALI.id, 'a', {
      reply_markup: oneButton('A', 'a'),
    });
    const old = {
      error_code: 400,
      description:
        'Bad Request: query is too old and response timeout expired or query ID is invalid',
    };
    await expect(api.answerCallbackQuery('12345')).rejects.toMatchObject(old);
    const { queryId } = telegram.tap(ALI.id, message_id, { data: 'a' });
    await expect(api.answerCallbackQuery(queryId, { text: 'x'.repeat(201) })).rejects.toMatchObject(
      { description: 'Bad Request: MESSAGE_TOO_LONG' },
    );
    clock.advance(15 * 60 * 1000);
    await api.answerCallbackQuery(queryId);
    clock.advance(1000);
    await expect(api.answerCallbackQuery(queryId)).rejects.toMatchObject(old);
  });

  test('a tap nobody answered ends with the simulation', async () => {
    const { api, telegram } = await startStage();
    const { message_id } = await api.sendMessage(ALI.id, 'a', {
      reply_markup: oneButton('A', 'a'),
    });
    const { answer } = telegram.tap(ALI.id, message_id, { text: 'A' });
    await telegram.close();
    expect(await answer).toMatchObject({ isAnswered: false });
  });
});

describe('files', () => {
  test('a document goes up and comes down', async () => {
    const { api, telegram } = await startStage();
    const bytes = Buffer.from('sana;summa\n2026-01-15;50000\n');
    const message = await api.sendDocument(ALI.id, new InputFile(bytes, 'hisobot.csv'), {
      caption: '<b>Hisobot</b>',
      parse_mode: 'HTML',
      reply_markup: oneButton('A', 'a'),
    });
    expect(message).toMatchObject({
      document: { file_name: 'hisobot.csv', file_size: bytes.length },
      caption: 'Hisobot',
      caption_entities: [{ type: 'bold', offset: 0, length: 7 }],
    });
    expect(Buffer.from(telegram.file(message.document.file_id)!)).toEqual(bytes);
  });

  test('a photo, its caption and its exchange', async () => {
    const { api, telegram } = await startStage();
    const sent = await api.sendPhoto(ALI.id, new InputFile(PNG, 'qr.png'), { caption: 'QR' });
    expect(sent.photo).toMatchObject([{ width: 1, height: 1 }]);
    const again = await api.sendPhoto(ALI.id, sent.photo[0]!.file_id);
    expect(again.photo[0]!.file_unique_id).toBe(sent.photo[0]!.file_unique_id);
    const photo = InputMediaBuilder.photo(sent.photo[0]!.file_id, { caption: 'QR kod' });
    await api.editMessageMedia(ALI.id, sent.message_id, photo);
    expect(telegram.message(ALI.id, sent.message_id)).toMatchObject({
      caption: 'QR kod',
      text: '',
    });
    await expect(api.editMessageMedia(ALI.id, sent.message_id, photo)).rejects.toMatchObject({
      description: NOT_MODIFIED,
    });
    const media = InputMediaBuilder.document(new InputFile(Buffer.from('x'), 'x.txt'));
    await api.editMessageMedia(ALI.id, sent.message_id, media);
    expect(telegram.message(ALI.id, sent.message_id)?.file).toMatchObject({ name: 'x.txt' });
    await expect(api.editMessageText(ALI.id, sent.message_id, 'x')).rejects.toMatchObject({
      description: 'Bad Request: there is no text in the message to edit',
    });
  });

  test('captions have 1024 characters, photos are pictures', async () => {
    const { api } = await startStage();
    await api.sendPhoto(ALI.id, qrCode(), { caption: 'a'.repeat(1024) });
    await expect(
      api.sendPhoto(ALI.id, qrCode(), { caption: 'a'.repeat(1025) }),
    ).rejects.toMatchObject({ description: 'Bad Request: message caption is too long' });
    await expect(
      api.sendPhoto(ALI.id, new InputFile(Buffer.from('text'), 'a.png')),
    ).rejects.toMatchObject({ description: 'Bad Request: IMAGE_PROCESS_FAILED' });
  });

  test('what a person sends has its bytes', async () => {
    const { api, telegram } = await startStage();
    telegram.sendPhoto(ALI.id, PNG, { caption: 'chek' });
    const message = (await api.getUpdates()).at(-1)?.message;
    expect(message?.caption).toBe('chek');
    expect(telegram.file(message!.photo![0]!.file_id)).toEqual(PNG);
  });
});

test('listeners hear everything in order', async () => {
  const { api, telegram } = await startStage();
  const events: TelegramEvent[] = [];
  const forget = telegram.on((event) => events.push(event));
  const { message_id } = await api.sendMessage(ALI.id, 'a', { reply_markup: oneButton('A', 'a') });
  const { queryId } = telegram.tap(ALI.id, message_id, { data: 'a' });
  await api.answerCallbackQuery(queryId, { text: 'ok' });
  await api.sendChatAction(ALI.id, 'typing');
  await api.editMessageText(ALI.id, message_id, 'b');
  await api.deleteMessage(ALI.id, message_id);
  forget();
  await api.sendMessage(ALI.id, 'c');
  expect(events.map((event) => event.kind)).toEqual([
    'message',
    'callback-answer',
    'chat-action',
    'edit',
    'delete',
  ]);
  expect(events[1]).toMatchObject({ messageId: message_id, text: 'ok', userId: ALI.id });
});
