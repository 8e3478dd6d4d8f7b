/** For this folder's tests: the sandbox behind a real HTTP server, with a tiny bot that answers. */
import { request } from 'node:http';
import { Bot } from 'grammy';
import { Hono } from 'hono';
import { onTestFinished } from 'vitest';
import type { ShopConfig } from '../src/settings/types.ts';
import { realDeps } from '../src/core/deps.ts';
import { startHttpServer } from '../src/http/server.ts';
import { createLog } from '../src/core/log.ts';
import { createTestClock, type TestClock } from '../src/testing/clock.ts';
import { configOf, type Settings } from '../src/testing/settings.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';

export const AZIZA = 1001;

interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
}

export interface PageEvent {
  event: string;
  data: unknown;
}

export interface Stage {
  sandbox: Sandbox;
  /** The sandbox's time. */
  clock: TestClock;
  /** `http://127.0.0.1:port`. */
  baseUrl: string;
  /** Bodies that payment systems sent to the program. */
  webhooks: unknown[];
  get: (path: string) => Promise<Answer>;
  /** As the page does it, unless `headers` say otherwise. */
  post: (path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;
}

export async function startStage(settings: Settings = {}): Promise<Stage> {
  const clock = createTestClock();
  const sandbox = await startSandbox({
    config: configOf(settings),
    deps: { ...realDeps(), clock },
    log: createLog({ level: 'silent', format: 'json', scrub: (text) => text }),
  });
  const webhooks: unknown[] = [];
  const app = new Hono();
  app.post('/webhooks/*', async (c) => {
    webhooks.push(await c.req.json());
    return c.text('OK');
  });
  app.route('/sandbox', sandbox.routes);
  const server = await startHttpServer(app, { host: '127.0.0.1', port: 0 });
  onTestFinished(async () => {
    await sandbox.close();
    await server.close({ deadlineMs: 0 });
  });
  const baseUrl = `http://127.0.0.1:${server.port}`;
  sandbox.connected({ baseUrl });
  return {
    sandbox,
    clock,
    baseUrl,
    webhooks,
    get: async (path) => await answerOf(await fetch(`${baseUrl}/sandbox${path}`)),
    post: async (path, body = {}, headers = { 'x-sandbox': '1' }) => {
      const init = { method: 'POST', headers, body: JSON.stringify(body) };
      return await answerOf(await fetch(`${baseUrl}/sandbox${path}`, init));
    },
  };
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  const body: unknown = isJson ? JSON.parse(text) : text;
  return { status: response.status, headers: response.headers, body };
}

/** A bot that says what it heard, with one button of each kind, and answers taps. Ends with the test. */
export function startEchoBot({ telegram }: Sandbox): void {
  const bot = new Bot(telegram.token, { client: { apiRoot: telegram.url } });
  bot.on('message:text', async (ctx) => {
    await ctx.reply(`You said ${ctx.message.text}`, {
      reply_markup: {
        inline_keyboard: [
          [{ text: 'Tap', callback_data: 'tapped' }],
          [{ text: 'Open', url: 'https://example.com/pay' }],
          [{ text: 'Copy', copy_text: { text: '50001.50' } }],
        ],
      },
    });
  });
  bot.on('callback_query:data', async (ctx) => {
    await ctx.answerCallbackQuery({ text: `Got ${ctx.callbackQuery.data}`, show_alert: true });
  });
  const running = bot.start();
  onTestFinished(async () => {
    await bot.stop();
    await running;
  });
}

/** Opens the page's stream of events. `next` resolves with the first event, from now on, that matches. */
export async function openEvents({
  baseUrl,
}: Stage): Promise<{ next(matches: (event: PageEvent) => boolean): Promise<PageEvent> }> {
  const controller = new AbortController();
  onTestFinished(() => controller.abort());
  const response = await fetch(`${baseUrl}/sandbox/events`, { signal: controller.signal });
  if (!response.body) throw new Error(`no events: ${response.status}`);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let buffered = '';
  const read = async (): Promise<PageEvent> => {
    while (!buffered.includes('\n\n')) {
      const { value, done } = await reader.read();
      if (done) throw new Error('the stream of events is over');
      buffered += value;
    }
    const end = buffered.indexOf('\n\n');
    const fields = Object.fromEntries(
      buffered
        .slice(0, end)
        .split('\n')
        .map((line) => /^(\w+): (.*)$/s.exec(line)?.slice(1) ?? []),
    ) as { event: string; data: string };
    buffered = buffered.slice(end + 2);
    return { event: fields.event, data: JSON.parse(fields.data) };
  };
  return {
    next: async (matches) => {
      for (;;) {
        const event = await read();
        if (matches(event)) return event;
      }
    },
  };
}

/** Orders at the simulated Payfer, as the program would. Returns the order's id. */
export async function orderAtPayfer({ sandbox }: Stage, sum = 50_000): Promise<string> {
  const shop = sandbox.config.providers.payfer as ShopConfig;
  const order = `ORDER${sandbox.world.provider('payfer').orders().length}TEST`;
  const query = new URLSearchParams({
    method: 'create',
    shop_id: shop.shopId,
    shop_key: shop.shopKey,
    amount: String(sum),
    order,
  });
  const response = await fetch(`${shop.baseUrl}/api?${String(query)}`);
  if (!response.ok) throw new Error(`Payfer answered ${response.status}`);
  return order;
}

/** A request with a `Host` of one's choice, which fetch does not allow. The status. */
export async function statusUnderHost(
  { baseUrl }: Stage,
  { host, path, method = 'GET' }: { host: string; path: string; method?: string },
): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const call = request(`${baseUrl}${path}`, {
    method,
    headers: { host, 'x-sandbox': '1' },
    agent: false,
  });
  call.on('response', (response) => {
    response.destroy();
    resolve(response.statusCode ?? 0);
  });
  call.on('error', reject);
  call.end();
  return await promise;
}
