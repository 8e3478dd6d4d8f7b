import { globSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SLOW } from './sequence.ts';

it.each(SLOW)('%s is there to run first', (start) => {
  const tests = globSync(start.endsWith('/') ? `${start}**/*.test.ts` : start);
  expect(tests).not.toEqual([]);
});
