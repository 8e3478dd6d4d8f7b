import type { Update } from 'grammy/types';
import { describe, expect, it } from 'vitest';
import { som } from '../../core/money.ts';
import type { MessageView } from '../../../sandbox/telegram/types.ts';
import { ALI, labels, startBotStage, VALI } from '../bot.fixture.ts';
import { sampleService, selectField, textField } from '../samples.fixture.ts';
import { ACCOUNT, atConfirm, atSum, credit, startPayStage } from '../pay.fixture.ts';
import { changeTopup } from '../topups.fixture.ts';

/** Somebody else's client sends the data of a button that it was never shown. */
function strangersTap(updateId: number, data: string): Update {
  const chat = { id: VALI.id, type: 'private', first_name: 'Vali' } as const;
  return {
    update_id: updateId,
    callback_query: {
      id: 'forged',
      chat_instance: '1',
      from: { id: VALI.id, is_bot: false, first_name: 'Vali' },
      message: { message_id: 1, date: 0, chat },
      data,
    },
  };
}

describe('/pay', () => {
  it.each([
    { server: 'today’s', isOld: false, keyboard: [[{ text: '⏳ Please wait…', disabled: {} }]] },
    { server: 'an older', isOld: true, keyboard: [] },
  ])('offers nothing to tap while it pays, on $server server', async ({ isOld, keyboard }) => {
    const pay = await startPayStage();
    const { stage, bills } = pay;
    stage.telegram.setOld(isOld);
    await atConfirm(pay);
    const seen: MessageView[] = [];
    const leave = stage.telegram.on((event) => {
      if (event.kind === 'edit') seen.push(event.message);
    });
    await stage.tap('✅ Pay');
    leave();
    const working = seen.find(({ text }) => text.includes('Paying, one moment'));
    expect(working?.inlineKeyboard).toEqual(keyboard);
    expect(bills.confirmed).toHaveLength(1);
    expect(stage.last().text).toContain('The bill is paid');
  });

  it('is no command and no button where bills are not configured', async () => {
    const stage = await startBotStage();
    await stage.meet();
    for (const text of ['/pay', '/cards']) {
      expect((await stage.say(text)).text).toContain('no such command');
    }
    expect((await stage.say('🧾 Pay bills')).text).toContain("didn't get that");
    expect(JSON.stringify(stage.last())).not.toContain('Pay bills');
  });

  it('leads from a service over dependent fields to a receipt', async () => {
    const { stage, bills } = await startPayStage();
    const home = await stage.say('🧾 Pay bills');
    expect(labels(home)[0]).toContain('Electricity');
    const { screen: region } = await stage.tap('Electricity');
    expect(region.text).toContain('Choose: Region');
    const { screen: soato } = await stage.tap('Tashkent');
    expect(labels(soato)).toContain('Алмазар');
    expect(labels(soato)).not.toContain('Samarkand');
    const { screen: code } = await stage.tap('Алмазар');
    expect(code.messageId).toBe(home.messageId);
    expect(code.text).toContain('Enter: Account number');

    const note = await stage.say('0012345');
    expect(note.text).toContain('Account number: 0012345');
    expect(stage.telegram.message(ALI.id, home.messageId)).toBeUndefined();
    const { screen: info } = await stage.tap('Skip');
    expect(info.html).toContain('Name: <b>A*** &lt;B&gt;</b>');
    expect(info.text).toContain("Debt: 15\u00a0105,15\u00a0so'm");
    expect(info.text).not.toContain('Time');

    const { screen: sum } = await stage.tap('Another sum');
    expect(labels(sum)[0]).toBe("Debt: 15\u00a0106\u00a0so'm");
    expect(sum.text).toContain("At least 500\u00a0so'm");
    const { screen: confirm } = await stage.tap('Debt');
    expect(confirm.text).toContain('cannot be undone');
    expect(confirm.text).toContain("Total: 15\u00a0106\u00a0so'm");
    expect(bills.confirmed).toEqual([]);
    const { screen: receipt } = await stage.tap('✅ Pay');
    expect(receipt.text).toContain('The bill is paid');
    expect(bills.confirmed[0]).toMatchObject({
      userId: ALI.id,
      account: { region: '1', soato: '26280', customer_code: '0012345' },
      amountTiyin: 1_510_600,
      source: 'balance',
    });
  });

  it('says why an answer does not do and asks again', async () => {
    const { stage } = await startPayStage();
    await stage.say('/pay');
    await stage.tap('Electricity');
    await stage.tap('Tashkent');
    await stage.tap('Алмазар');
    expect((await stage.say('12a')).text).toContain('Only digits');
    expect((await stage.say('123456789')).text).toContain('at most 8 characters');
    expect((await stage.say('0000001')).text).toContain('Account number: 0000001');
  });

  it('goes back at every step, and a changed parent clears its children', async () => {
    const { stage } = await startPayStage();
    await atSum({ stage, bills: null as never });
    for (const title of ['right account', 'Enter: Note', 'Enter: Account', 'Choose: District']) {
      expect((await stage.tap('Back')).screen.text).toContain(title);
    }
    await stage.tap('Back');
    const { screen } = await stage.tap('Samarkand');
    expect(screen.text).toContain('Choose: District');
    expect(labels(screen)).toContain('Samarkand');
    expect(labels(screen).join()).not.toContain('Алмазар');
    await stage.tap('Back');
    await stage.tap('Back');
    expect(stage.last().text).toContain('Pay bills');
  });

  it('keeps a thousand values usable: pages, and typing in either alphabet', async () => {
    const { stage, bills } = await startPayStage();
    const names = Array.from({ length: 1000 }, (_, n) => `Маҳалла ${n}`);
    bills.add(sampleService({ id: 'waste', name: 'Chiqindi' }), [selectField('mfy', names)]);
    await stage.say('/pay');
    const { screen } = await stage.tap('Waste');
    expect(labels(screen)).toContain('1 / 125');
    await stage.tap('▶️');
    expect(labels(stage.last())).toContain('Маҳалла 8');
    const found = await stage.say('MAHALLA 777');
    expect(labels(found)[0]).toBe('Маҳалла 777');
    await stage.tap('777');
    expect(stage.last().text).toContain('right account');
  });

  it.each(['elektro', 'ЭЛЕКТРО', 'plata za'])('finds services by %s', async (typed) => {
    const { stage, bills } = await startPayStage();
    bills.add(sampleService({ id: 'gas', name: 'Tabiiy gaz' }), []);
    await stage.say('/pay');
    const found = await stage.say(typed);
    expect(labels(found)[0]).toContain('Electricity');
    expect(labels(found).join()).not.toContain('gas');
  });

  it('does not ask about an account where that cannot be asked', async () => {
    const { stage, bills } = await startPayStage();
    bills.add(sampleService({ id: 'net', name: 'Internet', hasInfo: false, canCancel: true }), [
      textField('login', { content: 'text', pattern: '[a-z]+\\d*' }),
    ]);
    await stage.say('/pay');
    await stage.tap('internet');
    expect((await stage.say('A B')).text).toContain("doesn't look right");
    expect((await stage.say('ali7')).text).toContain('How much');
    const confirm = await stage.say('5000');
    expect(confirm.text).toContain('check and confirm');
    expect(confirm.text).not.toContain('undone');
  });

  it('asks for another number when the account is not found, and does not offer the wrong one', async () => {
    const { stage, bills } = await startPayStage();
    bills.told = { kind: 'problem', code: 'field_not_valid', hint: 'waste_unpaid' };
    await stage.say('/pay');
    await stage.tap('Electricity');
    await stage.tap('Tashkent');
    await stage.tap('Алмазар');
    await stage.say('0012345');
    const { screen } = await stage.tap('Skip');
    expect(screen.text).toContain('such an account was not found');
    expect(screen.text).toContain('waste');
    expect(screen.text).toContain('Enter: Account number');
    expect(labels(screen).join()).not.toContain('0012345');
  });

  it('returns to the last answer, and keeps all of them, while nobody can say whose it is', async () => {
    const { stage, bills } = await startPayStage();
    bills.told = { kind: 'problem', code: 'timeout' };
    await stage.say('/pay');
    await stage.tap('Electricity');
    await stage.tap('Tashkent');
    await stage.tap('Алмазар');
    await stage.say('0012345');
    const { screen } = await stage.tap('Skip');
    expect(screen.text).toContain('Enter: Note');
    expect(labels((await stage.tap('Back')).screen).join()).toContain('Keep 0012345');
  });

  it('takes a corrected number where it asks whether the account is theirs', async () => {
    const { stage, bills } = await startPayStage();
    await stage.say('/pay');
    await stage.tap('Electricity');
    await stage.tap('Tashkent');
    await stage.tap('Алмазар');
    await stage.say('0012345');
    await stage.tap('Skip');
    expect((await stage.say('001 234 567 89')).text).toContain('at most 8');
    const corrected = await stage.say('0012346');
    expect(corrected.text).toContain('Is this the right account?');
    expect(corrected.text).toContain('0012346');
    await stage.tap('Another sum');
    await stage.say('5000');
    await stage.tap('✅ Pay');
    expect(bills.confirmed[0]!.account['customer_code']).toBe('0012346');
  });

  it.each(['50 ming', '50000', '50 000'])(
    'takes %s for the sum where it asks whether the account is theirs',
    async (typed) => {
      const { stage, bills } = await startPayStage();
      await stage.say('/pay');
      await stage.tap('Electricity');
      await stage.tap('Tashkent');
      await stage.tap('Алмазар');
      await stage.say('0012345');
      await stage.tap('Skip');
      const confirm = await stage.say(typed);
      expect(confirm.text).toContain('check and confirm');
      await stage.tap('✅ Pay');
      expect(bills.confirmed[0]!).toMatchObject({
        account: { customer_code: '0012345' },
        amountTiyin: som(50_000),
      });
    },
  );

  it.each([
    { what: 'one zero less', field: {}, wrong: '1020000', right: '102000', taken: '102000' },
    { what: 'zeros in front', field: {}, wrong: '0050000', right: '50000', taken: '50000' },
    {
      what: 'a phone without its country',
      field: { pattern: String.raw`998\d{9}`, title: 'phone' },
      wrong: '998901234567',
      right: '90 100 70 00',
      taken: '998901007000',
    },
    {
      what: 'another letter',
      field: { content: 'text' as const },
      wrong: '12345M',
      right: '12345K',
      taken: '12345K',
    },
  ])('takes $right for the number where $wrong was not theirs: $what', async (given) => {
    const { stage, bills } = await startPayStage();
    bills.add(sampleService({ id: 'net', name: 'Internet' }), [textField('login', given.field)]);
    await stage.say('/pay');
    await stage.tap('internet');
    expect((await stage.say(given.wrong)).text).toContain('Is this the right account?');
    const corrected = await stage.say(given.right);
    expect(corrected.text).toContain('Is this the right account?');
    expect(corrected.text).toContain(given.taken);
  });

  it('takes 10 000 for the sum where the number is a round one itself', async () => {
    const { stage, bills } = await startPayStage();
    bills.add(sampleService({ id: 'net', name: 'Internet' }), [textField('login')]);
    await stage.say('/pay');
    await stage.tap('internet');
    await stage.say('1000000');
    expect((await stage.say('10 000')).text).toContain('check and confirm');
  });

  it('takes a sum where nothing but choices name the account', async () => {
    const { stage, bills } = await startPayStage();
    bills.add(sampleService({ id: 'waste', name: 'Chiqindi' }), [selectField('mfy', ['A', 'B'])]);
    await stage.say('/pay');
    await stage.tap('Waste');
    await stage.tap('A');
    expect((await stage.say('50000')).text).toContain('check and confirm');
  });

  it('is left by a command, and other people cannot use its buttons', async () => {
    const pay = await startPayStage();
    const { stage, bills } = pay;
    await atConfirm(pay);
    const { data } = stage.find('✅ Pay');
    await stage.meet(VALI.id);
    await stage.say('/pay', VALI.id);
    const { update_id: updateId } = stage.updates.at(-1)!;
    await stage.bot.handle(strangersTap(updateId + 1, data));
    expect(bills.confirmed).toEqual([]);
    await stage.say('/balance');
    expect((await stage.say('50000')).text).toContain('Would you like to top up');
    await stage.say('/pay');
    // The question went; a phone that still shows it has an old button.
    expect(() => stage.find(data)).toThrow(/no message/);
    expect(await stage.forge(data)).toContain('out of date');
    expect(bills.confirmed).toEqual([]);
  });

  it('forgets what is older than an hour', async () => {
    const pay = await startPayStage();
    await atConfirm(pay);
    await pay.stage.clock.advance(61 * 60_000);
    expect((await pay.stage.tap('✅ Pay')).toast).toContain('out of date');
    expect(pay.bills.confirmed).toEqual([]);
  });
});

