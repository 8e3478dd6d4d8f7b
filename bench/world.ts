/** What the benchmarks share: orders on a real file, and everything around them kept silent. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '../src/db/database.ts';
import { topups } from '../src/db/tables.ts';
import { realClock, realRandom } from '../src/core/deps.ts';
import { createMetrics } from '../src/core/metrics.ts';
import { som } from '../src/core/money.ts';
import { createAnswerMemory } from '../src/topups/raw-answers.ts';
import { createCallQueue } from '../src/topups/calls.ts';
import { NAMED_WAYS } from '../src/core/payment-systems.ts';
import { createCardHash } from '../src/db/card-hash.ts';
import type { TopupDeps } from '../src/topups/deps.ts';
import { UNLIMITED } from '../src/testing/quotas.ts';
import { termsReader } from '../src/settings/terms.ts';

export const AMOUNT = som(50_000);

/** Ended ones are as payable as live ones, and a user may have many. */
export function benchOrder(index: number): typeof topups.$inferInsert {
  return {
    id: `B${index}`,
    userId: 1000 + (index % 2000),
    provider: 'payfer',
    state: 'expired',
    baseTiyin: AMOUNT,
    amountTiyin: AMOUNT,
    orderCode: `CODE${index}`,
    providerOrder: `P${index}`,
    createdAt: 1,
    expiresAt: 2,
    endedAt: realClock.now(),
    dueAt: null,
  };
}

export async function insertOrders(
  db: Database,
  count: number,
  order: (index: number) => typeof topups.$inferInsert,
): Promise<void> {
  const batch = 50;
  for (let from = 0; from < count; from += batch) {
    const size = Math.min(batch, count - from);
    await db.tx(async (tx) => {
      await tx.insert(topups).values(Array.from({ length: size }, (_, i) => order(from + i)));
    });
  }
}

export function benchDeps(db: Database): TopupDeps {
  const metrics = createMetrics();
  const silent = (): void => undefined;
  return {
    db,
    write: (work) => db.tx(work),
    clock: realClock,
    random: realRandom,
    hashCard: createCardHash(new Uint8Array(32)),
    log: { debug: silent, info: silent, warn: silent, error: console.error },
    metrics,
    quotas: UNLIMITED,
    terms: termsReader({
      minTiyin: som(1000),
      maxTiyin: som(10_000_000),
      presetsTiyin: [],
      ways: NAMED_WAYS,
      feeHundredths: 0,
      contact: null,
      quietHours: { from: 21, until: 9 },
    }),
    config: {
      ttlMs: null,
      latePaymentMs: 72 * 3_600_000,
      uniqueTailMax: 999,
      quarantineMs: 3_600_000,
    },
    providers: new Map(),
    answers: createAnswerMemory(),
    calls: createCallQueue({ clock: realClock, metrics }),
    ownerChats: [],
    alarm: async () => undefined,
    webhookUrl: () => undefined,
  };
}

export async function inTemporaryFolder<T>(work: (path: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'tolov-bench-'));
  try {
    return await work(join(folder, 'bench.db'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
