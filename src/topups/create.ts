/** Opening an order: written down first, then asked of the provider, so that a crash leaves a trace. */
import { and, count, eq, inArray } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import { topups, users } from '../db/tables.ts';
import { randomCode } from '../deps.ts';
import { type Tiyin, TIYIN_PER_SOM } from '../money.ts';
import type { TopupDeps } from './deps.ts';
import { moveTopup, topupById, writeHistory } from './moves.ts';
import {
  type Created,
  type CreateOutcome,
  nextPollDelayMs,
  type Problem,
  type ProblemCode,
  type Provider,
} from './provider.ts';
import { isHalfOpen, takeTrial } from './provider-pause.ts';
import { availability, noteOpened, noteProblem, providerState } from './provider-state.ts';
import { tellIfReported } from './reported.ts';
import { releaseSum, reserveSum } from './sums.ts';
import { LIVE_STATES, MAX_LIVE_TOPUPS, type Topup } from './topup.ts';
import type { CreateTopup, CreateTopupOutcome } from './topups.ts';

/** No letter or digit that is mistaken for another when somebody reads it out. */
const ID_ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const ID_LENGTH = 8;
const CODE_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const CODE_LENGTH = 24;

/** RasmiyPay refuses a sum that is in use there: so many others are tried, within this time. */
const MAX_TRIES = 10;
const TRYING_MS = 45_000;

/** How long opening may take before it counts as interrupted; longer than all time limits together. */
export const OPENING_LEASE_MS = 3 * 60_000;

/** The order may exist at the provider although nobody got its answer. */
const MAYBE_CREATED: ReadonlySet<ProblemCode> = new Set([
  'timeout',
  'network',
  'server_error',
  'bad_answer',
]);

/** Our limits within the provider's, in tiyin. */
export function limitsOf(
  deps: TopupDeps,
  provider: Provider,
): { minTiyin: Tiyin; maxTiyin: Tiyin } {
  const tail = provider.uniqueSums ? deps.config.uniqueTailMax * TIYIN_PER_SOM : 0;
  return {
    minTiyin: Math.max(provider.limits.minTiyin, deps.config.minTiyin),
    maxTiyin: Math.min(provider.limits.maxTiyin - tail, deps.config.maxTiyin),
  };
}

export async function createTopup(
  deps: TopupDeps,
  request: CreateTopup,
): Promise<CreateTopupOutcome> {
  const provider = deps.providers.get(request.provider);
  if (!provider) return { kind: 'unavailable', reason: 'absent' };
  const limits = limitsOf(deps, provider);
  const { baseTiyin } = request;
  const within = baseTiyin >= limits.minTiyin && baseTiyin <= limits.maxTiyin;
  if (!within || baseTiyin % TIYIN_PER_SOM !== 0) return { kind: 'out_of_limits', ...limits };
  const written = await deps.db.tx((tx) => write(deps, tx, provider, request));
  if (written.kind === 'busy') deps.metrics.topup(provider.id, 'busy');
  return written.kind === 'written' ? await open(deps, provider, written) : written;
}

interface WrittenTopup {
  kind: 'written';
  topup: Topup;
  /** The payer's, as they gave it. */
  phone: string | null;
}

type Written = Exclude<CreateTopupOutcome, { kind: 'created' }> | WrittenTopup;

async function write(
  deps: TopupDeps,
  tx: Tx,
  provider: Provider,
  request: CreateTopup,
): Promise<Written> {
  const state = await providerState(tx, provider.id);
  if (availability(state) === 'paused') return { kind: 'unavailable', reason: 'paused' };
  const [live] = await tx
    .select()
    .from(topups)
    .where(
      and(
        eq(topups.userId, request.userId),
        eq(topups.provider, provider.id),
        inArray(topups.state, [...LIVE_STATES]),
      ),
    );
  if (live) return { kind: 'live', topup: live as Topup };
  const liveCount = await countLive(tx, request.userId);
  if (liveCount >= MAX_LIVE_TOPUPS) return { kind: 'too_many', live: liveCount };
  if (state && isHalfOpen(state)) await takeTrial(tx, state, deps.clock.now());
  return await insertTopup(deps, tx, provider, request);
}

async function countLive(tx: Tx, userId: number): Promise<number> {
  const [row] = await tx
    .select({ n: count() })
    .from(topups)
    .where(and(eq(topups.userId, userId), inArray(topups.state, [...LIVE_STATES])));
  return row?.n ?? 0;
}

