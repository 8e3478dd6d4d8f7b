/** Questions about a person that a message answers. */
import { getUser, type UserRow } from '../../../users/users.ts';
import type { BotContext, Parts } from '../../kit/context.ts';
import { answer, show } from '../../kit/reply.ts';
import { askScreen } from './people-screens.ts';
import { PEOPLE_AREA, PERSON } from '../kit/payments-screens.ts';
import { askForWords } from '../../kit/words.ts';

/** Shows the question in the place of the tapped card and waits for the answer. */
export async function askAbout(
  ctx: BotContext,
  {
    userId,
    question,
    name,
    arg = PERSON.arg({ userId }),
  }: { userId: number; question: string; name: string; arg?: string },
): Promise<void> {
  await askForWords(ctx, { area: PEOPLE_AREA, name, arg });
  await show(ctx, askScreen(ctx.t, question, userId));
}

/**
 * Whom a tap is about, when there is such a person and the chat is one where a message answers; else the tap is
 * answered.
 */
export async function tappedPerson(
  ctx: BotContext,
  { db }: Parts,
  userId: number,
): Promise<UserRow | null> {
  if (ctx.chat?.type !== 'private') {
    await answer(ctx, ctx.t('people-toast-private'), { alert: true });
    return null;
  }
  const user = await getUser(db.read, userId);
  if (!user) await answer(ctx, ctx.t('toast-old'));
  return user;
}
