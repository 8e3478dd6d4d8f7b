/** What we know of a provider's condition: paused, resting after failures, told to stay away. */
import { eq } from 'drizzle-orm';
import type { Queries, Tx } from '../db/database.ts';
import { providerStates } from '../db/tables.ts';
import type { TopupDeps } from './deps.ts';
import {
  type Problem,
  PROBLEMS,
  type ProblemCode,
  type Provider,
  type ProviderId,
} from './provider.ts';
import type { Offer } from './topups.ts';

export type ProviderState = typeof providerStates.$inferSelect;

const FIRST_REST_MS = 10_000;
const LONGEST_REST_MS = 5 * 60_000;
/** Passing trouble becomes an alarm, and visible to users, when it lasts. */
const FAILURES_THAT_COUNT = 3;
/** A write for each good answer would cost more than it tells. */
const ANSWER_NOTED_EVERY_MS = 60_000;

export async function providerState(
  queries: Queries,
  provider: ProviderId,
): Promise<ProviderState | null> {
  const [row] = await queries
    .select()
    .from(providerStates)
    .where(eq(providerStates.provider, provider));
  return row ?? null;
}

export function availability(state: ProviderState | null): Offer['availability'] {
  if (!state) return 'open';
  if (state.pausedAt !== null) return 'paused';
  if (state.failuresInARow === 0) return 'open';
  const problem = state.lastProblem as ProblemCode | null;
  const lasting = problem !== null && PROBLEMS[problem].operatorMustAct;
  return lasting || state.failuresInARow >= FAILURES_THAT_COUNT ? 'troubled' : 'open';
}

/** Notes a proper answer: trouble, if there was some, is over. */
export async function noteAnswer(tx: Tx, provider: ProviderId, at: number): Promise<void> {
  const known = await providerState(tx, provider);
  if (known?.failuresInARow === 0 && (known.lastAnswerAt ?? 0) > at - ANSWER_NOTED_EVERY_MS) return;
  const healthy = { failuresInARow: 0, restUntil: 0, rateLimitedUntil: 0, lastAnswerAt: at };
  await tx
    .insert(providerStates)
    .values({ provider, ...healthy })
    .onConflictDoUpdate({ target: providerStates.provider, set: healthy });
}

/** Notes a problem: rests where it is the provider's, alarms where the operator must act. */
export async function noteProblem(
  deps: TopupDeps,
  tx: Tx,
  { provider, problem, at }: { provider: Provider; problem: Problem; at: number },
): Promise<void> {
  const traits = PROBLEMS[problem.code];
  if (!traits.backOff && !traits.operatorMustAct) return;
  const known = await providerState(tx, provider.id);
  const next = afterProblem({ known, provider, problem, at });
  await tx
    .insert(providerStates)
    .values({ provider: provider.id, ...next })
    .onConflictDoUpdate({ target: providerStates.provider, set: next });
  const lasting = next.failuresInARow >= FAILURES_THAT_COUNT && problem.code !== 'rate_limited';
  if (!traits.operatorMustAct && !lasting) return;
  await deps.alarm(
    tx,
    {
      kind: 'provider_problem',
      provider: provider.id,
      problem: problem.code,
      ...(problem.detail === undefined ? {} : { detail: problem.detail }),
    },
    at,
  );
}

/** What a problem changes. */
type Condition = Pick<
  ProviderState,
  | 'lastProblem'
  | 'lastProblemDetail'
  | 'lastProblemAt'
  | 'failuresInARow'
  | 'restUntil'
  | 'rateLimitedUntil'
>;

function afterProblem({
  known,
  provider,
  problem,
  at,
}: {
  known: ProviderState | null;
  provider: Provider;
  problem: Problem;
  at: number;
}): Condition {
  const before = known ?? { failuresInARow: 0, restUntil: 0, rateLimitedUntil: 0 };
  const noted = {
    lastProblem: problem.code,
    lastProblemDetail: problem.detail ?? null,
    lastProblemAt: at,
  };
  const { failuresInARow, restUntil, rateLimitedUntil } = before;
  if (!PROBLEMS[problem.code].backOff) {
    return { ...noted, failuresInARow, restUntil, rateLimitedUntil };
  }
  if (problem.code === 'rate_limited') {
    const pauseMs = problem.retryAfterMs ?? provider.rateLimitPauseMs;
    return {
      ...noted,
      failuresInARow,
      restUntil,
      rateLimitedUntil: Math.max(rateLimitedUntil, at + pauseMs),
    };
  }
  // Calls that were under way together fail together: that is one failure, not four.
  if (at < restUntil) return { ...noted, failuresInARow, restUntil, rateLimitedUntil };
  const restMs = Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** Math.min(failuresInARow, 10));
  return {
    ...noted,
    failuresInARow: failuresInARow + 1,
    restUntil: at + Math.max(restMs, problem.retryAfterMs ?? 0),
    rateLimitedUntil,
  };
}
