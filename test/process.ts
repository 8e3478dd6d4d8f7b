/** The real process on a real file, to be killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import SqliteClient from 'better-sqlite3';
import type { Database } from '../src/db/database.ts';
import { quotaUses } from '../src/db/tables.ts';
import { openSqlite } from '../src/db/sqlite.ts';
import { realClock } from '../src/core/deps.ts';
import { freePort } from '../src/testing/programs.ts';
import type { Player } from './players.ts';
import { SECRET, TOKEN } from './stage.ts';

export const START = fileURLToPath(new URL('../src/start.mjs', import.meta.url));

/** How often the program is killed; `npm run crashes` asks for more. */
export function killCount(usual: number): number {
  return Number(process.env['KILLS'] ?? usual);
}

/** For a whole test, however busy the machine is: what hangs is found by `until`, which says more. */
export const TIME_LIMIT_MS = 60 * 60_000;

export class RealProgram {
  readonly port: number;
  readonly folder: string;
  /** What it wrote where that is kept: see `start`. */
  readonly output: string[] = [];
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

  /**
   * `under`: a command that starts it, such as one that sets limits. Its output is then kept, not shown, as with
   * `keepOutput`.
   */
  async start({
    under = [],
    keepOutput = under.length > 0,
    args = [],
  }: {
    under?: readonly string[];
    keepOutput?: boolean;
    args?: readonly string[];
  } = {}): Promise<void> {
    const [command, ...rest] = [...under, process.execPath, START];
    const child = spawn(command, [...rest, ...args], {
      env: this.environment,
      cwd: this.folder,
      stdio: keepOutput ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => this.output.push(String(chunk)));
    }
    this.#child = child;
    for (;;) {
      const answer = await fetch(`${this.url}/ready`).catch(() => null);
      if (answer?.ok) return;
      if (child.exitCode !== null) throw new Error('the program ended by itself');
      await realClock.sleep(STEP_MS);
    }
  }

  /** Whoever reads its output goes away. Only where it is kept. */
  stopReading(): void {
    this.#child?.stdout?.destroy();
    this.#child?.stderr?.destroy();
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** All it is started with. */
  get environment(): NodeJS.ProcessEnv {
    return {
      PATH: process.env['PATH'],
      BOT_TOKEN: TOKEN,
      DATABASE_URL: `file:${this.path}`,
      HOST: '127.0.0.1',
      PORT: String(this.port),
      PUBLIC_URL: this.url,
      WEBHOOK_SECRET: SECRET,
      POLL_CRON: '* * * * * *',
      LOG_LEVEL: 'error',
      ...this.#settings,
    };
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
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

  /** While it does not run: its few people do in minutes what others do in days, and go on as new ones. */
  async forgetQuotas(): Promise<void> {
    await this.withDatabase((db) =>
      db.tx(async (tx) => {
        await tx.delete(quotaUses);
      }),
    );
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
  holds: (step: number) => boolean | Promise<boolean>,
  story: () => string = () => 'it never came true',
): Promise<void> {
  const endsAt = realClock.now() + PATIENCE_MS;
  for (let step = 0; !(await holds(step)); step += 1) {
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
  }: { enough: () => boolean | Promise<boolean>; meanwhile?: (step: number) => void },
): Promise<void> {
  await until(
    async (step) => {
      if (await enough()) return true;
      for (const player of players) player.play();
      meanwhile(step);
      return false;
    },
    () => players.map((player) => player.view).join('\n'),
  );
}
