import type { Update } from 'grammy/types';
import { describe, expect, it } from 'vitest';
import { ALI, type BotStage, OWNER, startBotStage, VALI } from '../bot.fixture.ts';
import { getUser } from '../../users/users.ts';

const FLOOD = { person: { burst: 10, perSecond: 1 }, staff: { burst: 50, perSecond: 10 } };
const SLOW_DOWN = 'too fast';

async function startFlooded(): Promise<BotStage> {
  const stage = await startBotStage({ flood: FLOOD });
  for (const { id } of [ALI, VALI, OWNER]) await stage.meet(id);
  await stage.clock.advance(60_000);
  return stage;
}

function answersTo(stage: BotStage, userId: number): string[] {
  return stage.telegram
    .messages(userId)
    .filter((each) => each.from === 'bot')
    .map((each) => each.text ?? '');
}

async function flood(stage: BotStage, times: number, userId = ALI.id): Promise<string[]> {
  const before = answersTo(stage, userId).length;
  for (let i = 0; i < times; i += 1) stage.telegram.sendText(userId, '/balance');
  await stage.pump();
  return answersTo(stage, userId).slice(before);
}

describe('a person who floods', () => {
  it('is served up to the burst, hears once to slow down, and then nothing', async () => {
    const stage = await startFlooded();
    const answers = await flood(stage, 60);
    expect(answers).toHaveLength(11);
    expect(answers.filter((text) => text.includes(SLOW_DOWN))).toEqual([answers[10]]);
  });

  it('goes on slowly while they do not stop, without being told again', async () => {
    const stage = await startFlooded();
    await flood(stage, 30);
    await stage.clock.advance(2000);
    const answers = await flood(stage, 30);
    expect(answers).toHaveLength(2);
    expect(answers.join(' ')).not.toContain(SLOW_DOWN);
  });

  it('is served as before after a pause, and told again when it begins again', async () => {
    const stage = await startFlooded();
    await flood(stage, 30);
    await stage.clock.advance(10_000);
    expect(await stage.say('/help')).toMatchObject({
      text: expect.stringContaining('Help') as string,
    });
    const answers = await flood(stage, 30);
    expect(answers).toHaveLength(10);
    expect(answers.at(-1)).toContain(SLOW_DOWN);
  });

  it('takes nothing from others, and staff may do more', async () => {
    const stage = await startFlooded();
    await flood(stage, 60);
    expect((await flood(stage, 3, VALI.id)).join(' ')).not.toContain(SLOW_DOWN);
    expect(await flood(stage, 45, OWNER.id)).toHaveLength(45);
  });

  it('with taps hears it above the button, once', async () => {
    const stage = await startFlooded();
    await stage.say('/balance');
    await flood(stage, 9);
    const { toast } = await stage.tap('menu');
    expect(toast).toContain(SLOW_DOWN);
    const { message, data } = stage.find('menu', ALI.id);
    const handles = Array.from({ length: 5 }, () =>
      stage.telegram.tap(ALI.id, message.messageId, { data }),
    );
    const calls = stage.telegram.calls().length;
    await stage.pump();
    // getUpdates alone: none of the five was worth a call.
    expect(
      stage.telegram
        .calls()
        .slice(calls)
        .map(({ method }) => method),
    ).toEqual(['getUpdates']);
    expect(handles).toHaveLength(5);
  });

  it('is still heard when they block the bot', async () => {
    const stage = await startFlooded();
    await flood(stage, 30);
    const handled = stage.updates.length;
    stage.telegram.block(ALI.id);
    await stage.pump();
    expect(stage.updates.slice(handled).map((each) => Object.keys(each))).toEqual([
      ['update_id', 'my_chat_member'],
    ]);
    expect((await getUser(stage.db.read, ALI.id))?.unreachableAt).toEqual(expect.any(Number));
  });

  it('does not count an update twice that failed and runs again', async () => {
    const stage = await startFlooded();
    const { bot } = stage;
    stage.telegram.fail({
      method: 'sendMessage',
      times: 5,
      with: { status: 500, description: 'Internal Server Error' },
    });
    const update = textUpdate('/topup');
    for (let i = 0; i < 5; i += 1) await expect(bot.handle(update)).rejects.toThrow('500');
    await bot.handle(update);
    for (let i = 1; i <= 9; i += 1) await bot.handle(textUpdate('/balance', i));
    expect(stage.last().text).not.toContain(SLOW_DOWN);
    await bot.handle(textUpdate('/balance', 10));
    expect(stage.last().text).toContain(SLOW_DOWN);
  });
});

function textUpdate(text: string, index = 0): Update {
  const from = { id: ALI.id, is_bot: false, first_name: 'Ali', language_code: 'en' };
  const chat = { id: ALI.id, type: 'private' as const, first_name: 'Ali' };
  const entities = [{ type: 'bot_command' as const, offset: 0, length: text.length }];
  const message = { message_id: 9000 + index, date: 0, from, chat, text, entities };
  return { update_id: 9000 + index, message };
}
