import { describe, expect, it } from 'vitest';
import type { Update } from 'grammy/types';
import { topups as topupRows } from '../../db/tables.ts';
import { getUser } from '../../users/users.ts';
import { ALI, type BotStage, OWNER, startBotStage, VALI } from '../bot.fixture.ts';

async function withOwner(): Promise<BotStage> {
  const stage = await startBotStage();
  await stage.meet();
  await stage.meet(OWNER.id);
  return stage;
}

describe("owners' buttons in a stranger's hands", () => {
  it.each(['owner_orders', 'owner_order:show:T1'])('are old: %s', async (data) => {
    const stage = await withOwner();
    await stage.meet(VALI.id);
    stage.topups.put({ id: 'T1' });
    await stage.bot.bot.api.sendMessage(ALI.id, 'forged', {
      reply_markup: { inline_keyboard: [[{ text: 'Forged', callback_data: data }]] },
    });
    const { toast, screen } = await stage.tap('Forged');
    expect(toast).toContain('out of date');
    expect(screen.text).toBe('forged');
    expect((await getUser(stage.db.read, VALI.id))!.blockedAt).toBeNull();
  });
});

describe('/order and /orders', () => {
  it('lists what is open', async () => {
    const stage = await withOwner();
    expect((await stage.say('/orders', OWNER.id)).text).toContain('no open payments');
    const row = { ...stage.topups.put({ id: 'REV1', state: 'review' }) };
    await stage.db.tx(async (tx) => {
      await tx
        .insert(topupRows)
        .values([row, { ...row, id: 'PAID1', state: 'paid', orderCode: 'B', providerOrder: 'b' }]);
    });
    const screen = await stage.say('/orders', OWNER.id);
    expect(screen.text).toContain('Open payments: 1');
    expect((await stage.tap('REV1', OWNER.id)).screen.text).toContain('under review');
    const { screen: back } = await stage.tap('Open payments', OWNER.id);
    expect(back.text).toBe(screen.text);
  });

  it('shows an order with its history and approves it after a question', async () => {
    const stage = await withOwner();
    stage.topups.put({ id: 'WAIT1' });
    expect((await stage.say('/order', OWNER.id)).text).toContain('Usage');
    expect((await stage.say('/order none', OWNER.id)).text).toContain('no such payment');
    const screen = await stage.say('/order wait1', OWNER.id);
    expect(screen.html).toContain('&lt;note&gt;');
    expect(screen.html).toContain('{"status":"&lt;paid&gt;"}'.replaceAll('"', '&quot;'));
    expect(screen.html).not.toContain('CODE000000000001');

    expect((await stage.tap('Check now', OWNER.id)).toast).toBe('Checked.');
    expect((await stage.tap('Approve as paid', OWNER.id)).screen.text).toContain('Are you sure');
    await stage.tap('Back', OWNER.id);
    await stage.tap('Approve as paid', OWNER.id);
    expect((await stage.tap('Yes, it is paid', OWNER.id)).toast).toContain('Done');
    expect(stage.topups.decisions).toEqual(['WAIT1:paid']);
  });

  it.each([
    ['Credit it', 'Yes, credit it', 'paid'],
    ['Refuse it', 'Yes, refuse it', 'refused'],
  ])('decides a review: %s', async (ask, sure, state) => {
    const stage = await withOwner();
    stage.topups.put({ id: 'REV1', state: 'review', paidTiyin: 4_000_000 });
    await stage.say('/order REV1', OWNER.id);
    expect((await stage.tap(ask, OWNER.id)).screen.text).toContain('40\u00a0000');
    const { message, data } = stage.find(sure, OWNER.id);
    stage.telegram.tap(OWNER.id, message.messageId, { data });
    const second = stage.telegram.tap(OWNER.id, message.messageId, { data });
    await stage.pump();
    expect((await second.answer).text).toContain('decided before');
    expect(stage.topups.decisions).toEqual([`REV1:${state}`]);
  });
});

function groupTap(from: { id: number; firstName: string }, data: string): Update {
  const chat = { id: -100500, type: 'supergroup' as const, title: 'Admins' };
  return {
    update_id: 1,
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
    stage.topups.put({ id: 'REV1', state: 'review', paidTiyin: 4_000_000 });
    const data = 'owner_order:credit:REV1';
    const before = stage.telegram.calls('editMessageText').length;
    await stage.bot.handle(groupTap(VALI, data)).catch(() => undefined);
    expect(stage.topups.decisions).toEqual([]);
    await stage.bot.handle(groupTap(OWNER, data)).catch(() => undefined);
    expect(stage.topups.decisions).toEqual(['REV1:paid']);
    await stage.bot.handle(groupTap(OWNER, 'balance')).catch(() => undefined);
    expect(stage.telegram.calls('editMessageText').length).toBeLessThanOrEqual(before + 1);
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
