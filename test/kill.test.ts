/**
 * The real process on a real file, killed with SIGKILL again and again while people top up: every payment that was
 * really made is credited once, nothing else is, and the books are whole each time the program comes back.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import SqliteClient from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openSqlite } from '../src/db/sqlite.ts';
import { outbox } from '../src/db/tables.ts';
import { realClock, realDeps } from '../src/deps.ts';
import { auditBooks } from '../src/jobs/books.ts';
import { userBalance } from '../src/ledger/ledger.ts';
import type { SimulatedWorld } from '../src/sandbox/providers/types.ts';
import { startSimulatedProviders } from '../src/sandbox/providers/world.ts';
import {
  type SimulatedTelegram,
  startSimulatedTelegram,
} from '../src/sandbox/telegram/simulated-telegram.ts';
import { buttons, SECRET, TOKEN } from './stage.ts';

const USERS = [601, 602, 603, 604];
const KILLS = 12;
const PROVIDERS = ['payfer', 'rasmiypay', 'autopaycard'] as const;
const START = fileURLToPath(new URL('../src/start.mjs', import.meta.url));

let folder: string;
let telegram: SimulatedTelegram;
let world: SimulatedWorld;
let child: ChildProcess | null = null;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tolov-kill-'));
  const deps = realDeps();
  telegram = await startSimulatedTelegram({ ...deps, token: TOKEN });
  world = await startSimulatedProviders(deps);
  for (const id of USERS) telegram.user({ id, firstName: `User ${id}`, languageCode: 'en' });
});

afterEach(async () => {
  await kill();
  await telegram.close();
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

async function start(port: number): Promise<void> {
  const env = {
    PATH: process.env['PATH'],
    ...world.settings,
    BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: telegram.url,
    DATABASE_URL: `file:${join(folder, 'kill.db')}`,
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    WEBHOOK_SECRET: SECRET,
    POLL_CRON: '* * * * * *',
    LOG_LEVEL: 'error',
  };
  child = spawn(process.execPath, [START], { env, cwd: folder, stdio: 'inherit' });
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/ready`).catch(() => null);
    if (answer?.ok) return;
    if (child.exitCode !== null) throw new Error('the program ended by itself');
    await realClock.sleep(20);
  }
}

async function kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  if (!child) return;
  const gone = child;
  child = null;
  const exited = once(gone, 'exit');
  gone.kill(signal);
  await exited;
}

/** Does what an impatient person does: presses what leads on, and begins anew when nothing does. */
async function play(userId: number, step: number): Promise<void> {
  const messages = telegram.messages(userId);
  const last = messages.at(-1);
  // Waits for an answer, though not for ever: the program may have died.
  if (last?.from === 'user' && step % 12 !== 0) return;
  const provider = PROVIDERS[(userId + Math.floor(step / 7)) % PROVIDERS.length] ?? 'payfer';
  const wanted = ['english', provider, '50\u00a0000', 'check payment'];
  const labels = last ? buttons(last) : [];
  const label = wanted
    .map((want) => labels.find((each) => each.toLowerCase().includes(want)))
    .find((each) => each !== undefined);
  if (last && label !== undefined && step % 9 !== 0) {
    telegram.tap(userId, last.messageId, { text: label });
  } else {
    telegram.sendText(userId, messages.length === 0 ? '/start' : '/topup');
  }
}

/** Pays what somebody has seen how to pay; an order cut off while it was opened is known to the provider alone. */
function payOpenOrders(): void {
  const known = new Set(
    query(`select provider_order from topups where provider_order is not null`),
  );
  for (const simulated of world.providers) {
    for (const order of simulated.orders()) {
      if (order.state === 'pending' && known.has(order.id)) simulated.pay(order.id);
    }
  }
}

/** The first column, as a second reader of the file sees it. */
function query(sql: string): unknown[] {
  const client = new SqliteClient(join(folder, 'kill.db'), { readonly: true });
  try {
    return client.prepare(sql).pluck().all();
  } finally {
    client.close();
  }
}

function paidTiyin(): number {
  return world.providers
    .flatMap((simulated) => simulated.orders())
    .reduce((sum, order) => sum + (order.paidTiyin ?? 0), 0);
}

async function creditedTiyin(): Promise<number> {
  const db = openSqlite(join(folder, 'kill.db'));
  try {
    const { findings } = await auditBooks(db);
    expect(findings).toEqual([]);
    const balances = await Promise.all(USERS.map((id) => userBalance(db.read, id)));
    return balances.reduce((sum, each) => sum + each.availableTiyin, 0);
  } finally {
    await db.close();
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return address !== null && typeof address === 'object' ? address.port : 0;
}

it('credits every payment once, whenever it is killed', { timeout: 180_000 }, async () => {
  const port = await freePort();
  world.provider('payfer').webhookUrl = `http://127.0.0.1:${port}/webhooks/payfer/${SECRET}`;
  for (let round = 0; round < KILLS; round += 1) {
    await start(port);
    // A different moment each time, somewhere inside the work.
    const endsAt = realClock.now() + 400 + ((round * 137) % 700);
    for (let step = 0; realClock.now() < endsAt; step += 1) {
      for (const id of USERS) await play(id, round + step);
      if (step % 10 === 9) payOpenOrders();
      await realClock.sleep(30);
    }
    await kill();
    expect(query('pragma integrity_check')).toEqual(['ok']);
    expect(await creditedTiyin()).toBeLessThanOrEqual(paidTiyin());
  }
  payOpenOrders();
  await start(port);
  for (let tries = 0; tries < 200; tries += 1) {
    await realClock.sleep(300);
    payOpenOrders();
    const [credited] = query(`select sum(balance_tiyin) from accounts where id like 'user:%'`);
    if (credited === paidTiyin()) break;
  }
  await kill('SIGTERM');
  expect(await creditedTiyin()).toBe(paidTiyin());
  expect(paidTiyin()).toBeGreaterThan(0);
  await expectOneMessageForEachPayment();
});

async function expectOneMessageForEachPayment(): Promise<void> {
  const db = openSqlite(join(folder, 'kill.db'));
  try {
    const rows = await db.read.select().from(outbox);
    const told = rows.filter((row) => row.kind === 'topup_paid').length;
    const paid = world.providers
      .flatMap((simulated) => simulated.orders())
      .filter((order) => order.state === 'paid').length;
    expect(told).toBe(paid);
  } finally {
    await db.close();
  }
}
