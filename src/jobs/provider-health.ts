/**
 * Asks each provider about our account there, so that an unpaid fee is an alarm before it is a lost payment; and keeps
 * what it said: the last facts for the desk, the first of each day to compare the shop's figures with ours.
 */
import type { Tx } from '../db/database.ts';
import type { TopupDeps } from '../topups/deps.ts';
import {
  type HealthFact,
  type HealthOutcome,
  PROBLEMS,
  type Provider,
} from '../topups/provider.ts';
import { noteFacts, noteProblem } from '../topups/provider-state.ts';
import { rememberShop } from '../books/shop-figures.ts';

export async function checkProviderHealth(deps: TopupDeps): Promise<void> {
  for (const provider of deps.providers.values()) {
    if (provider.health) await checkOne(deps, provider);
  }
}

async function checkOne(deps: TopupDeps, provider: Provider): Promise<void> {
  const outcome = await deps.calls.run<HealthOutcome>(
    provider,
    'health',
    async () => (await provider.health?.()) ?? { kind: 'health', facts: [], problems: [] },
  );
  // Passing trouble is the poller's to notice; here only what an operator must settle counts.
  const problems = outcome.kind === 'health' ? outcome.problems : [outcome];
  const at = deps.clock.now();
  await deps.write(async (tx) => {
    if (outcome.kind === 'health') await keepFacts(tx, { provider, facts: outcome.facts, at });
    for (const problem of problems) {
      if (PROBLEMS[problem.code].operatorMustAct) {
        await noteProblem(deps, tx, { provider, problem, at });
      }
    }
  });
}

async function keepFacts(
  tx: Tx,
  { provider, facts, at }: { provider: Provider; facts: HealthFact[]; at: number },
): Promise<void> {
  await noteFacts(tx, { provider: provider.id, facts, at });
  await rememberShop(tx, { provider: provider.id, facts, at });
}
