/** What tests and the chat page of the sandbox see of the simulated payment systems. */
import type { Clock, Random } from '../../src/core/deps.ts';
import type { Tiyin } from '../../src/core/money.ts';
import type { ProviderId } from '../../src/core/payment-systems.ts';
import type { LoggedRequest, RequestLog } from '../simulated-server.ts';
import type { Quirk } from './quirks.ts';
import type { Listen } from '../listen.ts';

export interface SimulatedWorldOptions {
  /** Else each server listens on a free port of 127.0.0.1. */
  listen?: Listen;
  clock: Clock;
  random: Random;
  /** For webhooks. */
  fetch: typeof fetch;
  log?: (event: string, data: object) => void;
  /** inPAY's limit for all calls of one address; without it there is none. */
  inpayRequestsPerHour?: number;
  /** The hosts inPAY calls back (`CALLBACK_NOT_WHITELISTED` for others); without it every host. */
  inpayCallbackHosts?: readonly string[];
  /** These watch one and the same card, `SHARED_CARD`; AutoPayCard has no other one then. */
  oneCardAt?: readonly CardProvider[];
}

/** Where people transfer to a card. */
export type CardProvider = Exclude<ProviderId, 'inpay'>;

export type OrderState = 'pending' | 'paid' | 'expired' | 'cancelled' | 'failed';

export interface SimulatedOrder {
  /** What the provider calls the order. */
  id: string;
  provider: ProviderId;
  /** What must be paid exactly. */
  amountTiyin: Tiyin;
  state: OrderState;
  createdAt: number;
  expiresAt?: number;
  payUrl?: string;
  /** The card to transfer to. */
  cardNumber?: string;
  /** What our side sent along to know the order by. */
  ourReference?: string;
  paidTiyin?: Tiyin;
  paidAt?: number;
  /** How much of what came went back to the payer, and when it last did. */
  takenBackTiyin?: Tiyin;
  takenBackAt?: number;
}

export type FaultKind =
  | 'none'
  /** Every connection is cut, nothing is done. */
  | 'down'
  /** Answers as always, `delayMs` (20 s) later. */
  | 'slow'
  /** Does its work, then answers half a JSON text. */
  | 'garbage'
  /** Does nothing and answers a web page. */
  | 'html'
  /** 429 in the provider's own words, `Retry-After` from `delayMs`. */
  | 'rate_limited'
  /** An error of the provider's document: `code`, else its server error. Nothing is done. */
  | 'error'
  /** The connection is cut before, or after, the work is done. */
  | 'drop_before'
  | 'drop_after';

export interface Fault {
  kind: FaultKind;
  delayMs?: number;
  /** For so many requests; without it until the next `fault`. */
  times?: number;
  /** Only for this call, by its name in `requests()`: `create`, `check`, `authorization` … */
  method?: string;
  /** For `error`: a key of the provider's `errors`. */
  code?: string;
}

/** `lost`: never sent. `repeated`: each sent three times at once. */
export type WebhookMode = 'on' | 'lost' | 'repeated';

export type SimulatedEvent =
  | { kind: 'created' | 'paid' | 'ended' | 'taken_back'; order: SimulatedOrder }
  /** `status` is null when the webhook got no answer. */
  | { kind: 'webhook'; orderId: string; status: number | null };

export interface SimulatedProvider {
  id: ProviderId;
  title: string;
  /** Where its server listens. */
  url: string;
  /** The settings of the environment that point the program here. All values are fakes. */
  settings: Readonly<Record<string, string>>;
  /** The documented errors that `fault({ kind: 'error', code })` can answer. */
  errors: readonly string[];
  /** Oldest first. */
  orders(): SimulatedOrder[];
  /**
   * The payment arrives, also for an order that is over, and the webhook goes out. Throws for an unknown order
   * and for one that is paid.
   */
  pay(orderId: string, options?: { amountTiyin?: Tiyin }): SimulatedOrder;
  /** Throws for an unknown order and for one that is paid. */
  end(orderId: string, state: 'expired' | 'cancelled' | 'failed'): SimulatedOrder;
  /**
   * The payment goes back to the payer, as Click and Payme do it: the order is cancelled or failed, or paid with what is
   * left. Throws for an order that is not paid, or with less than what is to be left.
   */
  takeBack(orderId: string, options: TakingBack): SimulatedOrder;
  fault(fault: Fault): void;
  /** The quirks it has. */
  quirks: readonly Quirk[];
  /** Speaks so from now on; throws for a quirk it has not. */
  behave(quirks: readonly Quirk[]): void;
  /** The status call sees a payment so much later than the webhook goes out; of payments from now on. */
  statusLagMs: number;
  webhooks(mode: WebhookMode): void;
  /** The address set in the shop's panel, for orders that bring none. */
  webhookUrl: string | null;
  /** Sends an order's webhook now, whatever its state, with changed fields. The status, or null without an answer. */
  sendWebhook(
    orderId: string,
    overrides?: Readonly<Record<string, unknown>>,
  ): Promise<number | null>;
  /** The latest requests, oldest first, without secrets. */
  requests(): LoggedRequest[];
  /** Tells of requests as they come and are answered. */
  onRequest: RequestLog['on'];
  /** Returns the function that ends it. */
  on(listener: (event: SimulatedEvent) => void): () => void;
}

export type TakingBack = { as: 'cancelled' | 'failed' } | { leftTiyin: Tiyin };

export interface Transfer {
  cardNumber: string;
  amountTiyin: Tiyin;
}

export type TransferOutcome =
  /** Every system that watches the card has its own order paid by it. */
  | { kind: 'matched'; orders: readonly [SimulatedOrder, ...SimulatedOrder[]] }
  | { kind: 'unmatched' };

export interface SimulatedWorld {
  providers: readonly SimulatedProvider[];
  provider(id: ProviderId): SimulatedProvider;
  /** The settings of all providers together. */
  settings: Readonly<Record<string, string>>;
  /** A bank transfer: at each system that watches the card it pays the oldest live order with exactly that sum. */
  transfer(transfer: Transfer): TransferOutcome;
  /** Transfers that no order waited for. */
  unmatched(): Transfer[];
  /** Resolves when every webhook on its way has arrived or been given up. */
  idle(): Promise<void>;
  close(): Promise<void>;
}
