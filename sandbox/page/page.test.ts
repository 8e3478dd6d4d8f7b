import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { startStage } from '../sandbox-stage.fixture.ts';

interface Entities {
  treeOf: (text: string, entities: readonly object[]) => unknown[];
  isSafeLink: (url: string) => boolean;
}

/** A script of the page; it has no types. */
const { treeOf, isSafeLink } = (await import(
  new URL('entities.js', import.meta.url).href
)) as Entities;

const { timeTo } = (await import(new URL('format.js', import.meta.url).href)) as {
  timeTo: (ms: number, language?: string) => string;
};

const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

test('every file of the page is served, fresh and under a strict policy', async () => {
  const { get } = await startStage();
  const names = await readdir(new URL('./', import.meta.url));
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
  expect(html).not.toMatch(/<style|style="|\son\w+="|<script(?! type="importmap")[^>]*>[^<]/);
});

/** What a module imports, and the addresses that an import map gives. */
function addressesIn(text: string): string[] {
  const found = text.matchAll(/(?:from|import)\s*["']([^"']+)["']|"(\/sandbox\/lib\/[^"]+\.js)"/g);
  return [...found].map(([, module, address]) => module ?? address ?? '');
}

function resolved(name: string, { by, imports }: { by: string; imports: Imports }): string {
  if (name.startsWith('.')) return new URL(name, `http://page${by}`).pathname;
  const prefix = Object.keys(imports).find((each) => each.endsWith('/') && name.startsWith(each));
  const whole = imports[name];
  if (whole !== undefined) return whole;
  if (name.startsWith('/')) return name;
  if (prefix === undefined) throw new Error(`${by} imports ${name}, which the page does not know`);
  return imports[prefix] + name.slice(prefix.length);
}

type Imports = Readonly<Record<string, string>>;

test('every module that the page imports is served, the library too', async () => {
  const { get } = await startStage();
  const html = String((await get('/')).body);
  const map = /<script type="importmap">([^]*?)<\/script>/.exec(html)?.[1] ?? '';
  const { imports } = JSON.parse(map) as { imports: Imports };
  const known = new Set(['/sandbox/page.js']);
  for (const address of known) {
    const { status, headers, body } = await get(address.replace('/sandbox', ''));
    expect([address, status]).toEqual([address, 200]);
    expect(headers.get('content-type')).toBe(TYPES['js']);
    for (const name of addressesIn(String(body))) {
      known.add(resolved(name, { by: address, imports }));
    }
  }
  expect([...known].filter((each) => each.includes('/lib/lit')).length).toBeGreaterThan(3);
});

test('the policy lets in the import map as it is, and no other script of the markup', async () => {
  const { get } = await startStage();
  const { headers, body } = await get('/');
  const map = /<script type="importmap">([^]*?)<\/script>/.exec(String(body))?.[1] ?? '';
  const hash = createHash('sha256').update(map).digest('base64');
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toContain(`script-src 'self' 'sha256-${hash}';`);
  expect(policy).toContain('trusted-types lit-html');
});

test.each([
  '/page.test.ts',
  '/../sandbox.ts',
  '/%2e%2e/sandbox.ts',
  '/constructor',
  '/a/page.js',
  '/lib/lit/package.json',
  '/lib/lit/../zod/index.js',
  '/lib/zod/index.js',
  '/lib/',
])('gives out no %s', async (path) => {
  const { get } = await startStage();
  expect((await get(path)).status).toBe(404);
});

test('no script of the page reads text as HTML', async () => {
  const { get } = await startStage();
  const names = await readdir(new URL('./', import.meta.url));
  for (const name of names.filter((each) => each.endsWith('.js'))) {
    const { body } = await get(`/${name}`);
    expect(body).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|unsafeHTML/,
    );
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

test('a bold moment is bold around it, whichever comes first', () => {
  const span = { offset: 0, length: 5 };
  const bold = { type: 'bold', ...span };
  const moment = { type: 'date_time', ...span, unix_time: 1, date_time_format: 't' };
  for (const entities of [
    [moment, bold],
    [bold, moment],
  ]) {
    const inner = { entity: moment, text: '14:45', children: ['14:45'] };
    expect(treeOf('14:45', entities)).toEqual([{ entity: bold, text: '14:45', children: [inner] }]);
  }
});

test.each([
  [598_000, 'en', 'in 9 min 58 s'],
  [598_000, 'ru', 'через 9 мин 58 с'],
  [598_000, 'uz', '9 daqiqa 58 soniyadan soʻng'],
  [3_900_000, 'uz', '1 soat 5 daqiqadan soʻng'],
  [-5000, 'en', '5 s ago'],
  [-5000, 'ru', '5 с назад'],
  [-5000, 'uz', '5 soniya oldin'],
  [5000, 'de', 'in 5 s'],
])('a phone tells %i ms in its own language: %s', (ms, language, told) => {
  expect(timeTo(ms, language)).toBe(told);
});
