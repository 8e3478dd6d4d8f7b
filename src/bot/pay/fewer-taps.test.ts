/** What is not asked, because it is known or can be said with something else. */
import { describe, expect, it } from 'vitest';
import { ALI, labels } from '../bot.fixture.ts';
import { sampleService, selectField, textField } from '../samples.fixture.ts';
import {
  ACCOUNT,
  atConfirm,
  atSum,
  CARD,
  fromAnother,
  type PayStage,
  startPayStage,
} from '../pay.fixture.ts';

describe('the source', () => {
  it('is the balance where that covers it, with its fee', async () => {
    const pay = await startPayStage(5_050_000);
    pay.bills.feeTiyin = 50_000;
    await atSum(pay);
    const { text } = await pay.stage.say('50 000');
    expect(text).toContain('check and confirm');
    expect(text).toContain('From: balance');
  });

  it('is asked for where the balance is a tiyin too small', async () => {
    const pay = await startPayStage(5_049_999);
    pay.bills.feeTiyin = 50_000;
    await atSum(pay);
    expect((await pay.stage.say('50 000')).text).toContain('What would you like to pay with');
  });

  it('is chosen where they say so, and asked for no more with another sum', async () => {
    const pay = await startPayStage();
    const { stage, bills } = pay;
    await bills.link(ALI.id, CARD);
    await atConfirm(pay);
    await fromAnother(stage, '6412');
    expect(stage.last().text).toContain('6412');
    await stage.tap('Another sum');
    const { text } = await stage.say('60 000');
    expect(text).toContain('check and confirm');
    expect(text).toContain('6412');
  });

  it('that is asked for leads back to the sum, and from there to the balance', async () => {
    const pay = await startPayStage();
    const { stage } = pay;
    await atConfirm(pay);
    await stage.tap('💳 Another method');
    expect((await stage.tap('Back')).screen.text).toContain('How much');
    expect((await stage.say('60 000')).text).toContain('check and confirm');
  });

  it('is asked for where nothing is paid from balances just then', async () => {
    const pay = await startPayStage();
    pay.bills.instead.confirm = () => ({ kind: 'unavailable', reason: 'paused' });
    await atConfirm(pay);
    const { screen } = await pay.stage.tap('✅ Pay');
    expect(screen.text).toContain('What would you like to pay with');
  });
});

describe('the card of an account', () => {
  it('has the debt and the usual sums as buttons: one tap says that it is theirs, too', async () => {
    const pay = await startPayStage();
    const { stage, bills } = pay;
    await atAccount(pay);
    const { screen } = await stage.tap('Skip');
    expect(labels(screen)).toEqual([
      "Debt: 15\u00a0106\u00a0so'm",
      "10\u00a0000\u00a0so'm",
      "50\u00a0000\u00a0so'm",
      '✏️ Another sum',
      '⬅️ Back',
      '❌ Cancel',
    ]);
    const { screen: confirm } = await stage.tap('Debt');
    expect(confirm.text).toContain("Total: 15\u00a0106\u00a0so'm");
    expect(confirm.inlineKeyboard.flat()[0]).toMatchObject({ style: 'success' });
    await stage.tap('✅ Pay');
    expect(bills.confirmed[0]!.amountTiyin).toBe(1_510_600);
  });

  it('refuses a sum that the service does not take', async () => {
    const pay = await startPayStage();
    const { stage, bills } = pay;
    await atAccount(pay);
    await stage.tap('Skip');
    const { service, fields } = bills.offered('power');
    bills.add({ ...service, maxTiyin: 2_000_000 }, fields);
    const { screen } = await stage.tap("50\u00a0000\u00a0so'm");
    expect(screen.text).toContain('should be between');
    expect(screen.text).toContain('How much');
  });
});

describe('a choice', () => {
  it('of the last time stands first, with those that depend on it', async () => {
    const pay = await startPayStage();
    const { stage, bills } = pay;
    const account = { region: '2', soato: '18401', customer_code: '0012345' };
    await bills.put({ id: 'EARLIER', account });
    await stage.say('/pay');
    const { screen: region } = await stage.tap('Electricity');
    expect(labels(region).slice(0, 2)).toEqual(['🕘 Samarkand region', 'Tashkent city']);
    const { screen: district } = await stage.tap('Samarkand region');
    expect(labels(district)[0]).toBe('🕘 Samarkand');
  });

  it('is known of another service by its words, never by its number there', async () => {
    const pay = await startPayStage();
    const { stage, bills } = pay;
    const options: [string, string, string][] = [
      ['2', 'г. Ташкент', ''],
      ['1', 'Бухара', ''],
    ];
    const region = selectField('region', []);
    region.options = options.map(([value, title]) => ({ value, title, filter: null }));
    bills.add(sampleService({ id: 'gas', name: 'Tabiiy gaz' }), [region]);
    const label = { name: 'region', title: 'region', value: 'Бухара' };
    await bills.put({
      id: 'EARLIER',
      serviceId: 'power',
      account: { region: '2' },
      accountLabels: [label],
    });
    await stage.say('/pay');
    expect(labels((await stage.tap('gas')).screen)[0]).toBe('🕘 Bukhara');
  });

  it('that can not be made any more is not offered', async () => {
    const pay = await startPayStage();
    const { stage, bills } = pay;
    await bills.put({ id: 'EARLIER', account: { region: '7' } });
    await stage.say('/pay');
    expect(labels((await stage.tap('Electricity')).screen).join()).not.toContain('🕘');
  });
});

async function atAccount({ stage }: PayStage): Promise<void> {
  await stage.say('/pay');
  await stage.tap('Electricity');
  await stage.tap('Tashkent');
  await stage.tap('Алмазар');
  await stage.say('0012345');
}

