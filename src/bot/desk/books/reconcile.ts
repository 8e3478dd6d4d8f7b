/** `/reconcile`: a day of ours against what payment systems say of it. */
import { comparePaylov } from '../../../books/paylov-figures.ts';
import { DAY_MS, dayAfter, dayOf, startOf } from '../../../core/calendar.ts';
import { compareShops, foundKey } from '../../../books/shop-figures.ts';
import { figuresOf } from '../../../ledger/figures.ts';
import type { ProviderId } from '../../../core/payment-systems.ts';
import { recordSuspense } from '../../../topups/suspense.ts';
import { takenBackWithin } from '../../../topups/taken-back.ts';
import type { BotContext, Parts } from '../../kit/context.ts';
import { answer, send, show } from '../../kit/reply.ts';
import { dayScreen, FOUND, shownDay } from './books-screens.ts';
import type { Screen } from '../../kit/screen.ts';
import type { DeskFeature } from '../kit/feature.ts';

const AREA = 'rec';
const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function reconcileDesk(parts: Parts): DeskFeature {
  const yesterday = (): string => dayAfter(dayOf(parts.clock.now()), -1);
  return {
    area: AREA,
    menu: { label: 'books-menu-reconcile', action: 'last', role: 'viewer' },
    commands: {
      reconcile: {
        role: 'viewer',
        run: async (ctx, arg) => {
          const day = readDay(arg) ?? yesterday();
          await send(ctx, await screenOf(ctx, parts, day));
        },
      },
    },
    taps: {
      last: {
        role: 'viewer',
        run: async (ctx) => void (await show(ctx, await screenOf(ctx, parts, yesterday()))),
      },
      day: {
        role: 'viewer',
        run: async (ctx, arg) =>
          void (await show(ctx, await screenOf(ctx, parts, readDay(arg) ?? yesterday()))),
      },
      found: FOUND.by('owner', async (ctx, found) => await writeFound(ctx, parts, found)),
    },
  };
}

/** A day as it is typed: `2026-01-05`, or `05.01.2026` as it is shown. */
function readDay(text: string): string | null {
  const day = /^\d{2}\.\d{2}\.\d{4}$/.test(text) ? text.split('.').toReversed().join('-') : text;
  if (!DAY.test(day) || Number.isNaN(Date.parse(`${day}T00:00:00Z`))) return null;
  return dayOf(startOf(day)) === day ? day : null;
}

async function screenOf(ctx: BotContext, parts: Parts, day: string): Promise<Screen> {
  const { db, clock, ownerBills, staff } = parts;
  const providers = await providerIds(parts);
  const fromAt = startOf(day);
  const next = dayAfter(day);
  const figures = await figuresOf(db.read, { fromAt, toAt: fromAt + DAY_MS });
  return dayScreen(ctx.t, {
    day,
    previous: dayAfter(day, -1),
    next: next < dayOf(clock.now()) ? next : null,
    shops: await compareShops(db.read, { day, providers }),
    ours: figures.inByProvider,
    takenBack: await takenBackWithin(db.read, { fromAt, toAt: fromAt + DAY_MS }),
    paylov: ownerBills ? await comparePaylov(db.read, day) : undefined,
    isOwner: staff.may(ctx.person.id, 'owner'),
  });
}

async function providerIds({ topups }: Parts): Promise<ProviderId[]> {
  return (await topups.offers()).map(({ provider }) => provider.id);
}

/** Writes down what a shop took in and nobody here knows of, as money without an owner: once for each day. */
async function writeFound(
  ctx: BotContext,
  parts: Parts,
  { provider, day }: { provider: ProviderId; day: string },
): Promise<void> {
  if (readDay(day) === null) {
    await answer(ctx, ctx.t('toast-old'));
    return;
  }
  const at = parts.clock.now();
  const item = await parts.db.tx(async (tx) => {
    const [shop] = await compareShops(tx, { day, providers: [provider] });
    if (shop?.kind !== 'compared' || shop.differenceTiyin <= 0 || shop.crossed) return null;
    if (shop.itemId !== null) return null;
    return await recordSuspense(tx, {
      key: foundKey(provider, day),
      provider,
      amountTiyin: shop.differenceTiyin,
      kind: 'unclaimed',
      actor: `user:${ctx.person.id}`,
      note: `found by comparing ${shownDay(day)}`,
      at,
    });
  });
  await answer(ctx, ctx.t(item ? 'toast-owner-done' : 'toast-owner-decided'));
  await show(ctx, await screenOf(ctx, parts, day));
}
