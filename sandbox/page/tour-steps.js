/**
 * The steps of the guided tour. `look` remembers how things stood before, `isDone` tells from what is known whether it
 * has happened, `target` finds what to press
 * next, from the same two.
 */
import { billTarget, orderTarget, topupTarget } from './tour-targets.js';

export const STEPS = [
  {
    title: 'Top up a balance',
    text: 'Top up 50 000 so’m on the phone (press what glows), then press “Pay exactly” in the outside world. The bot credits nothing until the payment system itself says “paid”; then one entry appears in the books, and its lines add up to zero.',
    look: paidOrders,
    isDone: ({ books }, before) =>
      books.orders.some(({ id, state }) => state === 'paid' && !before.has(id)),
    target: () => topupTarget('.pay-exactly'),
  },
  {
    title: 'Pay late',
    text: 'Order once more and press “Pay late”: the order expires first, the money comes afterwards, and time runs faster so that you need not wait. Ended orders are still asked about for 72 hours, so late money is credited all the same, once.',
    look: paidOrders,
    isDone: ({ books }, before) =>
      books.orders.some((order) => isPaidLate(order) && !before.has(order.id)),
    target: () => topupTarget('.pay-late'),
  },
  {
    title: 'Forge a webhook',
    text: 'Order once more and press “Forge a “paid” webhook”: somebody who knows the address claims that you have paid. A webhook is only a hint to ask the payment system, which says “not paid”, so nothing is credited.',
    look: ({ world }) => forged(world),
    isDone: ({ world }, before) => [...forged(world)].some((id) => !before.has(id)),
    target: () => topupTarget('.forge'),
  },
  {
    title: 'Kill the program',
    text: 'Press “Kill -9”, and pay the waiting order while the program is down. Every step is on the disk before anybody is told, so it goes on where it was: no payment is lost and none is credited twice.',
    look: ({ program: { kills, pid }, books }) => ({ kills, pid, paid: paidOrders({ books }) }),
    isDone: ({ program: { kills, pid, state }, books }, before) =>
      kills > before.kills &&
      pid !== before.pid &&
      state === 'running' &&
      books.orders.some((order) => isPaid(order) && !before.paid.has(order.id)),
    target: ({ program: { kills } }, before) => {
      // There has to be an order that can be paid while the program is down.
      const way = topupTarget('.pay-exactly');
      const isWaiting = orderTarget('.pay-exactly') !== undefined;
      const kill = document.querySelector('.kill:not([disabled])');
      return isWaiting && kills === before.kills ? (kill ?? way) : way;
    },
  },
  {
    title: 'Pay a bill',
    text: 'Press 🧾 on the phone, choose a service, fill in what it asks and pay from the balance. The money is held first and taken only when Paylov says “paid”; without a clear answer nothing is paid twice or given back on a guess.',
    look: ({ books }) => new Set(books.bills.filter(isPaid).map(({ id }) => id)),
    isDone: ({ books }, before) => books.bills.some((bill) => isPaid(bill) && !before.has(bill.id)),
    target: billTarget,
  },
];

function isPaid({ state }) {
  return state === 'paid';
}

function paidOrders({ books }) {
  return new Set(books.orders.filter(isPaid).map(({ id }) => id));
}

function isPaidLate({ state, endedAt, expiresAt }) {
  return state === 'paid' && endedAt !== null && endedAt > expiresAt;
}

/** Only a forged webhook can come to an order that nobody paid. */
function forged({ orders }) {
  const known = orders.filter(({ state, webhook }) => state === 'pending' && webhook !== null);
  return new Set(known.map(({ id }) => id));
}