describe('a phone number that nobody asked for', () => {
  const PHONES = { id: '1', name: 'Мобильные операторы' };

  async function withPhones(): Promise<PayStage> {
    const pay = await startPayStage();
    const mobile = { name: 'Мобильная связь', category: PHONES, hasInfo: false };
    pay.bills.add(sampleService({ id: 'mobile', ...mobile }), [
      textField('phone', { pattern: '9[0-9]\\d{7}', maxLength: 9 }),
    ]);
    const city = { name: 'Shahar telefoni', category: PHONES, hasInfo: false };
    pay.bills.add(sampleService({ id: 'city', ...city }), [
      selectField('city', ['Toshkent']),
      textField('number', { maxLength: 7 }),
    ]);
    return pay;
  }

  it.each(['90 123 45 67', '+998 90 123-45-67', '901234567', '998901234567'])(
    'leads to its payment: %s',
    async (typed) => {
      const { stage, bills } = await withPhones();
      const shown = await stage.say(typed);
      expect(shown.text).toContain('pay for +998 90 123-45-67');
      expect(labels(shown)).toEqual(['📱 Mobile phone', '🏠 Main menu']);
      const { screen } = await stage.tap('📱');
      expect(screen.text).toContain('How much');
      await stage.tap("10\u00a0000\u00a0so'm");
      await stage.tap('✅ Pay');
      expect(bills.confirmed[0]).toMatchObject({
        serviceId: 'mobile',
        account: { phone: '901234567' },
        amountTiyin: 1_000_000,
      });
    },
  );

  it('asks whether it is theirs where the service can say', async () => {
    const { stage, bills } = await withPhones();
    const { service, fields } = bills.offered('mobile');
    bills.add({ ...service, hasInfo: true }, fields);
    await stage.say('90 123 45 67');
    expect((await stage.tap('📱')).screen.text).toContain('right account');
  });

  it.each(['50000', '71 200 00 00', '12345', '+7 912 345-67-89'])(
    'is no such number: %s',
    async (typed) => {
      const { stage } = await withPhones();
      expect((await stage.say(typed)).text).not.toContain('pay for');
    },
  );

  it('is an answer where one is asked for', async () => {
    const { stage } = await withPhones();
    await stage.say('/topup');
    await stage.tap('Card transfer');
    expect((await stage.say('90 123 45 67')).text).toContain("couldn't read");
  });

  it('can not be paid for any more by an old button', async () => {
    const { stage, bills } = await withPhones();
    await stage.say('90 123 45 67');
    bills.form = { kind: 'unavailable' };
    bills.forget();
    expect((await stage.tap('📱')).screen.text).toContain("can't be paid");
    expect(bills.confirmed).toEqual([]);
  });
});

describe('a sum that is typed once there is one', () => {
  it('is the bill’s own at the confirmation', async () => {
    const pay = await startPayStage();
    await atConfirm(pay);
    const { text } = await pay.stage.say('20 000');
    expect(text).toContain('check and confirm');
    expect(text).toContain('Total: 20\u00a0000');
  });

  it('is the bill’s own where the balance is too small for the one before', async () => {
    const pay = await startPayStage(3_000_000);
    const { stage } = pay;
    await atSum(pay);
    await stage.say('50 000');
    expect((await stage.tap('💰 Balance')).screen.text).toContain('balance is not enough');
    expect((await stage.say('40000')).text).toContain('balance is not enough');
    expect((await stage.say('30000')).text).toContain('check and confirm');
  });

  it('is the bill’s own where the source is asked for, which is the balance where it covers that', async () => {
    const pay = await startPayStage(3_000_000);
    await atSum(pay);
    expect((await pay.stage.say('50 000')).text).toContain('What would you like to pay with');
    const { text } = await pay.stage.say('30 000');
    expect(text).toContain('check and confirm');
    expect(text).toContain('Total: 30\u00a0000');
  });

  it('is the bill’s own at the question whether to pay once more', async () => {
    const pay = await startPayStage();
    const { stage, bills } = pay;
    await bills.put({ id: 'EARLIER', account: ACCOUNT });
    await atConfirm(pay);
    expect((await stage.tap('✅ Pay')).screen.text).toContain('once more');
    const { text } = await stage.say('20 000');
    expect(text).toContain('check and confirm');
    expect(text).toContain('Total: 20\u00a0000');
    expect(bills.confirmed).toHaveLength(1);
  });

  it('is asked for again where the service does not take it, and pays nothing', async () => {
    const pay = await startPayStage();
    await atConfirm(pay);
    const { text } = await pay.stage.say('50');
    expect(text).toContain('check and confirm');
    expect(text).toContain('should be between');
    expect(text).toContain('Total: 50\u00a0000');
  });

  it('is no card’s number, which leaves the chat', async () => {
    const pay = await startPayStage();
    await atConfirm(pay);
    expect((await pay.stage.say('8600 4954 7331 6478')).text).toContain('looks like a card');
  });

  it('may be the code that an earlier payment waits for, which is asked for', async () => {
    const pay = await startPayStage();
    const card = { source: 'card', cardId: CARD.cardId, cardMask: CARD.mask } as const;
    await pay.bills.put({ id: 'EARLIER', ...card, state: 'awaiting_code' });
    await atConfirm(pay);
    const { text } = await pay.stage.say('977502');
    expect(text).toContain('EARLIER');
    expect(JSON.stringify(pay.stage.telegram.messages(ALI.id))).not.toContain('977');
  });

  it('can be chosen where the balance is too small', async () => {
    const pay = await startPayStage(3_000_000);
    await atSum(pay);
    await pay.stage.say('50 000');
    await pay.stage.tap('💰 Balance');
    expect((await pay.stage.tap('Another sum')).screen.text).toContain('How much');
  });
});
