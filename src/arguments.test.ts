import { expect, it } from 'vitest';
import { readArguments } from './arguments.ts';

it('knows what may be asked for', () => {
  expect(readArguments([])).toEqual({ sandbox: false });
  expect(readArguments(['--sandbox'])).toEqual({ sandbox: true });
});

it.each(['--sanbox', 'sandbox', '--sandbox=yes'])('refuses "%s" and says what there is', (word) => {
  expect(() => readArguments([word])).toThrow(/npm start \[-- --sandbox\]/);
});
