/** What we know of a provider's condition: paused, resting after failures, told to stay away. */
import { eq, sql } from 'drizzle-orm';
import { prepared, type Queries, type Tx } from '../db/database.ts';
import { providerStates } from '../db/tables.ts';
import type { TopupDeps } from './deps.ts';
import {
  type HealthFact,
  type Problem,
  PROBLEMS,
  type ProblemCode,
  type Provider,
} from './provider.ts';
import type { ProviderId } from '../core/payment-systems.ts';
import { BY_SYSTEM, endSystemPause, isHalfOpen, pauseAfter } from './provider-pause.ts';
import type { Offer } from './ways.ts';

export type ProviderState = typeof providerStates.$inferSelect;

const FIRST_REST_MS = 10_000;
const LONGEST_REST_MS = 5 * 60_000;
/** Passing trouble becomes an alarm, and visible to users, when it lasts. */
const FAILURES_THAT_COUNT = 3;
/** How often a good answer is written down at most: each time would cost more than it tells. */
const ANSWER_NOTED_EVERY_MS = 60_000;

export async function providerState(
  queries: Queries,
  provider: ProviderId,
): Promise<ProviderState | null> {
  const [row] = await stateOf(queries).execute({ provider });
  return row ?? null;
}

const stateOf = prepared((q) =>
  q
    .select()
    .from(providerStates)
    .where(eq(providerStates.provider, sql.placeholder('provider'))),
);

const allStates = prepared((q) => q.select().from(providerStates));

/** The states of all providers of which anything is known. */
export async function providerStatesById(
  queries: Queries,
): Promise<ReadonlyMap<ProviderId, ProviderState>> {
  const rows = await allStates(queries).execute();
  return new Map(rows.map((row) => [row.provider, row]));
}

export function availability(state: ProviderState | null): Offer['availability'] {
  if (!state) return 'open';
  if (isHalfOpen(state)) return 'troubled';
  if (state.pausedAt !== null) return 'paused';
  if (state.failuresInARow === 0) return 'open';
  const problem = state.lastProblem;
  const lasting = problem !== null && PROBLEMS[problem].operatorMustAct;
  return lasting || state.failuresInARow >= FAILURES_THAT_COUNT ? 'troubled' : 'open';
}

/** Notes a proper answer: trouble, if there was some, is over, and so is the silence after a 429. */
export async function noteAnswer(tx: Tx, provider: ProviderId, at: number): Promise<void> {
  const known = await providerState(tx, provider);
  const isWell = known?.failuresInARow === 0 && known.rateLimitedUntil <= at;
  if (isWell && (known.lastAnswerAt ?? 0) > at - ANSWER_NOTED_EVERY_MS) return;
  const healthy = {
    failuresInARow: 0,
    restUntil: 0,
    rateLimitedUntil: 0,
    lastAnswerAt: at,
    ...earlierTrial(known, at),
  };
  await tx
    .insert(providerStates)
    .values({ provider, ...healthy })
    .onConflictDoUpdate({ target: providerStates.provider, set: healthy });
}

/** A provider that answers again after passing trouble need not wait for the next trial. */
function earlierTrial(known: ProviderState | null, at: number): { trialAt?: number } {
  if (known?.pausedBy !== BY_SYSTEM || known.trialAt === null || known.trialAt <= at) return {};
  const problem = known.lastProblem;
  return problem !== null && PROBLEMS[problem].operatorMustAct ? {} : { trialAt: at };
}

/** An order was opened: whatever was wrong with the provider is over. */
export async function noteOpened(
  deps: TopupDeps,
  tx: Tx,
  { provider, at }: { provider: ProviderId; at: number },
): Promise<void> {
  await noteAnswer(tx, provider, at);
  await endSystemPause(deps, tx, { provider, at });
}

interface Noted {
  provider: Provider;
  problem: Problem;
  at: number;
}

/**
 * Notes a problem: rests where it is the provider's, takes it off the menu where nobody can pay, alarms where the
 * operator must act. What is only announced is an alarm alone.
 */
export async function noteProblem(deps: TopupDeps, tx: Tx, noted: Noted): Promise<void> {
  const { provider, problem, at } = noted;
  const traits = PROBLEMS[problem.code];
  if (!traits.backOff && !traits.operatorMustAct) return;
  if (problem.startsAt !== undefined && problem.startsAt > at) {
    await tellProblem(deps, tx, noted);
    return;
  }
  const known = await providerState(tx, provider.id);
  const next = afterProblem({ known, provider, problem, at });
  const { failuresInARow } = next;
  const paused =
    problem.code === 'rate_limited'
      ? null
      : pauseAfter({ known, failuresInARow, provider, problem, at });
  const set = { ...next, ...paused };
  await tx
    .insert(providerStates)
    .values({ provider: provider.id, ...set })
    .onConflictDoUpdate({ target: providerStates.provider, set });
  if (paused) {
    const { pausedAt, trialAt } = paused;
    const alarm = { kind: 'provider_paused', pausedAt, trialAt, ...namesOf(noted) } as const;
    await deps.alarm(tx, alarm, at);
    return;
  }
  // Owners heard of this problem when it paused the provider.
  if (known?.pausedBy === BY_SYSTEM && known.lastProblem === problem.code) return;
  const lasting = failuresInARow >= FAILURES_THAT_COUNT && problem.code !== 'rate_limited';
  if (traits.operatorMustAct || lasting) await tellProblem(deps, tx, noted);
}

async function tellProblem(deps: TopupDeps, tx: Tx, noted: Noted): Promise<void> {
  await deps.alarm(tx, { kind: 'provider_problem', ...namesOf(noted) }, noted.at);
}

function namesOf({ provider, problem }: Noted): {
  provider: ProviderId;
  problem: ProblemCode;
  detail?: string;
} {
  const names = { provider: provider.id, problem: problem.code };
  return problem.detail === undefined ? names : { ...names, detail: problem.detail };
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

/** What the provider says of our account there. */
export async function noteFacts(
  tx: Tx,
  { provider, facts, at }: { provider: ProviderId; facts: HealthFact[]; at: number },
): Promise<void> {
  const set = { facts, factsAt: at };
  await tx
    .insert(providerStates)
    .values({ provider, ...set })
    .onConflictDoUpdate({ target: providerStates.provider, set });
}
