/**
 * The real process killed with SIGKILL while people pay bills from their balances: what Paylov took is captured, what
 * it did not take is back, and no transaction is paid twice.
 */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { realClock, realDeps } from '../src/deps.ts';
import { ADJUSTMENTS, PAYLOV_FLOAT, userAvailable } from '../src/ledger/accounts.ts';
import { balanceOf, post, userBalance } from '../src/ledger/ledger.ts';
import { auditBooks } from '../src/jobs/books.ts';
import { som } from '../src/money.ts';
import { startSimulatedPaylov } from '../src/sandbox/paylov/simulated-paylov.ts';
import type { SimulatedPaylov } from '../src/sandbox/paylov/types.ts';
import type { SimulatedWorld } from '../src/sandbox/providers/types.ts';
import { startSimulatedProviders } from '../src/sandbox/providers/world.ts';
import {
  type SimulatedTelegram,
  startSimulatedTelegram,
} from '../src/sandbox/telegram/simulated-telegram.ts';
import { playUntil, RealProgram } from './process.ts';
import { buttons, TOKEN } from './stage.ts';

const USERS = [701, 702, 703];
const KILLS = 10;
const START = som(5_000_000);

let telegram: SimulatedTelegram;
let world: SimulatedWorld;
let paylov: SimulatedPaylov;
let program: RealProgram;

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
  for (const id of USERS) telegram.user({ id, firstName: `User ${id}`, languageCode: 'en' });
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

/** What leads to a paid bill of the mobile operator or whatever service comes first, whichever screen is open. */
const WANTED = [
  'english',
  'yes, pay once more',
  'pay 1\u00a0000',
  'balance: ',
  'yes, continue',
  'skip',
  'ташкент',
  'алмазар',
  'плата за электроэнергию',
];

function play(userId: number, step: number): void {
  const messages = telegram.messages(userId);
  const last = messages.at(-1);
  if (last?.from === 'user' && step % 25 !== 0) return;
  const text = last?.text ?? '';
  const labels = last ? buttons(last) : [];
  const label = WANTED.map((want) => labels.find((each) => each.toLowerCase().includes(want))).find(
    (each) => each !== undefined,
  );
  if (messages.length === 0) telegram.sendText(userId, '/start');
  else if (step % 31 === 30 || text === '') telegram.sendText(userId, '/pay');
  else if (text.includes('Enter')) telegram.sendText(userId, '1000000');
  else if (text.includes('How much')) telegram.sendText(userId, '1000');
  else if (last && label !== undefined) telegram.tap(userId, last.messageId, { text: label });
  else if (text.includes('Pay bills')) telegram.sendText(userId, 'электро');
  else telegram.sendText(userId, '/pay');
}

function isAboutMoney({ call }: { call: string }): boolean {
  return call === 'create' || call === 'pay';
}

function playAll(step: number): void {
  for (const id of USERS) play(id, step);
}

function paidAtPaylov(): number {
  return paylov
    .transactions()
    .filter((each) => each.state === 'paid')
    .reduce((sum, each) => sum + each.amountTiyin, 0);
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
  { timeout: 240_000 },
  async () => {
    for (let round = 0; round < KILLS; round += 1) {
      await program.start();
      // Dies while Paylov makes or pays a transaction, or just after; a little later each time.
      const before = paylov.requests().filter(isAboutMoney).length;
      await playUntil(telegram, {
        messages: 200,
        play: playAll,
        enough: () => paylov.requests().filter(isAboutMoney).length > before + (round % 2),
      });
      await realClock.sleep((round % 5) * 4);
      await program.kill();
      await expectWholeBooks();
    }
    await program.start();
    await playUntil(telegram, { messages: 300, play: playAll, enough: () => paidAtPaylov() > 0 });
    const open = `select count(*) from bills where state not in ('paid', 'failed')`;
    for (let tries = 0; tries < 200; tries += 1) {
      await realClock.sleep(300);
      if (program.query(open)[0] === 0) break;
    }
    await program.kill('SIGTERM');
    await expectWholeBooks();
    const captured = await program.withDatabase((db) => balanceOf(db.read, PAYLOV_FLOAT));
    expect(captured).toBe(paidAtPaylov());
    expect(captured).toBeGreaterThan(0);
  },
);
