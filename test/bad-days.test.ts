/** The real process on a machine's bad days: its log goes nowhere, its file goes away, somebody starts it twice. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { realDeps } from '../src/deps.ts';
import type { SimulatedWorld } from '../src/sandbox/providers/types.ts';
import { startSimulatedProviders } from '../src/sandbox/providers/world.ts';
import {
  type SimulatedTelegram,
  startSimulatedTelegram,
} from '../src/sandbox/telegram/simulated-telegram.ts';
import { RealProgram, TIME_LIMIT_MS, until } from './process.ts';
import { TOKEN } from './stage.ts';

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
  { timeout: TIME_LIMIT_MS },
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
