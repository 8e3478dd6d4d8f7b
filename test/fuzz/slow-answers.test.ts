/**
 * Payment systems, Paylov and Telegram that answer slowly, without end, or with too much: a call ends by its time limit, holds
 * no more than it may, and lets go of the connection.
 */
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { Api } from 'grammy';
import { afterEach, describe, expect, it } from 'vitest';
import { startPaylovTest } from '../../src/bills/paylov/testing.fixture.ts';
import { createPaylov } from '../../src/bills/paylov/paylov.ts';
import type { Clock } from '../../src/core/deps.ts';
import { autopaycardCase } from '../../src/providers/autopaycard/contract-case.fixture.ts';
import { inpayCase } from '../../src/providers/inpay/contract-case.fixture.ts';
import { payferCase } from '../../src/providers/payfer/contract-case.fixture.ts';
import { rasmiypayCase } from '../../src/providers/rasmiypay/contract-case.fixture.ts';
import {
  type Handler,
  type Loopback,
  startLoopback,
  testDeps,
} from '../../src/providers/testing.fixture.ts';
import { createTelegramFetch } from '../../src/core/telegram-fetch.ts';
import { patience } from '../../src/testing/patience.ts';
import { FUZZ_TIMEOUT_MS, fuzzRuns } from './runs.ts';

/** On the clock so many milliseconds are one, once a slow answer has begun: 15 s pass in a moment. */
const FASTER = 300;
let begun = Promise.withResolvers<void>();