describe('confirming', () => {
  it('twice makes one bill', async () => {
    const pay = await startPayStage();
    const { stage, bills } = pay;
    await atConfirm(pay);
    const { message, data } = stage.find('✅ Pay');
    stage.telegram.tap(ALI.id, message.messageId, { data });
    stage.telegram.tap(ALI.id, message.messageId, { data });
    await stage.pump();
    await stage.again();
    expect(await bills.rows()).toHaveLength(1);
    expect(new Set(bills.confirmed.map((each) => each.confirmationId)).size).toBe(1);
    expect(stage.last().text).toContain('The bill is paid');
  });

  it('works after a restart', async () => {
    const pay = await startPayStage();
    const { stage, bills } = pay;
    await atSum(pay);
    const restarted = stage.restarted();
    await restarted.say('50000');
    expect((await restarted.tap('✅ Pay')).screen.text).toContain('The bill is paid');
    expect(await bills.rows()).toHaveLength(1);
  });

  it('asks again before the same is paid within minutes', async () => {
    const pay = await startPayStage();
    const { stage, bills } = pay;
    await bills.put({ id: 'EARLIER', account: ACCOUNT });
    await atConfirm(pay);
    const { screen } = await stage.tap('✅ Pay');
    expect(screen.text).toContain('already made this payment');
    expect((await stage.tap('pay once more')).screen.text).toContain('The bill is paid');
    expect(await bills.rows()).toHaveLength(2);
    expect(bills.confirmed.map((each) => each.repeatAllowed)).toEqual([undefined, true]);
  });

  it('from a balance too small tops up what is missing and goes on', async () => {
    const pay = await startPayStage(0);
    const { stage, bills } = pay;
    bills.feeTiyin = 50_000;
    await atConfirm(pay);
    expect(stage.last().text).toContain("Missing: 50\u00a0500\u00a0so'm");
    const { screen: ways } = await stage.tap('Top up 50');
    expect(labels(ways)[0]).toBe("Click · 50\u00a0500\u00a0so'm");
    await stage.tap('Card transfer · 50');
    const { id: topupId, baseTiyin } = await stage.order();
    expect(baseTiyin).toBe(5_050_000);
    await credit(stage, { key: 'topup', amountTiyin: 5_050_000 });
    await changeTopup(stage.db, topupId, { state: 'paid', paidTiyin: 5_050_000 });
    const message = await stage.bot.render(
      'topup_paid',
      { topupId, late: false },
      { chatId: ALI.id, language: 'en' },
    );
    expect(JSON.stringify(message)).toContain('pay_continue');
  });

  it('goes on where the money came between two looks at the balance', async () => {
    const pay = await startPayStage();
    const { stage, bills } = pay;
    const sums = { availableTiyin: 0, totalTiyin: 5_000_000, missingTiyin: 5_000_000 };
    bills.instead.confirm = () => ({ kind: 'insufficient', ...sums });
    await atConfirm(pay);
    const { screen } = await stage.tap('✅ Pay');
    expect(screen.text).toContain('The balance is enough now');
    expect(labels(screen).join()).not.toContain('Top up');
    bills.instead = {};
    await stage.tap('Continue the payment');
    expect((await stage.tap('✅ Pay')).screen.text).toContain('The bill is paid');
  });

  it('goes on from the order to the confirmation once the money is there', async () => {
    const pay = await startPayStage(0);
    const { stage, bills } = pay;
    await atConfirm(pay);
    await stage.tap('Top up 50');
    await credit(stage, { key: 'topup', amountTiyin: 5_000_000 });
    const { screen } = await stage.tap('Continue the payment');
    expect(screen.text).toContain('check and confirm');
    await stage.tap('✅ Pay');
    expect(bills.confirmed).toHaveLength(1);
  });

  it.each([
    ['paused', 'pay with a card'],
    ['busy', 'in a minute'],
  ] as const)('says what to do when it is %s', async (reason, words) => {
    const pay = await startPayStage();
    pay.bills.instead.confirm = () => ({ kind: 'unavailable', reason });
    await atConfirm(pay);
    expect((await pay.stage.tap('✅ Pay')).screen.text).toContain(words);
  });
});

it('the account card says each thing once: who, where, what is owed, the meter', async () => {
  const { stage, bills } = await startPayStage();
  bills.told = {
    kind: 'info',
    details: [
      { name: 'time', title: 'time', value: '14.10.2024 14:53:48' },
      { name: 'last_paid_date', title: 'last_paid_date', value: '2024-08-23' },
      { name: 'pokcob', title: 'bypass_indication', value: '3431.28' },
      { name: 'saldo', title: 'balance', value: '-15105.15 UZS' },
      { name: 'customer_code', title: 'customer_code', value: '0012345' },
      { name: 'fio', title: 'fio', value: 'A***' },
    ],
  };
  await stage.say('/pay');
  await stage.tap('Electricity');
  await stage.tap('Tashkent');
  await stage.tap('Алмазар');
  await stage.say('0012345');
  const { text } = await stage.tap('Skip').then(({ screen }) => screen);
  const [, card] = text.split('\n\n');
  expect(card?.split('\n')).toEqual([
    'Name: A***',
    'Meter reading: 3431.28',
    'Date of the last payment: 23.08.2024',
    expect.stringContaining('15\u00a0105,15'),
  ]);
  expect(text.match(/0012345/g)).toHaveLength(1);
});
