/** What is known of the world outside of the chat, and what can be done to it. */
import type { Clock } from '../src/core/deps.ts';
import type { Tiyin } from '../src/core/money.ts';
import type { ProviderId } from '../src/core/payment-systems.ts';
import type {
  BillView,
  LateAnswer,
  PhoneText,
  RefuseAnswer,
  TransferAnswer,
  WorldView,
} from './api-world.ts';
import type { SimulatedPaylov, SimulatedTransaction, TransactionState } from './paylov/types.ts';
import type { FaultKind, SimulatedOrder, SimulatedWorld, WebhookMode } from './providers/types.ts';

export type FaultTarget = ProviderId | 'paylov';

export interface FaultChoice {
  kind: FaultKind;
  /** For `error`: one of the provider's `errors`. */
  code?: string | undefined;
  /** Only for this call. */
  method?: string | undefined;
}

export interface OutsideWorld {
  view(): WorldView;
  find(provider: ProviderId, orderId: string): SimulatedOrder | undefined;
  pay(order: SimulatedOrder, amountTiyin?: Tiyin): void;
  /**
   * Pays a minute after the order is over, and hurries time until then. The payment system notices it all the same,
   * as where it reads of transfers in a bank's mail, which comes late (autopaycard.txt knows `expired` and no end of it).
   */
  payLate(order: SimulatedOrder): LateAnswer;
  /**
   * Pays, unless it is paid, and transfers the same sum to the same card once more; null where orders have no card.
   * Payment systems match a transfer with an order that waits for its sum. After the first one none does: the second
   * is on the card, in no answer and no webhook of their documents. inPAY's page takes no payment for a paid invoice.
   */
  payTwice(order: SimulatedOrder): TransferAnswer | null;
  /** The payer's bank says no. Only where the payment system itself asks the bank does it hear of that. */
  refuse(order: SimulatedOrder): RefuseAnswer;
  end(order: SimulatedOrder, state: 'expired' | 'cancelled' | 'failed'): void;
  /** A webhook that says "paid" although nothing was. The status, or null without an address or an answer. */
  forgeWebhook(order: SimulatedOrder): Promise<number | null>;
  transfer(transfer: { cardNumber: string; amountTiyin: Tiyin }): TransferAnswer;
  /** False when `target` documents no error `code`. */
  setFault(target: FaultTarget, fault: FaultChoice): boolean;
  setWebhooks(provider: ProviderId, mode: WebhookMode): void;
  /** Off: new orders carry no address, and what older ones carry is not called. */
  setWebhooksOff(isOff: boolean): void;
  findBill(id: string): SimulatedTransaction | undefined;
  /** What became of a bill at Paylov, whatever was answered. */
  resolve(bill: SimulatedTransaction, state: TransactionState): BillView;
  setFloat(amountTiyin: Tiyin): void;
  /** False for an unknown card. */
  setCardBalance(cardId: string, amountTiyin: Tiyin): boolean;
  publicUrl(): string | null;
  connected(baseUrl: string): void;
  /** Calls `listener` after something changed, once for changes at one moment. Returns the function that ends it. */
  onChange(listener: () => void): () => void;
  close(): void;
}

interface Settings {
  fault: FaultChoice;
  webhooks: WebhookMode;
}

export interface Here {
  world: SimulatedWorld;
  paylov: SimulatedPaylov;
  shopWebhookPath: string;
  cards: readonly string[];
  clock: Clock;
  /** Brings `until` about in seconds. */
  hurry: (until: number) => void;
  /** When the program's own order is over. */
  deadlineOf: (provider: ProviderId, orderId: string) => number | null;
  settings: Map<FaultTarget, Settings>;
  deliveries: Map<string, number | 'none'>;
  /** Late payments on their way: when they arrive, by `provider/order`. */
  late: Map<string, number>;
  texts: PhoneText[];
  baseUrl: string | null;
  webhooksOff: boolean;
  closing: AbortController;
  changed: () => void;
}

export function settingsOf({ settings }: Pick<Here, 'settings'>, id: FaultTarget): Settings {
  const known = settings.get(id);
  if (known) return known;
  const fresh: Settings = { fault: { kind: 'none' }, webhooks: 'on' };
  settings.set(id, fresh);
  return fresh;
}

/** Telegram's id of whom Paylov knows as `tg_<id>`; null for anybody else. */
export function userIdOf(paylovId: string | undefined): number | null {
  const id = /^tg_(\d+)$/.exec(paylovId ?? '')?.[1];
  return id === undefined ? null : Number(id);
}
