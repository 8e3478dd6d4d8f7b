/** The staff's questions about money on the screen: confirming, a second person's taps, and who is waited for. */
import type { Queries } from '../../../db/database.ts';
import type { Tiyin } from '../../../core/money.ts';
import { topupById } from '../../../topups/transitions.ts';
import { getUser } from '../../../users/users.ts';
import type { BotContext, Parts } from '../../kit/context.ts';
import { answer, send, show } from '../../kit/reply.ts';
import {
  AGREE,
  DECISION_AREA,
  approvalList,
  approvalQuestion,
  approvalScreen,
  type ApprovalView,
  secondQuestion,
  withdrawButton,
  debitRefused,
} from './approval-screens.ts';
import { type Screen, screen } from '../../kit/screen.ts';
import type { AskOutcome, Approval, ApprovalOutcome } from '../../../staff/approval.ts';
import { type Alone, aloneWithinDay, type Need } from '../../../staff/approval-rules.ts';
import { balanceShown, sameDone } from '../../../staff/approval-shown.ts';
import type { DeskFeature } from '../kit/feature.ts';
import { deskHomeButton } from '../kit/home.ts';
import { givenViews, handViews } from '../kit/by-hand.ts';
import { itemsAlike, ordersAlike } from '../../../topups/alike.ts';
import { suspenseItem } from '../../../topups/suspense.ts';
import { twinViews } from '../kit/twins.ts';

export function approvalsDesk(parts: Parts): DeskFeature {
  const { approvals } = parts;
  type Act = (id: string, personId: number) => Promise<ApprovalOutcome>;
  const by = (act: Act) => async (ctx: BotContext, id: string) =>
    await showOutcome(ctx, parts, await act(id, ctx.person.id));
  return {
    area: DECISION_AREA,
    menu: { label: 'decision-menu', action: 'list', role: 'viewer' },
    taps: {
      confirm: { role: 'operator', run: by((id, personId) => approvals.confirm(id, personId)) },
      drop: { role: 'operator', run: by((id, personId) => approvals.drop(id, personId)) },
      agree: AGREE.by('owner', async (ctx, { id, seenTiyin }) => {
        const secondId = ctx.person.id;
        await showOutcome(ctx, parts, await approvals.agree(id, { secondId, seenTiyin }));
      }),
      refuse: { role: 'owner', run: by((id, personId) => approvals.refuse(id, personId)) },
      list: { role: 'viewer', run: async (ctx) => await showList(ctx, parts) },
      show: { role: 'viewer', run: async (ctx, id) => await showOne(ctx, parts, id) },
    },
  };
}

/**
 * What `decisions.ask` came to, as a screen: the question with its buttons, or why it can't be asked. Null when the
 * question was asked before and is over: its message stands above, answered.
 */
export async function askedScreen(
  ctx: BotContext,
  parts: Parts,
  outcome: AskOutcome,
): Promise<Screen | null> {
  if (outcome.kind === 'no_second') return screen([ctx.t('decision-no-second')]);
  // Roles were looked at before this was asked, so only a setting that changed in between leads here.
  if (outcome.kind === 'forbidden') return screen([ctx.t('toast-old')]);
  if (outcome.row.state !== 'asked') return null;
  return await questionOf(ctx, parts, outcome);
}

async function questionOf(
  ctx: BotContext,
  { db }: Parts,
  { row, need, changed = false }: { row: Approval; need: Need; changed?: boolean },
): Promise<Screen> {
  const own = 'own' in need && need.own;
  const second = need.kind === 'second';
  return approvalQuestion(ctx.t, await viewOf(db.read, row), { second, own, changed });
}

/** The names and figures that belong to an approval. */
export async function viewOf(
  queries: Queries,
  row: Approval,
  before?: { beforeTiyin: Tiyin },
): Promise<ApprovalView> {
  const open = row.state === 'asked' || row.state === 'pending';
  const same = open ? await sameDone(queries, row) : null;
  return {
    row,
    ...(open ? await doubtsOf(queries, row) : {}),
    user: await getUser(queries, row.userId),
    asker: await getUser(queries, row.ownerId),
    second: row.secondId === null ? null : await getUser(queries, row.secondId),
    beforeTiyin: before?.beforeTiyin ?? (open ? await shownBefore(queries, row) : null),
    same: same && { row: same, asker: await getUser(queries, same.ownerId) },
    alone: row.state === 'pending' ? await aloneBefore(queries, row) : null,
  };
}

