/**
 * The same program as several processes on one database, without a leader. Each shows that it lives; what a dead one
 * had taken is free for the others at once. Where a database belongs to one process all of this is nothing.
 */
import type { Tx } from '../db/database.ts';
import { type Random, randomCode } from '../core/deps.ts';

/** Work that one process does at a time, for as long as it lives. */
export type ExclusiveRole = 'updates' | 'broadcasts';

export interface Holding {
  /** Aborts the work and lets go. Resolves when the work is over. */
  stop(): Promise<void>;
}

/** What has to be done when another process died. */
export interface Takeover {
  /** Frees its leases on orders and bills, and what it was doing for them can be ended. */
  freeMoney: (tx: Tx, holder: string) => Promise<void>;
  /** Leases on its orders and bills are free: ends what it left half done. */
  onOthersEnd: () => Promise<void>;
  /** Frees the updates and messages it had, in the transaction that removes it. */
  freeRest: (tx: Tx, holder: string) => Promise<void>;
  /** All is free: there is work to look for. */
  onFreed: () => void;
  /** A job whose process died in the middle is this one's now: does it again. */
  onTakenOver: (job: string) => Promise<void>;
}

export interface Processes {
  /** This process's name, for people. */
  readonly id: string;
  /** What its leases are marked with; null where there are no others. */
  readonly holder: string | null;
  /** How many there are, this one included. */
  count(): number;
  /** This process's part of what all together may do, at least 1. */
  partOf(total: number): number;
  /** Shows that this process lives. Resolves when the others can see it. */
  start(takeover: Takeover): Promise<void>;
  /** Takes nothing new; a job that is cut off from now on is left to the others. */
  leave(): void;
  /** Says that this process is gone: call it last, before the database closes. */
  stop(): Promise<void>;
  /**
   * Does `work` while the role is this process's, and again when it comes back; `signal` aborts when it is lost. Work
   * that throws is begun again.
   */
  hold(role: ExclusiveRole, work: (signal: AbortSignal) => Promise<void>): Holding;
  /** In a transaction: has nobody taken the role over? */
  isMine(tx: Tx, role: ExclusiveRole): Promise<boolean>;
  /** Does `work` in one process for each `slot` (milliseconds since 1970) of a job. */
  once(job: { name: string; slot: number }, work: () => Promise<void>): Promise<void>;
}

/** For a database that this process has to itself. */
export function alone(id = 'tolov'): Processes {
  return {
    id,
    holder: null,
    count: () => 1,
    partOf: (total) => total,
    start: async () => undefined,
    leave: () => undefined,
    stop: async () => undefined,
    hold(_role, work) {
      const stopping = new AbortController();
      const ended = work(stopping.signal);
      return {
        async stop() {
          stopping.abort();
          await ended;
        },
      };
    },
    isMine: async () => true,
    once: async (_job, work) => await work(),
  };
}

/** The machine's name and a few letters: a process that starts again is another one. */
export function processId(random: Random, { host }: { host: string }): string {
  const code = randomCode(random, { length: 6, alphabet: 'abcdefghijkmnpqrstuvwxyz23456789' });
  return `${nameOf(host)}-${code}`;
}

export function nameOf(host: string): string {
  return `tolov-${host
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]/g, '-')
    .slice(0, 40)}`;
}
