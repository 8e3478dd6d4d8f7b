/** What becomes of agreements when a copy takes the place of the database, also where docs/scaling.md says how in SQL. */
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Bills } from '../bills/bills.ts';
import { HOUR_MS } from '../core/calendar.ts';
import { autoPayments, outbox } from '../db/tables.ts';
import { restoredAt } from '../db/restored.ts';
import { createTestClock, type TestClock } from '../testing/clock.ts';
import { engineOfTests, temporaryDatabase, type TemporaryDatabase } from '../testing/database.ts';
import { UNLIMITED } from '../testing/quotas.ts';
import type { Topup } from '../topups/topup.ts';
import { createMonthly, type Monthly, type MonthlyWork } from './monthly.ts';
import { askAfterRestore } from './restored.ts';

const USER = 7001;

let clock: TestClock;
let file: TemporaryDatabase;
/** When money came in. */
let credits: number[];
let monthly: Monthly & MonthlyWork;

beforeEach(() => {
  // The document's statements ask the database what time it is.
  clock = createTestClock(Date.now());
  file = temporaryDatabase();
  credits = [];
  const silent = (): void => undefined;
  monthly = createMonthly({
    db: file.db,
    write: (work) => file.db.tx(work),
    clock,
    log: { debug: silent, info: silent, warn: silent, error: silent },
    // Nothing is paid here.
    bills: {} as Bills,
    quotas: UNLIMITED,
    topups: { history: async () => credits.map((paidAt) => ({ paidAt }) as Topup) },
    terms: async () => ({ quietHours: { from: 21, until: 9 } }),
  });
});
afterEach(() => file.remove());

async function byCommand(): Promise<void> {
  await file.db.tx((tx) => askAfterRestore(tx, Date.now()));
}

async function byDocument(): Promise<void> {
  const [, steps = ''] = readFileSync('docs/scaling.md', 'utf8').split(
    '**Before the program starts**',
  );
  const [first = ''] = steps.split('2. Bills that were under way');
  const statements = [...first.matchAll(/```sql\n(.*?)```/gs)].map(([, sql = '']) => sql);
  expect(statements).toHaveLength(2);
  for (const each of statements) await file.raw.run(each);
}

const WAYS = { byCommand, ...(engineOfTests() === 'postgres' ? { byDocument } : {}) };

describe.each(Object.entries(WAYS))('after a restore %s', (_, restore) => {
  it('a bill that waits is asked about when its money comes, and not for what came before', async () => {
    credits = [clock.now() - 3 * HOUR_MS];
    const account = { n: '1' };
    const what = { serviceId: 's', serviceName: 'S', account, amountTiyin: 100, feeTiyin: 0 };
    await monthly.wait({ id: 'w', userId: USER, labels: [], ...what });
    await restore();
    await clock.advance(4000);
    await monthly.goOn();
    expect(await monthly.waiting('w', USER)).toMatchObject({ state: 'open' });
    credits = [clock.now()];
    await clock.advance(4000);
    await monthly.goOn();
    expect(await monthly.waiting('w', USER)).toMatchObject({ state: 'asks', reason: 'late' });
    const messages = await file.db.read.select().from(outbox);
    expect(messages.map(({ kind }) => kind)).toEqual(['waiting_asks']);
  });

  it('what was announced to pay itself is skipped, and its payer told, once', async () => {
    const at = clock.now();
    const one = { accountKey: 'k', savedId: 1, owedTiyin: 100, payDay: '2026-01-02' };
    const times = { createdAt: at, dueAt: at };
    const announced = { userId: USER, period: '2026-01', state: 'announced', ...one, ...times };
    const going = { ...announced, period: '2025-12', state: 'going' } as const;
    await file.db.tx((tx) => tx.insert(autoPayments).values([announced as typeof going, going]));
    await restore();
    await restore();
    const rows = await file.db.read.select().from(autoPayments);
    expect(rows.toSorted((a, b) => b.period.localeCompare(a.period))).toMatchObject([
      { state: 'skipped', reason: 'paid_otherwise', leaseUntil: 0 },
      { state: 'going', endedAt: null },
    ]);
    const messages = await file.db.read.select().from(outbox);
    expect(messages).toMatchObject([
      {
        key: `auto-${USER}-k-2026-01:over`,
        chatId: USER,
        kind: 'auto_over',
        params: { accountKey: 'k', period: '2026-01' },
        state: 'waiting',
      },
    ]);
    expect(messages[0]?.dueAt).toBe(rows.find(({ state }) => state === 'skipped')?.endedAt);
    expect((await restoredAt(file.db.read)) ?? 0).toBeGreaterThanOrEqual(at);
  });
});
