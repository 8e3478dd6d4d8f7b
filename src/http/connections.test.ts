import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { Hono } from 'hono';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createConnections, type Connections } from './connections.ts';
import { startHttpServer } from './server.ts';

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

function knock(connections: Connections, address?: string): FakeSocket {
  const socket = new FakeSocket(address);
  connections.opened(socket as unknown as Socket);
  return socket;
}

/** A request on it; returns what ends its answer. */
function ask(connections: Connections, socket: FakeSocket, complete = true): () => void {
  const response = new EventEmitter();
  const request = { socket, complete };
  connections.asked(request as unknown as IncomingMessage, response as ServerResponse);
  return () => void response.emit('close');
}

const [ONE, TWO, THREE] = ['203.0.113.7', '203.0.113.8', '203.0.113.9'];

describe('connections of one address', () => {
  it('are cut beyond their number, until one of them ends', () => {
    const connections = createConnections({ most: 100, mostOfAddress: 2 });
    const first = knock(connections, ONE);
    const second = knock(connections, `::ffff:${ONE}`);
    expect(knock(connections, ONE).isCut).toBe(true);
    expect(knock(connections, ONE).isCut).toBe(true);
    expect([first.isCut, second.isCut]).toEqual([false, false]);
    expect(knock(connections, TWO).isCut).toBe(false);
    first.emit('close');
    expect(knock(connections, ONE).isCut).toBe(false);
    expect(knock(connections, ONE).isCut).toBe(true);
  });

  it('of a proxy, or gone already, are not counted', () => {
    const connections = createConnections({ most: 100, mostOfAddress: 1 });
    const sockets = ['10.0.0.1', '10.0.0.1', '127.0.0.1', '127.0.0.1', undefined, undefined];
    expect(sockets.filter((address) => knock(connections, address).isCut)).toEqual([]);
  });
});

describe('when all connections are taken', () => {
  it('whoever holds most gives up the one that rests longest', () => {
    const connections = createConnections({ most: 4, mostOfAddress: 3 });
    const few = knock(connections, TWO);
    const many = [knock(connections, ONE), knock(connections, ONE), knock(connections, ONE)];
    ask(connections, many[0]!)();
    expect(knock(connections, THREE).isCut).toBe(false);
    expect(few.isCut).toBe(false);
    expect(many.map(({ isCut }) => isCut)).toEqual([false, true, false]);
  });

  it('one whose request is here is left alone, one that is slow to send is not', () => {
    const connections = createConnections({ most: 2, mostOfAddress: 2 });
    const asked = knock(connections, ONE);
    const slow = knock(connections, ONE);
    const answer = ask(connections, asked);
    ask(connections, slow, false);
    const third = knock(connections, TWO);
    expect([asked.isCut, slow.isCut, third.isCut]).toEqual([false, true, false]);
    ask(connections, third);
    expect(knock(connections, THREE).isCut).toBe(true);
    answer();
    expect(knock(connections, THREE).isCut).toBe(false);
    expect([asked.isCut, third.isCut]).toEqual([true, false]);
  });
});

async function startDoors(limits: { keepAliveMs: number }): Promise<number> {
  const app = new Hono();
  app.get('/health', (c) => c.text('ok'));
  const server = await startHttpServer(app, { host: '127.0.0.1', port: 0, limits });
  onTestFinished(() => server.close({ deadlineMs: 0 }));
  return server.port;
}

/** A connection that was answered once and is kept; `cut` resolves when the server lets go of it. */
async function kept(port: number): Promise<{ socket: Socket; cut: Promise<void> }> {
  const socket = connect({ port, host: '127.0.0.1' });
  const cut = new Promise<void>((resolve) => void socket.once('close', () => resolve()));
  const answered = new Promise((resolve, reject) => {
    socket.on('error', reject).on('data', resolve);
    socket.once('close', () => reject(new Error('turned away')));
  });
  socket.write('GET /health HTTP/1.1\r\nHost: a\r\n\r\n');
  await answered;
  return { socket, cut };
}

describe('connections that somebody keeps', () => {
  it('do not shut out the next one, a thousand and more of them', async () => {
    const port = await startDoors({ keepAliveMs: 10 * 60_000 });
    const all: Awaited<ReturnType<typeof kept>>[] = [];
    for (let n = 0; n < 1005; n += 1) all.push(await kept(port));
    const answer = await fetch(`http://127.0.0.1:${port}/health`);
    expect(await answer.text()).toBe('ok');
    // The oldest made room.
    await Promise.all(all.slice(0, 6).map(({ cut }) => cut));
    expect(all.slice(6).filter(({ socket }) => socket.destroyed)).toEqual([]);
    for (const { socket } of all) socket.destroy();
  });

  it('are let go of when they rest', async () => {
    const port = await startDoors({ keepAliveMs: 100 });
    const { socket, cut } = await kept(port);
    await cut;
    expect(socket.destroyed).toBe(true);
  });
});
