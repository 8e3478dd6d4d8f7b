import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { figuresOf, requoted } from '../bench/quoted.ts';

const read = (file: string): string => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');

it('takes a figure by its name, and knows when there is none', () => {
  const figures = figuresOf(
    '| figure | measured | limit |\n| --- | ---: | ---: |\n| a, b/s | 1,332 | |\n',
  );
  const text = 'It makes <!-- figure: a, b/s -->9<!-- / --> a second.';
  expect(requoted(text, figures)).toBe('It makes <!-- figure: a, b/s -->1,332<!-- / --> a second.');
  expect(() => requoted('<!-- figure: c -->9<!-- / -->', figures)).toThrow('no figure "c"');
});

describe('what the documents quote', () => {
  it.each(['docs/scaling.md'])('%s: is what docs/figures.md says', (file) => {
    const text = read(file);
    expect(text).toContain('<!-- figure: ');
    expect(text).toBe(requoted(text, figuresOf(read('docs/figures.md'))));
  });
});
