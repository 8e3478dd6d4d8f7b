/** `/orders`: lists with filters, and one order with everything the staff may do about it. */
import { historyOf, listTopups } from '../../../topups/list.ts';
import { ORDER_CODE_CANCELS } from '../../../core/payment-systems.ts';
import { getUser } from '../../../users/users.ts';
import { PROVIDER_IDS } from '../../kit/callbacks.ts';
import type { BotContext, Parts } from '../../kit/context.ts';
import { send } from '../../kit/reply.ts';
import { orderRow, SAME_SURE } from './orders-screens.ts';
import { askSame, closeAsSame } from './same-money.ts';
import { ORDERS_AREA, paymentList } from '../kit/payments-screens.ts';
import { PROVIDER_TITLES } from '../../kit/way-title.ts';
import type { Screen } from '../../kit/screen.ts';
import type { DeskFeature } from '../kit/feature.ts';
import { type Filter, NO_FILTER, periodOf } from '../kit/filter.ts';
import { deskAction, listInputs, type ListPart, listTaps } from '../kit/lists.ts';
import {
  askToApprove,
  askClose,
  askRefusal,
  askReviewCredit,
  check,
  close,
  creditAllTheSame,
  orderApprovalActions,
  refuse,
  takeApproval,
} from './orders-decide.ts';
import { showOrder } from './orders-screen.ts';
import { askBackDebit, askBackLeave, leaveBack, takenBackApprovalActions } from './taken-back.ts';

const PAGE = 8;

export function ordersDesk(parts: Parts): DeskFeature {
  const part = partOf(parts);
  return {
    area: ORDERS_AREA,
    menu: { label: 'payments-menu-orders', action: 'list', role: 'viewer' },
    commands: {
      orders: deskAction(parts, 'viewer', async (ctx) => {
        await send(ctx, await part.screen(ctx, NO_FILTER));
      }),
    },
    taps: {
      ...listTaps(parts, part),
      show: deskAction(parts, 'viewer', showOrder),
      check: deskAction(parts, 'operator', check),
      approve: deskAction(parts, 'owner', askToApprove),
      credit: deskAction(parts, 'operator', askReviewCredit),
      refuse: deskAction(parts, 'operator', askRefusal),
      refuse_sure: deskAction(parts, 'operator', refuse),
      credit_sure: deskAction(parts, 'operator', creditAllTheSame),
      same: deskAction(parts, 'owner', askSame),
      same_sure: SAME_SURE.by('owner', async (ctx, same) => await closeAsSame(ctx, parts, same)),
      back_debit: deskAction(parts, 'owner', askBackDebit),
      back_leave: deskAction(parts, 'owner', askBackLeave),
      back_left: deskAction(parts, 'owner', leaveBack),
      close: deskAction(parts, 'operator', askClose),
      close_sure: deskAction(parts, 'operator', close),
    },
    inputs: {
      ...listInputs(parts, part),
      approve: deskAction(parts, 'owner', takeApproval),
    },
    approvalActions: { ...orderApprovalActions(parts), ...takenBackApprovalActions(parts) },
  };
}

function partOf(parts: Parts): ListPart {
  return {
    area: ORDERS_AREA,
    screen: (ctx, filter) => list(ctx, parts, filter),
    whoChoices: () => Promise.resolve(PROVIDER_IDS.map((who) => [PROVIDER_TITLES[who], { who }])),
    steps: historyOf,
    async secretsOf(id) {
      const topup = await parts.topups.get(id);
      if (!topup || !ORDER_CODE_CANCELS.has(topup.provider)) return [];
      return [topup.orderCode, topup.providerOrder ?? ''];
    },
  };
}

async function list(ctx: BotContext, parts: Parts, filter: Filter): Promise<Screen> {
  const provider = PROVIDER_IDS.find((each) => each === filter.who) ?? null;
  const { group, userId, cursor } = filter;
  const period = periodOf(filter, parts.clock.now());
  const wanted = { group, provider, userId, ...period };
  const page = await listTopups(parts.db.read, wanted, { cursor, limit: PAGE });
  return paymentList(ctx.t, {
    area: ORDERS_AREA,
    filter,
    whoTitle: provider === null ? null : PROVIDER_TITLES[provider],
    user: userId === null ? null : await getUser(parts.db.read, userId),
    rows: page.topups.map((topup) => orderRow(ctx.t, topup)),
    cursor: page.cursor,
  });
}
