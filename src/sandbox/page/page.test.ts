import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { startStage } from '../stage.fixture.ts';

interface RichText {
  treeOf: (text: string, entities: readonly object[]) => unknown[];
  isSafeLink: (url: string) => boolean;
}

/** A script of the page; it has no types. */
const { treeOf, isSafeLink } = (await import(
  new URL('rich-text.js', import.meta.url).href
)) as RichText;

const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

test('every file of the page is served, fresh and under a strict policy', async () => {
  const { get } = await startStage();
  const names = await readdir(new URL('.', import.meta.url));
  const files = names.filter((name) => !name.endsWith('.ts'));
  expect(files.length).toBeGreaterThan(5);
  for (const name of files) {
    const { status, headers } = await get(`/${name}`);
    expect([name, status]).toEqual([name, 200]);
    expect(headers.get('content-type')).toBe(TYPES[name.split('.').at(-1) ?? '']);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  }
});

test('the page opens with and without a slash, and needs nothing from elsewhere', async () => {
  const { get } = await startStage();
  const { body } = await get('');
  expect((await get('/')).body).toBe(body);
  const html = String(body);
  const needed = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map((match) => match[1] ?? '');
  expect(needed).toContain('/sandbox/page.js');
  for (const address of needed) {
    expect((await get(address.replace('/sandbox', ''))).status).toBe(200);
  }
  expect(html).not.toMatch(/<style|style="|\son\w+="|<script[^>]*>[^<]/);
});

test.each(['/page.test.ts', '/../sandbox.ts', '/%2e%2e/sandbox.ts', '/constructor', '/a/page.js'])(
  'gives out no %s',
  async (path) => {
    const { get } = await startStage();
    expect((await get(path)).status).toBe(404);
  },
);

test('no script of the page reads text as HTML', async () => {
  const { get } = await startStage();
  const names = await readdir(new URL('.', import.meta.url));
  for (const name of names.filter((each) => each.endsWith('.js'))) {
    const { body } = await get(`/${name}`);
    expect(body).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(/);
  }
});

test('markup in a text is text', () => {
  expect(treeOf('<b>x</b>', [])).toEqual(['<b>x</b>']);
});

test('entities nest', () => {
  const bold = { type: 'bold', offset: 0, length: 8 };
  const italic = { type: 'italic', offset: 3, length: 2 };
  expect(treeOf('one two three', [italic, bold])).toMatchObject([
    { entity: bold, text: 'one two ', children: ['one', { entity: italic, text: ' t' }, 'wo '] },
    'three',
  ]);
});

test('what crosses is cut, what is unknown or outside left alone', () => {
  const tree = treeOf('abcdef', [
    { type: 'bold', offset: 0, length: 4 },
    { type: 'italic', offset: 2, length: 4 },
    { type: 'hashtag', offset: 5, length: 1 },
    { type: 'code', offset: 5, length: 90 },
  ]);
  expect(tree).toMatchObject([
    { entity: { type: 'bold' }, children: ['ab', { entity: { type: 'italic' }, text: 'cd' }] },
    'e',
    { entity: { type: 'code' }, text: 'f', children: ['f'] },
  ]);
});

test('a link leads to the web or to Telegram', () => {
  expect(['https://a.uz', 'HTTP://a.uz', 'tg://user?id=1'].every(isSafeLink)).toBe(true);
  expect(['javascript:alert(1)', ' https://a.uz', 'data:text/html,x', '//a'].some(isSafeLink)).toBe(
    false,
  );
});
