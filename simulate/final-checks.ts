/** What must hold once nothing goes wrong any more and enough time has passed. */
import { openDatabase } from '../src/db/open.ts';
import { auditBooks } from '../src/books/audit.ts';
import type { Violation } from './checks.ts';
import { announcedOnce, announcedTooOften, type Announcement, toldOf } from './announcements.ts';
import type { BroadcastRow } from './books.ts';
import type { Stage } from './stage.ts';
import { everyDoubtIsTold, leftToOwners, takenBackByOwners } from './doubts.ts';
import { type Broadcast, keyOf, rowKey } from './truth.ts';
import { OWNER } from './world.ts';

export async function checkAtTheEnd(stage: Stage): Promise<Violation[]> {
  return [
    ...(await auditAll(stage)),
    ...nothingIsOpen(stage),
    ...everyPaymentCounts(stage),
    ...everyDoubtIsTold(stage),
    ...balancesAreRight(stage),
    ...adjustmentsAreRight(stage),
    ...everybodyKnows(stage),
    ...everybodyGotTheNews(stage),
  ];
}

async function auditAll({ config }: Stage): Promise<Violation[]> {
  const database = await openDatabase(config.database);
  const { findings } = await auditBooks(database);
  await database.close();
  return findings.map((what) => ({ what: `audit: ${what}`, about: [] }));
}

const OPEN_ORDERS = new Set(['creating', 'waiting', 'review']);
const ENDED_BILLS = new Set(['paid', 'failed', 'refunded']);
/** Messages that became needless: a newer one follows, or there is no screen to change. */
const NEEDLESS = new Set(['superseded', 'nothing to say']);

function nothingIsOpen({ books }: Stage): Violation[] {
  const orders = books.orders().filter(({ state }) => OPEN_ORDERS.has(state));
  const bills = books.bills().filter(({ state }) => !ENDED_BILLS.has(state));
  const messages = books.messages().filter(({ state, last_error: reason }) => {
    return state !== 'sent' && !(state === 'dropped' && NEEDLESS.has(reason ?? ''));
  });
  const held = [...books.balances()].filter(([id, sum]) => id.endsWith(':held') && sum !== 0);
  const updates = books.waitingUpdates();
  return [
    ...orders.map(({ id, state }) => ({ what: `order ${id} is still ${state}`, about: [id] })),
    ...bills.map(({ id, state }) => ({ what: `bill ${id} is still ${state}`, about: [id] })),
    ...messages.map(({ key, state, last_error: reason }) => {
      return { what: `message ${key} is ${state} (${reason})`, about: [key] };
    }),
    ...held.map(([id, sum]) => ({ what: `${id} is ${sum}`, about: [id] })),
    ...(updates > 0 ? [{ what: `${updates} updates were never handled`, about: [] }] : []),
  ];
}

/** All money that came for an order is credited, was refused by the owner, or waits for an owner to find out whose it is. */
function everyPaymentCounts(stage: Stage): Violation[] {
  const { books, truth } = stage;
  const withOwners = leftToOwners(stage);
  const rows = new Map(books.orders().map((row) => [rowKey(row), row]));
  return truth.paidOrders().flatMap((order): Violation[] => {
    const key = keyOf(order);
    const row = rows.get(key);
    const shown = truth.shown.get(key);
    const about = [order.id, ...(shown ? [shown.topupId, `person ${shown.userId}`] : [])];
    // Nobody was asked to pay it: a card that others watch was paid for somebody else.
    if (
      !row &&
      !shown &&
      truth.payments.some(({ by, orders }) => by !== key && orders.includes(key))
    )
      return [];
    if (!row) return [{ what: `${key} was paid and is unknown here`, about }];
    if (row.state === 'paid' || row.state === 'refused') return [];
    // The payment system took it back before the program asked.
    if (order.takenBackAt !== undefined) return [];
    if (withOwners.has(key)) return [];
    if (truth.isSpent(row.id) && books.toldOwners(row.id).length > 0) return [];
    return [{ what: `${key} was paid, order ${row.id} is ${row.state}`, about }];
  });
}

/** Each balance from what came in and what went out in the world. */
function balancesAreRight({ books, truth }: Stage): Violation[] {
  const expected = new Map<number, number>();
  const add = (userId: number, sum: number): void => {
    expected.set(userId, (expected.get(userId) ?? 0) + sum);
  };
  const sums = truth.sums();
  const same = books.closedAsSame();
  for (const row of books.orders()) {
    // Its person has it by an adjustment.
    if (same.has(row.id)) continue;
    const key = rowKey(row);
    const [came] = sums.get(key)?.toSorted((a) => (a === row.paid_tiyin ? -1 : 1)) ?? [];
    const shown = truth.shown.get(key);
    if (row.state === 'paid') add(shown?.userId ?? row.user_id, came ?? 0);
  }
  for (const { userId, amountTiyin } of takenBackByOwners({ books, truth }))
    add(userId, -amountTiyin);
  for (const each of doneAdjustments({ books, truth })) add(each.userId, each.amountTiyin);
  const fees = new Map(books.bills().map((bill) => [bill.transaction_id ?? '', bill.fee_tiyin]));
  for (const { id, state, needsCode, userId, amountTiyin } of truth.transactions()) {
    const person = Number(/^tg_(\d+)$/.exec(userId ?? '')?.[1]);
    if (state === 'paid' && !needsCode) add(person, -amountTiyin - (fees.get(id) ?? 0));
  }
  const balances = books.balances();
  return [...expected].flatMap(([userId, sum]) => {
    const balance = balances.get(`user:${userId}:available`) ?? 0;
    if (balance === sum) return [];
    return [{ what: `user ${userId} has ${balance} and should have ${sum}`, about: [`${userId}`] }];
  });
}

