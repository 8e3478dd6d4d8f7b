import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { Api, HttpError, InputFile } from 'grammy';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { type Exchange, exchangeBy, exchangeDirectly } from './exchange.ts';
import { errorForLog, TelegramNoAnswerError } from './telegram-errors.ts';
import { createTelegramFetch, grammySignal } from './telegram-fetch.ts';
import { createTestClock } from '../testing/clock.ts';
import { eventually } from '../testing/eventually.ts';

const TOKEN = '1000000001:placeholder-token';

/** Either way to send a request. */
const WAYS = [
  { name: 'by fetch', way: exchangeBy(globalThis.fetch) },
  { name: 'directly', way: exchangeDirectly },
];
let exchange: Exchange = exchangeDirectly;

async function stage(listener: RequestListener) {
  const seen = { requests: 0, aborted: 0 };
  const server = createServer((request, response) => {
    seen.requests += 1;
    response.on('close', () => (seen.aborted += response.writableFinished ? 0 : 1));
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const clock = createTestClock();
  const apiRoot = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = {
    apiRoot,
    fetch: createTelegramFetch({ fetch: globalThis.fetch, exchange, clock }),
  };
  return { api: new Api(TOKEN, client), clock, seen };
}

/** The reason of a failed call, and the proof that nothing secret is in the error. */
async function reasonOf(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => 'the call worked',
    (each: unknown) => each,
  );
  expect(error).toBeInstanceOf(HttpError);
  const inner = (error as HttpError).error as TelegramNoAnswerError;
  expect(inner).toBeInstanceOf(TelegramNoAnswerError);
  expect(inner.cause).toBeUndefined();
  expect(JSON.stringify([errorForLog(error), inner.message, inner.stack, inner])).not.toMatch(
    /placeholder-token|127\.0\.0\.1/,
  );
  return errorForLog(error).message;
}

const answer: RequestListener = (request, response) => {
  request.resume().on('end', () => response.end('{"ok":true,"result":true}'));
};

describe.each(WAYS)('sent $name', ({ way }) => {
  beforeEach(() => {
    exchange = way;
  });

  test('passes calls through and leaves no timer behind', async () => {
    const { api, clock } = await stage(answer);
    await expect(api.deleteWebhook()).resolves.toBe(true);
    expect(clock.sleeping()).toBe(0);
  });

  test('gives Telegram’s refusals to grammY as they are', async () => {
    const { api } = await stage((_, response) => {
      response.writeHead(403).end('{"ok":false,"error_code":403,"description":"Forbidden: x"}');
    });
    await expect(api.getMe()).rejects.toMatchObject({
      error_code: 403,
      description: 'Forbidden: x',
    });
  });

  test('a call without an answer ends after its limit', async () => {
    const { api, clock, seen } = await stage(() => undefined);
    const reason = reasonOf(api.sendMessage(1, 'x'));
    await eventually(() => expect(seen.requests).toBe(1));
    await clock.advance(19_999);
    expect(seen.aborted).toBe(0);
    await clock.advance(1);
    expect(await reason).toBe('Telegram did not answer: timeout (sendMessage)');
    await eventually(() => expect(seen.aborted).toBe(1));
  });

  test('an answer that never ends is cut off too', async () => {
    const { api, clock, seen } = await stage((_, response) => response.write('{"ok":'));
    const reason = reasonOf(api.getMe());
    await eventually(() => expect(seen.requests).toBe(1));
    await clock.advance(20_000);
    expect(await reason).toContain('timeout (getMe)');
  });

  test('a long poll may take longer, and so may an upload', async () => {
    const { api, clock, seen } = await stage((request) => request.resume());
    const photo = new InputFile(Readable.from([Buffer.from('bytes')]), 'qr.png');
    const reasons = [reasonOf(api.getUpdates({ timeout: 30 })), reasonOf(api.sendPhoto(1, photo))];
    await eventually(() => expect(seen.requests).toBe(2));
    await clock.advance(44_999);
    expect(seen.aborted).toBe(0);
    await clock.advance(1);
    expect(await Promise.all(reasons)).toEqual([
      'Telegram did not answer: timeout (getUpdates)',
      'Telegram did not answer: timeout (sendPhoto)',
    ]);
  });

  test('an upload arrives', async () => {
    const bodies: string[] = [];
    const { api } = await stage((request, response) => {
      request.setEncoding('latin1').on('data', (part: string) => bodies.push(part));
      request.on('end', () => response.end('{"ok":true,"result":{}}'));
    });
    await api.sendPhoto(1, new InputFile(Buffer.from('the bytes'), 'qr.png'));
    expect(bodies.join('')).toContain('the bytes');
  });

  test('the caller can cut a call short, before and during it', async () => {
    const { api, seen } = await stage(() => undefined);
    const call = new AbortController();
    const during = reasonOf(api.getUpdates({}, grammySignal(call.signal)));
    await eventually(() => expect(seen.requests).toBe(1));
    call.abort();
    expect(await during).toContain('aborted (getUpdates)');
    await eventually(() => expect(seen.aborted).toBe(1));
    expect(await reasonOf(api.getMe(grammySignal(call.signal)))).toContain('aborted (getMe)');
    expect(seen.requests).toBe(1);
  });

  test('an answer that is not JSON is no answer', async () => {
    const { api } = await stage((_, response) => response.writeHead(502).end('<html>Bad gateway'));
    expect(await reasonOf(api.getMe())).toBe('Telegram did not answer: not JSON (getMe)');
  });

  test('a broken connection is named without the address', async () => {
    const { api } = await stage((request) => request.socket.destroy());
    expect(await reasonOf(api.getMe())).toMatch(/^Telegram did not answer: network \w+ \(getMe\)$/);
  });

  test('a redirect is not followed: the address has the token', async () => {
    const { api, seen } = await stage((_, response) => {
      response.writeHead(307, { location: '/elsewhere' }).end('moved');
    });
    expect(await reasonOf(api.getMe())).toBe('Telegram did not answer: not JSON (getMe)');
    expect(seen.requests).toBe(1);
  });

  test('an answer that is larger than any is cut off', async () => {
    const { api, seen } = await stage((_, response) => {
      const part = 'x'.repeat(1024 * 1024);
      const more = (): void => {
        while (!response.destroyed && response.write(part));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    expect(await reasonOf(api.getMe())).toBe('Telegram did not answer: too large (getMe)');
    await eventually(() => expect(seen.aborted).toBe(1));
  });

  test('letters of several bytes come through, wherever the parts of an answer end', async () => {
    const bytes = Buffer.from('{"ok":true,"result":{"first_name":"oʻzbek 💳"}}');
    const { api } = await stage((_, response) => {
      let at = 0;
      const next = (): void => {
        if (at === bytes.length) response.end();
        else response.write(bytes.subarray(at, (at += 1)), () => setImmediate(next));
      };
      next();
    });
    expect(await api.getMe()).toMatchObject({ first_name: 'oʻzbek 💳' });
  });
});
