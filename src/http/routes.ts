/** The routes other programs call. Their names and answers are fixed: deployments rely on them. */
import { Hono } from 'hono';
import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Log } from '../core/log.ts';
import type { Metrics } from '../core/metrics.ts';
import type { Provider } from '../topups/provider.ts';
import type { ProviderId } from '../core/payment-systems.ts';
import type { WebhookCall, WebhookOutcome } from '../topups/webhooks.ts';
import { webhookToken } from '../topups/webhooks.ts';
import { PAGE_HEADERS } from '../receipts/page.ts';
import { readReport } from '../client/report.ts';
import { placeOf } from './place.ts';
import { sameSecret } from '../core/same-secret.ts';
import { openApiOf } from './openapi.ts';

export interface RouteDeps {
  log: Log;
  metrics: Metrics;
  metricsToken: string | null;
  /** Null: webhooks are off, their routes do not exist. */
  webhookSecret: string | null;
  /** Where others reach us. A path in it belongs to no route. */
  publicUrl: string | null;
  providers: Iterable<Provider>;
  receive(call: WebhookCall): Promise<WebhookOutcome>;
  /** Telegram's updates in webhook mode; absent otherwise. */
  telegram?: { secret: string; accept(update: unknown): Promise<void> } | undefined;
  /** Turns away who asks too much; stands before everything but Telegram's own updates. */
  limit?: MiddlewareHandler | undefined;
  /** The page that tells whether a receipt is ours; without it there is none. */
  verify?: (request: VerifyRequest) => Promise<VerifyAnswer>;
  /** Turns away who tries many codes. */
  limitVerify?: MiddlewareHandler | undefined;
  health(): Promise<Health>;
  ready(): boolean;
  /** Brings gauges up to date before they are read. */
  beforeMetrics(): Promise<void>;
}

interface VerifyRequest {
  /** As it was asked for: anything. */
  code: string;
  language: string | undefined;
  acceptLanguage: string | undefined;
}

interface VerifyAnswer {
  isGenuine: boolean;
  html: string;
}

export interface Health {
  ok: boolean;
  /** What is wrong, for an operator; no secrets. */
  reasons: string[];
  facts: Record<string, string | number | null>;
}

const MAX_BODY_BYTES = 64 * 1024;

const limitBody = bodyLimit({
  maxSize: MAX_BODY_BYTES,
  onError: (c) => c.text('too large', 413),
});

export function createRoutes(deps: RouteDeps): Hono {
  const app = new Hono({ getPath: (request) => placeOf(request, deps.publicUrl) });
  app.onError((error, c) => {
    if (c.req.raw.signal.aborted && isReset(error)) {
      deps.log.debug({ event: 'http_cut_off', path: c.req.routePath }, 'a request broke off');
      return c.text('cut off', 400);
    }
    deps.log.error({ event: 'http_error', path: c.req.routePath, err: error }, 'request failed');
    return c.text('error', 500);
  });
  app.notFound((c) => c.text('not found', 404));
  const secret = deps.webhookSecret;
  if (secret !== null) addTelegram(app, deps, secret);
  if (deps.limit) app.use(deps.limit);
  addStatus(app, deps);
  addVerify(app, deps);
  if (secret !== null) addWebhooks(app, deps, secret);
  return app;
}

/** This is how reading a body ends when its client goes away. */
function isReset(error: Error): boolean {
  return 'code' in error && error.code === 'ECONNRESET';
}

function addStatus(app: Hono, deps: RouteDeps): void {
  app.get('/health', async (c) => {
    const { ok, reasons, facts } = await deps.health();
    const status = ok ? 'ok' : 'failing';
    return c.json({ status, ...facts, ...(ok ? {} : { reasons }) }, ok ? 200 : 503);
  });
  app.get('/ready', (c) =>
    deps.ready() ? c.json({ status: 'ready' }) : c.json({ status: 'not ready' }, 503),
  );
  app.get('/openapi.json', (c) => c.json(openApiOf(app)));
  app.get('/metrics', async (c) => {
    const token = deps.metricsToken;
    const given = c.req.header('authorization');
    if (token !== null && !sameSecret(given, `Bearer ${token}`)) return c.text('unauthorized', 401);
    await deps.beforeMetrics();
    return c.text(await deps.metrics.registry.metrics(), 200, {
      'content-type': deps.metrics.registry.contentType,
    });
  });
}

