/**
 * What owners read every morning about the day before. The day's report and the messages are written in one transaction,
 * so that a day is told once, however often the program stops in between.
 */
import { asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Queries } from '../db/database.ts';
import { bills, entries, suspenseItems, topups } from '../db/tables.ts';
import { figuresOf, usersTotal } from '../ledger/figures.ts';
import { floatOf } from '../ledger/float.ts';
import { sealAll, sealHead, shownHash } from '../ledger/seals.ts';
import { enqueue } from '../outbox/messages.ts';
import type { TopupDeps } from '../topups/deps.ts';
import type { ProviderId } from '../core/payment-systems.ts';
import { openTakenBack } from '../topups/taken-back.ts';
import { comparePaylov } from './paylov-figures.ts';
import { addReport, reportOf } from './day-reports.ts';
import { DAY_MS, dayAfter, dayOf, startOf } from '../core/calendar.ts';
import { compareShops } from './shop-figures.ts';
import { lastGoodBackup } from './backup-report.ts';
import { uptimeSchema } from './uptime.ts';

const sum = z.int();
const caseSchema = z.object({
  kind: z.enum(['review', 'bill', 'suspense', 'taken_back']),
  at: z.number(),
});

export const digestSchema = z.object({
  inByProvider: z.record(z.string(), z.object({ tiyin: sum, count: sum })),
  inTiyin: sum,
  creditedTiyin: sum,
  billsTiyin: sum,
  billsCount: sum,
  feesTiyin: sum,
  creditsTiyin: sum,
  debitsTiyin: sum,
  usersTiyin: sum,
  /** What is left on the operator's card; null when nobody wrote it down. */
  floatTiyin: sum.nullable(),
  /** By provider: what its shop has more than we; `paylov`: the number of findings. */
  differences: z.array(z.object({ provider: z.string(), tiyin: sum.nullable(), findings: sum })),
  /** How many payment systems' figures were compared, and which could have been and were not. */
  compared: sum,
  uncompared: z.array(z.string()),
  oldest: caseSchema.nullable(),
  openCases: sum,
  /** Whole percent of the day's looks. */
  uptime: z.record(z.string(), sum),
  backupAt: z.number().nullable(),
  /**
   * Whether the database is copied by tools of its own, as a shared one is: the program knows nothing of those copies.
   */
  copiedElsewhere: z.boolean().default(false),
  seal: z.object({ entryId: sum, hash: z.string() }).nullable(),
});

export type Digest = z.infer<typeof digestSchema>;

/** Nobody is woken by figures, also when the job of the last evening runs late. */
const NOT_BEFORE_MS = 9 * 60 * 60_000;

/** From nine o'clock on tells owners about yesterday, if there was one and they were not told yet. */
export async function sendDigest(deps: TopupDeps): Promise<void> {
  const at = deps.clock.now();
  const today = dayOf(at);
  if (at < startOf(today) + NOT_BEFORE_MS) return;
  if ((await reportOf(deps.db.read, 'digest', today)) !== undefined) return;
  if (!(await hasYesterday(deps.db.read, today))) return;
  await sealAll(deps.db, at);
  const providers = [...deps.providers.keys()];
  const day = dayAfter(today, -1);
  const data = await deps.db.snapshot((queries) =>
    digestOf(queries, { day, providers, copiedElsewhere: deps.db.shared }),
  );
  await deps.write(async (tx) => {
    if (!(await addReport(tx, { kind: 'digest', day: today, data, at }))) return;
    for (const chatId of deps.ownerChats) {
      const key = `digest:${today}:${chatId}`;
      await enqueue(tx, { key, chatId, kind: 'owner_digest', params: { day: today }, at });
    }
  });
}

/** On its first day a bot has nothing to tell. */
async function hasYesterday(queries: Queries, today: string): Promise<boolean> {
  const [first] = await queries
    .select({ at: entries.createdAt })
    .from(entries)
    .orderBy(asc(entries.id))
    .limit(1);
  return first !== undefined && first.at < startOf(today);
}

