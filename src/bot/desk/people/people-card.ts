/** One person on one screen. */
import { userBalance } from '../../../ledger/ledger.ts';
import { getUser, type UserRow } from '../../../users/users.ts';
import type { BotContext, Parts } from '../../kit/context.ts';
import { answer, show } from '../../kit/reply.ts';
import { userScreen } from './people-screens.ts';
import type { Screen } from '../../kit/screen.ts';

const LAST_PAYMENTS = 5;

/** Puts a person's card in the place of the tapped message. */
export async function showCard(ctx: BotContext, parts: Parts, userId: number): Promise<void> {
  const user = Number.isSafeInteger(userId) ? await getUser(parts.db.read, userId) : null;
  if (user) await show(ctx, await userCard(ctx, parts, user));
  else await answer(ctx, ctx.t('toast-old'));
}

export async function userCard(ctx: BotContext, parts: Parts, user: UserRow): Promise<Screen> {
  const { db, topups, bills, staff } = parts;
  const page = { offset: 0, limit: LAST_PAYMENTS };
  const card = {
    user,
    balance: await userBalance(db.read, user.id),
    role: staff.roleOf(user.id),
    topups: await topups.history(user.id, page),
    bills: (await bills?.history(user.id, page)) ?? [],
  };
  const viewerId = ctx.person.id;
  const rights = { money: staff.may(viewerId, 'owner'), handle: staff.may(viewerId, 'operator') };
  return userScreen(ctx.t, card, rights);
}
