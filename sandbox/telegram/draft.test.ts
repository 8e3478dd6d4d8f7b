import { expect, test } from 'vitest';

import { ALI, PNG, startStage, VALI } from './fake-telegram.fixture.ts';
import type { TelegramEvent } from './types.ts';
import { InputFile } from 'grammy';

const GROUP = -1005;

test('a draft is shown beside the messages, changed by its id, and replaced by another one', async () => {
  const { api, telegram } = await startStage();
  const before = telegram.messages(ALI.id);
  await api.sendMessageDraft(ALI.id, 7, '<b>one</b>', { parse_mode: 'HTML' });
  expect(telegram.draft(ALI.id)).toMatchObject({ draftId: 7, text: 'one' });
  expect(telegram.draft(ALI.id)?.entities).toMatchObject([{ type: 'bold' }]);
  await api.sendMessageDraft(ALI.id, 7, '');
  expect(telegram.draft(ALI.id)).toMatchObject({ draftId: 7, text: '' });
  await api.sendMessageDraft(ALI.id, 8, 'two');
  expect(telegram.draft(ALI.id)).toMatchObject({ draftId: 8, text: 'two' });
  expect(telegram.messages(ALI.id)).toEqual(before);
});

test('it is gone 30 seconds after it was written last', async () => {
  const { api, telegram, clock } = await startStage();
  await api.sendMessageDraft(ALI.id, 7, 'one');
  clock.advance(29_000);
  await api.sendMessageDraft(ALI.id, 7, 'two');
  clock.advance(29_999);
  expect(telegram.draft(ALI.id)?.text).toBe('two');
  clock.advance(1);
  expect(telegram.draft(ALI.id)).toBeNull();
});

test("it is gone with the bot's next message in that chat, and with nothing else", async () => {
  const { api, telegram } = await startStage();
  telegram.sendText(VALI.id, '/start');
  const { message_id } = await api.sendMessage(ALI.id, 'a');
  const events: TelegramEvent[] = [];
  telegram.on((event) => events.push(event));
  await api.sendMessageDraft(ALI.id, 7, 'one');
  telegram.sendText(ALI.id, 'well?');
  await api.editMessageText(ALI.id, message_id, 'b');
  await api.sendChatAction(ALI.id, 'typing');
  await api.sendMessage(VALI.id, 'c');
  await expect(api.sendMessage(ALI.id, '')).rejects.toThrow('empty');
  expect(telegram.draft(ALI.id)?.text).toBe('one');
  await api.sendPhoto(ALI.id, new InputFile(PNG, 'a.png'));
  expect(telegram.draft(ALI.id)).toBeNull();
  const drafts = events.flatMap((event) => (event.kind === 'draft' ? [event.draft?.text] : []));
  expect(drafts).toEqual(['one', undefined]);
});

test('refuses what Telegram refuses', async () => {
  const { api, telegram } = await startStage();
  telegram.group({ id: GROUP, title: 'Owners', isForum: false });
  await expect(api.sendMessageDraft(ALI.id, 0, 'one')).rejects.toMatchObject({
    description: 'Bad Request: RANDOM_ID_INVALID',
  });
  await expect(api.sendMessageDraft(GROUP, 1, 'one')).rejects.toMatchObject({
    description: 'Bad Request: TEXTDRAFT_PEER_INVALID',
  });
  await expect(api.sendMessageDraft(ALI.id, 1, 'a'.repeat(4097))).rejects.toMatchObject({
    description: 'Bad Request: message is too long',
  });
  telegram.block(ALI.id);
  await expect(api.sendMessageDraft(ALI.id, 1, 'one')).rejects.toMatchObject({ error_code: 403 });
  telegram.unblock(ALI.id);
  telegram.setOld(true);
  await expect(api.sendMessageDraft(ALI.id, 1, 'one')).rejects.toMatchObject({
    error_code: 404,
    description: 'Not Found: method not found',
  });
  expect(telegram.draft(ALI.id)).toBeNull();
});
