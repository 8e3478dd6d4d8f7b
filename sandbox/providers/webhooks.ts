/** How a simulated provider reports payments: in the background, so that a deaf receiver stops nothing. */
import { withTimeLimit, type Clock } from '../../src/core/deps.ts';
import type { BookOrder } from './book.ts';
import type { OrderState, SimulatedEvent, WebhookMode } from './types.ts';

const TIMEOUT_MS = 10_000;
const REPEATED = 3;

export interface WebhookFormat {
  body: (order: BookOrder) => Readonly<Record<string, unknown>>;
  headers?: Readonly<Record<string, string>>;
  /** How long after an answer other than 200 it tries again. */
  retryDelaysMs?: readonly number[];
  /** What is reported beside "paid". */
  states: readonly OrderState[];
  /** Whether an order without an address of its own is reported to the shop's address. */
  shopAddress: boolean;
}

export interface WebhookSender {
  mode: WebhookMode;
  shopUrl: string | null;
  /** Sends in the background, as the mode says. */
  report(order: BookOrder): void;
  /** Sends once and now. */
  send(order: BookOrder, overrides: Readonly<Record<string, unknown>>): Promise<number | null>;
  idle(): Promise<void>;
}

export function createWebhookSender(options: {
  format: WebhookFormat;
  clock: Clock;
  fetch: typeof fetch;
  emit: (event: SimulatedEvent) => void;
  closing: AbortSignal;
}): WebhookSender {
  const { format, clock, emit, closing } = options;
  const underWay = new Set<Promise<void>>();

  const send: WebhookSender['send'] = async (order, overrides) => {
    const url = order.webhookUrl ?? (format.shopAddress ? sender.shopUrl : null);
    if (url === null || closing.aborted) return null;
    const body = JSON.stringify({ ...format.body(order), ...overrides });
    const status = await withTimeLimit(clock, TIMEOUT_MS, (signal) =>
      post(options.fetch, {
        url,
        body,
        headers: format.headers ?? {},
        signal: AbortSignal.any([signal, closing]),
      }),
    );
    emit({ kind: 'webhook', orderId: order.id, status });
    return status;
  };

  const deliver = async (order: BookOrder): Promise<void> => {
    for (const delayMs of [0, ...(format.retryDelaysMs ?? [])]) {
      if (delayMs > 0) await clock.sleep(delayMs, closing);
      if ((await send(order, {})) === 200) return;
    }
  };

  const inBackground = (work: Promise<void>): void => {
    // The only thing that rejects is a pause cut short by closing.
    const tracked: Promise<void> = work
      .catch(() => undefined)
      .finally(() => underWay.delete(tracked));
    underWay.add(tracked);
  };

  const sender: WebhookSender = {
    mode: 'on',
    shopUrl: null,
    send,
    report: (order) => {
      const copies = { on: 1, lost: 0, repeated: REPEATED }[sender.mode];
      const hasAddress =
        (order.webhookUrl ?? (format.shopAddress ? sender.shopUrl : null)) !== null;
      for (let i = 0; hasAddress && i < copies; i += 1) inBackground(deliver(order));
    },
    idle: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
  return sender;
}

async function post(
  fetchIt: typeof fetch,
  call: {
    url: string;
    body: string;
    headers: Readonly<Record<string, string>>;
    signal: AbortSignal;
  },
): Promise<number | null> {
  try {
    const response = await fetchIt(call.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...call.headers },
      body: call.body,
      redirect: 'manual',
      signal: call.signal,
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    return null;
  }
}
