/** What the page shows, read where each thing is known. Sums are tiyin, times milliseconds since 1970; nothing is escaped. */
import { z } from 'zod';
import { BILL_GROUPS, listBills, unclearBills } from '../bills/list.ts';
import type { PageDecisions } from '../bot/desk/page/decisions.ts';
import type { PageTickets } from '../bot/desk/page/tickets.ts';
import { DAY_MS, startOf, tashkentPeriod } from '../core/calendar.ts';
import type { Database, Queries } from '../db/database.ts';
import { plainAccount } from '../ledger/stripes.ts';
import { accountLines, allAccounts } from '../ledger/account-lines.ts';
import { figuresOf, usersTotal } from '../ledger/figures.ts';
import { userBalance } from '../ledger/ledger.ts';
import { statementOf } from '../ledger/statement.ts';
import { type Bucket, daysOf, hoursOf } from '../reports/figures.ts';
import { countPending } from '../staff/approval-rows.ts';
import { waitingNow } from '../support/figures.ts';
import { countReviews, listTopups, TOPUP_GROUPS } from '../topups/list.ts';
import { countSuspense } from '../topups/suspense.ts';
import { openMoney } from '../topups/suspense-list.ts';
import type { Topups } from '../topups/topups.ts';
import { findUsers } from '../users/find.ts';
import { getUser, type UserRow, usersByIds } from '../users/users.ts';

export interface ViewDeps {
  db: Database;
  decisions: Pick<PageDecisions, 'waiting'>;
  tickets: Pick<PageTickets, 'open' | 'one'>;
  /** The person who looks. */
  personId: number;
  topups: Pick<Topups, 'offers'>;
  now: () => number;
}

const PAGE_SIZE = 30;
/** Nobody reads further back by pages: the export has it all. */
const DEEPEST = 3000;
const DAYS = 14;

const words = z.string().trim().max(100);
const place = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const offset = place.max(DEEPEST).default(0);
const person = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const day = z.iso.date();

const listQuery = {
  user: person.optional(),
  day: day.optional(),
  cursor: place.optional(),
};

/** By name; each takes the address's query, and is refused with 400 where its schema does not take that. */
export const VIEWS = {
  today: view(z.object({}), today),
  orders: view(
    z.object({
      ...listQuery,
      group: z.enum(groupsOf(TOPUP_GROUPS)).default('all'),
      system: z.enum(['inpay', 'payfer', 'rasmiypay', 'autopaycard']).optional(),
    }),
    orders,
  ),
  bills: view(
    z.object({ ...listQuery, group: z.enum(groupsOf(BILL_GROUPS)).default('all') }),
    bills,
  ),
  suspense: view(z.object({}), suspense),
  people: view(z.object({ q: words.optional(), user: person.optional(), offset }), people),
  decisions: view(z.object({}), decisions),
  tickets: view(z.object({ ticket: z.string().max(20).optional(), offset }), tickets),
  ledger: view(z.object({ account: words.optional(), offset }), ledger),
} as const;

type ViewName = keyof typeof VIEWS;

export function isViewName(name: string): name is ViewName {
  return Object.hasOwn(VIEWS, name);
}

type Show = (deps: ViewDeps, query: unknown) => Promise<{ data: unknown } | null>;

function view<Q>(schema: z.ZodType<Q>, read: (deps: ViewDeps, query: Q) => Promise<unknown>): Show {
  return async (deps, query) => {
    const parsed = schema.safeParse(query);
    return parsed.success ? { data: await read(deps, parsed.data) } : null;
  };
}

function groupsOf<K extends string>(groups: Readonly<Record<K, unknown>>): K[] {
  return Object.keys(groups) as K[];
}

async function today({ db, topups, now }: ViewDeps) {
  const at = now();
  const figures = await figuresOf(db.read, tashkentPeriod(at));
  const unclear = await unclearBills(db.read);
  const hours = await hoursOf(db.read, at);
  const days = await daysOf(db, { at, days: DAYS });
  const offers = await topups.offers();
  return {
    at,
    creditedTiyin: figures.creditedTiyin,
    creditedCount: figures.creditedCount,
    billsTiyin: figures.billsTiyin,
    billsCount: figures.billsCount,
    feesTiyin: figures.feesTiyin,
    usersTiyin: await usersTotal(db.read),
    waiting: {
      reviews: await countReviews(db.read),
      suspense: await countSuspense(db.read),
      unclearBills: unclear.unknown + unclear.stuck,
      approvals: await countPending(db.read),
      questions: (await waitingNow(db.read)).waiting,
    },
    systems: offers.map(({ provider: { title }, availability }) => ({ title, availability })),
    hours: hours.map(barOf),
    days: days.map(barOf),
  };
}

function barOf({ label, slice }: Bucket): { label: string; inTiyin: number; outTiyin: number } {
  return { label, inTiyin: total(Object.values(slice.in)), outTiyin: total(slice.services) };
}

function total(all: readonly { tiyin: number }[]): number {
  return all.reduce((sum, { tiyin }) => sum + tiyin, 0);
}

interface Listing {
  user?: number | undefined;
  day?: string | undefined;
  cursor?: number | undefined;
}

