/**
 * The real process killed with SIGKILL while people pay bills from their balances: what Paylov took is captured, what
 * it did not take is back, and no transaction is paid twice.
 */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { realClock, realDeps } from '../src/core/deps.ts';
import { ADJUSTMENTS, PAYLOV_FLOAT, userAvailable } from '../src/ledger/accounts.ts';
import { balanceOf, post, userBalance } from '../src/ledger/ledger.ts';
import { auditBooks } from '../src/books/audit.ts';
import { som } from '../src/core/money.ts';
import { startSimulatedPaylov } from '../sandbox/paylov/simulated-paylov.ts';
import type { SimulatedPaylov } from '../sandbox/paylov/types.ts';
import type { SimulatedWorld } from '../sandbox/providers/types.ts';
import { startSimulatedProviders } from '../sandbox/providers/world.ts';
import {
  type SimulatedTelegram,
  startSimulatedTelegram,
} from '../sandbox/telegram/simulated-telegram.ts';
import { Player, towardsBill } from './players.ts';
import { killCount, playUntil, RealProgram, TIME_LIMIT_MS, until } from './process.ts';
import { TOKEN } from './stage.ts';

const USERS = [701, 702, 703];
const KILLS = killCount(8);
const START = som(5_000_000);

let telegram: SimulatedTelegram;
let world: SimulatedWorld;
let paylov: SimulatedPaylov;
let program: RealProgram;
let players: Player[];

beforeEach(async () => {
  const deps = realDeps();
  telegram = await startSimulatedTelegram({ ...deps, token: TOKEN });
  world = await startSimulatedProviders(deps);
  paylov = await startSimulatedPaylov(deps);
  paylov.setFloat(som(1_000_000_000));
  program = await RealProgram.create({
    ...world.settings,
    ...paylov.settings,
    TELEGRAM_API_ROOT: telegram.url,
  });
  players = USERS.map((id) => new Player(telegram, id, towardsBill('balance: ')));
  await program.withDatabase(async (db) => {
    for (const id of USERS) {
      await db.tx(async (tx) => {
        const lines = [
          { account: ADJUSTMENTS, amountTiyin: -START },
          { account: userAvailable(id), amountTiyin: START },
        ];
        await post(tx, { key: `start:${id}`, kind: 'adjustment', actor: 'system', at: 1, lines });
      });
    }
  });
});

afterEach(async () => {
  await program.remove();
  await telegram.close();
  await world.close();
  await paylov.close();
});

/** What it dies just after, in turn: Paylov has made a transaction, or was asked to pay one. */
const AROUND = [
  () => paylov.transactions().length,
  () => paylov.transactions().reduce((sum, { payCalls }) => sum + payCalls, 0),
];

function paidAtPaylov(): number {
  return paylov
    .transactions()
    .filter((each) => each.state === 'paid')
    .reduce((sum, each) => sum + each.amountTiyin, 0);
}

/**
 * Transactions of bills that have not ended, though they could. One that was cut off before `pay` reached Paylov is
 * neither paid nor cancelled there: it stays on hold, and in the end an owner decides.
 */
function unsettled(): unknown[] {
  const open = program.query(
    `select transaction_id from bills where state not in ('paid', 'failed')`,
  );
  const there = paylov.transactions().filter(({ state }) => state === 'paid');
  return open.filter((id) => id === null || there.some((each) => each.id === id));
}

/** Everything in its place, though something may still be under way. */
async function expectWholeBooks(): Promise<void> {
  expect(program.query('pragma integrity_check')).toEqual(['ok']);
  await program.withDatabase(async (db) => {
    expect((await auditBooks(db)).findings).toEqual([]);
    const balances = await Promise.all(USERS.map((id) => userBalance(db.read, id)));
    const left = balances.reduce((sum, each) => sum + each.availableTiyin + each.heldTiyin, 0);
    const captured = await balanceOf(db.read, PAYLOV_FLOAT);
    expect(left + captured).toBe(START * USERS.length);
    expect(captured).toBeLessThanOrEqual(paidAtPaylov());
  });
  for (const { payCalls } of paylov.transactions()) expect(payCalls).toBeLessThanOrEqual(1);
}

it(
  'captures what was paid and gives back what was not, whenever it is killed',
  { timeout: TIME_LIMIT_MS },
  async () => {
    for (let round = 0; round < KILLS; round += 1) {
      await program.start();
      const count = AROUND[round % AROUND.length] ?? (() => 0);
      const before = count();
      await playUntil(players, { enough: () => count() > before });
      // A little later each time: before Paylov's answer, before it is written down, after.
      await realClock.sleep((round * 7) % 23);
      await program.kill();
      await program.forgetQuotas();
      await expectWholeBooks();
    }
    await program.start();
    await playUntil(players, { enough: () => paidAtPaylov() > 0 });
    await until(
      () => players.every((player) => player.settled()),
      () => players.map((player) => player.view).join('\n'),
    );
    await until((step) => step % 10 === 9 && unsettled().length === 0);
    await program.kill('SIGTERM');
    await expectWholeBooks();
    const captured = await program.withDatabase((db) => balanceOf(db.read, PAYLOV_FLOAT));
    expect(captured).toBe(paidAtPaylov());
    expect(captured).toBeGreaterThan(0);
  },
);
