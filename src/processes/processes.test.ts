import { eq } from 'drizzle-orm';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { message } from '../bot/inbox/inbox-stage.fixture.ts';
import { createInbox, type Inbox } from '../bot/inbox/inbox.ts';
import { freeUpdates } from '../bot/inbox/store.ts';
import type { Database } from '../db/database.ts';
import { duties, inbox, outbox, processes as rows } from '../db/tables.ts';
import { freeMessages } from '../outbox/claims.ts';
import { createPace } from '../outbox/pacing.ts';
import { createTestClock, type TestClock } from '../testing/clock.ts';
import { temporaryDatabase } from '../testing/database.ts';
import { collectLog } from '../testing/log.ts';
import { amongOthers } from './among-others.ts';
import type { Processes } from './processes.ts';

let clock: TestClock;
let db: Database;
let deaths: string[];

beforeEach(() => {
  const file = temporaryDatabase();
  onTestFinished(() => file.remove());
  clock = createTestClock();
  db = { ...file.db, shared: true };
  deaths = [];
});

interface Program {
  processes: Processes;
  inherited: string[];
  freed: number;
  /** As SIGKILL and as a stall do: nothing of it reaches the database until it wakes. */
  stall(): void;
  wake(): void;
  stop(): Promise<void>;
}

async function program(id: string): Promise<Program> {
  const gate = { open: Promise.withResolvers<void>() };
  gate.open.resolve();
  const own: Database = {
    ...db,
    async tx(work) {
      await gate.open.promise;
      return await db.tx(work);
    },
  };
  const inherited: string[] = [];
  const processes = amongOthers({ id, db: own, clock, log: collectLog().log });
  const self: Program = {
    processes,
    inherited,
    freed: 0,
    stall: () => void (gate.open = Promise.withResolvers()),
    wake: () => gate.open.resolve(),
    stop: () => processes.stop(),
  };
  await processes.start({
    freeMoney: async () => undefined,
    async freeRest(tx, holder) {
      await freeUpdates(tx, holder);
      await freeMessages(tx, holder);
    },
    onOthersEnd: async () => void deaths.push(id),
    onFreed: () => void (self.freed += 1),
    onTakenOver: async (job) => void inherited.push(job),
  });
  onTestFinished(async () => {
    gate.open.resolve();
    await processes.stop();
  });
  return self;
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
}

test('one process has a role, and another within ten seconds of its death', async () => {
  const at: string[] = [];
  const hold = (each: Program): void => {
    const { id } = each.processes;
    each.processes.hold('updates', async (signal) => {
      at.push(`${id} begins`);
      await untilAborted(signal);
      at.push(`${id} ends`);
    });
  };
  const [one, two] = [await program('one'), await program('two')];
  hold(one);
  hold(two);
  await clock.advance(3000);
  expect(at).toEqual(['one begins']);
  one.stall();
  await clock.advance(10_000);
  // The one that stands still lets go before the other begins.
  expect(at).toEqual(['one begins', 'one ends', 'two begins']);
  one.wake();
  await clock.advance(3000);
  expect(at).toHaveLength(3);
});

test('roles that nobody has are taken at once', async () => {
  const begun: string[] = [];
  const one = await program('one');
  for (const role of ['broadcasts', 'updates'] as const) {
    one.processes.hold(role, async (signal) => {
      begun.push(role);
      await untilAborted(signal);
    });
  }
  await clock.advance(0);
  expect(begun).toEqual(['broadcasts', 'updates']);
});

test('whoever stops hands its roles over at once', async () => {
  const begun: string[] = [];
  const [one, two] = [await program('one'), await program('two')];
  for (const { processes } of [one, two]) {
    processes.hold('updates', async (signal) => {
      begun.push(processes.id);
      await untilAborted(signal);
    });
  }
  await clock.advance(1000);
  await one.stop();
  await clock.advance(1000);
  expect(begun).toEqual(['one', 'two']);
  expect(await db.read.select({ id: rows.id }).from(rows)).toEqual([{ id: 'two' }]);
});

test('a job that is due in both runs once, and again in its next hour', async () => {
  const [one, two] = [await program('one'), await program('two')];
  const ran: number[] = [];
  const both = async (slot: number): Promise<void> => {
    const run = async (): Promise<void> => void ran.push(slot);
    await Promise.all([one, two].map((each) => each.processes.once({ name: 'digest', slot }, run)));
  };
  await both(60_000);
  await both(60_000);
  expect(ran).toEqual([60_000]);
  await both(120_000);
  expect(ran).toEqual([60_000, 120_000]);
});

test('a job that throws was this hour’s', async () => {
  const one = await program('one');
  const job = { name: 'backup', slot: 1 };
  const failing = one.processes.once(job, () => Promise.reject(new Error('no disk')));
  await expect(failing).rejects.toThrow('no disk');
  const [row] = await db.read.select().from(duties);
  expect(row).toMatchObject({ holder: null, slot: 1 });
});

