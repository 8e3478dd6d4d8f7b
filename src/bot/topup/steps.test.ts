/** Where the money of a top-up is, told from its history. */
import { describe, expect, it } from 'vitest';
import { DENIED } from '../../topups/reported.ts';
import type { Topup } from '../../topups/topup.ts';
import { ALI, type BotStage, labels, startBotStage, VALI } from '../bot.fixture.ts';
import { NOW, sampleTopup } from '../samples.fixture.ts';
import { loadTexts } from '../locales/texts.ts';
import { type OrderStep, topupStepsScreen } from './steps.ts';
import { putTopup } from '../topups.fixture.ts';

const MINUTE = 60_000;
const en = loadTexts()('en');

const step = (minutes: number, toState: string, rest: Partial<OrderStep> = {}): OrderStep => {
  return { at: NOW + minutes * MINUTE, toState, cause: 'poll', note: null, ...rest };
};

function tell(
  changes: Partial<Topup>,
  steps: readonly OrderStep[],
  { now = NOW + 10 * MINUTE, watchedUntil = null as number | null } = {},
): string {
  const topup = sampleTopup(changes);
  const view = { topup, steps, watchedUntil, now, answerWithinMs: 30 * MINUTE, from: '-' };
  const { text } = topupStepsScreen(en, view);
  return text.replaceAll(/<[^>]+>/g, '').replaceAll('\u00a0', ' ');
}

const OPENED = [step(0, 'creating', { cause: 'user' }), step(0, 'waiting', { cause: 'user' })];

describe('the steps of a top-up', () => {
  it('that waits say until when it can be paid, and that nobody has to decide', () => {
    const told = tell({}, OPENED);
    expect(told).toContain("Top-up № K7Q2M9XZ · Payfer · 50 001,50 so'm");
    expect(told).toContain('✅ 12:00 — you opened the top-up');
    expect(told).toContain('Pay before 12:05.');
    expect(told).toContain('nobody has to decide');
    expect(told).toContain('As it was at 12:10');
    expect(told).toContain('we answer within 30 min');
  });

  it('that was reported as paid say when that has to be confirmed, and what becomes of it', () => {
    const reported = { reportedPaidAt: NOW + 3 * MINUTE };
    const before = tell(reported, OPENED, { now: NOW + 4 * MINUTE });
    expect(before).toContain('✅ 12:03 — the payment system said that you paid');
    expect(before).toContain('not confirmed by 12:08, our staff are told');
    // Nobody was told while the payment system did not answer.
    expect(tell(reported, OPENED, { now: NOW + 9 * MINUTE })).toContain('We keep asking');
    const denied = step(8, 'waiting', { cause: 'webhook', note: DENIED });
    const after = tell(reported, [...OPENED, denied], { now: NOW + 9 * MINUTE });
    expect(after).toContain('⚠️ 12:08 — asked once more, the payment system does not confirm it');
    expect(after).toContain('Our staff look it up');
  });

  it('that came with another sum say who decides, and since when they know', () => {
    const review = step(2, 'review', { note: 'paid 4000000 tiyin' });
    const told = tell({ state: 'review', paidTiyin: 4_000_000 }, [...OPENED, review]);
    expect(told).toContain("🔎 12:02 — 40 000 so'm came instead of 50 001,50 so'm");
    expect(told).toContain('Our staff decide. They were told at 12:02.');
    const twin = tell({ state: 'review', paidTiyin: 5_000_150 }, [...OPENED, review]);
    expect(twin).toContain('we have to make sure that it is yours');
  });

  it('that was credited end with that, by whom it was', () => {
    const paid = { state: 'paid', paidTiyin: 5_000_150, paidAt: NOW + MINUTE } as const;
    const told = tell(paid, [...OPENED, step(1, 'paid')]);
    expect(told).toContain("✅ 12:01 — 50 001,50 so'm came onto your balance");
    expect(told).toContain('Done.');
    expect(told).not.toContain('Help');
    const byStaff = tell(paid, [...OPENED, step(1, 'paid', { cause: 'staff:900' })]);
    expect(byStaff).toContain('our staff credited');
    const noted = step(9, 'paid', { note: 'debited: 5000150 tiyin' });
    const debited = tell(paid, [...OPENED, step(1, 'paid'), noted]);
    expect(debited).toContain('↩️ 12:09 — the payment system took the payment back');
    expect(debited.match(/came onto/g)).toHaveLength(1);
    // What was only noted is no second credit.
    const left = step(9, 'paid', { note: 'left as it is, although it was taken back' });
    const once = tell(paid, [...OPENED, step(1, 'paid'), left]);
    expect(once.match(/came onto/g)).toHaveLength(1);
  });

  it('that ended unpaid say how long it is looked for, with the date where it is another day', () => {
    const ended = step(5, 'expired', { cause: 'system' });
    const state = { state: 'expired', endedAt: NOW + 5 * MINUTE } as const;
    const watchedUntil = NOW + 72 * 60 * MINUTE;
    const told = tell(state, [...OPENED, ended], { watchedUntil });
    expect(told).toContain('⌛ 12:05 — the time to pay ran out');
    expect(told).toContain('credited by itself until 08.01.2026 12:00');
    expect(tell(state, [...OPENED, ended])).toContain('not looked for any more');
    const mine = { ...step(1, 'cancelled'), cause: 'user' };
    expect(tell({ state: 'cancelled', endedAt: NOW }, [mine])).toContain('you cancelled it');
    const theirs = step(1, 'cancelled');
    expect(tell({ state: 'cancelled', endedAt: NOW }, [theirs])).toContain('it was closed');
    const never = { state: 'failed', endedAt: NOW, providerOrder: null } as const;
    expect(tell(never, [step(0, 'failed')])).toContain('nothing can have been paid');
  });
});

