import { describe, expect, it } from 'vitest';
import { ALI, labels, startBotStage, VALI, type BotStage } from '../bot.fixture.ts';
import { providerStates } from '../../db/tables.ts';
import { putTopup } from '../topups.fixture.ts';

/** Nothing comes of opening an order. */
const NO_ANSWER = () => ({ kind: 'problem', code: 'timeout' }) as const;

const INTERNAL = { status: 500, description: 'Internal Server Error' };

async function atSum(stage: BotStage): Promise<void> {
  await stage.meet();
  await stage.say('/topup');
  await stage.tap('Card transfer');
}

describe('/topup', () => {
  it('offers Click, Payme and a transfer with their limits, marks the troubled and explains the paused', async () => {
    const stage = await startBotStage();
    const ill = { failuresInARow: 3, lastProblem: 'timeout' } as const;
    const off = { pausedAt: stage.clock.now(), pausedBy: 'owner:900' };
    await stage.db.tx(async (tx) => {
      await tx.insert(providerStates).values({ provider: 'inpay', ...ill });
      await tx.insert(providerStates).values({ provider: 'payfer', ...off });
    });
    await stage.meet();
    const screen = await stage.say('/topup');
    expect(labels(screen)).toEqual([
      '⚠️ Click',
      '⚠️ Payme',
      '⏸ Card transfer',
      '🔁 Another method',
      '🏠 Main menu',
    ]);
    expect(screen.text).toContain("1\u00a0000\u00a0so'm to 10\u00a0000\u00a0000\u00a0so'm");
    expect((await stage.tap('Card transfer')).toast).toContain('paused for now');
  });

  it('leads to every payment system by its name, and back', async () => {
    const stage = await startBotStage();
    stage.system('rasmiypay');
    await stage.meet();
    await stage.say('/topup');
    const { screen } = await stage.tap('Another method');
    expect(labels(screen)).toEqual([
      'Click',
      'Payme',
      'Payfer',
      'RasmiyPay',
      'inPAY',
      '⬅️ Back',
      '🏠 Main menu',
    ]);
    await stage.tap('Back');
    expect(labels(stage.last())).toContain('Card transfer');
    await stage.tap('Another method');
    await stage.tap('RasmiyPay');
    await stage.say('50 000');
    expect((await stage.order()).provider).toBe('rasmiypay');
  });

  it('tells the deadline by the reader’s clock and in how long it is, and by Tashkent’s on an older server', async () => {
    const stage = await startBotStage();
    await atSum(stage);
    const { screen } = await stage.tap("50\u00a0000\u00a0so'm");
    const unix_time = Date.UTC(2026, 0, 5, 7, 5) / 1000;
    const span = { type: 'date_time', unix_time };
    const moments = screen.entities.flatMap((each) => {
      const told = screen.text.slice(each.offset, each.offset + each.length);
      if (each.type !== 'date_time') return [];
      return [{ told, type: each.type, unix_time: each.unix_time, format: each.date_time_format }];
    });
    expect(moments).toEqual([
      { told: '12:05', ...span, format: 't' },
      { told: 'Tashkent time', ...span, format: 'r' },
    ]);

    const older = await startBotStage();
    older.telegram.setOld(true);
    await atSum(older);
    const { screen: words } = await older.tap("50\u00a0000\u00a0so'm");
    expect(words.text).toBe(screen.text);
    expect(words.html).toContain('before <b>12:05</b> (Tashkent time)');
  });

  it('leads over a quick sum to an order to be paid by transfer', async () => {
    const stage = await startBotStage();
    await atSum(stage);
    const sums = stage.last();
    expect(labels(sums)).toEqual([
      "10\u00a0000\u00a0so'm",
      "50\u00a0000\u00a0so'm",
      '⬅️ Back',
      '🏠 Main menu',
    ]);

    const { screen } = await stage.tap("50\u00a0000\u00a0so'm");
    expect(screen.html).toContain("<b>50\u00a0001,50\u00a0so'm</b> (<code>50001.50</code>)");
    expect(screen.html).toContain('<code>8600 4954 7331 6478</code>');
    expect(screen.html).toContain('A. &lt;USER&gt;');
    expect(screen.text).toContain('before 12:05 (Tashkent time)');
    expect(screen.html).toContain('exactly this sum');
    expect(screen.inlineKeyboard.flat()).toContainEqual({
      text: '📋 Copy the sum',
      copy_text: { text: '50001.50' },
    });
    expect(screen.inlineKeyboard.flat()).toContainEqual({
      text: '📋 Copy the card',
      copy_text: { text: '8600495473316478' },
    });
    expect((await stage.order()).screenMessageId).toBe(screen.messageId);
  });

  it.each([
    ['Payme', 'payme'],
    ['Click', 'click'],
  ])('opens the page of %s with its link', async (label, method) => {
    const stage = await startBotStage();
    await stage.meet();
    await stage.say('/topup');
    await stage.tap(label);
    const { screen } = await stage.tap("50\u00a0000\u00a0so'm");
    expect(screen.inlineKeyboard.flat()).toContainEqual({
      text: '💳 Pay',
      style: 'success',
      url: 'https://pay.example/1',
    });
    expect(screen.html).not.toContain('exactly');
    expect((await stage.order()).method).toBe(method);
  });

  it('lets a transfer go through the next payment system where the first can not open it', async () => {
    const stage = await startBotStage();
    const asked = () => [...stage.systems.values()].filter(({ created }) => created.length > 0);
    stage.system('payfer').onCreate = NO_ANSWER;
    stage.system('rasmiypay').onCreate = () => ({ kind: 'sum_taken' });
    stage.system('autopaycard');
    await atSum(stage);
    const screen = await stage.say('50 000');
    expect(asked().map(({ id }) => id)).toEqual(['payfer', 'rasmiypay', 'autopaycard']);
    expect(screen.text).toContain((await stage.order(3)).id);
    // The same message once more sees the order that there is, and asks nobody.
    await stage.again();
    expect(await stage.orders()).toHaveLength(3);
  });

  it('asks no other system for an order of its own name', async () => {
    const stage = await startBotStage();
    stage.system('rasmiypay');
    stage.system('payfer').onCreate = NO_ANSWER;
    await stage.meet();
    await stage.say('/topup');
    await stage.tap('Another method');
    await stage.tap('Payfer');
    await stage.say('50 000');
    expect(stage.system('payfer').created).toHaveLength(1);
    expect(stage.system('rasmiypay').created).toEqual([]);
  });

  it('shows the open transfer instead of a second one, whichever system has it', async () => {
    const stage = await startBotStage();
    stage.system('rasmiypay');
    await stage.meet();
    await putTopup(stage.db, { id: 'OPEN', provider: 'rasmiypay' });
    await stage.say('/topup');
    const { screen } = await stage.tap('Card transfer');
    expect(screen.text).toContain('already have an open top-up with RasmiyPay');
    expect(await stage.orders()).toHaveLength(1);
  });

  it('offers another way below an order, without the system that has it, and leaves the order alone', async () => {
    const stage = await startBotStage();
    stage.system('rasmiypay');
    await atSum(stage);
    const order = await stage.say('35 000');
    expect(order.text).toContain('Payfer');
    await stage.tap('Another method');
    const ways = stage.last();
    expect(ways.messageId).not.toBe(order.messageId);
    expect(stage.telegram.message(ALI.id, order.messageId)!.text).toContain(
      (await stage.order()).id,
    );
    const sum = "35\u00a0000\u00a0so'm";
    expect(labels(ways)).toEqual([
      ...['Click', 'Payme', 'RasmiyPay', 'inPAY'].map((title) => `${title} · ${sum}`),
      '⬅️ Back',
      '🏠 Main menu',
    ]);
    await stage.tap('RasmiyPay');
    expect(await stage.order(2)).toMatchObject({ provider: 'rasmiypay' });
    expect((await stage.order()).state).toBe('waiting');
  });

  it('says so where there is no other way', async () => {
    const stage = await startBotStage();
    stage.systems.delete('inpay');
    await atSum(stage);
    await stage.say('35 000');
    await stage.tap('Another method');
    expect(stage.last().text).toContain('no other method');
    expect((await stage.tap('Back')).screen.text).toContain('Top up 35');
  });

  it('opens an order by a button of an earlier program, where the app was asked for last', async () => {
    const stage = await startBotStage();
    await stage.meet();
    expect(await stage.forge('method:inpay:5000000:payme')).toBe('');
    expect(await stage.order()).toMatchObject({ provider: 'inpay', method: 'payme' });
    expect(await stage.forge('sum:payfer:5000000')).toBe('');
    expect((await stage.order(2)).provider).toBe('payfer');
  });

  it.each(['50000', '50 000', '50.000', '50,000', '50k', '50 ming', "50 000 so'm"])(
    'takes the sum typed as %s',
    async (typed) => {
      const stage = await startBotStage();
      await atSum(stage);
      const screen = await stage.say(typed);
      expect(screen.html).toContain('50\u00a0001,50');
      expect((await stage.order()).baseTiyin).toBe(5_000_000);
    },
  );

  it.each([
    ['2 mln', 200_000_000],
    ['1,5 mln', 150_000_000],
    ['1.5 млн сум', 150_000_000],
    ['50 тыс', 5_000_000],
    ['1 mln 500 ming', 150_000_000],
  ])('takes %s', async (typed, baseTiyin) => {
    const stage = await startBotStage();
    await atSum(stage);
    await stage.say(typed);
    expect((await stage.order()).baseTiyin).toBe(baseTiyin);
  });

  it.each([
    ['0', 'between 1\u00a0000'],
    ['-5000', 'between 1\u00a0000'],
    ["− 5 000 so'm", 'between 1\u00a0000'],
    ['999 999 999 999', 'between 1\u00a0000'],
    ['5000,50', "whole so'm"],
    ['five', "couldn't read"],
  ])('says what is wrong with %s', async (typed, words) => {
    const stage = await startBotStage();
    await atSum(stage);
    expect((await stage.say(typed)).text).toContain(words);
  });

  it('asks again until the sum is one, however often', async () => {
    const stage = await startBotStage();
    await atSum(stage);
    expect((await stage.say('much')).text).toContain("couldn't read");
    expect((await stage.say('500')).text).toContain('should be between');
    expect((await stage.say('99 000 000')).text).toContain('At least 1\u00a0000');
    stage.telegram.sendContact(ALI.id, '+998901234567', { contactUserId: null });
    await stage.pump();
    expect(stage.last().text).toContain("can't read pictures");
    expect((await stage.say('20 000')).html).toContain('20\u00a0001,50');
    expect((await stage.say('20 000')).text).toContain('Would you like to top up');
  });

  it('shows the live order instead of a second one', async () => {
    const stage = await startBotStage();
    await atSum(stage);
    await stage.tap("50\u00a0000\u00a0so'm");
    await stage.say('/topup');
    const { screen } = await stage.tap('Card transfer');
    expect(screen.text).toContain('already have an open top-up');
    expect(screen.text).toContain((await stage.order()).id);
    expect(await stage.orders()).toHaveLength(1);
    expect((await stage.order()).screenMessageId).toBe(screen.messageId);
  });

  it.each(['tap', 'history'])(
    'keeps one message of an order that is shown again: %s',
    async (way) => {
      const stage = await startBotStage();
      await atSum(stage);
      const { screen: first } = await stage.tap("50\u00a0000\u00a0so'm");
      if (way === 'tap') {
        await stage.say('/topup');
        await stage.tap('Card transfer');
      } else {
        await stage.say('/history');
        await stage.tap('➕ Top-ups');
        await stage.tap('50');
      }
      expect(stage.telegram.message(ALI.id, first.messageId)).toBeUndefined();
      const { text, messageId } = stage.last();
      expect(text).toContain((await stage.order()).id);
      expect((await stage.order()).screenMessageId).toBe(messageId);
      // The list stands: it is not what turns into a receipt.
      const others = stage.telegram.messages(ALI.id).filter((each) => each.messageId !== messageId);
      const { id } = await stage.order();
      expect(others.some((each) => each.text.includes(id))).toBe(false);
      expect(
        others.some((each) =>
          each.inlineKeyboard.flat().some(({ text: label }) => label.includes('⏳')),
        ),
      ).toBe(way === 'history');
    },
  );

  it('says where the order is, on a message that is too old to be deleted', async () => {
    const stage = await startBotStage();
    await atSum(stage);
    const { screen: first } = await stage.tap("50\u00a0000\u00a0so'm");
    stage.telegram.fail({
      method: 'deleteMessage',
      times: 1,
      with: { status: 400, description: "Bad Request: message can't be deleted for everyone" },
    });
    await stage.say('/topup');
    await stage.tap('Card transfer');
    const old = stage.telegram.message(ALI.id, first.messageId)!;
    expect(old.text).toContain('in the message below');
    expect(old.inlineKeyboard).toEqual([]);
  });

  it('makes one order and one message of a double tap', async () => {
    const stage = await startBotStage();
    await atSum(stage);
    const { message, data } = stage.find("50\u00a0000\u00a0so'm");
    stage.telegram.tap(ALI.id, message.messageId, { data });
    stage.telegram.tap(ALI.id, message.messageId, { data });
    const before = stage.count();
    await stage.pump();
    expect(await stage.orders()).toHaveLength(1);
    expect(stage.count()).toBe(before);
    expect(stage.last().text).toContain((await stage.order()).id);
    expect(stage.last().text).not.toContain('already');
  });

  it('is harmless when the last step runs again', async () => {
    const stage = await startBotStage();
    await atSum(stage);
    await stage.tap("50\u00a0000\u00a0so'm");
    const before = stage.count();
    await stage.again();
    expect(await stage.orders()).toHaveLength(1);
    expect(stage.count()).toBe(before);
  });

  it.each([
    ['busy', { kind: 'busy' }, 'taken at the moment'],
    ['unavailable', { kind: 'unavailable', reason: 'paused' }, 'paused for now'],
    ['absent', { kind: 'unavailable', reason: 'absent' }, 'no longer available'],
    ['slow', { kind: 'unavailable', reason: 'slow' }, 'many people are waiting'],
    ['out of limits', { kind: 'out_of_limits', minTiyin: 1, maxTiyin: 2 }, 'should be between'],
    ['too many', { kind: 'too_many', live: 5 }, 'too many open top-ups'],
  ] as const)('says so when it is %s', async (_, outcome, words) => {
    const stage = await startBotStage();
    await atSum(stage);
    stage.topups.create = () => Promise.resolve(outcome);
    const { screen } = await stage.tap("50\u00a0000\u00a0so'm");
    expect(screen.text).toContain(words);
  });

  it('listens for another sum after a busy one', async () => {
    const stage = await startBotStage();
    await atSum(stage);
    const payfer = stage.system('payfer');
    const { onCreate } = payfer;
    payfer.onCreate = () => ({ kind: 'sum_taken' });
    expect((await stage.say('20000')).text).toContain('taken at the moment');
    payfer.onCreate = onCreate;
    expect((await stage.say('30000')).html).toContain('30\u00a0001,60');
  });

  it("tells a provider's problem in neutral words", async () => {
    const stage = await startBotStage();
    await atSum(stage);
    stage.system('payfer').onCreate = () => ({ kind: 'problem', code: 'monthly_fee_unpaid' });
    const { screen } = await stage.tap("50\u00a0000\u00a0so'm");
    expect(screen.text).toContain('Nothing was charged');
    expect(screen.text).not.toMatch(/fee/i);
    expect(labels(screen)).toEqual(['🔁 Another method', '🏠 Main menu']);
  });

  it('offers the same once more, or another method, without asking for the sum again', async () => {
    const stage = await startBotStage();
    await atSum(stage);
    const payfer = stage.system('payfer');
    const { onCreate } = payfer;
    payfer.onCreate = NO_ANSWER;
    const failed = await stage.say('35 000');
    expect(labels(failed)).toEqual([
      "🔁 Once more: 35\u00a0000\u00a0so'm",
      '🔁 Another method',
      '🏠 Main menu',
    ]);
    const { screen: methods } = await stage.tap('Another method');
    expect(methods.text).toContain("Top up 35\u00a0000\u00a0so'm");
    expect(labels(methods)[0]).toBe("Click · 35\u00a0000\u00a0so'm");
    expect(labels(methods).join()).not.toContain('Continue');
    await stage.say('/topup');
    await stage.tap('Card transfer');
    await stage.say('35 000');
    payfer.onCreate = onCreate;
    const { screen } = await stage.tap('Once more');
    expect(screen.text).toContain((await stage.order(3)).id);
    expect((await stage.order(3)).baseTiyin).toBe(3_500_000);
  });

  it('asks for another sum where the sum was the trouble', async () => {
    const stage = await startBotStage();
    await atSum(stage);
    stage.system('payfer').onCreate = () => ({ kind: 'problem', code: 'amount_too_low' });
    await stage.say('35 000');
    expect((await stage.tap('Another sum')).screen.text).toContain('how much');
  });

  it("refuses a provider, a sum and a method that buttons don't offer", async () => {
    const stage = await startBotStage();
    await stage.meet();
    const forged = ['provider:rasmiypay', 'method:payfer:5000000:click', 'sum:payfer:1'];
    await stage.bot.bot.api.sendMessage(ALI.id, 'forged', {
      reply_markup: {
        inline_keyboard: [forged.map((data) => ({ text: data, callback_data: data }))],
      },
    });
    expect((await stage.tap('provider:rasmiypay')).toast).toContain('no longer available');
    expect((await stage.tap('method:payfer:5000000:click')).toast).toContain('out of date');
    expect((await stage.tap('sum:payfer:1')).screen.text).toContain('should be between');
    expect(await stage.orders()).toHaveLength(0);
  });
});

