import { Api, type GrammyError } from 'grammy';
import type { Update } from 'grammy/types';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { realRandom } from '../core/deps.ts';
import {
  type SimulatedTelegram,
  startSimulatedTelegram,
} from '../../sandbox/telegram/simulated-telegram.ts';
import { createTelegramFetch } from '../core/telegram-fetch.ts';
import { createTestClock, type TestClock } from '../testing/clock.ts';
import { collectLog, type CollectedLog } from '../testing/log.ts';
import { eventually } from '../testing/eventually.ts';
import {
  keepWebhook,
  pollUpdates,
  type PollingOptions,
  registerWebhook,
  type WebhookOptions,
} from './polling.ts';

const ALI = { id: 101, firstName: 'Ali', languageCode: 'uz' };

let telegram: SimulatedTelegram;
let clock: TestClock;
let log: CollectedLog;
let api: Api;

beforeEach(async () => {
  clock = createTestClock();
  log = collectLog();
  telegram = await startSimulatedTelegram({ clock, random: realRandom });
  onTestFinished(() => telegram.close());
  telegram.user(ALI);
  api = client(telegram.token);
});

function client(token: string): Api {
  const fetch = createTelegramFetch({ fetch: globalThis.fetch, clock });
  return new Api(token, { apiRoot: telegram.url, fetch });
}

interface Polling {
  start(): void;
  stop(): Promise<void>;
}

interface Stage {
  polling: Polling;
  /** Texts of stored messages. */
  stored: (string | undefined)[];
}

function stage(options: Partial<PollingOptions> = {}): Stage {
  const stored: (string | undefined)[] = [];
  const polling = startable({
    api,
    inbox: {
      async accept(updates) {
        stored.push(...updates.map((update) => update.message?.text));
      },
    },
    clock,
    log: log.log,
    allowedUpdates: ['message', 'callback_query'],
    ...options,
  });
  onTestFinished(() => polling.stop());
  return { polling, stored };
}

function webhook(options: Partial<WebhookOptions> = {}): WebhookOptions {
  return {
    api,
    clock,
    log: log.log,
    allowedUpdates: ['message'],
    url: 'https://bot.example/telegram',
    secret: 'placeholder',
    ...options,
  };
}

