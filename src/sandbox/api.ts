/**
 * What the page and the sandbox say to each other: every route, what it takes, what it answers, every event.
 *
 * All routes are under `/sandbox`. What changes something is a POST with `x-sandbox: 1` (see guard.ts) and a JSON body,
 * `{}` where none is named. What goes wrong is `{ error }` with 400 (not understood), 403 (not from this page), 404
 * (nobody and nothing of that name), 409 (not possible now) or 503. Times are milliseconds since 1970 of the sandbox's
 * clock, which may run faster than the machine's; sums to be read are texts in so'm, `Tiyin` fields are integers.
 *
 * The page itself is `GET /`; its own files and the library's are those of page-files.ts.
 */
import type { Tiyin } from '../money.ts';
import type { ProviderId } from '../topups/provider.ts';
import type { FaultKind, OrderState, WebhookMode } from './providers/types.ts';
import type { TransactionState } from './paylov/types.ts';
import type { MessageView, ReplyKeyboard, TelegramEvent } from './telegram/types.ts';

export type { FaultKind, OrderState, WebhookMode } from './providers/types.ts';
export type { TransactionState } from './paylov/types.ts';
export type { MessageFile, MessageView, ReplyKeyboard, TelegramEvent } from './telegram/types.ts';

/** `GET /api/state`, and the first event of `GET /events`. */
export interface StateView {
  persons: PersonView[];
  /** By person's id. */
  chats: Record<number, ChatView>;
  world: WorldView;
  program: ProgramView;
  books: BooksView;
}

/**
 * `GET /events`, server-sent: `event` is the name, `data` the JSON of `data`. Begins with `state`; a page that was let
 * go (it was too slow) connects again and gets the state again.
 */
export type LiveEvent =
  | { event: 'state'; data: StateView }
  /** A message, an edit, a deletion, an answer to a tap, typing (`chat-action`), a reply keyboard, a pin. */
  | { event: 'telegram'; data: TelegramEvent }
  /** Somebody has another language, or blocks the bot. */
  | { event: 'persons'; data: PersonView[] }
  /** The whole of it, after every change and every 3 s. */
  | { event: 'world'; data: WorldView }
  | { event: 'program'; data: ProgramView }
  /** What is new or changed since the last one. */
  | { event: 'books'; data: BooksChange };

// People and their chats

/** `GET /api/persons`: PersonView[]. */
export interface PersonView {
  id: number;
  name: string;
  /** Their Telegram's: `uz`, `ru`, `en`. What they chose in the bot is the bot's business. */
  language: string;
  isOwner: boolean;
  /** They block the bot. */
  isBlocking: boolean;
}

/**
 * `GET /api/persons/:id/chat`.
 *
 * A message's `file` is downloaded from `GET /api/files/:fileId`: pictures as such, everything else as a download
 * under its own name. Its `html` is escaped text with Telegram's tags. Buttons of `inlineKeyboard` have
 * `callback_data` (POST tap), `url` (opens it; the simulated checkout is one) or `copy_text.text` (copies it). Those
 * of the reply keyboard are sent as a text, or share the contact where `request_contact` stands.
 */
export interface ChatView {
  /** Oldest first, at most the last 200. */
  messages: MessageView[];
  keyboard: ReplyKeyboard | null;
}

/** `GET /api/persons/:id/commands`: the menu of commands, CommandView[]. */
export interface CommandView {
  command: string;
  description: string;
}

/** `POST /api/persons/:id/text`; answers the MessageView. Buttons of the reply keyboard are their text. */
export interface TextRequest {
  /** 1 to 4096 characters. */
  text: string;
}

/** `POST /api/persons/:id/tap` on an inline button; the bot's answer comes as the event `callback-answer`. */
export interface TapRequest {
  messageId: number;
  data: string;
}
export interface TapAnswer {
  queryId: string;
}

/** `POST /api/persons/:id/contact`: shares a phone number, their own; answers the MessageView. */
export interface ContactRequest {
  /** `+998901234567` */
  phone: string;
}

/**
 * `POST /api/persons/:id/photo?caption=…`; the body is the picture itself (PNG, JPEG, WebP or GIF, at most 5 MB), with
 * its content type. Answers the MessageView.
 */
export interface PhotoQuery {
  /** At most 1024 characters. */
  caption?: string;
}

/** `POST /api/persons/:id/language`: of their Telegram; answers the PersonView. */
export interface LanguageRequest {
  language: 'uz' | 'ru' | 'en';
}

/** `POST /api/persons/:id/block`: blocks the bot, or no longer; answers the PersonView. */
export interface BlockRequest {
  isBlocking: boolean;
}

// The outside world

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

// The program

/** 1: as on the wall; 60: an hour in a minute; 4320: 72 hours in a minute. */
export type TimeRate = 1 | 60 | 4320;

