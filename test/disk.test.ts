/**
 * The real process on a disk that is full, and on files it may not write. Full: the operating system refuses to let any
 * file of the process grow (`prlimit --fsize`), and SQLite is told so as by a full disk.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { realDeps } from '../src/core/deps.ts';
import { auditBooks } from '../src/books/audit.ts';
import { userBalance } from '../src/ledger/ledger.ts';
import type { SimulatedWorld } from '../sandbox/providers/types.ts';
import { startSimulatedProviders } from '../sandbox/providers/world.ts';
import {
  type SimulatedTelegram,
  startSimulatedTelegram,
} from '../sandbox/telegram/simulated-telegram.ts';
import { labelOf, Player } from './players.ts';
import { playUntil, RealProgram, START, TIME_LIMIT_MS, until } from './process.ts';
import { OWNER, SECRET, TOKEN } from './stage.ts';

const USER = 801;

let telegram: SimulatedTelegram;
let world: SimulatedWorld;
let program: RealProgram;
let player: Player;

beforeEach(async () => {
  const deps = realDeps();
  telegram = await startSimulatedTelegram({ ...deps, token: TOKEN });
  world = await startSimulatedProviders(deps);
  program = await RealProgram.create({
    ...world.settings,
    TELEGRAM_API_ROOT: telegram.url,
    ADMIN_IDS: String(OWNER),
  });
  telegram.user({ id: OWNER, firstName: 'Owner', languageCode: 'en' });
  telegram.sendText(OWNER, '/start');
  world.provider('payfer').webhookUrl = `${program.url}/webhooks/payfer/${SECRET}`;
  player = new Player(telegram, USER, ({ labels }, { again }) => {
    const label = labelOf(labels, ['english', 'card transfer', '50\u00a0000', 'check payment']);
    return label === undefined || again >= 4 ? { send: '/topup' } : { tap: label };
  });
});

afterEach(async () => {
  await program.remove();
  await telegram.close();
  await world.close();
});

const orders = () => world.provider('payfer').orders();

async function health(): Promise<{ code: number; body: string }> {
  const answer = await fetch(`${program.url}/health`);
  return { code: answer.status, body: await answer.text() };
}

const credited = (): unknown =>
  program.query(`select coalesce(sum(balance_tiyin), 0) from accounts where id like 'user:%'`)[0];

/** With an order open, and then with no room but for some writes. */
async function fillUp(): Promise<void> {
  await program.start();
  await playUntil([player], { enough: () => orders().length > 0 && !player.waits });
  await program.kill('SIGTERM');
  const bytes = statSync(program.path).size + 64 * 1024;
  await program.start({ under: ['prlimit', `--fsize=${bytes}:unlimited`] });
  // More than one, as each may do so much in a minute.
  const others = [802, 803, 804, 805].map(
    (id) => new Player(telegram, id, () => ({ send: '/balance' })),
  );
  const enough = async (): Promise<boolean> => (await health()).code === 503;
  await playUntil([player, ...others], { enough });
}

/** What was paid while nothing could be written is not lost, and nobody is left without an answer. */
async function expectAllMadeGood(paidTiyin: number): Promise<void> {
  await until(async () => (await health()).code === 200);
  await until(
    () => credited() === paidTiyin && player.settled(),
    () => player.view,
  );
  await program.kill('SIGTERM');
  expect(program.query('pragma integrity_check')).toEqual(['ok']);
  await program.withDatabase(async (db) => {
    expect((await auditBooks(db)).findings).toEqual([]);
    expect((await userBalance(db.read, USER)).availableTiyin).toBe(paidTiyin);
  });
}

it(
  'on a full disk it says so, acknowledges nothing, and goes on when there is room',
  { timeout: TIME_LIMIT_MS },
  async () => {
    await fillUp();
    expect(await health()).toMatchObject({
      code: 503,
      body: expect.stringMatching(/can't be written: SQLITE_(?:FULL|IOERR)/),
    });
    const before = credited();
    const [order] = orders();
    const { paidTiyin = 0 } = world.provider('payfer').pay(order?.id ?? '');
    expect(await world.provider('payfer').sendWebhook(order?.id ?? '')).toBe(500);
    telegram.sendText(USER, '/balance');
    expect(credited()).toBe(before);
    expect(program.output.join('')).toMatch(/SQLITE_(?:FULL|IOERR)/);
    // Past the outbox, which can't be written either; once, in the language of the settings.
    const told = (): number =>
      telegram.messages(OWNER).filter(({ text }) => text.includes('df -h')).length;
    await until(() => told() > 0);
    expect(told()).toBe(1);
    execFileSync('prlimit', [`--pid=${program.pid}`, '--fsize=unlimited']);
    await expectAllMadeGood(paidTiyin);
  },
);

it('killed on a full disk it loses nothing', { timeout: TIME_LIMIT_MS }, async () => {
  await fillUp();
  const { paidTiyin = 0 } = world.provider('payfer').pay(orders()[0]?.id ?? '');
  await program.kill();
  expect(program.query('pragma integrity_check')).toEqual(['ok']);
  await program.start();
  await expectAllMadeGood(paidTiyin);
});

/** Ends by itself; root may write everything and becomes nobody first. */
function startInVain(path: string, under: readonly string[] = []) {
  const [command, ...args] = [...under, process.execPath, START];
  const env = { ...program.environment, DATABASE_URL: `file:${path}` };
  return spawnSync(command, args, {
    encoding: 'utf8',
    env,
    cwd: '/',
    timeout: TIME_LIMIT_MS,
    ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
  });
}

const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;

/** Exit code and what was said: what is wrong, and what to do. */
const refused = (advice = 'DATABASE_URL must ') => ({
  status: 1,
  stderr: expect.stringMatching(
    new RegExp(`^Could not start: The database \\S+ can't be used: [^\\n]+ ${advice}[^\\n]+\\n$`),
  ),
});

it(
  'files it may not use are refused with one sentence that says what to do',
  {
    timeout: TIME_LIMIT_MS,
  },
  async () => {
    const folder = join(program.folder, 'data');
    const path = join(folder, 'tolov.db');
    await program.withDatabase(async () => undefined);
    mkdirSync(path, { recursive: true });
    chmodSync(program.folder, 0o755);
    expect(startInVain(path)).toMatchObject(refused());

    const text = join(folder, 'text.db');
    writeFileSync(text, 'not a database, though somebody called it one'.repeat(100));
    if (isRoot) chownSync(text, NOBODY, NOBODY);
    expect(startInVain(text)).toMatchObject(refused('It was left as it is\\. '));

    chmodSync(program.path, 0o444);
    chmodSync(program.folder, 0o555);
    expect(startInVain(program.path)).toMatchObject(refused(`As root: ch(own|mod) `));
    expect(startInVain(join(program.folder, 'new', 'tolov.db'))).toMatchObject(refused());
    expect(startInVain('/dev/null/tolov.db')).toMatchObject(refused());
    chmodSync(program.folder, 0o755);
  },
);

it('started on a full disk it ends with one sentence', { timeout: TIME_LIMIT_MS }, () => {
  const folder = join(program.folder, 'data');
  mkdirSync(folder);
  chmodSync(program.folder, 0o755);
  if (isRoot) chownSync(folder, NOBODY, NOBODY);
  const path = join(folder, 'tolov.db');
  expect(startInVain(path, ['prlimit', '--fsize=8192'])).toMatchObject(
    refused('Its disk is full, or fails: '),
  );
});
