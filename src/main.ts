/** Starts the program, and ends it on a signal. The only file that does something when it is imported. */
import { existsSync } from 'node:fs';
import type { App } from './app/options.ts';
import { type Arguments, readArguments } from './settings/arguments.ts';
import { formatProblems, readConfig } from './settings/config.ts';
import type { Config } from './settings/types.ts';
import { realDeps } from './core/deps.ts';
import { envFileDoubts, loadEnvFile } from './settings/env-file.ts';
import { liveSettings } from './settings/live.ts';
import { createLog, type Log } from './core/log.ts';
import { SecretScrubber } from './core/secrets.ts';
import { giveBackMemory } from './core/spare-memory.ts';
import { registerSecrets } from './settings/register-secrets.ts';
import { VERSION } from './core/version.ts';

const STOP_LIMIT_MS = 10_000;

/** Until then whatever waited for the start has been seen to. */
const STARTED_MS = 5000;

/** The sandbox's own, in `sandbox/program/messages.ts`; named here so that live none of its code is loaded. */
const CHILD_ARGUMENT = '--sandbox-program';

interface Context {
  asked: Arguments;
  config: Config;
  secrets: SecretScrubber;
  log: Log;
}

async function main(): Promise<void> {
  if (process.send && process.argv.includes(CHILD_ARGUMENT)) {
    const { runChild } = await import('../sandbox/program/child.ts');
    runChild();
    return;
  }
  const asked = await given();
  if (asked === null) return;
  const { sandbox } = asked;
  const outcome = readConfig(process.env, { isTerminal: process.stdout.isTTY, sandbox });
  const warnings = [...envFileDoubts(), ...outcome.warnings];
  if (outcome.kind === 'invalid') {
    console.error(formatProblems(outcome.problems, warnings));
    process.exitCode = 1;
    return;
  }
  const { config } = outcome;
  const secrets = new SecretScrubber();
  registerSecrets(secrets, config);
  const log = createLog({ ...config.log, scrub: (text) => secrets.scrub(text) });
  for (const warning of warnings) log.warn({ event: 'setting' }, warning);
  try {
    await (config.mode === 'sandbox' ? runSandbox : runLive)({ asked, config, secrets, log });
  } catch (error) {
    log.error({ event: 'start_failed', err: error }, 'The program could not start');
    console.error(
      secrets.scrub(`Could not start: ${error instanceof Error ? error.message : 'unknown error'}`),
    );
    process.exit(1);
  }
}

/** Null when it is wrong, or whoever was asked went away, which was then said. */
async function given(): Promise<Arguments | null> {
  try {
    const asked = readArguments(process.argv.slice(2));
    if (!loadEnvFile() && !asked.sandbox && isFirstStart()) {
      // Loaded where somebody is asked, and nowhere else.
      const { offerSetup } = await import('./setup/here.ts');
      if ((await offerSetup(process.env)) === 'written') loadEnvFile();
    }
    return asked;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
    return null;
  }
}

/** Somebody sits at a terminal, and nothing was ever started or set here. */
function isFirstStart(): boolean {
  const isWatched = process.stdin.isTTY && process.stdout.isTTY;
  const { BOT_TOKEN, DATABASE_URL } = process.env;
  return (
    isWatched &&
    !BOT_TOKEN &&
    !DATABASE_URL &&
    !existsSync('data') &&
    liveSettings(process.env).length === 0
  );
}

async function runLive({ asked, config, secrets, log }: Context): Promise<void> {
  const { createApp } = await import('./app/app.ts');
  const about = { mode: config.mode, version: VERSION, database: config.database.engine };
  const app: App = await createApp({
    config,
    asked,
    deps: realDeps(),
    log,
    secrets,
    onAccepted: () => log.info({ event: 'accepted', ...about }, 'Tolov works'),
    onFatal: () => process.exit(1),
  });
  stopOnSignals(() => app.stop(), log);
  const { port } = await app.start();
  log.info({ event: 'started', ...about, port }, 'Started; asking Telegram about the token');
  setTimeout(giveBackMemory, STARTED_MS).unref();
}

/** This process is the world around the program, which is a process of its own: with real money nothing of it is loaded. */
async function runSandbox({ config, log }: Context): Promise<void> {
  const { createSandboxRun } = await import('../sandbox/program/run.ts');
  const sandbox = await createSandboxRun({ config, real: realDeps(), log });
  stopOnSignals(() => sandbox.stop(), log);
  const { address, port } = await sandbox.start();
  log.info({ event: 'started', mode: config.mode, port }, 'Tolov works');
  console.log(banner(`${address}/sandbox`));
}

function banner(address: string): string {
  return [
    '',
    '  ┌──────────────────────────────────────────────────────────────┐',
    '  │  SANDBOX: Telegram, providers and money are all simulated.    │',
    '  └──────────────────────────────────────────────────────────────┘',
    `  Open    ${address}`,
    '  Go live by "npm run setup", which asks for what it takes (see docs/going-live.md).',
    '',
  ].join('\n');
}

function stopOnSignals(end: () => Promise<void>, log: Log): void {
  let stopping = false;
  const stop = async (): Promise<void> => {
    // A part that hangs must not keep the process: what is unfinished is parked in the database.
    setTimeout(() => process.exit(0), STOP_LIMIT_MS).unref();
    await end();
    process.exit(0);
  };
  const onSignal = (signal: string): void => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ event: 'stopping', signal }, 'stopping');
    stop().catch((error: unknown) => {
      log.error({ event: 'stop_failed', err: error }, 'stopping failed');
      process.exit(1);
    });
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

await main();
