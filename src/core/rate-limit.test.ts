import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRateLimiter } from './rate-limit.ts';
import { createTestClock } from '../testing/clock.ts';

const RATE = { burst: 3, perSecond: 2 };

describe('a rate limiter', () => {
  it('lets a burst through, then one at a time, and says how long to wait', async () => {
    const clock = createTestClock();
    const limiter = createRateLimiter({ clock, maxKeys: 10 });
    const take = (): number | null => limiter.take('a', RATE);
    expect([take(), take(), take(), take()]).toEqual([null, null, null, 500]);
    await clock.advance(400);
    expect(take()).toBe(100);
    await clock.advance(100);
    expect([take(), take()]).toEqual([null, 500]);
    await clock.advance(60_000);
    expect(limiter.left('a', RATE)).toBe(1);
    expect([take(), take(), take(), take()]).toEqual([null, null, null, 500]);
  });

  it('counts each key for itself', () => {
    const limiter = createRateLimiter({ clock: createTestClock(), maxKeys: 10 });
    for (let i = 0; i < 10; i += 1) limiter.take('a', RATE);
    expect(limiter.take('b', RATE)).toBeNull();
    expect(limiter.left('c', RATE)).toBe(1);
  });

  it('forgets the key that was quiet longest when there are too many', () => {
    const limiter = createRateLimiter({ clock: createTestClock(), maxKeys: 100 });
    for (let i = 0; i < 4; i += 1) limiter.take('busy', RATE);
    const waits: (number | null)[] = [];
    for (let i = 0; i < 10_000; i += 1) {
      limiter.take(`stranger ${i}`, RATE);
      if (i % 50 === 0) waits.push(limiter.take('busy', RATE));
    }
    expect(waits).not.toContain(null);
    expect(limiter.size()).toBe(100);
    expect(limiter.left('stranger 0', RATE)).toBe(1);
  });

  it.each([1, -1])('neither gives nor takes when the clock is set (%i)', async (sign) => {
    const clock = createTestClock();
    const limiter = createRateLimiter({ clock, maxKeys: 10 });
    limiter.take('a', RATE);
    clock.jump(sign * 500_000);
    expect(limiter.left('a', RATE)).toBeCloseTo(2 / 3);
    for (let i = 0; i < 2; i += 1) expect(limiter.take('a', RATE)).toBeNull();
    expect(limiter.take('a', RATE)).not.toBeNull();
    await clock.advance(1_000_000);
    expect(limiter.left('a', RATE)).toBe(1);
  });

  it('never lets more through than the burst and the rate together', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(2000), { maxLength: 60 }), async (pausesMs) => {
        const clock = createTestClock();
        const limiter = createRateLimiter({ clock, maxKeys: 10 });
        let passedMs = 0;
        let allowed = 0;
        for (const pauseMs of pausesMs) {
          await clock.advance(pauseMs);
          passedMs += pauseMs;
          if (limiter.take('a', RATE) === null) allowed += 1;
          expect(allowed).toBeLessThanOrEqual(
            RATE.burst + (passedMs / 1000) * RATE.perSecond + 1e-6,
          );
        }
      }),
      { numRuns: 20 },
    );
  });
});
