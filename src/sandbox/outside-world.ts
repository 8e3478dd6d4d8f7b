/** What happens outside of the chat: payments, broken payment systems, lost webhooks. The page shows and steers it. */
import type { Clock } from '../deps.ts';
import type { Tiyin } from '../money.ts';
import type { ProviderId } from '../topups/provider.ts';
import type {
  BillView,
  LateAnswer,
  PhoneText,
  RefuseAnswer,
  TransferAnswer,
  WorldView,
} from './api-world.ts';
import type { SimulatedPaylov, SimulatedTransaction, TransactionState } from './paylov/types.ts';
import type {
  Fault,
  FaultKind,
  SimulatedOrder,
  SimulatedProvider,
  SimulatedWorld,
  WebhookMode,
} from './providers/types.ts';
import { payments } from './payments.ts';
import { billView, viewOf } from './world-view.ts';

const MAX_DELIVERIES = 1000;
const MAX_TEXTS = 5;

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

type Options = Pick<
  Here,
  'world' | 'paylov' | 'shopWebhookPath' | 'cards' | 'clock' | 'hurry' | 'deadlineOf'
>;

export function createOutsideWorld(options: Options): OutsideWorld {
  const { changed, onChange } = createChanges();
  const here: Here = {
    ...options,
    settings: new Map(),
    deliveries: new Map(),
    late: new Map(),
    texts: [],
    baseUrl: null,
    webhooksOff: false,
    closing: new AbortController(),
    changed,
  };
  const forget = [
    ...here.world.providers.map((provider) => follow(here, provider)),
    followPaylov(here),
  ];
  return {
    view: () => viewOf(here),
    ...payments(here),
    ...bills(here),
    ...faults(here),
    publicUrl: () => (here.webhooksOff ? null : here.baseUrl),
    connected: (baseUrl) => {
      here.baseUrl = baseUrl;
      applyWebhooks(here);
    },
    onChange,
    close: () => {
      here.closing.abort();
      forget.forEach((end) => end());
    },
  };
}

function bills(
  here: Here,
): Pick<OutsideWorld, 'findBill' | 'resolve' | 'setFloat' | 'setCardBalance'> {
  const { paylov, changed } = here;
  return {
    findBill: (id) => paylov.transactions().find((each) => each.id === id),
    resolve: ({ id }, state) => {
      const bill = paylov.resolve(id, state);
      changed();
      return billView(here, bill);
    },
    setFloat: (amountTiyin) => {
      paylov.setFloat(amountTiyin);
      changed();
    },
    setCardBalance: (cardId, amountTiyin) => {
      if (!paylov.cards().some((card) => card.cardId === cardId)) return false;
      paylov.setCardBalance(cardId, amountTiyin);
      changed();
      return true;
    },
  };
}

function faults(here: Here): Pick<OutsideWorld, 'setFault' | 'setWebhooks' | 'setWebhooksOff'> {
  const { world, paylov } = here;
  return {
    setFault: (target, choice) => {
      const system = target === 'paylov' ? paylov : world.provider(target);
      if (choice.code !== undefined && !system.errors.includes(choice.code)) return false;
      system.fault(faultOf(target, choice));
      settingsOf(here, target).fault = choice;
      here.changed();
      return true;
    },
    setWebhooks: (id, mode) => {
      settingsOf(here, id).webhooks = mode;
      applyWebhooks(here);
    },
    setWebhooksOff: (isOff) => {
      here.webhooksOff = isOff;
      applyWebhooks(here);
    },
  };
}

/** Paid, and nobody answers: at Paylov that is a fault of `pay` alone, or nothing would get as far as that. */
function faultOf(target: FaultTarget, { kind, code, method }: FaultChoice): Fault {
  const only = method ?? (target === 'paylov' && kind === 'drop_after' ? 'pay' : undefined);
  return {
    kind,
    ...(code === undefined ? {} : { code }),
    ...(only === undefined ? {} : { method: only }),
  };
}

/** One call of the listeners for all changes of a moment: an order that expires is noticed while orders are read. */
function createChanges(): { changed: () => void; onChange: OutsideWorld['onChange'] } {
  const listeners = new Set<() => void>();
  let isPending = false;
  return {
    changed: () => {
      if (isPending) return;
      isPending = true;
      queueMicrotask(() => {
        isPending = false;
        for (const listener of listeners) listener();
      });
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

function follow(here: Here, provider: SimulatedProvider): () => void {
  return provider.on((event) => {
    if (event.kind === 'webhook') {
      here.deliveries.set(`${provider.id}/${event.orderId}`, event.status ?? 'none');
      const [oldest] = here.deliveries.keys();
      if (here.deliveries.size > MAX_DELIVERIES && oldest !== undefined) {
        here.deliveries.delete(oldest);
      }
    }
    here.changed();
  });
}

export function settingsOf({ settings }: Pick<Here, 'settings'>, id: FaultTarget): Settings {
  const known = settings.get(id);
  if (known) return known;
  const fresh: Settings = { fault: { kind: 'none' }, webhooks: 'on' };
  settings.set(id, fresh);
  return fresh;
}

function applyWebhooks(here: Here): void {
  const { world, baseUrl, webhooksOff } = here;
  for (const provider of world.providers) {
    provider.webhooks(webhooksOff ? 'lost' : settingsOf(here, provider.id).webhooks);
  }
  const isReachable = baseUrl !== null && !webhooksOff;
  world.provider('payfer').webhookUrl = isReachable ? baseUrl + here.shopWebhookPath : null;
  here.changed();
}

/** Bills change; codes come by SMS: a phone lies beside everybody in the sandbox. */
function followPaylov(here: Here): () => void {
  return here.paylov.on((event) => {
    if (event.kind === 'sms') {
      const { text } = event;
      here.texts.unshift({ userId: userIdOf(event.userId), text, at: here.clock.now() });
      here.texts.length = Math.min(here.texts.length, MAX_TEXTS);
    }
    here.changed();
  });
}

/** Telegram's id of whom Paylov knows as `tg_<id>`; null for anybody else. */
export function userIdOf(paylovId: string | undefined): number | null {
  const id = /^tg_(\d+)$/.exec(paylovId ?? '')?.[1];
  return id === undefined ? null : Number(id);
}
