/**
 * Which tests run on which engine. On SQLite all do. On PostgreSQL every test does that has the database in its reach,
 * by the imports of its file and of what these import, but for those named here: a new test can't be forgotten.
 */
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** Files, or folders with a slash at the end, and why they run on SQLite alone. */
export const SQLITE_ONLY: Record<string, string> = {
  'src/backup/': 'copies are of files; a PostgreSQL is copied with its own tools',
  'src/db/crash.test.ts': 'whether a file outlives a kill',
  'src/db/disk.test.ts': 'a full disk under a file',
  'src/db/group-commit.test.ts': 'groups of the one writer of a file; src/db/postgres/ has its own',
  'src/db/sqlite.test.ts': 'the settings and migrations of a file',
  'src/db/postgres/': 'about PostgreSQL itself: they start a server of their own',
  'src/sandbox/': 'the sandbox keeps its books in a file',
  'simulate/': 'chooses its engine itself',
  'test/backup.test.ts': 'copies are of files',
  'test/browser/': 'about the page of the sandbox, which keeps its books in a file',
  'test/disk.test.ts': 'a full disk under a file',
  'test/flood.test.ts': 'about the limits of the doors, not the database; takes minutes',
  'test/fuzz/': 'about odd input at the doors; takes minutes',
  'test/kill': 'a program on a file, killed',
};

/** Whatever opens a database imports this. */
const OPENS = 'src/db/sqlite.ts';

/** The tests that run on PostgreSQL, of `tests`. Paths begin at the project's folder. */
export function testsOnPostgres(tests: readonly string[]): string[] {
  const inReach = reachOf(OPENS);
  return tests.filter((test) => inReach(test) && reasonForSqlite(test) === undefined);
}

/** Why a test runs on SQLite alone. */
export function reasonForSqlite(test: string): string | undefined {
  return Object.entries(SQLITE_ONLY).find(([path]) => test.startsWith(path))?.[1];
}

/** Tells of a file whether it imports `target`, or imports what does. */
export function reachOf(target: string): (path: string) => boolean {
  const known = new Map<string, string[]>();
  const importsOf = (path: string): string[] => {
    const found = known.get(path) ?? readImports(path);
    known.set(path, found);
    return found;
  };
  return (start) => {
    const seen = new Set([start]);
    for (const path of seen) for (const each of importsOf(path)) seen.add(each);
    return seen.has(target);
  };
}

const IMPORT = /(?:from|import)\s*\(?\s*'(\.[^']+\.ts)'/g;

function readImports(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  return [...text.matchAll(IMPORT)].map(([, to = '']) => normalize(join(dirname(path), to)));
}
