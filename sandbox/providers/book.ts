/** The orders of one simulated provider: in memory, bounded, expiring by the clock. */
import type { Clock } from '../../src/core/deps.ts';
import type { Tiyin } from '../../src/core/money.ts';
import type { ProviderId } from '../../src/core/payment-systems.ts';
import type { OrderState, SimulatedEvent, SimulatedOrder, TakingBack } from './types.ts';

const MAX_ORDERS = 5000;

/** An order with what only the provider's own protocol needs. */
export interface BookOrder extends SimulatedOrder {
  webhookUrl?: string;
  /** From when on the status call sees the payment. */
  seenFrom?: number;
  /** A running number. */
  number: number;
  /** What the create request said, for answers that echo it. */
  sent: Readonly<Record<string, unknown>>;
}

type NewOrder = Omit<BookOrder, 'provider' | 'state' | 'createdAt' | 'number'>;

export interface Book {
  add(order: NewOrder): BookOrder;
  find(id: string): BookOrder | undefined;
  all(): BookOrder[];
  live(): BookOrder[];
  /** How many there have ever been. */
  count(): number;
  pay(id: string, options?: { amountTiyin?: Tiyin | undefined; lagMs?: number }): BookOrder;
  end(id: string, state: Exclude<OrderState, 'pending' | 'paid'>): BookOrder;
  takeBack(id: string, taking: TakingBack): BookOrder;
  /** As the status call has it, which may lag behind. */
  look(id: string): BookOrder | undefined;
}

export function createBook(options: {
  provider: ProviderId;
  clock: Clock;
  emit: (event: SimulatedEvent) => void;
}): Book {
  const { provider, clock, emit } = options;
  const orders = new Map<string, BookOrder>();
  let count = 0;

  const current = (order: BookOrder): BookOrder => {
    const over = order.expiresAt !== undefined && clock.now() >= order.expiresAt;
    if (order.state === 'pending' && over) {
      order.state = 'expired';
      emit({ kind: 'ended', order: snapshot(order) });
    }
    return order;
  };
  const all = (): BookOrder[] => [...orders.values()].map(current);
  const unpaid = (id: string): BookOrder => {
    const order = orders.get(id);
    if (!order) throw new Error(`${provider} has no order ${id}`);
    if (order.state === 'paid') throw new Error(`${provider}: order ${id} is paid already`);
    return current(order);
  };

  return {
    all,
    count: () => count,
    live: () => all().filter((order) => order.state === 'pending'),
    find: (id) => {
      const order = orders.get(id);
      return order && current(order);
    },
    add: (order) => {
      count += 1;
      const begun = { provider, state: 'pending', createdAt: clock.now(), number: count } as const;
      const added: BookOrder = { ...order, ...begun };
      orders.set(added.id, added);
      forgetOldest(orders);
      emit({ kind: 'created', order: snapshot(added) });
      return added;
    },
    pay: (id, { amountTiyin, lagMs = 0 } = {}) => {
      const order = unpaid(id);
      order.state = 'paid';
      order.paidTiyin = amountTiyin ?? order.amountTiyin;
      order.paidAt = clock.now();
      order.seenFrom = clock.now() + lagMs;
      emit({ kind: 'paid', order: snapshot(order) });
      return order;
    },
    end: (id, state) => {
      const order = unpaid(id);
      order.state = state;
      emit({ kind: 'ended', order: snapshot(order) });
      return order;
    },
    takeBack: (id, taking) => {
      const order = orders.get(id);
      if (!order) throw new Error(`${provider} has no order ${id}`);
      takeFrom(order, taking);
      order.takenBackAt = clock.now();
      emit({ kind: 'taken_back', order: snapshot(order) });
      return order;
    },
    look: (id) => {
      const order = orders.get(id);
      return order && asSeen(current(order), clock.now());
    },
  };
}

function takeFrom(order: BookOrder, taking: TakingBack): void {
  const { provider, id, state, paidTiyin } = order;
  if (state !== 'paid' || paidTiyin === undefined)
    throw new Error(`${provider}: order ${id} is not paid`);
  const leftTiyin = 'as' in taking ? 0 : taking.leftTiyin;
  if (leftTiyin > paidTiyin) throw new Error(`${provider}: order ${id} has only ${paidTiyin}`);
  order.takenBackTiyin = (order.takenBackTiyin ?? 0) + paidTiyin - leftTiyin;
  if ('leftTiyin' in taking) {
    order.paidTiyin = leftTiyin;
    return;
  }
  order.state = taking.as;
  delete order.paidTiyin;
  delete order.paidAt;
}

/** A payment takes a while to arrive where the status call reads it. */
function asSeen(order: BookOrder, now: number): BookOrder {
  if (order.state !== 'paid' || now >= (order.seenFrom ?? 0)) return order;
  const { paidTiyin: _sum, paidAt: _at, ...rest } = order;
  return { ...rest, state: 'pending' };
}

/** What everybody may see of an order, in its present state. */
export function snapshot(order: BookOrder): SimulatedOrder {
  const { webhookUrl: _address, number: _number, sent: _sent, seenFrom: _seen, ...visible } = order;
  return visible;
}

function forgetOldest(orders: Map<string, BookOrder>): void {
  const [oldest] = orders.keys();
  if (orders.size > MAX_ORDERS && oldest !== undefined) orders.delete(oldest);
}
