/** What happens outside of the chat, as the page shows and steers it: payments, broken providers, lost webhooks. */
import type { Clock } from '../deps.ts';
import { formatPlainSum, formatSum, type Tiyin } from '../money.ts';
import type { ProviderId } from '../topups/provider.ts';
import type { SimulatedPaylov } from './paylov/types.ts';
import type {
  FaultKind,
  OrderState,
  SimulatedOrder,
  SimulatedProvider,
  SimulatedWorld,
  TransferOutcome,
  WebhookMode,
} from './providers/types.ts';

/** Older ones are not shown. */
const MAX_ORDERS = 60;
const MAX_DELIVERIES = 1000;
const MAX_TEXTS = 5;

export interface FaultChoice {
  kind: FaultKind;
  /** For `error`: one of the provider's `errors`. */
  code?: string | undefined;
}

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
  /** Of the latest webhook: the status, `none` without an answer, null when none was sent. */
  webhook: number | 'none' | null;
}

export interface ProviderView {
  id: ProviderId;
  title: string;
  fault: FaultKind;
  code: string | null;
  errors: readonly string[];
  webhooks: WebhookMode;
  hasWebhooks: boolean;
}

export interface WorldView {
  now: number;
  webhooksOff: boolean;
  cards: readonly string[];
  providers: ProviderView[];
  /** Newest first. */
  orders: OrderView[];
  /** How many transfers no order waited for. */
  unmatched: number;
  /** What a bank would send to phones, newest first. */
  texts: PhoneText[];
}

export interface PhoneText {
  /** Telegram's id of whose phone it is; null for a phone of nobody here. */
  userId: number | null;
  text: string;
  at: number;
}

