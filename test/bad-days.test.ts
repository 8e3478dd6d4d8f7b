/** The real process on a machine's bad days: its log goes nowhere, its file goes away, somebody starts it twice. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { makeBackup } from '../src/backup/make.ts';
import { realDeps } from '../src/core/deps.ts';
import type { SimulatedWorld } from '../sandbox/providers/types.ts';
import { startSimulatedProviders } from '../sandbox/providers/world.ts';
import {
  type SimulatedTelegram,
  startSimulatedTelegram,
} from '../sandbox/telegram/simulated-telegram.ts';
import { RealProgram, START, TIME_LIMIT_MS, until } from './process.ts';
import { TOKEN } from './stage.ts';

const OWNER = 900;
const SLOW = { timeout: TIME_LIMIT_MS };

let telegram: SimulatedTelegram;
let world: SimulatedWorld;
let program: RealProgram;

beforeEach(async () => {
  const deps = realDeps();
  telegram = await startSimulatedTelegram({ ...deps, token: TOKEN });
  world = await startSimulatedProviders(deps);
  program = await RealProgram.create({
    ...world.settings,
    TELEGRAM_API_ROOT: telegram.url,
    LOG_LEVEL: 'info',
    ADMIN_IDS: String(OWNER),
    DEFAULT_LANGUAGE: 'en',
  });
});

afterEach(async () => {
  await program.remove();
  await telegram.close();
  await world.close();
});

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${program.url}/metrics`)).text();
  return Number(new RegExp(`^${name} (.+)$`, 'm').exec(text)?.[1]);
}

it(
  'goes on when whoever reads its log goes away, and counts the lines that are lost',
  SLOW,
  async () => {
    await program.start({ keepOutput: true });
    expect(await metric('tolov_log_lines_lost_total')).toBe(0);
    program.stopReading();
    // That it can't be reached is worth lines of the log.
    await telegram.close();
    await until(async () => (await metric('tolov_log_lines_lost_total')) > 1);
    expect((await fetch(`${program.url}/health`)).status).toBe(200);
  },
);

async function health(): Promise<{ status: number; body: { reasons?: string[] } }> {
  const answer = await fetch(`${program.url}/health`);
  return { status: answer.status, body: (await answer.json()) as { reasons?: string[] } };
}

/** Starts another one beside it, which is to end by itself. */
function startInVain(...args: string[]): { status: number | null; stderr: string } {
  const { environment: env, folder: cwd } = program;
  return spawnSync(process.execPath, [START, ...args], {
    env: { ...env, LOG_LEVEL: 'silent' },
    cwd,
    encoding: 'utf8',
  });
}

describe('the file under the program', () => {
  const ways: [string, (path: string) => void][] = [
    ['deleted', (path) => rmSync(path)],
    ['moved away', (path) => renameSync(path, `${path}.away`)],
    [
      'replaced',
      (path) => {
        copyFileSync(path, `${path}.copy`);
        renameSync(`${path}.copy`, path);
      },
    ],
  ];

  it.each(ways)(
    '%s: health says so, nothing is opened any more, and the owner hears it',
    SLOW,
    async (_, harm) => {
      await program.start({ keepOutput: true });
      telegram.user({ id: OWNER, firstName: 'Owner', languageCode: 'en' });
      telegram.sendText(OWNER, '/start');
      await until(() => telegram.messages(OWNER).length > 1);
      expect((await health()).status).toBe(200);
      harm(program.path);
      const { status, body } = await health();
      expect(status).toBe(503);
      expect(body.reasons?.join()).toMatch(
        /kill\.db was (?:deleted or moved|replaced by another file)/,
      );
      await until(() =>
        /file is gone from its place/.test(JSON.stringify(telegram.messages(OWNER))),
      );
    },
  );
});

describe('a start', () => {
  const copyIt = async (): Promise<string> => {
    const { path } = await makeBackup({
      databasePath: program.path,
      dir: join(dirname(program.path), 'backups'),
      keepDays: 7,
      ageRecipient: null,
      at: Date.UTC(2026, 0, 30, 22, 40),
    });
    return path;
  };
  const removeFile = (): void => {
    for (const suffix of ['', '-wal', '-shm']) rmSync(program.path + suffix, { force: true });
  };

  it(
    'without the file but with its copies names the newest and what may be done',
    SLOW,
    async () => {
      await program.start();
      await program.kill('SIGTERM');
      const copy = await copyIt();
      removeFile();
      const { status, stderr } = startInVain();
      expect(status).toBe(1);
      expect(stderr).toContain(
        `Could not start: ${program.path} is missing, and copies of it are there`,
      );
      expect(stderr).toContain(`npm run restore -- ${copy}`);
      expect(stderr).toContain('npm start -- --new-database');
      expect(() => statSync(program.path)).toThrow('ENOENT');
      await program.start({ args: ['--new-database'] });
      expect((await health()).status).toBe(200);
    },
  );

  it('without the file but with its log is refused as well', SLOW, async () => {
    await program.start();
    await program.kill('SIGKILL');
    rmSync(program.path);
    const { status, stderr } = startInVain();
    expect(status).toBe(1);
    expect(stderr).toContain(`is missing beside ${program.path}-wal`);
  });

  it('beside another program on the file is refused; a copy is made beside it', SLOW, async () => {
    await program.start();
    const { status, stderr } = startInVain();
    expect(status).toBe(1);
    expect(stderr).toContain(`Could not start: Another Tolov works on ${program.path}.`);
    await copyIt();
    expect((await health()).status).toBe(200);
    await program.kill('SIGKILL');
    await program.start();
  });

  it('on a taken port names the setting', SLOW, async () => {
    const other: Server = createServer();
    await new Promise<void>((resolve) => other.listen(program.port, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    mkdirSync(program.folder, { recursive: true });
    const { status, stderr } = startInVain();
    expect(status).toBe(1);
    expect(stderr).toBe(
      `Could not start: PORT: another program listens on port ${program.port} of 127.0.0.1. ` +
        'Stop it (is it another Tolov?), or set another PORT.\n',
    );
  });
});
