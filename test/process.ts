/** The real process on a real file, to be killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import SqliteClient from 'better-sqlite3';
import type { Database } from '../src/db/database.ts';
import { openSqlite } from '../src/db/sqlite.ts';
import { realClock } from '../src/deps.ts';
import type { Player } from './players.ts';
import { SECRET, TOKEN } from './stage.ts';

const START = fileURLToPath(new URL('../src/start.mjs', import.meta.url));

/** How often the program is killed; `npm run crashes` asks for more. */
export function killCount(usual: number): number {
  return Number(process.env['KILLS'] ?? usual);
}

/** For a whole test, however busy the machine is: what hangs is found by `until`, which says more. */
export const TIME_LIMIT_MS = 60 * 60_000;

export class RealProgram {
  readonly port: number;
  readonly folder: string;
  readonly #settings: Record<string, string>;
  #child: ChildProcess | null = null;

  private constructor(port: number, settings: Record<string, string>) {
    this.port = port;
    this.folder = mkdtempSync(join(tmpdir(), 'tolov-kill-'));
    this.#settings = settings;
  }

  /** Not started yet. `settings` point it at the simulated servers. */
  static async create(settings: Record<string, string>): Promise<RealProgram> {
    return new RealProgram(await freePort(), settings);
  }

  get path(): string {
    return join(this.folder, 'kill.db');
  }

  async start(): Promise<void> {
    const env = {
      PATH: process.env['PATH'],
      BOT_TOKEN: TOKEN,
      DATABASE_URL: `file:${this.path}`,
      HOST: '127.0.0.1',
      PORT: String(this.port),
      PUBLIC_URL: `http://127.0.0.1:${this.port}`,
      WEBHOOK_SECRET: SECRET,
      POLL_CRON: '* * * * * *',
      LOG_LEVEL: 'error',
      ...this.#settings,
    };
    const child = spawn(process.execPath, [START], { env, cwd: this.folder, stdio: 'inherit' });
    this.#child = child;
    for (;;) {
      const answer = await fetch(`http://127.0.0.1:${this.port}/ready`).catch(() => null);
      if (answer?.ok) return;
      if (child.exitCode !== null) throw new Error('the program ended by itself');
      await realClock.sleep(20);
    }
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }

  /** The first column, as a second reader of the file sees it. */
  query(sql: string): unknown[] {
    const client = new SqliteClient(this.path, { readonly: true });
    try {
      return client.prepare(sql).pluck().all();
    } finally {
      client.close();
    }
  }

  /** While the program does not run. */
  async withDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
    const db = openSqlite(this.path);
    try {
      return await work(db);
    } finally {
      await db.close();
    }
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Nothing is lost by waiting: a busy machine only makes it take longer. */
const PATIENCE_MS = 5 * 60_000;
const STEP_MS = 20;

/** Resolves once `holds` does; throws with what `story` tells after minutes without. Asked `step` after step. */
export async function until(
  holds: (step: number) => boolean,
  story: () => string = () => 'it never came true',
): Promise<void> {
  const endsAt = realClock.now() + PATIENCE_MS;
  for (let step = 0; !holds(step); step += 1) {
    if (realClock.now() > endsAt) throw new Error(`Waited ${PATIENCE_MS} ms in vain. ${story()}`);
    await realClock.sleep(STEP_MS);
  }
}

/** Lets people do what they do until `enough` holds; `meanwhile` is what the world does beside them. */
export async function playUntil(
  players: readonly Player[],
  {
    enough,
    meanwhile = () => undefined,
  }: { enough: () => boolean; meanwhile?: (step: number) => void },
): Promise<void> {
  await until(
    (step) => {
      if (enough()) return true;
      for (const player of players) player.play();
      meanwhile(step);
      return false;
    },
    () => players.map((player) => player.view).join('\n'),
  );
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return address !== null && typeof address === 'object' ? address.port : 0;
}
