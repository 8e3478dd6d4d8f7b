/** The program and its time as the page shows and steers them. */
import type { Clock } from '../../src/core/deps.ts';
import type { ProgramView, TimeRate, TimeView } from '../api-program.ts';
import type { TimeKeeper } from '../time/time-keeper.ts';
import type { Supervisor } from './supervisor.ts';

export interface ProgramDesk {
  view(): ProgramView;
  time(): TimeView;
  /** SIGKILL, and it starts again. False when there is nothing to kill. */
  kill(): boolean;
  /** False unless it is stopped. */
  revive(): boolean;
  /** False where time can't run faster. */
  setRate(rate: TimeRate): boolean;
  /** Time runs so fast that `until` comes in seconds, where it can. */
  hurry(until: number): void;
  onChange(listener: () => void): () => void;
}

export function createDesk(program: Supervisor, time: TimeKeeper): ProgramDesk {
  const timeView = (): TimeView => ({ now: time.clock.now(), rate: time.rate(), canChange: true });
  return {
    view: () => ({ ...program.state(), time: timeView() }),
    time: timeView,
    kill: () => program.kill(),
    revive: () => program.revive(),
    setRate: (rate) => {
      time.setRate(rate);
      return true;
    },
    hurry: (until) => time.hurry(until),
    onChange: (listener) => {
      const forget = [program.onChange(listener), time.onRate(listener)];
      return () => forget.forEach((end) => end());
    },
  };
}

/** For a program in the same process, as in tests: it can be neither killed nor hurried. */
export function deskOfOneProcess(clock: Clock): ProgramDesk {
  const time = (): TimeView => ({ now: clock.now(), rate: 1, canChange: false });
  const state = { pid: null, startedAt: null, startMs: null, kills: 0, memoryMb: null };
  return {
    view: () => ({ state: 'running', ...state, time: time() }),
    time,
    kill: () => false,
    revive: () => false,
    setRate: () => false,
    hurry: () => undefined,
    onChange: () => () => undefined,
  };
}
