/** Runs the program as a child process, ends it, kills it, and starts it again. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Config } from '../../src/settings/types.ts';
import type { Clock } from '../../src/core/deps.ts';
import type { Log } from '../../src/core/log.ts';
import type { TimeKeeper } from '../time/time-keeper.ts';
import {
  CHILD_ARGUMENT,
  type FromProgram,
  readFromProgram,
  type TimeNow,
  type ToProgram,
} from './messages.ts';

const START = fileURLToPath(new URL('../../src/start.mjs', import.meta.url));

const START_LIMIT_MS = 30_000;
const STOP_LIMIT_MS = 8500;
/** A program that ends by itself so often before it has worked for `STEADY_MS` is left alone. */
const MOST_FAILURES = 3;
const STEADY_MS = 10_000;
const PAUSE_AFTER_FAILURE_MS = 500;

interface ProgramState {
  state: 'running' | 'starting' | 'stopped';
  pid: number | null;
  /** On the machine's clock. */
  startedAt: number | null;
  startMs: number | null;
  kills: number;
  memoryMb: number | null;
}

export interface Supervisor {
  state(): ProgramState;
  /** Resolves once the program works; rejects with the reason when it can't start. */
  start(): Promise<void>;
  /** SIGKILL; it starts again at once. False when it does not run. */
  kill(): boolean;
  /** Starts it again after it was left alone. False when it runs or starts. */
  revive(): boolean;
  /** Ends it as a signal would: within about 9 s. It is not started again. */
  stop(): Promise<void>;
  /** `http://127.0.0.1:port`; null while it does not work. */
  address(): string | null;
  /** Where payment systems reach it from now on. */
  setPublicUrl(url: string | null): void;
  onChange(listener: () => void): () => void;
}

interface Options {
  /** What the program is started with. */
  config(): Config;
  /** The machine's. */
  clock: Clock;
  time: TimeKeeper;
  log: Log;
  /** Resolves when nothing that was sent to the program waits for its answer. */
  worldRests(): Promise<void>;
}

interface Here extends Options {
  listeners: Set<() => void>;
  child: ChildProcess | null;
  address: string | null;
  publicUrl: string | null;
  now: ProgramState;
  beganAt: number;
  failures: number;
  stopping: boolean;
  /** What `start` waits for. */
  first: { resolve: () => void; reject: (error: Error) => void } | null;
}

export function createSupervisor(options: Options): Supervisor {
  const here: Here = {
    ...options,
    listeners: new Set(),
    child: null,
    address: null,
    publicUrl: null,
    now: {
      state: 'stopped',
      pid: null,
      startedAt: null,
      startMs: null,
      kills: 0,
      memoryMb: null,
    },
    beganAt: 0,
    failures: 0,
    stopping: false,
    first: null,
  };
  options.time.onRate(() => say(here, { kind: 'time', ...timeOf(here) }));
  return {
    state: () => here.now,
    start: async () => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      here.first = { resolve, reject };
      launch(here);
      await promise;
    },
    kill: () => kill(here),
    revive: () => {
      if (here.now.state !== 'stopped' || here.stopping) return false;
      here.failures = 0;
      launch(here);
      return true;
    },
    stop: () => stop(here),
    address: () => here.address,
    setPublicUrl: (url) => {
      if (url === here.publicUrl) return;
      here.publicUrl = url;
      say(here, { kind: 'public_url', publicUrl: url });
    },
    onChange: (listener) => {
      here.listeners.add(listener);
      return () => {
        here.listeners.delete(listener);
      };
    },
  };
}

function become(here: Here, change: Partial<ProgramState>): void {
  here.now = { ...here.now, ...change };
  for (const listener of here.listeners) listener();
}

function timeOf({ time }: Here): TimeNow {
  return { now: time.clock.now(), rate: time.rate() };
}

function say({ child }: Here, message: ToProgram): void {
  // A child that dies before this arrives does not matter: the next one is told at its start.
  if (child?.connected) child.send(message, () => undefined);
}

