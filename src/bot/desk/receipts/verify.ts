/** `/verify`: whether a receipt that somebody shows is ours, and which payment it is about. */
import { getUser } from '../../../users/users.ts';
import { codeIn } from '../../../receipts/code.ts';
import { findReceipt, type ReceiptSources } from '../../receipts/find.ts';
import { ownRows, titleOf, totalOf } from '../../receipts/words.ts';
import type { BotContext, Parts } from '../../kit/context.ts';
import { escapeHtml, personName } from '../../kit/format.ts';
import { send } from '../../kit/reply.ts';
import { screen } from '../../kit/screen.ts';
import { deskButton, type DeskFeature } from '../kit/feature.ts';
import { deskHomeButton } from '../kit/home.ts';
import { deskAction } from '../kit/lists.ts';

export function verifyDesk(parts: Parts): DeskFeature {
  return {
    area: 'receipts',
    commands: { verify: deskAction(parts, 'viewer', verify) },
    stop: () => {
      parts.receipts.stop();
      return Promise.resolve();
    },
  };
}

async function verify(ctx: BotContext, parts: Parts, arg: string): Promise<void> {
  const { t } = ctx;
  if (arg === '') {
    await send(ctx, { text: t('verify-usage') });
    return;
  }
  const code = codeIn(arg);
  const ref = code === null ? null : await parts.receipts.read(code);
  const found = ref && (await findReceipt(sourcesOf(parts), ref));
  if (!found) {
    await send(ctx, { text: t('verify-not-found') });
    return;
  }
  const { receipt, payer } = found;
  const rows = ownRows(t, receipt).map(({ label, value }) => ({ label, value: escapeHtml(value) }));
  if (payer) rows.push({ label: t('receipt-payer'), value: personName(payer) });
  const area = receipt.kind === 'topup' ? 'orders' : 'bills';
  await send(
    ctx,
    screen(
      [
        t('verify-found'),
        `${titleOf(t, receipt)} · <b>${totalOf(t, receipt)}</b>`,
        t(`receipt-standing-${receipt.standing}`),
        '',
        ...rows.map(({ label, value }) => t('pay-line', { label: escapeHtml(label), value })),
      ],
      [
        [deskButton(t('button-owner-details'), { area, action: 'show', arg: receipt.id })],
        [deskHomeButton(t)],
      ],
    ),
  );
}

function sourcesOf({ topups, ownerBills, db }: Parts): ReceiptSources {
  return {
    topup: (id) => topups.get(id),
    bill: async (id) => (await ownerBills?.get(id)) ?? null,
    user: (id) => getUser(db.read, id),
  };
}
