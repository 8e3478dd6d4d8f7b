/** Token buckets by key: how much each one may do, with a memory that doesn't grow with the number of strangers. */
import type { Clock } from './deps.ts';

export interface Rate {
  /** So much at once after a pause. */
  burst: number;
  /** So much in the long run. */
  perSecond: number;
}

interface RateLimiter {
  /** Takes one of `key`'s tokens. Null when there was one; else how long until there is, in ms. */
  take(key: string, rate: Rate): number | null;
  /** The share of `key`'s burst that is left, from 0 to 1. */
  left(key: string, rate: Rate): number;
  /** Keys remembered now. */
  size(): number;
}

interface Bucket {
  tokens: number;
  at: number;
}

/**
 * Beyond `maxKeys` the one that was quiet longest is forgotten, which gives it a full bucket again: whoever has that
 * many addresses is not stopped by counting them.
 */
export function createRateLimiter(options: { clock: Clock; maxKeys: number }): RateLimiter {
  const { clock, maxKeys } = options;
  // In the order of their last use.
  const buckets = new Map<string, Bucket>();

  function tokensOf(key: string, { burst, perSecond }: Rate): number {
    const bucket = buckets.get(key);
    if (!bucket) return burst;
    const passedMs = clock.elapsed() - bucket.at;
    return Math.min(burst, bucket.tokens + (passedMs / 1000) * perSecond);
  }

  return {
    take(key, rate) {
      const tokens = tokensOf(key, rate);
      const isAllowed = tokens >= 1;
      buckets.delete(key);
      buckets.set(key, { tokens: isAllowed ? tokens - 1 : tokens, at: clock.elapsed() });
      if (buckets.size > maxKeys) forgetOldest(buckets);
      return isAllowed ? null : Math.ceil(((1 - tokens) / rate.perSecond) * 1000);
    },
    left: (key, rate) => tokensOf(key, rate) / rate.burst,
    size: () => buckets.size,
  };
}

function forgetOldest(buckets: Map<string, Bucket>): void {
  for (const key of buckets.keys()) {
    buckets.delete(key);
    return;
  }
}