async function insertTopup(
  deps: TopupDeps,
  tx: Tx,
  provider: Provider,
  request: CreateTopup,
): Promise<Written> {
  const at = deps.clock.now();
  const id = randomCode(deps.random, { length: ID_LENGTH, alphabet: ID_ALPHABET });
  const sum = await pickSum(deps, tx, { provider, id, baseTiyin: request.baseTiyin, at });
  if (!sum) return { kind: 'busy' };
  const [row] = await tx
    .insert(topups)
    .values({
      id,
      userId: request.userId,
      provider: provider.id,
      state: 'creating',
      baseTiyin: request.baseTiyin,
      amountTiyin: sum.amountTiyin,
      cardKey: sum.cardKey,
      method: request.method ?? null,
      orderCode: randomCode(deps.random, { length: CODE_LENGTH, alphabet: CODE_ALPHABET }),
      createdAt: at,
      expiresAt: at + (deps.config.ttlMs ?? provider.ttlMs),
      leaseUntil: at + OPENING_LEASE_MS,
      holder: deps.holder ?? null,
    })
    .returning();
  await writeHistory(tx, { id, toState: 'creating', cause: 'user', at });
  const [payer] = await tx
    .select({ phone: users.phone })
    .from(users)
    .where(eq(users.id, request.userId));
  return { kind: 'written', topup: row as Topup, phone: payer?.phone ?? null };
}

async function pickSum(
  deps: TopupDeps,
  tx: Tx,
  order: { provider: Provider; id: string; baseTiyin: Tiyin; at: number },
): Promise<{ amountTiyin: Tiyin; cardKey: string | null } | null> {
  const { uniqueSums } = order.provider;
  if (!uniqueSums) return { amountTiyin: order.baseTiyin, cardKey: null };
  return await reserveSum(tx, deps.random, {
    provider: order.provider.id,
    cards: uniqueSums.cards,
    baseTiyin: order.baseTiyin,
    tailMax: deps.config.uniqueTailMax,
    topupId: order.id,
    at: order.at,
  });
}

async function open(
  deps: TopupDeps,
  provider: Provider,
  { topup: written, phone }: WrittenTopup,
): Promise<CreateTopupOutcome> {
  let topup = written;
  for (let tries = 1; ; tries += 1) {
    const outcome = await ask(deps, provider, { topup, phone });
    if (outcome.kind !== 'sum_taken') return await noteOutcome(deps, { provider, topup, outcome });
    const last = tries >= MAX_TRIES || deps.clock.now() > written.createdAt + TRYING_MS;
    const next = last ? null : await deps.db.tx((tx) => pickAnother(deps, tx, provider, topup));
    if (!next) return await giveUp(deps, topup);
    topup = next;
  }
}

async function ask(
  deps: TopupDeps,
  provider: Provider,
  { topup, phone }: Pick<WrittenTopup, 'topup' | 'phone'>,
): Promise<CreateOutcome> {
  const webhookUrl = deps.webhookUrl(provider, topup.id);
  return await deps.calls.run(provider, 'create', () =>
    provider.create({
      orderId: topup.id,
      orderCode: topup.orderCode,
      amountTiyin: topup.amountTiyin,
      userId: topup.userId,
      description: `Tolov ${topup.id}`,
      ...(topup.method === null ? {} : { method: topup.method }),
      ...(topup.cardKey === null ? {} : { cardKey: topup.cardKey }),
      ...(webhookUrl === undefined ? {} : { webhookUrl }),
      ...(phone === null ? {} : { phone }),
    }),
  );
}

/** The provider has this sum in use: it rests, and the order gets another. Null when none is free. */
async function pickAnother(
  deps: TopupDeps,
  tx: Tx,
  provider: Provider,
  topup: Topup,
): Promise<Topup | null> {
  const at = deps.clock.now();
  await releaseSum(tx, { topupId: topup.id, freeAt: at + deps.config.quarantineMs });
  const { id, baseTiyin } = topup;
  const sum = await pickSum(deps, tx, { provider, id, baseTiyin, at });
  if (!sum) return null;
  const [row] = await tx
    .update(topups)
    .set(sum)
    .where(and(eq(topups.id, id), eq(topups.state, 'creating')))
    .returning();
  return (row as Topup | undefined) ?? null;
}

