/** Asking for a receipt, and having one checked by the staff. */
import { createCanvas, loadImage } from '@napi-rs/canvas';
import jsqr from 'jsqr';
import { describe, expect, it } from 'vitest';
import type { Bill } from '../../bills/bill.ts';
import { bills as billTable, quotaUses } from '../../db/tables.ts';
import { QUOTAS } from '../../quotas/limits.ts';
import type { Receipts } from '../../receipts/receipts.ts';
import type { Topup } from '../../topups/topup.ts';
import { ALI, type BotStage, OWNER, startBotStage, VALI } from '../bot.fixture.ts';
import { realBills } from '../real-bills.fixture.ts';
import { NOW, sampleBill } from '../samples.fixture.ts';
import { putTopup } from '../topups.fixture.ts';

const PAID = { state: 'paid', paidTiyin: 5_000_150, paidAt: NOW } as const;

const BILL: Partial<Bill> = {
  id: 'BILL0001',
  state: 'paid',
  amountTiyin: 2_000_000,
  feeTiyin: 20_000,
  paymentRef: '023581615065',
  terminal: '92902804',
  merchant: '90510020873',
  serviceName: 'Газ <b>',
  account: { customer_code: '0012345' },
  accountLabels: [{ name: 'customer_code', title: 'x', value: '0012345' }],
};

async function withPaid(changes: Partial<Topup> = {}): Promise<BotStage> {
  const stage = await startBotStage((made) => {
    const bills = realBills(made);
    return { bills, ownerBills: bills };
  });
  for (const { id } of [ALI, VALI, OWNER]) await stage.meet(id);
  await stage.db.tx((tx) => tx.insert(billTable).values(sampleBill(BILL)));
  await putTopup(stage.db, { ...PAID, ...changes });
  return stage;
}

async function readQr(stage: BotStage, fileId: string): Promise<string | undefined> {
  const image = await loadImage(Buffer.from(stage.telegram.file(fileId)!));
  const { width, height } = image;
  const page = createCanvas(width, height).getContext('2d');
  page.drawImage(image, 0, 0);
  return jsqr.default(page.getImageData(0, 0, width, height).data, width, height)?.data;
}

const newest = (stage: BotStage, userId = ALI.id) => stage.telegram.messages(userId).slice(-2);

describe('the receipt of a paid order', () => {
  it('comes as a picture and a document below it, and the staff can check its code', async () => {
    const stage = await withPaid();
    const before = stage.count();
    await stage.forge('receipt:topup:K7Q2M9XZ');
    expect(stage.count()).toBe(before + 2);
    const [photo, document] = newest(stage);
    expect(photo!.file?.kind).toBe('photo');
    expect(photo!.caption.replaceAll('\u00a0', ' ')).toContain("K7Q2M9XZ · 50 001,50 so'm");
    expect(document!.file).toMatchObject({ kind: 'document' });
    const command = await readQr(stage, photo!.file!.fileId);
    expect(command).toMatch(/^\/verify 1\.t\.K7Q2M9XZ\./);
    const told = await stage.say(command!, OWNER.id);
    expect(told.text).toContain('genuine');
    expect(told.text).toContain('K7Q2M9XZ');
    const changed = await stage.say(
      `${command!.slice(0, -1)}${command!.endsWith('A') ? 'B' : 'A'}`,
      OWNER.id,
    );
    expect(changed.text).toContain('not one of our receipts');
    expect(changed.text).not.toContain('K7Q2M9XZ');
    expect((await stage.say('/verify', OWNER.id)).text).toContain('Usage');
    // For everybody else there is no such command.
    expect((await stage.say(command!, VALI.id)).text).not.toContain('genuine');
  });

  it.each(['receipt:topup:K7Q2M9XZ', 'receipt:bill:BILL0001', 'receipt:topup:NOTHING'])(
    'is not for somebody else: %s',
    async (data) => {
      const stage = await withPaid();
      const before = stage.count(VALI.id);
      expect(await stage.forge(data, VALI.id)).toContain('out of date');
      expect(stage.count(VALI.id)).toBe(before);
    },
  );

  it.each([
    ['waits', { state: 'waiting', paidTiyin: null }],
    ['was refused', { state: 'refused' }],
    ['was taken back', { takenBackAt: NOW }],
  ] as const)('is not there for an order that %s', async (_, changes) => {
    const stage = await withPaid(changes);
    const before = stage.count();
    expect(await stage.forge('receipt:topup:K7Q2M9XZ')).toContain('for what was paid');
    expect(stage.count()).toBe(before);
  });

  it('stands as a button under the order', async () => {
    const stage = await withPaid({ receiptUrl: 'https://ofd.soliq.uz/check?t=1' });
    await stage.forge('order:show:K7Q2M9XZ');
    const buttons = stage.last().inlineKeyboard.flat();
    expect(buttons.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['🧾 Receipt', '🏛 Fiscal receipt']),
    );
  });
});

it('the receipt of a bill names the service, the account, the fee and the reference', async () => {
  const drawn: Parameters<Receipts['draw']>[0][] = [];
  const stage = await withPaid();
  const parts = stage.options;
  const receipts: Receipts = {
    codeOf: () => Promise.resolve('1.b.BILL0001.x'),
    read: () => Promise.resolve(null),
    publicUrl: () => 'https://pay.example.uz',
    stop: () => undefined,
    statement: () => Promise.resolve(null),
    draw(sheet) {
      drawn.push(sheet);
      return Promise.resolve(null);
    },
  };
  Object.assign(parts, { receipts });
  const again = stage.restarted();
  await again.forge('receipt:bill:BILL0001');
  expect(again.last().text).toContain('Many people');
  // Nothing came of it, so it does not count.
  expect(await stage.db.read.select().from(quotaUses)).toEqual([]);
  const [sheet] = drawn;
  expect(sheet?.qr.text).toBe('https://pay.example.uz/verify/1.b.BILL0001.x');
  expect(sheet?.sum.replaceAll('\u00a0', ' ')).toBe("20 200 so'm");
  const said = sheet?.rows.map(({ label, value }) =>
    `${label}: ${value}`.replaceAll('\u00a0', ' '),
  );
  expect(said).toEqual([
    'Service: Газ <b>',
    'Account number: 0012345',
    "Sum: 20 000 so'm",
    "Fee: 200 so'm",
    'Paid from: Balance',
    'Time (Tashkent): 05.01.2026 12:00',
    'Payment reference: 023581615065',
    'Terminal: 92902804',
    'Merchant: 90510020873',
  ]);
});

it('one person gets so many, then hears when there are more', async () => {
  const stage = await withPaid();
  const [hour] = QUOTAS.actions.receipt;
  await stage.db.tx(async (tx) => {
    const uses = Array.from({ length: hour!.most }, () => ({
      userId: ALI.id,
      action: 'receipt' as const,
      at: stage.clock.now(),
    }));
    await tx.insert(quotaUses).values(uses);
  });
  const before = stage.count();
  expect(await stage.forge('receipt:topup:K7Q2M9XZ')).toContain('many receipts');
  expect(stage.count()).toBe(before);
});
