import { availableParallelism } from 'node:os';
import { expect, it } from 'vitest';
import { patience } from './patience.ts';

const processors = availableParallelism();

it('is twice as long on a quiet machine, longer the busier it is, and never endless', () => {
  expect(patience(1000, 0)).toBe(2000);
  expect(patience(1000, processors)).toBe(2000);
  expect(patience(1000, processors * 5)).toBe(6000);
  expect(patience(1000, processors * 500)).toBe(10_000);
});
