/** Looks at the machine's clock, tells owners when it jumps, and has brought back what then waits for the wrong time. */
import type { Log } from '../log.ts';
import type { Look, SteadyClock } from './steady.ts';

/** A clock that is away for less was never believed, and nobody need hear of it. */
export const LOOK_EVERY_MS = 10_000;

/** Machines that start, or were moved, are off by seconds. */
const TOLD_FROM_MS = 30_000;

interface ClockWatchOptions {
  clock: SteadyClock;
  log: Log;
  /** What the clock says, and what it would be by the program's count. Milliseconds since 1970. */
  tell(jump: { wallAt: number; countedAt: number }): Promise<void>;
  /** `isSure`: the time has been even for long enough for what would do harm at a wrong one. */
  bringBack(options: { isSure: boolean }): Promise<void>;
}

interface ClockWatch {
  /** Resolves when what an earlier run left in the future is brought back. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export function createClockWatch(options: ClockWatchOptions): ClockWatch {
  const { clock } = options;
  const stopping = new AbortController();
  let watching: Promise<void> = Promise.resolve();

  async function watch(): Promise<void> {
    for (let wasSure = clock.isSure(); ;) {
      await clock.sleep(LOOK_EVERY_MS, stopping.signal).catch(() => undefined);
      if (stopping.signal.aborted) return;
      const isSure = clock.isSure();
      await safely(options, () => act(options, clock.look(), { becameSure: isSure && !wasSure }));
      wasSure = clock.isSure();
    }
  }

  return {
    async start() {
      await options.bringBack({ isSure: false });
      watching = watch();
    },
    async stop() {
      stopping.abort();
      await watching;
    },
  };
}

async function act(
  options: ClockWatchOptions,
  look: Look,
  { becameSure }: { becameSure: boolean },
): Promise<void> {
  const { clock, log } = options;
  note(log, look);
  const wentBack = look.kind === 'followed' && look.byMs < 0;
  if (wentBack || becameSure) await options.bringBack({ isSure: clock.isSure() });
  if (look.kind !== 'jumped' && look.kind !== 'followed') return;
  // A jump that is followed while the time is not sure yet was not told of before.
  const isNews = look.kind === 'jumped' || !clock.isSure();
  if (!isNews || Math.abs(look.byMs) < TOLD_FROM_MS) return;
  const now = clock.now();
  const isFollowed = look.kind === 'followed';
  await options.tell({
    wallAt: isFollowed ? now : now + look.byMs,
    countedAt: isFollowed ? now - look.byMs : now,
  });
}

function note(log: Log, look: Look): void {
  if (look.kind === 'even') return;
  const { kind, ...facts } = look;
  log.warn({ event: `clock_${kind}`, ...facts }, 'the clock of this machine was set');
}

/** The next look comes all the same. */
async function safely({ log }: ClockWatchOptions, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log.error({ event: 'clock_watch_failed', err: error }, 'what waits was not brought back');
  }
}
