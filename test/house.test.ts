/** Each subject has its room, rooms know only what is below them, and what documents name is there. */
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  FLOORS,
  forbidden,
  foreignTables,
  importsOf,
  inCircles,
  NEIGHBOURS,
  roomOf,
  subjectOf,
  TABLES,
  tablesOf,
} from './house.ts';
import * as schema from '../src/db/tables.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const imports = importsOf(ROOT);

describe('the rooms', () => {
  it('have two files beside them: what starts the program', () => {
    const entries = readdirSync(join(ROOT, 'src'), { withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
    expect(files.toSorted()).toEqual(['main.ts', 'start.mjs']);
  });

  it('all have their floor, and no floor is a room that there is not', () => {
    const inRooms = [...imports.keys()].filter((file) => /^src\/[^/]+\//.test(file));
    const rooms = new Set(inRooms.map(roomOf));
    expect([...rooms].toSorted()).toEqual(FLOORS.flat().toSorted());
  });

  it('know those below them and no others', () => {
    expect(imports.size).toBeGreaterThan(500);
    expect(forbidden(imports)).toEqual([]);
  });

  it('and their files are nowhere part of a circle', () => {
    expect(inCircles(imports)).toEqual([]);
  });

  it('all have their line in the map', () => {
    const map =
      readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8').split('## The flows')[0] ?? '';
    const files = globSync('{bench,drizzle,sandbox,scripts,simulate,src,test}/**/*.{ts,mjs,js}', {
      cwd: ROOT,
    });
    const rooms = [...new Set(files.map((file) => dirname(file)))].map((folder) =>
      basename(folder),
    );
    expect(rooms.length).toBeGreaterThan(40);
    expect(rooms.filter((room) => !new RegExp(`\\s${room}/`).test(map))).toEqual([]);
  });

  it('of the bot are let into no neighbour without need', () => {
    const used = new Set(
      [...imports].flatMap(([from, all]) =>
        all.map((to) => `${subjectOf(from)} -> ${subjectOf(to)}`),
      ),
    );
    const listed = Object.entries(NEIGHBOURS).flatMap(([subject, neighbours]) =>
      neighbours.map((each) => `${subject} -> ${each}`),
    );
    expect(listed.filter((each) => !used.has(each))).toEqual([]);
  });
});

describe('the tables', () => {
  it('each have a room that owns them', () => {
    expect(Object.values(TABLES).flat().toSorted()).toEqual(Object.keys(schema).toSorted());
  });

  it('are in the hands of their room alone', () => {
    const tables = tablesOf(ROOT, imports);
    expect(new Set([...tables.values()].flat()).size).toBeGreaterThan(25);
    expect(foreignTables(tables)).toEqual([]);
  });

  it('are missed by the room that owns them when another has them', () => {
    const tables = new Map([
      ['src/bills/pay.ts', ['bills', 'holds']],
      ['src/books/audit.ts', ['bills', 'holds']],
      ['src/app/app.ts', ['*']],
    ]);
    expect(foreignTables(tables)).toEqual(['src/bills/pay.ts -> holds', 'src/app/app.ts -> *']);
  });
});

describe('what is not allowed', () => {
  it.each([
    ['a room above', 'src/ledger/ledger.ts', 'src/topups/settle.ts'],
    ['a room beside', 'src/jobs/jobs.ts', 'src/bot/bot.ts'],
    ['a room without a floor', 'src/app/app.ts', 'src/elsewhere/file.ts'],
    ['the sandbox', 'src/app/app.ts', 'sandbox/sandbox.ts'],
    ['the schema, past the database', 'src/ledger/ledger.ts', 'drizzle/schema.sqlite.ts'],
    [
      'a room that knows tables, from the schema',
      'drizzle/schema.sqlite.ts',
      'src/topups/topup.ts',
    ],
    ['what only tests have', 'src/app/app.ts', 'src/testing/clock.ts'],
    ['another subject of the bot', 'src/bot/account/account.ts', 'src/bot/topup/open.ts'],
    ['another subject of the desk', 'src/bot/desk/orders/orders.ts', 'src/bot/desk/bills/bills.ts'],
    ['the desk, from where people are', 'src/bot/pay/bill.ts', 'src/bot/desk/kit/feature.ts'],
    ['a subject, from what all share', 'src/bot/kit/context.ts', 'src/bot/pay/bill.ts'],
    ['what puts subjects together', 'src/bot/topup/open.ts', 'src/bot/bot.ts'],
  ])('is found: %s', (_what, from, to) => {
    expect(forbidden(new Map([[from, [to]]]))).toEqual([`${from} -> ${to}`]);
  });

  it('is found in a circle, and who only looks at one is not blamed', () => {
    const round = new Map([
      ['a', ['b']],
      ['b', ['c', 'd']],
      ['c', ['b']],
      ['d', []],
    ]);
    expect(inCircles(round)).toEqual(['b', 'c']);
  });
});

describe('a path that a document names', () => {
  const documents = globSync(
    ['README*.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CODE_OF_CONDUCT.md', 'docs/*.md'],
    { cwd: ROOT },
  );
  const files = globSync(
    '{.ci,.github,bench,deploy,docs,drizzle,migrations,sandbox,scripts,simulate,src,test}/**/*',
    { cwd: ROOT },
  );
  const tops = new Set(files.map((file) => file.split('/')[0]));

  /** From the top where it begins there; else from wherever the text is about. */
  function isThere(path: string): boolean {
    const form = path.replaceAll(/<\w+>/g, '*').replace(/\/$/, '');
    const [top = ''] = form.split('/');
    if (tops.has(top)) return globSync(form, { cwd: ROOT }).length > 0;
    if (form.includes('*')) return globSync(`{src,sandbox}/**/${form}`, { cwd: ROOT }).length > 0;
    return existsSync(join(ROOT, form)) || files.some((file) => file.endsWith(`/${form}`));
  }

  function pathsIn(text: string): string[] {
    const quoted = [...text.matchAll(/`([^`\n]+)`|\]\(([^)#\s]+)\)/g)];
    const words = quoted.map(([, code = '', link = '']) => code || link);
    return words.filter(
      (word) =>
        /^[\w.<>*-]+(?:\/[\w.<>*-]+)*\/?$/.test(word) &&
        (/\w\.(?:ts|mjs|ftl)$/.test(word) || (tops.has(word.split('/')[0]) && word.includes('/'))),
    );
  }

  it.each(documents)('in %s is there', (document) => {
    const text = readFileSync(join(ROOT, document), 'utf8');
    expect(pathsIn(text).filter((path) => !isThere(path))).toEqual([]);
  });

  it('is looked for', () => {
    expect(isThere('src/nowhere.ts')).toBe(false);
    expect(isThere('nowhere.ts')).toBe(false);
    const all = documents.flatMap((each) => pathsIn(readFileSync(join(ROOT, each), 'utf8')));
    expect(all.length).toBeGreaterThan(150);
  });
});
