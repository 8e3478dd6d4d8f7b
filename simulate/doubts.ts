/** What owners must have heard of, once: payments nobody can read, and those that went back after they were credited. */
import type { Violation } from './checks.ts';
import { type Heard, heardBy } from './hearing.ts';
import type { Stage } from './stage.ts';
import { rowKey } from './truth.ts';

export function everyDoubtIsTold(stage: Stage): Violation[] {
  const heard = heardIn(stage);
  return [...unreadableIsTold(stage, heard), ...reversalsAreTold(stage, heard)];
}

function heardIn({ scene, truth }: Stage): Heard[] {
  return heardBy(scene.exchanges, (key) => truth.order(key)?.amountTiyin);
}

/**
 * Which paid orders are with an owner for good, by `inpay/<order>`: whatever was said of them can't be read, which an owner
 * was told, and nobody vouched for them yet.
 */
export function leftToOwners(stage: Stage): Set<string> {
  const paid = heardIn(stage).filter(({ isPaid }) => isPaid);
  const readable = new Set(paid.filter(isReadable).map(({ key }) => key));
  const rows = stage.books.orders().filter((row) => toldUnreadable(stage, row.id).length > 0);
  return new Set(rows.map(rowKey).filter((key) => !readable.has(key)));
}

function isReadable({ sumTiyin, isItsOwn }: Heard): boolean {
  return sumTiyin !== null && isItsOwn;
}

function toldUnreadable({ books }: Pick<Stage, 'books'>, topupId: string) {
  return books.toldOwners(topupId).filter(({ key }) => key.includes('unreadable'));
}

/** Said to be paid, with a sum nobody can read or for an order that is none. Heard twice: one answer may be lost. */
function unreadableIsTold({ books, truth }: Stage, heard: readonly Heard[]): Violation[] {
  const doubtful = heard.filter((each) => each.isPaid && !isReadable(each));
  return books.orders().flatMap((row): Violation[] => {
    const key = rowKey(row);
    const before = doubtful.filter((each) => {
      return each.key === key && each.at < (truth.creditedAt.get(key) ?? Infinity);
    });
    const told = toldUnreadable({ books }, row.id);
    const about = [row.id, row.provider_order ?? row.id];
    if (told.length > 1) return [{ what: `${told.length} alarms tell of ${key}`, about }];
    if (before.length < 2 || told.length === 1) return [];
    return [{ what: `no owner heard that what was paid for ${key} can't be read`, about }];
  });
}

/** The payer has the money on both sides now: an owner must know, once the program was told. */
function reversalsAreTold({ books, truth }: Stage, heard: readonly Heard[]): Violation[] {
  const rows = new Map(books.orders().map((row) => [rowKey(row), row]));
  const vouchedFor = books.vouchedFor();
  return truth.reversals.flatMap(({ key, afterMessage }): Violation[] => {
    const row = rows.get(key);
    const order = truth.order(key);
    if (row?.state !== 'paid' || order?.takenBackAt === undefined) return [];
    const { takenBackAt, paidTiyin = 0 } = order;
    const fromAt = Math.max(takenBackAt, truth.creditedAt.get(key) ?? 0);
    // Paid with what was left of it: nothing is missing.
    if (row.paid_tiyin === paidTiyin) return [];
    const its = heard.filter((each) => each.key === key && each.isItsOwn);
    // An order that an owner approved, and that was never said to be paid, may be said to be over.
    const isNews = !vouchedFor.has(row.id) || its.some(({ at, isPaid }) => isPaid && at < fromAt);
    const since = its.filter(({ at, isOver, isPaid, sumTiyin }) => {
      const isLess = isPaid && sumTiyin !== null && sumTiyin < (row.paid_tiyin ?? 0);
      return at > fromAt && (isLess || (isOver && isNews));
    });
    if (since.length === 0 || books.toldOwners(row.id, { afterMessage }).length > 0) return [];
    const what = `no owner heard that what was paid for ${key} was taken back`;
    return [{ what, about: [row.id, order.id] }];
  });
}

/** What owners took off balances because the payer has it back: of each order at most what went back to that person. */
export function takenBackByOwners({ books, truth }: Pick<Stage, 'books' | 'truth'>) {
  const debits = books.takenBackDebits();
  return books.orders().flatMap((row) => {
    const userId = row.user_id;
    const taken = (debits.get(row.id) ?? [])
      .filter(({ account }) => account === `user:${userId}:available`)
      .reduce((sum, { tiyin }) => sum + tiyin, 0);
    const backTiyin = truth.order(rowKey(row))?.takenBackTiyin ?? 0;
    return taken === 0 ? [] : [{ userId, amountTiyin: Math.min(taken, backTiyin) }];
  });
}
