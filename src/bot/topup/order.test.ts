import { describe, expect, it } from 'vitest';
import { ORDER_ACTIONS, tapData } from '../kit/callbacks.ts';
import { ALI, type BotStage, labels, startBotStage, VALI } from '../bot.fixture.ts';
import { NOW } from '../samples.fixture.ts';
import { changeTopup } from '../topups.fixture.ts';

async function atOrder(): Promise<BotStage> {
  const stage = await startBotStage();
  await stage.meet();
  await stage.say('/topup');
  await stage.tap('Card transfer');
  await stage.say('50000');
  return stage;
}

function edits(stage: BotStage): number {
  return stage.telegram.calls('editMessageText').length;
}

describe('the check button', () => {
  it('says that the money has not come and leaves the screen alone', async () => {
    const stage = await atOrder();
    const before = edits(stage);
    expect((await stage.tap('Check payment')).toast).toContain('not arrived yet');
    expect(edits(stage)).toBe(before);
  });

  it('says when it was pressed too soon', async () => {
    const stage = await atOrder();
    stage.system('payfer').minCheckIntervalMs = 5000;
    await stage.tap('Check payment');
    expect((await stage.tap('Check payment')).toast).toContain('a moment ago');
  });

  it.each([
    ['timeout', 'not answering'],
    ['rate_limited', 'many requests'],
    ['budget_spent', 'many requests'],
    ['maintenance', 'under maintenance'],
    ['server_error', 'has a fault'],
    ['unknown_order', 'does not see this top-up yet'],
    ['unreadable_payment', 'staff will check'],
    ['wrong_keys', 'we know and are on it'],
    ['monthly_fee_unpaid', 'we know and are on it'],
  ] as const)('says why nobody knows: %s', async (problem, words) => {
    const stage = await atOrder();
    stage.system('payfer').onCheck = () => ({ kind: 'problem', code: problem });
    expect((await stage.tap('Check payment')).toast).toContain(words);
  });

  it.each([
    ['paid', 5_000_150, 'Payment received', 'The money is on your balance'],
    ['review', 5_000_000, 'looking at this payment', 'differs from the one we expected'],
    // The same sum: another order may have been paid by the same transfer.
    ['review', 5_000_150, 'looking at this payment', 'reaches the right person'],
    ['expired', 5_000_150, 'is closed', "don't transfer money"],
  ] as const)(
    'turns the screen into what a %s order of %i is',
    async (state, paidTiyin, ...said) => {
      const [toast, words] = said;
      const stage = await atOrder();
      const { id } = await stage.order();
      await changeTopup(stage.db, id, { state, paidTiyin, paidAt: NOW, endedAt: NOW });
      const tapped = await stage.tap('Check payment');
      expect(tapped.toast).toContain(toast);
      expect(tapped.screen.text).toContain(words);
      const receipt = state === 'paid' ? ['🧾 Receipt'] : [];
      const again = state === 'expired' ? ["🔁 Once more: 50\u00a0000\u00a0so'm"] : [];
      const help = state === 'paid' ? [] : ['💬 Help'];
      const steps = ['🧭 Where is the money?'];
      expect(labels(tapped.screen)).toEqual([
        ...receipt,
        ...again,
        ...steps,
        ...help,
        '🏠 Main menu',
      ]);
    },
  );
});

it.each([
  ['paid', 5_000_150, { kind: 'paid', paidTiyin: 5_000_150 }],
  ['review', 5_000_000, { kind: 'paid', paidTiyin: 5_000_000 }],
  ['waiting', null, { kind: 'pending' }],
  ['expired', null, { kind: 'closed', as: 'expired' }],
] as const)(
  'checked, an order is as the payment system says: %s',
  async (state, paidTiyin, said) => {
    const stage = await atOrder();
    stage.system('payfer').onCheck = () => said;
    await stage.tap('Check payment');
    expect(await stage.order()).toMatchObject({ state, paidTiyin });
  },
);

describe("the buttons of somebody else's order", () => {
  it.each(ORDER_ACTIONS)('are old: %s', async (action) => {
    const stage = await atOrder();
    await stage.meet(VALI.id);
    const data = tapData({ kind: 'order', action, topupId: (await stage.order()).id });
    await stage.bot.bot.api.sendMessage(VALI.id, 'forged', {
      reply_markup: { inline_keyboard: [[{ text: 'Forged', callback_data: data }]] },
    });
    const { toast, screen } = await stage.tap('Forged', VALI.id);
    expect(toast).toContain('out of date');
    expect(screen.text).toBe('forged');
    expect((await stage.order()).state).toBe('waiting');
  });
});

describe('the cancel button', () => {
  it('asks once, goes back, or cancels', async () => {
    const stage = await atOrder();
    const { screen: question } = await stage.tap('❌ Cancel');
    expect(question.text).toContain('Really cancel');
    expect(question.text).toContain('If you have already sent the money');

    expect((await stage.tap('No, go back')).screen.text).toContain('Exact sum');
    expect((await stage.order()).state).toBe('waiting');

    await stage.tap('❌ Cancel');
    const { toast, screen } = await stage.tap('Yes, cancel it');
    expect(toast).toContain('cancelled');
    expect(screen.text).toContain('State: cancelled');
    expect(labels(screen)).toEqual([
      "🔁 Once more: 50\u00a0000\u00a0so'm",
      '🧭 Where is the money?',
      '💬 Help',
      '🏠 Main menu',
    ]);
    await stage.tap('Once more');
    expect(stage.last().text).toContain('Exact sum');
  });

  it('says the same when it runs again', async () => {
    const stage = await atOrder();
    await stage.tap('❌ Cancel');
    await stage.tap('Yes, cancel it');
    await stage.again();
    expect(stage.last().text).toContain('State: cancelled');
  });

  it('shows the receipt when the money was faster', async () => {
    const stage = await atOrder();
    await stage.tap('❌ Cancel');
    const { id } = await stage.order();
    await changeTopup(stage.db, id, { state: 'paid', paidTiyin: 5_000_150, paidAt: NOW });
    const { toast, screen } = await stage.tap('Yes, cancel it');
    expect(toast).toContain('is closed');
    expect(screen.text).toContain('State: paid');
  });
});

describe('/cancel', () => {
  it('asks about the open order, in the one message that it has', async () => {
    const stage = await atOrder();
    const shown = stage.last();
    const question = await stage.say('/cancel');
    expect(question.text).toContain('Really cancel');
    expect(question.text).toContain('If you have already sent the money');
    expect(stage.telegram.message(ALI.id, shown.messageId)).toBeUndefined();
    expect((await stage.tap('No, go back')).screen.text).toContain('Exact sum');
    await stage.say('/cancel');
    expect((await stage.tap('Yes, cancel it')).screen.text).toContain('State: cancelled');
    expect((await stage.say('/cancel')).text).toContain('nothing to cancel');
  });

  it('leaves the order alone where something else was being asked', async () => {
    const stage = await atOrder();
    await stage.say('/topup');
    expect((await stage.say('/cancel')).text).toContain('Cancelled');
    expect((await stage.say('/cancel')).text).toContain('Really cancel');
  });
});

describe('a screen that was deleted', () => {
  it('is sent anew', async () => {
    const stage = await atOrder();
    const { message, data } = stage.find('❌ Cancel');
    stage.telegram.tap(ALI.id, message.messageId, { data });
    stage.telegram.deleteMessage(ALI.id, message.messageId);
    await stage.pump();
    expect(stage.last().text).toContain('Really cancel');
  });
});
