/** Top-ups as the rest of the program sees them. */
import { and, desc, eq, inArray, or } from 'drizzle-orm';
import { providerEvents, topupHistory, topups } from '../db/tables.ts';
import { checkTopup, claimOne, endTopup } from './check.ts';
import { createTopup, limitsOf } from './create.ts';
import type { TopupDeps } from './deps.ts';
import { topupById } from './moves.ts';
import type { Provider } from './provider.ts';
import { availability, providerState } from './provider-state.ts';
import { approve, decideReview } from './settle.ts';
import { endOverdue, failInterrupted, sweepProvider } from './sweep.ts';
import { LIVE_STATES, PAYABLE_STATES, type Topup } from './topup.ts';
import type { CheckNowOutcome, DecideOutcome, Offer, TopupDetails, Topups } from './topups.ts';
import { acceptWebhook, type WebhookCall, type WebhookOutcome } from './webhooks.ts';

/** What drives top-ups from outside the bot: the clock and the providers. */
export interface TopupWork {
  /** One round of the poller; resolves when every provider's sweep is over. A sweep under way is not doubled. */
  tick(): Promise<void>;
  /** Stores a provider's call; resolves when it is safe, then asks the provider in the background. */
  receive(call: WebhookCall): Promise<WebhookOutcome>;
  /** After a start: orders that a crash left half open. */
  recover(): Promise<void>;
  /** Starts nothing new; resolves when running sweeps are over. */
  stop(): Promise<void>;
}

const EVENTS_SHOWN = 10;

export function createTopups(deps: TopupDeps): Topups & TopupWork {
  return { ...forPeople(deps), ...forOwners(deps), ...work(deps) };
}

type ForPeople = Pick<
  Topups,
  | 'offers'
  | 'create'
  | 'checkNow'
  | 'cancel'
  | 'get'
  | 'ofUser'
  | 'history'
  | 'live'
  | 'rememberScreen'
>;

function forPeople(deps: TopupDeps): ForPeople {
  const { db, clock } = deps;
  return {
    offers: () => Promise.all([...deps.providers.values()].map((each) => offer(deps, each))),
    create: (request) => createTopup(deps, request),
    checkNow: (id, { userId }) => checkNow(deps, id, userId),
    async cancel(id, { userId }) {
      const known = await ofUser(deps, id, userId);
      if (!known) return { kind: 'not_found' };
      const at = clock.now();
      const cancelWanted = deps.providers.get(known.provider)?.cancel !== undefined;
      const transition = 'cancelledByUser';
      const ended = await deps.write((tx) =>
        endTopup(deps, tx, { id, transition, cause: 'user', at, cancelWanted }),
      );
      if (ended) return { kind: 'cancelled', topup: ended };
      return { kind: 'not_live', topup: (await topupById(db.read, id)) ?? known };
    },
    get: (id) => topupById(db.read, id),
    ofUser: (id, userId) => ofUser(deps, id, userId),
    async history(userId, { offset, limit }) {
      const rows = await db.read
        .select()
        .from(topups)
        .where(eq(topups.userId, userId))
        .orderBy(desc(topups.createdAt), desc(topups.id))
        .limit(limit)
        .offset(offset);
      return rows as Topup[];
    },
    async live(userId) {
      const rows = await db.read
        .select()
        .from(topups)
        .where(and(eq(topups.userId, userId), inArray(topups.state, [...LIVE_STATES])))
        .orderBy(desc(topups.createdAt));
      return rows as Topup[];
    },
    async rememberScreen(id, messageId) {
      await db.tx(async (tx) => {
        await tx.update(topups).set({ screenMessageId: messageId }).where(eq(topups.id, id));
      });
    },
  };
}

async function ofUser(deps: TopupDeps, id: string, userId: number): Promise<Topup | null> {
  const topup = await topupById(deps.db.read, id);
  return topup?.userId === userId ? topup : null;
}

async function offer(deps: TopupDeps, provider: Provider): Promise<Offer> {
  const state = await providerState(deps.db.read, provider.id);
  return { provider, availability: availability(state), ...limitsOf(deps, provider) };
}

