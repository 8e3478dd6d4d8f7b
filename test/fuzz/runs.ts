/** What all fuzzing shares: how much of it, and raw sockets. A failure prints its seed and the smallest case. */
import { connect, type Socket } from 'node:net';
import * as fc from 'fast-check';
import { patience } from '../../src/testing/patience.ts';

/** As long as it takes, when more was asked for. */
export const FUZZ_TIMEOUT_MS =
  process.env['FUZZ_RUNS'] === undefined ? patience(60_000) : 3_600_000;

/** FUZZ_RUNS=1000 looks harder; FUZZ_SEED=… repeats what a failure printed. */
export function fuzzRuns<T>(usually: number): fc.Parameters<T> {
  const { FUZZ_RUNS: runs, FUZZ_SEED: seed } = process.env;
  return {
    numRuns: runs === undefined ? usually : Number(runs),
    // A failure is told with its seed while there is still time to tell it, however far it was made smaller.
    interruptAfterTimeLimit: FUZZ_TIMEOUT_MS / 2,
    markInterruptAsFailure: true,
    ...(seed === undefined ? {} : { seed: Number(seed) }),
    // Cases are long: what they begin with, and the seed, say enough.
    async asyncReporter(details) {
      if (!details.failed) return;
      const report = (await fc.asyncDefaultReportMessage(details)) ?? '';
      const short = report.length > 3000 ? `${report.slice(0, 3000)} …` : report;
      throw new Error(`FUZZ_SEED=${details.seed}\n${short}`, { cause: details.errorInstance });
    },
  };
}

export interface RawAnswer {
  text: string;
  /** Of every answer on the connection, in order. */
  statuses: number[];
  /** `patience`: nothing had happened for so long; for a server that should have cut it, a failure. */
  end: 'closed' | 'patience';
}

interface RawOptions {
  port: number;
  /** Written one after another, each once the one before is out. */
  chunks: readonly (string | Uint8Array)[];
  /** Ends our half afterwards. */
  half?: boolean;
  patienceMs?: number;
}

/** Writes bytes to a server and reads until it closes the connection. */
export async function raw(options: RawOptions): Promise<RawAnswer> {
  const { port, chunks, half = false, patienceMs = 20_000 } = options;
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  const read: Buffer[] = [];
  const end = await new Promise<RawAnswer['end']>((resolve) => {
    const timer = setTimeout(() => resolve('patience'), patienceMs);
    const closed = (): void => {
      clearTimeout(timer);
      resolve('closed');
    };
    socket.on('data', (data: Buffer) => read.push(data));
    socket.on('end', closed);
    socket.on('close', closed);
    // Cut by the server while we still write: as good as closed.
    socket.on('error', closed);
    void writeAll(socket, chunks).then(() => (half ? socket.end() : undefined));
  });
  socket.destroy();
  const text = Buffer.concat(read).toString('latin1');
  const statuses = [...text.matchAll(/(?:^|\r\n\r\n|[^\n])HTTP\/1\.1 (\d{3})/g)].map((found) =>
    Number(found[1]),
  );
  return { text, statuses, end };
}

async function writeAll(socket: Socket, chunks: RawOptions['chunks']): Promise<void> {
  for (const chunk of chunks) {
    if (socket.destroyed || !socket.writable) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, 200);
      socket.write(chunk, () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

/** JSON that a careless program stumbles over: keys of Object.prototype, depth, odd numbers, wrong types. */
export function oddJson(): fc.Arbitrary<string> {
  const key = fc.oneof(
    fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', ''),
    fc.string({ maxLength: 12 }),
  );
  const leaf = fc.oneof(
    fc.constantFrom<unknown>(null, true, '', 0, -0, 1e308, -1, 2 ** 53, 'NaN', [], {}),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.double({ noNaN: true }),
  );
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      leaf,
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.array(fc.tuple(key, tie('tree')), { maxLength: 4 }).map(objectOf),
    ),
  }));
  const written = tree.map((value) => JSON.stringify(value));
  const deep = fc
    .tuple(fc.integer({ min: 100, max: 20_000 }), fc.constantFrom(['[', ']'], ['{"a":', '}']))
    .map(([depth, [open = '', close = '']]) => open.repeat(depth) + '0' + close.repeat(depth));
  const numbers = fc.constantFrom('1e999', '-0', '123456789012345678901234567890', '1E400');
  return fc.oneof(
    { weight: 8, arbitrary: written },
    { weight: 1, arbitrary: deep },
    { weight: 1, arbitrary: numbers },
  );
}

/** An object as JSON.parse makes it: `__proto__` is a key like any other. */
function objectOf(entries: [string, unknown][]): unknown {
  const text = entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  return JSON.parse(`{${text.join(',')}}`) as unknown;
}

/** JSON, half of JSON, or no JSON at all. */
export function oddBody(): fc.Arbitrary<Uint8Array> {
  const bytes = (text: string): Uint8Array => Buffer.from(text);
  return fc.oneof(
    { weight: 5, arbitrary: oddJson().map(bytes) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(oddJson(), fc.nat(100))
        .map(([text, share]) => bytes(text.slice(0, Math.floor((text.length * share) / 100)))),
    },
    { weight: 2, arbitrary: fc.uint8Array({ maxLength: 300 }) },
    { weight: 1, arbitrary: fc.constantFrom('', '\0', '<html>', '\ufeff{}', '{}{}').map(bytes) },
  );
}
