/** What the page and the sandbox say about the outside world; see api.ts for what holds for all of it. */
import type { ProviderId } from '../src/core/payment-systems.ts';
import type { TransactionState } from './paylov/types.ts';
import type { FaultKind, OrderState, WebhookMode } from './providers/types.ts';

/** `GET /api/world`. */
export interface WorldView {
  now: number;
  /** No payment system can reach the program. */
  webhooksOff: boolean;
  /** The cards orders are paid to. */
  cards: readonly string[];
  providers: ProviderView[];
  /** Newest first, at most 60. */
  orders: OrderView[];
  /** How many transfers no order waited for. */
  unmatched: number;
  /** The latest of those transfers, newest first. */
  lostTransfers: LostTransfer[];
  paylov: PaylovView;
  /** What a bank would send to phones, newest first. */
  texts: PhoneText[];
}

export interface LostTransfer {
  card: string;
  sum: string;
}

export interface PhoneText {
  /** Telegram's id of whose phone it is; null for a phone of nobody here. */
  userId: number | null;
  text: string;
  at: number;
}

export interface FaultView {
  fault: FaultKind;
  /** For `error`: which of `errors`. */
  code: string | null;
  /** The documented errors it can answer. */
  errors: readonly string[];
}

export interface ProviderView extends FaultView {
  id: ProviderId;
  title: string;
  webhooks: WebhookMode;
  /** RasmiyPay sends none. */
  hasWebhooks: boolean;
}

/**
 * What one can do to an order now: `pay` exactly or another sum, `late`, `twice`, `refuse`, `forge`. inPAY has no
 * `twice`: a paid invoice takes no second payment. An order that is over can still be paid (`pay`).
 */
export type OrderAction = 'pay' | 'late' | 'twice' | 'refuse' | 'forge';

export interface OrderView {
  provider: ProviderId;
  id: string;
  /** What our side sent along; null when it sent nothing. */
  reference: string | null;
  /** In so'm, for reading and for copying. */
  sum: string;
  plainSum: string;
  paidSum: string | null;
  card: string | null;
  payUrl: string | null;
  state: OrderState;
  createdAt: number;
  expiresAt: number | null;
  /** A late payment is on its way: when it arrives. */
  lateAt: number | null;
  /** Of the latest webhook: the status, `none` without an answer, null when none was sent. */
  webhook: number | 'none' | null;
  actions: OrderAction[];
}

/** `POST /api/world/orders/:provider/:id/pay`. Answers `{ state: 'paid' }`; 409 when it is paid already. */
export interface PayRequest {
  /** As typed: `50 001,50`. Exactly what is asked for when left out. */
  sum?: string;
}

/**
 * `POST /api/world/orders/:provider/:id/late`: lets the order expire and pays a minute later. Time hurries until then,
 * for a few seconds in all, and goes on at its old rate afterwards.
 */
export interface LateAnswer {
  paysAt: number;
}

/**
 * `POST /api/world/orders/:provider/:id/twice`: pays, unless it is paid, and transfers the same sum to the same card
 * once more. No payment system reports the second one (see outside-world.ts): `unmatched`, the money is on the card and
 * nobody's. `matched` only when another order waits for the very same sum.
 */
export interface TwiceAnswer {
  kind: 'unmatched' | 'matched';
}

/**
 * `POST /api/world/orders/:provider/:id/refuse`: the payer's bank says no. inPAY reports it (`failed`); with transfers
 * from card to card nothing arrives anywhere and the order waits on (`unseen`).
 */
export interface RefuseAnswer {
  kind: 'failed' | 'unseen';
}

/** `POST /api/world/orders/:provider/:id/end`: it ends at the payment system. Answers the request. */
export interface EndRequest {
  state: 'expired' | 'cancelled' | 'failed';
}

/**
 * `POST /api/world/orders/:provider/:id/forged-webhook`: says "paid" at the order's own address although nothing was.
 * With RasmiyPay, which has no webhooks, `status` is null.
 */
export interface ForgedAnswer {
  /** What the program answered; null without an answer. */
  status: number | null;
}

/** `POST /api/world/transfers`: from a card to a card, for no order in particular. */
export interface TransferRequest {
  card: string;
  sum: string;
}
export interface TransferAnswer {
  kind: 'matched' | 'unmatched';
}

/**
 * `POST /api/world/providers/:provider/fault`, `:provider` also `paylov`. Answers the request.
 *
 * `none`; `down`: no connection; `slow`: 20 s later; `garbage`: half a JSON text; `html`: a web page; `rate_limited`:
 * 429; `error`: one of `errors`; `drop_before`; `drop_after`: does it, and the connection breaks before the answer. At
 * Paylov the last one is for `pay` alone unless `method` says otherwise: paid, and nobody answers.
 */
export interface FaultRequest {
  kind: FaultKind;
  code?: string;
  /** Only for this call: `create`, `check`, `pay`, `status` … */
  method?: string;
}

/** `POST /api/world/providers/:provider/webhooks`. Answers the request. */
export interface WebhooksRequest {
  mode: WebhookMode;
}

/** `POST /api/world/webhooks`: of all payment systems at once. Answers the request. */
export interface WebhooksOffRequest {
  isOff: boolean;
}

export interface PaylovView extends FaultView {
  /** On the operator's card, from which bills are paid that a balance pays for. */
  float: string;
  /** Newest first, at most 60. */
  bills: BillView[];
  /** The cards people linked. */
  cards: LinkedCard[];
}

export interface LinkedCard {
  cardId: string;
  userId: number | null;
  mask: string;
  balance: string;
}

/** A transaction at Paylov. */
export interface BillView {
  id: string;
  /** Null when Paylov was told nobody. */
  userId: number | null;
  service: string;
  /** What was filled in, in the order of the form. */
  account: string[];
  sum: string;
  state: TransactionState;
  /** Paid with a card of one's own. */
  needsCode: boolean;
  /** What was sent by SMS for it; null when nothing was, or it is over. */
  code: string | null;
  createdAt: number;
  /** How often the program asked to pay it. */
  payCalls: number;
  /** What `resolve` may make of it now. */
  actions: TransactionState[];
}

/** `POST /api/world/paylov/bills/:id/resolve`: what became of it, whatever was answered. Answers the BillView. */
export interface ResolveRequest {
  state: TransactionState;
}

/** `POST /api/world/paylov/float`: the balance of the operator's card. Answers `{ float }`. */
export interface FloatRequest {
  sum: string;
}

/** `POST /api/world/paylov/cards/:cardId/balance`. Answers `{ balance }`. */
export interface CardBalanceRequest {
  sum: string;
}
