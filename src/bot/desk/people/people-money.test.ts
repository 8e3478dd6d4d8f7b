import { describe, expect, it } from 'vitest';
import { outbox } from '../../../db/tables.ts';
import { audit } from '../../../ledger/audit.ts';
import { post, userBalance } from '../../../ledger/ledger.ts';
import { topupEntry } from '../../../testing/ledger.ts';
import { ALI, type BotStage, labels, OWNER, VALI } from '../../bot.fixture.ts';
import { OPERATOR, VIEWER, withStaff } from './people.fixture.ts';

async function available(stage: BotStage): Promise<number> {
  return (await userBalance(stage.db.read, ALI.id)).availableTiyin;
}

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

  it('takes a part of a name or phone, and asks whom it means', async () => {
    const stage = await withStaff();
    expect((await stage.say('/credit zzz 1000 x', OWNER.id)).text).toContain('no such user');
    expect((await stage.say('/credit ali_t 1000 gift', OWNER.id)).text).toContain(
      'Whom do you mean',
    );
    expect(await available(stage)).toBe(0);
    await stage.tap(String(ALI.id), OWNER.id);
    await stage.tap('Confirm', OWNER.id);
    expect(await available(stage)).toBe(100_000);
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

  it.each([
    ['50 000,00 sovga', 5_000_000, 'sovga'],
    ['50 001,50 qaytarish', 5_000_150, 'qaytarish'],
    ['1 mln bonus', 100_000_000, 'bonus'],
    ["\u200e50\u202f000\u200b so'm 2 oylik", 5_000_000, '2 oylik'],
  ])('books the whole of what was typed: "%s"', async (typed, amountTiyin, reason) => {
    const stage = await withStaff();
    await stage.say(`/credit \u2068${ALI.id}\u2069 ${typed}`, OWNER.id);
    await stage.tap('Confirm', OWNER.id);
    expect(await available(stage)).toBe(amountTiyin);
    const [told] = await stage.db.read.select().from(outbox);
    expect(told?.params).toMatchObject({ amountTiyin, reason });
  });

  it('asks with a button for each reading where the end of the sum is in doubt', async () => {
    const stage = await withStaff();
    const question = await stage.say(`/credit ${ALI.id} 50 000 2 oylik`, OWNER.id);
    expect(question.text).toContain('Where does the sum end?');
    expect(labels(question)).toEqual([
      "50\u00a0000\u00a0so'm · 2 oylik",
      "500\u00a0002\u00a0so'm · oylik",
    ]);
    const { data } = stage.find("50\u00a0000\u00a0so'm · 2", OWNER.id);
    await stage.again();
    for (const { id } of [ALI, OPERATOR]) {
      expect(await stage.forge(data, id)).toContain('out of date');
    }
    expect((await stage.tap('2 oylik', OWNER.id)).screen.text).toContain('Reason: 2 oylik');
    await stage.again();
    await stage.tap('Confirm', OWNER.id);
    expect(await available(stage)).toBe(5_000_000);
    expect(await stage.forge(data, OWNER.id)).toContain('decided before');
    expect(await available(stage)).toBe(5_000_000);
  });

  it('may have tiyin in a debit by buttons', async () => {
    const stage = await withStaff();
    await stage.db.tx(async (tx) => await post(tx, topupEntry('topup:T1', ALI.id, 5_000_150)));
    await stage.say(`/user ${ALI.id}`, OWNER.id);
    await stage.tap('➖ Debit', OWNER.id);
    expect((await stage.say('50 001,50', OWNER.id)).text).toContain('50\u00a0001,50');
    await stage.say('all of it', OWNER.id);
    await stage.tap('Confirm', OWNER.id);
    expect(await available(stage)).toBe(0);
  });

  it.each([
    '',
    '101',
    '101 5000',
    '101 1 000 000',
    '101 0.500 x',
    '101 much reason',
    '101 -5 reason',
  ])('explains itself after "%s"', async (text) => {
    const stage = await withStaff();
    expect((await stage.say(`/credit ${text}`, OWNER.id)).text).toContain('Usage');
  });

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

describe('an @name', () => {
  const MOVED = "somebody else's by now";

  it('whose holder Telegram names is that person', async () => {
    const stage = await withStaff();
    expect((await stage.say('/credit @ALI_test 5000 x', OWNER.id)).text).toContain(String(ALI.id));
    await stage.tap('Confirm', OWNER.id);
    expect(await available(stage)).toBe(500_000);
  });

  it('that went to another person credits nobody until an id is chosen', async () => {
    const stage = await withStaff();
    stage.telegram.user({ ...ALI, username: 'ali_new' });
    const question = await stage.say('/credit @ali_test 50 000 sovga', OWNER.id);
    expect(question.text).toContain(MOVED);
    expect(question.text).toContain('@ali_new');
    expect(labels(question)).toEqual([`${ALI.id} · 50\u00a0000\u00a0so'm · sovga`]);
    expect(await available(stage)).toBe(0);
    await stage.tap(String(ALI.id), OWNER.id);
    await stage.tap('Confirm', OWNER.id);
    expect(await available(stage)).toBe(5_000_000);
  });

  it('is the one of two who has it, whoever was here last', async () => {
    const stage = await withStaff();
    stage.telegram.user({ ...VALI, username: 'ali_test' });
    await stage.meet(VALI.id);
    await stage.clock.advance(2 * 3_600_000);
    await stage.say('/balance');
    const question = await stage.say('/debit @ali_test 1000 x', OWNER.id);
    expect(question.text).toContain(MOVED);
    expect(labels(question)).toHaveLength(2);
    stage.telegram.user({ ...ALI, username: 'ali_new' });
    expect((await stage.say('/credit @ali_test 1000 x', OWNER.id)).text).toContain(String(VALI.id));
  });

  it('about which Telegram says nothing is chosen by id, together with the sum', async () => {
    const stage = await withStaff();
    const refused = { status: 400, description: 'Bad Request: chat not found' };
    stage.telegram.fail({ method: 'getChat', times: 1, with: refused });
    const question = await stage.say('/credit @ali_test 50 000 2 oylik', OWNER.id);
    expect(question.text).toContain('no answer');
    expect(question.text).toContain('Where does the sum end?');
    expect(labels(question)).toHaveLength(2);
  });
});