function launch(here: Here): void {
  // With this process's own flags for Node, and its standard output and error.
  const child = fork(START, [CHILD_ARGUMENT], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: environmentOfChild(process.env),
  });
  here.child = child;
  here.beganAt = here.clock.now();
  become(here, { state: 'starting', pid: child.pid ?? null, startedAt: null, memoryMb: null });
  const limit = new AbortController();
  child.on('message', (message) => {
    const heard = readFromProgram(message);
    if (here.child !== child || heard === null) return;
    if (heard.kind === 'ready') limit.abort();
    hear(here, heard);
  });
  child.on('error', (error) => {
    here.log.error({ event: 'program_error', err: error }, 'the program could not be started');
  });
  child.once('exit', (code, signal) => {
    limit.abort();
    if (here.child === child) ended(here, { code, signal });
  });
  here.clock.sleep(START_LIMIT_MS, limit.signal).then(
    () => child.kill('SIGKILL'),
    () => undefined,
  );
}

/** What Node and terminals go by. Settings come over the channel: keys of real payment systems stay here. */
function environmentOfChild(own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const isNodes =
    /^(?:NODE_\w+|PATH|HOME|TMPDIR|TZ|LANG|LC_\w+|TERM|COLORTERM|NO_COLOR|FORCE_COLOR)$/;
  return Object.fromEntries(Object.entries(own).filter(([name]) => isNodes.test(name)));
}

function hear(here: Here, message: FromProgram): void {
  switch (message.kind) {
    case 'here': {
      const { publicUrl } = here;
      say(here, { kind: 'start', config: here.config(), publicUrl, ...timeOf(here) });
      break;
    }
    case 'ready': {
      const startedAt = here.clock.now();
      here.address = `http://127.0.0.1:${message.port}`;
      become(here, { state: 'running', startedAt, startMs: startedAt - here.beganAt });
      here.first?.resolve();
      here.first = null;
      break;
    }
    case 'failed':
      here.first?.reject(new Error(message.message));
      here.first = null;
      here.log.error(
        { event: 'program_failed', reason: message.message },
        'the program did not start',
      );
      break;
    case 'rests':
      void leap(here, here.child);
      break;
    case 'memory':
      become(here, { memoryMb: Math.round(message.residentMb) });
      break;
  }
}

/** Moves the world's clock first, then the program's: killed in between, the program was never ahead of the world. */
async function leap(here: Here, child: ChildProcess | null): Promise<void> {
  await here.worldRests();
  here.time.leap();
  if (here.child === child) say(here, { kind: 'time', ...timeOf(here) });
}

function kill(here: Here): boolean {
  const { child, now } = here;
  if (!child || child.killed || here.stopping) return false;
  if (!child.kill('SIGKILL')) return false;
  // It was stopped on purpose: that counts as no failure.
  here.failures = -1;
  become(here, { kills: now.kills + 1 });
  return true;
}

function ended(here: Here, how: { code: number | null; signal: NodeJS.Signals | null }): void {
  const { clock, now, log } = here;
  const steady = now.startedAt !== null && clock.now() - now.startedAt >= STEADY_MS;
  here.child = null;
  here.address = null;
  here.failures = steady && here.failures >= 0 ? 1 : here.failures + 1;
  const gone = { pid: null, startedAt: null, memoryMb: null };
  if (here.stopping) {
    become(here, { ...gone, state: 'stopped' });
    return;
  }
  log.warn({ event: 'program_ended', ...how }, 'the program ended');
  if (here.first) {
    here.first.reject(new Error('the program ended before it worked; its own log says why'));
    here.first = null;
  }
  if (here.failures === 0) {
    become(here, gone);
    launch(here);
    return;
  }
  become(here, { ...gone, state: here.failures < MOST_FAILURES ? 'starting' : 'stopped' });
  if (here.failures < MOST_FAILURES) void launchLater(here);
}

async function launchLater(here: Here): Promise<void> {
  await here.clock.sleep(PAUSE_AFTER_FAILURE_MS * here.failures);
  if (here.now.state === 'starting' && here.child === null && !here.stopping) launch(here);
}

async function stop(here: Here): Promise<void> {
  here.stopping = true;
  const { child } = here;
  if (!child) return;
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  say(here, { kind: 'stop' });
  const limit = new AbortController();
  here.clock.sleep(STOP_LIMIT_MS, limit.signal).then(
    () => child.kill('SIGKILL'),
    () => undefined,
  );
  await gone;
  limit.abort();
}
