/** Opening an order: written down first, then asked of the provider (opening.ts), so that a crash leaves a trace. */
import { sql } from 'drizzle-orm';
import { prepared, type Tx } from '../db/database.ts';
import { topups } from '../db/tables.ts';
import type { Terms } from '../settings/terms.ts';
import { getUser } from '../users/users.ts';
import { randomCode } from '../core/deps.ts';
import { type Tiyin, TIYIN_PER_SOM } from '../core/money.ts';
import { useQuota } from '../quotas/quotas.ts';
import type { TopupDeps } from './deps.ts';
import { liveOf, writeHistory } from './transitions.ts';
import {
  newOrderCode,
  openAtProvider,
  OPENING_LEASE_MS,
  pickSum,
  type WrittenTopup,
} from './opening.ts';
import type { Provider } from './provider.ts';
import { isHalfOpen, takeTrial } from './provider-pause.ts';
import { availability, providerState } from './provider-state.ts';
import { MAX_LIVE_TOPUPS } from './topup.ts';
import type { CreateTopup, CreateTopupOutcome } from './topups.ts';
import { ID_ALPHABET, ID_LENGTH } from '../core/ids.ts';

/** Our limits within the provider's, in tiyin. */
export function limitsOf(
  { config }: Pick<TopupDeps, 'config'>,
  provider: Provider,
  terms: Pick<Terms, 'minTiyin' | 'maxTiyin'>,
): { minTiyin: Tiyin; maxTiyin: Tiyin } {
  const tail = provider.uniqueSums ? config.uniqueTailMax * TIYIN_PER_SOM : 0;
  return {
    minTiyin: Math.max(provider.limits.minTiyin, terms.minTiyin),
    maxTiyin: Math.min(provider.limits.maxTiyin - tail, terms.maxTiyin),
  };
}

export async function createTopup(
  deps: TopupDeps,
  request: CreateTopup,
): Promise<CreateTopupOutcome> {
  const provider = deps.providers.get(request.provider);
  if (!provider) return { kind: 'unavailable', reason: 'absent' };
  const terms = await deps.terms(deps.db.read);
  const limits = limitsOf(deps, provider, terms);
  const { baseTiyin } = request;
  const within = baseTiyin >= limits.minTiyin && baseTiyin <= limits.maxTiyin;
  if (!within || baseTiyin % TIYIN_PER_SOM !== 0) return { kind: 'out_of_limits', ...limits };
  const written = await deps.db.tx((tx) => write(deps, tx, provider, request));
  if (written.kind === 'busy') deps.metrics.topup(provider.id, 'busy');
  return written.kind === 'written' ? await openAtProvider(deps, provider, written) : written;
}

type Written =
  Exclude<CreateTopupOutcome, { kind: 'created' }> | ({ kind: 'written' } & WrittenTopup);

async function write(
  deps: TopupDeps,
  tx: Tx,
  provider: Provider,
  request: CreateTopup,
): Promise<Written> {
  const state = await providerState(tx, provider.id);
  if (availability(state) === 'paused') return { kind: 'unavailable', reason: 'paused' };
  const live = await liveOf(tx, request.userId);
  const same = live.find((each) => each.provider === provider.id);
  if (same) return { kind: 'live', topup: same };
  if (live.length >= MAX_LIVE_TOPUPS) return { kind: 'too_many', live: live.length };
  // Counted before a sum is looked for: searching in vain costs as much.
  const { userId } = request;
  const use = { userId, action: 'open_order', at: deps.clock.now() } as const;
  const quota = await useQuota(tx, deps.quotas, use);
  if (quota.kind === 'quota_spent') return quota;
  if (state && isHalfOpen(state)) await takeTrial(tx, state, deps.clock.now());
  return await insertTopup(deps, tx, provider, request);
}

const insertCreating = prepared((q) =>
  q
    .insert(topups)
    .values({
      id: sql.placeholder('id'),
      userId: sql.placeholder('userId'),
      provider: sql.placeholder('provider'),
      state: 'creating',
      baseTiyin: sql.placeholder('baseTiyin'),
      amountTiyin: sql.placeholder('amountTiyin'),
      cardKey: sql.placeholder('cardKey'),
      cardHash: sql.placeholder('cardHash'),
      method: sql.placeholder('method'),
      orderCode: sql.placeholder('orderCode'),
      createdAt: sql.placeholder('createdAt'),
      expiresAt: sql.placeholder('expiresAt'),
      leaseUntil: sql.placeholder('leaseUntil'),
      holder: sql.placeholder('holder'),
    })
    .returning(),
);

async function insertTopup(
  deps: TopupDeps,
  tx: Tx,
  provider: Provider,
  request: CreateTopup,
): Promise<Written> {
  const at = deps.clock.now();
  const id = randomCode(deps.random, { length: ID_LENGTH, alphabet: ID_ALPHABET });
  const { userId, baseTiyin } = request;
  const sum = await pickSum(deps, tx, { provider, id, userId, baseTiyin, at });
  if (sum === null) return { kind: 'busy' };
  if ('kind' in sum) return sum;
  const [row] = await insertCreating(tx).execute({
    id,
    userId,
    provider: provider.id,
    baseTiyin,
    ...sum,
    method: request.method ?? null,
    orderCode: newOrderCode(deps),
    createdAt: at,
    expiresAt: at + (deps.config.ttlMs ?? provider.ttlMs),
    leaseUntil: at + OPENING_LEASE_MS,
    holder: deps.holder ?? null,
  });
  if (!row) throw new Error(`the order ${id} was written and is not there`);
  await writeHistory(tx, { id, toState: 'creating', cause: 'user', at });
  const payer = await getUser(tx, userId);
  return { kind: 'written', topup: row, phone: payer?.phone ?? null };
}
