/**
 * From nothing to the first credited order, as a stranger goes: git clone, npm ci with an empty cache, npm run setup on a
 * terminal, npm start, one payment. Telegram and the payment system are the sandbox's servers; nothing is written into
 * files by hand. Says how long each step took, and fails beyond `LIMIT_MS`. What is not committed is not cloned.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startSimulatedProviders } from '../sandbox/providers/world.ts';
import { startSimulatedTelegram } from '../sandbox/telegram/simulated-telegram.ts';
import { realClock, realDeps } from '../src/core/deps.ts';
import { freePort } from '../src/testing/programs.ts';
import { until } from '../test/process.ts';
import { HAS_TERMINAL, Terminal } from '../test/terminal.ts';

const LIMIT_MS = 10 * 60_000;
const SOURCE = fileURLToPath(new URL('..', import.meta.url));
const OWNER = 901;
const PAYER = 501;
const WAY = /Click/;
/** With whichever space between its digits. */
const SUM = /50.000/;
const CREDITED = /^✅.*50.000/s;

if (!HAS_TERMINAL) {
  throw new Error('There is no “script” of util-linux here, which opens a terminal. Install it.');
}

const folder = mkdtempSync(join(tmpdir(), 'tolov-first-'));
const clone = join(folder, 'tolov');
const deps = realDeps();
const telegram = await startSimulatedTelegram(deps);
const world = await startSimulatedProviders(deps);
const inpay = world.provider('inpay');
telegram.user({ id: OWNER, firstName: 'Owner', languageCode: 'en' });
telegram.user({ id: PAYER, firstName: 'Payer', languageCode: 'en' });
/** Where the simulated servers are; keys and the like are asked for. */
const environment = {
  HOME: folder,
  HOST: '127.0.0.1',
  PORT: String(await freePort()),
  TELEGRAM_API_ROOT: telegram.url,
  INPAY_BASE_URL: given('INPAY_BASE_URL'),
};

const terminals: Terminal[] = [];
const began = realClock.elapsed();
try {
  await step('git clone', cloneIt);
  await step('npm ci', install);
  await step('npm run setup', setUp);
  await step('npm start', start);
  await step('first order: opened, paid, credited', payFirstOrder);
} finally {
  for (const terminal of terminals) await terminal.close();
  await telegram.close();
  await world.close();
  rmSync(folder, { recursive: true, force: true });
}
const tookMs = realClock.elapsed() - began;
say('together', tookMs);
if (tookMs > LIMIT_MS) throw new Error(`It took longer than ${LIMIT_MS / 60_000} minutes.`);

async function step(name: string, work: () => Promise<void> | void): Promise<void> {
  const before = realClock.elapsed();
  await work();
  say(name, realClock.elapsed() - before);
}

function say(name: string, ms: number): void {
  console.log(`${name.padEnd(36)} ${(ms / 1000).toFixed(1).padStart(6)} s`);
}

function given(name: string): string {
  const value = inpay.settings[name];
  if (value === undefined) throw new Error(`The simulated inPAY has no ${name}.`);
  return value;
}

function cloneIt(): void {
  execFileSync('git', ['clone', '--quiet', SOURCE, clone]);
}

/** Whoever comes for the first time has nothing in the cache. */
function install(): void {
  const quietly = ['--no-audit', '--no-fund', '--loglevel=error'];
  execFileSync('npm', ['ci', ...quietly, '--cache', join(folder, 'cache')], {
    cwd: clone,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

function open(command: string): Terminal {
  const terminal = new Terminal(command, { cwd: clone, env: environment });
  terminals.push(terminal);
  return terminal;
}

async function setUp(): Promise<void> {
  const screen = open('npm run setup');
  await screen.answer('Token of your bot', telegram.token);
  await screen.answer('Who is the owner?', '');
  await screen.sees('press Start');
  telegram.sendText(OWNER, `/start ${/\?start=(\d{6})/.exec(screen.output)?.[1] ?? ''}`);
  await screen.answer('is this you?', '');
  await screen.answer('keys of inPAY', 'y');
  await screen.answer('inPAY: merchant id', given('INPAY_MERCHANT_ID'));
  await screen.answer('inPAY: merchant token', given('INPAY_MERCHANT_TOKEN'));
  await screen.sees('inPAY knows you');
  for (const other of ['Payfer', 'RasmiyPay', 'AutoPayCard', 'Paylov']) {
    await screen.answer(`keys of ${other}`, 'n');
  }
  await screen.answer('Is there an https address', 'n');
  await screen.answer('Write the settings?', '');
  const code = await screen.ended();
  if (code !== 0) throw new Error(`npm run setup ended with ${String(code)}:\n${screen.output}`);
}

async function start(): Promise<void> {
  await open('npm start').sees('Tolov works');
}

async function payFirstOrder(): Promise<void> {
  telegram.sendText(PAYER, '/topup');
  await press(WAY);
  await press(SUM);
  await until(() => inpay.orders().length > 0, chat);
  for (const { id } of inpay.orders()) inpay.pay(id);
  // What the payer is told stands in the same transaction as the entry in the books.
  await until(() => telegram.messages(PAYER).some(({ text }) => CREDITED.test(text)), chat);
}

/** The newest button that says so, as soon as there is one. */
async function press(label: RegExp): Promise<void> {
  await until(() => {
    for (const message of telegram.messages(PAYER).toReversed()) {
      const button = message.inlineKeyboard.flat().find(({ text }) => label.test(text));
      if (!button) continue;
      telegram.tap(PAYER, message.messageId, { text: button.text });
      return true;
    }
    return false;
  }, chat);
}

function chat(): string {
  return telegram
    .messages(PAYER)
    .map(({ text }) => text)
    .join('\n');
}
