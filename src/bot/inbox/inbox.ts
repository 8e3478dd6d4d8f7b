/**
 * The durable inbox. Telegram's updates are stored before Telegram is told that we have them, and handled from the
 * database: in order within a chat, chats side by side. A hard kill loses none; an update that was handled and not
 * yet marked runs again, and handlers must bear that.
 */
import type { Update } from 'grammy/types';
import type { Database } from '../../db/database.ts';
import type { Clock } from '../../core/deps.ts';
import { DueLoop, orAfter } from '../../core/due-loop.ts';
import type { Log } from '../../core/log.ts';
import { errorForLog, retryAfterMs } from '../../core/telegram-errors.ts';
import {
  type Claimed,
  claimUpdates,
  countWaiting,
  extendLease,
  type InboxRow,
  markDone,
  nextUpdateAt,
  oldestWaitingAt,
  postpone,
  removeDone,
  storeUpdates,
} from './store.ts';
import type { WaitingRoom } from './waiting-room.ts';

export interface InboxOptions {
  db: Database;
  clock: Clock;
  log: Log;
  handle(update: Update): Promise<void>;
  /** Tells the user that their update came to nothing. Its failure is only logged. */
  apologise?(update: Update): Promise<void>;
  /** Beyond this a chat's newest updates are dropped. */
  maxWaitingPerKey?: number;
  /** This process's name on what it takes, where there are several. */
  holder?: string | null;
  /** Most updates at once, without those whose handlers are in the waiting room. */
  parallel?: number;
  /** Chats that have some places to themselves. */
  staffKeys?: readonly number[];
  waitingRoom?: Pick<WaitingRoom, 'waiting' | 'onEnter'>;
}

export interface Inbox {
  /** Resolves once all are safe on the disk. Ones stored before change nothing. */
  accept(updates: readonly Update[]): Promise<void>;
  /** Begins to handle, with what an earlier process left. */
  start(): void;
  /** Something may be free now that another process had. */
  notify(): void;
  /** Takes nothing new, waits for running handlers. What is left stays for the next process. */
  stop(options: { deadlineMs: number }): Promise<void>;
  /** Until nothing is due and nothing runs; updates that wait for another try do not count. For tests. */
  idle(): Promise<void>;
  /** Updates stored and not handled. */
  size(): Promise<number>;
  /** Age of the oldest of them, 0 when there is none. */
  oldestWaitingMs(): Promise<number>;
  /** Forgets updates handled more than 48 hours before `now`: Telegram repeats none older than 24. */
  prune(now: number): Promise<number>;
}

/** After which attempt to wait how long for the next. */
const BACK_OFF_MS = [1000, 5000];
const MAX_ATTEMPTS = BACK_OFF_MS.length + 1;

/** So long after its arrival an update's "too many requests" does not count as an attempt. */
const RATE_LIMIT_PATIENCE_MS = 10 * 60 * 1000;

/** How many places there are for the staff alone, beyond everybody's: whatever fills the others, an owner can act. */
const STAFF_PLACES = 4;

/**
 * How large a part of everybody's places chats with a long line may have at once: somebody who sends more than people
 * can shares the processor with these few, not with all.
 */
const LONG_LINES_SHARE = 1 / 4;

const HANDLER_LIMIT_MS = 60_000;

/** Short, because after a crash a chat waits for it; renewed while a handler runs. */
export const LEASE_MS = 15_000;
const RENEW_MS = 5000;

const KEEP_DONE_MS = 48 * 60 * 60 * 1000;

export function createInbox(options: InboxOptions): Inbox {
  const { db, clock, log, maxWaitingPerKey = 50, parallel = 32, waitingRoom } = options;
  const { staffKeys = [] } = options;
  const reserved = staffKeys.length > 0 ? STAFF_PLACES : 0;
  const longLines = new Set<number>();
  const longPlaces = Math.max(1, Math.floor(parallel * LONG_LINES_SHARE));
  const loop = new DueLoop<InboxRow>(
    {
      name: 'inbox',
      parallel: () => parallel + reserved + (waitingRoom?.waiting() ?? 0),
      async claim({ now, limit }) {
        const longLimit = longPlaces - longLines.size;
        const { rows, long } = await claim(options, { now, free: limit, reserved, longLimit });
        for (const updateId of long) longLines.add(updateId);
        return rows;
      },
      run: (row) => runRow(options, row).finally(() => longLines.delete(row.updateId)),
      nextAt: (now) => nextUpdateAt(db.read, now),
    },
    { clock, log, shared: db.shared },
  );
  waitingRoom?.onEnter(() => loop.notify());

  return {
    async accept(updates) {
      if (updates.length === 0) return;
      const { dropped } = await db.tx((tx) =>
        storeUpdates(tx, { updates, at: clock.now(), maxWaitingPerKey }),
      );
      for (const [orderingKey, count] of dropped) {
        log.warn({ orderingKey, dropped: count }, 'inbox: the chat sends faster than it is served');
      }
      loop.notify();
    },
    start: () => loop.start(),
    notify: () => loop.notify(),
    stop: (stopOptions) => loop.stop(stopOptions),
    idle: () => loop.settled(),
    size: () => countWaiting(db.read),
    async oldestWaitingMs() {
      const at = await oldestWaitingAt(db.read);
      return at === null ? 0 : Math.max(0, clock.now() - at);
    },
    async prune(now) {
      return await removeDone(db, now - KEEP_DONE_MS);
    },
  };
}

