/** Top-ups in memory, for this folder's tests: the contract's outcomes without providers or money. */
import { NAMED_WAYS, type NamedWay } from '../core/payment-systems.ts';
import { LIVE_STATES, type Topup } from '../topups/topup.ts';
import type {
  CheckNowOutcome,
  CreateTopup,
  CreateTopupOutcome,
  TopupDecisions,
  Topups,
} from '../topups/topups.ts';
import { type Offer, type TopupWays, waysOf } from '../topups/ways.ts';
import { NOW, sampleOffer, sampleTopup } from './samples.fixture.ts';

const WATCHED_MS = 72 * 60 * 60_000;

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
