/** One simulated provider: its server, orders, faults and webhooks around the protocol that makes it that provider. */
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Clock, Random } from '../../src/core/deps.ts';
import type { Tiyin } from '../../src/core/money.ts';
import type { ProviderId } from '../../src/core/payment-systems.ts';
import { createRequestLog, startSimulatedServer, type RequestLog } from '../simulated-server.ts';
import { bendAnswer, bendWebhook } from './bend.ts';
import { createBook, snapshot, type Book, type BookOrder } from './book.ts';
import { createFaultDesk, type DocumentedError, type FaultDesk, type SimEnv } from './faults.ts';
import { createQuirkDesk, QUIRKS, type QuirkDesk } from './quirks.ts';
import type { SimulatedEvent, SimulatedProvider, SimulatedWorldOptions } from './types.ts';
import { createWebhookSender, type WebhookFormat, type WebhookSender } from './webhooks.ts';

const MAX_BODY_BYTES = 64 * 1024;

/** What a provider's protocol works with. */
export interface ProtocolTools {
  clock: Clock;
  random: Random;
  book: Book;
  /** Where the server listens, without a slash at the end. */
  origin: string;
  /** Whether it watches the card that others watch too. */
  sharesCard: boolean;
  quirks: QuirkDesk;
  /** What the payer does on a page of the provider. */
  pay(orderId: string, amountTiyin?: Tiyin): BookOrder;
  end(orderId: string, state: 'expired' | 'cancelled' | 'failed'): BookOrder;
}

/** What makes a simulated provider speak like the real one. */
export interface ProviderProtocol {
  title: string;
  settings: Readonly<Record<string, string>>;
  errors: Readonly<Record<string, DocumentedError>>;
  rateLimited: DocumentedError;
  serverError: DocumentedError;
  webhook: WebhookFormat;
  /** The name of the call that a request is: for the log and for faults. */
  callOf(context: Context<SimEnv>): string;
  routes(app: Hono<SimEnv>): void;
}

export interface Simulation {
  provider: SimulatedProvider;
  book: Book;
  idle(): Promise<void>;
  close(): Promise<void>;
}

export async function startSimulation(
  id: ProviderId,
  options: SimulatedWorldOptions,
  makeProtocol: (tools: ProtocolTools) => ProviderProtocol,
): Promise<Simulation> {
  const { clock, random } = options;
  const closing = new AbortController();
  const app = new Hono<SimEnv>({ strict: false });
  const server = await startSimulatedServer((request, env) => app.fetch(request, env), {
    name: id,
    listen: options.listen,
  });
  const { origin } = server;
  const { emit, on } = createEvents(id, options);
  const book = createBook({ provider: id, clock, emit });
  const quirks = createQuirkDesk(id, QUIRKS[id]);
  const lag = { ms: 0 };
  const pay: ProtocolTools['pay'] = (orderId, amountTiyin) => {
    const order = book.pay(orderId, { amountTiyin, lagMs: lag.ms });
    sender.report(order);
    return order;
  };
  const end: ProtocolTools['end'] = (orderId, state) => {
    const order = book.end(orderId, state);
    if (protocol.webhook.states.includes(state)) sender.report(order);
    return order;
  };
  const takeBack: SimulatedProvider['takeBack'] = (orderId, taking) => {
    const order = book.takeBack(orderId, taking);
    if (order.state === 'paid' || protocol.webhook.states.includes(order.state))
      sender.report(order);
    return snapshot(order);
  };
  const sharesCard = options.oneCardAt?.some((each) => each === id) === true;
  const protocol = makeProtocol({ clock, random, book, origin, sharesCard, quirks, pay, end });
  const sender = createWebhookSender({
    format: bentFormat(protocol.webhook, { provider: id, quirks }),
    clock,
    fetch: options.fetch,
    emit,
    closing: closing.signal,
  });
  const faults = createFaultDesk({ ...protocol, clock, closing: closing.signal });
  const log = createRequestLog(clock);
  installRoutes(app, { id, protocol, faults, quirks, log });
  return {
    book,
    idle: () => sender.idle(),
    close: async () => {
      closing.abort();
      await server.close();
      await sender.idle();
    },
    provider: createHandle({
      id,
      origin,
      protocol,
      book,
      sender,
      faults,
      quirks,
      lag,
      log,
      on,
      pay,
      end,
      takeBack,
    }),
  };
}

