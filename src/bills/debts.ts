/**
 * What an account owes. Paylov hands on a service's balance and does not say which sign of it is a debt, so an owner says
 * it for each service; until then nothing is called a debt.
 */
import { eq } from 'drizzle-orm';
import type { Queries, Tx } from '../db/database.ts';
import { serviceRules } from '../db/tables.ts';
import type { Tiyin } from '../core/money.ts';
import type { BillDeps } from './deps.ts';
import { saldoTiyin } from './paylov/details.ts';
import type { Detail } from './paylov/types.ts';
import type { DebtSign, SeenBalance } from './states.ts';

export type ServiceRule = typeof serviceRules.$inferSelect;

/** How many answers of a service are kept. */
const MAX_SEEN = 5;
const MAX_TEXT = 60;

/** How often an answer of a service is kept at most: what many people ask at once would all write the same row. */
const SEEN_EVERY_MS = 10 * 60_000;

/** What is owed, above zero. Null: nothing, or nobody knows. */
export function debtOf(sign: DebtSign, details: readonly Detail[]): Tiyin | null {
  const saldo = sign === 'unknown' ? null : saldoTiyin(details);
  if (saldo === null) return null;
  const owed = sign === 'negative' ? -saldo : saldo;
  return owed > 0 ? owed : null;
}

export async function debtSignOf(queries: Queries, serviceId: string): Promise<DebtSign> {
  return (await serviceRule(queries, serviceId))?.debtSign ?? 'unknown';
}

/** Null: nothing is known of it yet. */
export async function serviceRule(
  queries: Queries,
  serviceId: string,
): Promise<ServiceRule | null> {
  const [row] = await queries
    .select()
    .from(serviceRules)
    .where(eq(serviceRules.serviceId, serviceId));
  return row ?? null;
}

export async function allServiceRules(queries: Queries): Promise<ServiceRule[]> {
  return await queries.select().from(serviceRules);
}

/** Writes down what an owner says; the caller's transaction writes into the audit log who did. */
export async function sayDebtSign(
  tx: Tx,
  {
    serviceId,
    sign: debtSign,
    staffId: saidBy,
    at: saidAt,
  }: { serviceId: string; sign: DebtSign; staffId: number; at: number },
): Promise<void> {
  const said = { debtSign, saidBy, saidAt };
  await tx
    .insert(serviceRules)
    .values({ serviceId, ...said, seen: [] })
    .onConflictDoUpdate({ target: serviceRules.serviceId, set: said });
}

/** Remembers what services answer, seldom enough to cost nothing. */
export function balanceMemory({ db, clock }: Pick<BillDeps, 'db' | 'clock'>) {
  const notedAt = new Map<string, number>();
  return async (serviceId: string, details: readonly Detail[]): Promise<void> => {
    const saldo = valueOf(details, 'saldo');
    const now = clock.elapsed();
    if (saldo === undefined || now - (notedAt.get(serviceId) ?? -Infinity) < SEEN_EVERY_MS) return;
    notedAt.set(serviceId, now);
    const lastPaid = valueOf(details, 'last_paid');
    const seen = { saldo, ...(lastPaid === undefined ? {} : { lastPaid }), at: clock.now() };
    await db.tx((tx) => noteSeen(tx, serviceId, seen));
  };
}

function valueOf(details: readonly Detail[], name: string): string | undefined {
  return details.find((detail) => detail.name === name)?.value.slice(0, MAX_TEXT);
}

async function noteSeen(tx: Tx, serviceId: string, answer: SeenBalance): Promise<void> {
  const known = await serviceRule(tx, serviceId);
  const seen = [answer, ...(known?.seen ?? [])].slice(0, MAX_SEEN);
  await tx
    .insert(serviceRules)
    .values({ serviceId, seen })
    .onConflictDoUpdate({ target: serviceRules.serviceId, set: { seen } });
}
