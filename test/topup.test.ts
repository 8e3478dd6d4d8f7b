import { afterEach, describe, expect, it } from 'vitest';
import type { ProviderId } from '../src/core/payment-systems.ts';
import {
  balanceOf,
  begin,
  buttons,
  chooseSystem,
  findings,
  messagesOf,
  openOrder,
  OWNER,
  poll,
  type Stage,
  startStage,
  USER,
} from './stage.ts';

const PROVIDERS: ProviderId[] = ['inpay', 'payfer', 'rasmiypay', 'autopaycard'];

let stage: Stage;
afterEach(async () => {
  const broken = await findings(stage);
  await stage.close();
  expect(broken).toEqual([]);
});

describe.each(PROVIDERS)('a top-up with %s', (provider) => {
  it('goes from /topup to the credited balance with webhooks', async () => {
    stage = await startStage();
    const person = await begin(stage);
    const order = await openOrder(stage, person, { provider });
    stage.world.provider(provider).pay(order.id);
    // RasmiyPay has no webhook: there the poller finds it.
    if (provider === 'rasmiypay') await poll(stage);
    await person.sees('is on your balance!');
    expect(await balanceOf(stage)).toBe(order.amountTiyin);
    await stage.app.outbox.flush();
    const receipt = person.texts().find((text) => text.includes('Top-up №'));
    expect(receipt).toContain('paid');
  });

  it('goes the same way without webhooks, by polling alone, once', async () => {
    stage = await startStage({ webhooks: false });
    const person = await begin(stage);
    const order = await openOrder(stage, person, { provider });
    await poll(stage);
    expect(await balanceOf(stage)).toBe(0);
    stage.world.provider(provider).pay(order.id);
    await poll(stage);
    await poll(stage);
    await person.sees('is on your balance!');
    expect(await balanceOf(stage)).toBe(order.amountTiyin);
    expect(await messagesOf(stage, 'topup_paid')).toBe(1);
  });

  it('finds the payment when the user presses check', async () => {
    stage = await startStage({ webhooks: false });
    const person = await begin(stage);
    const order = await openOrder(stage, person, { provider });
    expect(await person.tapForAnswer('Check payment')).not.toBe('');
    stage.world.provider(provider).pay(order.id);
    stage.clock.skip(60_000);
    await person.tapForAnswer('Check payment');
    await person.sees('is on your balance!');
    expect(await balanceOf(stage)).toBe(order.amountTiyin);
  });

  it('puts another sum in front of an owner, whose tap credits it once', async () => {
    stage = await startStage();
    const owner = await begin(stage, OWNER);
    const person = await begin(stage);
    const order = await openOrder(stage, person, { provider });
    stage.world.provider(provider).pay(order.id, { amountTiyin: 4_000_000 });
    await poll(stage);
    await person.sees('differs');
    expect(await balanceOf(stage)).toBe(0);
    await owner.sees('Another sum arrived');
    await owner.tap('Credit it', 'Do you confirm?');
    const confirm = owner.messageWith('Confirm');
    const text = buttons(confirm).find((each) => each.includes('Confirm')) ?? '';
    for (let taps = 0; taps < 3; taps += 1) {
      stage.telegram.tap(OWNER, confirm.messageId, { text });
    }
    await person.sees('is on your balance!');
    await stage.app.inbox.idle();
    expect(await balanceOf(stage)).toBe(4_000_000);
    expect(await messagesOf(stage, 'topup_paid')).toBe(1);
  });

  it('credits a payment that comes after the deadline', async () => {
    stage = await startStage();
    const person = await begin(stage);
    const order = await openOrder(stage, person, { provider });
    stage.clock.skip(70 * 60_000);
    await stage.app.topups.tick();
    await stage.app.outbox.flush();
    expect(person.texts().some((text) => text.includes('expired'))).toBe(true);
    stage.world.provider(provider).pay(order.id);
    stage.clock.skip(2 * 60 * 60_000);
    await stage.app.topups.tick();
    await person.sees('is on your balance!');
    expect(person.texts().join()).toContain('after the deadline');
    expect(await balanceOf(stage)).toBe(order.amountTiyin);
  });

  it('survives a provider that is down, talks garbage or drops answers, and a restart', async () => {
    stage = await startStage({ webhooks: false });
    const person = await begin(stage);
    const simulated = stage.world.provider(provider);
    const order = await openOrder(stage, person, { provider });
    simulated.pay(order.id);
    for (const kind of [
      'down',
      'garbage',
      'html',
      'error',
      'drop_after',
      'rate_limited',
    ] as const) {
      simulated.fault({ kind, delayMs: 1000 });
      await poll(stage);
      expect(await balanceOf(stage)).toBe(0);
    }
    simulated.fault({ kind: 'none' });
    await stage.restart();
    stage.clock.skip(30 * 60_000);
    await stage.app.topups.tick();
    stage.clock.skip(60 * 60_000);
    await stage.app.topups.tick();
    await person.sees('is on your balance!');
    expect(await balanceOf(stage)).toBe(order.amountTiyin);
  });

  it('says so when the order can’t be opened, and opens the next one', async () => {
    stage = await startStage();
    const person = await begin(stage);
    const simulated = stage.world.provider(provider);
    for (const kind of ['down', 'garbage', 'html', 'drop_after'] as const) {
      simulated.fault({ kind });
      await chooseSystem(person, provider);
      await person.send('60 000', 'Nothing was charged');
    }
    simulated.fault({ kind: 'none' });
    const order = await openOrder(stage, person, { provider });
    expect(order.amountTiyin).toBeGreaterThanOrEqual(5_000_000);
    expect(await balanceOf(stage)).toBe(0);
  });
});

