/** The two bots that are compared, each a process of its own at a simulated Telegram of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { realDeps } from '../../src/core/deps.ts';
import { startSimulatedPaylov } from '../../sandbox/paylov/simulated-paylov.ts';
import { startSimulatedProviders } from '../../sandbox/providers/world.ts';
import {
  type SimulatedTelegram,
  startSimulatedTelegram,
} from '../../sandbox/telegram/simulated-telegram.ts';
import { RealProgram } from '../../test/process.ts';
import { TOKEN } from '../../test/stage.ts';
import { Visitors } from './visitors.ts';

export interface House {
  telegram: SimulatedTelegram;
  visitors: Visitors;
  pid: number;
  close(): Promise<void>;
}

const BARE = fileURLToPath(new URL('bare-bot.ts', import.meta.url));

/** `under`: see `ProgramHouseOptions`. */
export async function bareHouse({
  under = [],
}: Pick<ProgramHouseOptions, 'under'> = {}): Promise<House> {
  const telegram = await startSimulatedTelegram({ ...realDeps(), token: TOKEN });
  const folder = mkdtempSync(join(tmpdir(), 'tolov-bench-'));
  const [command, ...args] = [...under, process.execPath, BARE];
  const settings = [telegram.url, TOKEN, join(folder, 'bare.db')];
  const child: ChildProcess = spawn(command, [...args, ...settings], { stdio: 'inherit' });
  // Asked for now: one that ended by itself has done so before anybody would listen.
  const exited = once(child, 'exit');
  const visitors = new Visitors(telegram);
  return {
    telegram,
    visitors,
    pid: child.pid ?? 0,
    async close() {
      visitors.leave();
      child.kill('SIGTERM');
      await exited;
      await telegram.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export interface ProgramHouseOptions {
  /** A command that starts it, such as one that keeps it on one core. */
  under?: readonly string[];
  settings?: Record<string, string>;
}

/** The program as it is started for real, with all payment systems and Paylov. */
export async function programHouse({
  under = [],
  settings = {},
}: ProgramHouseOptions = {}): Promise<House> {
  const deps = realDeps();
  const telegram = await startSimulatedTelegram({ ...deps, token: TOKEN });
  const world = await startSimulatedProviders(deps);
  const paylov = await startSimulatedPaylov(deps);
  const program = await RealProgram.create({
    ...world.settings,
    ...paylov.settings,
    TELEGRAM_API_ROOT: telegram.url,
    POLL_CRON: '*/10 * * * * *',
    UNIQUE_TAIL_MAX: '9999',
    NODE_OPTIONS: '--max-semi-space-size=16',
    ...settings,
  });
  await program.start({ under, keepOutput: true });
  const visitors = new Visitors(telegram);
  return {
    telegram,
    visitors,
    pid: program.pid,
    async close() {
      visitors.leave();
      await program.kill('SIGTERM');
      await program.remove();
      await telegram.close();
      await world.close();
      await paylov.close();
    },
  };
}
