import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { httpCall, joinUrl } from './http.ts';
import {
  createManualClock,
  startLoopback,
  type Loopback,
  type ManualClock,
} from '../providers/testing.fixture.ts';

let loopback: Loopback;
let clock: ManualClock;
beforeEach(async () => {
  loopback = await startLoopback();
  clock = createManualClock(Date.UTC(2026, 0, 1));
});
afterEach(() => loopback.close());

const get = (options: { fetch?: typeof fetch; timeoutMs?: number } = {}) =>
  httpCall(
    { clock, fetch: options.fetch ?? globalThis.fetch },
    { method: 'GET', url: loopback.url, timeoutMs: options.timeoutMs ?? 15_000 },
  );

const deaf: typeof fetch = () => new Promise(() => undefined);
const failing: typeof fetch = () => Promise.reject(new Error('secret https://host/?key=1'));
const trickle: typeof fetch = () =>
  Promise.resolve(
    new Response(new ReadableStream({ start: (body) => body.enqueue(new Uint8Array([123])) })),
  );

describe('httpCall', () => {
  it('sends JSON with its query and headers', async () => {
    loopback.serve(() => ({ status: 201, body: '{"ok":true}' }));
    const outcome = await httpCall(
      { clock, fetch: globalThis.fetch },
      {
        method: 'POST',
        url: `${loopback.url}/a?b=1`,
        query: { c: 'ü &' },
        json: { sum: 1 },
        headers: { authorization: 'Bearer x' },
      },
    );
    expect(outcome).toEqual({
      kind: 'answer',
      status: 201,
      json: { ok: true },
      text: '{"ok":true}',
    });
    expect(loopback.requests).toMatchObject([
      {
        method: 'POST',
        path: '/a?b=1&c=%C3%BC+%26',
        body: '{"sum":1}',
        headers: {
          'content-type': 'application/json',
          authorization: 'Bearer x',
          'content-length': '9',
        },
      },
    ]);
  });

  it('sends forms and empty posts', async () => {
    loopback.serve(() => ({ status: 200, body: '' }));
    const deps = { clock, fetch: globalThis.fetch };
    await httpCall(deps, { method: 'POST', url: loopback.url, form: { a: 'x y', b: '&' } });
    await httpCall(deps, { method: 'POST', url: loopback.url });
    const [form, empty] = loopback.requests;
    expect(form).toMatchObject({ body: 'a=x+y&b=%26' });
    expect(form!.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(empty).toMatchObject({ body: '', headers: { 'content-length': '0' } });
    expect(empty!.headers).not.toHaveProperty('content-type');
  });

  it('reads a body up to 256 KB and no further', async () => {
    const whole = JSON.stringify('x'.repeat(256 * 1024 - 2));
    loopback.serve(() => ({ status: 200, body: whole }));
    expect(await get()).toMatchObject({ kind: 'answer', json: 'x'.repeat(256 * 1024 - 2) });
    loopback.serve(() => ({ status: 200, body: ` ${whole}` }));
    expect(await get()).toMatchObject({ kind: 'answer', status: 200, json: undefined });
  });

  it('reads as much as the call allows', async () => {
    const whole = JSON.stringify('x'.repeat(300 * 1024 - 2));
    loopback.serve(() => ({ status: 200, body: whole }));
    const deps = { clock, fetch: globalThis.fetch };
    const read = (maxBodyBytes: number) =>
      httpCall(deps, { method: 'GET', url: loopback.url, maxBodyBytes });
    expect(await read(300 * 1024)).toMatchObject({ json: 'x'.repeat(300 * 1024 - 2) });
    expect(await read(300 * 1024 - 1)).toMatchObject({ status: 200, json: undefined });
  });

  it('reads JSON after a byte order mark and blank lines', async () => {
    loopback.serve(() => ({ status: 200, body: '\ufeff\n\n{"a":1}\n' }));
    expect(await get()).toMatchObject({ json: { a: 1 } });
  });

  it.each([
    ['<br />\n<b>Warning</b>: x in <b>/a.php</b> on line <b>1</b><br />\n{"a":1}', { a: 1 }],
    ['Notice: x in {closure}() on line 5\n{"a":{"b":2}}\n', { a: { b: 2 } }],
    ['<html><script>{"status":"paid"}</script></html>', undefined],
    ['callback({"a":1})', undefined],
    ['{"a":1}{"b":2}', undefined],
    ['\u0000{"a":1}', undefined],
    [`words ${'{'.repeat(50)}{"a":1}`, undefined],
  ])('finds the JSON behind a notice, and only there: %j', async (body, found) => {
    loopback.serve(() => ({ status: 200, body }));
    expect(await get()).toMatchObject({ kind: 'answer', json: found });
  });

  it.each([301, 302, 307, 308])('does not follow a redirect with %i', async (status) => {
    loopback.serve(() => ({ status, headers: { location: '/next' }, body: '' }));
    expect(await get()).toMatchObject({ kind: 'answer', status });
    expect(loopback.requests).toHaveLength(1);
  });

  it.each([500, 502, 503, 429, 408])('does not repeat a GET after %i', async (status) => {
    loopback.serve(() => ({ status, headers: { 'retry-after': '1' }, body: '' }));
    expect(await get()).toMatchObject({ kind: 'answer', status });
    expect(loopback.requests).toHaveLength(1);
  });

  it('does not repeat a GET whose connection was cut', async () => {
    loopback.serve(() => 'drop');
    expect(await get()).toEqual({ kind: 'no_answer', cause: 'network' });
    expect(loopback.requests).toHaveLength(1);
  });

  it('ends after its time, and no sooner', async () => {
    loopback.serve(() => 'hang');
    let ended = false;
    const call = get({ timeoutMs: 2000 }).finally(() => {
      ended = true;
    });
    await loopback.received(1);
    clock.advance(1999);
    await new Promise(setImmediate);
    expect(ended).toBe(false);
    clock.advance(1);
    expect(await call).toEqual({ kind: 'no_answer', cause: 'timeout' });
  });

  it('ends after its time while the body trickles', async () => {
    const call = get({ fetch: trickle });
    await new Promise(setImmediate);
    clock.advance(15_000);
    expect(await call).toEqual({ kind: 'no_answer', cause: 'timeout' });
  });

  it('ends after its time when fetch does not heed the signal', async () => {
    const call = get({ fetch: deaf });
    await new Promise(setImmediate);
    clock.advance(15_000);
    expect(await call).toEqual({ kind: 'no_answer', cause: 'timeout' });
  });

  it('keeps what a failing fetch says to itself', async () => {
    expect(await get({ fetch: failing })).toEqual({ kind: 'no_answer', cause: 'network' });
  });
});

describe('joinUrl', () => {
  it.each([
    ['https://a.uz', '/api'],
    ['https://a.uz/', 'api'],
    ['https://a.uz//', '//api'],
  ])('joins %s and %s', (base, path) => {
    expect(joinUrl(base, path)).toBe('https://a.uz/api');
  });

  it.each([
    ['https://a.uz/api', '/api?x', 'https://a.uz/api?x'],
    ['https://a.uz/api/', '/api/cards', 'https://a.uz/api/cards'],
    ['https://a.uz/api', 'api', 'https://a.uz/api'],
    ['https://a.uz/api', '/apis', 'https://a.uz/api/apis'],
    ['https://a.uz/my-api', '/api', 'https://a.uz/my-api/api'],
    ['https://a.uz/api/v1', '/create/', 'https://a.uz/api/v1/create/'],
  ])('has one /api of %s and %s', (base, path, whole) => {
    expect(joinUrl(base, path)).toBe(whole);
  });

  it('keeps the path of the base and the slash at the end', () => {
    expect(joinUrl('https://a.uz/api/v1/', '/create/')).toBe('https://a.uz/api/v1/create/');
  });
});
