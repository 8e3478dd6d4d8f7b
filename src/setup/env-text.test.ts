import { parseEnv } from 'node:util';
import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { withValues } from './env-text.ts';

test('changes a value where it stands, and leaves comments, order and the rest', () => {
  const text = '# mine\nA=1\n\n# of B\n  export B = old # why\r\nC="two\nlines"\n';
  expect(withValues(text, { B: 'new' })).toBe('# mine\nA=1\n\n# of B\nB=new\r\nC="two\nlines"\n');
});

test('writes what is not there yet at the end', () => {
  expect(withValues('A=1', { B: '2' })).toBe('A=1\nB=2\n');
  expect(withValues('', { B: '2' })).toBe('B=2\n');
});

test('where a name stands twice, changes the one that counts', () => {
  expect(withValues('A=1\nA=2\n', { A: '3' })).toBe('A=1\nA=3\n');
});

test('empties what is to be gone', () => {
  expect(parseEnv(withValues('A=1\nB=2\n', { A: '' }))).toEqual({ A: '', B: '2' });
});

test.each([
  '[{"number":"8600000000000001","holder":"ALI VALIYEV","gmail":"a@b.uz"}]',
  'with # a sign',
  "it's",
  '"quoted"',
  '  blanks around  ',
  'pa$$word',
  'a=b',
])('the program reads %j as it was', (value) => {
  expect(parseEnv(withValues('A=1\nX=\nB=2\n', { X: value }))).toEqual({
    A: '1',
    X: value,
    B: '2',
  });
});

/** Null: it was refused. */
function written(text: string, value: string): NodeJS.Dict<string> | null {
  try {
    return parseEnv(withValues(text, { X: value }));
  } catch (error) {
    if (String(error).includes("can't be written into .env")) return null;
    throw error;
  }
}

test('what can be written is read as it was; what can not is refused', () => {
  const text = 'A="one\ntwo"\nX=old\n';
  assert(
    property(string({ unit: 'grapheme' }), (value) => {
      expect([{ A: 'one\ntwo', X: value }, null]).toContainEqual(written(text, value));
    }),
  );
});

test('never changes a line that belongs to the value before it', () => {
  expect(() => withValues('A="one\nX=two"\n', { X: 'new' })).toThrow("can't be written");
});
