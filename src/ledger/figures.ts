/**
 * What the books say about a stretch of time, cheaply: entries have no index on their time, because posting must stay
 * fast, but their ids grow with it. So the ends of the period are found by bisection, some forty reads by primary key
 * however many entries there are, and only what lies between is read. Made for days and weeks; a month of a busy bot is read in well under a second.
 */
import { and, eq, gte, lt, or, type SQL, sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { countOf, sumOf } from '../db/exact.ts';
import { entryRows, idsAround } from '../db/first-id.ts';
import { accounts, entries, lines } from '../db/tables.ts';
import type { Tiyin } from '../core/money.ts';
import { FEES, PAYLOV_FLOAT } from './accounts.ts';
import { plainAccount } from './stripes.ts';
import type { Period } from '../core/calendar.ts';

/** One sort of movement: entries of a kind, and what one account (all users count as one) gained by them. */
interface Movement {
  /** The kind of the entry: `topup`, `credit`, `captured` … */
  kind: string;
  /** `provider:inpay`, `fees`, `suspense` …; `users:available` and `users:held` stand for those of all users. */
  account: string;
  /** What the account gained, less what it lost. */
  amountTiyin: Tiyin;
  /** How many entries. */
  entries: number;
}

/** What happened to money in a period. Everything is a sum in tiyin unless it says otherwise. */
export interface Figures {
  /** Taken in by payment systems, whatever became of it, less what was debited as taken back: by provider. */
  inByProvider: Readonly<Record<string, { tiyin: Tiyin; count: number }>>;
  inTiyin: Tiyin;
  /** Put on users' balances from payments, at once or by a decision. */
  creditedTiyin: Tiyin;
  creditedCount: number;
  /** Paid out for bills from balances, less refunds, without fees. */
  billsTiyin: Tiyin;
  /** Bills paid from balances (a refund is not taken off). */
  billsCount: number;
  /** Fees kept, less refunded ones. */
  feesTiyin: Tiyin;
  /** What the staff credited and debited by hand. */
  creditsTiyin: Tiyin;
  debitsTiyin: Tiyin;
}

/** Entries of a period, to be looked for in `idsAround` it: time alone has no index. */
export function madeIn({ fromAt, toAt }: Period): SQL | undefined {
  return and(gte(entries.createdAt, fromAt), lt(entries.createdAt, toAt));
}

/** The account of a line, where all users' accounts count as one. */
const accountGroup = sql<string>`case
  when ${lines.accountId} like 'user:%:available' then 'users:available'
  when ${lines.accountId} like 'user:%:held' then 'users:held'
  else ${lines.accountId} end`;

/** All movements of a period, by kind and account. For what `figuresOf` does not sum up. */
export async function movementsOf(queries: Queries, period: Period): Promise<Movement[]> {
  const { fromId, toId } = await idsAround(entryRows(queries), period);
  if (toId <= fromId) return [];
  const rows = await queries
    .select({
      kind: entries.kind,
      account: accountGroup,
      amountTiyin: sumOf(lines.amountTiyin),
      entries: countOf(entries.id),
    })
    .from(entries)
    .innerJoin(lines, eq(lines.entryId, entries.id))
    .where(and(gte(entries.id, fromId), lt(entries.id, toId), madeIn(period)))
    .groupBy(entries.kind, accountGroup)
    .orderBy(entries.kind, accountGroup);
  return withoutStripes(rows);
}

/** An entry is written by one process, so that no two stripes of an account have lines of the same one. */
function withoutStripes(rows: readonly Movement[]): Movement[] {
  const byAccount = Map.groupBy(rows, ({ kind, account }) => `${kind} ${plainAccount(account)}`);
  return [...byAccount.values()].flatMap(([first, ...more]) => {
    return first
      ? [more.reduce(addMovement, { ...first, account: plainAccount(first.account) })]
      : [];
  });
}

function addMovement(sum: Movement, { amountTiyin, entries: more }: Movement): Movement {
  return { ...sum, amountTiyin: sum.amountTiyin + amountTiyin, entries: sum.entries + more };
}

/** Kinds of entries that put a payment on a balance. */
const CREDITING = new Set([
  'topup',
  'topup_approved',
  'review_credited',
  'review_same',
  'suspense_credited',
]);

/** The period in one look: see `Figures`. */
export async function figuresOf(queries: Queries, period: Period): Promise<Figures> {
  return summed(await movementsOf(queries, period));
}

/** Sums up movements; for those who have read them already. */
function summed(movements: readonly Movement[]): Figures {
  const of = (matches: (each: Movement) => boolean): Tiyin =>
    movements.filter(matches).reduce((sum, each) => sum + each.amountTiyin, 0);
  const count = (matches: (each: Movement) => boolean): number =>
    movements.filter(matches).reduce((sum, each) => sum + each.entries, 0);
  const credited = ({ kind, account }: Movement): boolean =>
    CREDITING.has(kind) && account === 'users:available';
  const paidBill = ({ kind, account }: Movement): boolean =>
    kind === 'captured' && account === PAYLOV_FLOAT;
  const inByProvider = takenIn(movements);
  return {
    inByProvider,
    inTiyin: Object.values(inByProvider).reduce((sum, { tiyin }) => sum + tiyin, 0),
    creditedTiyin: of(credited),
    creditedCount: count(credited),
    // What the owner put on the card is no bill, so it is left out.
    billsTiyin: of(({ kind, account }) => account === PAYLOV_FLOAT && !kind.startsWith('float_')),
    billsCount: count(paidBill),
    feesTiyin: of(({ account }) => account === FEES),
    creditsTiyin: of(({ kind, account }) => kind === 'credit' && account === 'users:available'),
    debitsTiyin: 0 - of(({ kind, account }) => kind === 'debit' && account === 'users:available'),
  };
}

/** Entries that took it from a balance again, after a provider took a payment back. */
const TAKEN_BACK = 'topup_taken_back';

/** Entries that took out of the books what stood there by mistake, or twice. */
const UNDONE: ReadonlySet<string> = new Set(['suspense_undone', 'review_same', 'review_elsewhere']);

/** Clearing accounts fall by what a provider took in for us, and rise by what it took back: that is no payment. */
function takenIn(movements: readonly Movement[]): Figures['inByProvider'] {
  const byProvider: Record<string, { tiyin: Tiyin; count: number }> = {};
  for (const { kind, account, amountTiyin, entries: all } of movements) {
    if (!account.startsWith('provider:') || account === PAYLOV_FLOAT) continue;
    const provider = account.slice('provider:'.length);
    const count = kind === TAKEN_BACK || UNDONE.has(kind) ? 0 : all;
    const before = byProvider[provider] ?? { tiyin: 0, count: 0 };
    byProvider[provider] = { tiyin: before.tiyin - amountTiyin, count: before.count + count };
  }
  return byProvider;
}

/**
 * What all users have now, available and held together. All balances are zero in sum (the nightly audit sees to it), so
 * the few accounts of the operator tell it without a look at every user.
 */
export async function usersTotal(queries: Queries): Promise<Tiyin> {
  const [row] = await queries
    .select({ tiyin: sumOf(accounts.balanceTiyin) })
    .from(accounts)
    // Whatever does not begin with `user:`, as ranges of the primary key.
    .where(or(lt(accounts.id, 'user:'), gte(accounts.id, 'user;')));
  // Zero, and not minus zero.
  return 0 - (row?.tiyin ?? 0);
}