describe('the order screen', () => {
  it('shows the exact sum and card to copy, and never rounds Payfer’s tiyin', async () => {
    stage = await startStage();
    const person = await begin(stage);
    const order = await openOrder(stage, person, { provider: 'payfer' });
    const shown = person.messageWith('Check payment');
    const plain = `${Math.floor(order.amountTiyin / 100)}.${String(order.amountTiyin % 100).padStart(2, '0')}`;
    const copies = (shown.inlineKeyboard ?? [])
      .flat()
      .flatMap((button) => ('copy_text' in button ? [button.copy_text.text] : []));
    const expected = order.amountTiyin % 100 === 0 ? String(order.amountTiyin / 100) : plain;
    expect(copies).toContain(expected);
    expect(copies.some((text) => /^\d{16}$/.test(text))).toBe(true);
    expect(shown.text).toContain('Tashkent');
    expect(shown.text).toContain('Transfer exactly this sum');
  });

  it('asking again shows the live order; two taps at once make one', async () => {
    stage = await startStage();
    const person = await begin(stage);
    await person.send('/topup', 'Choose how to pay');
    await person.tap('Card transfer', 'how much');
    const sums = person.messageWith(/50 000/);
    const label =
      buttons(sums).find((text) => text.replaceAll('\u00a0', ' ').startsWith('50 000')) ?? '';
    stage.telegram.tap(USER, sums.messageId, { text: label });
    stage.telegram.tap(USER, sums.messageId, { text: label });
    await person.sees(/Top-up №/);
    await stage.app.inbox.idle();
    expect(stage.world.provider('payfer').orders()).toHaveLength(1);
    await person.send('/topup', 'Choose how to pay');
    await person.tap('Card transfer', /already have an open top-up/);
    expect(stage.world.provider('payfer').orders()).toHaveLength(1);
  });

  it.each(['can be deleted', 'is too old for that'])(
    'shown once more from the list, then asked for again, pays at one place; the copy before %s',
    async (copy) => {
      stage = await startStage();
      const person = await begin(stage);
      const order = await openOrder(stage, person, { provider: 'payfer' });
      if (copy !== 'can be deleted') {
        const description = "Bad Request: message can't be deleted for everyone";
        stage.telegram.fail({
          method: 'deleteMessage',
          times: 2,
          with: { status: 400, description },
        });
      }
      await person.send('/history', /What happened to your money/);
      await person.tap('➕ Top-ups', /Payment history/);
      await person.tap(/⏳/, 'Transfer exactly');
      await person.send('/topup', 'Choose how to pay');
      await person.tap('Card transfer', /already have an open top-up/);
      await stage.app.inbox.idle();
      const payable = () =>
        stage.telegram
          .messages(USER)
          .filter(
            (each) =>
              each.text.includes('Transfer exactly') || buttons(each).includes('✅ Check payment'),
          );
      expect(payable()).toHaveLength(1);
      stage.world.provider('payfer').pay(order.id);
      await person.sees('is on your balance!');
      await stage.app.outbox.flush();
      expect(payable()).toEqual([]);
      expect(person.texts().filter((text) => text.includes('State: paid'))).toHaveLength(1);
    },
  );

  it('cancel asks once, then tells the provider; a payment on its way is still credited', async () => {
    stage = await startStage({ webhooks: false });
    const person = await begin(stage);
    const order = await openOrder(stage, person, { provider: 'rasmiypay' });
    await person.tap(/Cancel/, /sure|really|want to cancel|Cancel/i);
    await person.tap('Yes, cancel it', /cancelled/i);
    await poll(stage);
    const state = stage.world
      .provider('rasmiypay')
      .orders()
      .find((each) => each.id === order.id)?.state;
    expect(state).toBe('cancelled');
    stage.world.provider('rasmiypay').pay(order.id);
    stage.clock.skip(3 * 60 * 60_000);
    await stage.app.topups.tick();
    await person.sees('is on your balance!');
    expect(person.texts().join()).toContain('after you cancelled');
    expect(await balanceOf(stage)).toBe(order.amountTiyin);
  });

  it('belongs to its user alone', async () => {
    stage = await startStage();
    const person = await begin(stage);
    await openOrder(stage, person, { provider: 'payfer' });
    const shown = person.messageWith('Check payment');
    const check = (shown.inlineKeyboard ?? [])
      .flat()
      .find((each) => each.text.includes('Check payment'));
    const data = check && 'callback_data' in check ? check.callback_data : '';
    stage.telegram.user({ id: 666, firstName: 'Stranger', languageCode: 'en' });
    const stranger = await begin(stage, 666);
    const own = await stranger.send('/topup', 'Choose how to pay');
    const before = stage.world.provider('payfer').requests().length;
    // Telegram itself would not send it: somebody else's data on an own message.
    const from = { id: 666, is_bot: false, first_name: 'Stranger' };
    const chat = { id: 666, type: 'private' as const, first_name: 'Stranger' };
    const message = { message_id: own.messageId, date: 1, chat, text: 'x', from };
    const query = { id: '1', from, chat_instance: '1', data, message };
    await stage.app.inbox.accept([{ update_id: 999_000_001, callback_query: query }]);
    await stage.app.inbox.idle();
    expect(stage.world.provider('payfer').requests().length).toBe(before);
    expect(stranger.texts().join('\n')).not.toContain('8600');
  });
});

