/** Where the money of a bill is, told from its history; and bills opened from lists, which follow what becomes of them. */
import { describe, expect, it } from 'vitest';
import type { Bill } from '../../bills/bill.ts';
import type { BillState } from '../../bills/states.ts';
import { billHistory, bills as billTable } from '../../db/tables.ts';
import { ALI, type BotStage, labels, startBotStage, VALI } from '../bot.fixture.ts';
import { realBills } from '../real-bills.fixture.ts';
import { NOW, sampleBill } from '../samples.fixture.ts';
import { loadTexts } from '../locales/texts.ts';
import { type BillStep, billStepsScreen } from './steps.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const en = loadTexts()('en');

const step = (seconds: number, toState: BillState, cause = 'system'): BillStep => {
  return { at: NOW + seconds * SECOND, toState, cause };
};

function tell(changes: Partial<Bill>, steps: readonly BillStep[]): string {
  const bill = sampleBill({ feeTiyin: 100_000, ...changes });
  const view = { bill, steps, now: NOW + 30 * MINUTE, answerWithinMs: null, from: '-' };
  return billStepsScreen(en, view)
    .text.replaceAll(/<[^>]+>/g, '')
    .replaceAll('\u00a0', ' ');
}

const SENT = [step(0, 'held', 'user'), step(1, 'created'), step(2, 'paying')];
const CARD = { source: 'card', cardId: 'c', cardMask: '8600 **** **** 6412' } as const;

describe('the steps of a bill', () => {
  it('under way say what is on hold meanwhile', () => {
    const told = tell({ state: 'paying' }, SENT);
    expect(told).toContain("✅ 12:00 — you confirmed, and 51 000 so'm was put on hold");
    expect(told).toContain('📤 12:00 — sent to be paid');
    expect(told).toContain("Until then 51 000 so'm stays on hold");
  });

  it('that are unclear say until when that can last', () => {
    const unknownSince = NOW + MINUTE;
    const told = tell({ state: 'unknown', unknownSince }, [...SENT, step(60, 'unknown')]);
    expect(told).toContain('🔎 12:01 — there was no clear answer');
    expect(told).toContain('still unclear at 12:11, our staff decide');
  });

  it('that wait for the staff say since when it knows', () => {
    const steps = [...SENT, step(60, 'unknown'), step(660, 'stuck', 'poll')];
    const told = tell({ state: 'stuck' }, steps);
    expect(told).toContain('Our staff decide. They were told at 12:11.');
    expect(told).toContain('stays on hold');
    const byCard = tell({ ...CARD, state: 'stuck' }, steps);
    expect(byCard).toContain('you confirmed the payment by card');
    expect(byCard).not.toContain('on hold');
  });

  it('that came to an end say who found out, and where the money is', () => {
    const stuck = [...SENT, step(60, 'unknown'), step(660, 'stuck')];
    // What was only noted afterwards is no second payment.
    const once = tell({}, [...SENT, step(3, 'paid'), step(9, 'paid', 'poll')]);
    expect(once.match(/✅ 12:00 — paid/g)).toHaveLength(1);
    const unpaid = tell({ state: 'failed' }, [...stuck, step(900, 'failed', 'owner:900')]);
    expect(unpaid).toContain('our staff found out that it is not paid');
    expect(unpaid).toContain("↩️ 12:15 — 51 000 so'm is back on your balance");
    const paid = tell({}, [...stuck, step(900, 'paid', 'owner:900')]);
    expect(paid).toContain('our staff found out that it is paid');
    expect(tell({ ...CARD, state: 'failed' }, [step(1, 'failed')])).not.toContain('back on');
    const refunded = tell({ state: 'refunded' }, [step(3, 'paid'), step(9, 'refunded')]);
    expect(refunded).toContain("our staff returned 51 000 so'm");
  });

  it('of a card say which code was asked for, and until when it is waited for', () => {
    const steps = [
      step(0, 'drafting', 'user'),
      step(1, 'awaiting_code'),
      step(60, 'paying', 'user'),
      step(61, 'awaiting_code'),
      step(90, 'drafting', 'user'),
      step(91, 'awaiting_code'),
    ];
    const told = tell({ ...CARD, state: 'awaiting_code', dueAt: NOW + 15 * MINUTE }, steps);
    const texts = told.split('\n').filter((line) => line.includes('code'));
    expect(texts.map((line) => line.split(' — ')[1] ?? line)).toEqual([
      'the code was sent by SMS',
      'the code was not accepted; nothing was charged',
      'another code was asked for',
      'the code was sent by SMS',
      'Enter the code from the SMS before 12:15. Otherwise the payment is cancelled by itself and nothing is charged.',
    ]);
  });
});

