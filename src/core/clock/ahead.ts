/** A time that lies further ahead than the program ever plans was written while the clock was wrong. */

/** Clocks of several processes differ by seconds: what is less far ahead proves nothing. */
export const AHEAD_MS = 60_000;

/** Nothing that is tried again waits for longer, whatever it was asked to. */
export const LONGEST_WAIT_MS = 3_600_000;

/** When what waits is brought back. Each of these functions may run at any time, in any number of processes. */
export interface BringBack {
  /** Milliseconds since 1970. */
  now: number;
  /** Whether `now` can be trusted. Only then is that brought back which would do harm if `now` itself were wrong. */
  isSure: boolean;
}
