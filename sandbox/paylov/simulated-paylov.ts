/** Paylov as paylov.txt describes it, on this machine: over HTTP, strict, with everything that can go wrong. */
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { createFaultDesk, type FaultDesk, type SimEnv } from '../providers/faults.ts';
import { createQuirkDesk, type QuirkDesk } from '../providers/quirks.ts';
import { refuse } from '../providers/requests.ts';
import { createRequestLog, startSimulatedServer, type RequestLog } from '../simulated-server.ts';
import { createBank, OPERATOR_CARD_ID } from './bank.ts';
import { createPaylovBook } from './book.ts';
import { installCards } from './card-routes.ts';
import { isPayable, listed } from './catalog.ts';
import { createCodes } from './codes.ts';
import { ERRORS, RATE_LIMITED, SERVER_ERROR, UNAUTHORIZED } from './errors.ts';
import {
  CONSUMER_KEY,
  CONSUMER_SECRET,
  createOAuth,
  PASSWORD,
  USERNAME,
  type OAuth,
} from './oauth.ts';
import type { PaylovParts } from './parts.ts';
import { bendPaylov, PAYLOV_QUIRKS, type PaylovQuirk } from './quirks.ts';
import { installServices } from './service-routes.ts';
import type { SimulatedPaylov, SimulatedPaylovEvent, SimulatedPaylovOptions } from './types.ts';

const MAX_BODY_BYTES = 64 * 1024;

/** Starts a server on 127.0.0.1. `close()` ends it. */
export async function startSimulatedPaylov(
  options: SimulatedPaylovOptions,
): Promise<SimulatedPaylov> {
  const { clock, random } = options;
  const closing = new AbortController();
  const { emit, on } = createEvents(options);
  const bank = createBank({ random, emit });
  const parts: PaylovParts = {
    clock,
    bank,
    book: createPaylovBook({ clock, random, bank, emit }),
    codes: createCodes({ clock, random, deliver: (sms) => emit({ kind: 'sms', ...sms }) }),
    startedAt: clock.now(),
    prefix: options.servicePrefix ?? '',
  };
  const faults = createFaultDesk({
    clock,
    closing: closing.signal,
    errors: ERRORS,
    rateLimited: RATE_LIMITED,
    serverError: SERVER_ERROR,
  });
  const quirks = createQuirkDesk('paylov', PAYLOV_QUIRKS);
  const log = createRequestLog(clock);
  const app = createApp({ parts, faults, quirks, log, oauth: createOAuth({ clock, random }) });
  const server = await startSimulatedServer((request, env) => app.fetch(request, env), {
    name: 'paylov',
    listen: options.listen,
  });
  const url = server.origin;
  return {
    ...createHandle(parts, { url, faults, quirks, log }),
    on,
    close: async () => {
      closing.abort();
      await server.close();
    },
  };
}

function createHandle(
  { bank, book, codes }: PaylovParts,
  {
    url,
    faults,
    quirks,
    log,
  }: { url: string; faults: FaultDesk; quirks: QuirkDesk<PaylovQuirk>; log: RequestLog },
): Omit<SimulatedPaylov, 'on' | 'close'> {
  return {
    url,
    settings: {
      PAYLOV_BASE_URL: url,
      PAYLOV_CONSUMER_KEY: CONSUMER_KEY,
      PAYLOV_CONSUMER_SECRET: CONSUMER_SECRET,
      PAYLOV_USERNAME: USERNAME,
      PAYLOV_PASSWORD: PASSWORD,
      PAYLOV_CARD_ID: OPERATOR_CARD_ID,
    },
    errors: Object.keys(ERRORS),
    services: () =>
      listed({ onlyForMe: true }).map((service) => ({
        id: service.id,
        name: service.name,
        category: service.category.name,
        available: isPayable(service),
      })),
    transactions: () => book.all(),
    cards: () => bank.all(),
    floatTiyin: () => bank.find(OPERATOR_CARD_ID)?.balanceTiyin ?? 0,
    setFloat: (amountTiyin) => bank.setBalance(OPERATOR_CARD_ID, amountTiyin),
    setCardBalance: (cardId, amountTiyin) => bank.setBalance(cardId, amountTiyin),
    lastCode: (id) => codes.last(id),
    fault: (fault) => faults.set(fault),
    quirks: PAYLOV_QUIRKS,
    behave: (wanted) => quirks.set(wanted),
    resolve: (transactionId, state) => {
      const transaction = book.find(transactionId);
      if (!transaction) throw new Error(`the simulated Paylov has no transaction ${transactionId}`);
      book.become(transaction, state);
      return { ...transaction };
    },
    requests: () => log.all(),
    onRequest: (listener) => log.on(listener),
  };
}

/** Every request: logged, bounded, under the fault of the day, with a token, then the method. */
function createApp(options: {
  parts: PaylovParts;
  faults: FaultDesk;
  quirks: QuirkDesk<PaylovQuirk>;
  log: RequestLog;
  oauth: OAuth;
}): Hono<SimEnv> {
  const { parts, faults, quirks, log, oauth } = options;
  const app = new Hono<SimEnv>();
  app.use(async (context, next) => {
    const call = callName(context.req.path);
    const { method, path } = context.req;
    await log.note({ method, path, call }, () => faults.run(context, { call, next }));
  });
  app.use(async (context, next) => {
    await next();
    context.res = await bendPaylov(context.res, { call: callName(context.req.path), quirks });
  });
  app.use(bodyLimit({ maxSize: MAX_BODY_BYTES }));
  app.post('/merchant/oauth2/token/', (context) => oauth.grant(context));
  app.use(async (context, next) => {
    if (!oauth.allows(context)) return refuse(context, UNAUTHORIZED);
    await next();
    return undefined;
  });
  installServices(app, parts);
  installCards(app, parts);
  app.notFound((context) => elsewhere(context));
  // Cut short by closing; the default would print it.
  app.onError((_error, context) => refuse(context, SERVER_ERROR));
  return app;
}

/** `/servicePayment/transaction/all` is the call `transactions`; the others are called as their path. */
function callName(path: string): string {
  const names = path.split('/').filter(Boolean);
  const last = names.at(-1) ?? '';
  if (names.at(-2) === 'fields') return 'fields';
  return last === 'all' ? 'transactions' : last;
}

/** A GET without its final slash is sent on, as by the real server; a POST has landed nowhere. */
function elsewhere(context: Context<SimEnv>): Response {
  const { path, method } = context.req;
  if (method === 'GET' && !path.endsWith('/')) return context.redirect(`${path}/`, 301);
  return context.html('<h1>Not Found</h1>', 404);
}

function createEvents(options: SimulatedPaylovOptions): {
  emit: (event: SimulatedPaylovEvent) => void;
  on: SimulatedPaylov['on'];
} {
  const listeners = new Set<(event: SimulatedPaylovEvent) => void>();
  return {
    emit: (event) => {
      options.log?.(`sandbox.${event.kind}`, { provider: 'paylov' });
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
