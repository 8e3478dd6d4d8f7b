/** The names of people who are known by their ids only. */
import type { Queries } from '../../../db/database.ts';
import { getUser } from '../../../users/users.ts';
import { personName } from '../../kit/format.ts';
import type { Translate } from '../../locales/texts.ts';
import { reasonWords, type StaffNames, staffOf } from './step-words.ts';

/** As HTML; whoever never wrote to the bot has the id for a name. */
export async function namesOf(queries: Queries, ids: Iterable<number>): Promise<StaffNames> {
  const names = new Map<number, string>();
  for (const id of new Set(ids)) {
    const user = await getUser(queries, id);
    names.set(id, user ? personName(user) : String(id));
  }
  return names;
}

/** The names of the staff who stand in a history. */
export async function namesIn(
  queries: Queries,
  steps: readonly { cause: string }[],
): Promise<StaffNames> {
  const ids = steps.map(({ cause }) => staffOf(cause)).filter((id) => id !== null);
  return await namesOf(queries, ids);
}

/** Why paying from balances is paused: a trouble of the operator's card, or the person who paused it. HTML. */
export async function whyPaused(t: Translate, queries: Queries, why: string): Promise<string> {
  const staffId = staffOf(why);
  if (staffId === null) return reasonWords(t, 'bill', why);
  const names = await namesOf(queries, [staffId]);
  return `👤 ${names.get(staffId) ?? String(staffId)}`;
}
