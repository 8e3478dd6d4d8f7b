import { describe, expect, it } from 'vitest';
import { ADJUSTMENTS, userAvailable } from '../../ledger/accounts.ts';
import { hold, release } from '../../ledger/holds.ts';
import { post, userBalance } from '../../ledger/ledger.ts';
import { topups } from '../../db/tables.ts';
import type { MessageView } from '../../../sandbox/telegram/types.ts';
import { ALI, type BotStage, labels, startBotStage, VALI } from '../bot.fixture.ts';
import { NOW } from '../samples.fixture.ts';
import { startPayStage } from '../pay.fixture.ts';
import { changeTopup, putTopup } from '../topups.fixture.ts';

async function credit(stage: BotStage, amountTiyin: number): Promise<void> {
  await stage.db.tx(async (tx) => {
    await post(tx, {
      key: 'test',
      kind: 'credit',
      actor: 'system',
      at: NOW,
      lines: [
        { account: ADJUSTMENTS, amountTiyin: -amountTiyin },
        { account: userAvailable(ALI.id), amountTiyin },
      ],
    });
  });
}

describe('/balance', () => {
  it('shows what there is, and what is held only when something is', async () => {
    const stage = await startBotStage();
    await stage.meet();
    await credit(stage, 7_500_050);
    const screen = await stage.say('/balance');
    expect(screen.text).toContain("Balance: 75\u00a0000,50\u00a0so'm");
    expect(screen.text).not.toContain('On hold');
    expect(screen.html).toContain('Ali &lt;b&gt; @ali_test');

    await stage.db.tx((tx) =>
      hold(tx, { id: 'bill:1', userId: ALI.id, amountTiyin: 2_500_000, at: NOW }),
    );
    expect((await stage.say('👤 My account')).text).toContain("On hold: 25\u00a0000\u00a0so'm");
  });

  it('shows what came and is under review, of this person alone, beside it', async () => {
    const stage = await startBotStage();
    await stage.meet();
    const review = { provider: 'payfer', state: 'review', paidTiyin: 4_000_000 } as const;
    const sums = { baseTiyin: 5_000_000, amountTiyin: 5_000_000, createdAt: NOW, expiresAt: NOW };
    const put = async (id: string, userId: number) =>
      await stage.db.tx((tx) =>
        tx.insert(topups).values({ ...review, ...sums, id, orderCode: id, userId }),
      );
    await put('R1', VALI.id);
    expect((await stage.say('/balance')).text).not.toContain('Under review');
    await put('R2', ALI.id);
    await put('R3', ALI.id);
    const { text } = await stage.say('/balance');
    expect(text).toContain("🔎 Under review: 80\u00a0000\u00a0so'm");
    expect(text).toContain("Balance: 0\u00a0so'm");
  });
});

