import { describe, expect, test } from 'vitest';

import { ALI, VALI, startStage } from './fake-telegram.fixture.ts';

function command(name: string): { command: string; description: string }[] {
  return [{ command: name, description: name }];
}

describe('the bot itself', () => {
  test('getMe and getChat', async () => {
    const { api } = await startStage();
    expect(await api.getMe()).toMatchObject({ is_bot: true, id: 1000000001 });
    expect(await api.getChat(ALI.id)).toMatchObject({
      type: 'private',
      active_usernames: ['ali_test'],
    });
    await expect(api.getChat(VALI.id)).rejects.toMatchObject({
      description: 'Bad Request: chat not found',
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
    await api.setMyCommands([], { scope: { type: 'chat', chat_id: ALI.id } });
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

  test('takes a short description of 120 characters', async () => {
    const { api } = await startStage();
    await api.setMyShortDescription('q'.repeat(120), { language_code: 'uz' });
    await expect(api.setMyShortDescription('q'.repeat(121))).rejects.toMatchObject({
      description: 'Bad Request: bot short_description length must not exceed 120',
    });
  });
});