async function giveUp(deps: TopupDeps, topup: Topup): Promise<CreateTopupOutcome> {
  const at = deps.clock.now();
  await deps.write(async (tx) => {
    await fail(deps, tx, { topup, reason: 'busy', at, freeAt: at });
  });
  deps.metrics.topup(topup.provider, 'busy');
  return { kind: 'busy' };
}

async function noteOutcome(
  deps: TopupDeps,
  asked: { provider: Provider; topup: Topup; outcome: Created | Problem },
): Promise<CreateTopupOutcome> {
  const { provider, topup } = asked;
  const ended = await deps.write(async (tx): Promise<CreateTopupOutcome> => {
    const outcome = await believable(tx, asked);
    if (outcome.kind === 'created') return await opened(deps, tx, { provider, topup, outcome });
    return await notOpened(deps, tx, { provider, topup, problem: outcome });
  });
  deps.metrics.topup(provider.id, ended.kind);
  deps.log.info({ event: 'topup_opened', order: topup.id, outcome: ended.kind }, 'top-up');
  return ended;
}

/** How far a provider's sum may be from the one asked for: Payfer adds a tail to make it unique. */
const LARGEST_TAIL_TIYIN = 10_000 * TIYIN_PER_SOM;

/** What a provider must not be believed: another sum, or an order that somebody else has. */
async function believable(
  tx: Tx,
  { provider, topup, outcome }: { provider: Provider; topup: Topup; outcome: Created | Problem },
): Promise<Created | Problem> {
  if (outcome.kind === 'problem') return outcome;
  const tail = Math.abs(outcome.amountTiyin - topup.amountTiyin);
  if (provider.uniqueSums ? tail !== 0 : tail > LARGEST_TAIL_TIYIN) {
    return { kind: 'problem', code: 'bad_answer', detail: 'another sum than was asked for' };
  }
  const [other] = await tx
    .select({ id: topups.id })
    .from(topups)
    .where(and(eq(topups.provider, provider.id), eq(topups.providerOrder, outcome.providerOrder)));
  if (!other) return outcome;
  return { kind: 'problem', code: 'bad_answer', detail: `the order number of ${other.id} again` };
}

async function opened(
  deps: TopupDeps,
  tx: Tx,
  { provider, topup, outcome }: { provider: Provider; topup: Topup; outcome: Created },
): Promise<CreateTopupOutcome> {
  const at = deps.clock.now();
  const waiting = await moveTopup(tx, {
    id: topup.id,
    transition: 'opened',
    cause: 'system',
    at,
    set: {
      amountTiyin: outcome.amountTiyin,
      providerOrder: outcome.providerOrder,
      payUrl: outcome.payUrl ?? null,
      cardNumber: outcome.card?.number ?? null,
      cardHolder: outcome.card?.holder ?? null,
      expiresAt: outcome.expiresAt ?? at + (deps.config.ttlMs ?? provider.ttlMs),
      dueAt: at + nextPollDelayMs(provider.schedule, 0),
      leaseUntil: 0,
    },
  });
  await noteOpened(deps, tx, { provider: provider.id, at });
  if (waiting) return { kind: 'created', topup: waiting };
  // It took so long that it was given up meanwhile; nobody has seen how to pay it.
  return { kind: 'failed', topup: (await topupById(tx, topup.id)) ?? topup, problem: 'timeout' };
}

async function notOpened(
  deps: TopupDeps,
  tx: Tx,
  { provider, topup, problem }: { provider: Provider; topup: Topup; problem: Problem },
): Promise<CreateTopupOutcome> {
  const at = deps.clock.now();
  // An order nobody saw may still live at the provider, and would take the next payer's money for its own.
  const maybeThere = MAYBE_CREATED.has(problem.code);
  const freeAt = maybeThere ? at + deps.config.quarantineMs : at;
  const failed = await fail(deps, tx, { topup, reason: problem.code, at, freeAt });
  await noteProblem(deps, tx, { provider, problem, at });
  return { kind: 'failed', topup: failed ?? topup, problem: problem.code };
}

async function fail(
  deps: TopupDeps,
  tx: Tx,
  { topup, reason, at, freeAt }: { topup: Topup; reason: string; at: number; freeAt: number },
): Promise<Topup | null> {
  const failed = await moveTopup(tx, {
    id: topup.id,
    transition: 'notOpened',
    cause: 'system',
    at,
    set: { reason, endedAt: at, leaseUntil: 0 },
    note: reason,
  });
  if (!failed) return null;
  await releaseSum(tx, { topupId: topup.id, freeAt });
  await tellIfReported(deps, tx, failed, at);
  return failed;
}
