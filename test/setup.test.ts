import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSimulatedPaylov } from '../sandbox/paylov/simulated-paylov.ts';
import type { SimulatedPaylov } from '../sandbox/paylov/types.ts';
import type { SimulatedWorld } from '../sandbox/providers/types.ts';
import { startSimulatedProviders } from '../sandbox/providers/world.ts';
import {
  type SimulatedTelegram,
  startSimulatedTelegram,
} from '../sandbox/telegram/simulated-telegram.ts';
import { realDeps } from '../src/core/deps.ts';
import { freePort } from '../src/testing/programs.ts';
import { START } from './process.ts';
import { CLEAR, CTRL_C, DOWN, HAS_TERMINAL, Terminal, UP } from './terminal.ts';

const COMMAND = fileURLToPath(new URL('../src/setup/setup-command.ts', import.meta.url));
const OWNER = 901;

let folder: string;
let telegram: SimulatedTelegram;
let world: SimulatedWorld;
let paylov: SimulatedPaylov;
let terminal: Terminal | null = null;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tolov-setup-'));
  const deps = realDeps();
  telegram = await startSimulatedTelegram(deps);
  world = await startSimulatedProviders(deps);
  paylov = await startSimulatedPaylov(deps);
  telegram.user({ id: OWNER, firstName: 'Owner', username: 'owner' });
});

afterEach(async () => {
  await terminal?.close();
  terminal = null;
  await telegram.close();
  await world.close();
  await paylov.close();
  rmSync(folder, { recursive: true });
});

const envPath = (): string => join(folder, '.env');
const settings = (): NodeJS.Dict<string> => parseEnv(readFileSync(envPath(), 'utf8'));
const given = (name: string): string => ({ ...world.settings, ...paylov.settings })[name] ?? '';

/** Where the simulated servers are; keys and the like are for the questions. */
function open(environment: Record<string, string> = {}): Terminal {
  const all = { ...world.settings, ...paylov.settings };
  const places = Object.entries(all).filter(
    ([name]) => name.endsWith('_BASE_URL') && name !== 'RASMIYPAY_BASE_URL',
  );
  terminal = new Terminal(`${process.execPath} ${COMMAND}`, {
    cwd: folder,
    env: { TELEGRAM_API_ROOT: telegram.url, ...Object.fromEntries(places), ...environment },
  });
  return terminal;
}

/** What each setting is called on the screen. */
const LABELS: Record<string, string> = {
  INPAY_MERCHANT_ID: 'inPAY: merchant id',
  INPAY_MERCHANT_TOKEN: 'inPAY: merchant token',
  PAYFER_SHOP_ID: 'Payfer: shop id',
  PAYFER_SHOP_KEY: 'Payfer: shop key',
  PAYFER_CARD_NUMBER: 'Payfer: number of the card',
  PAYFER_CARD_HOLDER: 'Payfer: name on that card',
  RASMIYPAY_BASE_URL: 'RasmiyPay: address of their server',
  RASMIYPAY_SHOP_ID: 'RasmiyPay: shop id',
  RASMIYPAY_SHOP_KEY: 'RasmiyPay: shop key',
  RASMIYPAY_CARD_NUMBER: 'RasmiyPay: number of the card',
  RASMIYPAY_CARD_HOLDER: 'RasmiyPay: name on that card',
  PAYLOV_CONSUMER_KEY: 'Paylov: consumer key',
  PAYLOV_CONSUMER_SECRET: 'Paylov: consumer secret',
  PAYLOV_USERNAME: 'Paylov: user name',
  PAYLOV_PASSWORD: 'Paylov: password',
  PAYLOV_CARD_ID: 'Paylov: cardId',
};

/** With what the simulated system knows. */
async function giveKeys(screen: Terminal, system: string): Promise<void> {
  const names = Object.keys(LABELS).filter((name) => name.startsWith(`${system}_`));
  for (const name of names) {
    await screen.answer(LABELS[name] ?? name, given(name));
    if (name.endsWith('_CARD_NUMBER')) await meanIt(screen);
  }
}

/** No simulated card has the check digit of one that may exist. */
async function meanIt(screen: Terminal): Promise<void> {
  await screen.answer('check digit of this card does not fit', 'y');
}

/** The code that the terminal shows, sent as a person does who opened the link. */
async function sendCode(screen: Terminal): Promise<void> {
  await screen.sees('press Start');
  sendShownCode(screen);
}

function sendShownCode(screen: Terminal): void {
  const code = /\?start=(\d{6})/.exec(screen.output)?.[1] ?? '';
  telegram.sendText(OWNER, `/start ${code}`);
}

/** Everything that the first run asks before the payment systems. */
async function giveBotAndOwner(screen: Terminal): Promise<void> {
  await screen.answer('Token of your bot', telegram.token);
  await screen.sees('This is @simulated_bot');
  await screen.answer('Who is the owner?', '');
  await sendCode(screen);
  await screen.answer('Owner @owner, id 901: is this you?', '');
}

