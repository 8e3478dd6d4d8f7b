/** The program as the sandbox's child: the same as live, but for its settings and its clock, which come from the parent. */
import { createApp } from '../../src/app/app.ts';
import type { App } from '../../src/app/options.ts';
import { type Deps, realDeps } from '../../src/core/deps.ts';
import { createLog } from '../../src/core/log.ts';
import { SecretScrubber } from '../../src/core/secrets.ts';
import { registerSecrets } from '../../src/settings/register-secrets.ts';
import { watchCalls, type CallsUnderWay } from '../time/calls-under-way.ts';
import { createMovingClock, type MovingClock } from '../time/moving-clock.ts';
import { eachRest, untilRest } from '../time/rest.ts';
import { sayKnownSigns } from '../paylov/signs.ts';
import type { FromProgram, ToProgram } from './messages.ts';

const STOP_LIMIT_MS = 9000;
const MEMORY_EVERY_MS = 5000;

type Start = Extract<ToProgram, { kind: 'start' }>;

interface Here {
  real: Deps;
  clock: MovingClock;
  calls: CallsUnderWay;
  rate: number;
  publicUrl: string | null;
  app: App | null;
  stopping: AbortController;
  /** Waits for the answer to `rests`. */
  answered: (() => void) | null;
  /** Waits for time to run faster than the machine's. */
  hastened: (() => void) | null;
}

/** Reports to the parent, then does what the parent says; ends when the parent does. */
export function runChild(): void {
  let here: Here | null = null;
  process.on('message', (message: ToProgram) => {
    if (message.kind === 'start') {
      here ??= begin(message);
    } else if (here) {
      hear(here, message);
    } else if (message.kind === 'stop') {
      process.exit(0);
    }
  });
  const end = (): void => {
    if (here) stop(here);
    else process.exit(0);
  };
  process.on('disconnect', end);
  process.on('SIGTERM', end);
  // A terminal sends the signal to both processes; only the parent decides what follows.
  process.on('SIGINT', () => undefined);
  tell({ kind: 'here' });
}

function tell(message: FromProgram, then: () => void = () => undefined): void {
  // Sending fails when the parent is gone; then `disconnect` follows.
  if (process.connected) process.send?.(message, undefined, undefined, then);
  else then();
}

function hear(here: Here, message: Exclude<ToProgram, Start>): void {
  switch (message.kind) {
    case 'stop':
      stop(here);
      break;
    case 'public_url':
      here.publicUrl = message.publicUrl;
      break;
    case 'time':
      setTime(here, message);
      break;
  }
}

function begin(start: Start): Here {
  const real = realDeps();
  // A poll for updates waits for half a minute for somebody to write: that is rest, not work.
  const calls = watchCalls(real.fetch, (address) => !address.endsWith('/getUpdates'));
  const here: Here = {
    real,
    calls,
    clock: createMovingClock(real.clock, start.now),
    rate: start.rate,
    publicUrl: start.publicUrl,
    app: null,
    stopping: new AbortController(),
    answered: null,
    hastened: null,
  };
  startProgram(here, start).catch((error: unknown) => {
    const message = error instanceof Error ? error.message : 'unknown error';
    // Open sockets and files would keep the process alive.
    tell({ kind: 'failed', message }, () => process.exit(1));
  });
  return here;
}

async function startProgram(here: Here, { config }: Start): Promise<void> {
  const { real, clock, calls, stopping } = here;
  const secrets = new SecretScrubber();
  registerSecrets(secrets, config);
  const log = createLog({ ...config.log, scrub: (text) => secrets.scrub(text) });
  here.app = await createApp({
    config,
    deps: { clock, random: real.random, fetch: calls.fetch },
    // Its calls to Telegram include the long polls, over which time leaps: their limits are the machine's.
    telegramClock: real.clock,
    log,
    secrets,
    publicUrl: () => here.publicUrl,
    timeLeaps: true,
    onFatal: () => process.exit(1),
  });
  const [staffId = 0] = config.adminIds;
  await sayKnownSigns({ db: here.app.db, staffId, at: clock.now() });
  const { port } = await here.app.start();
  tell({ kind: 'ready', port });
  const wanted = (): Promise<void> => haste(here);
  void eachRest({ real: real.clock, calls, stop: stopping.signal, wanted }, () => rest(here));
  void reportMemory(here).catch(() => undefined);
}

/** Resolves once time is to run faster than the machine's. */
async function haste(here: Here): Promise<void> {
  if (here.rate > 1) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  here.hastened = resolve;
  await promise;
}

/** Tells the parent that time may leap, and waits for where it leaps to. */
async function rest(here: Here): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  here.answered = resolve;
  tell({ kind: 'rests' });
  await promise;
}

function setTime(here: Here, { now, rate }: { now: number; rate: number }): void {
  here.rate = rate;
  if (rate > 1) here.hastened?.();
  const leap = (): void => {
    here.clock.moveTo(now);
    here.answered?.();
    here.answered = null;
  };
  // Something may have begun while the answer was on its way: the parent's time is ahead until it is done.
  if (here.answered) void untilRest(here.calls).then(leap);
  else leap();
}

async function reportMemory({ real, stopping }: Here): Promise<void> {
  while (!stopping.signal.aborted) {
    tell({ kind: 'memory', residentMb: process.memoryUsage.rss() / 1024 / 1024 });
    await real.clock.sleep(MEMORY_EVERY_MS, stopping.signal);
  }
}

function stop(here: Here): void {
  if (here.stopping.signal.aborted) return;
  here.stopping.abort();
  const finish = async (): Promise<void> => {
    await Promise.race([here.app?.stop(), here.real.clock.sleep(STOP_LIMIT_MS)]);
    process.exit(0);
  };
  finish().catch(() => process.exit(1));
}
