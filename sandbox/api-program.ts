/** What the page and the sandbox say about the program; see api.ts for what holds for all of it. */

/** 1: as on the wall; 60: an hour in a minute; 4320: 72 hours in a minute. */
export type TimeRate = 1 | 60 | 4320;

/** `GET /api/program`. */
export interface ProgramView {
  /** `stopped` after it ended by itself, again and again; `POST start` tries once more. */
  state: 'running' | 'starting' | 'stopped';
  /** Null where the program shares the sandbox's process: it cannot be killed then. */
  pid: number | null;
  /** When it began to run, on the machine's clock; null while it does not. */
  startedAt: number | null;
  /** How often it was killed. */
  kills: number;
  /** How long the last start took until it was ready. */
  startMs: number | null;
  /** Resident memory, in MB; null while it does not run. */
  memoryMb: number | null;
  time: TimeView;
}

export interface TimeView {
  /** Now, on the sandbox's clock, when this was written; it goes on at `rate`. */
  now: number;
  /** One of TimeRate, or any other number while a late payment is on its way. */
  rate: number;
  /** Whether the rate can be changed. */
  canChange: boolean;
}

/** `POST /api/program/kill`: SIGKILL, and it starts again. Answers the ProgramView. 409 when it does not run. */
/** `POST /api/program/start`: when it is `stopped`. Answers the ProgramView. */

/** `POST /api/program/time`. Answers the TimeView. A minute after the last page has gone the rate is 1 again. */
export interface TimeRequest {
  rate: TimeRate;
}
