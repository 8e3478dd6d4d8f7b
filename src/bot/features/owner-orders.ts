/** `/orders` and `/order`: what is open, one order in full, and decisions about it. */
import { desc, inArray } from 'drizzle-orm';
import { Composer } from 'grammy';
import { topups as topupRows } from '../../db/tables.ts';
import { LIVE_STATES, type Topup, type TopupState } from '../../topups/topup.ts';
import type { CheckNowOutcome, DecideOutcome } from '../../topups/topups.ts';
import { getUser } from '../../users/users.ts';
import type { TapOf } from '../callbacks.ts';
import type { BotContext, Parts } from '../context.ts';
import { answer, send, show } from '../reply.ts';
import { onTap } from '../taps.ts';
import { ordersScreen, ownerOrderQuestion, ownerOrderScreen } from '../views/owner.ts';

const MAX_ORDERS = 40;
const OPEN_STATES: TopupState[] = [...LIVE_STATES, 'review'];

export function ownerOrderCommands(parts: Parts): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.command('orders', async (ctx) => {
    await send(ctx, ordersScreen(ctx.t, await openOrders(parts)));
  });
  composer.command('order', async (ctx) => {
    const text = ctx.match.trim();
    const topup = text === '' ? null : await parts.topups.find(text);
    if (topup) await showOrderDetails(ctx, parts, topup.id);
    else await send(ctx, { text: ctx.t(text === '' ? 'owner-usage-order' : 'owner-no-order') });
  });
  return composer;
}

export function ownerOrderTaps(parts: Parts): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  onTap(composer, 'owner_orders', async (ctx) => {
    await show(ctx, ordersScreen(ctx.t, await openOrders(parts)));
  });
  onTap(composer, 'owner_order', async (ctx, tap) => await act(ctx, parts, tap));
  return composer;
}

async function openOrders({ db }: Parts): Promise<Topup[]> {
  const rows = await db.read
    .select()
    .from(topupRows)
    .where(inArray(topupRows.state, OPEN_STATES))
    .orderBy(desc(topupRows.createdAt))
    .limit(MAX_ORDERS);
  return rows as Topup[];
}

async function act(
  ctx: BotContext,
  parts: Parts,
  { action, topupId }: TapOf<'owner_order'>,
): Promise<void> {
  const ownerId = ctx.person.id;
  switch (action) {
    case 'show':
      await showOrderDetails(ctx, parts, topupId);
      return;
    case 'check':
      await check(ctx, parts, topupId);
      return;
    case 'ask_approve':
      await ask(ctx, parts, { topupId, decision: 'approve' });
      return;
    case 'ask_credit':
      await ask(ctx, parts, { topupId, decision: 'credit' });
      return;
    case 'ask_refuse':
      await ask(ctx, parts, { topupId, decision: 'refuse' });
      return;
    case 'approve':
      await showDecision(ctx, parts, await parts.topups.approve(topupId, { ownerId }));
      return;
    case 'credit':
    case 'refuse': {
      const decision = { credit: action === 'credit', ownerId };
      await showDecision(ctx, parts, await parts.topups.decideReview(topupId, decision));
    }
  }
}

async function check(ctx: BotContext, parts: Parts, topupId: string): Promise<void> {
  const outcome: CheckNowOutcome = await parts.topups.checkNow(topupId, {});
  const keys = {
    checked: 'toast-owner-checked',
    too_soon: 'toast-too-soon',
    unknown: 'toast-no-answer',
    not_found: 'toast-old',
  } as const;
  await answer(ctx, ctx.t(keys[outcome.kind]));
  if (outcome.kind !== 'not_found') await showOrderDetails(ctx, parts, topupId);
}

async function ask(
  ctx: BotContext,
  { topups }: Parts,
  { topupId, decision }: { topupId: string; decision: 'approve' | 'credit' | 'refuse' },
): Promise<void> {
  const topup = await topups.get(topupId);
  if (topup) await show(ctx, ownerOrderQuestion(ctx.t, { topup, decision }));
  else await answer(ctx, ctx.t('toast-old'));
}

async function showDecision(ctx: BotContext, parts: Parts, outcome: DecideOutcome): Promise<void> {
  if (outcome.kind === 'not_found') {
    await answer(ctx, ctx.t('toast-old'));
    return;
  }
  if (outcome.kind === 'done') parts.notifyOutbox();
  await answer(ctx, ctx.t(outcome.kind === 'done' ? 'toast-owner-done' : 'toast-owner-decided'));
  await showOrderDetails(ctx, parts, outcome.topup.id);
}

async function showOrderDetails(ctx: BotContext, parts: Parts, topupId: string): Promise<void> {
  const details = await parts.topups.details(topupId);
  if (!details) {
    await answer(ctx, ctx.t('toast-old'));
    return;
  }
  const user = await getUser(parts.db.read, details.topup.userId);
  await show(ctx, ownerOrderScreen(ctx.t, { details, user }));
}
