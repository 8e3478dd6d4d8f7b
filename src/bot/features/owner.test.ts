import { describe, expect, it } from 'vitest';
import type { Update } from 'grammy/types';
import { outbox, topups as topupRows } from '../../db/tables.ts';
import { audit } from '../../ledger/audit.ts';
import { userBalance } from '../../ledger/ledger.ts';
import { getUser } from '../../users/users.ts';
import { ALI, type BotStage, labels, OWNER, startBotStage, VALI } from '../bot.fixture.ts';
import { NOW } from '../fake-topups.fixture.ts';

async function withOwner(): Promise<BotStage> {
  const stage = await startBotStage();
  await stage.meet();
  await stage.meet(OWNER.id);
  return stage;
}

async function available(stage: BotStage): Promise<number> {
  return (await userBalance(stage.db.read, ALI.id)).availableTiyin;
}

describe('/user', () => {
  it('finds by id and @name, shows the last orders, blocks and unblocks', async () => {
    const stage = await withOwner();
    for (let n = 1; n <= 6; n += 1) stage.topups.put({ id: `T${n}`, createdAt: NOW + n });
    const byName = await stage.say('/user @ALI_test', OWNER.id);
    expect(byName.html).toContain('Ali &lt;b&gt; @ali_test');
    expect(labels(byName)).toHaveLength(6);
    expect((await stage.say(`/user ${ALI.id}`, OWNER.id)).html).toBe(byName.html);

    const { screen } = await stage.tap('🚫 Block', OWNER.id);
    expect(screen.text).toContain('Blocked: 05.01.2026 12:00');
    expect((await getUser(stage.db.read, ALI.id))!.blockedAt).toBe(NOW);
    await stage.tap('🔓 Unblock', OWNER.id);
    expect((await getUser(stage.db.read, ALI.id))!.blockedAt).toBeNull();
  });

  it('explains itself, knows who is missing, and protects owners', async () => {
    const stage = await withOwner();
    expect((await stage.say('/user', OWNER.id)).text).toContain('Usage');
    expect((await stage.say('/user @nobody', OWNER.id)).text).toContain('no such user');
    await stage.say(`/user ${OWNER.id}`, OWNER.id);
    expect((await stage.tap('🚫 Block', OWNER.id)).toast).toContain("can't be blocked");
  });
});

describe('/credit and /debit', () => {
  it('shows before and after, moves the money once and tells the user', async () => {
    const stage = await withOwner();
    const question = await stage.say(`/credit ${ALI.id} 50 000 for <patience>`, OWNER.id);
    expect(question.html).toContain('for &lt;patience&gt;');
    expect(question.text).toContain("0\u00a0so'm → 50\u00a0000\u00a0so'm");

    const { message, data } = stage.find('Confirm', OWNER.id);
    const first = stage.telegram.tap(OWNER.id, message.messageId, { data });
    const second = stage.telegram.tap(OWNER.id, message.messageId, { data });
    await stage.pump();
    expect((await first.answer).text).toBe('');
    expect((await second.answer).text).toContain('out of date');
    expect(stage.last(OWNER.id).text).toContain('Done');
    expect(await available(stage)).toBe(5_000_000);
    const [told] = await stage.db.read.select().from(outbox);
    expect(told).toMatchObject({
      chatId: ALI.id,
      kind: 'adjustment',
      params: { amountTiyin: 5_000_000, reason: 'for <patience>' },
    });

    await stage.say('/debit @ali_test 20k too much', OWNER.id);
    await stage.tap('Confirm', OWNER.id);
    expect(await available(stage)).toBe(3_000_000);
    expect((await audit(stage.db.read)).clean).toBe(true);
  });

  it('refuses a debit below zero, before and at the confirmation', async () => {
    const stage = await withOwner();
    expect((await stage.say(`/debit ${ALI.id} 1000 x`, OWNER.id)).text).toContain(
      "the balance is 0\u00a0so'm, the sum is 1\u00a0000\u00a0so'm",
    );
    await stage.say(`/credit ${ALI.id} 1000 x`, OWNER.id);
    await stage.tap('Confirm', OWNER.id);
    await stage.say(`/debit ${ALI.id} 1000 first`, OWNER.id);
    const earlier = stage.find('Confirm', OWNER.id);
    await stage.say(`/debit ${ALI.id} 1000 second`, OWNER.id);
    await stage.tap('Confirm', OWNER.id);
    stage.telegram.tap(OWNER.id, earlier.message.messageId, { data: earlier.data });
    await stage.pump();
    expect(stage.telegram.message(OWNER.id, earlier.message.messageId)!.text).toContain(
      "can't be debited",
    );
    expect(await available(stage)).toBe(0);
  });

  it('asks one question however often the command runs', async () => {
    const stage = await withOwner();
    await stage.say(`/credit ${ALI.id} 1000 x`, OWNER.id);
    const { data } = stage.find('Confirm', OWNER.id);
    await stage.again();
    expect(stage.find('Confirm', OWNER.id).data).toBe(data);
    await stage.tap('Confirm', OWNER.id);
    expect(await available(stage)).toBe(100_000);
    await stage.tap('Confirm', OWNER.id);
    expect(await available(stage)).toBe(100_000);
  });

  it('does nothing when called off or asked too long ago', async () => {
    const stage = await withOwner();
    await stage.say(`/credit ${ALI.id} 1000 x`, OWNER.id);
    const { data } = stage.find('Confirm', OWNER.id);
    expect((await stage.tap('❌ Cancel', OWNER.id)).screen.text).toContain('nothing has changed');
    await stage.bot.bot.api.sendMessage(OWNER.id, 'again', {
      reply_markup: { inline_keyboard: [[{ text: 'Again', callback_data: data }]] },
    });
    expect((await stage.tap('Again', OWNER.id)).toast).toContain('out of date');

    await stage.say(`/credit ${ALI.id} 1000 x`, OWNER.id);
    await stage.clock.advance(61 * 60_000);
    expect((await stage.tap('Confirm', OWNER.id)).toast).toContain('out of date');
    expect(await available(stage)).toBe(0);
  });

  it.each(['', '101', '101 5000', '101 much reason', '101 -5 reason'])(
    'explains itself after "%s"',
    async (text) => {
      const stage = await withOwner();
      expect((await stage.say(`/credit ${text}`, OWNER.id)).text).toContain('Usage');
    },
  );

  it("is not confirmed by a stranger's tap", async () => {
    const stage = await withOwner();
    await stage.say(`/credit ${ALI.id} 1000 x`, OWNER.id);
    const { data } = stage.find('Confirm', OWNER.id);
    await stage.bot.bot.api.sendMessage(ALI.id, 'forged', {
      reply_markup: { inline_keyboard: [[{ text: 'Forged', callback_data: data }]] },
    });
    expect((await stage.tap('Forged')).toast).toContain('out of date');
    expect(await available(stage)).toBe(0);
  });
});

describe("owners' buttons in a stranger's hands", () => {
  it.each(['owner_user:block:102', 'owner_user:show:102', 'owner_orders', 'owner_order:show:T1'])(
    'are old: %s',
    async (data) => {
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
    },
  );
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
