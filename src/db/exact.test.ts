import { expect, it } from 'vitest';
import { exact } from './exact.ts';

it.each([
  [0, 0],
  ['-9007199254740991', -9_007_199_254_740_991],
  [42n, 42],
])('%s is read as it is', (given, number) => {
  expect(exact(given)).toBe(number);
});

it.each(['9007199254740993', 2n ** 60n, '1.5', 'many', undefined])('%s is refused', (given) => {
  expect(() => exact(given)).toThrow('is no exact integer');
});
