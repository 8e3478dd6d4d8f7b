/** What a payer decides about an account that pays itself: up to which sum, not this month, no more. */
import { and, eq, lte } from 'drizzle-orm';
import type { Detail } from '../bills/paylov/types.ts';
import { savedAccount } from '../bills/saved.ts';
import type { Tiyin } from '../core/money.ts';
import type { Tx } from '../db/database.ts';
import { autoPayments, watches } from '../db/tables.ts';
import { type AutoName, type AutoPayment, callOff, isOne, isOpen } from './announce.ts';
import type { MonthlyDeps } from './deps.ts';
import { sumFor } from './pay-all.ts';
import { lookOf, type OwnNow, type Watch, watchOf } from './watches.ts';

/** Who the account belongs to, as the service says it: the bill of another owner was not agreed to. */
export function ownerOf(details: readonly Detail[]): string {
  const words = ['fio', 'address'].map(
    (name) =>
      details
        .find((detail) => detail.name === name)
        ?.value.trim()
        .replaceAll(/\s+/g, ' ')
        .toLowerCase() ?? '',
  );
  return JSON.stringify(words);
}

export type AutoAgreed =
  | { kind: 'agreed'; watch: Watch }
  /** The account is not watched, so there is no day for paying it. */
  | { kind: 'not_watched' }
  /** Nobody has said which sign of its balance is a debt. */
  | { kind: 'unknown_sign' }
  /** The service can't say now who the account belongs to. */
  | { kind: 'no_answer' };

/** Agrees that the account pays itself, up to `capTiyin` a month with the fee. */
export async function agreeToAuto(
  deps: MonthlyDeps,
  { userId, savedId, capTiyin }: { userId: number; savedId: number; capTiyin: Tiyin },
): Promise<AutoAgreed> {
  const { db, bills, clock } = deps;
  const saved = await savedAccount(db.read, savedId);
  if (saved?.userId !== userId || !(await watchOf(db.read, savedId, userId))) {
    return { kind: 'not_watched' };
  }
  const { serviceId, account } = saved;
  const told = await bills.info({ userId, serviceId, account });
  if (told.kind !== 'info') return { kind: 'no_answer' };
  if (told.sign === 'unknown') return { kind: 'unknown_sign' };
  const agreed = { autoCapTiyin: capTiyin, autoOwner: ownerOf(told.details), autoFailures: 0 };
  return await db.tx(async (tx) => {
    const watch = await watchOf(tx, savedId, userId);
    if (!watch) return { kind: 'not_watched' };
    const look = lookOf(clock.now(), { ...watch, ...agreed });
    const [row] = await tx
      .update(watches)
      .set({ ...agreed, ...look })
      .where(eq(watches.savedId, savedId))
      .returning();
    return row ? { kind: 'agreed', watch: row } : { kind: 'not_watched' };
  });
}

/** Ends that the account pays itself; it stays watched. */
export async function endAuto(tx: Tx, { savedId, userId, at }: OwnNow): Promise<void> {
  await callOff(tx, { userId, savedId }, { reason: 'off', at });
  await tx
    .update(watches)
    .set({ autoCapTiyin: null, autoOwner: null })
    .where(and(eq(watches.savedId, savedId), eq(watches.userId, userId)));
}

/** Skips this month. False: it was too late, or the account is somebody else's. */
export async function skipAuto(tx: Tx, of: AutoName, at: number): Promise<boolean> {
  const set = { state: 'skipped', reason: 'skipped', endedAt: at } as const;
  const isStill = and(isOne(of), eq(autoPayments.state, 'announced'));
  return (await tx.update(autoPayments).set(set).where(isStill).returning()).length > 0;
}

/** What is about to be taken from a balance, with the fee, as far as is known. */
export interface AutoNeeds {
  /** What this account will take. */
  ownTiyin: Tiyin;
  /** What all accounts of this person will take that are paid on its day or before. */
  allTiyin: Tiyin;
}

/** For the notice: whoever tops up what is missing then has enough for all of them. */
export async function needsOf(
  { db, bills }: MonthlyDeps,
  { userId, payDay, ...own }: AutoPayment,
): Promise<AutoNeeds> {
  const mine = and(isOpen, eq(autoPayments.userId, userId), lte(autoPayments.payDay, payDay));
  const rows = await db.read.select().from(autoPayments).where(mine);
  const listed = await bills.catalog.services();
  const needs: AutoNeeds = { ownTiyin: 0, allTiyin: 0 };
  for (const { accountKey, period, savedId, owedTiyin } of rows) {
    const saved = await savedAccount(db.read, savedId);
    // The account was removed since it was announced: nothing is paid for it.
    if (!saved) continue;
    const { serviceId } = saved;
    const services = listed.kind === 'services' ? listed.services : [];
    const service = services.find(({ id }) => id === serviceId);
    const amountTiyin = service ? sumFor(owedTiyin, service) : owedTiyin;
    const { totalTiyin } = await bills.quote({ serviceId, amountTiyin, source: 'balance' });
    needs.allTiyin += totalTiyin;
    if (accountKey === own.accountKey && period === own.period) needs.ownTiyin = totalTiyin;
  }
  return needs;
}
