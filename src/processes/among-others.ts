/** A process among others: it beats, watches the others, and takes over what the dead leave behind. */
import type { Database, Tx } from '../db/database.ts';
import type { Clock } from '../core/deps.ts';
import { orAfter } from '../core/due-loop.ts';
import type { Log } from '../core/log.ts';
import { HeldWork } from './held-work.ts';
import type { ExclusiveRole, Takeover, Holding, Processes } from './processes.ts';
import {
  allProcesses,
  takeOver,
  freeRole,
  heldRoles,
  type HeldRole,
  holdsRole,
  removeProcess,
  type Seen,
  takeRole,
  writeBeat,
} from './store.ts';

/** How often each shows that it lives, and looks at the others. */
const BEAT_MS = 1000;

/**
 * A process that stood still for so long is dead to the others. Each measures it by its own clock, from when it saw the
 * last change: so clocks that differ end nobody.
 */
const DEAD_AFTER_MS = 5000;

/**
 * A process that could not show for so long that it lives lets go of its exclusive roles, before anybody takes them
 * over.
 */
const SILENT_MS = 4000;

/** How long it takes until the others know of a new process, which holds back that long. */
const KNOWN_AFTER_MS = 2 * BEAT_MS;

const JOB = 'job:';

interface AmongOthersOptions {
  id: string;
  db: Database;
  clock: Clock;
  log: Log;
}

export function amongOthers(options: AmongOthersOptions): Processes {
  const member = new Member(options);
  return {
    id: options.id,
    holder: options.id,
    count: () => member.count(),
    partOf: (total) => member.partOf(total),
    start: (takeover) => member.start(takeover),
    leave: () => member.leave(),
    stop: () => member.stop(),
    hold: (role, work) => member.hold(role, work),
    isMine: (tx, role) => holdsRole(tx, { name: role, id: options.id }),
    once: (job, work) => member.once(job, work),
  };
}

class Member {
  readonly #options: AmongOthersOptions;
  readonly #stopping = new AbortController();
  /** The last beat of every other process, and when this process first saw that beat. */
  readonly #others = new Map<string, { beat: number; at: number }>();
  readonly #held = new Map<ExclusiveRole, HeldWork>();
  #beat = 0;
  /** Ends the pause before the next round. */
  #resting: AbortController | null = null;
  #isHurried = false;
  #joinedAt = 0;
  /** The last time at which the others surely knew that this process lives. */
  #shownAt = 0;
  #isLeaving = false;
  #takeover: Takeover | null = null;
  #loop: Promise<void> | null = null;

  constructor(options: AmongOthersOptions) {
    this.#options = options;
  }

  count(): number {
    return this.#others.size + 1;
  }