describe('/history', () => {
  it('lists what came and went with the balance after each, and what is on the balance last', async () => {
    const { stage } = await startPayStage();
    await stage.db.tx(async (tx) => {
      await hold(tx, { id: 'bill:B1', userId: ALI.id, amountTiyin: 2_500_000, at: NOW });
      await release(tx, { id: 'bill:B1', at: NOW });
      await hold(tx, { id: 'bill:B2', userId: ALI.id, amountTiyin: 1_000_000, at: NOW });
    });
    const { availableTiyin } = await userBalance(stage.db.read, ALI.id);
    const screen = await stage.say('/history');
    const [first = '', ...rest] = screen.text.split('\n').filter((line) => /^\d\. /.test(line));
    expect(first).toBe("1. −10\u00a0000\u00a0so'm · Bill №\u00a0B2");
    expect(rest[0]).toBe("2. +25\u00a0000\u00a0so'm · Bill not paid, money returned №\u00a0B1");
    expect(screen.text).toContain(`balance ${(availableTiyin / 100).toLocaleString('ru')}`);
    expect(labels(screen)).toContain('📜 My bills');

    const { screen: came } = await stage.tap('➕ In');
    expect(came.text).not.toContain('−');
    expect(came.messageId).toBe(screen.messageId);
    const { screen: went } = await stage.tap('➖ Out');
    expect(went.text.match(/−/g)).toHaveLength(2);
  });

  async function withTopups(count: number): Promise<BotStage> {
    const stage = await startBotStage();
    await stage.meet();
    for (let n = 1; n <= count; n += 1) {
      await putTopup(stage.db, {
        id: `T${n}`,
        amountTiyin: n * 100_000,
        state: 'paid',
        paidAt: NOW,
      });
      await stage.db.tx(async (tx) => {
        const key = `topup:T${n}`;
        const lines = [
          { account: ADJUSTMENTS, amountTiyin: -n * 100_000 },
          { account: userAvailable(ALI.id), amountTiyin: n * 100_000 },
        ];
        await post(tx, { key, kind: 'topup', actor: 'system', at: NOW, lines });
      });
    }
    return stage;
  }

  /** The words of a table's cells, row by row. */
  function cellsOf({ rich }: MessageView): unknown[][] {
    const table = rich?.find((block) => block.type === 'table');
    return table?.type === 'table' ? table.cells.map((row) => row.map(({ text }) => text)) : [];
  }

  it('is a table for whoever asks for one, of longer pages, and a list again', async () => {
    const stage = await withTopups(14);
    const { messageId } = await stage.say('/history');
    const { screen: table } = await stage.tap('📊 As a table');
    expect(table).toMatchObject({ messageId, text: '' });
    const [head, ...rows] = cellsOf(table);
    expect(head).toEqual(['Time (Tashkent)', 'What happened', "Sum, so'm", "Balance, so'm"]);
    expect(rows).toHaveLength(12);
    expect(rows[0]).toEqual(['05.01 12:00', 'Top-up №\u00a0T14', '+14\u00a0000', '105\u00a0000']);
    const { screen: older } = await stage.tap('Older');
    expect(cellsOf(older).slice(1)).toEqual([
      ['05.01 12:00', 'Top-up №\u00a0T2', '+2\u00a0000', '3\u00a0000'],
      ['05.01 12:00', 'Top-up №\u00a0T1', '+1\u00a0000', '1\u00a0000'],
    ]);
    const { screen: list } = await stage.tap('☰ As a list');
    expect(list).toMatchObject({ messageId, rich: null });
    expect(list.text).toContain("1. +2\u00a0000\u00a0so'm");
    // A page of the list in the middle of the table's first.
    await stage.tap('Newer');
    expect(cellsOf((await stage.tap('📊 As a table')).screen)).toHaveLength(13);
    const { screen: went } = await stage.tap('➖ Out');
    expect(went.text).toContain('Nothing of this kind');
    expect(labels(went)).not.toContain('📊 As a table');
  });

  it('stays a list where Telegram knows no tables, and then offers none', async () => {
    const stage = await withTopups(7);
    await stage.say('/history');
    stage.telegram.setOld(true);
    const { screen } = await stage.tap('📊 As a table');
    expect(screen).toMatchObject({ rich: null });
    expect(screen.text).toContain("1. +7\u00a0000\u00a0so'm");
    expect(labels(screen)).not.toContain('📊 As a table');
    expect(labels(await stage.say('/history'))).not.toContain('📊 As a table');
    const refused = stage.telegram.calls().filter(({ body }) => 'rich_message' in body);
    expect(refused).toHaveLength(1);
  });

  it('turns its pages, and opens the payment of a line', async () => {
    const stage = await withTopups(8);
    const first = await stage.say('/history');
    expect(first.text).toContain('1. +8\u00a0000');
    expect(first.text).toContain("balance 36\u00a0000\u00a0so'm");
    const { screen: second } = await stage.tap('Older');
    expect(second.text).toContain("2. +1\u00a0000\u00a0so'm · Top-up №\u00a0T1");
    expect(second.text).toContain("balance 1\u00a0000\u00a0so'm");
    await stage.tap('Newer');
    const { screen: opened } = await stage.tap('2');
    expect(opened.text).toContain('T7');
  });
});

