/** A proxy on loopback that gives each request to the next process, and to another one when that is not there. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, request as send } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface RoundRobin {
  url: string;
  close(): Promise<void>;
}

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

interface Request {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** As a proxy in front of several servers is usually set: a process that hangs is as good as none. */
const NO_ANSWER_MS = 20_000;

/** `ports` is asked for each request: processes come and go. */
export async function startRoundRobin(ports: () => readonly number[]): Promise<RoundRobin> {
  const turn = { next: 0 };
  const server = createServer((incoming, outgoing) => {
    const pass = async (): Promise<void> => {
      const request: Request = {
        method: incoming.method ?? 'GET',
        path: incoming.url ?? '/',
        headers: incoming.headers,
        body: await buffer(incoming),
      };
      const answer = await fromSomebody(request, ports(), turn);
      outgoing.writeHead(answer.status, answer.headers);
      outgoing.end(answer.body);
    };
    pass().catch(() => outgoing.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function fromSomebody(
  request: Request,
  ports: readonly number[],
  turn: { next: number },
): Promise<Answer> {
  for (let attempt = 0; attempt < ports.length; attempt += 1) {
    turn.next += 1;
    const port = ports[turn.next % ports.length] ?? 0;
    const answer = await from(port, request).catch(() => null);
    if (answer) return answer;
  }
  return { status: 502, headers: {}, body: Buffer.from('no process answers') };
}

async function from(port: number, { method, path, headers, body }: Request): Promise<Answer> {
  const outgoing = send({ host: '127.0.0.1', port, method, path, headers, timeout: NO_ANSWER_MS });
  outgoing.on('timeout', () => outgoing.destroy(new Error('no answer')));
  outgoing.end(body);
  return await new Promise((resolve, reject) => {
    outgoing.once('error', reject);
    outgoing.once('response', (incoming) => {
      buffer(incoming).then(
        (answered) =>
          resolve({
            status: incoming.statusCode ?? 502,
            headers: incoming.headers,
            body: answered,
          }),
        reject,
      );
    });
  });
}
