/** Starts the program, and ends it on a signal. The only file that does something when it is imported. */
import { createApp, type App } from './app.ts';
import { type Config, formatProblems, readConfig } from './config.ts';
import { type Deps, realDeps } from './deps.ts';
import { loadEnvFile } from './env-file.ts';
import { createLog, type Log } from './log.ts';
import type { Sandbox } from './sandbox/sandbox.ts';
import { registerSecrets, SecretScrubber } from './secrets.ts';

const STOP_LIMIT_MS = 10_000;

async function main(): Promise<void> {
  loadEnvFile();
  const outcome = readConfig(process.env, { isTerminal: process.stdout.isTTY });
  if (outcome.kind === 'invalid') {
    console.error(formatProblems(outcome.problems));
    process.exitCode = 1;
    return;
  }
  const { config, warnings } = outcome;
  const secrets = new SecretScrubber();
  registerSecrets(secrets, config);
  const log = createLog({ ...config.log, scrub: (text) => secrets.scrub(text) });
  for (const warning of warnings) log.warn({ event: 'setting' }, warning);
  try {
    await run({ config, secrets, log });
  } catch (error) {
    log.error({ event: 'start_failed', err: error }, 'The program could not start');
    console.error(
      secrets.scrub(`Could not start: ${error instanceof Error ? error.message : 'unknown error'}`),
    );
    process.exit(1);
  }
}

async function run({
  config,
  secrets,
  log,
}: {
  config: Config;
  secrets: SecretScrubber;
  log: Log;
}): Promise<void> {
  const deps = realDeps();
  const sandbox = config.mode === 'sandbox' ? await openSandbox({ config, deps, log }) : null;
  const app = await createApp({
    config: sandbox?.config ?? config,
    deps,
    log,
    secrets,
    ...(sandbox
      ? {
          sandboxRoutes: sandbox.routes,
          publicUrl: () => sandbox.publicUrl(),
          onListening: (port) => sandbox.connected({ baseUrl: `http://127.0.0.1:${port}` }),
        }
      : {}),
    onFatal: () => process.exit(1),
  });
  stopOnSignals({ app, sandbox, log });
  const { port } = await app.start();
  log.info({ event: 'started', mode: config.mode, port }, 'Tolov works');
  if (sandbox) console.log(banner(`http://127.0.0.1:${port}/sandbox`));
}

/** Loaded only when there is a sandbox: with real money its code is not even in the process. */
async function openSandbox(options: { config: Config; deps: Deps; log: Log }): Promise<Sandbox> {
  const { startSandbox } = await import('./sandbox/sandbox.ts');
  return await startSandbox(options);
}

function banner(address: string): string {
  return [
    '',
    '  ┌──────────────────────────────────────────────────────────────┐',
    '  │  SANDBOX: Telegram, providers and money are all simulated.    │',
    '  └──────────────────────────────────────────────────────────────┘',
    `  Open    ${address}`,
    '  Go live by setting BOT_TOKEN and one provider in .env (see README.md).',
    '',
  ].join('\n');
}

function stopOnSignals({
  app,
  sandbox,
  log,
}: {
  app: App;
  sandbox: Sandbox | null;
  log: Log;
}): void {
  let stopping = false;
  const stop = async (): Promise<void> => {
    // A part that hangs must not keep the process: what is unfinished is parked in the database.
    setTimeout(() => process.exit(0), STOP_LIMIT_MS).unref();
    await app.stop();
    await sandbox?.close();
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