describe('the list of top-ups', () => {
  it('turns pages in place, newest first', async () => {
    const stage = await startBotStage();
    await stage.meet();
    for (let n = 1; n <= 18; n += 1) {
      const over = (['paid', 'expired', 'cancelled', 'failed'] as const)[n % 4]!;
      const state = n === 15 ? 'waiting' : over;
      await putTopup(stage.db, {
        id: `T${n}`,
        amountTiyin: n * 100_000,
        state,
        createdAt: NOW + n,
      });
    }
    await stage.say('/history');
    const { screen: first } = await stage.tap('➕ Top-ups');
    expect(labels(first)).toHaveLength(10);
    expect(labels(first)[0]).toBe("❌ 18\u00a0000\u00a0so'm · 05.01 12:00 · Payfer");
    expect(labels(first)[1]).toContain('⌛ 17\u00a0000');
    expect(labels(first)[2]).toContain('✅ 16\u00a0000');
    expect(labels(first)[3]).toContain('⏳ 15\u00a0000');
    expect(labels(first).slice(8)).toEqual(['Older ▶️', '🏠 Main menu']);

    const { screen: second } = await stage.tap('Older');
    expect(second.messageId).toBe(first.messageId);
    expect(labels(second).slice(8)).toEqual(['◀️ Newer', 'Older ▶️', '🏠 Main menu']);

    const { screen: third } = await stage.tap('Older');
    expect(labels(third)).toHaveLength(4);
    const { screen: entry } = await stage.tap('2\u00a0000');
    expect(labels(entry)).toEqual([
      '🧭 Where is the money?',
      '⬅️ Back',
      "🔁 Once more: 50\u00a0000\u00a0so'm",
      '💬 Help',
      '🏠 Main menu',
    ]);
    expect((await stage.tap('Back')).screen.inlineKeyboard).toEqual(third.inlineKeyboard);
  });

  it('opens a live order with its buttons and a paid one with its receipt', async () => {
    const stage = await startBotStage();
    await stage.meet();
    await putTopup(stage.db, { id: 'LIVE', createdAt: NOW + 1 });
    await putTopup(stage.db, {
      id: 'PAID',
      state: 'paid',
      paidTiyin: 5_000_150,
      paidAt: NOW,
      receiptUrl: 'https://receipt.example/1',
    });
    await stage.say('/history');
    await stage.tap('➕ Top-ups');
    await stage.tap('⏳');
    const live = stage.last();
    expect(labels(live)).toContain('✅ Check payment');
    expect((await stage.topups.get('LIVE'))!.screenMessageId).toBe(live.messageId);

    // The list stands above.
    const { screen: paid } = await stage.tap('✅ 50');
    expect(paid.inlineKeyboard.flat()).toContainEqual({
      text: '🏛 Fiscal receipt',
      url: 'https://receipt.example/1',
    });
    expect(paid.text).toContain('05.01.2026 12:00');
  });

  it("does not open somebody else's payment", async () => {
    const stage = await startBotStage();
    await stage.meet();
    await putTopup(stage.db, { id: 'MINE' });
    await stage.say('/history');
    await stage.tap('➕ Top-ups');
    await changeTopup(stage.db, 'MINE', { userId: 102 });
    expect((await stage.tap('⏳')).toast).toContain('out of date');
  });

  it('has a way on when it is empty', async () => {
    const stage = await startBotStage();
    await stage.meet();
    expect(labels(await stage.say('/history'))).toContain('💰 Top up balance');
    const { screen } = await stage.tap('➕ Top-ups');
    expect(labels(screen)).toEqual(['💰 Top up balance', '🏠 Main menu']);
    expect((await stage.tap('Top up')).screen.text).toContain('Choose how to pay');
  });
});

describe('/help', () => {
  it('speaks of bills, fees and unclear payments where bills can be paid, and ends with the commands', async () => {
    const { text: whole } = await (await startPayStage()).stage.say('/help');
    for (const words of ['How do I pay bills?', 'Is there a fee?', '“being checked”']) {
      expect(whole).toContain(words);
    }
    expect(whole.split('\n').at(-1)).toContain('/homes');

    const without = await startBotStage();
    await without.meet();
    expect((await without.say('/help')).text).not.toContain('fee');
  });
});