/** What whoever asked had decided alone by then, for a second person who sees one small sum of many. */
async function aloneBefore(queries: Queries, row: Approval): Promise<Alone | null> {
  const { kind, ownerId: askerId, createdAt: at } = row;
  const alone = await aloneWithinDay(queries, { kind, askerId, at });
  return alone.people > 1 ? alone : null;
}

/** Money without an owner may be that of an order in review, and bears its number then. */
const CREDITS_ORDER: ReadonlySet<Approval['kind']> = new Set([
  'approve',
  'review_credit',
  'suspense_credit',
]);

/** Whom the money may have been credited to before, as another order or by hand, and whose order may yet bring it. */
async function doubtsOf(
  queries: Queries,
  row: Approval,
): Promise<Pick<ApprovalView, 'twins' | 'hands' | 'alike' | 'found'>> {
  const { kind, subject } = row;
  const topup = CREDITS_ORDER.has(kind) ? await topupById(queries, subject ?? '') : null;
  if (topup) {
    return { twins: await twinViews(queries, topup), hands: await handViews(queries, topup) };
  }
  if (kind !== 'credit' && kind !== 'suspense_credit') return {};
  const item = kind === 'credit' ? null : await suspenseItem(queries, subject ?? '');
  return {
    hands: await givenViews(queries, row),
    alike: await ordersAlike(queries, row),
    found: item ? await itemsAlike(queries, item) : [],
  };
}

/** The balance to show: whoever asked agrees to what was found then, a second person to what is there now. */
async function shownBefore(queries: Queries, row: Approval): Promise<Tiyin | null> {
  return row.state === 'asked' ? row.beforeTiyin : await balanceShown(queries, row);
}

async function showOutcome(ctx: BotContext, parts: Parts, outcome: ApprovalOutcome): Promise<void> {
  const { t } = ctx;
  if (outcome.kind === 'old') {
    await answer(ctx, t('toast-old'));
    return;
  }
  const { row } = outcome;
  if (outcome.kind === 'insufficient') {
    await answer(ctx, t('decision-toast-insufficient'), { alert: true });
    const { availableTiyin } = outcome;
    await send(ctx, debitRefused(t, { availableTiyin, amountTiyin: row.amountTiyin }));
    return;
  }
  if (outcome.kind === 'no_second') {
    await send(ctx, screen([t('decision-no-second')]));
    return;
  }
  if (outcome.kind === 'asked_anew') {
    await answer(ctx, t('decision-toast-changed'), { alert: true });
    await show(ctx, await questionOf(ctx, parts, { ...outcome, changed: true }));
    return;
  }
  if (outcome.kind === 'changed') {
    await answer(ctx, t('decision-toast-changed'), { alert: true });
    await show(ctx, secondQuestion(t, await viewOf(parts.db.read, row), { changed: true }));
    return;
  }
  const settled = outcome.kind === 'over' || outcome.kind === 'overtaken';
  if (settled) await answer(ctx, t('toast-owner-decided'));
  const view = await viewOf(parts.db.read, row, outcome.kind === 'done' ? outcome : undefined);
  await show(ctx, approvalScreen(t, view, [[deskHomeButton(t)]]));
}

async function showList(ctx: BotContext, { db, approvals }: Parts): Promise<void> {
  const rows = await approvals.pending();
  const views = await Promise.all(rows.map((row) => viewOf(db.read, row)));
  await show(ctx, approvalList(ctx.t, views, [[deskHomeButton(ctx.t)]]));
}

async function showOne(ctx: BotContext, parts: Parts, id: string): Promise<void> {
  const { t, person } = ctx;
  const row = await parts.approvals.get(id);
  if (!row) {
    await answer(ctx, t('toast-old'));
    return;
  }
  const view = await viewOf(parts.db.read, row);
  const pending = row.state === 'pending';
  if (pending && parts.staff.otherOwners(row.ownerId).includes(person.id)) {
    await show(ctx, secondQuestion(t, view));
    return;
  }
  const withdraw = pending && row.ownerId === person.id ? [[withdrawButton(t, view)]] : [];
  await show(ctx, approvalScreen(t, view, [...withdraw, [deskHomeButton(t)]]));
}
