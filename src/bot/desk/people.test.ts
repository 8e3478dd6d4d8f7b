import { describe, expect, it } from 'vitest';
import { outbox, staffLog, topups as topupRows } from '../../db/tables.ts';
import { audit } from '../../ledger/audit.ts';
import { post, userBalance } from '../../ledger/ledger.ts';
import { topupEntry } from '../../testing/ledger.ts';
import { getUser, seenUser } from '../../users/users.ts';
import { ALI, type BotStage, labels, OWNER, startBotStage, VALI } from '../bot.fixture.ts';
import { NOW } from '../fake-topups.fixture.ts';

const OPERATOR = { id: 910, firstName: 'Operator', languageCode: 'en' };
const VIEWER = { id: 920, firstName: 'Viewer', languageCode: 'en' };

async function withStaff(): Promise<BotStage> {
  const stage = await startBotStage({
    staff: { operatorIds: [OPERATOR.id], viewerIds: [VIEWER.id] },
  });
  for (const person of [OPERATOR, VIEWER]) stage.telegram.user(person);
  for (const { id } of [ALI, OWNER, OPERATOR, VIEWER]) await stage.meet(id);
  return stage;
}

async function available(stage: BotStage): Promise<number> {
  return (await userBalance(stage.db.read, ALI.id)).availableTiyin;
}

async function deeds(stage: BotStage) {
  const rows = await stage.db.read.select().from(staffLog).orderBy(staffLog.id);
  return rows.map(({ staffId, action, subject, note }) => ({ staffId, action, subject, note }));
}

describe('/user', () => {
  it('shows a person found by id, @name or a part of a name, with the last orders', async () => {
    const stage = await withStaff();
    for (let n = 1; n <= 6; n += 1) stage.topups.put({ id: `T${n}`, createdAt: NOW + n });
    const byName = await stage.say('/user @ALI_test', OWNER.id);
    expect(byName.html).toContain('Ali &lt;b&gt; @ali_test');
    expect(labels(byName).filter((label) => / · T\d$/.test(label))).toHaveLength(5);
    expect((await stage.say(`/user ${ALI.id}`, OWNER.id)).html).toBe(byName.html);
    expect((await stage.say('/user Али б', OWNER.id)).html).toBe(byName.html);
    expect((await stage.say(`/user ${OPERATOR.id}`, OWNER.id)).text).toContain('Staff: operator');
  });

  it('lists several, page by page, for whoever seems to be meant', async () => {
    const stage = await withStaff();
    for (let id = 1; id <= 10; id += 1) {
      await seenUser(stage.db, { id, first_name: 'Шуҳрат', last_name: String(id) }, NOW - id);
    }
    const first = await stage.say('/user shuxrat', VIEWER.id);
    expect(labels(first)).toHaveLength(8 + 2);
    const { screen } = await stage.tap('More', VIEWER.id);
    expect(labels(screen).slice(0, 2)).toEqual(['Шуҳрат 9 · 9', 'Шуҳрат 10 · 10']);
    expect(labels((await stage.tap('◀️ Back', VIEWER.id)).screen)).toEqual(labels(first));
    expect((await stage.tap('Шуҳрат 3 · 3', VIEWER.id)).screen.text).toContain('Шуҳрат 3');
  });

  it('explains itself and knows who is missing', async () => {
    const stage = await withStaff();
    expect((await stage.say('/user', OWNER.id)).text).toContain('Find somebody');
    expect((await stage.say('/user @nobody', OWNER.id)).text).toContain('Nobody like that');
    await stage.say('/admin', OWNER.id);
    expect((await stage.tap('👥 People', OWNER.id)).screen.text).toContain('Find somebody');
    expect((await stage.say('али', OWNER.id)).text).toContain('@ali_test');
  });

  it('finds by the phone a person shared as their own, and by no other', async () => {
    const stage = await withStaff();
    const contact = (userId: number | undefined, phone: string) =>
      stage.bot.handle({
        update_id: 5000 + stage.updates.length,
        message: {
          message_id: 900,
          date: 1,
          chat: { id: ALI.id, type: 'private', first_name: 'Ali' },
          from: { id: ALI.id, is_bot: false, first_name: 'Ali <b>', username: 'ali_test' },
          contact: {
            phone_number: phone,
            first_name: 'x',
            ...(userId === undefined ? {} : { user_id: userId }),
          },
        },
      });
    await contact(VALI.id, '+998900000001');
    expect(stage.last(ALI.id).text).toContain("didn't get that");
    await contact(undefined, '+998900000001');
    expect(stage.last(ALI.id).text).toContain("didn't get that");
    await contact(ALI.id, '998901234567');
    expect(stage.last(ALI.id).text).toContain('Thank you');
    const card = await stage.say('/user +998 (90) 123-45-67', OWNER.id);
    expect(card.text).toContain('+998 90 123-45-67');
    expect(card.text).toContain('@ali_test');
    expect((await stage.say('/user +998900000001', OWNER.id)).text).toContain('Nobody like that');
  });

  it('has only the buttons of the role', async () => {
    const stage = await withStaff();
    const buttons = async (id: number) => labels(await stage.say(`/user ${ALI.id}`, id)).join(' ');
    expect(await buttons(OWNER.id)).toMatch(/Credit.*Debit.*Block.*Message/);
    expect(await buttons(OPERATOR.id)).toMatch(/Block.*Message/);
    expect(await buttons(OPERATOR.id)).not.toMatch(/Credit|Debit/);
    expect(await buttons(VIEWER.id)).not.toMatch(/Credit|Debit|Block|Message/);
  });
});

