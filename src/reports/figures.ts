/**
 * What charts are made of: money in, orders and bills of a stretch of time. A day that is over is summed up once and
 * kept in `reports`, so that a month costs thirty reads by key; only today is computed each time.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { and, eq, gte, inArray, lt, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database, Queries } from '../db/database.ts';
import { countOf, sumOf } from '../db/exact.ts';
import { historyRows, idsAround } from '../db/first-id.ts';
import { bills, reports, topupHistory, topups } from '../db/tables.ts';
import { addReport } from '../books/day-reports.ts';
import { DAY_MS, dayAfter, dayOf, startOf, type Period } from '../core/calendar.ts';
import { figuresOf } from '../ledger/figures.ts';
import type { Tiyin } from '../core/money.ts';

const count = z.int().nonnegative();
const rateSchema = z.object({ ended: count, paid: count });
const sliceSchema = z.object({
  in: z.record(z.string(), z.object({ tiyin: z.int(), count })),
  services: z.array(z.object({ name: z.string(), tiyin: z.int(), count })),
  orders: z.record(z.string(), rateSchema),
  bills: rateSchema,
  feesTiyin: z.int(),
});

/** How many ended, whichever way, and how many of these were paid. */
export type Ended = z.infer<typeof rateSchema>;

/** A stretch of time. All sums are in tiyin. */
export interface Slice {
  /** Taken in by payment systems: by provider. */
  in: Readonly<Record<string, { tiyin: Tiyin; count: number }>>;
  /** Bills paid from balances and cards: by service, without fees. */
  services: readonly { name: string; tiyin: Tiyin; count: number }[];
  /** By provider. An order that ended unpaid and was paid on another day counts on both. */
  orders: Readonly<Record<string, Ended>>;
  bills: Ended;
  feesTiyin: Tiyin;
}

export interface Bucket {
  /** `YYYY-MM-DD` of a day, `HH` of an hour of today. */
  label: string;
  slice: Slice;
}

/** A day is kept only when nobody can write into it any more, however slow the disk. */
const SETTLED_AFTER_MS = 10 * 60_000;

const PAID_ORDER = ['paid', 'review'] as const;
const ENDED_ORDER = [...PAID_ORDER, 'expired', 'cancelled', 'failed'] as const;

/** The last `days` days with today as the last one. The first call for a day that is over writes it down. */
export async function daysOf(
  db: Pick<Database, 'read' | 'tx'>,
  { at, days }: { at: number; days: number },
): Promise<Bucket[]> {
  const today = dayOf(at);
  const first = dayAfter(today, 1 - days);
  const kept = await keptDays(db.read, first);
  const buckets: Bucket[] = [];
  for (let day = first; day <= today; day = dayAfter(day)) {
    const slice = kept.get(day) ?? (await computeDay(db, { day, at }));
    buckets.push({ label: day, slice });
  }
  return buckets;
}

async function keptDays(queries: Queries, first: string): Promise<ReadonlyMap<string, Slice>> {
  const rows = await queries
    .select({ day: reports.day, data: reports.data })
    .from(reports)
    .where(and(eq(reports.kind, 'figures'), gte(reports.day, first)));
  return new Map(
    rows.flatMap(({ day, data }) => {
      const parsed = sliceSchema.safeParse(data);
      return parsed.success ? [[day, parsed.data]] : [];
    }),
  );
}

async function computeDay(
  db: Pick<Database, 'read' | 'tx'>,
  { day, at }: { day: string; at: number },
): Promise<Slice> {
  const fromAt = startOf(day);
  const toAt = fromAt + DAY_MS;
  const slice = await sliceOf(db.read, { fromAt, toAt });
  // Others get their turn between two days.
  await nextTurn();
  if (at >= toAt + SETTLED_AFTER_MS) {
    await db.tx((tx) => addReport(tx, { kind: 'figures', day, data: slice, at }));
  }
  return slice;
}

/** Today by hour, all 24 of them: those to come are empty. */
export async function hoursOf(queries: Queries, at: number): Promise<Bucket[]> {
  const begin = startOf(dayOf(at));
  const hourMs = DAY_MS / 24;
  const buckets: Bucket[] = [];
  for (let hour = 0; hour < 24; hour += 1) {
    const fromAt = begin + hour * hourMs;
    const slice = fromAt > at ? EMPTY : await sliceOf(queries, { fromAt, toAt: fromAt + hourMs });
    buckets.push({ label: String(hour).padStart(2, '0'), slice });
    await nextTurn();
  }
  return buckets;
}