describe('people and owners', () => {
  it('a stranger hears of owner’s commands what they hear of any unknown one', async () => {
    stage = await startStage();
    const person = await begin(stage);
    const unknown = await person.send('/nonsense', /./);
    for (const command of [
      '/user 901',
      '/credit 501 1000 gift',
      '/debit 501 1 x',
      '/order ABC',
      '/orders',
    ]) {
      const answer = await person.send(command, /./);
      expect(answer.text).toBe(unknown.text);
    }
    expect(await balanceOf(stage)).toBe(0);
  });

  it('an owner credits and debits by hand: before, after, confirmed, once, told', async () => {
    stage = await startStage();
    const owner = await begin(stage, OWNER);
    const person = await begin(stage);
    await owner.send(`/credit ${USER} 25 000 lost transfer`, /25 000/);
    const screen = owner.messageWith(/Confirm/);
    const confirm = buttons(screen).find((text) => text.includes('Confirm')) ?? '';
    stage.telegram.tap(OWNER, screen.messageId, { text: confirm });
    stage.telegram.tap(OWNER, screen.messageId, { text: confirm });
    await person.sees('lost transfer');
    await stage.app.inbox.idle();
    expect(await balanceOf(stage)).toBe(2_500_000);
    await owner.send(`/debit ${USER} 99999999 too much`, /./);
    await stage.app.inbox.idle();
    expect(await balanceOf(stage)).toBe(2_500_000);
  });

  it('somebody who blocked the bot sees the news at the next /start', async () => {
    stage = await startStage();
    const person = await begin(stage);
    const order = await openOrder(stage, person, { provider: 'payfer' });
    stage.telegram.block(USER);
    stage.world.provider('payfer').pay(order.id);
    await poll(stage);
    await stage.app.outbox.flush();
    expect(await balanceOf(stage)).toBe(order.amountTiyin);
    stage.telegram.unblock(USER);
    stage.telegram.sendText(USER, '/start');
    await person.sees('is on your balance!');
    expect(await messagesOf(stage, 'topup_paid')).toBe(1);
  });

  it('a name with markup in it is shown as it is', async () => {
    stage = await startStage();
    const person = await begin(stage);
    expect(person.texts().some((text) => text.includes('Ali <b>'))).toBe(true);
  });
});
