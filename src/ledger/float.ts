/**
 * The operator's card at Paylov: what is put on it is written down by hand, what bills spend is in the books. What is
 * left is known from the first time somebody wrote down what was on it.
 */
import { desc, eq } from 'drizzle-orm';
import type { Queries, Tx } from '../db/database.ts';
import { addMeta, readMeta, removeMeta, writeMeta } from '../db/meta.ts';
import { DAY_MS } from '../core/calendar.ts';
import { accounts, entries, lines } from '../db/tables.ts';
import type { Tiyin } from '../core/money.ts';
import { OWNER, PAYLOV_FLOAT } from './accounts.ts';
import { balanceOf, entryByKey, post } from './ledger.ts';
import { ofAccount } from './stripes.ts';

export interface Float {
  /** Null: nobody has written down yet what was on the card. */
  leftTiyin: Tiyin | null;
  /** When somebody last wrote something down; null: nobody did, or nobody knows when. */
  writtenAt: number | null;
  /** What bills have spent, less refunds, without the deposits that were written down. */
  spentTiyin: Tiyin;
}

export async function floatOf(queries: Queries): Promise<Float> {
  const [owner] = await queries
    .select({ id: accounts.id })
    .from(accounts)
    .where(ofAccount(accounts.id, OWNER))
    .limit(1);
  const spentTiyin = await balanceOf(queries, PAYLOV_FLOAT);
  // Zero, and not minus zero.
  const leftTiyin = owner ? 0 - spentTiyin : null;
  return { leftTiyin, writtenAt: owner ? await lastWritten(queries) : null, spentTiyin };
}

/**
 * What was written down so long ago holds no bill back any more: who puts money on the card and writes nothing down would sell no
 * large bill ever again. Paylov's own refusal is safe, and pauses paying from balances.
 */
const FLOAT_COUNTS_MS = 7 * DAY_MS;

export function isOldFloat({ writtenAt }: Pick<Float, 'writtenAt'>, at: number): boolean {
  return writtenAt === null || at - writtenAt > FLOAT_COUNTS_MS;
}

const WRITTEN_AT = 'float_written_at';

async function lastWritten(queries: Queries): Promise<number | null> {
  const noted = await readMeta(queries, WRITTEN_AT);
  if (noted !== null) return Number(noted);
  // What was written down before that was noted.
  const [entry] = await queries
    .select({ at: entries.createdAt })
    .from(lines)
    .innerJoin(entries, eq(entries.id, lines.entryId))
    .where(ofAccount(lines.accountId, OWNER))
    .orderBy(desc(entries.createdAt))
    .limit(1);
  return entry?.at ?? null;
}

export interface FloatChange {
  /** Names the message it was asked with, so that confirming it twice is harmless. */
  key: string;
  /** `deposit`: so much was put on the card. `balance`: so much was on it when it was looked up. */
  kind: 'deposit' | 'balance';
  amountTiyin: Tiyin;
  /**
   * What `floatOf` said when the balance was looked up, so that what bills spend until it is confirmed counts. Left
   * out, it is as it is now.
   */
  spentTiyin?: Tiyin;
  /**
   * What `writtenDown` said when it was asked, since somebody else may write down the same meanwhile. Left out, it does
   * not matter.
   */
  writtenTiyin?: Tiyin;
  staffId: number;
  at: number;
}

export type FloatChanged =
  | { kind: 'written'; leftTiyin: Tiyin }
  /** The books say the same already: there is nothing to write. */
  | { kind: 'same'; leftTiyin: Tiyin }
  | { kind: 'repeated'; leftTiyin: Tiyin }
  /** Somebody wrote something down since it was asked: nothing was done. */
  | { kind: 'changed' };

/** The sum of all that was ever written down by hand. Bills do not change it. */
export async function writtenDown(queries: Queries): Promise<Tiyin> {
  return await balanceOf(queries, OWNER);
}

