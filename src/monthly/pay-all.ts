/**
 * Pays all that is owed on a person's watched accounts from the balance, with one confirmation. Each bill is a payment
 * of its own with its own end. Only what was shown is taken: when anything has changed, nothing is.
 */
import { hash } from 'node:crypto';
import { latestBillOf } from '../bills/list.ts';
import type { ConfirmOutcome } from '../bills/outcomes.ts';
import type { Service } from '../bills/paylov/types.ts';
import { TIYIN_PER_SOM, type Tiyin } from '../core/money.ts';
import type { MonthlyDeps } from './deps.ts';
import { fromBalance } from './from-balance.ts';
import { type Due, dueOf } from './watches.ts';

interface Item extends Due {
  amountTiyin: Tiyin;
  feeTiyin: Tiyin;
}

export interface Offer {
  /** In the order in which they are paid. */
  items: Item[];
  /** A short word for what the screen shows: another list has another one. */
  digest: string;
  totalTiyin: Tiyin;
}

/** Whole so'm that pay the debt, within what the service takes. */
export function sumFor(
  owedTiyin: Tiyin,
  { minTiyin, maxTiyin }: Pick<Service, 'minTiyin' | 'maxTiyin'>,
): Tiyin {
  const whole = Math.ceil(owedTiyin / TIYIN_PER_SOM) * TIYIN_PER_SOM;
  return Math.min(Math.max(whole, minTiyin), maxTiyin);
}

/** What there is to confirm now; null where Paylov does not say what can be paid. */
export async function offerAll(deps: MonthlyDeps, userId: number): Promise<Offer | null> {
  const listed = await deps.bills.catalog.services();
  if (listed.kind !== 'services') return null;
  const items: Item[] = [];
  const marks: unknown[] = [userId];
  for (const due of await dueOf(deps, userId)) {
    const { serviceId } = due.saved;
    const service = listed.services.find(({ id }) => id === serviceId);
    if (!service?.available || due.owedTiyin === null) continue;
    const amountTiyin = sumFor(due.owedTiyin, service);
    const { feeTiyin } = await deps.bills.quote({ serviceId, amountTiyin, source: 'balance' });
    items.push({ ...due, amountTiyin, feeTiyin });
    // A bill that was made since, and failed, makes this another offer: under the old one's name it would only be found
    // again.
    const last = await latestBillOf(deps.db.read, due.saved);
    marks.push([due.saved.id, due.watch.lookedAt, amountTiyin, feeTiyin, last?.id ?? null]);
  }
  const totalTiyin = items.reduce((sum, each) => sum + each.amountTiyin + each.feeTiyin, 0);
  const digest = hash('sha256', JSON.stringify(marks), 'hex').slice(0, 16);
  return { items, digest, totalTiyin };
}

export type PaidAll =
  /** What became of each, in their order. */
  | { kind: 'done'; outcomes: { item: Item; outcome: ConfirmOutcome }[] }
  /** What was shown is not true any more, or was paid a moment ago: nothing was done. */
  | { kind: 'changed' };

/**
 * Pays what the offer of that digest showed, one bill after another. A second call does nothing: by then it is another
 * offer.
 */
export async function payAll(
  deps: MonthlyDeps,
  { userId, digest }: { userId: number; digest: string },
): Promise<PaidAll> {
  const offer = await offerAll(deps, userId);
  if (!offer || offer.digest !== digest || offer.items.length === 0) return { kind: 'changed' };
  const outcomes: { item: Item; outcome: ConfirmOutcome }[] = [];
  for (const item of offer.items) {
    outcomes.push({ item, outcome: await payOne(deps, item, `all-${digest}-${item.saved.id}`) });
  }
  return { kind: 'done', outcomes };
}

async function payOne(
  { bills }: MonthlyDeps,
  { saved, amountTiyin, feeTiyin }: Item,
  confirmationId: string,
): Promise<ConfirmOutcome> {
  return await bills.confirm(fromBalance({ ...saved, amountTiyin, feeTiyin }, confirmationId));
}
