import { describe, expect, it } from 'vitest';
import { LANGUAGES, type Language } from '../../core/language.ts';
import type { AlarmParams, OutboxKind, OutboxParams } from '../../outbox/kinds.ts';
import { type Rendered } from '../../outbox/sender.ts';
import { PROBLEMS, type ProblemCode } from '../../topups/provider.ts';
import { ALI, type BotStage, labels, OWNER, startBotStage } from '../bot.fixture.ts';
import { NOW } from '../samples.fixture.ts';
import { messageOptions } from '../../core/telegram-format.ts';
import { changeTopup, putTopup } from '../topups.fixture.ts';

const PAID = { state: 'paid', paidTiyin: 5_000_150, paidAt: NOW, endedAt: NOW } as const;

async function render<K extends OutboxKind>(
  stage: BotStage,
  kind: K,
  params: OutboxParams[K],
  language: Language = 'en',
): Promise<Rendered | null> {
  return await stage.bot.render(kind, params, { chatId: ALI.id, language });
}

/** Does as the outbox does: the simulation refuses what Telegram would. */
async function deliver(stage: BotStage, rendered: Rendered | null, chatId = ALI.id): Promise<void> {
  if (rendered === null) throw new Error('nothing to deliver');
  const { api } = stage.bot.bot;
  if (rendered.method === 'send') {
    await api.sendMessage(chatId, rendered.text, messageOptions(rendered.keyboard));
  } else if (rendered.method === 'edit') {
    const other = messageOptions(rendered.keyboard);
    await api.editMessageText(chatId, rendered.messageId, rendered.text, other);
  } else {
    throw new Error('nothing is copied here');
  }
}

describe("the order's screen", () => {
  it('turns into a receipt where it stands', async () => {
    const stage = await startBotStage();
    await stage.meet();
    await stage.say('/topup');
    await stage.tap('Card transfer');
    const { messageId } = await stage.say('50000');
    const { id: topupId } = await stage.order();
    await changeTopup(stage.db, topupId, PAID);
    await deliver(stage, await render(stage, 'topup_screen', { topupId }));
    const screen = stage.telegram.message(ALI.id, messageId)!;
    expect(screen.text).toContain('State: paid');
    expect(labels(screen)).toEqual(['🧾 Receipt', '🧭 Where is the money?', '🏠 Main menu']);
  });

  it('is left alone when nobody has seen it or it is gone', async () => {
    const stage = await startBotStage();
    await putTopup(stage.db, { id: 'UNSEEN' });
    expect(await render(stage, 'topup_screen', { topupId: 'UNSEEN' })).toBeNull();
    expect(await render(stage, 'topup_screen', { topupId: 'NONE' })).toBeNull();
    expect(await render(stage, 'topup_paid', { topupId: 'NONE', late: false })).toBeNull();
  });
});

const ALARMS: AlarmParams[] = [
  ...Object.keys(PROBLEMS).map((problem): AlarmParams => {
    return {
      kind: 'provider_problem',
      provider: 'rasmiypay',
      problem: problem as ProblemCode,
      detail: "<Do'kon> topilmadi!",
    };
  }),
  { kind: 'unreadable_payment', provider: 'payfer', topupId: 'T1' },
  { kind: 'unreadable_payment', provider: 'payfer', topupId: 'T1', detail: 'its sum is "<5>"' },
  { kind: 'unknown_word', provider: 'payfer', topupId: 'T1', word: '<done>', soundsPaid: true },
  { kind: 'unknown_word', provider: 'payfer', topupId: 'T1', word: '', soundsPaid: false },
  {
    kind: 'unknown_word',
    provider: 'payfer',
    topupId: 'T1',
    word: 'failed',
    soundsPaid: false,
    settled: true,
  },
  { kind: 'paid_unopened', provider: 'payfer', topupId: 'T1' },
  {
    kind: 'provider_paused',
    provider: 'payfer',
    problem: 'timeout',
    detail: '<x>',
    pausedAt: NOW,
    trialAt: NOW + 1,
  },
  { kind: 'provider_resumed', provider: 'payfer', pausedAt: NOW },
  { kind: 'float_low', leftTiyin: -100, alertTiyin: 500 },
  { kind: 'float_short', leftTiyin: -100, neededTiyin: 500 },
  { kind: 'float_needed', leftTiyin: 100, neededTiyin: 500 },
  {
    kind: 'books_broken',
    findings: Array.from({ length: 100 }, (_, n) => `<${n}> ${'x'.repeat(500)}`),
  },
  { kind: 'bills_not_compared', day: '2026-01-04', problem: 'wrong_keys', nextAt: NOW },
  { kind: 'clock_jumped', wallAt: NOW + 1, countedAt: NOW },
  { kind: 'restored_ahead', notedAt: NOW + 1, now: NOW },
  { kind: 'database_trouble', trouble: 'unwritable', detail: 'SQLITE_FULL' },
  { kind: 'program_error', where: '<anonymous>' },
];

