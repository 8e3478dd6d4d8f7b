/** What an owner would have said of the simulated services: which sign of their balance is a debt. */
import { sayDebtSign, serviceRule } from '../../src/bills/debts.ts';
import type { Database } from '../../src/db/database.ts';
import { CATALOG } from './catalog.ts';

/** Gives a sign to each service that has none yet, but for those whose balance nobody can explain. */
export async function sayKnownSigns({
  db,
  staffId,
  at,
}: {
  db: Database;
  staffId: number;
  at: number;
}): Promise<void> {
  await db.tx(async (tx) => {
    for (const { id: serviceId, hasInfo, saldo } of CATALOG) {
      if (!hasInfo || saldo === 'untold') continue;
      if ((await serviceRule(tx, serviceId))?.saidAt) continue;
      const sign = saldo === 'owed' ? 'positive' : 'negative';
      await sayDebtSign(tx, { serviceId, sign, staffId, at });
    }
  });
}
