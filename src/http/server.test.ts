import { EventEmitter, once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { Hono } from 'hono';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createGate, startHttpServer } from './server.ts';

class FakeSocket extends EventEmitter {
  readonly remoteAddress: string | undefined;
  isCut = false;

  constructor(address: string | undefined) {
    super();
    this.remoteAddress = address;
  }

  destroy(): void {
    this.isCut = true;
    this.emit('close');
  }
}

function knock(gate: (socket: Socket) => void, address?: string): FakeSocket {
  const socket = new FakeSocket(address);
  gate(socket as unknown as Socket);
  return socket;
}

describe('connections of one address', () => {
  it('are cut beyond their number, until one of them ends', () => {
    const gate = createGate(2);
    const first = knock(gate, '203.0.113.7');
    const second = knock(gate, '::ffff:203.0.113.7');
    expect(knock(gate, '203.0.113.7').isCut).toBe(true);
    expect(knock(gate, '203.0.113.7').isCut).toBe(true);
    expect([first.isCut, second.isCut]).toEqual([false, false]);
    expect(knock(gate, '203.0.113.8').isCut).toBe(false);
    first.emit('close');
    expect(knock(gate, '203.0.113.7').isCut).toBe(false);
    expect(knock(gate, '203.0.113.7').isCut).toBe(true);
  });

  it('of a proxy, or gone already, are not counted', () => {
    const gate = createGate(1);
    const sockets = ['10.0.0.1', '10.0.0.1', '127.0.0.1', '127.0.0.1', undefined, undefined];
    expect(sockets.filter((address) => knock(gate, address).isCut)).toEqual([]);
  });
});

describe('slow clients', () => {
  const LIMITS = {
    headersTimeoutMs: 150,
    requestTimeoutMs: 300,
    checkEveryMs: 50,
    idleTimeoutMs: 400,
  };
  const HEAD = 'POST /echo HTTP/1.1\r\nHost: a\r\n';

  async function startShort(): Promise<number> {
    const app = new Hono();
    app.post('/echo', async (c) => c.text(String((await c.req.text()).length)));
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
    socket.on('error', () => undefined);
    const closed = once(socket, 'close');
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
    ['nothing at all', { head: '', text: '' }],
  ])('with %s are cut off', async (_name, request) => {
    expect(['HTTP/1.1 408 Request Timeout', '']).toContain(
      await trickle(await startShort(), request),
    );
  });

  it('that do not read their answer are cut off', async () => {
    const socket = connect({ port: await startShort(), host: '127.0.0.1' });
    socket.on('error', () => undefined);
    const closed = once(socket, 'close');
    socket.pause();
    socket.write('GET /large HTTP/1.1\r\nHost: a\r\n\r\n');
    // The server's own, shorter timer runs in this very process and ends first, however busy the machine is.
    await setTimeout(LIMITS.idleTimeoutMs * 5);
    socket.resume();
    await closed;
    expect(socket.bytesRead).toBeLessThan(32 * 1024 * 1024);
  });
});