test('a job whose process dies in the middle is done again by one other', async () => {
  const [one, two, three] = [await program('one'), await program('two'), await program('three')];
  void one.processes.once({ name: 'backup', slot: 1 }, () => new Promise(() => undefined));
  await clock.advance(2000);
  one.stall();
  await clock.advance(10_000);
  expect([...two.inherited, ...three.inherited]).toEqual(['backup']);
});

test('what a dead process had is free, and its orders and bills are ended before', async () => {
  const [one, two] = [await program('one'), await program('two')];
  const far = clock.now() + 600_000;
  await db.tx(async (tx) => {
    const update = { update: {}, receivedAt: 0, dueAt: 0, leaseUntil: far };
    await tx.insert(inbox).values([
      { ...update, updateId: 1, orderingKey: 1, holder: 'one' },
      { ...update, updateId: 2, orderingKey: 2, holder: 'two' },
    ]);
    const sent = {
      kind: 'adjustment' as const,
      params: {},
      dueAt: 0,
      createdAt: 0,
      leaseUntil: far,
    };
    await tx.insert(outbox).values({ ...sent, key: 'k', chatId: 1, holder: 'one' });
  });
  one.stall();
  await clock.advance(10_000);
  expect(deaths).toEqual(['two']);
  expect(two.freed).toBe(1);
  const leases = await db.read
    .select({ leaseUntil: inbox.leaseUntil })
    .from(inbox)
    .orderBy(inbox.updateId);
  expect(leases).toEqual([{ leaseUntil: 0 }, { leaseUntil: far }]);
  expect((await db.read.select().from(outbox))[0]?.leaseUntil).toBe(0);
});

test('together they send no faster than one alone, also while one is new', async () => {
  const one = await program('one');
  await clock.advance(5000);
  const startedAt = clock.now();
  const two = await program('two');
  const paces = [one, two].map(({ processes }) => createPace((all) => processes.partOf(all)));
  const places: number[] = [];
  for (let i = 0; i < 60; i += 1) {
    for (const { shared } of paces) {
      // Nobody reserves a place before the last one came.
      const at = shared.reserve(clock.now());
      if (at < startedAt + 6000) places.push(at);
    }
    await clock.advance(100);
  }
  const sorted = places.toSorted((a, b) => a - b);
  for (const place of sorted) {
    const inSecond = sorted.filter((other) => other >= place && other < place + 1000).length;
    expect(inSecond).toBeLessThanOrEqual(26);
  }
  expect([one.processes.count(), two.processes.count()]).toEqual([2, 2]);
  expect(one.processes.partOf(25)).toBe(12);
});

function inboxOf(handled: string[], id: string, work?: () => Promise<void>): Inbox {
  const made = createInbox({
    db,
    holder: id,
    clock,
    log: collectLog().log,
    async handle(update) {
      handled.push(`${id} ${update.update_id}`);
      await work?.();
    },
  });
  onTestFinished(async () => {
    await Promise.all([made.stop({ deadlineMs: 0 }), clock.advance(1)]);
  });
  return made;
}

test('a chat’s updates keep their order whichever process has them', async () => {
  const handled: string[] = [];
  const gate = Promise.withResolvers<void>();
  const one = inboxOf(handled, 'one', () => gate.promise);
  const two = inboxOf(handled, 'two');
  await one.accept([message(1), message(2), message(3)]);
  one.start();
  await clock.settle();
  two.start();
  // Longer than any lease: it is renewed while the handler runs.
  await clock.advance(30_000);
  expect(handled).toEqual(['one 1']);
  gate.resolve();
  await clock.until(async () => (await one.size()) === 0);
  expect(handled.map((each) => each.slice(-1))).toEqual(['1', '2', '3']);
});

test('whoever lost an update cannot mark it done', async () => {
  const handled: string[] = [];
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
  const one = inboxOf(handled, 'one', () => gates[0].promise);
  const two = inboxOf(handled, 'two', () => gates[1].promise);
  await one.accept([message(1)]);
  one.start();
  await clock.settle();
  // As when its process is taken for dead.
  await db.tx(async (tx) => {
    await tx.update(inbox).set({ leaseUntil: 0 }).where(eq(inbox.holder, 'one'));
  });
  await Promise.all([one.stop({ deadlineMs: 0 }), clock.advance(1)]);
  two.start();
  await clock.advance(1000);
  expect(handled).toEqual(['one 1', 'two 1']);
  gates[0].resolve();
  await clock.settle();
  expect(await one.size()).toBe(1);
  gates[1].resolve();
  await clock.until(async () => (await one.size()) === 0);
});