const SYSTEMS = ['inPAY', 'Payfer', 'RasmiyPay', 'AutoPayCard', 'Paylov'] as const;

/** Says no to those between, and leaves the question about the one named open. */
async function skipTo(
  screen: Terminal,
  after: string | null,
  wanted: string | null,
): Promise<void> {
  const first = after === null ? 0 : SYSTEMS.findIndex((each) => each === after) + 1;
  for (const system of SYSTEMS.slice(first)) {
    if (system === wanted) return;
    await screen.answer(`keys of ${system}`, 'n');
  }
}

/** A file as an earlier run left it, with a comment of the owner's. */
function writeWorking(): void {
  const lines = { BOT_TOKEN: telegram.token, ADMIN_IDS: '77', ...keysOf('INPAY') };
  const text = Object.entries(lines).map(([name, value]) => `${name}=${value}`);
  writeFileSync(envPath(), `# mine\n${text.join('\n')}\nTOPUP_MIN=2000 # low\n`, { mode: 0o640 });
}

function keysOf(system: string): Record<string, string> {
  const all = Object.entries({ ...world.settings, ...paylov.settings });
  return Object.fromEntries(
    all.filter(([name]) => name.startsWith(`${system}_`) && !name.endsWith('_BASE_URL')),
  );
}

describe.skipIf(!HAS_TERMINAL)('npm run setup, on a terminal', () => {
  it('asks for everything, asks each system, and writes what the program starts with', async () => {
    const screen = open();
    await giveBotAndOwner(screen);
    for (const [system, prefix, words] of [
      ['inPAY', 'INPAY', 'inPAY knows you'],
      ['Payfer', 'PAYFER', 'Payfer knows you: '],
      ['RasmiyPay', 'RASMIYPAY', 'RasmiyPay knows you: '],
    ] as const) {
      await screen.answer(`keys of ${system}`, 'y');
      await giveKeys(screen, prefix);
      await screen.sees(words);
    }
    await screen.answer('keys of AutoPayCard', 'y');
    await screen.answer('API key from', given('AUTOPAYCARD_API_KEY'));
    const cards = JSON.parse(given('AUTOPAYCARD_CARDS')) as Record<string, string>[];
    for (const [index, { number, holder, gmail }] of cards.entries()) {
      if (index > 0) await screen.answer('Another card?', 'y');
      await screen.answer(`number of card ${index + 1}`, number ?? '');
      await meanIt(screen);
      await screen.answer('Name on it', holder ?? '');
      await screen.answer('The gmail address', gmail ?? '');
    }
    await screen.answer('Another card?', '');
    await screen.sees('AutoPayCard knows you: ');
    await screen.answer('keys of Paylov', 'y');
    await giveKeys(screen, 'PAYLOV');
    await screen.sees('Paylov knows you: ');
    await screen.answer('Is there an https address', 'n');
    await screen.answer('Write the settings?', '');
    await screen.sees('Written to .env');
    expect(await screen.ended()).toBe(0);
    const { AUTOPAYCARD_CARDS, ...plain } = Object.assign({}, ...PREFIXES.map(keysOf)) as Record<
      string,
      string
    >;
    expect(settings()).toMatchObject({
      ...plain,
      BOT_TOKEN: telegram.token,
      ADMIN_IDS: String(OWNER),
      RASMIYPAY_BASE_URL: given('RASMIYPAY_BASE_URL'),
      PUBLIC_URL: '',
    });
    expect(JSON.parse(settings()['AUTOPAYCARD_CARDS'] ?? '')).toEqual(
      JSON.parse(AUTOPAYCARD_CARDS ?? ''),
    );
    expect(statSync(envPath()).mode & 0o777).toBe(0o600);
    expect(readFileSync(envPath(), 'utf8')).toContain('# --- Telegram ---');
    expect(screen.output).not.toContain(given('INPAY_MERCHANT_TOKEN'));
    expect(screen.output).not.toContain(given('PAYLOV_PASSWORD'));
    // The code was read and left with Telegram: the program answers the owner at its start.
    expect(telegram.pendingUpdates()).toBe(1);
  });

  it('names wrong keys in the words of who refused them, and asks again', async () => {
    const screen = open();
    await screen.answer('Token of your bot', 'no token');
    await screen.sees('does not look like a bot');
    screen.type(`${CLEAR}1000000001:somebody-elses\r`);
    await screen.sees('Telegram says: “Unauthorized”');
    await giveBotAndOwner(screen);
    await skipTo(screen, null, 'Payfer');
    await screen.answer('keys of Payfer', 'y');
    await screen.answer('shop id', given('PAYFER_SHOP_ID'));
    await screen.answer('shop key', 'wrong-key');
    await screen.answer('number of the card', given('PAYFER_CARD_NUMBER'));
    await meanIt(screen);
    await screen.answer('name on that card', given('PAYFER_CARD_HOLDER'));
    await screen.sees('Payfer says: “');
    await screen.sees('The keys are wrong.');
    await screen.answer('What now?', '');
    await screen.answer('shop id', '');
    await screen.answer('(Enter keeps what is set)', given('PAYFER_SHOP_KEY'));
    await screen.answer('number of the card', '');
    await screen.answer('name on that card', '');
    await screen.sees('Payfer knows you');
    await skipTo(screen, 'Payfer', null);
    await screen.answer('Is there an https address', 'n');
    await screen.answer('Write the settings?', '');
    expect(await screen.ended()).toBe(0);
    expect(settings()).toMatchObject(keysOf('PAYFER'));
    expect(screen.output).not.toContain('wrong-key');
  });

  it('takes nobody for the owner who does not know the code', async () => {
    const screen = open();
    await screen.answer('Token of your bot', telegram.token);
    await screen.answer('Who is the owner?', '');
    await screen.sees('press Start');
    telegram.user({ id: 666, firstName: 'Eve\u001B[2J' });
    telegram.sendText(666, '/start');
    telegram.sendText(666, '/start 123');
    await screen.sees('Eve [2J pressed Start without the code');
    sendShownCode(screen);
    await screen.sees('Owner @owner, id 901: is this you?');
    screen.type(CTRL_C);
    await screen.sees('Nothing was written.');
    expect(await screen.ended()).toBe(130);
    expect(existsSync(envPath())).toBe(false);
  });

  it('changes one thing of a file that is there, and nothing else', async () => {
    writeWorking();
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const screen = open({ HOST: '127.0.0.1', PORT: String(port) });
    await screen.answer('What shall be changed?', '');
    await screen.sees('Public address: none');
    screen.type(`${UP}\r`);
    await screen.answer('Public address of this server', url);
    await screen.sees('It leads here.');
    await screen.answer('Write the settings?', '');
    await screen.sees('Written to .env');
    expect(await screen.ended()).toBe(0);
    const text = readFileSync(envPath(), 'utf8');
    expect(text).toMatch(/^# mine\n/);
    expect(text).toContain('\nTOPUP_MIN=2000 # low\n');
    expect(settings()).toEqual({
      BOT_TOKEN: telegram.token,
      ADMIN_IDS: '77',
      ...keysOf('INPAY'),
      TOPUP_MIN: '2000',
      PUBLIC_URL: url,
      WEBHOOK_SECRET: expect.stringMatching(/^[\w-]{32}$/),
    });
    expect(statSync(envPath()).mode & 0o777).toBe(0o640);
  });

  it('says what stands at an address that leads elsewhere, and switches a system off', async () => {
    writeWorking();
    const screen = open({ HOST: '127.0.0.1', PORT: String(await freePort()) });
    await screen.answer('What shall be changed?', '');
    await screen.sees('Public address: none');
    screen.type(`${UP}\r`);
    await screen.answer('Public address of this server', telegram.url);
    await screen.sees('Something else answers there');
    await screen.answer('Correct the address?', '');
    await screen.answer('Public address of this server', CLEAR);
    await screen.answer('Write the settings?', DOWN);
    await screen.sees('inPAY: on');
    screen.type(`${DOWN}${DOWN}\r`);
    await screen.sees('inPAY is on.');
    screen.type(`${UP}\r`);
    // The last one: the program would not start without any.
    await screen.sees('at least one of inPAY');
    await screen.sees('inPAY: off');
    screen.type(CTRL_C);
    expect(await screen.ended()).toBe(130);
    expect(settings()).toMatchObject(keysOf('INPAY'));
  });
});

describe.skipIf(!HAS_TERMINAL)('the first start on a terminal', () => {
  const first = async (): Promise<Terminal> => {
    const env = {
      HOST: '127.0.0.1',
      PORT: String(await freePort()),
      TELEGRAM_API_ROOT: telegram.url,
    };
    terminal = new Terminal(`${process.execPath} ${START}`, { cwd: folder, env });
    return terminal;
  };

  it('offers real payments or the sandbox, and asks no more once there is a file', async () => {
    const screen = await first();
    await screen.answer('How shall Tolov start?', '');
    await screen.sees('SANDBOX: Telegram, providers and money are all simulated.');
    await screen.close();
    const again = await first();
    await again.sees('SANDBOX: ');
    expect(again.output).not.toContain('How shall Tolov start?');
  });

  it('leads through the questions, and starts nothing when they are left', async () => {
    const screen = await first();
    await screen.answer('How shall Tolov start?', DOWN);
    await screen.sees('Token of your bot');
    screen.type(CTRL_C);
    await screen.sees('Nothing was written.');
    expect(await screen.ended()).toBe(1);
    expect(existsSync(envPath())).toBe(false);
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });
});

const PREFIXES = ['INPAY', 'PAYFER', 'RASMIYPAY', 'AUTOPAYCARD', 'PAYLOV'] as const;
