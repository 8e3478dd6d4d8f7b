/** Stands between a client and a server, and breaks connections where a test says so. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export interface TcpProxy {
  port: number;
  /**
   * Breaks the next connection whose client says `word`: before the server hears of it, or right after, so that
   * nobody hears the answer.
   */
  breakAt(word: string, when: 'before' | 'after'): void;
  /** How often it broke one. */
  readonly broken: number;
  close(): Promise<void>;
}

/** What the server has to get before its connection is broken. */
const GRACE_MS = 200;

export async function startTcpProxy(target: { port: number }): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  const plan = { next: null as { word: string; when: 'before' | 'after' } | null, broken: 0 };
  const server = createServer((client) => {
    const upstream = connect(target.port, '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    let isCut = false;
    upstream.on('data', (chunk) => void (isCut || client.write(chunk)));
    client.on('data', (chunk) => {
      const cut = plan.next !== null && chunk.includes(plan.next.word) ? plan.next : null;
      if (!cut) {
        upstream.write(chunk);
        return;
      }
      plan.next = null;
      plan.broken += 1;
      isCut = true;
      if (cut.when === 'before') upstream.destroy();
      else upstream.write(chunk, () => setTimeout(() => client.destroy(), GRACE_MS));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return {
    port: address.port,
    breakAt(word, when) {
      plan.next = { word, when };
    },
    get broken() {
      return plan.broken;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