describe('blocking', () => {
  it('asks why, and keeps who did it', async () => {
    const stage = await withStaff();
    await stage.say(`/user ${ALI.id}`, OPERATOR.id);
    expect((await stage.tap('🚫 Block', OPERATOR.id)).screen.text).toContain('Why');
    expect((await getUser(stage.db.read, ALI.id))!.blockedAt).toBeNull();
    const card = await stage.say('fraud', OPERATOR.id);
    expect(card.text).toContain('Blocked: 05.01.2026 12:00');
    await stage.again();
    expect((await stage.say('/start', ALI.id)).text).toContain('access has been closed');
    await stage.tap('🔓 Unblock', OPERATOR.id);
    await stage.say('a mistake', OPERATOR.id);
    expect((await getUser(stage.db.read, ALI.id))!.blockedAt).toBeNull();
    const subject = `user:${ALI.id}`;
    expect(await deeds(stage)).toEqual([
      { staffId: OPERATOR.id, action: 'block', subject, note: 'fraud' },
      { staffId: OPERATOR.id, action: 'unblock', subject, note: 'a mistake' },
    ]);
  });

  it('is called off by any button', async () => {
    const stage = await withStaff();
    await stage.say(`/user ${ALI.id}`, OPERATOR.id);
    await stage.tap('🚫 Block', OPERATOR.id);
    await stage.tap('❌ Cancel', OPERATOR.id);
    await stage.say('hello', OPERATOR.id);
    expect((await getUser(stage.db.read, ALI.id))!.blockedAt).toBeNull();
  });

  it('protects owners from everybody and the staff from operators', async () => {
    const stage = await withStaff();
    await stage.say(`/user ${OWNER.id}`, OWNER.id);
    expect((await stage.tap('🚫 Block', OWNER.id)).toast).toContain("can't be blocked");
    await stage.say(`/user ${VIEWER.id}`, OPERATOR.id);
    expect((await stage.tap('🚫 Block', OPERATOR.id)).toast).toContain('Only an owner');
    await stage.say(`/user ${OPERATOR.id}`, OWNER.id);
    await stage.tap('🚫 Block', OWNER.id);
    await stage.say('left us', OWNER.id);
    expect((await stage.say('/admin', OPERATOR.id)).text).toContain('access has been closed');
  });

  it('shuts out of the group for alarms as well', async () => {
    const stage = await withStaff();
    await stage.say(`/user ${OPERATOR.id}`, OWNER.id);
    await stage.tap('🚫 Block', OWNER.id);
    await stage.say('left us', OWNER.id);
    const before = stage.telegram.calls('editMessageText').length;
    await stage.bot
      .handle({
        update_id: 7000,
        callback_query: {
          id: '1',
          from: { id: OPERATOR.id, is_bot: false, first_name: 'Operator' },
          chat_instance: '1',
          data: `desk:people:show:${ALI.id}`,
          message: {
            message_id: 5,
            date: 1,
            chat: { id: -100500, type: 'supergroup', title: 'Admins' },
            text: 'alarm',
          },
        },
      })
      .catch(() => undefined);
    expect(stage.telegram.calls('editMessageText')).toHaveLength(before);
  });
});

