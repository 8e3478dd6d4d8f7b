import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Hono } from 'hono';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startHttpServer } from './server.ts';

/** Resolves once it is closed, in whatever way: `once` would reject for a reset. */
function closing(socket: Socket): Promise<void> {
  socket.on('error', () => undefined);
  return new Promise((resolve) => {
    socket.once('close', () => resolve());
  });
}

/** Resolves once the server's own end of the next connection is closed. */
function closedByServer(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const hear = (message: unknown): void => {
    unsubscribe('net.server.socket', hear);
    (message as { socket: Socket }).socket.once('close', () => resolve());
  };
  subscribe('net.server.socket', hear);
  return promise;
}

describe('slow clients', () => {
  const LIMITS = {
    headersTimeoutMs: 150,
    requestTimeoutMs: 300,
    checkEveryMs: 50,
    idleTimeoutMs: 400,
  };
  /** What came before the slow part was answered. */
  const FIRST_ANSWERS = ['HTTP/1.1 100 Continue', 'HTTP/1.1 404 Not Found'];
  const HEAD = 'POST /echo HTTP/1.1\r\nHost: a\r\n';

  async function startShort(): Promise<number> {
    const app = new Hono();
    app.post('/echo', async (c) => c.text(String((await c.req.text()).length)));
    app.get('/page', (c) => c.body('x'.repeat(1024 * 1024)));
    app.get('/large', (c) => c.body('x'.repeat(32 * 1024 * 1024)));
    app.onError((_error, c) => c.text('cut off', 500));
    const options = { host: '127.0.0.1', port: 0, limits: LIMITS };
    const server = await startHttpServer(app, options);
    onTestFinished(() => server.close({ deadlineMs: 0 }));
    return server.port;
  }

  /** Sends a piece of `text` every few milliseconds, and never all of it. Resolves once the server cuts it off. */
  async function trickle(port: number, { head, text }: { head: string; text: string }) {
    const socket = connect({ port, host: '127.0.0.1' });
    const read: Buffer[] = [];
    socket.on('data', (data) => read.push(data));
    const closed = closing(socket);
    socket.write(head);
    const timer = setInterval(() => socket.write(text), 20);
    await closed;
    clearInterval(timer);
    return Buffer.concat(read).toString().split('\r\n', 1)[0];
  }

  it.each([
    ['headers without end', { head: HEAD, text: 'X: y\r\n' }],
    ['a declared body, byte by byte', { head: `${HEAD}Content-Length: 10000\r\n\r\n`, text: 'x' }],
    [
      'chunks without end',
      { head: `${HEAD}Transfer-Encoding: chunked\r\n\r\n`, text: '1\r\nx\r\n' },
    ],
    [
      'a body that waits for “100 Continue” and never comes',
      { head: `${HEAD}Expect: 100-continue\r\nContent-Length: 10\r\n\r\n`, text: '' },
    ],
    [
      'a second request that never ends behind a first',
      { head: `GET /none HTTP/1.1\r\nHost: a\r\n\r\n${HEAD}`, text: 'X: y\r\n' },
    ],
    ['nothing at all', { head: '', text: '' }],
  ])('with %s are cut off', async (_name, request) => {
    expect(['HTTP/1.1 408 Request Timeout', ...FIRST_ANSWERS, '']).toContain(
      await trickle(await startShort(), request),
    );
  });

  it('in great number keep nobody else from being answered, and are cut off', async () => {
    const port = await startShort();
    const idle = Array.from({ length: 300 }, () => connect({ port, host: '127.0.0.1' }));
    const cut = idle.map((socket) => closing(socket.resume()));
    await Promise.all(idle.map((socket) => once(socket, 'connect')));
    const answer = await fetch(`http://127.0.0.1:${port}/echo`, { method: 'POST', body: 'abc' });
    expect(await answer.text()).toBe('3');
    await Promise.all(cut);
  });

  it('that send many requests and read no answer are cut off', async () => {
    const port = await startShort();
    const cut = closedByServer();
    const socket = connect({ port, host: '127.0.0.1' });
    const closed = closing(socket);
    socket.pause();
    for (let i = 0; i < 50; i += 1) socket.write('GET /page HTTP/1.1\r\nHost: a\r\n\r\n');
    await cut;
    socket.resume();
    await closed;
    expect(socket.bytesRead).toBeLessThan(50 * 1024 * 1024);
  });

  it('that do not read their answer are cut off', async () => {
    const port = await startShort();
    const cut = closedByServer();
    const socket = connect({ port, host: '127.0.0.1' });
    const closed = closing(socket);
    socket.pause();
    socket.write('GET /large HTTP/1.1\r\nHost: a\r\n\r\n');
    await cut;
    socket.resume();
    await closed;
    expect(socket.bytesRead).toBeLessThan(32 * 1024 * 1024);
  });
});