/** Writes it into the books, in the caller's transaction, once for each key. */
export async function changeFloat(tx: Tx, change: FloatChange): Promise<FloatChanged> {
  const { key, kind, amountTiyin, staffId, at } = change;
  const known = await entryByKey(tx, key);
  // With something new written down, the next shortage is a new one and is told again.
  for (const told of [SHORT_TOLD, NEEDED_TOLD, OLD_TOLD]) await removeMeta(tx, told);
  const spentTiyin = await balanceOf(tx, PAYLOV_FLOAT);
  if (known) return { kind: 'repeated', leftTiyin: 0 - spentTiyin };
  if (change.writtenTiyin !== undefined && change.writtenTiyin !== (await writtenDown(tx))) {
    return { kind: 'changed' };
  }
  await writeMeta(tx, WRITTEN_AT, String(at));
  const spentThenTiyin = change.spentTiyin ?? spentTiyin;
  const addedTiyin = kind === 'deposit' ? amountTiyin : amountTiyin + spentThenTiyin;
  if (addedTiyin === 0) return await nothingToWrite(tx, spentTiyin);
  await post(tx, {
    key,
    kind: kind === 'deposit' ? 'float_deposit' : 'float_correction',
    actor: `user:${staffId}`,
    reason: kind === 'deposit' ? "put on the operator's card" : "the card's balance was looked up",
    at,
    lines: [
      { account: PAYLOV_FLOAT, amountTiyin: -addedTiyin },
      { account: OWNER, amountTiyin: addedTiyin },
    ],
  });
  return { kind: 'written', leftTiyin: addedTiyin - spentTiyin };
}

/** Notes that what is left is known from now on, also when that is exactly what the books said. */
async function nothingToWrite(tx: Tx, spentTiyin: Tiyin): Promise<FloatChanged> {
  await tx
    .insert(accounts)
    .values({ id: OWNER, mayBeNegative: true, balanceTiyin: 0 })
    .onConflictDoNothing({ target: accounts.id });
  return { kind: 'same', leftTiyin: 0 - spentTiyin };
}

const LOW_TOLD = 'float_low_told';
const SHORT_TOLD = 'float_short_told';
const NEEDED_TOLD = 'float_needed_told';
const OLD_TOLD = 'float_old_told';

/**
 * What is left when it has just fallen below `alertTiyin`; null when it is enough, unknown, or was told before and has not
 * been enough since. Call it in the transaction that tells.
 */
export async function fallenFloat(tx: Tx, alertTiyin: Tiyin): Promise<Tiyin | null> {
  const { leftTiyin } = await floatOf(tx);
  if (leftTiyin === null || leftTiyin >= alertTiyin) {
    await removeMeta(tx, LOW_TOLD);
    return null;
  }
  return (await addMeta(tx, LOW_TOLD, String(leftTiyin))) ? leftTiyin : null;
}

/**
 * True when nobody was told, since somebody last wrote something down, that a bill is more than what is left. Call it
 * in the transaction that tells.
 */
export async function isNewShortage(tx: Tx): Promise<boolean> {
  return await addMeta(tx, SHORT_TOLD, '1');
}

/** Nobody was told yet that what was written down is too old to hold a bill back. Call it in the transaction that tells. */
export async function isNewlyOld(tx: Tx): Promise<boolean> {
  return await addMeta(tx, OLD_TOLD, '1');
}

/**
 * What is left, where that is known to be less than `neededTiyin`; null when it is enough, unknown or old, or was told before for
 * that day. Call it in the transaction that tells.
 */
export async function tooLittleFor(
  tx: Tx,
  { day, neededTiyin, at }: { day: string; neededTiyin: Tiyin; at: number },
): Promise<Tiyin | null> {
  const float = await floatOf(tx);
  const { leftTiyin } = float;
  if (leftTiyin === null || leftTiyin >= neededTiyin || isOldFloat(float, at)) return null;
  if ((await readMeta(tx, NEEDED_TOLD)) === day) return null;
  await writeMeta(tx, NEEDED_TOLD, day);
  return leftTiyin;
}
