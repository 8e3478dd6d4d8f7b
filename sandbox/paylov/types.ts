/** What tests and the chat page of the sandbox see of the simulated Paylov. Sums are tiyin. */
import type { Clock, Random } from '../../src/core/deps.ts';
import type { Tiyin } from '../../src/core/money.ts';
import type { Fault } from '../providers/types.ts';
import type { Listen } from '../listen.ts';
import type { LoggedRequest, RequestLog } from '../simulated-server.ts';
import type { PaylovQuirk } from './quirks.ts';

export interface SimulatedPaylovOptions {
  /** Else a server on a free port of 127.0.0.1. */
  listen?: Listen;
  clock: Clock;
  random: Random;
  log?: (event: string, data: object) => void;
  /** Where the service methods are; the document has both. Empty when left out. */
  servicePrefix?: '' | '/merchant';
}

export type TransactionState = 'created' | 'paid' | 'cancelled';

export interface SimulatedTransaction {
  id: string;
  serviceId: string;
  serviceName: string;
  account: Readonly<Record<string, string>>;
  amountTiyin: Tiyin;
  state: TransactionState;
  createdAt: number;
  /** Created with a card: to be paid with it and the code sent to its owner. */
  needsCode: boolean;
  userId?: string;
  /** The card it was created with, or paid with. */
  cardId?: string;
  paidAt?: number;
  cancelledAt?: number;
  /** How many calls of `pay` have reached it, refused ones included. */
  payCalls: number;
}

export interface SimulatedCard {
  cardId: string;
  userId: string;
  /** `860000******9999` */
  mask: string;
  balanceTiyin: Tiyin;
}

interface SimulatedService {
  id: string;
  name: string;
  category: string;
  available: boolean;
}

export type SimulatedPaylovEvent =
  | { kind: 'created' | 'paid' | 'cancelled'; transaction: SimulatedTransaction }
  /** A code on its way to the owner of a card. */
  | { kind: 'sms'; userId: string; code: string; text: string }
  | { kind: 'card_linked' | 'card_removed'; card: SimulatedCard };

export interface SimulatedPaylov {
  /** Where its server listens. */
  url: string;
  /** The settings of the environment that point the program here. All values are fakes. */
  settings: Readonly<Record<string, string>>;
  /** The documented errors that `fault({ kind: 'error', code })` can answer. */
  errors: readonly string[];
  services(): SimulatedService[];
  /** Oldest first. */
  transactions(): SimulatedTransaction[];
  /** The linked cards of everybody, the operator's own first. */
  cards(): SimulatedCard[];
  /** The balance of the operator's card, from which bills are paid that a user's balance pays for. */
  floatTiyin(): Tiyin;
  setFloat(amountTiyin: Tiyin): void;
  /** Throws for an unknown card. */
  setCardBalance(cardId: string, amountTiyin: Tiyin): void;
  /** The latest code sent for a user, a card, a card being linked, or a transaction. */
  lastCode(id: string): string | undefined;
  /**
   * One fault at a time. Its `method` is one of `token`, `list`, `fields`, `info`, `create`, `pay`, `status`,
   * `transactions`, `createUserCard`, `confirmUserCardCreate`, `getAllUserCards`, `deleteUserCard`.
   */
  fault(fault: Fault): void;
  /** The quirks it has. */
  quirks: readonly PaylovQuirk[];
  /** Speaks so from now on. */
  behave(quirks: readonly PaylovQuirk[]): void;
  /**
   * What became of a transaction, whatever was answered: its status from now on. The card is charged, or given
   * back, as the new state has it. Throws for an unknown transaction.
   */
  resolve(transactionId: string, state: TransactionState): SimulatedTransaction;
  /** The latest requests, oldest first, without secrets. */
  requests(): LoggedRequest[];
  /** Tells of requests as they come and are answered. */
  onRequest: RequestLog['on'];
  /** Returns the function that ends it. */
  on(listener: (event: SimulatedPaylovEvent) => void): () => void;
  close(): Promise<void>;
}
