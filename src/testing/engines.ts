/**
 * Which tests run on which engine, by the imports of their files and of what these import. On SQLite all do but those
 * that start a PostgreSQL themselves; on PostgreSQL do those, and every test that has the database in its reach but for
 * those named here: a new one can't be forgotten.
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
/** What starts a PostgreSQL of its own this. */
const STARTS_POSTGRES = 'src/testing/postgres-cluster.ts';

export interface TestsByEngine {
  sqlite: string[];
  postgres: string[];
}

/** Of `tests`, whose paths begin at the project's folder. */
export function testsByEngine(tests: readonly string[]): TestsByEngine {
  const starts = reachOf(STARTS_POSTGRES);
  const opens = reachOf(OPENS);
  return {
    sqlite: tests.filter((test) => !starts(test)),
    postgres: tests.filter(
      (test) => starts(test) || (opens(test) && reasonForSqlite(test) === undefined),
    ),
  };
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
