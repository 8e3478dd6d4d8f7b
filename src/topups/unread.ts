/**
 * What a provider says about an order and nobody can act on: that it was paid, with a sum or an order's number that can't be
 * read, or a word for its state that no document has. Nothing is credited by it and the order goes on being asked about; but
 * somebody may have paid, so owners hear of it, each order's history keeps it, and neither repeats itself.
 */
import { and, eq } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import { topupHistory } from '../db/tables.ts';
import type { TopupDeps } from './deps.ts';
import { writeHistory } from './transitions.ts';
import type { Problem, UnknownWord } from './provider.ts';
import type { Cause, HistoryMark } from './states.ts';
import type { Topup } from './topup.ts';

interface Look {
  topup: Pick<Topup, 'id' | 'provider'>;
  cause: Cause;
  at: number;
}

/** Notes that an order is called paid with what can't be read. */
export async function noteUnreadable(
  deps: TopupDeps,
  tx: Tx,
  { topup, cause, at, detail }: Look & Pick<Problem, 'detail'>,
): Promise<void> {
  const { provider, id: topupId } = topup;
  const words = detail === undefined ? {} : { detail };
  await markOnce(tx, { topup, cause, at, mark: 'unreadable_payment', ...words });
  await deps.alarm(tx, { kind: 'unreadable_payment', provider, topupId, ...words }, at);
}

/**
 * Notes a word that no document has: told once for each word, and for each order where it sounds as if that order was
 * paid.
 */
export async function noteUnknownWord(
  deps: TopupDeps,
  tx: Tx,
  { topup, cause, at, unknownWord }: Look & { unknownWord: UnknownWord },
): Promise<void> {
  const { provider, id: topupId } = topup;
  const { word, soundsPaid } = unknownWord;
  if (soundsPaid) await markOnce(tx, { topup, cause, at, mark: 'unknown_word', detail: word });
  await deps.alarm(tx, { kind: 'unknown_word', provider, topupId, word, soundsPaid }, at);
}

/**
 * The same about an order that was settled: one that sounds paid says nothing new, any other may mean that the money went
 * back, so it is told for each order.
 */
export async function noteUnknownAfterwards(
  deps: TopupDeps,
  tx: Tx,
  { topup, cause, at, unknownWord: { word, soundsPaid } }: Look & { unknownWord: UnknownWord },
): Promise<void> {
  if (soundsPaid) return;
  const { provider, id: topupId } = topup;
  await markOnce(tx, { topup, cause, at, mark: 'unknown_word', detail: word });
  const alarm = {
    kind: 'unknown_word',
    provider,
    topupId,
    word,
    soundsPaid,
    settled: true,
  } as const;
  await deps.alarm(tx, alarm, at);
}

interface Marked {
  topup: Pick<Topup, 'id'>;
  mark: HistoryMark;
  detail?: string;
}

/** Writes the mark into the order's history, unless it is there. */
export async function markOnce(
  tx: Tx,
  { topup, cause, at, mark, detail }: Omit<Look, 'topup'> & Marked,
): Promise<void> {
  const { id } = topup;
  const [marked] = await tx
    .select({ id: topupHistory.id })
    .from(topupHistory)
    .where(and(eq(topupHistory.topupId, id), eq(topupHistory.toState, mark)))
    .limit(1);
  if (marked) return;
  const note = detail === undefined ? {} : { note: detail };
  await writeHistory(tx, { id, toState: mark, cause, at, ...note });
}
