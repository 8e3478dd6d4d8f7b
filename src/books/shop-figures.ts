/**
 * What providers' shops say they took in, against ours, by day. Payfer's document names a balance, a total and a count of
 * payments, RasmiyPay's a balance alone, AutoPayCard's the payments used of a tariff; none lists payments, and inPAY's
 * names nothing. So the first figures of each day are kept beside ours of that moment: what both gained until the next
 * day's first figures is what came in between.
 */
import { like, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Queries, Tx } from '../db/database.ts';
import { suspenseItems } from '../db/tables.ts';
import { providerClearing } from '../ledger/accounts.ts';
import { balanceOf } from '../ledger/ledger.ts';
import type { Tiyin } from '../core/money.ts';
import type { HealthFact } from '../topups/provider.ts';
import type { ProviderId } from '../core/payment-systems.ts';
import { addReport, putReport, reportOf } from './day-reports.ts';
import { dayAfter, dayOf } from '../core/calendar.ts';

const nullableSum = z.int().nullable();

const snapshotSchema = z.object({
  /** Milliseconds since 1970. */
  at: z.number(),
  /** The balance of the shop at the payment system; null where its document names none. */
  balanceTiyin: nullableSum,
  totalTiyin: nullableSum,
  count: nullableSum,
  /** All we have taken in through this provider by then. */
  oursTiyin: z.int(),
});

const snapshotsSchema = z.record(z.string(), snapshotSchema);

type ShopSnapshot = z.infer<typeof snapshotSchema>;

/** Keeps a day's first figures of a shop, beside ours. Later ones of the day change nothing. */
export async function rememberShop(
  tx: Tx,
  { provider, facts, at }: { provider: ProviderId; facts: readonly HealthFact[]; at: number },
): Promise<void> {
  const day = dayOf(at);
  const known = await snapshotsOf(tx, day);
  if (known[provider]) return;
  const snapshot: ShopSnapshot = {
    at,
    balanceTiyin: sumOf(facts, 'balance'),
    totalTiyin: sumOf(facts, 'total_amount'),
    count: countOf(facts, 'total_count') ?? countOf(facts, 'payments_used'),
    oursTiyin: await oursOf(tx, provider),
  };
  const report = { kind: 'shop', day, data: { ...known, [provider]: snapshot }, at } as const;
  if (!(await addReport(tx, report))) await putReport(tx, report);
}

async function snapshotsOf(queries: Queries, day: string): Promise<Record<string, ShopSnapshot>> {
  const parsed = snapshotsSchema.safeParse(await reportOf(queries, 'shop', day));
  return parsed.success ? parsed.data : {};
}

function sumOf(facts: readonly HealthFact[], name: HealthFact['name']): Tiyin | null {
  return facts.find((fact) => fact.name === name)?.amountTiyin ?? null;
}

function countOf(facts: readonly HealthFact[], name: HealthFact['name']): number | null {
  const value = facts.find((fact) => fact.name === name)?.value;
  return value !== undefined && /^\d{1,9}$/.test(value) ? Number(value) : null;
}

/** What was written down later because a comparison found it is no income of the day it was written down. */
async function oursOf(queries: Queries, provider: ProviderId): Promise<Tiyin> {
  const balance = await balanceOf(queries, providerClearing(provider));
  const found = await foundItems(queries, `reconcile:${provider}:%`);
  return -balance - found.reduce((sum, item) => sum + item.amountTiyin, 0);
}

interface FoundItem {
  id: string;
  amountTiyin: Tiyin;
}

async function foundItems(queries: Queries, pattern: string): Promise<FoundItem[]> {
  return await queries
    .select({ id: suspenseItems.id, amountTiyin: suspenseItems.amountTiyin })
    .from(suspenseItems)
    .where(like(suspenseItems.key, sql`${pattern}`));
}

/** The key of the suspense item for what a day's comparison found. */
export function foundKey(provider: ProviderId, day: string): string {
  return `reconcile:${provider}:${day}`;
}

interface ShopDay {
  provider: ProviderId;
  /** What the shop's total, or without one its balance, gained between the two looks. */
  theirsTiyin: Tiyin;
  /** `balance` also falls by what the shop paid out. */
  by: 'total' | 'balance';
  oursTiyin: Tiyin;
  /** Their total, less ours, less the differences that were written down as explained. */
  differenceTiyin: Tiyin;
  /** The day before or after differs by the opposite: one payment, which each of us counts on another day. */
  crossed: boolean;
  /** The suspense item somebody made of it. */
  itemId: string | null;
  fromAt: number;
  toAt: number;
}

export type ShopComparison =
  | ({ kind: 'compared' } & ShopDay)
  /** One of the two looks is missing: the program or the provider was down, or the day is not over. */
  | { kind: 'no_figures'; provider: ProviderId }
  /** Its document names no sums at all. */
  | { kind: 'nothing_to_compare'; provider: ProviderId };

/** Providers whose documents name a balance or a total. */
const WITH_SUMS: ReadonlySet<ProviderId> = new Set(['payfer', 'rasmiypay']);

export async function compareShops(
  queries: Queries,
  { day, providers }: { day: string; providers: readonly ProviderId[] },
): Promise<ShopComparison[]> {
  const looks = await Promise.all(
    [-1, 0, 1, 2].map(async (days) => await snapshotsOf(queries, dayAfter(day, days))),
  );
  return await Promise.all(
    providers.map(async (provider): Promise<ShopComparison> => {
      if (!WITH_SUMS.has(provider)) return { kind: 'nothing_to_compare', provider };
      const [earlier, gained, later] = [0, 1, 2].map((from) =>
        gainOf(looks[from]?.[provider], looks[from + 1]?.[provider]),
      );
      if (!gained) return { kind: 'no_figures', provider };
      const [item] = await foundItems(queries, foundKey(provider, day));
      const differenceTiyin = apart(gained) - (item?.amountTiyin ?? 0);
      const crossed =
        differenceTiyin !== 0 &&
        [earlier, later].some((each) => each && apart(each) === -differenceTiyin);
      const itemId = item?.id ?? null;
      return { kind: 'compared', provider, ...gained, differenceTiyin, crossed, itemId };
    }),
  );
}

type Gain = Pick<ShopDay, 'theirsTiyin' | 'by' | 'oursTiyin' | 'fromAt' | 'toAt'>;

function apart({ theirsTiyin, oursTiyin }: Gain): Tiyin {
  return theirsTiyin - oursTiyin;
}

function gainOf(before: ShopSnapshot | undefined, after: ShopSnapshot | undefined): Gain | null {
  if (!before || !after) return null;
  const gained = {
    oursTiyin: after.oursTiyin - before.oursTiyin,
    fromAt: before.at,
    toAt: after.at,
  };
  if (before.totalTiyin !== null && after.totalTiyin !== null) {
    return { ...gained, by: 'total', theirsTiyin: after.totalTiyin - before.totalTiyin };
  }
  if (before.balanceTiyin !== null && after.balanceTiyin !== null) {
    return { ...gained, by: 'balance', theirsTiyin: after.balanceTiyin - before.balanceTiyin };
  }
  return null;
}