async function checkNow(
  deps: TopupDeps,
  id: string,
  userId: number | undefined,
): Promise<CheckNowOutcome> {
  const known = await topupById(deps.db.read, id);
  if (!known || (userId !== undefined && known.userId !== userId)) return { kind: 'not_found' };
  const provider = deps.providers.get(known.provider);
  const payable = PAYABLE_STATES.some((state) => state === known.state);
  if (!provider || !payable || known.providerOrder === null)
    return { kind: 'checked', topup: known };
  const state = await providerState(deps.db.read, provider.id);
  if (state && deps.clock.now() < state.rateLimitedUntil) {
    return { kind: 'unknown', topup: known, problem: 'rate_limited' };
  }
  const checkedBefore = deps.clock.now() - provider.minCheckIntervalMs;
  const topup = await claimOne(deps, { id, checkedBefore });
  if (!topup) return { kind: 'too_soon', topup: known };
  const cause = userId === undefined ? 'system' : 'button';
  const result = await checkTopup(deps, { provider, topup, priority: 'prompt', cause });
  const now = (await topupById(deps.db.read, id)) ?? topup;
  if (result.kind === 'problem') return { kind: 'unknown', topup: now, problem: result.code };
  return { kind: 'checked', topup: now };
}

type ForOwners = Pick<Topups, 'details' | 'find' | 'decideReview' | 'approve'>;

function forOwners(deps: TopupDeps): ForOwners {
  const { db, clock } = deps;
  const decided = async (id: string, done: Topup | null): Promise<DecideOutcome> => {
    if (done) return { kind: 'done', topup: done };
    const topup = await topupById(db.read, id);
    return topup ? { kind: 'decided', topup } : { kind: 'not_found' };
  };
  return {
    details: (id) => details(deps, id),
    async find(text) {
      const quoted = text.trim();
      const [row] = await db.read
        .select()
        .from(topups)
        .where(
          or(
            eq(topups.id, quoted.toUpperCase()),
            eq(topups.providerOrder, quoted),
            eq(topups.orderCode, quoted.toUpperCase()),
          ),
        )
        .limit(1);
      return (row as Topup | undefined) ?? null;
    },
    async decideReview(id, { credit, ownerId }) {
      const at = clock.now();
      const done = await deps.write((tx) => decideReview(deps, tx, { id, credit, ownerId, at }));
      if (done) deps.metrics.topup(done.provider, credit ? 'review_credited' : 'review_refused');
      return await decided(id, done);
    },
    async approve(id, { ownerId }) {
      const at = clock.now();
      const done = await deps.write((tx) => approve(deps, tx, { id, ownerId, at }));
      if (done) deps.metrics.topup(done.provider, 'approved');
      return await decided(id, done);
    },
  };
}

async function details(deps: TopupDeps, id: string): Promise<TopupDetails | null> {
  const topup = await topupById(deps.db.read, id);
  if (!topup) return null;
  const history = await deps.db.read
    .select()
    .from(topupHistory)
    .where(eq(topupHistory.topupId, id))
    .orderBy(topupHistory.id);
  const events = await deps.db.read
    .select({ receivedAt: providerEvents.receivedAt, body: providerEvents.body })
    .from(providerEvents)
    .where(eq(providerEvents.topupId, id))
    .orderBy(desc(providerEvents.id))
    .limit(EVENTS_SHOWN);
  return { topup, history, events };
}

function work(deps: TopupDeps): TopupWork {
  const sweeps = new Map<string, Promise<void>>();
  /** Asked for while a sweep was under way: it may have passed the order by. */
  const again = new Set<string>();
  let stopped = false;

  function sweep(provider: Provider): Promise<void> {
    const running = sweeps.get(provider.id);
    if (running) {
      again.add(provider.id);
      return running;
    }
    const started = sweepUntilQuiet(provider).finally(() => sweeps.delete(provider.id));
    sweeps.set(provider.id, started);
    return started;
  }

  async function sweepUntilQuiet(provider: Provider): Promise<void> {
    do {
      again.delete(provider.id);
      if (stopped) return;
      await sweepProvider(deps, provider);
    } while (again.has(provider.id));
  }

  return {
    async tick() {
      if (stopped) return;
      await failInterrupted(deps, { everyone: false });
      await endOverdue(deps);
      await Promise.all([...deps.providers.values()].map(sweep));
    },
    async receive(call) {
      const outcome = await acceptWebhook(deps, call);
      const provider = deps.providers.get(call.provider);
      if (outcome === 'stored' && provider && !stopped) {
        sweep(provider).catch((error: unknown) => {
          deps.log.error(
            { event: 'sweep_failed', provider: provider.id, err: error },
            'sweep failed',
          );
        });
      }
      return outcome;
    },
    async recover() {
      const interrupted = await failInterrupted(deps, { everyone: true });
      if (interrupted > 0)
        deps.log.warn({ event: 'interrupted', interrupted }, 'half-open orders ended');
    },
    async stop() {
      stopped = true;
      await Promise.allSettled(sweeps.values());
    },
  };
}
