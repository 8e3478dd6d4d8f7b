/**
 * Which tests run on which engine, by the imports of their files and of what these import. On SQLite all do but those
 * that start a PostgreSQL themselves; on PostgreSQL do those, and every test that has the database in its reach but for
 * those named here: a new one can't be forgotten.
 */
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** Files, or folders with a slash at the end, and why they run on SQLite alone. */
export const SQLITE_ONLY: Record<string, string> = {
  'src/app/database.test.ts': 'what may stand where the file should',
  'src/backup/': 'copies are of files; a PostgreSQL is copied with its own tools',
  'src/db/crash.test.ts': 'whether a file outlives a kill',
  'src/db/disk.test.ts': 'a full disk under a file',
  'src/db/damage.test.ts': 'damage in a file',
  'src/db/file-guard.test.ts': 'a file that goes away under the program',
  'src/db/group-commit.test.ts': 'groups of the one writer of a file; src/db/postgres/ has its own',
  'src/db/log-mark.test.ts': 'a file and its log',
  'src/db/permissions.test.ts': 'the rights of files',
  'src/db/sqlite.test.ts': 'the settings and migrations of a file',
  'sandbox/': 'the sandbox keeps its books in a file',
  'simulate/': 'one run on PostgreSQL is in a file of its own',
  'test/bad-days.test.ts': 'about the file under a program, and who else uses it',
  'test/backup.test.ts': 'copies are of files',
  'test/disk.test.ts': 'a full disk under a file',
  'test/flood.test.ts': 'about the limits of the doors, not the database; takes minutes',
  'test/fuzz/': 'about odd input at the doors; takes minutes',
  'test/kill': 'a program on a file, killed',
  'test/setup': 'about the file of settings',
};

/** Whatever opens a database imports this. */
const OPENS = 'src/db/sqlite.ts';
/** What starts a PostgreSQL of its own imports this. */
const STARTS_POSTGRES = 'src/testing/postgres-cluster.ts';

export interface TestsByEngine {
  sqlite: string[];
  postgres: string[];
}

/** Divides `tests` (paths from the project's folder) by the database they run on. */
export function testsByEngine(tests: readonly string[], sqliteOnly = SQLITE_ONLY): TestsByEngine {
  const importers = importersOf(tests);
  const starts = reaching(STARTS_POSTGRES, importers);
  const opens = reaching(OPENS, importers);
  const isNamed = (test: string): boolean =>
    Object.keys(sqliteOnly).some((path) => test.startsWith(path));
  return {
    sqlite: tests.filter((test) => !starts.has(test)),
    postgres: tests.filter((test) => starts.has(test) || (opens.has(test) && !isNamed(test))),
  };
}

type Importers = ReadonlyMap<string, readonly string[]>;

/** By file, which files import it: of all that `tests` load, in one walk. */
function importersOf(tests: readonly string[]): Importers {
  const importers = new Map<string, string[]>();
  const loaded = new Set(tests);
  for (const path of loaded) {
    for (const each of importsOf(path)) {
      loaded.add(each);
      importers.set(each, [...(importers.get(each) ?? []), path]);
    }
  }
  return importers;
}

/** The files that import `target`, or import what does. */
function reaching(target: string, importers: Importers): ReadonlySet<string> {
  const found = new Set([target]);
  for (const path of found) for (const each of importers.get(path) ?? []) found.add(each);
  return found;
}

/** Files do not change while a run of the tests is divided. */
const known = new Map<string, readonly string[]>();

function importsOf(path: string): readonly string[] {
  const imports = known.get(path) ?? readImports(path);
  known.set(path, imports);
  return imports;
}

/** Imports of types alone load nothing. */
const IMPORT =
  /^(?:(?:import|export)\s(?!type\s)[^;'"]*?from\s+|import\s+)'(\.[^']+\.ts)'|import\('(\.[^']+\.ts)'\)/gm;

function readImports(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  return [...text.matchAll(IMPORT)].map(([, at, later = '']) =>
    normalize(join(dirname(path), at ?? later)),
  );
}
