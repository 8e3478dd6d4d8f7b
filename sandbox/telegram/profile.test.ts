import { describe, expect, test } from 'vitest';

import { ALI, VALI, startStage } from './fake-telegram.fixture.ts';

function command(name: string): { command: string; description: string }[] {
  return [{ command: name, description: name }];
}

describe('the bot itself', () => {
  test('getMe, getChat, getChatMember, pins', async () => {
    const { api } = await startStage();
    expect(await api.getMe()).toMatchObject({ is_bot: true, id: 1000000001 });
    const { message_id } = await api.sendMessage(ALI.id, 'a');
    await api.pinChatMessage(ALI.id, message_id);
    expect(await api.getChat(ALI.id)).toMatchObject({
      type: 'private',
      active_usernames: ['ali_test'],
      pinned_message: { message_id },
    });
    expect(await api.getChatMember(ALI.id, ALI.id)).toMatchObject({ status: 'member' });
    await expect(api.getChat(VALI.id)).rejects.toMatchObject({
      description: 'Bad Request: chat not found',
    });
    await api.unpinChatMessage(ALI.id);
    await expect(api.unpinChatMessage(ALI.id)).rejects.toMatchObject({
      description: 'Bad Request: message to unpin not found',
    });
    await expect(api.pinChatMessage(ALI.id, 4242)).rejects.toMatchObject({
      description: 'Bad Request: message to pin not found',
    });
  });

  test('commands by scope and language', async () => {
    const { api, telegram } = await startStage();
    telegram.sendText(VALI.id, 'salom');
    await api.setMyCommands(command('plain'));
    await api.setMyCommands(command('russian'), { language_code: 'ru' });
    await api.setMyCommands(command('owner'), { scope: { type: 'chat', chat_id: ALI.id } });
    expect(telegram.commands(ALI.id)).toEqual(command('owner'));
    expect(telegram.commands(VALI.id)).toEqual(command('russian'));
    expect(await api.getMyCommands()).toEqual(command('plain'));
    expect(await api.getMyCommands({ language_code: 'uz' })).toEqual([]);
    await api.deleteMyCommands({ scope: { type: 'chat', chat_id: ALI.id } });
    expect(telegram.commands(ALI.id)).toEqual(command('plain'));
  });

  test.each([
    [[{ command: 'Start', description: 'a' }], 'BOT_COMMAND_INVALID'],
    [[{ command: 'a'.repeat(33), description: 'a' }], 'command length must not exceed 32'],
    [[{ command: 'a', description: '' }], 'command description must be non-empty'],
    [
      [{ command: 'a', description: 'a'.repeat(257) }],
      'command description length must not exceed 256',
    ],
    [
      Array.from({ length: 101 }, (_, i) => ({ command: `c${i}`, description: 'a' })),
      'BOT_COMMANDS_TOO_MUCH',
    ],
  ])('refuses wrong commands %#', async (commands, reason) => {
    const { api } = await startStage();
    await expect(api.setMyCommands(commands)).rejects.toMatchObject({
      description: `Bad Request: ${reason}`,
    });
  });

  test('texts and the menu button', async () => {
    const { api } = await startStage();
    await api.setMyName('Tolov', { language_code: 'uz' });
    await api.setMyDescription('tavsif');
    await api.setMyShortDescription('qisqa');
    await api.setChatMenuButton({ menu_button: { type: 'commands' } });
    expect(await api.getMyName({ language_code: 'uz' })).toEqual({ name: 'Tolov' });
    expect(await api.getMyDescription()).toEqual({ description: 'tavsif' });
    expect(await api.getMyShortDescription({ language_code: 'ru' })).toEqual({
      short_description: 'qisqa',
    });
    await expect(api.setMyName('a'.repeat(65))).rejects.toMatchObject({ error_code: 400 });
    await expect(api.setMyName('a', { language_code: 'uz' })).resolves.toBe(true);
  });

  test('close is refused for ten minutes; logOut ends the session', async () => {
    const { api, clock } = await startStage();
    await expect(api.close()).rejects.toMatchObject({
      error_code: 429,
      parameters: { retry_after: 600 },
    });
    clock.advance(600_000);
    await api.close();
    await api.logOut();
    await expect(api.getMe()).rejects.toMatchObject({ description: 'Logged out' });
  });
});
