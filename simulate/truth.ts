/** What is so, whatever the program believes: who was shown which order, and who was paid what. */
import type { SimulatedOrder } from '../src/sandbox/providers/types.ts';
import type { SimulatedTransaction } from '../src/sandbox/paylov/types.ts';
import type { Books } from './books.ts';
import type { Claims } from './lies.ts';
import type { World } from './world.ts';

export interface Shown {
  userId: number;
  /** As the screen calls it. */
  topupId: string;
}

/** A command of an owner, and how far it went in their sight. */
export interface Adjustment {
  /** Part of its reason, unlike all others. */
  tag: string;
  userId: number;
  /** Negative for a debit. */
  amountTiyin: number;
  isConfirmed: boolean;
  /** The owner read that it was done. */
  isSeenDone: boolean;
}

/** A message to everybody, as the owner wrote it; it may have come to nothing. */
export interface Broadcast {
  /** Unlike all others. */
  text: string;
  begunAt: number;
}

export class Truth {
  readonly claims: Claims;
  readonly shown = new Map<string, Shown>();
  readonly adjustments: Adjustment[] = [];
  readonly broadcasts: Broadcast[] = [];
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

  /** What really came for an order a person was shown; null for nothing. */
  paidFor(topupId: string): number | null {
    const [key] = [...this.shown].find(([, shown]) => shown.topupId === topupId) ?? [];
    const order = key === undefined ? undefined : this.order(key);
    return order?.state === 'paid' ? (order.paidTiyin ?? null) : null;
  }

  /** Whether just what was asked for came for an order a person was shown. */
  isPaidExactly(topupId: string): boolean {
    const [key] = [...this.shown].find(([, shown]) => shown.topupId === topupId) ?? [];
    return key !== undefined && this.paidFor(topupId) === this.order(key)?.amountTiyin;
  }

  isBillPaid(billId: string): boolean {
    const ids = this.#books.transactionsOf(billId);
    return this.transactions().some((each) => ids.includes(each.id) && each.state === 'paid');
  }

  noteShown(order: SimulatedOrder, shown: Shown): void {
    this.shown.set(keyOf(order), shown);
  }

  paidOrders(): SimulatedOrder[] {
    return this.#world.providers.providers
      .flatMap((provider) => provider.orders())
      .filter((order) => order.state === 'paid');
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
