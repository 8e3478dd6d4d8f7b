/**
 * A server of 512 MB with a month of payments: is the program installed and started there, and does what asks most of a
 * machine work, a month's export, the charts, a copy of everything with its check?
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startSimulatedProviders } from '../sandbox/providers/world.ts';
import { startSimulatedTelegram } from '../sandbox/telegram/simulated-telegram.ts';
import type { SimulatedTelegram } from '../sandbox/telegram/simulated-telegram.ts';
import type { MessageView } from '../sandbox/telegram/types.ts';
import { waitFor } from '../sandbox/telegram/wait-for.ts';
import { realDeps } from '../src/core/deps.ts';
import { inTashkent, startOf } from '../src/core/calendar.ts';
import { RealProgram } from '../test/process.ts';
import { buttons, TOKEN } from '../test/stage.ts';
import type { Figure } from './figures.ts';
import { fill } from './history.ts';
import { memoryGroup, type MemoryGroup } from './memory-group.ts';

const MEMORY = 512 * 1024 * 1024;
const OWNER = 900;
/** As many as a busy small operator has. */
const PAYMENTS = 100_000;
const PEOPLE = 20_000;
const PATIENCE_MS = 10 * 60_000;
const ROOT = fileURLToPath(new URL('../', import.meta.url));
const SLIM = join(ROOT, 'scripts/slim.mjs');
const BACKUP = join(ROOT, 'src/backup/backup.ts');

export async function smallServerFigures(): Promise<Figure[]> {
  const group = memoryGroup(MEMORY);
  if (group === null) {
    console.warn(
      '!!! NOT MEASURED: a server of 512 MB. Its group of processes takes root, on Linux.',
    );
    return [];
  }
  const telegram = await startSimulatedTelegram({ ...realDeps(), token: TOKEN });
  const world = await startSimulatedProviders(realDeps());
  const program = await RealProgram.create({
    ...world.settings,
    TELEGRAM_API_ROOT: telegram.url,
    ADMIN_IDS: String(OWNER),
    NODE_OPTIONS: '--max-semi-space-size=16',
  });
  try {
    return await measure({ group, telegram, program });
  } finally {
    await program.kill('SIGTERM');
    await program.remove();
    await telegram.close();
    await world.close();
    group.remove();
  }
}

interface Server {
  group: MemoryGroup;
  telegram: SimulatedTelegram;
  program: RealProgram;
}

async function measure({ group, telegram, program }: Server): Promise<Figure[]> {
  const seconds: Record<string, number> = {};
  const time = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    const startedAt = performance.now();
    await work();
    seconds[name] = (performance.now() - startedAt) / 1000;
  };
  const now = realDeps().clock.now();
  const firstAt = startOf(`${inTashkent(now).slice(0, 7)}-01`);
  const everyMs = Math.floor((now - firstAt) / PAYMENTS);
  await fill(program.path, { payments: PAYMENTS, people: PEOPLE, firstAt, everyMs });
  let installedMb = { whole: NaN, slim: NaN };
  await time('npm ci --omit=dev', async () => {
    installedMb = await install(group);
  });
  await time('start', () => program.start({ under: group.under, keepOutput: true }));
  telegram.user({ id: OWNER, firstName: 'Owner', languageCode: 'en' });
  const owner = new Owner(telegram);
  await owner.ask('/start', (message) => buttons(message).some((text) => /English/.test(text)));
  await owner.tap(/English/, () => true);
  await time("a month's export", async () => {
    await owner.ask('/export', (message) => buttons(message).includes('This month'));
    await owner.tap(/^This month$/, ({ file }) => file?.kind === 'document');
  });
  await time('/stats with its picture', () =>
    owner.ask('/stats', ({ file }) => file?.kind === 'photo'),
  );
  await time('a copy with its check', () =>
    run(group, [process.execPath, BACKUP], program.environment),
  );
  const peak = Number(
    /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${program.pid}/status`, 'utf8'))?.[1],
  );
  return [
    ...Object.entries(seconds).map(([name, value]) => ({
      name: `on 512 MB, ${PAYMENTS.toLocaleString('en')} payments this month: ${name}, s`,
      value,
      digits: 1,
    })),
    { name: 'installed by npm ci --omit=dev, MB', value: installedMb.whole },
    {
      name: 'installed, after npm run slim, MB',
      value: installedMb.slim,
      limit: 110,
      is: 'under',
    },
    { name: 'on 512 MB: most memory of the program itself, MB', value: peak / 1000 },
    {
      name: 'on 512 MB: processes killed for want of memory',
      value: group.killed(),
      limit: 1,
      is: 'under',
    },
  ];
}

/** Of what runs there, from the registry, into a folder of its own: how much that is, and how much of it stays. */
async function install(group: MemoryGroup): Promise<{ whole: number; slim: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'tolov-install-'));
  try {
    for (const name of ['package.json', 'package-lock.json'])
      cpSync(join(ROOT, name), join(folder, name));
    const command = ['npm', 'ci', '--omit=dev', '--no-audit', '--no-fund', '--prefix', folder];
    await run(group, command, process.env);
    const packages = join(folder, 'node_modules');
    const whole = sizeMb(packages);
    await run(group, [process.execPath, SLIM, packages], process.env);
    return { whole, slim: sizeMb(packages) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function sizeMb(folder: string): number {
  return Number.parseInt(execFileSync('du', ['-sm', folder], { encoding: 'utf8' }), 10);
}

async function run(
  { under }: MemoryGroup,
  command: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const [program = '', ...rest] = [...under, ...command];
  const child = spawn(program, rest, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}`);
}

class Owner {
  readonly #telegram: SimulatedTelegram;

  constructor(telegram: SimulatedTelegram) {
    this.#telegram = telegram;
  }

  async ask(text: string, isAnswer: (message: MessageView) => boolean): Promise<MessageView> {
    const last = this.#messages().at(-1)?.messageId ?? 0;
    this.#telegram.sendText(OWNER, text);
    return await this.#sees((each) => each.messageId > last && isAnswer(each), text);
  }

  async tap(label: RegExp, isAnswer: (message: MessageView) => boolean): Promise<MessageView> {
    const message = this.#messages().findLast((each) =>
      buttons(each).some((text) => label.test(text)),
    );
    const text =
      buttons(message ?? raise(`no button ${label}`)).find((each) => label.test(each)) ?? '';
    this.#telegram.tap(OWNER, message?.messageId ?? 0, { text });
    return await this.#sees(isAnswer, String(label));
  }

  async #sees(isAnswer: (message: MessageView) => boolean, what: string): Promise<MessageView> {
    const find = (): MessageView | undefined =>
      this.#messages().findLast((each) => each.from === 'bot' && isAnswer(each));
    return await waitFor(this.#telegram, find, { timeoutMs: PATIENCE_MS, what });
  }

  #messages(): MessageView[] {
    return this.#telegram.messages(OWNER);
  }
}

function raise(message: string): never {
  throw new Error(message);
}
