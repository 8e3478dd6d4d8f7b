/** What must hold at every moment, whatever is under way. Cheap: it is asked after every step. */
import type { Books } from './books.ts';
import { timesByHand } from './by-hand.ts';
import { ordersOf, rowKey, type Truth } from './truth.ts';

export interface Violation {
  what: string;
  /** Names to tell the story by: ids of orders, bills, people. */
  about: string[];
}

export function checkNow({ books, truth }: { books: Books; truth: Truth }): Violation[] {
  if (!books.hasChanged()) return [];
  return [
    ...checkSums(books),
    ...checkOrders(books, truth),
    ...checkPayments(books, truth),
    ...checkBills(books, truth),
  ];
}

function checkSums(books: Books): Violation[] {
  const balances = [...books.balances()];
  const sum = balances.reduce((total, [, balance]) => total + balance, 0);
  const negative = balances.filter(([id, balance]) => id.startsWith('user:') && balance < 0);
  return [
    ...(sum === 0 ? [] : [{ what: `all balances together are ${sum}`, about: [] }]),
    ...negative.map(([id, balance]) => ({ what: `${id} is ${balance}`, about: [id] })),
  ];
}

/** Nobody is credited more than came, nor what came for somebody else. */
function checkOrders(books: Books, truth: Truth): Violation[] {
  const came = truth.sums();
  const decided = books.decidedOrders();
  return books.orders().flatMap((row) => {
    if (row.paid_tiyin === null) return [];
    const key = rowKey(row);
    if (row.state === 'paid') truth.noteCredited(key);
    const sums = came.get(key);
    const about = [row.id, row.provider_order ?? row.id, `person ${row.user_id}`];
    if (!sums)
      return [{ what: `order ${row.id} is ${row.state}, but ${key} was never paid`, about }];
    const isTrue = sums.includes(row.paid_tiyin);
    const wasClaimed = truth.claims.get(key)?.has(row.paid_tiyin) === true;
    if (!isTrue && (!wasClaimed || row.state === 'paid')) {
      const what = `order ${row.id} is ${row.state} with ${row.paid_tiyin}, paid was ${sums.join(' or ')}`;
      return [{ what, about }];
    }
    if (row.state === 'paid' && row.paid_tiyin !== row.amount_tiyin && !decided.has(row.id)) {
      const what = `order ${row.id} of ${row.amount_tiyin} took ${row.paid_tiyin} without an owner`;
      return [{ what, about }];
    }
    const shown = truth.shown.get(key);
    if (shown && shown.userId !== row.user_id) {
      const what = `order ${row.id} of ${row.user_id} took what ${shown.userId} was told to pay`;
      return [{ what, about }];
    }
    return [];
  });
}

/** Money that came once is credited once, however many orders it is reported for, and however an owner gave it. */
function checkPayments(books: Books, truth: Truth): Violation[] {
  const same = books.closedAsSame();
  const credited = new Map(
    books
      .orders()
      .flatMap((row) => (row.state === 'paid' && !same.has(row.id) ? [[rowKey(row), row.id]] : [])),
  );
  return truth.payments.flatMap((payment) => {
    const ids = ordersOf(payment).flatMap((key) => credited.get(key) ?? []);
    const byHand = timesByHand({ truth, books }, payment);
    if (ids.length + byHand > 1 && byHand > 0) {
      const about = [
        ...ids,
        ...ordersOf(payment).flatMap((key) => truth.shown.get(key)?.topupId ?? []),
      ];
      const what = `one payment is credited by hand ${byHand} times and for orders ${ids.join(' and ')}`;
      return [{ what, about }];
    }
    if (ids.length <= 1) return [];
    return [{ what: `one payment is credited for orders ${ids.join(' and ')}`, about: ids }];
  });
}

/** Captured bills were paid at Paylov, returned ones were not, and none was paid twice. */
function checkBills(books: Books, truth: Truth): Violation[] {
  const paid = new Map(
    truth.transactions().flatMap((each) => (each.state === 'paid' ? [[each.id, each]] : [])),
  );
  const claimed = new Set<string>();
  const found = books.bills().flatMap((bill): Violation[] => {
    const payments = books.transactionsOf(bill.id).flatMap((id) => paid.get(id) ?? []);
    for (const { id } of payments) claimed.add(id);
    const about = [
      bill.id,
      `person ${bill.user_id}`,
      ...(bill.transaction_id === null ? [] : [bill.transaction_id]),
    ];
    const say = (what: string): Violation[] => [{ what: `bill ${bill.id} ${what}`, about }];
    if (payments.length > 1) return say(`was paid ${payments.length} times`);
    const [payment] = payments;
    if (bill.state === 'paid' && !payment) return say('counts as paid and is not');
    if (bill.state === 'failed' && payment) return say('counts as failed and is paid');
    if (payment && payment.amountTiyin !== bill.amount_tiyin)
      return say('was paid with another sum');
    return [];
  });
  const strange = [...paid.keys()].filter((id) => !claimed.has(id));
  return [
    ...found,
    ...strange.map((id) => ({ what: `transaction ${id} is paid for no bill`, about: [id] })),
  ];
}
