/** Facts about our account at a provider, as its answer names them. */
import { parseProviderSum } from '../core/money.ts';
import type { SecretScrubber } from '../core/secrets.ts';
import type { HealthFact } from '../topups/provider.ts';
import { safeDetail } from '../client/words.ts';

const MAX_VALUE = 100;

/** One fact, or none when the answer does not have it. `sum`: the value is money, in so'm. */
export type MakeFact = (
  name: HealthFact['name'],
  value: string | undefined,
  options?: { sum?: boolean },
) => HealthFact[];

/** What a provider says about us may still contain what we told it: every value is scrubbed. */
export function createFacts(secrets: SecretScrubber): MakeFact {
  return (name, value, options = {}) => {
    if (value === undefined || value.trim() === '') return [];
    const amountTiyin = options.sum === true ? parseProviderSum(value) : null;
    if (amountTiyin !== null) return [{ name, value, amountTiyin }];
    return [{ name, value: safeDetail(value, { secrets }).slice(0, MAX_VALUE) }];
  };
}
