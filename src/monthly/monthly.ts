/** Everything that is paid without a tap, or told of by itself, put together: for the bot, and what drives it. */
import type { Tiyin } from '../core/money.ts';
import type { MonthlyDeps } from './deps.ts';
import { type AutoName, type AutoPayment, autoPayment } from './announce.ts';
import {
  agreeToAuto,
  type AutoAgreed,
  type AutoNeeds,
  endAuto,
  needsOf,
  skipAuto,
} from './auto.ts';
import { payAutomatically } from './auto-pay.ts';
import { offerAll, type Offer, type PaidAll, payAll } from './pay-all.ts';
import {
  agreeToWait,
  dropWaiting,
  goOnWaiting,
  waitingBill,
  type WaitingBill,
  type WaitRequest,
} from './waiting.ts';
import {
  dueOf,
  type Due,
  lookAtWatched,
  settleWatch,
  snoozeWatch,
  tellWatched,
  unwatch,
  unwatchAll,
  type Watch,
  watchAccount,
  type WatchChoice,
  type Watched,
  watchedOf,
  watchOf,
} from './watches.ts';

/** What the bot asks for. Whatever is somebody else's is not found. */
export interface Monthly {
  /** The bill is paid by itself once a top-up is credited, if it still is what was shown. */
  wait(request: WaitRequest): Promise<{ kind: 'agreed' } | { kind: 'too_many' }>;
  waiting(id: string, userId: number): Promise<WaitingBill | null>;
  /**
   * Watches a saved account, or changes the day or the least sum of one that is watched. Null: there is no such
   * account.
   */
  watch(choice: WatchChoice): Promise<Watch | null>;
  watchOf(savedId: number, userId: number): Promise<Watch | null>;
  watched(userId: number): Promise<Watched[]>;
  /** What is owed as far as the last looks know, in the order in which it is to be paid. */
  due(userId: number): Promise<Due[]>;
  /** Marks this month as paid otherwise. */
  settle(savedId: number, userId: number): Promise<boolean>;
  /** Has the account looked at again in three days. */
  snooze(savedId: number, userId: number): Promise<boolean>;
  unwatch(savedId: number, userId: number): Promise<boolean>;
  /** A watched account pays itself from the balance, up to `capTiyin` a month with the fee. */
  agreeToAuto(request: { userId: number; savedId: number; capTiyin: Tiyin }): Promise<AutoAgreed>;
  /** Ends that it pays itself; it stays watched. */
  endAuto(savedId: number, userId: number): Promise<void>;
  autoPayment(name: AutoName): Promise<AutoPayment | null>;
  /** What this account, and all of its person's that are paid by then, will take from the balance. */
  autoNeeds(payment: AutoPayment): Promise<AutoNeeds>;
  /** Skips this month. False: it was too late. */
  skipAuto(name: AutoName): Promise<boolean>;
  /** Ends everything that this person has watched or that goes on by itself for them. */
  stopAll(userId: number): Promise<void>;
  /** All that is owed, to be confirmed with one tap; null where Paylov does not answer. */
  offerAll(userId: number): Promise<Offer | null>;
  payAll(request: { userId: number; digest: string }): Promise<PaidAll>;
}

export interface MonthlyWork {
  /** Looks at bills that wait for money. Overlapping calls are one. */
  goOn(): Promise<void>;
  /** Looks at watched accounts that are due, and tells in the morning what was found. */
  watchOver(): Promise<void>;
  /** Pays what was announced for today. */
  payAutomatically(): Promise<void>;
  /** Starts nothing new; resolves when what runs is over. */
  stop(): Promise<void>;
}

export function createMonthly(deps: MonthlyDeps): Monthly & MonthlyWork {
  const { db, clock } = deps;
  let stopped = false;
  const isStopped = (): boolean => stopped;
  const goOn = oneAtATime(() => goOnWaiting(deps, isStopped));
  const pay = oneAtATime(() => payAutomatically(deps, isStopped));
  const watchOver = oneAtATime(async () => {
    await lookAtWatched(deps, isStopped);
    await tellWatched(deps);
  });
  return {
    wait: (request) => agreeToWait(deps, request),
    waiting: (id, userId) => waitingBill(db.read, id, userId),
    watch: (choice) => watchAccount(deps, choice),
    watchOf: (savedId, userId) => watchOf(db.read, savedId, userId),
    watched: (userId) => watchedOf(deps, userId),
    due: (userId) => dueOf(deps, userId),
    settle: (savedId, userId) =>
      db.tx((tx) => settleWatch(tx, { savedId, userId, at: clock.now() })),
    snooze: (savedId, userId) =>
      db.tx((tx) => snoozeWatch(tx, { savedId, userId, at: clock.now() })),
    unwatch: (savedId, userId) => db.tx((tx) => unwatch(tx, { savedId, userId, at: clock.now() })),
    stopAll: async (userId) => {
      await db.tx(async (tx) => {
        const at = clock.now();
        await unwatchAll(tx, userId, at);
        await dropWaiting(tx, userId, at);
      });
    },
    agreeToAuto: (request) => agreeToAuto(deps, request),
    endAuto: (savedId, userId) => db.tx((tx) => endAuto(tx, { savedId, userId, at: clock.now() })),
    autoPayment: (name) => autoPayment(db.read, name),
    autoNeeds: (payment) => needsOf(deps, payment),
    skipAuto: (name) => db.tx((tx) => skipAuto(tx, name, clock.now())),
    offerAll: (userId) => offerAll(deps, userId),
    payAll: (request) => payAll(deps, request),
    goOn: async () => {
      if (!stopped) await goOn.run();
    },
    watchOver: async () => {
      if (!stopped) await watchOver.run();
    },
    payAutomatically: async () => {
      if (!stopped) await pay.run();
    },
    stop: async () => {
      stopped = true;
      await Promise.all([goOn.end(), watchOver.end(), pay.end()]);
    },
  };
}

/** Calls that overlap are one. */
function oneAtATime(work: () => Promise<void>) {
  let running: Promise<void> | null = null;
  return {
    run: async (): Promise<void> => {
      running ??= work().finally(() => {
        running = null;
      });
      await running;
    },
    end: async (): Promise<void> => {
      await running?.catch(() => undefined);
    },
  };
}
