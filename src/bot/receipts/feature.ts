/** The button under a paid order or bill that gives its receipt, as a picture to share and a document to keep. */
import { Composer, InputFile } from 'grammy';
import { errorForLog } from '../../core/telegram-errors.ts';
import { HTML } from '../../core/telegram-format.ts';
import { QUOTAS } from '../../quotas/limits.ts';
import { type QuotaSpent, returnUse, useQuota } from '../../quotas/quotas.ts';
import { qrText } from '../../receipts/code.ts';
import {
  billReceipt,
  type Receipt,
  type ReceiptRef,
  topupReceipt,
} from '../../receipts/receipt.ts';
import type { Drawn, Sheet } from '../../receipts/sheet.ts';
import type { BotContext, Parts } from '../kit/context.ts';
import { quotaNotice } from '../kit/quota.ts';
import { answer, send } from '../kit/reply.ts';
import { onTaps } from '../kit/taps.ts';
import { ownRows, titleOf, totalOf } from './words.ts';

export function receiptFeature(parts: Parts): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  onTaps(composer, {
    receipt: async (ctx, { of, id }) => await give(ctx, parts, { kind: of, id }),
  });
  return composer;
}

async function give(ctx: BotContext, parts: Parts, ref: ReceiptRef): Promise<void> {
  const found = await ownPayment(parts, ref, ctx.person.id);
  if (!found) {
    await answer(ctx, ctx.t('toast-old'));
    return;
  }
  const { receipt, isOthers = false } = found;
  if (receipt?.standing !== 'paid') {
    await answer(ctx, ctx.t('receipt-none'), { alert: true });
    return;
  }
  const use = { userId: ctx.person.id, action: 'receipt' } as const;
  const at = parts.clock.now();
  const granted = await parts.db.tx((tx) => useQuota(tx, QUOTAS, { ...use, at }));
  if (granted.kind === 'quota_spent') {
    await sayQuota(ctx, granted, at);
    return;
  }
  await answer(ctx);
  await ctx.replyWithChatAction('upload_photo');
  const sheet = await sheetOf(ctx, parts, { receipt, isOthers });
  const drawn = await draw(parts, sheet);
  if (typeof drawn === 'string') {
    await parts.db.tx((tx) => returnUse(tx, use));
    await send(ctx, { text: ctx.t(drawn) });
    return;
  }
  await sendBoth(ctx, receipt, drawn);
}

async function sayQuota(ctx: BotContext, spent: QuotaSpent, at: number): Promise<void> {
  await answer(ctx, quotaNotice(ctx.t, spent, at), { alert: true });
}

/** The payment, if it is this person's; null: they have none of this id. */
async function ownPayment(
  { topups, bills, ownerBills, requests }: Parts,
  { kind, id }: ReceiptRef,
  userId: number,
): Promise<{ receipt: Receipt | null; isOthers?: boolean } | null> {
  if (kind === 'topup') {
    const topup = await topups.ofUser(id, userId);
    return topup && { receipt: topupReceipt(topup) };
  }
  const bill = (await bills?.ofUser(id, userId)) ?? null;
  if (bill) return { receipt: billReceipt(bill) };
  // Somebody who asked others for it gets a receipt of it, which does not say whose card paid.
  const paid = (await requests.isPaidFor(userId, id)) ? await ownerBills?.get(id) : null;
  return paid ? { receipt: billReceipt(paid), isOthers: true } : null;
}

async function sheetOf(
  ctx: BotContext,
  { receipts }: Parts,
  { receipt, isOthers }: { receipt: Receipt; isOthers: boolean },
): Promise<Sheet> {
  const { t } = ctx;
  const rows = ownRows(t, receipt);
  const code = await receipts.codeOf(receipt);
  const publicUrl = receipts.publicUrl();
  return {
    issuer: `@${ctx.me.username}`,
    title: titleOf(t, receipt),
    sum: totalOf(t, receipt),
    status: t(`receipt-standing-${receipt.standing}`),
    rows: isOthers ? rows.filter(({ label }) => label !== t('receipt-from')) : rows,
    qr: {
      text: qrText(code, publicUrl),
      hint: t(publicUrl === null ? 'receipt-hint-staff' : 'receipt-hint-page'),
      code,
    },
  };
}

/** Draws the receipt, or returns the text that says why not. */
async function draw({ receipts, log }: Parts, sheet: Sheet): Promise<Drawn | string> {
  try {
    return (await receipts.draw(sheet)) ?? 'receipt-busy';
  } catch (error) {
    log.error({ event: 'no_receipt', err: errorForLog(error) }, 'a receipt was not drawn');
    return 'receipt-failed';
  }
}

async function sendBoth(ctx: BotContext, receipt: Receipt, drawn: Drawn): Promise<void> {
  const sum = totalOf(ctx.t, receipt);
  const caption = ctx.t('receipt-caption', { id: receipt.id, sum });
  await ctx.replyWithPhoto(new InputFile(drawn.picture, `${receipt.id}.png`), { ...HTML, caption });
  await ctx.replyWithDocument(new InputFile(drawn.document, `${receipt.id}.pdf`));
}
