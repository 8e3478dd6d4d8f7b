/**
 * Buttons of messages that were sent before the desk had its screens: they lead where today's buttons lead. What once
 * decided at a tap asks now, as everything that moves money does.
 */
import { Composer } from 'grammy';
import type { OwnerBillAction, OwnerOrderAction, TapKind, TapOf } from '../../kit/callbacks.ts';
import type { BotContext, Parts } from '../../kit/context.ts';
import { answer } from '../../kit/reply.ts';
import { onTap } from '../../kit/taps.ts';
import { BILLS_AREA, ORDERS_AREA } from './payments-screens.ts';
import type { DeskFeature } from './feature.ts';

const ORDER_ACTIONS: Readonly<Record<OwnerOrderAction, string>> = {
  show: 'show',
  check: 'check',
  ask_approve: 'approve',
  approve: 'approve',
  ask_credit: 'credit',
  credit: 'credit',
  ask_refuse: 'refuse',
  refuse: 'refuse',
};

const BILL_ACTIONS: Readonly<Record<OwnerBillAction, string>> = {
  show: 'show',
  ask_paid: 'paid',
  paid: 'paid',
  ask_unpaid: 'unpaid',
  unpaid: 'unpaid',
};

export function oldTaps(parts: Parts, features: readonly DeskFeature[]): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  const lead = <K extends TapKind>(
    kind: K,
    to: (tap: TapOf<K>) => { area: string; action: string; arg: string },
  ): void => {
    const staff = composer.filter((ctx) => parts.staff.roleOf(ctx.person.id) !== null);
    onTap(staff, kind, async (ctx, tap) => await follow(ctx, parts, features, to(tap)));
  };
  lead('owner_orders', () => ({ area: ORDERS_AREA, action: 'list', arg: '' }));
  lead('owner_order', ({ action, topupId: arg }) => {
    return { area: ORDERS_AREA, action: ORDER_ACTIONS[action], arg };
  });
  lead('owner_bill', ({ action, billId: arg }) => {
    return { area: BILLS_AREA, action: BILL_ACTIONS[action], arg };
  });
  lead('owner_bills_resume', () => ({ area: BILLS_AREA, action: 'resume', arg: '' }));
  return composer;
}

async function follow(
  ctx: BotContext,
  { staff }: Parts,
  features: readonly DeskFeature[],
  { area, action, arg }: { area: string; action: string; arg: string },
): Promise<void> {
  const target = features.find((feature) => feature.area === area)?.taps?.[action];
  if (target && staff.may(ctx.person.id, target.role)) await target.run(ctx, arg);
  else await answer(ctx, ctx.t('toast-old'));
}
