/**
 * The real process on a real file, killed with SIGKILL again and again while people top up: every payment that was
 * really made is credited once, nothing else is, and the books are whole each time the program comes back.
 */
import { afterEach, beforeEach, expect, it } from 'vitest';
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
import { playUntil, RealProgram } from './process.ts';
import { buttons, SECRET, TOKEN } from './stage.ts';

const USERS = [601, 602, 603, 604];
const KILLS = 12;
const PROVIDERS = ['payfer', 'rasmiypay', 'autopaycard'] as const;

let telegram: SimulatedTelegram;
let world: SimulatedWorld;
let program: RealProgram;

beforeEach(async () => {
  const deps = realDeps();
  telegram = await startSimulatedTelegram({ ...deps, token: TOKEN });
  world = await startSimulatedProviders(deps);
  program = await RealProgram.create({ ...world.settings, TELEGRAM_API_ROOT: telegram.url });
  for (const id of USERS) telegram.user({ id, firstName: `User ${id}`, languageCode: 'en' });
});

afterEach(async () => {
  await program.remove();
  await telegram.close();
  await world.close();
});

/** Does what an impatient person does: presses what leads on, and begins anew when nothing does. */
function play(userId: number, step: number): void {
  const messages = telegram.messages(userId);
  const last = messages.at(-1);
  // Waits for an answer, though not for ever: the program may have died.
  if (last?.from === 'user' && step % 25 !== 0) return;
  const provider = PROVIDERS[(userId + messages.length) % PROVIDERS.length] ?? 'payfer';
  const wanted = ['english', provider, '50\u00a0000', 'check payment'];
  const labels = last ? buttons(last) : [];
  const label = wanted
    .map((want) => labels.find((each) => each.toLowerCase().includes(want)))
    .find((each) => each !== undefined);
  if (last && label !== undefined && step % 29 !== 0) {
    telegram.tap(userId, last.messageId, { text: label });
  } else {
    telegram.sendText(userId, messages.length === 0 ? '/start' : '/topup');
  }
}

/** Pays what somebody has seen how to pay; an order cut off while it was opened is known to the provider alone. */
function payOpenOrders(): void {
  const known = new Set(
    program.query(`select provider_order from topups where provider_order is not null`),
  );
  for (const simulated of world.providers) {
    for (const order of simulated.orders()) {
      if (order.state === 'pending' && known.has(order.id)) simulated.pay(order.id);
    }
  }
}

function paidTiyin(): number {
  return world.providers
    .flatMap((simulated) => simulated.orders())
    .reduce((sum, order) => sum + (order.paidTiyin ?? 0), 0);
}

async function creditedTiyin(): Promise<number> {
  return await program.withDatabase(async (db) => {
    const { findings } = await auditBooks(db);
    expect(findings).toEqual([]);
    const balances = await Promise.all(USERS.map((id) => userBalance(db.read, id)));
    return balances.reduce((sum, each) => sum + each.availableTiyin, 0);
  });
}

it('credits every payment once, whenever it is killed', { timeout: 180_000 }, async () => {
  world.provider('payfer').webhookUrl =
    `http://127.0.0.1:${program.port}/webhooks/payfer/${SECRET}`;
  for (let round = 0; round < KILLS; round += 1) {
    await program.start();
    // A different moment each time, somewhere inside the work.
    await playUntil(telegram, {
      messages: 12 + ((round * 7) % 17),
      play(step) {
        for (const id of USERS) play(id, step + 1);
        if (step % 5 === 4) payOpenOrders();
      },
    });
    await program.kill();
    expect(program.query('pragma integrity_check')).toEqual(['ok']);
    expect(await creditedTiyin()).toBeLessThanOrEqual(paidTiyin());
  }
  payOpenOrders();
  await program.start();
  // On a machine so busy that nobody got as far as paying, somebody does now.
  await playUntil(telegram, {
    messages: 300,
    play(step) {
      for (const id of USERS) play(id, step + 1);
      if (step % 5 === 4) payOpenOrders();
    },
    enough: () => paidTiyin() > 0,
  });
  for (let tries = 0; tries < 200; tries += 1) {
    await realClock.sleep(300);
    payOpenOrders();
    const [credited] = program.query(
      `select sum(balance_tiyin) from accounts where id like 'user:%'`,
    );
    if (credited === paidTiyin()) break;
  }
  await program.kill('SIGTERM');
  expect(await creditedTiyin()).toBe(paidTiyin());
  expect(paidTiyin()).toBeGreaterThan(0);
  await expectOneMessageForEachPayment();
});

async function expectOneMessageForEachPayment(): Promise<void> {
  const rows = await program.withDatabase(async (db) => await db.read.select().from(outbox));
  const told = rows.filter((row) => row.kind === 'topup_paid').length;
  const paid = world.providers
    .flatMap((simulated) => simulated.orders())
    .filter((order) => order.state === 'paid').length;
  expect(told).toBe(paid);
}