function doneAdjustments({ books, truth }: Pick<Stage, 'books' | 'truth'>) {
  const entries = books.adjustments();
  return truth.adjustments.filter(({ tag }) => entries.some(({ reason }) => reason === tag));
}

/** An adjustment is in the books once if the owner was told that it is done, at most once if they confirmed it, else never. */
function adjustmentsAreRight({ books, truth }: Stage): Violation[] {
  const entries = books.adjustments();
  return truth.adjustments.flatMap((each): Violation[] => {
    const done = entries.filter(({ reason }) => reason === each.tag);
    const isRight = done.every(
      ({ account, amount_tiyin: sum }) =>
        account === `user:${each.userId}:available` && sum === each.amountTiyin,
    );
    const count = done.length;
    const fits =
      isRight && count <= (each.isConfirmed ? 1 : 0) && (count === 1 || !each.isSeenDone);
    if (fits) return [];
    return [{ what: `${each.tag} was done ${count} times`, about: [each.tag] }];
  });
}

/** Who was credited, or paid a bill, read it: once, or as often as a sent message could not be noted. */
function everybodyKnows(stage: Stage): Violation[] {
  const same = stage.books.closedAsSame();
  const orders = stage.books
    .orders()
    .filter(({ state }) => state === 'paid')
    .map(({ id, user_id: chatId }): Announcement => {
      const says = same.has(id)
        ? new RegExp(`№ ${id}[^]*not added a second time`)
        : new RegExp(`is on your balance! \\(№ ${id}\\)`);
      return { chatId, id, says };
    });
  const bills = stage.books
    .bills()
    .filter(({ state }) => state === 'paid')
    .map(({ id, user_id: chatId }): Announcement => {
      return { chatId, id, says: new RegExp(`^✅ Paid: .* \\(№ ${id}\\)`) };
    });
  return [...orders, ...bills].flatMap((each) => announcedOnce(stage, each));
}

/** What the owner wrote to everybody came to an end, reached whom it claims to have reached, and nobody twice. */
function everybodyGotTheNews(stage: Stage): Violation[] {
  return stage.books.broadcasts().flatMap((row): Violation[] => {
    const isOver = row.state !== 'running' && (row.state !== 'stopped' || row.ended_at !== null);
    if (!isOver) return [{ what: `broadcast ${row.id} is still ${row.state}`, about: [] }];
    const content = JSON.stringify(row.content);
    const written = stage.truth.broadcasts.find(({ text }) => content.includes(text));
    if (!written) return [{ what: `broadcast ${row.id} was never written`, about: [] }];
    return newsArrived(stage, { row, written });
  });
}

/** How far behind the program's clock may be. */
const CLOCK_ERROR_MS = 60_000;

function newsArrived(
  stage: Stage,
  { row, written }: { row: BroadcastRow; written: Broadcast },
): Violation[] {
  const { chats, truth } = stage;
  const { text, begunAt } = written;
  const overAt = (row.ended_at ?? Infinity) + CLOCK_ERROR_MS;
  const told = chats.said.filter(({ chatId }) => chatId !== OWNER);
  const people = [...new Set(told.map(({ chatId }) => chatId))];
  const news = (chatId: number): Announcement => ({
    chatId,
    id: text,
    says: new RegExp(`^${text}$`),
  });
  const reached = people.filter((id) => toldOf(stage, news(id)).length > 0);
  const toReach = people.filter((id) => {
    const wasThere = told.some(({ at, chatId }) => at < begunAt && chatId === id);
    return wasThere && (truth.firstLeft.get(id) ?? Infinity) > overAt;
  });
  const missed = toReach.filter((id) => !reached.includes(id));
  const say = (what: string): Violation => ({ what: `${text} ${what}`, about: [text] });
  return [
    ...people.flatMap((id) => announcedTooOften(stage, news(id))),
    // The owner is one of those it is sent to.
    ...(row.sent > reached.length + 1 ? [say(`reached ${reached.length}, not ${row.sent}`)] : []),
    ...(row.state === 'done' && missed.length > row.failed ? [say(`missed ${missed.join()}`)] : []),
  ];
}