function filterOf({ user, day: wanted }: Listing) {
  const fromAt = wanted === undefined ? null : startOf(wanted);
  return { userId: user ?? null, fromAt, toAt: fromAt === null ? null : fromAt + DAY_MS };
}

async function orders(
  { db }: ViewDeps,
  query: Listing & {
    group: keyof typeof TOPUP_GROUPS;
    system?: 'inpay' | 'payfer' | 'rasmiypay' | 'autopaycard' | undefined;
  },
) {
  const filter = { ...filterOf(query), group: query.group, provider: query.system ?? null };
  const page = await listTopups(db.read, filter, pageOf(query));
  const names = await namesOf(db.read, page.topups);
  const rows = page.topups.map((topup) => ({
    id: topup.id,
    at: topup.createdAt,
    system: topup.provider,
    state: topup.state,
    amountTiyin: topup.paidTiyin ?? topup.amountTiyin,
    userId: topup.userId,
    name: names.get(topup.userId) ?? '',
  }));
  return { rows, cursor: page.cursor };
}

async function bills({ db }: ViewDeps, query: Listing & { group: keyof typeof BILL_GROUPS }) {
  const filter = { ...filterOf(query), group: query.group, serviceId: null };
  const page = await listBills(db.read, filter, pageOf(query));
  const names = await namesOf(db.read, page.bills);
  const rows = page.bills.map((bill) => ({
    id: bill.id,
    at: bill.createdAt,
    service: bill.serviceName,
    state: bill.state,
    amountTiyin: bill.amountTiyin,
    feeTiyin: bill.feeTiyin,
    userId: bill.userId,
    name: names.get(bill.userId) ?? '',
  }));
  return { rows, cursor: page.cursor };
}

const pageOf = ({ cursor = null }: { cursor?: number | null | undefined }) => ({
  cursor,
  limit: PAGE_SIZE,
});

async function suspense({ db }: ViewDeps) {
  const all = await openMoney(db.read);
  const rows = all.map(({ id, source, provider: system, amountTiyin, at }) => ({
    id,
    at,
    system,
    kind: source.kind === 'review' ? 'review' : source.item.kind,
    amountTiyin,
    userId: source.kind === 'review' ? source.topup.userId : null,
  }));
  return { rows, totalTiyin: rows.reduce((sum, { amountTiyin }) => sum + amountTiyin, 0) };
}

async function people(
  { db }: ViewDeps,
  query: { q?: string | undefined; user?: number | undefined; offset: number },
) {
  if (query.user !== undefined) return await onePerson(db.read, query.user, query.offset);
  const found = await findUsers(db.read, query.q ?? '', {
    offset: query.offset,
    limit: PAGE_SIZE + 1,
  });
  const rows = found.slice(0, PAGE_SIZE).map(personRow);
  return { rows, offset: nextOffset(found, query.offset) };
}

async function onePerson(queries: Queries, userId: number, from: number) {
  const user = await getUser(queries, userId);
  if (!user) return { person: null };
  const page = { filter: 'all', offset: from, limit: PAGE_SIZE + 1 } as const;
  const found = await statementOf(queries, userId, page);
  return {
    person: { ...personRow(user), ...(await userBalance(queries, userId)) },
    rows: found.slice(0, PAGE_SIZE),
    offset: nextOffset(found, from),
  };
}

/** Only the end of a phone number is shown, which is enough to compare; the chat shows the whole. */
function personRow(user: UserRow) {
  return {
    userId: user.id,
    name: nameOf(user),
    username: user.username,
    phone: user.phone === null ? null : `+…${user.phone.slice(-4)}`,
    seenAt: user.seenAt,
    isBlocked: user.blockedAt !== null,
  };
}

async function ledger(
  { db }: ViewDeps,
  { account, offset: from }: { account?: string | undefined; offset: number },
) {
  if (account === undefined || account === '') return { accounts: await allAccounts(db.read) };
  const page = { account: plainAccount(account), offset: from, limit: PAGE_SIZE + 1 };
  const found = await accountLines(db.read, page);
  return { account, rows: found.slice(0, PAGE_SIZE), offset: nextOffset(found, from) };
}

async function decisions({ decisions: { waiting }, personId }: ViewDeps) {
  return { rows: await waiting(personId) };
}

async function tickets(
  { tickets: { open, one }, personId }: ViewDeps,
  { ticket: id, offset: from }: { ticket?: string | undefined; offset: number },
) {
  if (id !== undefined) return (await one(personId, id)) ?? { ticket: null };
  return await open(personId, from);
}

/** Null: there are no more, or none that are read by pages. */
function nextOffset(found: readonly unknown[], from: number): number | null {
  const next = from + PAGE_SIZE;
  return found.length > PAGE_SIZE && next <= DEEPEST ? next : null;
}

const nameOf = ({ firstName, lastName }: UserRow): string => `${firstName} ${lastName}`.trim();

async function namesOf(
  queries: Queries,
  rows: readonly { userId: number }[],
): Promise<ReadonlyMap<number, string>> {
  const users = await usersByIds(queries, [...new Set(rows.map(({ userId }) => userId))]);
  return new Map([...users.values()].map((user) => [user.id, nameOf(user)]));
}