interface Room {
  now: number;
  free: number;
  /** So many of the free places are kept for the staff. */
  reserved: number;
  longLimit: number;
}

async function claim(
  { db, holder = null, staffKeys = [] }: InboxOptions,
  { now, free, reserved, longLimit }: Room,
): Promise<Claimed> {
  const lease = { now, leaseUntil: now + LEASE_MS, holder };
  const limit = free - reserved;
  if (limit > 0) return await db.tx((tx) => claimUpdates(tx, { ...lease, limit, longLimit }));
  // A long line of the staff's is no attack, so it is not held back.
  const staffs = { orderingKeys: staffKeys, limit: free, longLimit: free };
  return await db.tx((tx) => claimUpdates(tx, { ...lease, ...staffs }));
}

type Handled =
  | { kind: 'handled' }
  | { kind: 'too_long' }
  /** Another process has it by now. */
  | { kind: 'lost' }
  | { kind: 'failed'; error: unknown };

async function runRow(options: InboxOptions, claimed: InboxRow): Promise<void> {
  // A copy, because its lease is renewed in place.
  const row = { ...claimed };
  if (row.attempts > MAX_ATTEMPTS) {
    await giveUp(options, row, new Error('The process ended during each attempt.'));
    return;
  }
  const handled = await handleInTime(options, row);
  if (handled.kind === 'lost') return;
  if (handled.kind === 'failed') await afterFailure(options, row, handled.error);
  else await done(options, row);
}

/** Marks the update as done. False: another process has it by now, and does the rest. */
async function done({ db, clock, log }: InboxOptions, row: InboxRow): Promise<boolean> {
  const isDone = await db.tx((tx) => markDone(tx, row, { at: clock.now() }));
  if (!isDone) warnOfLoss(log, row);
  return isDone;
}

function warnOfLoss(log: Log, { updateId, orderingKey }: InboxRow): void {
  log.warn({ updateId, orderingKey }, 'inbox: an update was taken over while it was handled');
}

/** The chat must go on, whatever a handler waits for; a handler that is too late is not run again. */
async function handleInTime(options: InboxOptions, row: InboxRow): Promise<Handled> {
  const { clock, log } = options;
  const work = attempt(() => options.handle(row.update));
  const endsAt = clock.elapsed() + HANDLER_LIMIT_MS;
  for (;;) {
    const handled = await orAfter(clock, RENEW_MS, work);
    if (handled) return handled;
    if (clock.elapsed() >= endsAt) break;
    if (!(await renew(options, row))) return { kind: 'lost' };
  }
  log.error(
    { updateId: row.updateId, orderingKey: row.orderingKey, limitMs: HANDLER_LIMIT_MS },
    'inbox: a handler did not end in time; its chat goes on without it',
  );
  return { kind: 'too_long' };
}

async function renew({ clock, db, log }: InboxOptions, row: InboxRow): Promise<boolean> {
  const leaseUntil = clock.now() + LEASE_MS;
  const isHeld = await db.tx((tx) => extendLease(tx, row, { leaseUntil }));
  if (isHeld) row.leaseUntil = leaseUntil;
  else warnOfLoss(log, row);
  return isHeld;
}

async function attempt(work: () => Promise<void>): Promise<Handled> {
  try {
    await work();
    return { kind: 'handled' };
  } catch (error) {
    return { kind: 'failed', error };
  }
}

async function afterFailure(options: InboxOptions, row: InboxRow, error: unknown): Promise<void> {
  const { clock, db, log } = options;
  const { updateId, orderingKey } = row;
  const now = clock.now();
  const askedMs = retryAfterMs(error);
  const isFree = askedMs !== null && now - row.receivedAt < RATE_LIMIT_PATIENCE_MS;
  const backOffMs = isFree ? askedMs : BACK_OFF_MS[row.attempts - 1];
  if (backOffMs === undefined) {
    await giveUp(options, row, error);
    return;
  }
  const waitMs = Math.max(backOffMs, askedMs ?? 0);
  log.warn(
    { updateId, orderingKey, waitMs, err: errorForLog(error) },
    'inbox: an update is tried again',
  );
  const attempts = isFree ? row.attempts - 1 : row.attempts;
  await db.tx((tx) => postpone(tx, row, { dueAt: now + waitMs, attempts }));
}

/** It is marked as done first: an apology that kills the process must not be repeated for ever. */
async function giveUp(options: InboxOptions, row: InboxRow, error: unknown): Promise<void> {
  const { updateId, orderingKey } = row;
  options.log.error(
    { updateId, orderingKey, err: errorForLog(error) },
    'inbox: an update was given up',
  );
  if (!(await done(options, row))) return;
  const apology = attempt(async () => options.apologise?.(row.update));
  const told = await orAfter(options.clock, HANDLER_LIMIT_MS, apology);
  if (told?.kind !== 'failed') return;
  options.log.warn(
    { updateId, orderingKey, err: errorForLog(told.error) },
    'inbox: no apology arrived',
  );
}