describe('a message from the staff', () => {
  it('is previewed, confirmed, delivered once with its heading, and kept', async () => {
    const stage = await withStaff();
    await stage.say(`/user ${ALI.id}`, OPERATOR.id);
    await stage.tap('✉️ Message', OPERATOR.id);
    const preview = await stage.say('Please <come> back', OPERATOR.id);
    expect(preview.html).toContain('Please &lt;come&gt; back');
    const { message, data } = stage.find('✉️ Send', OPERATOR.id);
    const first = stage.telegram.tap(OPERATOR.id, message.messageId, { data });
    const second = stage.telegram.tap(OPERATOR.id, message.messageId, { data });
    await stage.pump();
    expect((await first.answer).text ?? '').toBe('');
    expect((await second.answer).text).toContain('out of date');
    const told = await stage.db.read.select().from(outbox);
    expect(told).toMatchObject([{ chatId: ALI.id, kind: 'staff_message' }]);
    const rendered = await stage.bot.render(
      'staff_message',
      { text: 'Please <come> back' },
      { chatId: ALI.id, language: 'en' },
    );
    expect(rendered?.text).toContain('A message from our staff');
    expect(rendered?.text).toContain('Please &lt;come&gt; back');
    expect(await deeds(stage)).toMatchObject([{ action: 'message', note: 'Please <come> back' }]);
  });

  it('is not sent by somebody else, nor when it is called off or too long', async () => {
    const stage = await withStaff();
    await stage.say(`/user ${ALI.id}`, OPERATOR.id);
    await stage.tap('✉️ Message', OPERATOR.id);
    expect((await stage.say('x'.repeat(3001), OPERATOR.id)).text).toContain('at most 3000');
    await stage.say('hello', OPERATOR.id);
    const { data } = stage.find('✉️ Send', OPERATOR.id);
    await stage.say('/admin', OWNER.id);
    expect(await stage.forge(data, OWNER.id)).toContain('out of date');
    await stage.tap('❌ Cancel', OPERATOR.id);
    expect(await stage.db.read.select().from(outbox)).toEqual([]);
    expect(await deeds(stage)).toEqual([]);
  });
});