/** The figures of `day`, and what is open now. */
async function digestOf(
  queries: Queries,
  {
    day,
    providers,
    copiedElsewhere = false,
  }: { day: string; providers: readonly ProviderId[]; copiedElsewhere?: boolean },
): Promise<Digest> {
  const fromAt = startOf(day);
  const figures = await figuresOf(queries, { fromAt, toAt: fromAt + DAY_MS });
  const seal = await sealHead(queries);
  const { inByProvider, inTiyin, creditedTiyin, billsTiyin, billsCount, feesTiyin } = figures;
  return {
    inByProvider,
    inTiyin,
    creditedTiyin,
    billsTiyin,
    billsCount,
    feesTiyin,
    creditsTiyin: figures.creditsTiyin,
    debitsTiyin: figures.debitsTiyin,
    usersTiyin: await usersTotal(queries),
    floatTiyin: (await floatOf(queries)).leftTiyin,
    ...(await differencesOf(queries, { day, providers, billsCount })),
    ...(await openCases(queries)),
    uptime: await uptimeOf(queries, day),
    backupAt: (await lastGoodBackup(queries))?.at ?? null,
    copiedElsewhere,
    seal: seal && { entryId: seal.entryId, hash: shownHash(seal) },
  };
}

type Differences = Pick<Digest, 'differences' | 'compared' | 'uncompared'>;

/** What was not compared is said, so that silence never looks like agreement. */
async function differencesOf(
  queries: Queries,
  {
    day,
    providers,
    billsCount,
  }: { day: string; providers: readonly ProviderId[]; billsCount: number },
): Promise<Differences> {
  const shops = await compareShops(queries, { day, providers });
  const paylov = await comparePaylov(queries, day);
  const differences: Differences['differences'] = [];
  for (const shop of shops) {
    if (shop.kind !== 'compared' || shop.differenceTiyin === 0 || shop.crossed) continue;
    differences.push({ provider: shop.provider, tiyin: shop.differenceTiyin, findings: 1 });
  }
  const findings = paylov?.findings.length ?? 0;
  if (findings > 0) differences.push({ provider: 'paylov', tiyin: null, findings });
  const missing = shops.filter(({ kind }) => kind === 'no_figures').map(({ provider }) => provider);
  return {
    differences,
    compared: shops.filter(({ kind }) => kind === 'compared').length + (paylov ? 1 : 0),
    uncompared: !paylov && billsCount > 0 ? [...missing, 'paylov'] : missing,
  };
}

/** What waits for somebody's decision. */
async function openCases(queries: Queries): Promise<Pick<Digest, 'oldest' | 'openCases'>> {
  const reviews = await queries
    .select({ at: topups.endedAt })
    .from(topups)
    .where(eq(topups.state, 'review'));
  const stuck = await queries
    .select({ at: bills.createdAt })
    .from(bills)
    .where(eq(bills.state, 'stuck'));
  const items = await queries
    .select({ at: suspenseItems.createdAt })
    .from(suspenseItems)
    .where(eq(suspenseItems.state, 'open'));
  const back = await openTakenBack(queries);
  const cases: z.infer<typeof caseSchema>[] = [
    ...reviews.map(({ at }) => ({ kind: 'review' as const, at: at ?? 0 })),
    ...stuck.map(({ at }) => ({ kind: 'bill' as const, at })),
    ...items.map(({ at }) => ({ kind: 'suspense' as const, at })),
    ...back.map((at) => ({ kind: 'taken_back' as const, at })),
  ];
  const [oldest] = cases.toSorted((a, b) => a.at - b.at);
  return { oldest: oldest ?? null, openCases: cases.length };
}

async function uptimeOf(queries: Queries, day: string): Promise<Digest['uptime']> {
  const parsed = uptimeSchema.safeParse(await reportOf(queries, 'uptime', day));
  if (!parsed.success) return {};
  return Object.fromEntries(
    Object.entries(parsed.data)
      .filter(([, { looks }]) => looks > 0)
      // Rounded down: a day with a minute of trouble was not whole.
      .map(([provider, { looks, open }]) => [provider, Math.floor((open / looks) * 100)]),
  );
}
