/** The names of people who are known by their ids only. */
import type { Queries } from '../../../db/database.ts';
import { getUser } from '../../../users/users.ts';
import { personName } from '../../kit/format.ts';
import { type StaffNames, staffOf } from './step-words.ts';

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