describe('/credit and /debit', () => {
  it('shows before and after, moves the money once and tells the user', async () => {
    const stage = await withStaff();
    const question = await stage.say(`/credit ${ALI.id} 50 000 for <patience>`, OWNER.id);
    expect(question.html).toContain('for &lt;patience&gt;');
    expect(question.text).toContain("0\u00a0so'm → 50\u00a0000\u00a0so'm");

    const { message, data } = stage.find('Confirm', OWNER.id);
    const first = stage.telegram.tap(OWNER.id, message.messageId, { data });
    const second = stage.telegram.tap(OWNER.id, message.messageId, { data });
    await stage.pump();
    expect((await first.answer).text ?? '').toBe('');
    expect((await second.answer).text).toContain('decided before');
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
    const stage = await withStaff();
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
    expect(stage.last(OWNER.id).text).toContain("can't be debited");
    expect(await available(stage)).toBe(0);
  });

  it('asks one question however often the command runs', async () => {
    const stage = await withStaff();
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
    const stage = await withStaff();
    await stage.say(`/credit ${ALI.id} 1000 x`, OWNER.id);
    const { data } = stage.find('Confirm', OWNER.id);
    expect((await stage.tap('❌ Cancel', OWNER.id)).screen.text).toContain('nothing has changed');
    expect(await stage.forge(data, OWNER.id)).toContain('decided before');

    await stage.say(`/credit ${ALI.id} 1000 x`, OWNER.id);
    await stage.clock.advance(61 * 60_000);
    const late = await stage.tap('Confirm', OWNER.id);
    expect(late.screen.text).toContain('Nobody answered in time');
    expect(await available(stage)).toBe(0);
  });

  it.each(['', '101', '101 5000', '101 much reason', '101 -5 reason'])(
    'explains itself after "%s"',
    async (text) => {
      const stage = await withStaff();
      expect((await stage.say(`/credit ${text}`, OWNER.id)).text).toContain('Usage');
    },
  );

  it('works by buttons: the sum, then the reason', async () => {
    const stage = await withStaff();
    await stage.db.tx(async (tx) => await post(tx, topupEntry('topup:T1', ALI.id, 1_000_000)));
    await stage.say(`/user ${ALI.id}`, OWNER.id);
    expect((await stage.tap('➖ Debit', OWNER.id)).screen.text).toContain('How much');
    expect((await stage.say('a lot', OWNER.id)).text).toContain("couldn't read");
    expect((await stage.say('20 000', OWNER.id)).text).toContain("can't be debited");
    await stage.say(`/user ${ALI.id}`, OWNER.id);
    await stage.tap('➖ Debit', OWNER.id);
    expect((await stage.say('4 000', OWNER.id)).text).toContain('what is the reason');
    // As after a crash: the sum is not taken for the reason.
    await stage.again();
    expect(stage.last(OWNER.id).text).toContain('what is the reason');
    expect((await stage.say('x'.repeat(301), OWNER.id)).text).toContain('1 to 300');
    const question = await stage.say('paid twice', OWNER.id);
    expect(question.text).toContain("10\u00a0000\u00a0so'm → 6\u00a0000\u00a0so'm");
    await stage.again();
    await stage.tap('Confirm', OWNER.id);
    expect(await available(stage)).toBe(600_000);
  });

  it("is not confirmed by anybody else's tap", async () => {
    const stage = await withStaff();
    await stage.say(`/credit ${ALI.id} 1000 x`, OWNER.id);
    const { data } = stage.find('Confirm', OWNER.id);
    for (const { id } of [ALI, OPERATOR, VIEWER]) {
      expect(await stage.forge(data, id)).toContain('out of date');
    }
    expect(await available(stage)).toBe(0);
  });
});

describe("the staff's history", () => {
  it('has money and everything else, with who and why, page by page', async () => {
    const stage = await withStaff();
    for (let n = 1; n <= 8; n += 1) {
      await stage.say(`/credit ${ALI.id} ${n}000 gift ${n}`, OWNER.id);
      await stage.tap('Confirm', OWNER.id);
      await stage.clock.advance(60_000);
    }
    await stage.say(`/user ${ALI.id}`, OPERATOR.id);
    await stage.tap('🚫 Block', OPERATOR.id);
    await stage.say('enough', OPERATOR.id);
    const { screen } = await stage.tap('What the staff did', OPERATOR.id);
    const [newest, second] = screen.text.split('\n').filter((line) => line.startsWith('05.01'));
    expect(newest).toContain('Operator · 🚫 Blocked — enough');
    expect(second).toContain('Owner · ✅ ➕ Credit: 8\u00a0000');
    expect(screen.text).not.toContain('gift 1');
    expect((await stage.tap('Older', OPERATOR.id)).screen.text).toContain('gift 1');
  });
});

describe('/admin', () => {
  it('begins with the figures of today', async () => {
    const stage = await withStaff();
    const at = stage.clock.now();
    await stage.db.tx(async (tx) => {
      await post(tx, { ...topupEntry('topup:T0', ALI.id, 900_000), at: at - 24 * 3_600_000 });
      await post(tx, { ...topupEntry('topup:T1', ALI.id, 5_000_000), at });
    });
    const row = { ...stage.topups.put({ id: 'REV1', state: 'review' }) };
    await stage.db.tx(async (tx) => await tx.insert(topupRows).values(row));
    const { text } = await stage.say('/admin', VIEWER.id);
    expect(text).toContain("Credited: 50\u00a0000\u00a0so'm (1)");
    expect(text).toContain("On users' balances: 59\u00a0000\u00a0so'm");
    expect(text).toContain('1 under review, 0 in suspense');
    expect(text).toContain('inPAY ✅');
    expect(text).not.toContain('bills');
  });
});