describe('the dialog', () => {
  it('is left by commands, menu entries and buttons, which still do their work', async () => {
    const stage = await startBotStage();
    await atSum(stage);
    expect((await stage.say('/cancel')).text).toContain('Cancelled');
    expect((await stage.say('/cancel')).text).toContain('nothing to cancel');

    await stage.say('/topup');
    await stage.tap('Card transfer');
    expect((await stage.say('📜 Payment history')).text).toContain('What happened to your money');
    expect((await stage.say('50000')).text).toContain('Would you like to top up');

    await stage.say('/topup');
    await stage.tap('Card transfer');
    expect((await stage.tap('Back')).screen.text).toContain('Choose how to pay');
    expect((await stage.say('50000')).text).toContain('Would you like to top up');
    expect(await stage.orders()).toHaveLength(0);
  });

  it("is not left by another order's buttons", async () => {
    const stage = await startBotStage();
    await stage.meet();
    await putTopup(stage.db, { id: 'OTHER', provider: 'inpay' });
    await stage.say('/topup');
    await stage.tap('Click');
    await stage.say('/topup');
    await stage.tap('Card transfer');
    expect((await stage.tap('Check payment')).toast).toContain('not arrived yet');
    expect((await stage.say('50000')).html).toContain('50\u00a0001,50');
  });

  it('is not left by a button nobody knows', async () => {
    const stage = await startBotStage();
    await atSum(stage);
    await stage.bot.bot.api.sendMessage(ALI.id, 'old', {
      reply_markup: { inline_keyboard: [[{ text: 'Old', callback_data: 'v0' }]] },
    });
    await stage.tap('Old');
    expect((await stage.say('50000')).html).toContain('50\u00a0001,50');
  });

  it('waits as it did when handling failed, so that the update can run again', async () => {
    const stage = await startBotStage();
    await atSum(stage);
    const asBefore = { ...stage.topups };
    stage.topups.create = () => Promise.reject(new Error('the disk is full'));
    await expect(stage.say('50000')).rejects.toThrow('the disk is full');
    Object.assign(stage.topups, asBefore);
    await stage.again();
    expect(stage.last().html).toContain('50\u00a0001,50');
  });

  it('waits as it did when asking again failed', async () => {
    const stage = await startBotStage();
    await atSum(stage);
    stage.telegram.fail({ method: 'sendMessage', times: 1, with: INTERNAL });
    await expect(stage.say('much')).rejects.toThrow(/Internal Server Error/);
    await stage.again();
    expect(stage.last().text).toContain("couldn't read");
    expect((await stage.say('50000')).html).toContain('50\u00a0001,50');
  });

  it('shows the order again when only its screen failed', async () => {
    const stage = await startBotStage();
    await atSum(stage);
    stage.telegram.fail({ method: 'sendMessage', times: 1, with: INTERNAL });
    await expect(stage.say('50000')).rejects.toThrow(/Internal Server Error/);
    await stage.again();
    expect(stage.last().text).toContain((await stage.order()).id);
    expect(await stage.orders()).toHaveLength(1);
  });

  it('forgets the question after an hour', async () => {
    const stage = await startBotStage();
    await atSum(stage);
    await stage.clock.advance(61 * 60_000);
    expect((await stage.say('50000')).text).toContain('Would you like to top up');
  });

  it('of one person is no business of another', async () => {
    const stage = await startBotStage();
    await atSum(stage);
    await stage.meet(VALI.id);
    expect((await stage.say('50000', VALI.id)).text).toContain('Would you like to top up');
    expect((await stage.say('50000')).html).toContain('50\u00a0001,50');
    expect((await stage.order()).userId).toBe(ALI.id);
  });
});
