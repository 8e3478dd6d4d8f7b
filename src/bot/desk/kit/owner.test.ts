import { describe, expect, it } from 'vitest';
import type { Update } from 'grammy/types';
import { adminActions } from '../../../db/tables.ts';
import { getUser } from '../../../users/users.ts';
import { ALI, type BotStage, OWNER, startBotStage, VALI } from '../../bot.fixture.ts';
import { putTopup } from '../../topups.fixture.ts';

async function withOwner(): Promise<BotStage> {
  const stage = await startBotStage();
  await stage.meet();
  await stage.meet(OWNER.id);
  return stage;
}

describe("owners' buttons in a stranger's hands", () => {
  it.each(['desk:orders:list:-', 'desk:orders:show:T1'])('are old: %s', async (data) => {
    const stage = await withOwner();
    await stage.meet(VALI.id);
    await putTopup(stage.db, { id: 'T1' });
    await stage.bot.bot.api.sendMessage(ALI.id, 'forged', {
      reply_markup: { inline_keyboard: [[{ text: 'Forged', callback_data: data }]] },
    });
    const { toast, screen } = await stage.tap('Forged');
    expect(toast).toContain('out of date');
    expect(screen.text).toBe('forged');
    expect((await getUser(stage.db.read, VALI.id))!.blockedAt).toBeNull();
  });
});

let update = 1;

function groupTap(from: { id: number; firstName: string }, data: string): Update {
  const chat = { id: -100500, type: 'supergroup' as const, title: 'Admins' };
  return {
    update_id: update,
    callback_query: {
      id: '1',
      from: { id: from.id, is_bot: false, first_name: from.firstName },
      chat_instance: '1',
      data,
      message: { message_id: 5, date: 1, chat, text: 'alarm' },
    },
  };
}

describe('outside private chats', () => {
  /** The simulation has private chats only: what the bot wants to do is read from its refused calls. */
  it("owners' buttons work for owners alone", async () => {
    const stage = await withOwner();
    await putTopup(stage.db, { id: 'REV1', state: 'review', paidTiyin: 4_000_000 });
    const asked = async (): Promise<number> =>
      (await stage.db.read.select().from(adminActions)).length;
    const data = 'desk:orders:credit:REV1';
    await stage.bot.handle(groupTap(VALI, data)).catch(() => undefined);
    expect(await asked()).toBe(0);
    update += 1;
    await stage.bot.handle(groupTap(OWNER, data)).catch(() => undefined);
    expect(await asked()).toBe(1);
    const before = stage.telegram.calls('editMessageText').length;
    await stage.bot.handle(groupTap(OWNER, 'balance')).catch(() => undefined);
    expect(stage.telegram.calls('editMessageText')).toHaveLength(before);
  });

  it('messages are not answered', async () => {
    const stage = await withOwner();
    const chat = { id: -100500, type: 'supergroup' as const, title: 'Group' };
    const from = { id: OWNER.id, is_bot: false, first_name: 'Owner' };
    const before = stage.telegram.calls().length;
    await stage.bot.handle({
      update_id: 2,
      message: { message_id: 6, date: 1, chat, from, text: '/start' },
    });
    expect(stage.telegram.calls()).toHaveLength(before);
  });
});
