import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { MUTATIONS } from './list.ts';

it('are many, each with tests to ask', () => {
  expect(MUTATIONS.length).toBeGreaterThan(10);
  for (const { tests } of MUTATIONS) expect(tests.length).toBeGreaterThan(0);
});

it.each(MUTATIONS.flatMap(({ name, changes }) => changes.map((change) => ({ name, ...change }))))(
  '$name: what is changed in $file stands there once',
  ({ file, from, to }) => {
    const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
    expect(text.split(from)).toHaveLength(2);
    expect(to).not.toBe(from);
  },
);
