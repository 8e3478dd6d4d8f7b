import { describe, expect, it } from 'vitest';
import { outbox, staffLog } from '../../../db/tables.ts';
import { post } from '../../../ledger/ledger.ts';
import { topupEntry } from '../../../testing/ledger.ts';
import { getUser, seenUser } from '../../../users/users.ts';
import { ALI, type BotStage, labels, OWNER, VALI } from '../../bot.fixture.ts';
import { NOW } from '../../samples.fixture.ts';
import { OPERATOR, VIEWER, withStaff } from './people.fixture.ts';
import { putTopup } from '../../topups.fixture.ts';

async function noted(stage: BotStage) {
  const rows = await stage.db.read.select().from(staffLog).orderBy(staffLog.id);
  return rows.map(({ staffId, action, subject, note }) => ({ staffId, action, subject, note }));
}

describe('/user', () => {
  it('shows a person found by id, @name or a part of a name, with the last orders', async () => {
    const stage = await withStaff();
    for (let n = 1; n <= 6; n += 1) {
      await putTopup(stage.db, { id: `T${n}`, state: 'cancelled', createdAt: NOW + n });
    }
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
    await seenUser(stage.db, { id: 77, first_name: 'Aziz' }, NOW);
    expect((await stage.say('/user zzz', OWNER.id)).text).toContain('Nobody like that');
    expect((await stage.say('/user aziz', OWNER.id)).text).toContain('Aziz');
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
    expect(stage.last(ALI.id).text).toContain("can't read pictures");
    await contact(undefined, '+998900000001');
    expect(stage.last(ALI.id).text).toContain("can't read pictures");
    await contact(ALI.id, '998901234567');
    expect(stage.last(ALI.id).text).toContain('Thank you');
    const card = await stage.say('/user +998 (90) 123-45-67', OWNER.id);
    expect(card.text).toContain('+998 90 123-45-67');
    expect(card.text).toContain('@ali_test');
    expect((await stage.say('/user +998900000001', OWNER.id)).text).toContain('Nobody like that');
    expect((await stage.say('/user 123-45', OWNER.id)).text).toContain('+998 90 123-45-67');
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
    expect(await noted(stage)).toEqual([
      { staffId: OPERATOR.id, action: 'block', subject, note: 'fraud' },
      { staffId: OPERATOR.id, action: 'unblock', subject, note: 'a mistake' },
    ]);
  });

  it('says what is on the balance before it, and nothing of an empty one', async () => {
    const stage = await withStaff();
    await stage.say(`/user ${ALI.id}`, OPERATOR.id);
    expect((await stage.tap('🚫 Block', OPERATOR.id)).screen.text).not.toContain('On the balance');
    await stage.db.tx((tx) => post(tx, { ...topupEntry('topup:T1', ALI.id, 5_000_000), at: NOW }));
    await stage.say(`/user ${ALI.id}`, OPERATOR.id);
    const { screen } = await stage.tap('🚫 Block', OPERATOR.id);
    expect(screen.text).toContain("On the balance: 50\u00a0000\u00a0so'm");
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
    expect(await noted(stage)).toMatchObject([{ action: 'message', note: 'Please <come> back' }]);
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
    expect(await noted(stage)).toEqual([]);
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
    await putTopup(stage.db, { id: 'REV1', state: 'review' });
    const { text } = await stage.say('/admin', VIEWER.id);
    expect(text).toContain("Credited: 50\u00a0000\u00a0so'm (1)");
    expect(text).toContain("On users' balances: 59\u00a0000\u00a0so'm");
    expect(text).toContain('1 under review, 0 without an owner');
    expect(text).toContain('inPAY ✅');
    expect(text).not.toContain('bills');
  });
});
