/** Receipts and notices of money stay what they are: whatever is pressed on them opens below. */
import { describe, expect, it } from 'vitest';
import type { OutboxKind, OutboxParams } from '../../outbox/kinds.ts';
import type { BillState } from '../../bills/states.ts';
import { ALI, type BotStage, labels } from '../bot.fixture.ts';
import { NOW } from '../samples.fixture.ts';
import { messageOptions } from '../../core/telegram-format.ts';
import type { Message } from '../kit/screen.ts';
import { loadTexts } from '../locales/texts.ts';
import { billPaidNews } from '../pay/bill-screens.ts';
import { atConfirm, type PayStage, startPayStage } from '../pay.fixture.ts';
import { putTopup } from '../topups.fixture.ts';

async function put(stage: BotStage, { text, keyboard }: Message): Promise<number> {
  const sent = await stage.bot.bot.api.sendMessage(ALI.id, text, messageOptions(keyboard));
  return sent.message_id;
}

async function deliver<K extends OutboxKind>(
  stage: BotStage,
  kind: K,
  params: OutboxParams[K],
): Promise<number> {
  const rendered = await stage.bot.render(kind, params, { chatId: ALI.id, language: 'en' });
  if (rendered?.method !== 'send') throw new Error(`${kind} sends nothing`);
  return await put(stage, rendered);
}

/** Presses each of a message's other buttons in turn; those that put something in its place, or show nothing. */
async function notOpening(
  stage: BotStage,
  messageId: number,
  but: readonly string[] = [],
): Promise<string[]> {
  const { text, inlineKeyboard } = stage.telegram.message(ALI.id, messageId)!;
  const wrong: string[] = [];
  for (const button of inlineKeyboard.flat()) {
    if (!('callback_data' in button) || but.some((each) => button.text.includes(each))) continue;
    const { answer } = stage.telegram.tap(ALI.id, messageId, { data: button.callback_data });
    await stage.pump();
    await answer;
    const stands = stage.telegram.message(ALI.id, messageId)?.text === text;
    // Refreshing shows its own later state.
    const opens = stage.last().messageId > messageId || button.text.includes('Refresh');
    if (!stands || !opens) wrong.push(button.text);
  }
  return wrong;
}

const PAID = { state: 'paid', paidTiyin: 5_000_150, paidAt: NOW, endedAt: NOW } as const;

async function atPaid(): Promise<PayStage> {
  const pay = await startPayStage();
  await atConfirm(pay);
  await pay.stage.tap('Pay 50');
  return pay;
}

describe('the receipt of a bill', () => {
  it('stands while the same is begun once more and cancelled', async () => {
    const { stage } = await atPaid();
    const receipt = stage.last();
    expect(receipt.text).toContain('The bill is paid');
    await stage.tap('Pay again');
    const begun = stage.last();
    expect(begun.messageId).not.toBe(receipt.messageId);
    await stage.tap('❌ Cancel');
    expect(stage.telegram.message(ALI.id, begun.messageId)?.text).toContain('Nothing was paid');
    expect(stage.telegram.message(ALI.id, receipt.messageId)?.text).toBe(receipt.text);
  });

  it('stands while its account is saved, and only the question goes', async () => {
    const { stage } = await atPaid();
    const receipt = stage.last();
    await stage.tap('⭐ Save');
    const asked = stage.last();
    const saved = await stage.say('Home');
    expect(saved.text).toContain('Saved');
    expect(saved.text).not.toContain('№');
    expect(stage.telegram.message(ALI.id, asked.messageId)).toBeUndefined();
    expect(stage.telegram.message(ALI.id, receipt.messageId)?.text).toBe(receipt.text);
  });

  it.each(['working', 'unknown', 'stuck', 'paid', 'failed', 'refunded'])(
    'opens what its buttons lead to below it: %s',
    async (state) => {
      const { stage, bills } = await startPayStage();
      await bills.put({ state: (state === 'working' ? 'paying' : state) as BillState });
      await stage.say('/pay');
      await stage.forge('+bill:show:BILL1');
      const { messageId, text } = stage.last();
      expect(text).toContain('BILL1');
      // Of a bill that is not over its steps are told in its one message, which follows it.
      const inPlace = ['working', 'unknown', 'stuck'].includes(state) ? ['Where is'] : [];
      expect(await notOpening(stage, messageId, inPlace)).toEqual([]);
    },
  );
});

describe('a notice of money', () => {
  it('of a top-up stands while what waits for it goes on', async () => {
    const pay = await startPayStage(0);
    const { stage } = pay;
    await atConfirm(pay);
    expect(stage.last().text).toContain('not enough');
    await putTopup(stage.db, { id: 'ORDER1', ...PAID });
    const notice = await deliver(stage, 'topup_paid', { topupId: 'ORDER1', late: false });
    expect(labels(stage.telegram.message(ALI.id, notice)!)).toContain('▶️ Continue the payment');
    expect(await notOpening(stage, notice)).toEqual([]);
  });

  it.each([
    ['topup_interrupted', { topupId: 'ORDER1' }],
    ['topup_review', { topupId: 'ORDER1' }],
    ['topup_refused', { topupId: 'ORDER1' }],
    ['adjustment', { amountTiyin: 100, reason: 'test' }],
  ] as const)('stands: %s', async (kind, params) => {
    const { stage } = await startPayStage();
    await putTopup(stage.db, { id: 'ORDER1', ...PAID });
    expect(await notOpening(stage, await deliver(stage, kind, params))).toEqual([]);
  });

  it('of a bill stands', async () => {
    const { stage, bills } = await startPayStage();
    const bill = await bills.put({ id: 'B1' });
    const t = loadTexts()('en');
    const notice = await put(stage, billPaidNews(t, { bill, availableTiyin: 1 }));
    expect(await notOpening(stage, notice)).toEqual([]);
  });
});

describe('a paid order', () => {
  it('shows where its money is, and nothing that would replace it', async () => {
    const { stage } = await startPayStage();
    await stage.say('/topup');
    await stage.tap('Card transfer');
    await stage.say('50000');
    stage.system('payfer').onCheck = () => ({ kind: 'paid', paidTiyin: 5_000_150 });
    const { screen } = await stage.tap('Check payment');
    expect(labels(screen)).toEqual(['🧾 Receipt', '🧭 Where is the money?', '🏠 Main menu']);
    expect(await notOpening(stage, screen.messageId)).toEqual([]);
  });
});