  partOf(total: number): number {
    const isNew = this.#options.clock.elapsed() < this.#joinedAt + KNOWN_AFTER_MS;
    if (isNew && this.#others.size > 0) return 1;
    return Math.max(1, Math.floor(total / this.count()));
  }

  async start(takeover: Takeover): Promise<void> {
    this.#takeover = takeover;
    this.#joinedAt = this.#options.clock.elapsed();
    await this.#show();
    this.#watch(await allProcesses(this.#options.db.read));
    this.#loop = this.#beatOn();
  }

  leave(): void {
    this.#isLeaving = true;
  }

  async stop(): Promise<void> {
    this.leave();
    this.#stopping.abort();
    this.#hurry();
    await this.#loop;
    for (const work of this.#held.values()) await work.stop();
    const { db, id } = this.#options;
    await db.tx((tx) => removeProcess(tx, id));
  }

  hold(role: ExclusiveRole, work: (signal: AbortSignal) => Promise<void>): Holding {
    const { db, id, log } = this.#options;
    const held = new HeldWork(work, {
      log,
      free: () => db.tx((tx) => freeRole(tx, { name: role, id })),
    });
    this.#held.set(role, held);
    this.#hurry();
    return { stop: () => held.stop() };
  }

  async once(
    { name: job, slot }: { name: string; slot: number },
    work: () => Promise<void>,
  ): Promise<void> {
    const { db, id } = this.#options;
    if (this.#isLeaving) return;
    const name = JOB + job;
    const living = await this.#living();
    if (await db.tx((tx) => takeRole(tx, { name, id, living, slot }))) {
      await this.#finish({ name, slot }, work);
    }
  }

  /**
   * A job that ended is done, also when it failed. One that was cut off by the end of this process is left to another.
   */
  async #finish({ name, slot }: { name: string; slot: number }, work: () => Promise<void>) {
    const { db, id } = this.#options;
    try {
      await work();
    } finally {
      if (!this.#isLeaving) await db.tx((tx) => freeRole(tx, { name, id, slot }));
    }
  }

  async #living(): Promise<string[]> {
    const { db, id } = this.#options;
    const others = await allProcesses(db.read);
    return [id, ...others.map((each) => each.id)];
  }

  async #beatOn(): Promise<void> {
    const { clock, log } = this.#options;
    const { signal } = this.#stopping;
    for (;;) {
      await this.#rest();
      if (signal.aborted) return;
      try {
        await this.#round();
      } catch (error) {
        log.error({ event: 'beat_failed', err: error }, 'cannot show that this process lives');
        if (clock.elapsed() - this.#shownAt >= SILENT_MS) this.#letGo();
      }
    }
  }

  async #rest(): Promise<void> {
    this.#resting = new AbortController();
    const { signal } = this.#resting;
    if (!this.#isHurried) await this.#options.clock.sleep(BEAT_MS, signal).catch(() => undefined);
    this.#resting = null;
    this.#isHurried = false;
  }

  /** Looks at once, so that a role which nobody has need not wait for the next beat. */
  #hurry(): void {
    this.#isHurried = true;
    this.#resting?.abort();
  }

  async #round(): Promise<void> {
    const { clock, db } = this.#options;
    const shown = this.#show().then(() => true);
    const leftMs = Math.max(0, this.#shownAt + SILENT_MS - clock.elapsed());
    if (!(await orAfter(clock, leftMs, shown))) this.#letGo();
    await shown;
    for (const dead of this.#watch(await allProcesses(db.read))) await this.#takeOver(dead);
    await this.#lookAtRoles();
  }

  /** Dated from before the write, since the others may see the beat from then on. */
  async #show(): Promise<void> {
    const { db, id, clock } = this.#options;
    const at = clock.elapsed();
    this.#beat += 1;
    const beat = this.#beat;
    await db.tx((tx) => writeBeat(tx, { id, beat }));
    this.#shownAt = at;
  }

  /** Returns those that stood still for too long. */
  #watch(all: readonly Seen[]): Seen[] {
    const now = this.#options.clock.elapsed();
    const others = all.filter(({ id }) => id !== this.#options.id);
    const there = new Set(others.map(({ id }) => id));
    for (const id of this.#others.keys()) if (!there.has(id)) this.#others.delete(id);
    return others.filter(({ id, beat }) => {
      const known = this.#others.get(id);
      if (known?.beat === beat) return now - known.at >= DEAD_AFTER_MS;
      this.#others.set(id, { beat, at: now });
      return false;
    });
  }

  /** Money first: who repeats an update of the dead one finds its orders and bills ended. Each step may run again. */
  async #takeOver(dead: Seen): Promise<void> {
    const { db, log } = this.#options;
    const takeover = this.#takeover;
    if (!takeover) return;
    await db.tx((tx) => takeover.freeMoney(tx, dead.id));
    await takeover.onOthersEnd();
    const isTakenOver = await db.tx(async (tx) => {
      if (!(await takeOver(tx, dead))) return false;
      await takeover.freeRest(tx, dead.id);
      return true;
    });
    if (!isTakenOver) return;
    this.#others.delete(dead.id);
    log.warn({ event: 'process_died', died: dead.id }, 'another process died; its work is free');
    takeover.onFreed();
  }

  async #lookAtRoles(): Promise<void> {
    const { db, id } = this.#options;
    const held = await heldRoles(db.read);
    const living = [id, ...this.#others.keys()];
    for (const role of held) {
      if (role.name.startsWith(JOB) && !living.includes(role.holder)) await this.#inherit(role);
    }
    for (const [role, work] of this.#held) {
      const isMine = held.some(({ name, holder }) => name === role && holder === id);
      if (isMine || (await this.#take(role, work, living))) work.run();
      else work.lose();
    }
  }

  async #take(name: ExclusiveRole, work: HeldWork, living: string[]): Promise<boolean> {
    if (this.#isLeaving || !work.isWanted) return false;
    const { db, id, log } = this.#options;
    const taken = await db.tx((tx: Tx) => takeRole(tx, { name, id, living }));
    if (taken) log.info({ event: 'duty_taken', role: name }, 'this process does it from now on');
    return taken;
  }

  async #inherit({ name, holder, slot }: HeldRole): Promise<void> {
    if (this.#isLeaving) return;
    const { db, id, log } = this.#options;
    const living = [id, ...this.#others.keys()].filter((each) => each !== holder);
    if (!(await db.tx((tx) => takeRole(tx, { name, id, living })))) return;
    const job = name.slice(JOB.length);
    log.warn({ event: 'job_inherited', job }, 'a job was cut off with its process; again');
    void this.#finish({ name, slot }, async () => this.#takeover?.onTakenOver(job)).catch(
      (error: unknown) => log.error({ event: 'job_failed', job, err: error }, 'a job failed'),
    );
  }

  #letGo(): void {
    for (const work of this.#held.values()) work.lose();
  }
}
