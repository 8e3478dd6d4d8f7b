import { expect, it } from 'vitest';
import { readArguments } from './arguments.ts';

it('knows what may be asked for', () => {
  const nothing = { sandbox: false, newDatabase: false, oldDatabase: false };
  expect(readArguments([])).toEqual(nothing);
  expect(readArguments(['--sandbox'])).toEqual({ ...nothing, sandbox: true });
  expect(readArguments(['--new-database', '--old-database'])).toEqual({
    sandbox: false,
    newDatabase: true,
    oldDatabase: true,
  });
});

it.each(['--sanbox', 'sandbox', '--sandbox=yes'])('refuses "%s" and says what there is', (word) => {
  expect(() => readArguments([word])).toThrow(/npm start \[-- --sandbox\]/);
});
