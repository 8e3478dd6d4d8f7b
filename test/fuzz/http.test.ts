/** Whatever bytes arrive: an answer below 500 or a cut connection, and the program goes on. */
import * as fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { telegramSecret } from '../../src/bot/webhook-secret.ts';
import { providerEvents } from '../../src/db/tables.ts';
import { readReport } from '../../src/client/report.ts';
import { webhookPath } from '../../src/http/routes.ts';
import {
  begin,
  findings,
  openOrder,
  SECRET,
  type Stage,
  startStage,
  TOKEN,
  USER,
} from '../stage.ts';
import { FUZZ_TIMEOUT_MS, fuzzRuns, oddBody, oddJson, raw, type RawAnswer } from './runs.ts';

let stage: Stage;
let port: number;
let paths: string[];
const crashes: unknown[] = [];
const noteCrash = (error: unknown): void => void crashes.push(error);

beforeAll(async () => {
  process.on('unhandledRejection', noteCrash);
  process.on('uncaughtException', noteCrash);
  stage = await startStage({ telegramWebhook: true });
  port = Number(new URL(stage.baseUrl).port);
  const person = await begin(stage);
  for (const provider of ['inpay', 'autopaycard', 'payfer'] as const) {
    await openOrder(stage, person, { provider });
  }
  const orders = await stage.app.topups.live(USER);
  paths = [
    ...orders
      .filter(({ provider }) => provider === 'inpay' || provider === 'autopaycard')
      .map(({ provider, id }) => webhookPath(SECRET, { provider, topupId: id })),
    webhookPath(SECRET, { provider: 'payfer' }),
    `/telegram/${SECRET}`,
    '/telegram/wrong',
    '/health',
    '/ready',
    '/metrics',
    '/openapi.json',
    '/nothing',
  ];
});

afterAll(async () => {
  process.off('unhandledRejection', noteCrash);
  process.off('uncaughtException', noteCrash);
  expect(await findings(stage)).toEqual([]);
  await stage.close();
});

afterEach(async () => {
  expect(crashes).toEqual([]);
  // Odd requests are nobody's bug: an operator who sees this event has something to do.
  expect(stage.log.filter((line) => line.includes('http_error'))).toEqual([]);
  expect((await fetch(`${stage.baseUrl}/health`)).status).toBe(200);
});

/** No hang, and nothing that made the program fail: `fine`, or what was wrong. */
function verdict({ statuses, end, text }: RawAnswer): string {
  if (end !== 'closed') return `nothing for long after: ${text.slice(0, 300)}`;
  return statuses.every((status) => status < 500) ? 'fine' : text.slice(0, 300);
}

const path = (): fc.Arbitrary<string> =>
  fc.oneof(
    fc.nat(8).map((index) => paths[index] ?? '/'),
    fc.tuple(fc.nat(8), fc.string({ maxLength: 20 })).map(([i, text]) => `${paths[i]}${text}`),
    fc.constantFrom('', '*', '//', '/%', '/%ff', '/..%2f..', '/webhooks/__proto__/x/y', '?', '#'),
    fc.constantFrom('http://other.example/health', 'http://[', 'ftp://x', 'x:1', '/health?a=%zz'),
    fc.string({ unit: 'binary', maxLength: 60 }),
  );

const method = (): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom('GET', 'POST', 'PUT', 'HEAD', 'OPTIONS', 'TRACE', 'CONNECT', 'PATCH', 'DELETE'),
    fc.constantFrom('PROPFIND', 'M-SEARCH', 'get', 'PRI', 'QUERY', 'G\u0000T', ''),
    fc.string({ maxLength: 10 }),
  );

const header = (): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom(
      'Host: 127.0.0.1',
      'Host: a\r\nHost: b',
      'Host: ',
      'Host: [',
      'Host: a/b?c',
      'Host: \u00ff\u0000',
      'Content-Length: 5',
      'Content-Length: -1',
      'Content-Length: 99999999999999999999',
      'Transfer-Encoding: chunked',
      'Transfer-Encoding: gzip, chunked\r\nContent-Length: 3',
      'Expect: 100-continue',
      'Expect: tea',
      'Upgrade: websocket\r\nConnection: upgrade',
      'Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMA',
      'Content-Type: application/json; charset=utf-9',
      'Content-Encoding: gzip',
      'Authorization: Bearer ' + 'x'.repeat(500),
      'X-Forwarded-For: ' + '1.1.1.1, '.repeat(50),
      'Cookie: __proto__=1; constructor=2',
      'Range: bytes=0-1,2-',
    ),
    fc
      .tuple(fc.string({ maxLength: 10 }), fc.string({ unit: 'binary', maxLength: 30 }))
      .map(([name, value]) => `${name}: ${value}`),
  );

