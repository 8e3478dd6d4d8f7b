/**
 * One life of the program: from its start to a kill or a stop. Whatever the program waits for goes through here, so a
 * kill can fall between any two of its steps; afterwards nothing it began goes on, and what was not committed is lost.
 */
import { createApp } from '../src/app/app.ts';
import type { App, AppOptions } from '../src/app/options.ts';
import type { Config } from '../src/settings/types.ts';
import type { Database } from '../src/db/database.ts';
import type { Clock } from '../src/core/deps.ts';
import type { ScheduledJob } from '../src/core/job.ts';
import { createLog } from '../src/core/log.ts';
import { SecretScrubber } from '../src/core/secrets.ts';
import { registerSecrets } from '../src/settings/register-secrets.ts';
import type { Chance } from './chance.ts';
import { lineTo, type Troubles } from './line.ts';
import { addressOf, never, type Network, type Sender } from './network.ts';
import type { Store } from './store.ts';
import type { SimulatedTime } from './time.ts';

interface LifeOptions {
  config: Config;
  time: SimulatedTime;
  network: Network;
  store: Store;
  /** Its number among the program's lives. */
  number: number;
  chance: Chance;
  /** What goes wrong on the way to a database across a network. */
  troubles: Troubles;
  tell: (who: string, what: string) => void;
  /** How wrong the machine's clock is now. */
  clockErrorMs: () => number;
  /** Changes when and whether jobs run. */
  jobsOf: (jobs: readonly ScheduledJob[]) => ScheduledJob[];
  onCommit: () => void;
  onLog: (line: string) => void;
  onOthersEnd: (why: string) => void;
}

export class Life implements Sender {
  readonly name = 'program';
  isDead = false;
  isRunning = false;
  diedAt: number | null = null;
  /** Dies at the so-manieth point from now; null: lives on. */
  pointsLeft: number | null = null;
  readonly #options: LifeOptions;
  readonly clock: Clock;
  #app: App | null = null;
  #database: Database | null = null;
  #why: string | null = null;

  constructor(options: LifeOptions) {
    this.#options = options;
    const { time, clockErrorMs } = options;
    this.clock = {
      now: () => time.now + clockErrorMs(),
      elapsed: () => time.now,
      sleep: (ms, signal) =>
        this.isDead ? never() : time.sleep(ms, { owner: this, isExact: false, signal }),
    };
  }

  /** Never resolves when it dies before it has begun. */
  async begin(): Promise<void> {
    this.#app = await createApp(this.#appOptions());
    if (this.isDead) return;
    await this.#app.start();
    this.isRunning = !this.isDead;
  }

  /** As by a signal: takes no more work and ends what it has. */
  async stop(): Promise<void> {
    this.isRunning = false;
    await this.#app?.stop();
    this.#end('stopped');
  }

  kill(why: string): void {
    if (this.isDead) return;
    this.#end(why);
    this.#options.onOthersEnd(why);
  }

  get why(): string {
    return this.#why ?? 'alive';
  }

  reach(point: string): void {
    if (this.isDead || this.pointsLeft === null) return;
    this.pointsLeft -= 1;
    if (this.pointsLeft <= 0) this.kill(point);
  }

  /** Lets go of the books, as the end of a process does. */
  async takeOver(): Promise<void> {
    if (this.#database) await this.#options.store.release(this.#database);
    this.#app = null;
    this.#database = null;
  }

  #end(why: string): void {
    this.isDead = true;
    this.diedAt = this.#options.time.now;
    this.isRunning = false;
    this.#why = why;
    this.#options.network.close('program');
    this.#options.time.forget(this);
    this.#options.store.cutOff(this.#session);
  }

  #appOptions(): AppOptions {
    const { config, network, chance: random, onLog, jobsOf } = this.#options;
    const secrets = new SecretScrubber();
    registerSecrets(secrets, config);
    const destination = {
      write: (line: string): void => {
        if (!this.isDead) onLog(line);
      },
    };
    return {
      config,
      secrets,
      deps: { clock: this.clock, random, fetch: network.fetchOf(this) },
      log: createLog({
        level: 'debug',
        format: 'json',
        destination,
        scrub: (text) => secrets.scrub(text),
        now: () => this.clock.now(),
      }),
      publicUrl: () => addressOf('program'),
      processMetrics: false,
      timeLeaps: true,
      jobsOf,
      serve: async (routes) => {
        if (!this.isDead) await network.listen('program', (request) => routes.fetch(request));
        return { port: 0, close: async () => network.close('program') };
      },
      openDatabase: () => this.#open(),
    };
  }

  #open(): Database {
    const { store, time, troubles, tell } = this.#options;
    const session = this.#session;
    const chance = this.#options.chance.fork('database');
    const database = store.open({
      name: session,
      clock: {
        now: () => this.clock.now(),
        elapsed: () => time.now,
        sleep: (ms) => (this.isDead ? never() : time.sleep(ms, { owner: this, isExact: true })),
      },
      random: chance.fork('connection'),
      hooks: {
        beforeCommit: () => {
          this.reach('before a commit');
          if (this.isDead) throw new Error('killed before the commit');
        },
        afterCommit: () => {
          this.#options.onCommit();
          this.reach('after a commit');
        },
      },
      around: lineTo({
        life: this,
        session,
        time,
        store,
        chance,
        troubles,
        tell: (what) => tell('database', what),
      }),
    });
    this.#database = database;
    return {
      shared: database.shared,
      figures: database.figures,
      read: database.read,
      snapshot: (work) => database.snapshot(work),
      tx: (work) => this.#whileAlive(() => database.tx(work)),
      close: () => this.#whileAlive(() => database.close()),
    };
  }

  get #session(): string {
    return `life ${this.#options.number}`;
  }

  /** The dead hear of nothing. */
  #whileAlive<T>(work: () => Promise<T>): Promise<T> {
    const { time } = this.#options;
    this.reach('before a transaction');
    if (this.isDead) return never();
    time.sign();
    return new Promise((resolve, reject) => {
      const pass =
        <V>(settle: (value: V) => void) =>
        (value: V): void => {
          time.sign();
          if (!this.isDead) settle(value);
        };
      work().then(pass(resolve), pass(reject));
    });
  }
}