function startable(options: PollingOptions): Polling {
  const stopping = new AbortController();
  let running: Promise<void> | null = null;
  return {
    start: () => {
      running ??= pollUpdates(options, stopping.signal);
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/** Waits until the loop sleeps after a failure, then moves past it. */
async function afterBackOff(ms: number, lines: number): Promise<void> {
  await eventually(() => expect(log.lines).toHaveLength(lines));
  await clock.advance(ms);
}

test('stores updates in order, and what waited before the start', async () => {
  telegram.sendText(ALI.id, 'one');
  const { polling, stored } = stage();
  polling.start();
  await eventually(() => expect(stored).toEqual(['one']));
  telegram.sendText(ALI.id, 'two');
  telegram.sendText(ALI.id, 'three');
  await eventually(() => expect(stored).toEqual(['one', 'two', 'three']));
  await eventually(() => expect(telegram.pendingUpdates()).toBe(0));
  expect(telegram.calls('getUpdates')[0]?.body).toMatchObject({
    timeout: 30,
    limit: 100,
    allowed_updates: ['message', 'callback_query'],
  });
});

test('removes a webhook first and keeps what waited for it', async () => {
  await registerWebhook(webhook(), new AbortController().signal);
  telegram.sendText(ALI.id, 'waited');
  const { polling, stored } = stage();
  polling.start();
  await eventually(() => expect(stored).toEqual(['waited']));
});

test('what could not be stored is not confirmed and comes again', async () => {
  const offered: number[] = [];
  let refusals = 1;
  const { polling } = stage({
    inbox: {
      async accept(updates: readonly Update[]) {
        offered.push(...updates.map((update) => update.update_id));
        refusals -= 1;
        if (refusals >= 0) throw new Error('disk full');
      },
    },
  });
  telegram.sendText(ALI.id, 'one');
  polling.start();
  await afterBackOff(999, 1);
  expect(offered).toHaveLength(1);
  expect(telegram.pendingUpdates()).toBe(1);
  await clock.advance(1);
  await eventually(() => expect(offered).toHaveLength(2));
  expect(offered[1]).toBe(offered[0]);
  await eventually(() => expect(telegram.pendingUpdates()).toBe(0));
});

test('backs off from 1 s to 30 s, and begins anew after a success', async () => {
  const { polling, stored } = stage();
  polling.start();
  await eventually(() => expect(telegram.calls('getUpdates')).toHaveLength(1));
  telegram.fail({
    method: 'getUpdates',
    times: 7,
    with: { status: 502, description: 'Bad Gateway' },
  });
  telegram.sendText(ALI.id, 'one');
  for (const [index, waitMs] of [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000].entries()) {
    await afterBackOff(waitMs, index + 1);
    expect(log.lines[index]?.data).toMatchObject({ waitMs });
  }
  telegram.sendText(ALI.id, 'two');
  await eventually(() => expect(stored).toEqual(['one', 'two']));
  telegram.fail({ method: 'getUpdates', times: 1, with: 'drop-before' });
  telegram.sendText(ALI.id, 'three');
  await eventually(() => expect(log.lines).toHaveLength(8));
  expect(log.lines[7]?.data).toMatchObject({ waitMs: 1000 });
});

test('waits as long as Telegram asks', async () => {
  telegram.fail({
    method: 'getUpdates',
    times: 1,
    with: { status: 429, description: 'Too Many Requests: retry after 17', retryAfter: 17 },
  });
  const { polling } = stage();
  polling.start();
  await afterBackOff(16_999, 1);
  expect(telegram.calls('getUpdates')).toHaveLength(1);
  await clock.advance(1);
  await eventually(() => expect(telegram.calls('getUpdates')).toHaveLength(2));
});

test('explains a second process and goes on when it is gone', async () => {
  const { polling, stored } = stage();
  polling.start();
  await eventually(() => expect(telegram.calls('getUpdates')).toHaveLength(1));
  const other = api.getUpdates({ timeout: 30 }).catch((error: GrammyError) => error.error_code);
  await afterBackOff(1000, 1);
  expect(log.at('warn')[0]).toContain('another process polls with this token, or a webhook is set');
  expect(await other).toBe(409);
  telegram.sendText(ALI.id, 'one');
  await eventually(() => expect(stored).toEqual(['one']));
});

test('a wrong token ends polling and says so', async () => {
  const fatal = Promise.withResolvers<GrammyError>();
  const { polling } = stage({ api: client('1:wrong-placeholder'), onFatal: fatal.resolve });
  polling.start();
  expect([401, 404]).toContain((await fatal.promise).error_code);
  expect(log.at('error')[0]).toContain('BOT_TOKEN');
  expect(JSON.stringify(log.lines)).not.toContain('wrong-placeholder');
  await clock.advance(60_000);
  expect(log.lines).toHaveLength(1);
});

test('stop cuts the waiting poll short', async () => {
  const { polling, stored } = stage();
  polling.start();
  await eventually(() => expect(telegram.calls('getUpdates')).toHaveLength(1));
  await polling.stop();
  telegram.sendText(ALI.id, 'late');
  await clock.advance(120_000);
  expect(telegram.calls('getUpdates')).toHaveLength(1);
  expect(stored).toEqual([]);
  expect(log.lines).toEqual([]);
});

test('stop ends a back-off', async () => {
  telegram.fail({ times: 1, with: { status: 500, description: 'Internal Server Error' } });
  const { polling } = stage();
  polling.start();
  await eventually(() => expect(log.lines).toHaveLength(1));
  await polling.stop();
  expect(clock.sleeping()).toBe(0);
});

test('a server that answers empty at once does not make it spin', async () => {
  let polls = 0;
  const fetch = async (url: string): Promise<Response> => {
    polls += url.endsWith('/getUpdates') ? 1 : 0;
    return Response.json({ ok: true, result: [] });
  };
  const quick = new Api(telegram.token, { fetch: fetch as never });
  const { polling } = stage({ api: quick });
  polling.start();
  await clock.settle(200);
  expect(polls).toBe(1);
  await clock.advance(3000);
  expect(polls).toBe(4);
});

test('a webhook is registered as soon as Telegram can be reached', async () => {
  telegram.fail({
    method: 'setWebhook',
    times: 2,
    with: { status: 502, description: 'Bad Gateway' },
  });
  const registered = registerWebhook(webhook(), new AbortController().signal);
  await afterBackOff(1000, 1);
  await afterBackOff(2000, 2);
  await registered;
  const bodies = telegram.calls('setWebhook').map(({ body }) => body);
  expect(bodies).toHaveLength(3);
  expect(bodies[2]).toMatchObject({
    url: 'https://bot.example/telegram',
    secret_token: 'placeholder',
    allowed_updates: ['message'],
    drop_pending_updates: false,
  });
});

test('an address that Telegram does not take is explained, and tried again', async () => {
  const stopping = new AbortController();
  const registered = registerWebhook(webhook({ url: 'http://bot.example/x' }), stopping.signal);
  await afterBackOff(1000, 1);
  await eventually(() => expect(log.lines).toHaveLength(2));
  expect(log.lines[1]?.message).toMatch(/PUBLIC_URL.*An HTTPS URL must be provided.*443/);
  stopping.abort();
  await registered;
});

test('an address that another program took away is set again', async () => {
  const stopping = new AbortController();
  const kept = keepWebhook(webhook(), stopping.signal);
  await eventually(() => expect(telegram.calls('setWebhook')).toHaveLength(1));
  await clock.settle(20);
  await clock.advance(60_000);
  await eventually(() => expect(telegram.calls('getWebhookInfo')).toHaveLength(1));
  await api.deleteWebhook();
  await clock.settle(20);
  await clock.advance(60_000);
  await eventually(() => expect(telegram.calls('setWebhook')).toHaveLength(2));
  expect(log.at('warn')).toEqual(['Telegram has another address; setting ours']);
  stopping.abort();
  await kept;
});
