/** Asks each provider about our account there, so that an unpaid fee is an alarm before it is a lost payment. */
import type { TopupDeps } from '../topups/deps.ts';
import { type HealthOutcome, PROBLEMS, type Provider } from '../topups/provider.ts';

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
    for (const { code, detail } of problems) {
      if (!PROBLEMS[code].operatorMustAct) continue;
      const base = { kind: 'provider_problem', provider: provider.id, problem: code } as const;
      await deps.alarm(tx, detail === undefined ? base : { ...base, detail }, at);
    }
  });
}