async function stageWith(changes: Partial<Topup> = {}): Promise<BotStage> {
  const stage = await startBotStage();
  for (const { id } of [ALI, VALI]) await stage.meet(id);
  await putTopup(stage.db, changes);
  return stage;
}

describe('the button of the steps', () => {
  it('stands under a waiting order, whose one message shows them and is the order again', async () => {
    const stage = await stageWith();
    await stage.forge('order:show:K7Q2M9XZ');
    const before = stage.count();
    const { screen } = await stage.tap('Where is the money');
    expect(screen.text).toContain('you opened the top-up');
    expect(stage.count()).toBe(before);
    expect((await stage.topups.get('K7Q2M9XZ'))!.screenMessageId).toBe(screen.messageId);
    const back = await stage.tap('Back');
    expect(back.screen.text).toContain('Exact sum');
    expect(stage.count()).toBe(before);
  });

  it('opens by itself at a check once the payment was reported', async () => {
    const stage = await stageWith({ reportedPaidAt: NOW });
    await stage.forge('order:show:K7Q2M9XZ');
    const { screen, toast } = await stage.tap('Check payment');
    expect(toast).toContain('not arrived yet');
    expect(screen.text).toContain('the payment system said that you paid');
  });

  it('leads from a list to the payment, to its steps and back to the same page', async () => {
    const stage = await stageWith({
      state: 'paid',
      paidTiyin: 5_000_150,
      paidAt: NOW,
      endedAt: NOW,
    });
    for (let index = 0; index < 8; index += 1) {
      await putTopup(stage.db, {
        id: `LATER${index}`,
        state: 'cancelled',
        createdAt: NOW + index + 1,
      });
    }
    await stage.forge('history:0');
    await stage.tap('Older');
    const before = stage.count();
    const order = await stage.tap('✅ 50');
    expect(order.screen.text).toContain('K7Q2M9XZ');
    await stage.tap('Where is the money');
    const again = await stage.tap('Back');
    expect(again.screen.text).toContain('State: paid');
    const list = await stage.tap('Back');
    expect(list.screen.text).toContain('Payment history');
    expect(labels(list.screen)).toContain('◀️ Newer');
    expect(stage.count()).toBe(before);
  });

  it('shows nothing of somebody else', async () => {
    const stage = await stageWith();
    expect(await stage.forge('topup_steps:K7Q2M9XZ:-', VALI.id)).toContain('out of date');
    expect(await stage.forge('topup_at:K7Q2M9XZ:a0', VALI.id)).toContain('out of date');
  });
});
