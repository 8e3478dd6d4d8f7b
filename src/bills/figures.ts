/** What monitoring sees of bills: how they ended, and how many are unclear now. */
import { count, inArray } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { bills } from '../db/tables.ts';
import type { BillDeps, BillEvent } from './deps.ts';

type Ended = Extract<BillEvent, { kind: 'bill_paid' | 'bill_failed' | 'bill_refunded' }>;

/** Counts what ended, after the commit that made it so: what is rolled back did not happen. */
export function counted(deps: BillDeps): BillDeps {
  return {
    ...deps,
    tell: async (tx, event) => {
      await deps.tell(tx, event);
      if (isEnd(event)) tx.afterCommit(() => note(deps, event));
    },
  };
}

function isEnd(event: BillEvent): event is Ended {
  const { kind } = event;
  return kind === 'bill_paid' || kind === 'bill_failed' || kind === 'bill_refunded';
}

/** A refund comes whenever an owner decides, so its time says nothing. */
function note({ metrics }: BillDeps, { kind, bill, at }: Ended): void {
  const { source, state, amountTiyin, createdAt } = bill;
  const tookMs = kind === 'bill_refunded' ? null : at - createdAt;
  metrics.billEnded({ source, state, amountTiyin, tookMs });
}

/** Bills nobody is sure about: asked about by the resolver, and waiting for an owner. */
export async function unclearBills(queries: Queries): Promise<{ unknown: number; stuck: number }> {
  const rows = await queries
    .select({ state: bills.state, n: count() })
    .from(bills)
    .where(inArray(bills.state, ['unknown', 'stuck']))
    .groupBy(bills.state);
  const of = (state: string): number => rows.find((row) => row.state === state)?.n ?? 0;
  return { unknown: of('unknown'), stuck: of('stuck') };
}
