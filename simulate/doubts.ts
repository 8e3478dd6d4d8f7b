/** What owners must have heard of, once: payments nobody can read, and those that went back after they were credited. */
import type { Violation } from './checks.ts';
import { type Heard, heardBy } from './hearing.ts';
import type { Stage } from './stage.ts';
import { rowKey } from './truth.ts';

export function everyDoubtIsTold(stage: Stage): Violation[] {
  const heard = heardBy(stage.scene.exchanges);
  return [...unreadableIsTold(stage, heard), ...reversalsAreTold(stage, heard)];
}

/** Said to be paid, with a sum nobody can read or for an order that is none. Heard twice: one answer may be lost. */
function unreadableIsTold({ books, truth }: Stage, heard: readonly Heard[]): Violation[] {
  const doubtful = heard.filter(({ isPaid, sumTiyin, isItsOwn }) => {
    return isPaid && (sumTiyin === null || !isItsOwn);
  });
  return books.orders().flatMap((row): Violation[] => {
    const key = rowKey(row);
    const before = doubtful.filter((each) => {
      return each.key === key && each.at < (truth.creditedAt.get(key) ?? Infinity);
    });
    const told = books.toldOwners(row.id).filter((each) => each.key.includes('unreadable'));
    const about = [row.id, row.provider_order ?? row.id];
    if (told.length > 1) return [{ what: `${told.length} alarms tell of ${key}`, about }];
    if (before.length < 2 || told.length === 1) return [];
    return [{ what: `no owner heard that what was paid for ${key} can't be read`, about }];
  });
}

/** The payer has the money on both sides now: an owner must know, once the program was told. */
function reversalsAreTold({ books, truth }: Stage, heard: readonly Heard[]): Violation[] {
  const rows = new Map(books.orders().map((row) => [rowKey(row), row]));
  return truth.reversals.flatMap(({ key, afterMessage }): Violation[] => {
    const row = rows.get(key);
    const order = truth.order(key);
    if (row?.state !== 'paid' || order?.takenBackAt === undefined) return [];
    const { takenBackAt, paidTiyin = 0 } = order;
    const fromAt = Math.max(takenBackAt, truth.creditedAt.get(key) ?? 0);
    // Paid with what was left of it: nothing is missing.
    if (row.paid_tiyin === paidTiyin) return [];
    const since = heard.filter(({ at, isItsOwn, ...each }) => {
      return each.key === key && isItsOwn && at > fromAt && saysLess(each, row.paid_tiyin);
    });
    if (since.length === 0 || books.toldOwners(row.id, { afterMessage }).length > 0) return [];
    const what = `no owner heard that what was paid for ${key} was taken back`;
    return [{ what, about: [row.id, order.id] }];
  });
}

function saysLess(
  { isPaid, sumTiyin }: Pick<Heard, 'isPaid' | 'sumTiyin'>,
  credited: number | null,
) {
  return !isPaid || (sumTiyin !== null && sumTiyin < (credited ?? 0));
}

/** By hand, because the payer has it back: what owners took off balances, as far as it went back to that person. */
export function takenBackByOwners({ books, truth }: Pick<Stage, 'books' | 'truth'>) {
  const errands = new Set(truth.adjustments.map(({ tag }) => tag));
  const orders = new Map(
    truth.paidOrders().map((order) => [`${order.provider}/${order.id}`, order]),
  );
  const backTo = new Map<number, number>();
  for (const row of books.orders()) {
    const back = row.state === 'paid' ? (orders.get(rowKey(row))?.takenBackTiyin ?? 0) : 0;
    backTo.set(row.user_id, (backTo.get(row.user_id) ?? 0) + back);
  }
  const debits = books
    .adjustments()
    .filter(({ reason, amount_tiyin: sum }) => sum < 0 && !errands.has(reason));
  return [...backTo].map(([userId, backTiyin]) => {
    const account = `user:${userId}:available`;
    const taken = debits
      .filter((each) => each.account === account)
      .reduce((sum, { amount_tiyin: each }) => sum - each, 0);
    return { userId, amountTiyin: Math.min(taken, backTiyin) };
  });
}