describe.each(LANGUAGES)('messages in %s', (language) => {
  it('to the user say what happened and reach Telegram', async () => {
    const stage = await startBotStage();
    await stage.meet();
    await putTopup(stage.db, { id: 'T1', ...PAID, screenMessageId: 1 });
    const messages: (Rendered | null)[] = [
      await render(stage, 'topup_paid', { topupId: 'T1', late: false }, language),
      await render(stage, 'topup_paid', { topupId: 'T1', late: true }, language),
      await render(stage, 'topup_review', { topupId: 'T1' }, language),
      await render(stage, 'topup_refused', { topupId: 'T1' }, language),
      await render(stage, 'topup_interrupted', { topupId: 'T1' }, language),
      await render(stage, 'adjustment', { amountTiyin: 100, reason: '<i>' }, language),
      await render(stage, 'adjustment', { amountTiyin: -100, reason: '<i>' }, language),
    ];
    for (const message of messages) await deliver(stage, message);
    expect(new Set(messages.map((message) => message?.text)).size).toBe(messages.length);
    expect(messages[0]?.text).toContain('50\u00a0001,50');
    expect(messages[6]?.text).toContain('&lt;i&gt;');
    expect(messages[6]?.text).not.toContain('−');
  });

  it('to owners say what to do and reach Telegram', async () => {
    const stage = await startBotStage();
    await stage.meet(OWNER.id);
    for (const alarm of ALARMS) {
      const message = await render(stage, 'owner_alarm', { alarm, times: 3 }, language);
      await deliver(stage, message, OWNER.id);
      expect(message?.text).toContain('3');
    }
    const texts = stage.telegram.messages(OWNER.id).slice(-ALARMS.length);
    expect(new Set(texts.map(({ text }) => text)).size).toBe(ALARMS.length);
  });
});

describe('the alarm about money on an own balance', () => {
  it('names who it was, and asks nobody to ask themselves', async () => {
    const stage = await startBotStage();
    await stage.meet();
    const alarm = {
      kind: 'own_credit',
      actionId: 'a',
      personId: ALI.id,
      amountTiyin: 100,
      reason: 'r',
    } as const;
    const own = await render(stage, 'owner_alarm', { alarm, times: 1 });
    expect(own?.text).toContain('It was you');
    expect(own?.text).not.toContain('Ask them');
    const told = { chatId: OWNER.id, language: 'en' } as const;
    const others = await stage.bot.render('owner_alarm', { alarm, times: 1 }, told);
    expect(others?.text).toContain('Ask them');
    expect(others?.text).toContain('@ali_test');
  });
});

describe("the owners' message about a review", () => {
  it('leads to the decision, and is dropped once that is taken', async () => {
    const stage = await startBotStage();
    await stage.meet();
    await stage.meet(OWNER.id);
    await putTopup(stage.db, { id: 'REV1', state: 'review', paidTiyin: 4_000_000 });
    const message = await render(stage, 'owner_review', { topupId: 'REV1' });
    await deliver(stage, message, OWNER.id);
    expect(stage.last(OWNER.id).html).toContain('Ali &lt;b&gt;');
    expect((await stage.tap('Credit it', OWNER.id)).screen.text).toContain('Do you confirm?');
    await changeTopup(stage.db, 'REV1', { state: 'paid' });
    expect(await render(stage, 'owner_review', { topupId: 'REV1' })).toBeNull();
  });
});
