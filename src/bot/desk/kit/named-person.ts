/**
 * Whose money it is, when somebody of the staff types an @name: names pass from one person to another, and we hear of
 * it only when they write. So Telegram is asked whether the person we know by it still has it.
 */
import { GrammyError, HttpError } from 'grammy';
import { type UserRow, usersMeant } from '../../../users/users.ts';
import { fillSearchTexts, findUsers } from '../../../users/find.ts';
import type { BotContext, Parts } from '../../kit/context.ts';

/** What Telegram says of the person now: all their names, the one that is shown first. `unknown`: it says nothing. */
export type NameNow = { kind: 'names'; names: readonly string[] } | { kind: 'unknown' };

/** How many people are offered; more have to be told apart by more letters. */
const MOST_OFFERED = 5;

export interface Candidate {
  user: UserRow;
  now: NameNow;
}

type Named =
  | { kind: 'person'; user: UserRow }
  | { kind: 'nobody' }
  /** Those who may be meant: one of them has to be chosen by id. `part`: only a part of a name or phone was typed. */
  | { kind: 'doubtful'; candidates: Candidate[]; part: boolean };

/**
 * Whom the text names: by id that person; by name the one who has it by Telegram's word; by phone the one person with
 * that number. People of whose name or phone the text is a part may be meant.
 */
export async function personNamed(ctx: BotContext, { db }: Parts, text: string): Promise<Named> {
  const { by, users } = await usersMeant(db.read, text);
  const [first, second] = users;
  if (!first) return await personPartlyNamed(ctx, db, text);
  if (by === 'id' || (by === 'phone' && !second)) return { kind: 'person', user: first };
  const candidates: Candidate[] = [];
  for (const user of users) candidates.push({ user, now: await nameNow(ctx, user.id) });
  const [holder, other] = by === 'name' ? candidates.filter(hasItStill) : [];
  if (holder && !other) return { kind: 'person', user: holder.user };
  return { kind: 'doubtful', candidates, part: false };
}

async function personPartlyNamed(ctx: BotContext, db: Parts['db'], text: string): Promise<Named> {
  await fillSearchTexts(db);
  const users = await findUsers(db.read, text, { offset: 0, limit: MOST_OFFERED });
  if (users.length === 0) return { kind: 'nobody' };
  const candidates = await Promise.all(
    users.map(async (user) => ({ user, now: await nameNow(ctx, user.id) })),
  );
  return { kind: 'doubtful', candidates, part: true };
}

function hasItStill({ user, now }: Candidate): boolean {
  if (now.kind === 'unknown') return false;
  return now.names.some((name) => name.toLowerCase() === user.username?.toLowerCase());
}

async function nameNow(ctx: BotContext, userId: number): Promise<NameNow> {
  try {
    const { username, active_usernames: others = [] } = await ctx.api.getChat(userId);
    return { kind: 'names', names: username === undefined ? others : [username, ...others] };
  } catch (error) {
    if (error instanceof GrammyError || error instanceof HttpError) return { kind: 'unknown' };
    throw error;
  }
}