const request = (): fc.Arbitrary<Uint8Array> =>
  fc
    .record({
      method: method(),
      path: path(),
      version: fc.constantFrom('HTTP/1.1', 'HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'HTTP/0.9', ''),
      headers: fc.array(header(), { maxLength: 5 }),
      body: oddBody(),
      eol: fc.constantFrom('\r\n', '\r\n', '\r\n', '\n', '\r'),
    })
    .map(({ method: verb, path: at, version, headers, body, eol }) =>
      Buffer.concat([
        Buffer.from([`${verb} ${at} ${version}`, ...headers, '', ''].join(eol), 'latin1'),
        body,
      ]),
    );

function post(at: string, body: Uint8Array, headers: readonly string[] = []): Uint8Array {
  const lines = [
    `POST ${at} HTTP/1.1`,
    'Host: 127.0.0.1',
    'Connection: close',
    `Content-Length: ${body.length}`,
    ...headers,
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
}

describe('the HTTP server', { timeout: FUZZ_TIMEOUT_MS }, () => {
  it('answers or cuts off whatever bytes come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(request(), { minLength: 1, maxLength: 3 }), async (requests) => {
        expect(verdict(await raw({ port, chunks: requests, half: true }))).toBe('fine');
      }),
      fuzzRuns(300),
    );
  });

  it('takes well-formed requests of every method and path without a 5xx', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(
          'GET',
          'POST',
          'PUT',
          'HEAD',
          'OPTIONS',
          'TRACE',
          'PATCH',
          'DELETE',
          'QUERY',
        ),
        fc.nat(8),
        fc.array(header(), { maxLength: 2 }),
        oddBody(),
        async (verb, index, headers, body) => {
          const bytes = Buffer.from(post(paths[index] ?? '/', body, headers)).toString('latin1');
          const chunk = Buffer.from(bytes.replace(/^POST/, verb), 'latin1');
          expect(verdict(await raw({ port, chunks: [chunk], half: true }))).toBe('fine');
        },
      ),
      fuzzRuns(150),
    );
  });

  it('reads chunked bodies however they are cut, and refuses broken ones', async () => {
    const size = fc.oneof(
      fc.nat(300).map((n) => n.toString(16)),
      fc.constantFrom('zz', '-1', 'fffffffff', ''),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.nat(8),
        fc.array(fc.tuple(size, fc.string({ maxLength: 300 })), { maxLength: 6 }),
        fc.boolean(),
        async (index, parts, isHonest) => {
          const chunks = parts.map(([claimed, text]) => {
            const bytes = Buffer.from(text);
            return `${isHonest ? bytes.length.toString(16) : claimed}\r\n${text}\r\n`;
          });
          const head = `POST ${paths[index] ?? '/'} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n`;
          expect(
            verdict(await raw({ port, chunks: [head, ...chunks, '0\r\n\r\n'], half: true })),
          ).toBe('fine');
        },
      ),
      fuzzRuns(60),
    );
  });

  it('forgets bodies that break off', async () => {
    for (const at of paths.slice(0, 4)) {
      const head = `POST ${at} HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\n{"half":`;
      expect((await raw({ port, chunks: [head], half: true })).end).toBe('closed');
    }
  });

  it('answers many requests sent at once on one connection, each in its turn', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 200 }), async (count) => {
        const one = 'GET /ready HTTP/1.1\r\nHost: a\r\n\r\n';
        const last = 'GET /nothing HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';
        const answer = await raw({ port, chunks: [one.repeat(count) + last] });
        expect(verdict(answer)).toBe('fine');
        expect(answer.statuses).toEqual([...Array.from({ length: count }, () => 200), 404]);
      }),
      fuzzRuns(10),
    );
  });

  it('refuses long addresses, long headers and many headers', async () => {
    const tooMuch = [
      `GET /${'a'.repeat(100_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
      `GET / HTTP/1.1\r\nHost: a\r\nX: ${'b'.repeat(100_000)}\r\n\r\n`,
      `GET / HTTP/1.1\r\nHost: a\r\n${'X: y\r\n'.repeat(20_000)}\r\n`,
    ];
    for (const chunk of tooMuch) {
      const answer = await raw({ port, chunks: [chunk] });
      expect(verdict(answer)).toBe('fine');
      expect(answer.statuses).toEqual([431]);
    }
  });

  it('keeps no more of a huge body than it may, declared or chunked', async () => {
    const megabyte = 'a'.repeat(1024 * 1024);
    const before = process.memoryUsage().rss;
    for (const at of paths.slice(0, 4)) {
      const declared = `POST ${at} HTTP/1.1\r\nHost: a\r\nContent-Length: ${32 * 1024 * 1024}\r\n\r\n`;
      const chunked = `POST ${at} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n`;
      const parts = Array.from({ length: 32 }, () => megabyte);
      const answers = [
        await raw({ port, chunks: [declared, ...parts] }),
        await raw({ port, chunks: [chunked, ...parts.map((part) => `100000\r\n${part}\r\n`)] }),
      ];
      for (const answer of answers) expect(verdict(answer)).toBe('fine');
    }
    // 256 MB were sent.
    expect(process.memoryUsage().rss - before).toBeLessThan(120 * 1024 * 1024);
  });
});

describe('webhooks', { timeout: FUZZ_TIMEOUT_MS }, () => {
  it('take any body of those who know the address, keep what a database can keep, and credit nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(2), oddBody(), async (index, body) => {
        const answer = await raw({ port, chunks: [post(paths[index] ?? '', body)] });
        expect(verdict(answer)).toBe('fine');
        expect([200, 400, 413]).toContain(answer.statuses[0]);
      }),
      fuzzRuns(150),
    );
    const rows = await stage.app.db.read.select().from(providerEvents);
    expect(rows.length).toBeLessThanOrEqual(3 * 50);
    for (const { body } of rows) expect(body).not.toContain('\0');
    // An order is found in the body of Payfer's reports alone; the others' addresses name it.
    const named = rows.filter(({ provider }) => provider === 'payfer');
    for (const { body } of named) expect(readReport(body)).toBeDefined();
  });

  it('take the fields they know with values of any type', async () => {
    const names = [
      'status',
      'order_id',
      'order',
      'order_code',
      'amount',
      'paid_amount',
      'id',
      'data',
    ];
    const report = fc
      .array(fc.tuple(fc.constantFrom(...names), oddJson()), { minLength: 1, maxLength: 5 })
      .map((fields) => `{${fields.map(([name, value]) => `"${name}":${value}`).join(',')}}`);
    await fc.assert(
      fc.asyncProperty(fc.nat(2), report, async (index, body) => {
        const answer = await raw({ port, chunks: [post(paths[index] ?? '', Buffer.from(body))] });
        expect(verdict(answer)).toBe('fine');
      }),
      fuzzRuns(100),
    );
  });
});

describe('Telegram’s door', { timeout: FUZZ_TIMEOUT_MS }, () => {
  const named = [`X-Telegram-Bot-Api-Secret-Token: ${telegramSecret(TOKEN)}`];

  it('takes any JSON as an update or nothing, and the inbox empties', async () => {
    let updateId = 1_000_000;
    const kinds = [
      'message',
      'callback_query',
      'my_chat_member',
      'inline_query',
      '__proto__',
      'poll',
    ];
    const update = fc
      .tuple(fc.constantFrom(...kinds), oddJson(), fc.boolean())
      .map(([kind, value, hasId]) => {
        updateId += 1;
        return `{${hasId ? `"update_id":${updateId},` : ''}"${kind}":${value}}`;
      });
    await fc.assert(
      fc.asyncProperty(fc.oneof(update, oddJson()), async (body) => {
        const at = `/telegram/${SECRET}`;
        const answer = await raw({ port, chunks: [post(at, Buffer.from(body), named)] });
        expect(verdict(answer)).toBe('fine');
      }),
      fuzzRuns(100),
    );
    await stage.app.inbox.idle();
  });
});
