/** `/user`, `/credit`, `/debit`: people and their money, in the owners' hands. */
import { Composer } from 'grammy';
import { balanceOf, userBalance } from '../../ledger/ledger.ts';
import { userAvailable } from '../../ledger/accounts.ts';
import { findUser, getUser, setBlocked, type UserRow } from '../../users/users.ts';
import type { TapOf } from '../callbacks.ts';
import type { BotContext, Parts } from '../context.ts';
import { askMoney, confirmMoney, dropMoney, type MoneyRow } from '../money-actions.ts';
import { parseMoneyArguments } from '../money-arguments.ts';
import { answer, send, show } from '../reply.ts';
import { onTap } from '../taps.ts';
import { debitRefused, moneyQuestion, moneyResult, userScreen } from '../views/owner.ts';
import type { Screen } from '../views/screen.ts';

const LAST_ORDERS = 5;

export function ownerPeopleCommands(parts: Parts): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.command('user', async (ctx) => {
    if (ctx.match.trim() === '') {
      await send(ctx, { text: ctx.t('owner-usage-user') });
      return;
    }
    const user = await findUser(parts.db.read, ctx.match);
    await send(ctx, user ? await userCard(ctx, parts, user) : noSuchUser(ctx));
  });
  composer.command('credit', async (ctx) => await ask(ctx, parts, 'credit', ctx.match));
  composer.command('debit', async (ctx) => await ask(ctx, parts, 'debit', ctx.match));
  return composer;
}

export function ownerPeopleTaps(parts: Parts): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  onTap(composer, 'owner_user', async (ctx, tap) => await actOnUser(ctx, parts, tap));
  onTap(composer, 'owner_money', async (ctx, tap) => await decideMoney(ctx, parts, tap));
  return composer;
}

async function userCard(ctx: BotContext, { db, topups }: Parts, user: UserRow): Promise<Screen> {
  return userScreen(ctx.t, {
    user,
    balance: await userBalance(db.read, user.id),
    topups: await topups.history(user.id, { offset: 0, limit: LAST_ORDERS }),
  });
}

function noSuchUser(ctx: BotContext): Screen {
  return { text: ctx.t('owner-no-user') };
}

async function actOnUser(
  ctx: BotContext,
  parts: Parts,
  { action, userId }: TapOf<'owner_user'>,
): Promise<void> {
  if (action === 'block' && parts.isOwner(userId)) {
    await answer(ctx, ctx.t('toast-owner-not-blocked'), { alert: true });
    return;
  }
  if (action !== 'show') {
    const blockedAt = action === 'block' ? parts.clock.now() : null;
    await setBlocked(parts.db, { userId, blockedAt });
  }
  const user = await getUser(parts.db.read, userId);
  if (user) await show(ctx, await userCard(ctx, parts, user));
  else await answer(ctx, ctx.t('toast-old'));
}

async function ask(
  ctx: BotContext,
  parts: Parts,
  kind: 'credit' | 'debit',
  text: string,
): Promise<void> {
  const wanted = parseMoneyArguments(text);
  if (!wanted || !ctx.message) {
    await send(ctx, { text: ctx.t(`owner-usage-${kind}`) });
    return;
  }
  const user = await findUser(parts.db.read, wanted.user);
  if (!user) {
    await send(ctx, noSuchUser(ctx));
    return;
  }
  const availableTiyin = await balanceOf(parts.db.read, userAvailable(user.id));
  if (kind === 'debit' && availableTiyin < wanted.amountTiyin) {
    await send(ctx, debitRefused(ctx.t, { availableTiyin, amountTiyin: wanted.amountTiyin }));
    return;
  }
  const row = await askMoney(parts, {
    message: ctx.message,
    ownerId: ctx.person.id,
    userId: user.id,
    kind,
    amountTiyin: wanted.amountTiyin,
    reason: wanted.reason,
  });
  // The command ran before and was decided meanwhile: its question stands above, answered.
  if (row.state !== 'asked') return;
  await send(ctx, moneyQuestion(ctx.t, { action: row, user, beforeTiyin: availableTiyin }));
}

async function decideMoney(
  ctx: BotContext,
  parts: Parts,
  { action, actionId }: TapOf<'owner_money'>,
): Promise<void> {
  const ids = { id: actionId, ownerId: ctx.person.id };
  const outcome =
    action === 'confirm' ? await confirmMoney(parts, ids) : await dropMoney(parts, ids);
  switch (outcome.kind) {
    case 'done':
    case 'dropped':
      await showResult(ctx, parts, outcome);
      return;
    case 'insufficient':
      await show(ctx, debitRefused(ctx.t, outcome));
      return;
    case 'old':
      await answer(ctx, ctx.t('toast-old'));
  }
}

async function showResult(
  ctx: BotContext,
  parts: Parts,
  result: { kind: 'done' | 'dropped'; row: MoneyRow; beforeTiyin: number },
): Promise<void> {
  const user = await getUser(parts.db.read, result.row.userId);
  if (!user) throw new Error(`the user ${result.row.userId} of a balance change is not stored`);
  const { row: action, beforeTiyin, kind: outcome } = result;
  await show(ctx, moneyResult(ctx.t, { outcome, action, user, beforeTiyin }));
}