export interface OutsideWorld {
  view(): WorldView;
  find(provider: ProviderId, orderId: string): SimulatedOrder | undefined;
  pay(order: SimulatedOrder, amountTiyin?: Tiyin): void;
  end(order: SimulatedOrder, state: 'expired' | 'cancelled' | 'failed'): void;
  /** A webhook that says "paid" although nothing was. The status, or null without an address or an answer. */
  forgeWebhook(order: SimulatedOrder): Promise<number | null>;
  transfer(transfer: { cardNumber: string; amountTiyin: Tiyin }): TransferOutcome;
  /** False when the provider documents no error `code`. */
  setFault(provider: ProviderId, fault: FaultChoice): boolean;
  setWebhooks(provider: ProviderId, mode: WebhookMode): void;
  /** Off: new orders carry no address, and what older ones carry is not called. */
  setWebhooksOff(isOff: boolean): void;
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

interface Here {
  world: SimulatedWorld;
  paylov: SimulatedPaylov;
  shopWebhookPath: string;
  cards: readonly string[];
  clock: Clock;
  settings: Map<ProviderId, Settings>;
  deliveries: Map<string, number | 'none'>;
  texts: PhoneText[];
  baseUrl: string | null;
  webhooksOff: boolean;
}

export function createOutsideWorld(
  options: Pick<Here, 'world' | 'paylov' | 'shopWebhookPath' | 'cards' | 'clock'>,
): OutsideWorld {
  const { world } = options;
  const here: Here = {
    ...options,
    settings: new Map(),
    deliveries: new Map(),
    texts: [],
    baseUrl: null,
    webhooksOff: false,
  };
  const { changed, onChange } = createChanges();
  const forget = [
    ...world.providers.map((provider) => follow(here, provider, changed)),
    followPhones(here, changed),
  ];
  const apply = (): void => {
    applyWebhooks(here);
    changed();
  };
  return {
    view: () => viewOf(here),
    find: (id, orderId) =>
      world
        .provider(id)
        .orders()
        .find((order) => order.id === orderId),
    pay: ({ provider, id }, amountTiyin) => {
      world.provider(provider).pay(id, amountTiyin === undefined ? {} : { amountTiyin });
    },
    end: ({ provider, id }, state) => {
      world.provider(provider).end(id, state);
    },
    forgeWebhook: async (order) =>
      await world.provider(order.provider).sendWebhook(order.id, forgedFields(order)),
    transfer: (transfer) => {
      const outcome = world.transfer(transfer);
      changed();
      return outcome;
    },
    setFault: (id, fault) => {
      const provider = world.provider(id);
      if (fault.code !== undefined && !provider.errors.includes(fault.code)) return false;
      const { kind, code } = fault;
      provider.fault(code === undefined ? { kind } : { kind, code });
      settingsOf(here, id).fault = fault;
      changed();
      return true;
    },
    setWebhooks: (id, mode) => {
      settingsOf(here, id).webhooks = mode;
      apply();
    },
    setWebhooksOff: (isOff) => {
      here.webhooksOff = isOff;
      apply();
    },
    publicUrl: () => (here.webhooksOff ? null : here.baseUrl),
    connected: (baseUrl) => {
      here.baseUrl = baseUrl;
      apply();
    },
    onChange,
    close: () => forget.forEach((end) => end()),
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

function follow(here: Here, provider: SimulatedProvider, changed: () => void): () => void {
  return provider.on((event) => {
    if (event.kind === 'webhook') {
      here.deliveries.set(`${provider.id}/${event.orderId}`, event.status ?? 'none');
      const [oldest] = here.deliveries.keys();
      if (here.deliveries.size > MAX_DELIVERIES && oldest !== undefined) {
        here.deliveries.delete(oldest);
      }
    }
    changed();
  });
}

function settingsOf({ settings }: Here, id: ProviderId): Settings {
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
}

/** What each provider's webhook says of a paid order. */
function forgedFields(order: SimulatedOrder): Record<string, unknown> {
  if (order.provider === 'inpay') return { status: 'success' };
  const sum = Number(formatPlainSum(order.amountTiyin));
  return order.provider === 'payfer' ? { status: 'paid', paid_amount: sum } : { status: 'paid' };
}

/** Codes by SMS: a phone lies beside everybody in the sandbox. */
function followPhones(here: Here, changed: () => void): () => void {
  return here.paylov.on((event) => {
    if (event.kind !== 'sms') return;
    const id = /^tg_(\d+)$/.exec(event.userId)?.[1];
    const userId = id === undefined ? null : Number(id);
    here.texts.unshift({ userId, text: event.text, at: here.clock.now() });
    here.texts.length = Math.min(here.texts.length, MAX_TEXTS);
    changed();
  });
}

function viewOf(here: Here): WorldView {
  const { world } = here;
  const orders = world.providers
    .flatMap((provider) => provider.orders())
    .toSorted((a, b) => b.createdAt - a.createdAt)
    .slice(0, MAX_ORDERS);
  return {
    now: here.clock.now(),
    webhooksOff: here.webhooksOff,
    cards: here.cards,
    providers: world.providers.map((provider) => providerView(here, provider)),
    orders: orders.map((order) => orderView(here, order)),
    unmatched: world.unmatched().length,
    texts: here.texts,
  };
}

function providerView(here: Here, { id, title, errors }: SimulatedProvider): ProviderView {
  const { fault, webhooks } = settingsOf(here, id);
  return {
    id,
    title,
    fault: fault.kind,
    code: fault.code ?? null,
    errors,
    webhooks,
    hasWebhooks: id !== 'rasmiypay',
  };
}

function orderView(here: Here, order: SimulatedOrder): OrderView {
  const { provider, id, amountTiyin, state, createdAt, paidTiyin } = order;
  return {
    provider,
    id,
    reference: order.ourReference ?? null,
    sum: formatSum(amountTiyin),
    plainSum: formatPlainSum(amountTiyin),
    paidSum: paidTiyin === undefined ? null : formatSum(paidTiyin),
    card: order.cardNumber ?? null,
    payUrl: order.payUrl ?? null,
    state,
    createdAt,
    expiresAt: order.expiresAt ?? null,
    webhook: here.deliveries.get(`${provider}/${id}`) ?? null,
  };
}
