/** Asking others to pay: a bill, or onto one's own balance. A link leads to it; whoever has that may pay, once. */
import { and, eq, gt } from 'drizzle-orm';
import type { Clock, Random } from '../core/deps.ts';
import { randomCode } from '../core/deps.ts';
import { ID_ALPHABET, ID_LENGTH } from '../core/ids.ts';
import { assertTiyin, TIYIN_PER_SOM, type Tiyin } from '../core/money.ts';
import type { Database, Tx } from '../db/database.ts';
import { requests } from '../db/tables.ts';
import { userAvailable } from '../ledger/accounts.ts';
import { InsufficientBalanceError, post, userBalance } from '../ledger/ledger.ts';
import type { QuotaLimits } from '../quotas/limits.ts';
import { type QuotaSpent, useQuota } from '../quotas/quotas.ts';
import { getUser } from '../users/users.ts';
import { createRequestLinks, type RequestLinks } from './links.ts';
import { tellPaid } from './news.ts';
import {
  entryKeyOf,
  type PaymentRequest,
  REQUEST_LIFE_MS,
  requestById,
  type Standing,
  standingOf,
} from './request.ts';

/** What may be asked onto a balance: a card transfer carries as much. */
export const MIN_ASKED_TIYIN = 1000 * TIYIN_PER_SOM;
export const MAX_ASKED_TIYIN = 10_000_000 * TIYIN_PER_SOM;

/** A bill as it is asked for. */
interface AskedBill {
  serviceId: string;
  serviceName: string;
  account: Record<string, string>;
  /** The answers under their titles, as who asks saw them. */
  labels: readonly { name: string; title: string; value: string }[];
}

type AskOutcome = { kind: 'asked'; request: PaymentRequest } | QuotaSpent;

interface OutOfLimits {
  kind: 'out_of_limits';
  minTiyin: Tiyin;
  maxTiyin: Tiyin;
}

type GiveOutcome =
  /** `repeated`: this person has paid it before, and nothing was moved now. */
  | { kind: 'given'; request: PaymentRequest; repeated: boolean }
  | { kind: 'insufficient'; request: PaymentRequest; availableTiyin: Tiyin }
  | { kind: 'over'; request: PaymentRequest; standing: Exclude<Standing, 'open'> }
  | { kind: 'not_found' };

export interface Requests extends RequestLinks {
  /**
   * Asks for a bill. A request of the same person for the same that is still open is returned instead of a second one.
   * Sums are whole so'm.
   */
  askForBill(userId: number, bill: AskedBill, amountTiyin: Tiyin): Promise<AskOutcome>;
  /** Asks for money onto the balance. */
  askForBalance(userId: number, amountTiyin: Tiyin): Promise<AskOutcome | OutOfLimits>;
  get(id: string): Promise<PaymentRequest | null>;
  /** Whether this bill of somebody else's paid a request of this person's. */
  isPaidFor(userId: number, billId: string): Promise<boolean>;
  /** Moves the sum from the balance of who pays to that of who asked, once. */
  give(id: string, payerId: number): Promise<GiveOutcome>;
  /** Only of one's own, and only while nobody pays. Null: there is none of this person's. */
  withdraw(id: string, userId: number): Promise<PaymentRequest | null>;
}

interface RequestDeps {
  db: Database;
  clock: Clock;
  random: Random;
  quotas: QuotaLimits;
  /** Wakes whoever sends what waits in the outbox. */
  notifyOutbox: () => void;
}

/** Codes of links are signed with a key of the database's own. */
export function createRequests(deps: RequestDeps): Requests {
  const { db, clock } = deps;
  return {
    ...createRequestLinks(db, deps.random),
    async askForBill(userId, bill, amountTiyin) {
      assertTiyin(amountTiyin, 'request');
      return await ask(deps, { userId, kind: 'bill', amountTiyin, ...bill });
    },
    async askForBalance(userId, amountTiyin) {
      const limits = { minTiyin: MIN_ASKED_TIYIN, maxTiyin: MAX_ASKED_TIYIN };
      const isFine =
        amountTiyin >= limits.minTiyin &&
        amountTiyin <= limits.maxTiyin &&
        amountTiyin % TIYIN_PER_SOM === 0;
      if (!isFine) return { kind: 'out_of_limits', ...limits };
      return await ask(deps, { userId, kind: 'balance', amountTiyin });
    },
    get: async (id) => await requestById(db.read, id),
    async isPaidFor(userId, billId) {
      const own = and(eq(requests.userId, userId), eq(requests.billId, billId));
      const rows = await db.read
        .select()
        .from(requests)
        .where(and(own, eq(requests.state, 'paid')));
      return rows.length > 0;
    },
    give: async (id, payerId) => await give(deps, id, payerId),
    async withdraw(id, userId) {
      const own = and(eq(requests.id, id), eq(requests.userId, userId));
      const ending = { state: 'withdrawn', endedAt: clock.now() } as const;
      await db.tx(async (tx) => {
        await tx
          .update(requests)
          .set(ending)
          .where(and(own, eq(requests.state, 'open')));
      });
      const request = await requestById(db.read, id);
      return request?.userId === userId ? request : null;
    },
  };
}

