/** `/suspense`: money that came late, twice or in another sum, and whose it may be. */
import { z } from 'zod';
import type { ProviderId } from '../../../core/payment-systems.ts';
import { parseTypedSum } from '../../../core/money.ts';
import {
  canUndo,
  decisionReason,
  foundByHand,
  recordSuspense,
  returnSuspense,
  undoSuspense,
} from '../../../topups/suspense.ts';
import {
  moneyById,
  openMoney,
  suggestionsFor,
  takenBackWith,
} from '../../../topups/suspense-list.ts';
import { itemsAlike } from '../../../topups/alike.ts';
import { getUser } from '../../../users/users.ts';
import { PROVIDER_IDS } from '../../kit/callbacks.ts';
import type { BotContext, Parts } from '../../kit/context.ts';
import { answer, send, show } from '../../kit/reply.ts';
import { typedQuestion, SUSPENSE_AREA } from '../kit/payments-screens.ts';
import {
  CREDIT,
  CREDIT_SURE,
  FOUND_AT,
  foundWhere,
  moneyScreen,
  PAGE_OF,
  providerTitle,
  suspenseAction,
  suspenseList,
} from './suspense-screens.ts';
import { money } from '../../kit/format.ts';
import { positive, type Values } from '../../kit/tap-fields.ts';
import { choiceQuestion } from '../kit/money-choice-screens.ts';
import type { Screen } from '../../kit/screen.ts';
import { askAgain, askWords, reasonOf } from '../kit/asking.ts';
import { carrying, type DeskFeature } from '../kit/feature.ts';
import { type Act, deskAction } from '../kit/lists.ts';
import { personNamed } from '../kit/named-person.ts';
import { askSuspenseCredit, noteSuspense, suspenseApprovalActions } from './suspense-decide.ts';

const PAGE = 8;

const FOUND_MONEY = { provider: z.enum(PROVIDER_IDS), amountTiyin: positive };
const FOUND = carrying(FOUND_MONEY);

export function suspenseDesk(parts: Parts): DeskFeature {
  return {
    area: SUSPENSE_AREA,
    menu: { label: 'payments-menu-suspense', action: 'list', role: 'viewer' },
    commands: {
      suspense: deskAction(parts, 'viewer', async (ctx) => {
        await send(ctx, await list(ctx, parts, 0));
      }),
    },
    taps: {
      list: deskAction(parts, 'viewer', async (ctx) => {
        await show(ctx, await list(ctx, parts, 0));
      }),
      page: PAGE_OF.by('viewer', async (ctx, { offset }) => {
        await show(ctx, await list(ctx, parts, offset));
      }),
      show: deskAction(parts, 'viewer', showMoney),
      credit: CREDIT.by('owner', async (ctx, whose) => await creditSuggested(ctx, parts, whose)),
      credit_sure: CREDIT_SURE.by('owner', async (ctx, whose) => {
        await creditSuggested(ctx, parts, { ...whose, sure: true });
      }),
      other: deskAction(parts, 'owner', askWhom),
      return: deskAction(parts, 'owner', askReturn),
      undo: deskAction(parts, 'owner', askUndo),
      found: deskAction(parts, 'owner', async (ctx) => void (await show(ctx, foundWhere(ctx.t)))),
      found_at: FOUND_AT.by('owner', async (ctx, { provider }) => await askFoundSum(ctx, provider)),
    },
    inputs: {
      whom: deskAction(parts, 'owner', takeWhom),
      return: deskAction(parts, 'owner', endedBy(returnSuspense, 'returned')),
      undo: deskAction(parts, 'owner', endedBy(undoSuspense, 'undone')),
      found_sum: FOUND_AT.by(
        'owner',
        async (ctx, { provider }) => await takeFoundSum(ctx, provider),
      ),
      found_note: FOUND.by('owner', async (ctx, found) => await takeFound(ctx, parts, found)),
    },
    approvalActions: suspenseApprovalActions(parts),
  };
}

async function list(ctx: BotContext, parts: Parts, offset: number): Promise<Screen> {
  const all = await openMoney(parts.db.read);
  const page = {
    money: all.slice(offset, offset + PAGE),
    count: all.length,
    totalTiyin: all.reduce((sum, { amountTiyin }) => sum + amountTiyin, 0),
    offset,
    pageSize: PAGE,
  };
  return suspenseList(ctx.t, page, (role) => parts.staff.may(ctx.person.id, role));
}

/** The screen of the money; null: it is unknown, or a review that was decided. */
export async function moneyScreenOf(
  ctx: BotContext,
  parts: Parts,
  id: string,
): Promise<Screen | null> {
  const { read } = parts.db;
  const found = await moneyById(read, id);
  if (!found) return null;
  const topups = await suggestionsFor(read, found);
  const suggestions = await Promise.all(
    topups.map(async (topup) => ({ topup, user: await getUser(read, topup.userId) })),
  );
  const creditedId = found.source.kind === 'item' ? found.source.item.creditedTo : null;
  const creditedTo = creditedId === null ? null : await getUser(read, creditedId);
  const takenBackTiyin = await takenBackWith(read, found);
  const reason = await decisionReason(read, id);
  const alike = found.source.kind === 'item' ? await itemsAlike(read, found.source.item) : [];
  const view = { money: found, alike, suggestions, creditedTo, takenBackTiyin, reason };
  return moneyScreen(ctx.t, view, (role) => parts.staff.may(ctx.person.id, role));
}

