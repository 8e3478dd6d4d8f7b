/**
 * Is a provider that the program took off the menu back? Asked by calls that have no effect: its health, or the status
 * of an order. Nothing is written before the answer, so that a trial cut off by a crash is simply made again.
 */
import { and, desc, eq, isNotNull, lte } from 'drizzle-orm';
import { providerStates, topups } from '../db/tables.ts';
import type { TopupDeps } from './deps.ts';
import {
  type CheckOutcome,
  type HealthOutcome,
  type Problem,
  PROBLEMS,
  type Provider,
  wasNotAsked,
} from './provider.ts';
import { BY_SYSTEM, endSystemPause, nextTrialAt, openHalf } from './provider-pause.ts';
import { noteProblem, type ProviderState } from './provider-state.ts';

/** Makes the trials that are due. */
export async function runTrials(deps: TopupDeps): Promise<void> {
  const due = await deps.db.read
    .select()
    .from(providerStates)
    .where(
      and(
        eq(providerStates.pausedBy, BY_SYSTEM),
        isNotNull(providerStates.trialAt),
        lte(providerStates.trialAt, deps.clock.now()),
      ),
    );
  for (const state of due) {
    const provider = [...deps.providers.values()].find(({ id }) => id === state.provider);
    if (provider) await tryAgain(deps, provider, state);
  }
}

/** `untold`: nothing can be asked that would tell. */
type Trial = { kind: 'passed' } | { kind: 'untold' } | Problem;

async function tryAgain(deps: TopupDeps, provider: Provider, state: ProviderState): Promise<void> {
  const trial = await ask(deps, provider, state);
  const at = deps.clock.now();
  await deps.write(async (tx) => {
    // When somebody has paused or resumed it meanwhile, this result says nothing any more.
    const [taken] = await tx
      .update(providerStates)
      .set({ trialAt: nextTrialAt(state.pausedAt ?? at, at) })
      .where(
        and(
          eq(providerStates.provider, provider.id),
          eq(providerStates.pausedBy, BY_SYSTEM),
          eq(providerStates.trialAt, state.trialAt ?? 0),
        ),
      )
      .returning({ provider: providerStates.provider });
    if (!taken) return;
    if (trial.kind === 'passed') await endSystemPause(deps, tx, { provider: provider.id, at });
    else if (trial.kind === 'untold') await openHalf(tx, provider.id);
    else await noteProblem(deps, tx, { provider, problem: trial, at });
  });
  deps.log.info({ event: 'provider_trial', provider: provider.id, outcome: trial.kind }, 'trial');
}

async function ask(deps: TopupDeps, provider: Provider, state: ProviderState): Promise<Trial> {
  if (provider.health) return await askHealth(deps, provider);
  const lasting = PROBLEMS[state.lastProblem ?? 'network'].operatorMustAct;
  // The status of an order is answered without the keys, or while new orders are refused: it proves nothing.
  return lasting ? { kind: 'untold' } : await askStatus(deps, provider);
}

async function askHealth(deps: TopupDeps, provider: Provider): Promise<Trial> {
  const outcome = await deps.calls.run<HealthOutcome>(
    provider,
    'health',
    async () => (await provider.health?.()) ?? { kind: 'health', facts: [], problems: [] },
  );
  if (outcome.kind === 'problem') return outcome;
  const now = deps.clock.now();
  const present = outcome.problems.find(
    ({ startsAt }) => startsAt === undefined || startsAt <= now,
  );
  return present ?? { kind: 'passed' };
}

async function askStatus(deps: TopupDeps, provider: Provider): Promise<Trial> {
  const [order] = await deps.db.read
    .select({ orderCode: topups.orderCode, providerOrder: topups.providerOrder })
    .from(topups)
    .where(
      and(
        eq(topups.provider, provider.id),
        isNotNull(topups.dueAt),
        isNotNull(topups.providerOrder),
      ),
    )
    .orderBy(desc(topups.dueAt))
    .limit(1);
  if (!order || order.providerOrder === null) return { kind: 'untold' };
  const { orderCode, providerOrder } = order;
  const outcome = await deps.calls.run<CheckOutcome>(provider, 'check', () =>
    // What it says of the order is the poller's business, which asks for itself.
    provider.check({ orderCode, providerOrder }, 'poll'),
  );
  if (outcome.kind !== 'problem' || !PROBLEMS[outcome.code].backOff) {
    return outcome.kind === 'problem' && wasNotAsked(outcome.code)
      ? { kind: 'untold' }
      : { kind: 'passed' };
  }
  return outcome;
}