/** `GET /api/program`. */
export interface ProgramView {
  /** `stopped` after it ended by itself, again and again; `POST start` tries once more. */
  state: 'running' | 'starting' | 'stopped';
  /** Null where the program shares the sandbox's process: it cannot be killed then. */
  pid: number | null;
  /** When it began to run, on the machine's clock; null while it does not. */
  startedAt: number | null;
  /** How often it was killed. */
  kills: number;
  /** How long the last start took until it was ready. */
  startMs: number | null;
  /** Resident memory, in MB; null while it does not run. */
  memoryMb: number | null;
  time: TimeView;
}

export interface TimeView {
  /** Now, on the sandbox's clock, when this was written; it goes on at `rate`. */
  now: number;
  /** One of TimeRate, or any other number while a late payment is on its way. */
  rate: number;
  /** Whether the rate can be changed. */
  canChange: boolean;
}

/** `POST /api/program/kill`: SIGKILL, and it starts again. Answers the ProgramView. 409 when it does not run. */
/** `POST /api/program/start`: when it is `stopped`. Answers the ProgramView. */

/** `POST /api/program/time`. Answers the TimeView. A minute after the last page has gone the rate is 1 again. */
export interface TimeRequest {
  rate: TimeRate;
}

// The books: what the program wrote down, read from its file

/** `GET /api/books`. */
export interface BooksView {
  /** Newest last, at most the latest 100. */
  entries: EntryView[];
  /** All together are always zero. */
  accounts: AccountView[];
  /** Newest last, at most the latest 60. */
  orders: OrderRow[];
  bills: BillRow[];
  /** Newest last, at most the latest 100. */
  requests: RequestView[];
  budgets: BudgetView[];
  queues: QueuesView;
}

/** Each list holds what is new or changed, to be put in by `id`; what is missing has not changed. */
export interface BooksChange {
  entries?: EntryView[];
  accounts?: AccountView[];
  orders?: OrderRow[];
  bills?: BillRow[];
  requests?: RequestView[];
  budgets?: BudgetView[];
  queues?: QueuesView;
}

export interface EntryView {
  id: number;
  /** `topup:K7Q2M9XA`, `bill:…:captured` */
  key: string;
  kind: string;
  /** `system` or `user:<id>`. */
  actor: string;
  reason: string | null;
  /** The entry it undoes. */
  reverses: number | null;
  at: number;
  /** In the order they were posted; the sum is zero. */
  lines: EntryLine[];
}

export interface EntryLine {
  account: string;
  amountTiyin: Tiyin;
  /** With its sign: `−50 001,50`. */
  amount: string;
}

export interface AccountView {
  /** `user:<id>:available`, `user:<id>:held`, `provider:payfer`, `suspense` … */
  id: string;
  balanceTiyin: Tiyin;
  balance: string;
}

/** A top-up. */
export interface OrderRow {
  /** As the person sees it. */
  id: string;
  userId: number;
  provider: string;
  /** `OrderView.id`; null until the payment system gave one. */
  providerOrder: string | null;
  /** `creating`, `waiting`, `paid`, `expired`, `cancelled`, `failed`, `review`, `refused` */
  state: string;
  reason: string | null;
  sum: string;
  paidSum: string | null;
  createdAt: number;
  expiresAt: number;
  endedAt: number | null;
  /** How often the payment system was asked. */
  checks: number;
  /** When it is asked next; null is never. */
  dueAt: number | null;
  lastProblem: string | null;
}

export interface BillRow {
  id: string;
  userId: number;
  service: string;
  /** `held`, `created`, `drafting`, `awaiting_code`, `paying`, `unknown`, `stuck`, `paid`, `failed`, `refunded` */
  state: string;
  reason: string | null;
  source: 'balance' | 'card';
  sum: string;
  fee: string;
  cardMask: string | null;
  /** `BillView.id` */
  transactionId: string | null;
  createdAt: number;
  endedAt: number | null;
}

/** One request of the program to a payment system or Paylov. */
export interface RequestView {
  id: number;
  to: ProviderId | 'paylov';
  /** `create`, `check`, `authorization`, `pay` … */
  call: string;
  at: number;
  /** 0: the connection was cut; null: not answered yet. A change comes as the same `id` again. */
  status: number | null;
  /** Of the machine's clock. */
  durationMs: number | null;
}

/** What a payment system that rations requests has left of its hour. */
export interface BudgetView {
  /** The provider. */
  id: ProviderId;
  used: number;
  limit: number;
  periodMs: number;
  /** From here on polling stops, and from here on checks that somebody waits for. */
  pollStopsAt: number;
  promptStopsAt: number;
}

/** What waits in the program. */
export interface QueuesView {
  inbox: number;
  outbox: number;
}