function clockOf(slow: Slow): Clock {
  // What must end by its size gets all the time there is.
  const factor = slow.endsBy === 'size' ? 1 : FASTER;
  return {
    now: () => Date.now(),
    elapsed: () => performance.now(),
    sleep: async (ms, signal) => {
      const options = signal ? { signal } : {};
      const short = begun.promise.then(() => sleep(ms / factor, undefined, options));
      await Promise.race([sleep(ms, undefined, options), short]);
    },
  };
}

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** What a server sends after a request, on the bare connection. */
interface Slow {
  name: string;
  /** Sent at once. */
  first: string | Buffer;
  /** Then again and again, as fast as it is taken or every few milliseconds; null: silence. */
  rest: { text: string | Buffer; everyMs: number } | null;
  endsBy?: 'size';
}

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';
const CHUNKED = `${HEAD}Transfer-Encoding: chunked\r\n\r\n`;
const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`;
const BOMB = gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '));

const SLOW: readonly Slow[] = [
  { name: 'nothing at all', first: '', rest: null },
  { name: 'half a status line', first: 'HTTP/1.1 20', rest: null },
  { name: 'a status line, letter by letter', first: 'HTTP/1.1 200 ', rest: drip('O') },
  { name: 'headers that never end', first: HEAD, rest: drip('X-A: b\r\n') },
  { name: 'one header that never ends', first: `${HEAD}X-A: `, rest: drip('b') },
  { name: '“go on” without end', first: '', rest: drip('HTTP/1.1 103 Early Hints\r\n\r\n') },
  { name: 'headers and no body', first: `${HEAD}Content-Length: 20\r\n\r\n`, rest: null },
  { name: 'half a body', first: `${HEAD}Content-Length: 20\r\n\r\n{"status":`, rest: null },
  {
    name: 'a declared body, byte by byte',
    first: `${HEAD}Content-Length: 100000\r\n\r\n`,
    rest: drip(' '),
  },
  { name: 'chunks, byte by byte', first: CHUNKED, rest: drip(chunk(' ')) },
  { name: 'half a chunk', first: `${CHUNKED}ff\r\n{`, rest: null },
  { name: 'all chunks but the last', first: CHUNKED + chunk('{"ok":true}'), rest: null },
  { name: 'a body up to the end of the connection', first: `${HEAD}\r\n{}`, rest: drip(' ') },
  {
    name: 'an endless body',
    first: CHUNKED,
    rest: flood(chunk(' '.repeat(65_536))),
    endsBy: 'size',
  },
  {
    name: 'endless headers',
    first: HEAD,
    rest: flood(`X-A: ${'b'.repeat(4000)}\r\n`),
    endsBy: 'size',
  },
  {
    name: 'a little that unpacks to very much',
    first: Buffer.concat([
      Buffer.from(`${HEAD}Content-Encoding: gzip\r\nContent-Length: ${BOMB.length + 9}\r\n\r\n`),
      BOMB,
    ]),
    rest: null,
    endsBy: 'size',
  },
];

function drip(text: string): Slow['rest'] {
  return { text, everyMs: 3 };
}

function flood(text: string): Slow['rest'] {
  return { text, everyMs: 0 };
}

/** More than Telegram's answers may have and the kernel keeps for both ends; far less than who goes on reading gets. */
const MOST_BYTES = 40 * 1024 * 1024;
/** An end there is, so that a client without a bound fails a test instead of the machine. */
const ENOUGH_BYTES = 3 * MOST_BYTES;

interface Watch {
  /** Connections that were answered slowly, and those of them the client let go of. */
  taken: number;
  released: number;
  sentBytes: number;
}

/** Answers as `slow` says, until the client goes away. */
function answerSlowly(slow: Slow, watch: Watch): Handler {
  const play = async (socket: Socket): Promise<void> => {
    watch.taken += 1;
    begun.resolve();
    socket.on('error', () => undefined);
    socket.once('close', () => {
      watch.released += 1;
    });
    socket.write(slow.first);
    const { text, everyMs } = slow.rest ?? { text: '', everyMs: 0 };
    while (text !== '' && !socket.destroyed && socket.bytesWritten < ENOUGH_BYTES) {
      const isTaken = socket.write(text);
      watch.sentBytes = socket.bytesWritten - socket.writableLength;
      if (everyMs > 0 || !isTaken) await sleep(Math.max(1, everyMs));
    }
  };
  return () => ({ takeOver: (socket) => void play(socket) });
}

interface World {
  loopback: Loopback;
  /** One call of the client: its outcome, or how it was rejected. */
  call: (index: number) => Promise<string>;
  /** To everything that is asked in that call, but for what comes before it. */
  answer: (index: number, handler: Handler) => void;
}

async function ofProvider(contract: typeof inpayCase, clock: Clock): Promise<World> {
  const loopback = await startLoopback();
  const deps = testDeps(clock);
  // A client for each call: one that has a token would not ask for it again.
  const calls = [
    () => contract.make(loopback.url, deps).create(contract.request),
    () => contract.make(loopback.url, deps).check(contract.order, 'poll'),
    ...contract.others.map((other) => () => other.run(contract.make(loopback.url, deps))),
  ];
  return {
    loopback,
    call: async (index) => codeOf(await calls[index % calls.length]?.()),
    answer: (_, handler) =>
      loopback.serve((request) => contract.prelude?.(request) ?? handler(request)),
  };
}

async function ofPaylov(clock: Clock): Promise<World> {
  const test = await startPaylovTest();
  const { loopback } = test;
  const settings = {
    accessToken: 'a-token-of-some-length',
    baseUrl: loopback.url,
    servicePrefix: '',
  } as const;
  const client = () => createPaylov(settings, testDeps(clock));
  const userId = 'tg_1';
  const calls = [
    () => client().services(),
    () => client().info({ serviceId: '25', account: { account: '1' } }),
    () => client().pay({ transactionId: 'x', cardId: 'card', userId }),
    () => client().status('x'),
    () => client().listCards(userId),
  ];
  return {
    loopback,
    call: async (index) => codeOf(await calls[index % calls.length]?.()),
    // The first call is for the list itself, which others ask for before they begin.
    answer: (index, handler) =>
      index % calls.length === 0 ? loopback.serve(handler) : test.answer(handler),
  };
}

async function ofTelegram(clock: Clock): Promise<World> {
  const loopback = await startLoopback();
  const clientFetch = createTelegramFetch({ fetch, clock });
  const api = new Api('1:token', { apiRoot: loopback.url, fetch: clientFetch });
  return {
    loopback,
    call: async (index) =>
      await (index % 2 === 0 ? api.getMe() : api.sendMessage(1, 'x')).then(
        () => 'result',
        (error: unknown) => String(error),
      ),
    answer: (_, handler) => loopback.serve(handler),
  };
}

/** A problem's code, or the kind of outcome. */
function codeOf(outcome: unknown): string {
  if (typeof outcome !== 'object' || outcome === null || !('kind' in outcome)) return 'no kind';
  return 'code' in outcome ? String(outcome.code) : String(outcome.kind);
}

describe.each([
  ...[inpayCase, payferCase, rasmiypayCase, autopaycardCase].map((contract) => {
    return { name: contract.name, start: (clock: Clock) => ofProvider(contract, clock) };
  }),
  { name: 'Paylov', start: ofPaylov },
  { name: 'Telegram', start: ofTelegram },
])('$name', { timeout: FUZZ_TIMEOUT_MS }, ({ start }) => {
  async function hear(world: World, slow: Slow, index: number): Promise<string> {
    const watch: Watch = { taken: 0, released: 0, sentBytes: 0 };
    begun = Promise.withResolvers();
    world.answer(index, answerSlowly(slow, watch));
    const outcome = await world.call(index);
    await expect.poll(() => watch.released, { timeout: patience(30_000) }).toBe(watch.taken);
    expect(watch.taken).toBeGreaterThan(0);
    expect(watch.sentBytes).toBeLessThan(MOST_BYTES);
    return outcome;
  }

  const NO_ANSWER =
    /^(?:timeout|network|bad_answer|unknown|not_sent)$|TelegramNoAnswerError|Network/;

  it.each(SLOW)('may answer with $name', async (slow) => {
    const world = await start(clockOf(slow));
    closing.push(() => world.loopback.close());
    for (const index of [0, 1]) {
      const outcome = await hear(world, slow, index);
      expect(outcome).toMatch(NO_ANSWER);
      expect(slow.endsBy === 'size' && outcome.includes('timeout')).toBe(false);
    }
  });

  it('may stop or crawl at any letter of an answer', async () => {
    const world = await start(clockOf(SLOW[0]!));
    closing.push(() => world.loopback.close());
    const body = '{"success":true,"ok":true,"status":"success","data":{"status":"paid"}}';
    const whole = `${HEAD}Content-Length: ${body.length}\r\n\r\n${body}`;
    const slow = fc
      .tuple(fc.nat(whole.length - 1), fc.constantFrom(null, 1, 40), fc.string({ minLength: 1 }))
      .map(([length, everyMs, text]): Slow => {
        const rest = everyMs === null ? null : { text, everyMs };
        return { name: 'cut', first: whole.slice(0, length), rest };
      });
    await fc.assert(
      fc.asyncProperty(fc.nat(30), slow, async (index, each) => {
        expect(await hear(world, each, index)).not.toMatch(/no kind/);
      }),
      fuzzRuns(8),
    );
  });
});
