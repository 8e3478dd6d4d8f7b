import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Random,
  randomCode,
  randomInt,
  realClock,
  realDeps,
  realRandom,
  withTimeLimit,
} from './deps.ts';
import { exchangeDirectly } from './exchange.ts';
import { createTestClock } from '../testing/clock.ts';

/** Hands out these 32-bit numbers, one after another. */
function randomOf(...numbers: number[]): Random {
  return {
    bytes(length) {
      const next = numbers.shift();
      if (length !== 4 || next === undefined) throw new Error('asked for more than expected');
      const bytes = new Uint8Array(4);
      new DataView(bytes.buffer).setUint32(0, next);
      return bytes;
    },
  };
}

const LARGEST = 2 ** 32 - 1;

describe('randomInt', () => {
  it('is within its range', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 32 }), (below) => {
        const value = randomInt(realRandom, below);
        expect(value).toSatisfy(Number.isInteger);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThan(below);
      }),
    );
  });

  it('reaches both ends', () => {
    expect(randomInt(randomOf(0), 10)).toBe(0);
    expect(randomInt(randomOf(9), 10)).toBe(9);
    expect(randomInt(randomOf(LARGEST), 2 ** 32)).toBe(LARGEST);
    expect(randomInt(randomOf(LARGEST), 1)).toBe(0);
  });

  it('draws again where a number would be likelier than others', () => {
    // 2^32 is 6 more than a multiple of 10.
    expect(randomInt(randomOf(LARGEST, LARGEST - 5, 3), 10)).toBe(3);
    expect(randomInt(randomOf(LARGEST - 6), 10)).toBe(9);
  });

  it('gives every number about as often', () => {
    const counts = [0, 0, 0, 0, 0, 0, 0];
    for (let i = 0; i < 7000; i += 1) counts[randomInt(realRandom, 7)]! += 1;
    // 1000 each is expected; 300 away is more than ten standard deviations.
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(300);
  });

  it('reads bytes that stand inside a larger buffer', () => {
    const pool = new Uint8Array([9, 9, 9, 0, 0, 0, 5, 9]);
    expect(randomInt({ bytes: () => pool.subarray(3, 7) }, 10)).toBe(5);
  });

  it.each([0, -1, 1.5, NaN, 2 ** 32 + 1])('below %s is a bug', (below) => {
    expect(() => randomInt(realRandom, below)).toThrow('is not an integer between 1 and 2^32');
  });
});

describe('randomCode', () => {
  it('has the length and the letters asked for', () => {
    const alphabet = 'ABC123';
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 64 }), (length) => {
        const code = randomCode(realRandom, { length, alphabet });
        expect(code).toMatch(new RegExp(`^[${alphabet}]{${length}}$`));
      }),
    );
  });

  it('spells what the random numbers say', () => {
    expect(randomCode(randomOf(0, 1, 2, 3), { length: 4, alphabet: 'XY' })).toBe('XYXY');
  });
});

/** Ends only when it is aborted, as a fetch does. */
const never = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });

describe('withTimeLimit', () => {
  it('returns what the work returns and leaves no timer behind', async () => {
    const clock = createTestClock();
    expect(await withTimeLimit(clock, 1000, async () => await Promise.resolve('answer'))).toBe(
      'answer',
    );
    expect(clock.sleeping()).toBe(0);
  });

  it('passes on what the work throws and leaves no timer behind', async () => {
    const clock = createTestClock();
    const error = new Error('mine');
    await expect(withTimeLimit(clock, 1000, () => Promise.reject(error))).rejects.toBe(error);
    expect(clock.sleeping()).toBe(0);
  });

  it('leaves no timer behind when the work throws at once', async () => {
    const clock = createTestClock();
    const broken = withTimeLimit(clock, 1000, () => {
      throw new Error('at once');
    });
    await expect(broken).rejects.toThrow('at once');
    expect(clock.sleeping()).toBe(0);
  });

  it('aborts the work when the time is up, not before', async () => {
    const clock = createTestClock();
    let seen: AbortSignal | undefined;
    const limited = withTimeLimit(clock, 1000, (signal) => {
      seen = signal;
      return never(signal);
    });
    const outcome = limited.catch((error: unknown) => error);
    await clock.advance(999);
    expect(seen?.aborted).toBe(false);
    await clock.advance(1);
    expect(seen?.aborted).toBe(true);
    expect(await outcome).toMatchObject({
      name: 'TimeoutError',
      message: 'no answer within 1000 ms',
    });
    expect(clock.sleeping()).toBe(0);
  });

  it('does not abort work that has ended', async () => {
    const clock = createTestClock();
    let seen: AbortSignal | undefined;
    await withTimeLimit(clock, 1000, async (signal) => {
      seen = signal;
      await Promise.resolve();
    });
    await clock.advance(2000);
    expect(seen?.aborted).toBe(false);
  });

  it('aborts a real fetch-like wait with the real clock', async () => {
    await expect(withTimeLimit(realClock, 1, never)).rejects.toMatchObject({
      name: 'TimeoutError',
    });
  });
});

describe('the real ones', () => {
  it('sleep until they are woken', async () => {
    await realClock.sleep(1);
    const call = new AbortController();
    const asleep = realClock.sleep(60_000, call.signal);
    call.abort();
    await expect(asleep).rejects.toMatchObject({ name: 'AbortError' });
    await expect(realClock.sleep(60_000, call.signal)).rejects.toMatchObject({
      name: 'AbortError',
    });
  });

  it('are the clock, the randomness and the network of this machine', () => {
    const deps = realDeps();
    expect(deps).toEqual({
      clock: realClock,
      random: realRandom,
      fetch: globalThis.fetch,
      exchange: exchangeDirectly,
    });
    expect(deps.random.bytes(16)).toHaveLength(16);
    expect(deps.random.bytes(16)).not.toEqual(deps.random.bytes(16));
    expect(deps.clock.now()).toBeGreaterThan(Date.UTC(2026, 0));
  });
});