function addVerify(app: Hono, { verify, limitVerify }: RouteDeps): void {
  if (!verify) return;
  if (limitVerify) app.use('/verify/*', limitVerify);
  app.get('/verify/:code', async (c) => {
    const { isGenuine, html } = await verify({
      code: c.req.param('code'),
      language: c.req.query('lang'),
      acceptLanguage: c.req.header('accept-language'),
    });
    return c.body(html, isGenuine ? 200 : 404, PAGE_HEADERS);
  });
}

function addWebhooks(app: Hono, deps: RouteDeps, secret: string): void {
  for (const provider of deps.providers) {
    if (provider.webhook?.address === 'order') addOrderWebhook(app, deps, provider, secret);
    if (provider.webhook?.address === 'shop') addShopWebhook(app, deps, provider, secret);
  }
}

/** Telegram sends all people's updates from a few addresses: whoever knows both secrets is not counted. */
function addTelegram(app: Hono, { telegram }: RouteDeps, secret: string): void {
  if (!telegram) return;
  const ifTelegram = (handler: MiddlewareHandler): MiddlewareHandler => {
    return async (c, next) => {
      const named = c.req.header('x-telegram-bot-api-secret-token');
      const isTelegram =
        sameSecret(c.req.param('secret'), secret) && sameSecret(named, telegram.secret);
      return isTelegram ? await handler(c, next) : await next();
    };
  };
  const take: MiddlewareHandler = async (c) => {
    const update = parse(await c.req.text());
    if (update === undefined) return c.text('not JSON', 400);
    await telegram.accept(update);
    return c.body(null, 200);
  };
  app.post('/telegram/:secret', ifTelegram(limitTelegram), ifTelegram(take));
}

/** An update with a long text, its entities and a replied-to message is larger than a webhook. */
const limitTelegram = bodyLimit({ maxSize: 1024 * 1024, onError: (c) => c.text('too large', 413) });

function onlyWithSecret(secret: string): MiddlewareHandler {
  return async (c, next) => {
    if (!sameSecret(c.req.param('secret'), secret)) return c.notFound();
    return await next();
  };
}

function addOrderWebhook(app: Hono, deps: RouteDeps, provider: Provider, secret: string): void {
  const onlyWithToken: MiddlewareHandler = async (c, next) => {
    const topupId = c.req.param('order') ?? '';
    const token = webhookToken(secret, { provider: provider.id, topupId });
    if (!sameSecret(c.req.param('token'), token)) return c.notFound();
    return await next();
  };
  app.post(`/webhooks/${provider.id}/:order/:token`, onlyWithToken, limitBody, async (c) => {
    // The address proves the order, so whatever the body says is only a reason to ask. NUL is replaced, since no
    // database keeps it.
    const body = (await c.req.text()).replaceAll('\0', '\ufffd');
    const order = { id: c.req.param('order') ?? '' };
    await deps.receive({ provider: provider.id, order, body });
    return readReport(body) === undefined ? c.text('not JSON', 400) : answerOf(provider);
  });
}

function addShopWebhook(app: Hono, deps: RouteDeps, provider: Provider, secret: string): void {
  const path = `/webhooks/${provider.id}/:secret`;
  app.post(path, onlyWithSecret(secret), limitBody, async (c) => {
    const body = await c.req.text();
    const parsed = readReport(body);
    if (parsed === undefined) return c.text('not JSON', 400);
    const code = provider.webhook?.orderCode?.(parsed) ?? null;
    if (code !== null) await deps.receive({ provider: provider.id, order: { code }, body });
    else deps.metrics.webhook(provider.id, 'unknown_order');
    return answerOf(provider);
  });
}

function answerOf(provider: Provider): Response {
  const { contentType, body } = provider.webhook?.answer ?? {
    contentType: 'text/plain',
    body: 'OK',
  };
  return new Response(body, { status: 200, headers: { 'content-type': contentType } });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The path a provider reports to; `topupId` where each order has its own. */
export function webhookPath(
  secret: string,
  { provider, topupId }: { provider: ProviderId; topupId?: string },
): string {
  if (topupId === undefined) return `/webhooks/${provider}/${secret}`;
  return `/webhooks/${provider}/${topupId}/${webhookToken(secret, { provider, topupId })}`;
}
