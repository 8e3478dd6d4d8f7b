/** What is so, whatever the program believes: who was shown which order, and who was paid what. */
import type { SimulatedOrder } from '../sandbox/providers/types.ts';
import type { SimulatedTransaction } from '../sandbox/paylov/types.ts';
import type { Books, OrderRow } from './books.ts';
import type { Claims } from './lies.ts';
import type { World } from './world.ts';

interface Shown {
  userId: number;
  /** As the screen calls it. */
  topupId: string;
}

/** A command of an owner, and how far it went in their sight. */
interface Adjustment {
  /** Part of its reason, unlike all others. */
  tag: string;
  userId: number;
  /** Negative for a debit. */
  amountTiyin: number;
  isConfirmed: boolean;
  /** The owner read that it was done. */
  isSeenDone: boolean;
  /** The order whose money it is, as its screen calls it: given before its payment system reported it. */
  for?: string;
}

/** A message to everybody, as the owner wrote it; it may have come to nothing. */
export interface Broadcast {
  /** Unlike all others. */
  text: string;
  begunAt: number;
}

/** Money that left somebody's hand once. */
export interface Payment {
  /** The order it was meant for. */
  by: string;
  /** Every order a payment system takes it for: none, one, or more where systems watch one card. */
  orders: readonly string[];
}

interface Reversal {
  key: string;
  /** The last message the program had written until then. */
  afterMessage: number;
  /** What was paid for the order until then. */
  beforeTiyin: number;
}

export class Truth {
  readonly claims: Claims;
  readonly shown = new Map<string, Shown>();
  readonly payments: Payment[] = [];
  readonly reversals: Reversal[] = [];
  /** When the books first said that an order is paid. */
  readonly creditedAt = new Map<string, number>();
  readonly adjustments: Adjustment[] = [];
  readonly broadcasts: Broadcast[] = [];
  /** By person, the highest limit they agreed to for what pays itself. */
  readonly caps = new Map<number, number>();
  /** When an owner said which sign is a debt, or that nobody knows. */
  readonly signs: { at: number; isKnown: boolean }[] = [];
  /** When somebody blocked the bot for the first time. */
  readonly firstLeft = new Map<number, number>();
  /** Of people's own cards. */
  readonly cardNumbers = new Set<string>();
  readonly #world: World;

  readonly #books: Books;

  constructor(parts: { world: World; claims: Claims; books: Books }) {
    this.#world = parts.world;
    this.claims = parts.claims;
    this.#books = parts.books;
  }

  /** What really came for an order a person was shown, and is still there; null for nothing. */
  paidFor(topupId: string): number | null {
    const key = this.keyOf(topupId);
    const order = key === undefined ? undefined : this.order(key);
    return order?.state === 'paid' ? (order.paidTiyin ?? null) : null;
  }

  /** What went back to the payer of an order a person was shown. */
  takenBackOf(topupId: string): number {
    const key = this.keyOf(topupId);
    return (key === undefined ? undefined : this.order(key))?.takenBackTiyin ?? 0;
  }

  /** Whether just what was asked for came for an order a person was shown, wherever it was reported. */
  isPaidExactly(topupId: string): boolean {
    const key = this.keyOf(topupId);
    if (key === undefined) return false;
    const order = this.order(key);
    if (order?.takenBackAt !== undefined) return false;
    return this.isPayer(key) || this.paidFor(topupId) === order?.amountTiyin;
  }

  /** By order, what the program may rightly believe to have come for it: all that came, or what is left of it. */
  sums(): Map<string, number[]> {
    const sums = new Map<string, number[]>();
    for (const order of this.paidOrders()) {
      const leftTiyin = order.paidTiyin ?? 0;
      const cameTiyin = leftTiyin + (order.takenBackTiyin ?? 0);
      // Credited may be what was there at any time: it went back in several steps.
      const between = this.reversals
        .filter(({ key }) => key === keyOf(order))
        .map(({ beforeTiyin }) => beforeTiyin);
      const there = [cameTiyin, ...between, leftTiyin].filter((sum) => sum > 0);
      sums.set(keyOf(order), [...new Set(there)]);
    }
    for (const { by, orders } of this.payments) {
      const order = orders.includes(by) || sums.has(by) ? undefined : this.order(by);
      if (order) sums.set(by, [order.amountTiyin]);
    }
    return sums;
  }

  /** Whether the money that is reported for an order was credited for another one. */
  isSpent(topupId: string): boolean {
    const key = this.keyOf(topupId) ?? '';
    const others = new Set(
      this.payments.map(ordersOf).flatMap((keys) => (keys.includes(key) ? keys : [])),
    );
    others.delete(key);
    return this.#books.orders().some((row) => row.state === 'paid' && others.has(rowKey(row)));
  }

  /** The key of an order that a person was shown. */
  keyOf(topupId: string): string | undefined {
    return [...this.shown].find(([, shown]) => shown.topupId === topupId)?.[0];
  }

  /** Somebody transferred just what was asked for, and no system took it for this order. */
  isPayer(key: string): boolean {
    return this.payments.some(({ by, orders }) => by === key && !orders.includes(key));
  }

  notePayment(payment: Payment): void {
    this.payments.push(payment);
  }

  noteCredited(key: string): void {
    if (!this.creditedAt.has(key)) this.creditedAt.set(key, this.#world.clock.now());
  }

  noteReversal(reversal: Reversal): void {
    this.reversals.push(reversal);
  }

  isBillPaid(billId: string): boolean {
    const ids = this.#books.transactionsOf(billId);
    return this.transactions().some((each) => ids.includes(each.id) && each.state === 'paid');
  }

  noteShown(order: SimulatedOrder, shown: Shown): void {
    this.shown.set(keyOf(order), shown);
  }

  /** All that were ever paid, also what went back to the payer. */
  paidOrders(): SimulatedOrder[] {
    return this.#world.providers.providers
      .flatMap((provider) => provider.orders())
      .filter((order) => order.state === 'paid' || order.takenBackAt !== undefined);
  }

  order(key: string): SimulatedOrder | undefined {
    const [provider, id] = key.split('/');
    return this.#world.providers.providers
      .find((each) => each.id === provider)
      ?.orders()
      .find((each) => each.id === id);
  }

  transactions(): SimulatedTransaction[] {
    return this.#world.paylov.transactions();
  }
}

export function keyOf({ provider, id }: { provider: string; id: string }): string {
  return `${provider}/${id}`;
}

/** Every order that is, or may be taken to be, paid by it. */
export function ordersOf({ by, orders }: Payment): string[] {
  return [...new Set([by, ...orders])];
}

export function rowKey(row: Pick<OrderRow, 'provider' | 'provider_order'>): string {
  return keyOf({ provider: row.provider, id: row.provider_order ?? '' });
}
