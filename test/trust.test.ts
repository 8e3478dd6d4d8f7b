/** What strangers look at first: READMEs of one page, links that lead somewhere, tables that are whole, a release that says what it is. */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { VERSION } from '../src/core/version.ts';
import { SETTINGS } from '../src/settings/settings.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

const READMES = ['README.md', 'README.ru.md', 'README.uz.md'];
const documents = globSync(['*.md', 'docs/*.md', '.github/*.md'], { cwd: ROOT });

describe.each(READMES)('%s', (name) => {
  const text = read(name);

  it('is one page, begins with the same two commands and leads to the others', () => {
    expect(text.split('\n').length).toBeLessThan(name === 'README.md' ? 182 : 80);
    expect(text).toMatch(/^npm ci && npm start {2,}#/m);
    expect(text).toMatch(/^npm ci && npm test {2,}#/m);
    const others = READMES.filter((other) => other !== name);
    const top = text.split('\n').slice(0, 5).join('\n');
    expect(others.filter((other) => !top.includes(`](${other})`))).toEqual([]);
  });
});

/** As GitHub names the headings of a page. */
function anchorsOf(file: string): Set<string> {
  const headings = [...read(file).matchAll(/^#{1,6} (.*)$/gm)].map(([, heading = '']) => heading);
  const slugs = headings.map((heading) =>
    heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(/\s/g, '-'),
  );
  return new Set(slugs);
}

it('a link of a document leads to something', () => {
  const broken = documents.flatMap((document) => {
    const links = [...read(document).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
    return links
      .filter((link) => !/^[a-z]+:/.test(link))
      .filter((link) => {
        const [path = '', anchor] = link.split('#');
        const file = path === '' ? document : join(dirname(document), path);
        if (!existsSync(join(ROOT, file))) return true;
        return anchor !== undefined && file.endsWith('.md') && !anchorsOf(file).has(anchor);
      })
      .map((link) => `${document}: ${link}`);
  });
  expect(broken).toEqual([]);
});

it('docs/settings.md has each setting, and none that there is not', () => {
  const cells = [...read('docs/settings.md').matchAll(/^\| ([^|]*)\|/gm)].map(([, cell]) => cell);
  const named = cells.flatMap((cell = '') =>
    [...cell.matchAll(/`([A-Z_\d]+)`/g)].map(([, name = '']) => name),
  );
  expect(named.toSorted()).toEqual(Object.keys(SETTINGS).toSorted());
});

it('a figure that missed its limit has a sentence why', () => {
  const figures = read('docs/figures.md');
  const missed = [...figures.matchAll(/^\| ([^|]+?) +\|[^\n]*\| MISSED \|$/gm)].map(([, n]) => n);
  const explained = new Set(
    [...figures.matchAll(/^- \*\*([^*]+)\*\*: .{40,}/gm)].map(([, name]) => name),
  );
  expect(missed.filter((name) => !explained.has(name))).toEqual([]);
  expect(figures).not.toContain('nobody has looked yet');
});

describe('a release', () => {
  const notes = (tag: string) =>
    spawnSync(process.execPath, ['scripts/release-notes.mjs', tag], {
      cwd: ROOT,
      encoding: 'utf8',
    });

  it('has its own section of the changelog for a text', () => {
    const { status, stdout } = notes(`v${VERSION}`);
    expect(status).toBe(0);
    expect(stdout.length).toBeGreaterThan(100);
    expect(stdout).not.toMatch(/^## /m);
  });

  it('is none of a version that the program does not have', () => {
    const { status, stderr } = notes('v99.0.0');
    expect(status).toBe(1);
    expect(stderr).toContain('99.0.0');
  });
});
