/**
 * The real process killed with SIGKILL while people pay bills from their own cards: around `create`, around the code,
 * around `pay`. No balance moves, and Paylov never pays two transactions of one confirmation.
 */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createPaylov } from '../src/bills/paylov/paylov.ts';
import { cards } from '../src/db/tables.ts';
import { realClock, realDeps } from '../src/core/deps.ts';
import { userBalance } from '../src/ledger/ledger.ts';
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
import { SecretScrubber } from '../src/core/secrets.ts';
import { type Decide, Player, towardsBill } from './players.ts';
import { killCount, playUntil, RealProgram, TIME_LIMIT_MS, until } from './process.ts';
import { TOKEN } from './stage.ts';

const USERS = [711, 712, 713];
const KILLS = killCount(6);

let telegram: SimulatedTelegram;
let world: SimulatedWorld;
let paylov: SimulatedPaylov;
let program: RealProgram;
/** Codes that were typed. */
let typed: number;
let players: Player[];

beforeEach(async () => {
  const deps = realDeps();
  typed = 0;
  telegram = await startSimulatedTelegram({ ...deps, token: TOKEN });
  world = await startSimulatedProviders(deps);
  paylov = await startSimulatedPaylov(deps);
  program = await RealProgram.create({
    ...world.settings,
    ...paylov.settings,
    TELEGRAM_API_ROOT: telegram.url,
  });
  players = USERS.map((id) => new Player(telegram, id, payByCard));
  for (const id of USERS) await linkCard(id);
});

afterEach(async () => {
  await program.remove();
  await telegram.close();
  await world.close();
  await paylov.close();
});

/** As `/cards` does it, and with enough money on it. */
async function linkCard(userId: number): Promise<void> {
  const { settings } = paylov;
  const client = createPaylov(
    {
      baseUrl: paylov.url,
      servicePrefix: '',
      consumerKey: settings['PAYLOV_CONSUMER_KEY'] ?? '',
      consumerSecret: settings['PAYLOV_CONSUMER_SECRET'] ?? '',
      username: settings['PAYLOV_USERNAME'] ?? '',
      password: settings['PAYLOV_PASSWORD'] ?? '',
    },
    { ...realDeps(), secrets: new SecretScrubber(), warn: () => undefined },
  );
  const user = `tg_${userId}`;
  const number = `8600111122220${userId}`;
  const sent = await client.startLinking({ userId: user, number, expiry: '12/40' });
  if (sent.kind !== 'code_sent') throw new Error(JSON.stringify(sent));
  const { linkId, mask } = sent;
  const code = paylov.lastCode(linkId) ?? '';
  const linked = await client.confirmLinking({ userId: user, linkId, mask, code });
  if (linked.kind !== 'linked') throw new Error(JSON.stringify(linked));
  const { cardId } = linked;
  paylov.setCardBalance(cardId, som(1_000_000_000));
  await program.withDatabase(async (db) => {
    await db.tx(async (tx) => {
      await tx.insert(cards).values({ userId, cardId, mask: linked.mask, createdAt: 1 });
    });
  });
}

const towardsCode = towardsBill('8600');

/** With the code that came by SMS; now and then with a wrong one. */
const payByCard: Decide = (screen, who) => {
  if (screen.text.includes('to get another code')) return { tap: '🔢 New code' };
  if (!screen.text.includes('Enter the code')) return towardsCode(screen, who);
  typed += 1;
  const code = typed % 7 === 0 ? '0000' : paylov.lastCode(`tg_${who.id}`);
  return { send: code ?? '0000' };
};

const paysAtPaylov = (): number =>
  paylov.transactions().reduce((sum, { payCalls }) => sum + payCalls, 0);

/** Around which step it dies, in turn. */
const AROUND = [() => paylov.transactions().length, () => typed, paysAtPaylov];

function paidAtPaylov(): string[] {
  return paylov
    .transactions()
    .filter(({ state }) => state === 'paid')
    .map(({ id }) => id);
}

/**
 * Transactions of bills that have not ended, though they could. One that waits for its code, or was cut off before
 * `pay` reached Paylov with the right one, is not paid there and may wait on.
 */
function unsettled(): unknown[] {
  const there = paidAtPaylov();
  const open = program.query(
    `select transaction_id from bills where state not in ('paid', 'failed')`,
  );
  return open.filter((id) => id === null || there.some((each) => each === id));
}

/** Everything in its place, though something may still be under way. */
async function expectWholeBooks(): Promise<void> {
  expect(program.query('pragma integrity_check')).toEqual(['ok']);
  await program.withDatabase(async (db) => {
    expect((await auditBooks(db)).findings).toEqual([]);
    const balances = await Promise.all(USERS.map((id) => userBalance(db.read, id)));
    expect(balances).toEqual(USERS.map(() => ({ availableTiyin: 0, heldTiyin: 0 })));
  });
  expect(program.query('select count(*) from entries')).toEqual([0]);
  const there = paidAtPaylov();
  // Every transaction that was paid is known here, and no two of them are of one confirmation.
  const list = there.map((id) => `'${id}'`).join();
  const bills = program.query(
    `select bill_id from bill_history where transaction_id in (${list}) group by bill_id, transaction_id`,
  );
  expect(bills).toHaveLength(there.length);
  expect(new Set(bills).size).toBe(there.length);
  const here = program.query(`select transaction_id from bills where state = 'paid'`);
  expect(here.filter((id) => !there.some((each) => each === id))).toEqual([]);
}

it(
  'pays each confirmation once at most, whenever it is killed',
  {
    timeout: TIME_LIMIT_MS,
  },
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
    const paidBefore = paidAtPaylov().length;
    await playUntil(players, { enough: () => paidAtPaylov().length > paidBefore });
    await until(
      () => players.every((player) => player.settled()),
      () => players.map((player) => player.view).join('\n'),
    );
    await until((step) => step % 10 === 9 && unsettled().length === 0);
    await program.kill('SIGTERM');
    await expectWholeBooks();
    const here = program.query(`select transaction_id from bills where state = 'paid'`);
    expect(new Set(here)).toEqual(new Set(paidAtPaylov()));
    expect(here.length).toBeGreaterThan(paidBefore);
  },
);