type Asked = Pick<PaymentRequest, 'userId' | 'kind' | 'amountTiyin'> & Partial<AskedBill>;

async function ask({ db, clock, random, quotas }: RequestDeps, asked: Asked): Promise<AskOutcome> {
  return await db.tx(async (tx) => {
    const at = clock.now();
    const known = await sameOpen(tx, asked, at);
    if (known) return { kind: 'asked', request: known };
    const use = { userId: asked.userId, action: 'ask_to_pay', at } as const;
    const quota = await useQuota(tx, quotas, use);
    if (quota.kind === 'quota_spent') return quota;
    const { labels, ...own } = asked;
    const [request] = await tx
      .insert(requests)
      .values({
        ...own,
        ...(labels === undefined ? {} : { labels: [...labels] }),
        id: randomCode(random, { length: ID_LENGTH, alphabet: ID_ALPHABET }),
        state: 'open',
        createdAt: at,
        expiresAt: at + REQUEST_LIFE_MS,
      })
      .returning();
    if (!request) throw new Error('a request was written and is not there');
    return { kind: 'asked', request };
  });
}

/** Finds the open request for the same: asked twice with one tap, or asked again. */
async function sameOpen(tx: Tx, asked: Asked, at: number): Promise<PaymentRequest | null> {
  const { userId, kind, amountTiyin } = asked;
  const rows = await tx
    .select()
    .from(requests)
    .where(
      and(
        eq(requests.userId, userId),
        eq(requests.state, 'open'),
        eq(requests.kind, kind),
        eq(requests.amountTiyin, amountTiyin),
        gt(requests.expiresAt, at),
      ),
    );
  const account = JSON.stringify(asked.account ?? null);
  return (
    rows.find(
      (row) =>
        row.serviceId === (asked.serviceId ?? null) && JSON.stringify(row.account) === account,
    ) ?? null
  );
}

async function give(deps: RequestDeps, id: string, payerId: number): Promise<GiveOutcome> {
  try {
    const outcome = await deps.db.tx((tx) => transfer(deps, tx, { id, payerId }));
    deps.notifyOutbox();
    return outcome;
  } catch (error) {
    if (!(error instanceof InsufficientBalanceError)) throw error;
    const request = await requestById(deps.db.read, id);
    if (!request) return { kind: 'not_found' };
    const { availableTiyin } = await userBalance(deps.db.read, payerId);
    return { kind: 'insufficient', request, availableTiyin };
  }
}

/** State, entry and message are one transaction; the entry's key sees to it that there is one. */
async function transfer(
  { clock }: RequestDeps,
  tx: Tx,
  { id, payerId }: { id: string; payerId: number },
): Promise<GiveOutcome> {
  const at = clock.now();
  const found = await requestById(tx, id);
  // Money onto one's own balance from one's own balance, or to somebody who is shut out, is nobody's wish.
  if (found?.kind !== 'balance' || found.userId === payerId) return { kind: 'not_found' };
  const standing = standingOf(found, at);
  if (standing === 'paid' && found.payerId === payerId) {
    return { kind: 'given', request: found, repeated: true };
  }
  if (standing !== 'open') return { kind: 'over', request: found, standing };
  const asker = await getUser(tx, found.userId);
  if (!asker || asker.blockedAt !== null) return { kind: 'not_found' };
  const [request] = await tx
    .update(requests)
    .set({ state: 'paid', payerId, endedAt: at })
    .where(and(eq(requests.id, id), eq(requests.state, 'open')))
    .returning();
  if (!request) throw new Error(`the request ${id} is open and was not to be had`);
  const { amountTiyin, userId } = request;
  await post(tx, {
    key: entryKeyOf(id),
    kind: 'request',
    actor: `user:${payerId}`,
    lines: [
      { account: userAvailable(payerId), amountTiyin: -amountTiyin },
      { account: userAvailable(userId), amountTiyin },
    ],
    at,
  });
  await tellPaid(tx, request, at);
  return { kind: 'given', request, repeated: false };
}