function bentFormat(
  format: WebhookFormat,
  bending: { provider: ProviderId; quirks: QuirkDesk },
): WebhookFormat {
  return { ...format, body: (order) => bendWebhook(format.body(order), bending) };
}

function createHandle(parts: {
  id: ProviderId;
  origin: string;
  protocol: ProviderProtocol;
  book: Book;
  sender: WebhookSender;
  faults: FaultDesk;
  quirks: QuirkDesk;
  lag: { ms: number };
  log: RequestLog;
  on: SimulatedProvider['on'];
  pay: ProtocolTools['pay'];
  end: ProtocolTools['end'];
  takeBack: SimulatedProvider['takeBack'];
}): SimulatedProvider {
  const { protocol, book, sender } = parts;
  return {
    id: parts.id,
    title: protocol.title,
    url: parts.origin,
    settings: protocol.settings,
    errors: Object.keys(protocol.errors),
    orders: () => book.all().map(snapshot),
    pay: (orderId, options = {}) => snapshot(parts.pay(orderId, options.amountTiyin)),
    end: (orderId, state) => snapshot(parts.end(orderId, state)),
    takeBack: parts.takeBack,
    fault: (fault) => parts.faults.set(fault),
    quirks: QUIRKS[parts.id],
    behave: (quirks) => parts.quirks.set(quirks),
    get statusLagMs() {
      return parts.lag.ms;
    },
    set statusLagMs(ms) {
      parts.lag.ms = ms;
    },
    webhooks: (mode) => {
      sender.mode = mode;
    },
    get webhookUrl() {
      return sender.shopUrl;
    },
    set webhookUrl(url) {
      sender.shopUrl = url;
    },
    sendWebhook: async (orderId, overrides = {}) => {
      const order = book.find(orderId);
      if (!order) throw new Error(`${parts.id} has no order ${orderId}`);
      return sender.send(order, overrides);
    },
    requests: () => parts.log.all(),
    onRequest: (listener) => parts.log.on(listener),
    on: parts.on,
  };
}

/** Every request: logged, bounded, under the fault of the day, then the provider's own routes. */
function installRoutes(
  app: Hono<SimEnv>,
  parts: {
    id: ProviderId;
    protocol: ProviderProtocol;
    faults: FaultDesk;
    quirks: QuirkDesk;
    log: RequestLog;
  },
): void {
  const { id: provider, protocol, faults, quirks, log } = parts;
  app.use(async (context, next) => {
    const call = protocol.callOf(context);
    const { method, path } = context.req;
    await log.note({ method, path, call }, () => faults.run(context, { call, next }));
  });
  app.use(async (context, next) => {
    await next();
    context.res = await bendAnswer(context.res, { provider, quirks });
  });
  app.use(bodyLimit({ maxSize: MAX_BODY_BYTES }));
  // Cut short by closing; the default would print it.
  app.onError((_error, context) => context.json(protocol.serverError.body, 500));
  protocol.routes(app);
}

function createEvents(
  provider: ProviderId,
  options: SimulatedWorldOptions,
): { emit: (event: SimulatedEvent) => void; on: SimulatedProvider['on'] } {
  const listeners = new Set<(event: SimulatedEvent) => void>();
  return {
    emit: (event) => {
      options.log?.(`sandbox.${event.kind}`, { provider });
      for (const listener of listeners) listener(event);
    },
    on: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
