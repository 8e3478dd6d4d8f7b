/** Top-ups in memory, for this folder's tests: the contract's outcomes without providers or money. */
import type { PayMethod, Provider } from '../topups/provider.ts';
import { NAMED_WAYS, type NamedWay, type ProviderId } from '../core/payment-systems.ts';
import { LIVE_STATES, type Topup } from '../topups/topup.ts';
import type {
  CheckNowOutcome,
  CreateTopup,
  CreateTopupOutcome,
  TopupDecisions,
  Topups,
} from '../topups/topups.ts';
import { type Offer, type TopupWays, waysOf } from '../topups/ways.ts';

export const NOW = Date.UTC(2026, 0, 5, 7);
const TTL_MS = 5 * 60_000;
const WATCHED_MS = 72 * 60 * 60_000;

/** A waiting order of 50 000 so'm whose exact sum is 50 001,50, payable to a card. */
export function sampleTopup(changes: Partial<Topup> = {}): Topup {
  return {
    id: 'K7Q2M9XZ',
    userId: 101,
    provider: 'payfer',
    state: 'waiting',
    reason: null,
    baseTiyin: 5_000_000,
    amountTiyin: 5_000_150,
    paidTiyin: null,
    method: null,
    orderCode: 'CODE000000000001',
    providerOrder: 'their-order-1',
    payUrl: null,
    cardKey: '6478',
    cardHash: null,
    cardNumber: '8600495473316478',
    cardHolder: 'A. <USER>',
    receiptUrl: null,
    screenMessageId: null,
    createdAt: NOW,
    expiresAt: NOW + TTL_MS,
    providerEndsAt: null,
    endedAt: null,
    paidAt: null,
    reportedAt: null,
    reportedPaidAt: null,
    takenBackAt: null,
    takenBackTiyin: null,
    takenBackEnd: null,
    dueAt: null,
    urgency: 1,
    leaseUntil: 0,
    holder: null,
    checkedAt: null,
    checks: 0,
    lastProblem: null,
    cancelWanted: false,
    ...changes,
  };
}

export function sampleOffer(id: ProviderId, changes: Partial<Offer> = {}): Offer {
  const titles = {
    inpay: 'inPAY',
    payfer: 'Payfer',
    rasmiypay: 'RasmiyPay',
    autopaycard: 'AutoPayCard',
  };
  const methods: readonly PayMethod[] = ['click', 'payme', 'any'];
  const limits = { minTiyin: 100_000, maxTiyin: 1_000_000_000 };
  const provider: Provider = {
    id,
    title: titles[id],
    limits,
    ...(id === 'inpay' ? { methods } : {}),
    ttlMs: TTL_MS,
    schedule: [{ everyMs: 10_000, untilMs: Infinity }],
    concurrency: 1,
    minCheckIntervalMs: 0,
    rateLimitPauseMs: 0,
    create: () => Promise.reject(new Error('nobody calls a provider here')),
    check: () => Promise.reject(new Error('nobody calls a provider here')),
  };
  return { provider, availability: 'open', ...limits, ...changes };
}

/** What the next check or creation answers; by default an order is created and still waits. */
interface Script {
  create?: (request: CreateTopup) => CreateTopupOutcome;
  check?: (topup: Topup) => CheckNowOutcome;
}

export class FakeTopups implements Topups {
  readonly rows = new Map<string, Topup>();
  script: Script = {};
  created = 0;
  offered: Offer[] = [sampleOffer('inpay'), sampleOffer('payfer')];
  order: readonly NamedWay[] = NAMED_WAYS;

  put(changes: Partial<Topup>): Topup {
    const topup = sampleTopup(changes);
    this.rows.set(topup.id, topup);
    return topup;
  }

  change(topupId: string, changes: Partial<Topup>): Topup {
    const topup = this.rows.get(topupId);
    if (!topup) throw new Error(`no order ${topupId}`);
    return this.put({ ...topup, ...changes });
  }

  offers(): Promise<Offer[]> {
    return Promise.resolve(this.offered);
  }

  ways(): Promise<TopupWays> {
    return Promise.resolve(waysOf(this.offered, this.order));
  }

  async create(request: CreateTopup): Promise<CreateTopupOutcome> {
    const live = (await this.live(request.userId)).find(({ provider }) => {
      return provider === request.provider;
    });
    if (live) return { kind: 'live', topup: live };
    if (this.script.create) return this.script.create(request);
    this.created += 1;
    const isPage = request.provider === 'inpay';
    const topup = this.put({
      id: `ORDER${this.created}`,
      userId: request.userId,
      provider: request.provider,
      baseTiyin: request.baseTiyin,
      amountTiyin: request.baseTiyin + (isPage ? 0 : 150),
      method: request.method ?? null,
      ...(isPage
        ? { payUrl: 'https://pay.example/1', cardNumber: null, cardHolder: null, cardKey: null }
        : {}),
    });
    return { kind: 'created', topup };
  }

  async checkNow(topupId: string, { userId }: { userId?: number }): Promise<CheckNowOutcome> {
    const topup =
      userId === undefined ? await this.get(topupId) : await this.ofUser(topupId, userId);
    if (!topup) return { kind: 'not_found' };
    return this.script.check?.(topup) ?? { kind: 'checked', topup };
  }

  async cancel(
    topupId: string,
    { userId }: { userId: number },
  ): Promise<{ kind: 'cancelled' | 'not_live'; topup: Topup } | { kind: 'not_found' }> {
    const topup = await this.ofUser(topupId, userId);
    if (!topup) return { kind: 'not_found' };
    if (topup.state !== 'waiting') return { kind: 'not_live', topup };
    return { kind: 'cancelled', topup: this.change(topupId, { state: 'cancelled', endedAt: NOW }) };
  }

  get(topupId: string): Promise<Topup | null> {
    return Promise.resolve(this.rows.get(topupId) ?? null);
  }

  async ofUser(topupId: string, userId: number): Promise<Topup | null> {
    const topup = await this.get(topupId);
    return topup?.userId === userId ? topup : null;
  }

  history(userId: number, page: { offset: number; limit: number }): Promise<Topup[]> {
    const own = [...this.rows.values()].filter((topup) => topup.userId === userId);
    const newest = own.toSorted((a, b) => b.createdAt - a.createdAt);
    return Promise.resolve(newest.slice(page.offset, page.offset + page.limit));
  }

  async live(userId: number): Promise<Topup[]> {
    const own = await this.history(userId, { offset: 0, limit: 1000 });
    return own.filter(({ state }) => LIVE_STATES.some((live) => live === state));
  }

  watchedUntil({ endedAt, dueAt }: Topup): number | null {
    return endedAt === null || dueAt === null ? null : endedAt + WATCHED_MS;
  }

  rememberScreen(topupId: string, messageId: number): Promise<void> {
    this.change(topupId, { screenMessageId: messageId });
    return Promise.resolve();
  }

  /** Approvals are the business of real top-ups: see desk/payments.fixture.ts. */
  readonly decisions: TopupDecisions = {
    creditReview: nobodyDecides,
    refuseReview: nobodyDecides,
    redirectReview: nobodyDecides,
    closeAsSame: nobodyDecides,
    approve: nobodyDecides,
    debitTakenBack: nobodyDecides,
    leaveTakenBack: nobodyDecides,
    close: nobodyDecides,
  };
}

function nobodyDecides(): Promise<never> {
  return Promise.reject(new Error('nobody decides about orders in memory'));
}
