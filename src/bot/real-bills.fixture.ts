/** Bills as the program has them, on the tables of a bot's stage and a Paylov in memory. */
import { createCardHash } from '../db/card-hash.ts';
import { fakePaylov } from '../bills/fake-paylov.fixture.ts';
import type { BillDeps } from '../bills/deps.ts';
import type { Paylov } from '../bills/paylov/types.ts';
import { createBills } from '../bills/service.ts';
import { realRandom } from '../core/deps.ts';
import { createMetrics } from '../core/metrics.ts';
import { UNLIMITED } from '../testing/quotas.ts';
import type { BotOptions } from './kit/context.ts';

export function realBills(
  { db, clock }: Pick<BotOptions, 'db' | 'clock'>,
  paylov: Paylov = fakePaylov(),
  fee: BillDeps['fee'] = () => 0,
): ReturnType<typeof createBills> {
  const silent = (): void => undefined;
  return createBills({
    quotas: UNLIMITED,
    hashCard: createCardHash(new Uint8Array(32)),
    db,
    write: (work) => db.tx(work),
    clock,
    random: realRandom,
    log: { debug: silent, info: silent, warn: silent, error: silent },
    paylov,
    operatorCardId: 'operator-card',
    fee,
    tell: () => Promise.resolve(),
    metrics: createMetrics(),
  });
}
