/** `/bills`: lists with filters, one bill with everything the staff may do about it, and the pause of paying. */
import { hash } from 'node:crypto';
import { historyOf, listBills, recentServices, type ServiceName } from '../../../bills/list.ts';
import type { BotContext, Parts } from '../../kit/context.ts';
import { answer, send, show } from '../../kit/reply.ts';
import { billAction, billRow } from './bills-screens.ts';
import { BILLS_AREA, paymentList } from '../kit/payments-screens.ts';
import { clip } from '../../kit/format.ts';
import { getUser } from '../../../users/users.ts';
import { whyPaused } from '../kit/names.ts';
import type { Screen } from '../../kit/screen.ts';
import {
  askBillApproval,
  askBillLeave,
  askRefund,
  billApprovalActions,
  checkBill,
  leaveBill,
  takeRefund,
} from './bills-decide.ts';
import { showBill } from './bills-screen.ts';
import type { DeskFeature } from '../kit/feature.ts';
import { type Filter, NO_FILTER, periodOf } from '../kit/filter.ts';
import { deskAction, listInputs, type ListPart, listTaps } from '../kit/lists.ts';
import { writeAuditLog } from '../../../staff/audit-log.ts';

const PAGE = 8;

export function billsDesk(parts: Parts): DeskFeature {
  const part = partOf(parts);
  return {
    area: BILLS_AREA,
    menu: { label: 'payments-menu-bills', action: 'list', role: 'viewer' },
    commands: {
      bills: deskAction(parts, 'viewer', async (ctx) => {
        await send(ctx, await part.screen(ctx, NO_FILTER));
      }),
    },
    taps: {
      ...listTaps(parts, part),
      show: deskAction(parts, 'viewer', showBill),
      check: deskAction(parts, 'operator', checkBill),
      paid: deskAction(parts, 'owner', (ctx, all, id) => askBillApproval(ctx, all, id, 'paid')),
      unpaid: deskAction(parts, 'owner', (ctx, all, id) => askBillApproval(ctx, all, id, 'unpaid')),
      refund: deskAction(parts, 'owner', askRefund),
      back_leave: deskAction(parts, 'owner', askBillLeave),
      back_left: deskAction(parts, 'owner', leaveBill),
      pause: deskAction(parts, 'owner', (ctx) => setPaused(ctx, parts, part, true)),
      resume: deskAction(parts, 'owner', (ctx) => setPaused(ctx, parts, part, false)),
    },
    inputs: {
      ...listInputs(parts, part),
      refund: deskAction(parts, 'owner', takeRefund),
    },
    approvalActions: billApprovalActions(parts),
  };
}

function partOf(parts: Parts): ListPart {
  return {
    area: BILLS_AREA,
    screen: (ctx, filter) => list(ctx, parts, filter),
    async whoChoices({ t }) {
      const services = await recentServices(parts.db.read);
      return services.map((service) => [
        clip(t.names.service(service).name, 50),
        { who: keyOf(service.id) },
      ]);
    },
    steps: historyOf,
    secretsOf: () => Promise.resolve([]),
  };
}

/** A short key of a service's id, since Paylov's ids are too long for a button. */
function keyOf(serviceId: string): string {
  return hash('sha256', serviceId, 'hex').slice(0, 8);
}

async function list(ctx: BotContext, parts: Parts, filter: Filter): Promise<Screen> {
  const { group, userId, cursor, who } = filter;
  const service = who === null ? null : await serviceOf(parts, who);
  const period = periodOf(filter, parts.clock.now());
  const wanted = { group, serviceId: service?.id ?? who, userId, ...period };
  const page = await listBills(parts.db.read, wanted, { cursor, limit: PAGE });
  const paused = (await parts.ownerBills?.paused()) ?? null;
  const mayPause = parts.ownerBills && parts.staff.may(ctx.person.id, 'owner');
  return paymentList(ctx.t, {
    area: BILLS_AREA,
    filter,
    whoTitle: service ? ctx.t.names.service(service).name : who,
    user: userId === null ? null : await getUser(parts.db.read, userId),
    rows: page.bills.map((bill) => billRow(ctx.t, bill)),
    cursor: page.cursor,
    notice:
      paused === null
        ? null
        : ctx.t('payments-bills-paused', { why: await whyPaused(ctx.t, parts.db.read, paused) }),
    extra: mayPause ? [pauseButton(ctx, paused !== null)] : [],
  });
}

function pauseButton({ t }: BotContext, paused: boolean) {
  if (paused) return billAction(t('button-bills-resume'), 'resume', '');
  return billAction(t('payments-button-pause'), 'pause', '');
}

async function serviceOf({ db }: Parts, key: string): Promise<ServiceName | null> {
  return (await recentServices(db.read)).find(({ id }) => keyOf(id) === key) ?? null;
}

async function setPaused(
  ctx: BotContext,
  parts: Parts,
  part: ListPart,
  pause: boolean,
): Promise<void> {
  const changed = await changePause(ctx, parts, pause);
  await answer(ctx, ctx.t(changed ? 'toast-owner-done' : 'toast-owner-decided'));
  await show(ctx, await part.screen(ctx, NO_FILTER));
}

/** Pauses or resumes paying. False when it was so before. */
async function changePause(ctx: BotContext, parts: Parts, pause: boolean): Promise<boolean> {
  const { ownerBills, db, clock } = parts;
  if (!ownerBills) return false;
  const staffId = ctx.person.id;
  const changed = await (pause ? ownerBills.pause(staffId) : ownerBills.resume(staffId));
  const action = pause ? 'bills_pause' : 'bills_resume';
  if (changed) await db.tx((tx) => writeAuditLog(tx, { staffId, action, at: clock.now() }));
  return changed;
}
