/** The only place that changes an order's state: by compare-and-set, with its history. */
import { and, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { prepared, type Queries, type Tx } from '../db/database.ts';
import { topupHistory, topups } from '../db/tables.ts';
import type { Cause, HistoryMark, TopupState } from './states.ts';
import { LIVE_STATES, type Topup, TRANSITIONS, type TransitionName } from './topup.ts';

/**
 * Beside a condition on the state: the engine uses the index of live orders only where it reads that they are live,
 * and it does not look into parameters.
 */
export const inLiveIndex: SQL = sql`${topups.state} in ('creating', 'waiting', 'review')`;

export interface Move {
  id: string;
  transition: TransitionName;
  cause: Cause;
  /** Milliseconds since 1970. */
  at: number;
  /** What changes besides the state. */
  set?: Omit<Partial<typeof topups.$inferInsert>, 'urgency'> & {
    urgency?: Topup['urgency'] | SQL<Topup['urgency']>;
  };
  note?: string;
}

/** Null when the order is not in a state this transition starts from; then nothing is written. */
export async function transitionTopup(tx: Tx, move: Move): Promise<Topup | null> {
  const { from, to } = TRANSITIONS[move.transition];
  const [row] = await tx
    .update(topups)
    .set({ ...move.set, state: to })
    .where(and(eq(topups.id, move.id), inArray(topups.state, [...from])))
    .returning();
  if (!row) return null;
  await writeHistory(tx, { ...move, toState: to });
  return row;
}

/** What an opened order gets from its payment system. Texts and numbers only: a placeholder makes something else of another kind's null. */
const OPENED = [
  'amountTiyin',
  'cardHash',
  'providerEndsAt',
  'providerOrder',
  'payUrl',
  'cardNumber',
  'cardHolder',
  'expiresAt',
  'dueAt',
  'leaseUntil',
] as const satisfies readonly (keyof Topup)[];

const setOpened = prepared((q) => {
  const { from, to } = TRANSITIONS.opened;
  const values = OPENED.map((column) => [column, sql.placeholder(column)]);
  return q
    .update(topups)
    .set({ ...(Object.fromEntries(values) as Partial<Topup>), state: to })
    .where(and(eq(topups.id, sql.placeholder('id')), inArray(topups.state, [...from])))
    .returning();
});

/** `transitionTopup` for what every order goes through: a statement built once. */
export async function openTopup(
  tx: Tx,
  move: Pick<Move, 'id' | 'at' | 'note'> & { set: Pick<Topup, (typeof OPENED)[number]> },
): Promise<Topup | null> {
  const { set, ...event } = move;
  const [row] = await setOpened(tx).execute({ id: event.id, ...set });
  if (!row) return null;
  await writeHistory(tx, { ...event, cause: 'system', toState: TRANSITIONS.opened.to });
  return row;
}

export async function writeHistory(
  tx: Tx,
  entry: { id: string; toState: TopupState | HistoryMark; cause: Cause; at: number; note?: string },
): Promise<void> {
  const { id, at, toState, cause, note = null } = entry;
  await addHistory(tx).execute({ id, at, toState, cause, note });
}

const addHistory = prepared((q) =>
  q.insert(topupHistory).values({
    topupId: sql.placeholder('id'),
    at: sql.placeholder('at'),
    toState: sql.placeholder('toState'),
    cause: sql.placeholder('cause'),
    note: sql.placeholder('note'),
  }),
);

const byId = prepared((q) =>
  q
    .select()
    .from(topups)
    .where(eq(topups.id, sql.placeholder('id'))),
);

export async function topupById(queries: Queries, id: string): Promise<Topup | null> {
  const [row] = await byId(queries).execute({ id });
  return row ?? null;
}

const byPayer = prepared((q) =>
  q
    .select()
    .from(topups)
    .where(
      and(eq(topups.userId, sql.placeholder('userId')), inArray(topups.state, [...LIVE_STATES])),
    )
    .orderBy(desc(topups.createdAt)),
);

/** Orders of a user that are being opened or wait for a payment, the newest first. */
export async function liveOf(queries: Queries, userId: number): Promise<Topup[]> {
  return await byPayer(queries).execute({ userId });
}
