/**
 * The real process on a real file, killed with SIGKILL again and again while people top up: every payment that was
 * really made is credited once, nothing else is, and the books are whole each time the program comes back.
 */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { outbox } from '../src/db/tables.ts';
import { realClock, realDeps } from '../src/core/deps.ts';
import { auditBooks } from '../src/books/audit.ts';
import { userBalance } from '../src/ledger/ledger.ts';
import type { SimulatedOrder, SimulatedWorld } from '../sandbox/providers/types.ts';
import { startSimulatedProviders } from '../sandbox/providers/world.ts';
import {
  type SimulatedTelegram,
  startSimulatedTelegram,
} from '../sandbox/telegram/simulated-telegram.ts';
import { type Decide, labelOf, Player } from './players.ts';
import { killCount, playUntil, RealProgram, TIME_LIMIT_MS, until } from './process.ts';
import { SECRET, TOKEN } from './stage.ts';

const USERS = [601, 602, 603, 604];
const KILLS = killCount(8);
const PROVIDERS = ['payfer', 'rasmiypay', 'autopaycard'] as const;

let telegram: SimulatedTelegram;
let world: SimulatedWorld;
let program: RealProgram;
let players: Player[];
/** Messages and screens of the bot. */
let news: number;

beforeEach(async () => {
  const deps = realDeps();
  telegram = await startSimulatedTelegram({ ...deps, token: TOKEN });
  world = await startSimulatedProviders(deps);
  program = await RealProgram.create({ ...world.settings, TELEGRAM_API_ROOT: telegram.url });
  players = USERS.map((id) => new Player(telegram, id, topUp));
  news = 0;
  telegram.on((event) => {
    if (event.kind === 'message' || event.kind === 'edit') news += 1;
  });
});

afterEach(async () => {
  await program.remove();
  await telegram.close();
  await world.close();
});

/** Opens an order, asks whether it was paid, and tires of asking. */
const topUp: Decide = ({ labels }, { id, moves, again }) => {
  const provider = PROVIDERS[(id + moves) % PROVIDERS.length] ?? 'payfer';
  const label = labelOf(labels, [
    'english',
    provider,
    '50\u00a0000',
    'check payment',
    'another method',
  ]);
  return label === undefined || again >= 4 ? { send: '/topup' } : { tap: label };
};

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

function orders(): SimulatedOrder[] {
  return world.providers.flatMap((simulated) => simulated.orders());
}

/** A few of its messages go by, an order is opened, one is paid: what it dies just after, in turn. */
const AROUND = [
  () => Math.floor(news / 12),
  () => orders().length,
  () => orders().filter(({ state }) => state === 'paid').length,
];

function paidTiyin(): number {
  return orders().reduce((sum, order) => sum + (order.paidTiyin ?? 0), 0);
}

async function creditedTiyin(): Promise<number> {
  return await program.withDatabase(async (db) => {
    const { findings } = await auditBooks(db);
    expect(findings).toEqual([]);
    const balances = await Promise.all(USERS.map((id) => userBalance(db.read, id)));
    return balances.reduce((sum, each) => sum + each.availableTiyin, 0);
  });
}

it('credits every payment once, whenever it is killed', { timeout: TIME_LIMIT_MS }, async () => {
  world.provider('payfer').webhookUrl =
    `http://127.0.0.1:${program.port}/webhooks/payfer/${SECRET}`;
  const meanwhile = (step: number): void => {
    if (step % 5 === 4) payOpenOrders();
  };
  for (let round = 0; round < KILLS; round += 1) {
    await program.start();
    const count = AROUND[round % AROUND.length] ?? (() => 0);
    const before = count();
    await playUntil(players, { meanwhile, enough: () => count() > before });
    // A different moment each time, somewhere inside the work.
    await realClock.sleep((round * 7) % 23);
    await program.kill();
    await program.forgetQuotas();
    expect(program.query('pragma integrity_check')).toEqual(['ok']);
    expect(await creditedTiyin()).toBeLessThanOrEqual(paidTiyin());
  }
  await program.start();
  await playUntil(players, { meanwhile, enough: () => paidTiyin() > 0 });
  await until(() => players.every((player) => player.settled()), theirViews);
  const credited = `select sum(balance_tiyin) from accounts where id like 'user:%'`;
  await until((step) => {
    meanwhile(step);
    return step % 10 === 9 && program.query(credited)[0] === paidTiyin();
  });
  await program.kill('SIGTERM');
  expect(await creditedTiyin()).toBe(paidTiyin());
  expect(paidTiyin()).toBeGreaterThan(0);
  await expectOneMessageForEachPayment();
});

function theirViews(): string {
  return players.map((player) => player.view).join('\n');
}

async function expectOneMessageForEachPayment(): Promise<void> {
  const rows = await program.withDatabase(async (db) => await db.read.select().from(outbox));
  const told = rows.filter((row) => row.kind === 'topup_paid').length;
  const paid = orders().filter((order) => order.state === 'paid').length;
  expect(told).toBe(paid);
}