const EMPTY: Slice = {
  in: {},
  services: [],
  orders: {},
  bills: { ended: 0, paid: 0 },
  feesTiyin: 0,
};

/** One period, read by ranges of ids and indexes: what it costs depends on the period, not on the age of the bot. */
export async function sliceOf(queries: Queries, period: Period): Promise<Slice> {
  const { inByProvider, feesTiyin } = await figuresOf(queries, period);
  const ended = await billsOf(queries, period);
  const paid = ended.filter(({ state }) => state !== 'failed');
  return {
    in: inByProvider,
    services: byService(paid),
    orders: await ordersOf(queries, period),
    bills: { ended: billsIn(ended), paid: billsIn(paid) },
    feesTiyin,
  };
}

async function ordersOf(queries: Queries, period: Period): Promise<Slice['orders']> {
  const { fromId, toId } = await idsAround(historyRows(queries, topupHistory), period);
  const isPaid = inArray(topupHistory.toState, PAID_ORDER);
  const rows = await queries
    .select({
      provider: topups.provider,
      ended: countOf(topupHistory.topupId),
      paid: countOf(sql`case when ${isPaid} then ${topupHistory.topupId} end`),
    })
    .from(topupHistory)
    .innerJoin(topups, eq(topups.id, topupHistory.topupId))
    .where(
      and(
        gte(topupHistory.id, fromId),
        lt(topupHistory.id, toId),
        gte(topupHistory.at, period.fromAt),
        lt(topupHistory.at, period.toAt),
        inArray(topupHistory.toState, ENDED_ORDER),
      ),
    )
    .groupBy(topups.provider);
  return Object.fromEntries(rows.map(({ provider, ended, paid }) => [provider, { ended, paid }]));
}

interface BillsRow {
  name: string;
  state: string;
  tiyin: Tiyin;
  count: number;
}

async function billsOf(queries: Queries, { fromAt, toAt }: Period): Promise<BillsRow[]> {
  return await queries
    .select({
      name: bills.serviceName,
      state: bills.state,
      tiyin: sumOf(bills.amountTiyin),
      count: countOf(),
    })
    .from(bills)
    .where(
      and(
        inArray(bills.state, ['paid', 'refunded', 'failed']),
        gte(bills.endedAt, fromAt),
        lt(bills.endedAt, toAt),
      ),
    )
    .groupBy(bills.serviceName, bills.state);
}

function billsIn(rows: readonly BillsRow[]): number {
  return rows.reduce((sum, row) => sum + row.count, 0);
}

/** Money that went back was paid for no service. */
function byService(rows: readonly BillsRow[]): Slice['services'] {
  return rows
    .filter(({ state }) => state === 'paid')
    .map(({ name, tiyin, count: paid }) => ({ name, tiyin, count: paid }));
}

/** Several stretches as one. */
export function together(slices: readonly Slice[]): Slice {
  const all: {
    in: Record<string, { tiyin: Tiyin; count: number }>;
    orders: Record<string, Ended>;
  } = { in: {}, orders: {} };
  const services = new Map<string, { name: string; tiyin: Tiyin; count: number }>();
  for (const slice of slices) {
    for (const [id, { tiyin, count: n }] of Object.entries(slice.in)) {
      const sum = (all.in[id] ??= { tiyin: 0, count: 0 });
      sum.tiyin += tiyin;
      sum.count += n;
    }
    for (const [id, ended] of Object.entries(slice.orders)) {
      all.orders[id] = added(all.orders[id], ended);
    }
    for (const { name, tiyin, count: n } of slice.services) {
      const before = services.get(name) ?? { name, tiyin: 0, count: 0 };
      services.set(name, { name, tiyin: before.tiyin + tiyin, count: before.count + n });
    }
  }
  return {
    ...all,
    services: [...services.values()].toSorted((a, b) => b.tiyin - a.tiyin),
    bills: slices.reduce<Ended>((sum, { bills: each }) => added(sum, each), EMPTY.bills),
    feesTiyin: slices.reduce((sum, slice) => sum + slice.feesTiyin, 0),
  };
}

function added(sum: Ended | undefined, { ended, paid }: Ended): Ended {
  return { ended: (sum?.ended ?? 0) + ended, paid: (sum?.paid ?? 0) + paid };
}
