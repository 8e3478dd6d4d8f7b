/**
 * Webhooks answered over real HTTP at a steady 500 a second, each stored durably before its answer, beside a server that does
 * nothing but that: rounds of both in turn.
 */
import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import SqliteClient from 'better-sqlite3';
import { openSqlite } from '../src/db/sqlite.ts';
import { createRoutes, webhookPath } from '../src/http/routes.ts';
import { startHttpServer } from '../src/http/server.ts';
import type { Provider } from '../src/topups/provider.ts';
import { createTopups } from '../src/topups/service.ts';
import { type Figure, median, percentile } from './figures.ts';
import { profileOf, shares, steadyUs } from './profile.ts';
import { benchDeps, benchOrder, insertOrders, inTemporaryFolder } from './world.ts';

const PER_SECOND = 500;
const SECONDS = 4;
const ROUNDS = 3;
/** A process that has just started compiles its code first; these are sent and not counted. */
const WARM_UP_SECONDS = 3;
const SECRET = 'bench-secret-bench-secret';

interface Round {
  /** Milliseconds from request to answer. */
  latencies: number[];
  /** When it began: see steadyUs. */
  fromUs: number;
}

export async function webhookFigures(): Promise<Figure[]> {
  const commits = await inTemporaryFolder(bareCommits);
  const bare: Round[] = [];
  const ours: Round[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    bare.push(await inTemporaryFolder(measureBare));
    ours.push(await inTemporaryFolder(measure));
  }
  const at = (rounds: readonly Round[], percent: number): number =>
    median(rounds.map(({ latencies }) => percentile(latencies, percent)));
  return [
    {
      name: 'one bare durable commit, p99, ms: the disk now',
      value: percentile(commits, 99),
      digits: 1,
    },
    {
      name: `bare server that stores them, at ${PER_SECOND}/s, p99, ms`,
      value: at(bare, 99),
      digits: 1,
    },
    { name: 'bare server that stores them, p50, ms', value: at(bare, 50), digits: 1 },
    {
      name: `webhook answered at ${PER_SECOND}/s, p99, ms`,
      value: at(ours, 99),
      limit: 10,
      is: 'under',
      digits: 1,
    },
    { name: 'webhook answered, p50, ms', value: at(ours, 50), digits: 1 },
    ...(await profileOfRound()),
  ];
}

/** Of a round of its own, with who sends them: being looked at costs something, too. */
async function profileOfRound(): Promise<Figure[]> {
  let fromUs = 0;
  const profile = await profileOf(async () => {
    ({ fromUs } = await inTemporaryFolder(measure));
  });
  return shares(profile, { of: 'webhooks and their sender', fromUs });
}

/** node's own server; what came in one turn of the event loop is one commit. */
async function measureBare(path: string): Promise<Round> {
  const client = new SqliteClient(path);
  client.pragma('journal_mode = WAL');
  client.pragma('synchronous = FULL');
  client.exec('create table calls (at integer, path text, body text)');
  const insert = client.prepare('insert into calls values (?, ?, ?)');
  let waiting: { path: string; body: string; answer: () => void }[] = [];
  const commit = client.transaction((calls: typeof waiting) => {
    for (const call of calls) insert.run(Date.now(), call.path, call.body);
  });
  const server = createServer((call, answer) => {
    let body = '';
    call.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    call.on('end', () => {
      waiting.push({ path: call.url ?? '', body, answer: () => void answer.end('OK') });
      if (waiting.length > 1) return;
      setImmediate(() => {
        const calls = waiting;
        waiting = [];
        commit(calls);
        for (const each of calls) each.answer();
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const total = PER_SECOND * (WARM_UP_SECONDS + SECONDS);
  const fromUs = steadyUs();
  const latencies = await load((server.address() as AddressInfo).port, total);
  server.close();
  client.close();
  return { latencies: latencies.slice(PER_SECOND * WARM_UP_SECONDS), fromUs };
}

/** What the disk takes to make one small row durable, a hundred times a second. */
async function bareCommits(path: string): Promise<number[]> {
  const client = new SqliteClient(path);
  client.pragma('journal_mode = WAL');
  client.pragma('synchronous = FULL');
  client.exec('create table t (a)');
  const insert = client.prepare('insert into t values (1)');
  const took: number[] = [];
  for (let i = 0; i < 300; i += 1) {
    const startedAt = performance.now();
    insert.run();
    took.push(performance.now() - startedAt);
    await sleep(10);
  }
  client.close();
  return took;
}

async function measure(path: string): Promise<Round> {
  const db = openSqlite(path);
  const total = PER_SECOND * (WARM_UP_SECONDS + SECONDS);
  await insertOrders(db, total, benchOrder);
  const provider = pendingProvider();
  const deps = { ...benchDeps(db), providers: new Map([[provider.id, provider]]) };
  const service = createTopups(deps);
  const routes = createRoutes({
    log: deps.log,
    metrics: deps.metrics,
    metricsToken: null,
    webhookSecret: SECRET,
    publicUrl: null,
    providers: [provider],
    receive: (call) => service.receive(call),
    health: async () => ({ ok: true, reasons: [], facts: {} }),
    ready: () => true,
    beforeMetrics: async () => undefined,
  });
  const server = await startHttpServer(routes, { host: '127.0.0.1', port: 0 });
  const fromUs = steadyUs();
  const latencies = await load(server.port, total);
  await service.stop();
  await server.close({ deadlineMs: 1000 });
  await db.close();
  return { latencies: latencies.slice(PER_SECOND * WARM_UP_SECONDS), fromUs };
}

function pendingProvider(): Provider {
  return {
    id: 'payfer',
    title: 'Payfer',
    limits: { minTiyin: 1, maxTiyin: 1_000_000_000 },
    ttlMs: 600_000,
    schedule: [{ everyMs: 600_000, untilMs: Infinity }],
    concurrency: 4,
    minCheckIntervalMs: 5000,
    rateLimitPauseMs: 60_000,
    webhook: {
      address: 'order',
      answer: { contentType: 'text/plain', body: 'OK' },
      saysPaid: () => false,
    },
    create: async () => ({ kind: 'problem', code: 'refused' }),
    // Each webhook has its order asked about while others come in.
    check: async () => await sleep(1, { kind: 'pending' as const }),
  };
}

/** Sends on schedule, whether or not earlier ones were answered; returns each one's milliseconds. */
async function load(port: number, total: number): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const startedAt = performance.now();
  const calls: Promise<number>[] = [];
  for (let index = 0; index < total; index += 1) {
    const at = startedAt + (index * 1000) / PER_SECOND;
    const waitMs = at - performance.now();
    if (waitMs > 0) await sleep(waitMs);
    calls.push(post(agent, { port, topupId: `B${index}` }));
  }
  const latencies = await Promise.all(calls);
  agent.destroy();
  return latencies;
}

function post(agent: Agent, { port, topupId }: { port: number; topupId: string }): Promise<number> {
  const body = JSON.stringify({ status: 'paid', order_code: topupId, amount: 50_000 });
  const path = webhookPath(SECRET, { provider: 'payfer', topupId });
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const call = request({ agent, port, host: '127.0.0.1', method: 'POST', path }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`answered ${answer.statusCode}`));
      answer.resume().on('end', () => resolve(performance.now() - startedAt));
    });
    call.on('error', reject).end(body);
  });
}
