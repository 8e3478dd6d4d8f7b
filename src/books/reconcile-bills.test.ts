import { desc } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ReconcileOutcome } from '../bills/reconcile.ts';
import { bills, reports } from '../db/tables.ts';
import { stage, type Stage } from '../topups/topup-stage.fixture.ts';
import { alarmKey } from '../outbox/alarms.ts';
import { reconcileBills } from './reconcile-bills.ts';
import { dayOf } from '../core/calendar.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
type Compared = Extract<ReconcileOutcome, { kind: 'compared' }>;

const CLEAN: ReconcileOutcome = {
  kind: 'compared',
  findings: [],
  there: 2,
  here: 2,
  complete: true,
};
const LOST: ReconcileOutcome = {
  kind: 'compared',
  findings: [
    {
      kind: 'paid_there_only',
      transactionId: 'T-1',
      amountTiyin: 100,
      billId: 'B1',
      state: 'failed',
    },
  ],
  there: 1,
  here: 0,
  complete: true,
};

let world: Stage;
let asked: string[];
let lookedBack: number;
let answer: (day: string) => ReconcileOutcome;
beforeEach(async () => {
  world = stage([]);
  asked = [];
  lookedBack = 0;
  answer = () => CLEAN;
  // To 06:45 in Tashkent.
  const inDay = (world.clock.now() + 5 * HOUR) % DAY;
  await world.clock.advance(2 * DAY - inDay + 6.75 * HOUR);
});
afterEach(async () => {
  await world.file.remove();
});

const daysAgo = (days: number): string => dayOf(world.clock.now() - days * DAY);
const kept = () => world.deps.db.read.select().from(reports).orderBy(desc(reports.day));

async function run(): Promise<void> {
  const reconcile = async (day: string): Promise<ReconcileOutcome> => {
    asked.push(day);
    await Promise.resolve();
    return answer(day);
  };
  const lookBack = (): Promise<void> => {
    lookedBack += 1;
    return Promise.resolve();
  };
  await reconcileBills({ reconcile, lookBack }, world.deps);
}

/** A bill was made so long ago. */
async function billOf(days: number): Promise<void> {
  await world.deps.db.tx(async (tx) => {
    await tx.insert(bills).values({
      id: `B${days}`,
      userId: 1,
      confirmationId: `C${days}`,
      serviceId: 's',
      serviceName: 'S',
      account: {},
      amountTiyin: 100,
      source: 'balance',
      state: 'failed',
      createdAt: world.clock.now() - days * DAY,
    });
  });
}

it('keeps the report of yesterday and asks for it once', async () => {
  await run();
  await world.clock.advance(HOUR);
  await run();
  expect(asked).toEqual([daysAgo(1)]);
  expect(lookedBack).toBe(1);
  expect(world.alarms).toEqual([]);
  const createdAt = world.clock.now() - HOUR;
  expect(await kept()).toEqual([{ kind: 'bills', day: daysAgo(1), createdAt, data: CLEAN }]);
});

it('tries every hour while Paylov is down, and says of which day and until when', async () => {
  await billOf(1);
  answer = () => ({ kind: 'problem', code: 'timeout' });
  const at = world.clock.now();
  await run();
  const waiting = { kind: 'bills_not_compared', day: daysAgo(1), problem: 'timeout' } as const;
  expect(world.alarms).toEqual([{ ...waiting, nextAt: at + HOUR }]);
  await world.clock.advance(HOUR);
  await run();
  // One trouble, which is told of once: see `TOLD_ONCE`.
  expect(world.alarms.map(alarmKey)).toEqual(Array(2).fill(alarmKey({ ...waiting, nextAt: 0 })));
  expect(asked).toEqual([daysAgo(1), daysAgo(1)]);
  expect(await kept()).toEqual([]);
  answer = () => CLEAN;
  await world.clock.advance(HOUR);
  await run();
  expect(await kept()).toMatchObject([{ day: daysAgo(1), data: { findings: [] } }]);
});

it('makes up for the days of the last week, and tells of all of them in one alarm', async () => {
  await billOf(30);
  answer = (day) => (day === daysAgo(3) || day === daysAgo(1) ? LOST : CLEAN);
  await run();
  expect(asked).toEqual([1, 2, 3, 4, 5, 6, 7].map(daysAgo));
  const sentence = 'transaction T-1 is paid at Paylov, here: bill B1 is failed';
  expect(world.alarms).toEqual([
    {
      kind: 'bills_differ',
      findings: [`${daysAgo(1)}: ${sentence}`, `${daysAgo(3)}: ${sentence}`],
    },
  ]);
  const found = (await kept()).map(({ data }) => (data as Compared).findings.length);
  expect(found).toEqual([1, 0, 1, 0, 0, 0, 0]);
  await run();
  expect(asked).toHaveLength(7);
  expect(world.alarms).toHaveLength(1);
});

it('asks for no day before the first bill', async () => {
  await billOf(3);
  await run();
  expect(asked).toEqual([1, 2, 3].map(daysAgo));
});

it('keeps what it got when Paylov goes down in between', async () => {
  await billOf(3);
  answer = (day) => (day === daysAgo(1) ? LOST : { kind: 'problem', code: 'network' });
  await run();
  expect(await kept()).toMatchObject([{ day: daysAgo(1) }]);
  expect(world.alarms).toMatchObject([
    { kind: 'bills_differ' },
    { kind: 'bills_not_compared', day: daysAgo(2), problem: 'network' },
  ]);
});

it('run twice at once tells once', async () => {
  answer = () => LOST;
  await Promise.all([run(), run()]);
  expect(await kept()).toHaveLength(1);
  expect(world.alarms).toHaveLength(1);
});
