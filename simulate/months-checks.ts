/** What must hold of bills that paid themselves. */
import { dayOf, inTashkent } from '../src/core/calendar.ts';
import type { AutoBillRow } from './books.ts';
import type { Violation } from './checks.ts';
import type { Stage } from './stage.ts';

/** Messages that nobody asked for: they must come by day. */
const BY_ITSELF =
  /pays itself from your balance|To pay this month|was not paid by itself|nothing is owed any more|doesn't pay itself any more/;
/** The longest time between deciding to pay and paying: slow answers need some of it. */
const TOLERANCE_MS = 10 * 60_000;

export function monthsAreKept(stage: Stage): Violation[] {
  const bills = stage.books.autoBills();
  return [
    ...bills.flatMap((bill) => [
      ...withinTheLimit(stage, bill),
      ...onAKnownSign(stage, bill),
      ...toldTheDayBefore(stage, bill),
    ]),
    ...oncePerMonth(stage, bills),
    ...noMessageAtNight(stage),
  ];
}

function about({ id, user_id: userId }: AutoBillRow, what: string): Violation {
  return { what: `bill ${id}, which paid itself, ${what}`, about: [id, `person ${userId}`] };
}

function withinTheLimit({ truth }: Stage, bill: AutoBillRow): Violation[] {
  const cap = truth.caps.get(bill.user_id) ?? 0;
  const total = bill.amount_tiyin + bill.fee_tiyin;
  return total <= cap ? [] : [about(bill, `took ${total}, agreed to was ${cap}`)];
}

/** `auto-<person>-<account>-<month>`: the account and the month, whoever agreed to it. */
function oncePerMonth({ books, truth }: Stage, bills: readonly AutoBillRow[]): Violation[] {
  const paid = new Set(
    truth.transactions().flatMap(({ id, state }) => (state === 'paid' ? [id] : [])),
  );
  const isPaid = ({ id }: AutoBillRow): boolean =>
    books.transactionsOf(id).some((each) => paid.has(each));
  const months = Map.groupBy(bills.filter(isPaid), ({ confirmation_id: name }) =>
    name.replace(/^auto-\d+-/, ''),
  );
  return [...months].flatMap(([month, all]) =>
    all.length <= 1 ? [] : [{ what: `${month} paid itself ${all.length} times`, about: [] }],
  );
}

function onAKnownSign({ truth }: Stage, bill: AutoBillRow): Violation[] {
  const at = bill.created_at;
  const before = truth.signs.findLast((each) => each.at <= at - TOLERANCE_MS);
  const isSteady = !truth.signs.some((each) => Math.abs(each.at - at) < TOLERANCE_MS);
  if (!isSteady || before?.isKnown) return [];
  return [about(bill, 'was paid when nobody knew which sign is a debt')];
}

function toldTheDayBefore({ chats }: Stage, bill: AutoBillRow): Violation[] {
  const day = dayOf(bill.created_at);
  const wasTold = chats.said.some(
    ({ chatId, at, text }) =>
      chatId === bill.user_id &&
      text.includes('pays itself from your balance') &&
      dayOf(at) < day &&
      text.includes(`On ${day.split('-').toReversed().join('.')}`),
  );
  return wasTold ? [] : [about(bill, 'was never told of the day before')];
}

function noMessageAtNight({ chats }: Stage): Violation[] {
  return chats.said.flatMap(({ chatId, at, text }) => {
    const hour = Number(inTashkent(at).slice(11, 13));
    const isNight = hour < 9 || hour >= 21;
    if (!isNight || !BY_ITSELF.test(text)) return [];
    return [
      { what: `${text.slice(0, 60)} woke ${chatId} at ${hour}`, about: [`person ${chatId}`] },
    ];
  });
}
