import { expect, test } from 'vitest';
import { elapsedOf } from './elapsed.ts';
import { HOUR_MS } from '../calendar.ts';

/** A machine whose readings are set by hand. */
function machine() {
  const reads = { wall: Date.UTC(2026, 0, 5), awake: 50, uptime: 900_000 };
  const elapsed = elapsedOf({
    wallMs: () => reads.wall,
    awakeMs: () => reads.awake,
    uptimeMs: () => reads.uptime,
  });
  const pass = (by: Partial<typeof reads>): void => {
    reads.wall += by.wall ?? 0;
    reads.awake += by.awake ?? 0;
    reads.uptime += by.uptime ?? 0;
  };
  return { elapsed, pass, work: (ms: number) => pass({ wall: ms, awake: ms, uptime: ms }) };
}

test('time passes while the machine works', () => {
  const { elapsed, work } = machine();
  const before = elapsed();
  work(HOUR_MS);
  expect(elapsed() - before).toBe(HOUR_MS);
});

test('time passes while the machine sleeps', () => {
  const { elapsed, pass, work } = machine();
  const before = elapsed();
  pass({ wall: HOUR_MS, uptime: HOUR_MS });
  work(2000);
  expect(elapsed() - before).toBe(HOUR_MS + 2000);
  work(2000);
  expect(elapsed() - before).toBe(HOUR_MS + 4000);
});

test('a clock that is set moves nothing', () => {
  const { elapsed, pass, work } = machine();
  const before = elapsed();
  pass({ wall: 72 * HOUR_MS });
  work(2000);
  pass({ wall: -72 * HOUR_MS });
  work(2000);
  expect(elapsed() - before).toBe(4000);
});

test('another machine’s uptime is no sleep', () => {
  const { elapsed, pass, work } = machine();
  const before = elapsed();
  pass({ uptime: 2400 * HOUR_MS });
  work(2000);
  pass({ uptime: -2400 * HOUR_MS });
  work(2000);
  expect(elapsed() - before).toBe(4000);
});

test('coarse readings add up to no sleep', () => {
  const { elapsed, pass, work } = machine();
  const before = elapsed();
  for (let i = 0; i < 100; i += 1) {
    pass({ uptime: 10 });
    work(1000);
    elapsed();
  }
  expect(elapsed() - before).toBe(100_000);
});