async function showMoney(ctx: BotContext, parts: Parts, id: string): Promise<void> {
  const screen = await moneyScreenOf(ctx, parts, id);
  if (screen) await show(ctx, screen);
  else await answer(ctx, ctx.t('toast-owner-decided'));
}

async function creditSuggested(
  ctx: BotContext,
  parts: Parts,
  whose: { id: string; userId: number; sure?: boolean },
): Promise<void> {
  if (await getUser(parts.db.read, whose.userId)) await askSuspenseCredit(ctx, parts, whose);
  else await answer(ctx, ctx.t('toast-old'));
}

async function askWhom(ctx: BotContext, _parts: Parts, id: string): Promise<void> {
  const back = suspenseAction(ctx.t('button-back'), 'show', id);
  const screen = typedQuestion(ctx.t('payments-ask-whom'), back);
  await askWords(ctx, { area: SUSPENSE_AREA, name: 'whom', arg: id, screen });
}

async function takeWhom(ctx: BotContext, parts: Parts, id: string): Promise<void> {
  const named = await personNamed(ctx, parts, ctx.typed);
  if (named.kind === 'person') {
    await askSuspenseCredit(ctx, parts, { id, userId: named.user.id });
  } else if (named.kind === 'nobody') {
    await askAgain(ctx, ctx.t('owner-no-user'));
  } else {
    const { candidates, part } = named;
    const buttons = candidates.map(({ user: { id: userId } }) =>
      CREDIT.button(String(userId), { id, userId }),
    );
    await send(ctx, choiceQuestion(ctx.t, { candidates, part }, buttons));
  }
}

async function askReturn(ctx: BotContext, _parts: Parts, id: string): Promise<void> {
  const back = suspenseAction(ctx.t('button-back'), 'show', id);
  const screen = typedQuestion(ctx.t('payments-ask-return'), back);
  await askWords(ctx, { area: SUSPENSE_AREA, name: 'return', arg: id, screen });
}

/** Asks why what somebody wrote down was a mistake. */
async function askUndo(ctx: BotContext, parts: Parts, id: string): Promise<void> {
  const found = await moneyById(parts.db.read, id);
  if (found?.source.kind !== 'item' || !canUndo(found.source.item)) {
    await showMoney(ctx, parts, id);
    return;
  }
  const back = suspenseAction(ctx.t('button-back'), 'show', id);
  const question = ctx.t('payments-ask-undo', { sum: money(ctx.t, found.amountTiyin) });
  const screen = typedQuestion(question, back);
  await askWords(ctx, { area: SUSPENSE_AREA, name: 'undo', arg: id, screen });
}

/** Ends an item with a typed reason. The words are the confirmation: nobody writes them by a slip of the finger. */
function endedBy(end: typeof returnSuspense, outcome: 'returned' | 'undone'): Act {
  return async (ctx, parts, itemId) => {
    const reason = await reasonOf(ctx);
    if (reason === null) return;
    const staffId = ctx.person.id;
    const done = await parts.db.tx(async (tx) => {
      const item = await end(tx, { itemId, staffId, reason, at: parts.clock.now() });
      if (item) noteSuspense(parts, tx, { outcome, item, staffId });
      return item;
    });
    const screen = await moneyScreenOf(ctx, parts, itemId);
    if (!done) await send(ctx, { text: ctx.t('toast-owner-decided') });
    if (screen) await send(ctx, screen);
  };
}

async function askFoundSum(ctx: BotContext, provider: ProviderId): Promise<void> {
  const back = suspenseAction(ctx.t('button-back'), 'found');
  const question = ctx.t('payments-ask-found-sum', { provider: providerTitle(provider) });
  const screen = typedQuestion(question, back);
  await askWords(ctx, {
    area: SUSPENSE_AREA,
    name: 'found_sum',
    arg: FOUND_AT.arg({ provider }),
    screen,
  });
}

async function takeFoundSum(ctx: BotContext, provider: ProviderId): Promise<void> {
  const amountTiyin = parseTypedSum(ctx.typed, { tiyin: true });
  if (amountTiyin === null) {
    await askAgain(ctx, ctx.t('payments-bad-sum'));
    return;
  }
  const question = ctx.t('payments-ask-found-note', {
    sum: money(ctx.t, amountTiyin),
    provider: providerTitle(provider),
  });
  const screen = typedQuestion(question, suspenseAction(ctx.t('button-back'), 'found'));
  const arg = FOUND.arg({ provider, amountTiyin });
  await askWords(ctx, { area: SUSPENSE_AREA, name: 'found_note', arg, screen });
}

/** Writes the money into the books; whose it is stays to be decided, by two persons where the sum asks for it. */
async function takeFound(
  ctx: BotContext,
  parts: Parts,
  { provider, amountTiyin }: Values<typeof FOUND_MONEY>,
): Promise<void> {
  const note = await reasonOf(ctx);
  if (note === null || !ctx.message) return;
  const staffId = ctx.person.id;
  const found = {
    key: foundByHand({ staffId, messageId: ctx.message.message_id }),
    provider,
    amountTiyin,
    kind: 'unclaimed',
    actor: `user:${staffId}`,
    note,
    at: parts.clock.now(),
  } as const;
  const { item } = await parts.db.tx(async (tx) => {
    const recorded = await recordSuspense(tx, found);
    if (recorded.kind === 'recorded') {
      noteSuspense(parts, tx, { outcome: 'recorded', item: recorded.item, staffId });
    }
    return recorded;
  });
  const screen = await moneyScreenOf(ctx, parts, item.id);
  if (screen) await send(ctx, screen);
}
