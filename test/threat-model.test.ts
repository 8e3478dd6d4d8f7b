/** The threat model names tests as its evidence: they have to be there, under those titles. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const ROOT = new URL('../', import.meta.url);
const text = readFileSync(new URL('docs/threat-model.md', ROOT), 'utf8');

interface Named {
  file: string;
  titles: string[];
}

/** `file`: “title”, “title” */
function namedTests(): Named[] {
  const found = text.matchAll(
    /`(\w+\/[\w./-]+(?:\.test|-cases)\.ts)`((?::|,| and)?\s“[^”]*”(?:,?\s(?:and )?“[^”]*”)*)?/g,
  );
  return [...found].map(([, file = '', titles = '']) => ({
    file,
    titles: [...titles.matchAll(/“([^”]*)”/g)].map(([, title = '']) =>
      title.replaceAll(/\s+/g, ' '),
    ),
  }));
}

/** As titles stand in the source, where a quote may be escaped. */
function sourceOf(file: string): string {
  return readFileSync(new URL(file, ROOT), 'utf8').replaceAll(/\\(['"`])/g, '$1');
}

describe('the threat model', () => {
  const named = namedTests();

  it('names tests', () => {
    const titles = named.flatMap((each) => each.titles);
    expect(titles.length).toBeGreaterThan(80);
    // None was passed over because it was written in another way.
    const quoted = text
      .split('\n')
      .filter((line) => /\.test\.ts`/.test(line) && !line.includes('“'));
    expect(quoted).toEqual([]);
  });

  it.each(named.map(({ file, titles }): [string, string[]] => [file, titles]))(
    'names in %s what is there',
    (file, titles) => {
      expect(existsSync(new URL(file, ROOT))).toBe(true);
      const source = sourceOf(file);
      expect(titles.filter((title) => !source.includes(title))).toEqual([]);
    },
  );

  it('says of few attempts that no test shows what stops them', () => {
    const rows = text
      .split('\n')
      .filter((line) => line.startsWith('| ') && !/^\| (?:Attempt|-)/.test(line));
    const shown = rows.map((row) => row.split('|').at(-2)?.trim() ?? '');
    expect(shown.length).toBeGreaterThan(80);
    expect(shown.filter((cell) => cell === '–').length).toBeLessThan(5);
    expect(shown.filter((cell) => cell !== '–' && !cell.startsWith('`'))).toEqual([]);
  });
});
