/** Backups of the real program: made while people pay, brought back, sent to the owner. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eq } from 'drizzle-orm';
import { expect, it, onTestFinished } from 'vitest';
import { checkCopy } from '../src/backup/check.ts';
import { allRows, IDENTITY, RECIPIENT, restoredRows } from '../src/backup/backup-stage.fixture.ts';
import { claimMode } from '../src/db/mode.ts';
import { outbox, reports } from '../src/db/tables.ts';
import { realDeps } from '../src/core/deps.ts';
import { post } from '../src/ledger/ledger.ts';
import { startSimulatedProviders } from '../sandbox/providers/world.ts';
import { startSimulatedTelegram } from '../sandbox/telegram/simulated-telegram.ts';
import { topupEntry } from '../src/testing/ledger.ts';
import { patience } from '../src/testing/patience.ts';
import { Player } from './players.ts';
import { playUntil, RealProgram, TIME_LIMIT_MS } from './process.ts';
import { nextBotMessage } from '../sandbox/telegram/wait-for.ts';
import { OWNER, startStage, TOKEN } from './stage.ts';

const USERS = [701, 702, 703, 704];
const HOUR = 60 * 60_000;

async function run(
  command: 'backup' | 'restore-command',
  args: string[],
  env: Record<string, string>,
): Promise<{ status: number; output: string }> {
  const path = fileURLToPath(new URL(`../src/backup/${command}.ts`, import.meta.url));
  const options = { env: { PATH: process.env['PATH'], ...env }, cwd: tmpdir() };
  return await new Promise((resolve) => {
    execFile(process.execPath, [path, ...args], options, (error, stdout, stderr) => {
      resolve({ status: error ? 1 : 0, output: stdout + stderr });
    });
  });
}

it(
  'copies made while people write are whole, and come back equal',
  async () => {
    const deps = realDeps();
    const telegram = await startSimulatedTelegram({ ...deps, token: TOKEN });
    const world = await startSimulatedProviders(deps);
    const program = await RealProgram.create({
      ...world.settings,
      TELEGRAM_API_ROOT: telegram.url,
    });
    const folder = mkdtempSync(join(tmpdir(), 'tolov-restored-'));
    onTestFinished(async () => {
      await program.remove();
      await telegram.close();
      await world.close();
      rmSync(folder, { recursive: true, force: true });
    });
    const players = USERS.map(
      (id) =>
        new Player(telegram, id, (_, { moves }) => ({
          send: moves % 2 === 0 ? '/start' : '/balance',
        })),
    );
    await program.withDatabase(async (db) => {
      await claimMode(db, 'live');
      await db.tx(async (tx) => {
        for (let number = 1; number <= 300; number += 1) {
          const entry = topupEntry(`credit:${number}`, USERS[number % 4] ?? 0, 100_000);
          await post(tx, { ...entry, kind: 'adjustment' });
        }
      });
    });
    await program.start();
    const env = {
      BOT_TOKEN: TOKEN,
      ...world.settings,
      DATABASE_URL: `file:${program.path}`,
      BACKUP_DIR: join(folder, 'copies'),
      BACKUP_AGE_RECIPIENT: RECIPIENT,
    };
    const made: { status: number; output: string }[] = [];
    const playing = playUntil(players, { enough: () => made.length >= 1 });
    made.push(await run('backup', [], env));
    await playing;
    expect(made.map(({ status }) => status)).toEqual([0]);
    const last =
      readdirSync(env.BACKUP_DIR)
        .filter((name) => name.endsWith('.db'))
        .toSorted()
        .at(-1) ?? '';
    expect(await checkCopy(join(env.BACKUP_DIR, last))).toMatchObject({ kind: 'good' });

    const key = join(folder, 'key.txt');
    writeFileSync(key, `# a comment\n${IDENTITY}\n`);
    const encrypted = join(env.BACKUP_DIR, `${last}.gz.age`);
    const busy = await run('restore-command', [encrypted, '--identity', key, '--force'], env);
    expect(busy).toMatchObject({ status: 1, output: expect.stringContaining('Stop the program') });

    await program.kill('SIGTERM');
    const done = await run('restore-command', [encrypted, '--identity', key, '--force'], env);
    expect(done).toMatchObject({
      status: 0,
      output: expect.stringContaining('its books add up'),
    });
    const { inbox: restoredInbox, ...restored } = restoredRows(program.path);
    const { inbox: copiedInbox, ...copied } = allRows(join(env.BACKUP_DIR, last));
    expect(restored).toEqual(copied);
    expect(restoredInbox).toHaveLength(copiedInbox?.length ?? 0);

    await program.start();
    expect(program.query('select count(*) from entries')).toEqual([300]);
  },
  TIME_LIMIT_MS,
);

it('each day the owner gets the copy, encrypted; health and metrics know of it', async () => {
  const settings = { BACKUP_AGE_RECIPIENT: RECIPIENT, BACKUP_TO_ADMIN: 'true' };
  const stage = await startStage({ settings });
  onTestFinished(() => stage.close());
  stage.telegram.sendText(OWNER, '/start');
  await nextBotMessage(stage.telegram, OWNER, { timeoutMs: patience(20_000) });
  expect(await healthOf(stage)).toMatchObject({ status: 'ok', backup: 'none', lastBackupAt: null });
  await stage.app.jobs.get('backup')?.run();

  const message = stage.telegram.messages(OWNER).at(-1);
  const document = message?.file;
  const name = document?.name ?? '';
  expect(name).toMatch(/^test-\d{4}-\d\d-\d\d-\d{6}\.db\.gz\.age$/);
  const bytes = stage.telegram.file(document?.fileId ?? '') ?? new Uint8Array();
  const dir = join(dirname(stage.environment['DATABASE_URL']!.slice('file:'.length)), 'backups');
  expect(Buffer.from(bytes)).toEqual(readFileSync(join(dir, name)));
  expect(await healthOf(stage)).toMatchObject({ status: 'ok', backup: 'ok' });
  const metrics = await (await fetch(`${stage.baseUrl}/metrics`)).text();
  expect(metrics).toMatch(/^tolov_backup_bytes [1-9]/m);

  stage.clock.skip(37 * HOUR);
  expect(await healthOf(stage)).toMatchObject({ backup: 'late' });
});

it('a backup that fails is an alarm that says what to do, and does not hide the last good one', async () => {
  const stage = await startStage();
  onTestFinished(() => stage.close());
  await stage.app.jobs.get('backup')?.run();
  const dir = join(dirname(stage.environment['DATABASE_URL']!.slice('file:'.length)), 'backups');
  rmSync(dir, { recursive: true });
  writeFileSync(dir, '');
  await stage.app.jobs.get('backup')?.run();
  const { read } = stage.app.db;
  const alarms = await read.select().from(outbox).where(eq(outbox.kind, 'owner_alarm'));
  expect(alarms).toMatchObject([
    { params: { alarm: { kind: 'backup_failed', trouble: 'not_writable' } } },
  ]);
  const [report] = await read.select().from(reports).where(eq(reports.kind, 'backup'));
  expect(report?.data).toMatchObject({ good: { entries: 0 }, failed: { trouble: 'not_writable' } });
  expect(await healthOf(stage)).toMatchObject({ status: 'ok', backup: 'ok' });
});

async function healthOf({ baseUrl }: { baseUrl: string }): Promise<unknown> {
  return await (await fetch(`${baseUrl}/health`)).json();
}