interface Placed {
  messageId: number;
  alsoIn?: readonly number[];
}

async function stageWith(changes: Partial<Bill>) {
  const stage = await startBotStage((made) => {
    const bills = realBills(made);
    return { bills, ownerBills: bills };
  });
  for (const { id } of [ALI, VALI]) await stage.meet(id);
  const bill = sampleBill(changes);
  await stage.db.tx(async (tx) => {
    await tx.insert(billTable).values(bill);
    const at = { billId: bill.id, cause: 'user' } as const;
    await tx.insert(billHistory).values({ ...at, at: NOW, toState: 'held' });
  });
  return stage;
}

/** Where the news of the bill would be written. */
async function placesOf({ bot }: BotStage): Promise<number[]> {
  const rendered = await bot.render('bill_screen', { billId: 'BILL1' }, {
    chatId: ALI.id,
    language: 'en',
  } as never);
  if (rendered === null) return [];
  const { messageId, alsoIn = [] } = rendered as unknown as Placed;
  return [messageId, ...alsoIn];
}

describe('a bill opened from a list', () => {
  it.each(['unknown', 'stuck', 'paying'] as const)(
    'while it is %s stands below the list, and is told of there when it is clear',
    async (state) => {
      const stage = await stageWith({ state, endedAt: null, paidAt: null });
      await stage.forge('bills:0');
      const list = stage.last();
      const before = stage.count();
      await stage.tap('50');
      expect(stage.count()).toBe(before + 1);
      expect(stage.telegram.message(ALI.id, list.messageId)!.text).toContain('My bills');
      expect(await placesOf(stage)).toEqual([stage.last().messageId]);
      // Its steps stand in the same message, which is told of it all the same.
      const { screen } = await stage.tap('Where is the money');
      expect(screen.text).toContain('put on hold');
      expect(await placesOf(stage)).toEqual([screen.messageId]);
      expect((await stage.tap('Back')).screen.text).toContain('State:');
      expect(stage.count()).toBe(before + 1);
    },
  );

  it('once it is over stands in its place and leads back to the same page', async () => {
    const stage = await stageWith({});
    const later = Array.from({ length: 8 }, (_, index) => {
      const id = `LATER${index}`;
      const own = { id, confirmationId: id, transactionId: id, createdAt: NOW + index + 1 };
      return sampleBill({ ...own, amountTiyin: 100 });
    });
    await stage.db.tx((tx) => tx.insert(billTable).values(later));
    await stage.forge('bills:8');
    const before = stage.count();
    expect((await stage.tap('50')).screen.text).toContain('BILL1');
    await stage.tap('Where is the money');
    await stage.tap('Back');
    const { screen } = await stage.tap('Back');
    expect(screen.text).toContain('My bills');
    expect(labels(screen)).toContain('◀️ Newer');
    expect(stage.count()).toBe(before);
    expect(await placesOf(stage)).toEqual([]);
  });

  it('is nobody else’s to see', async () => {
    const stage = await stageWith({ state: 'stuck' });
    expect(await stage.forge('bill_at:BILL1:b0', VALI.id)).toContain('out of date');
    expect(await stage.forge('bill_steps:BILL1:-', VALI.id)).toContain('out of date');
  });
});
