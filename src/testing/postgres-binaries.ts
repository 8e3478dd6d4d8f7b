/** Where PostgreSQL's programs are on this machine, and as whom they may run: its server refuses to run as root. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export const HOW_TO_GET_POSTGRES =
  'Install PostgreSQL 15 or newer ("apt-get install postgresql", "brew install postgresql"), ' +
  'or name the folder of its programs in POSTGRES_BIN.';

/** The folder of `initdb` and `postgres`: POSTGRES_BIN, else Debian's newest, else on the PATH. */
export function findPostgres(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env['POSTGRES_BIN'] !== undefined && env['POSTGRES_BIN'] !== '') return env['POSTGRES_BIN'];
  const onPath = (env['PATH'] ?? '').split(delimiter);
  return [...debianFolders(), ...onPath].find((folder) => holdsServer(folder));
}

function holdsServer(folder: string): boolean {
  return existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres'));
}

function debianFolders(): string[] {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return [];
  const versions = readdirSync(root).toSorted((a, b) => Number(b) - Number(a));
  return versions.map((version) => join(root, version, 'bin'));
}

interface Person {
  readonly uid: number;
  readonly gid: number;
}

/** As whom to run it: nobody else when we are not root. */
export function unprivileged(): Person | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(':');
    if (fields !== undefined) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new Error('PostgreSQL does not run as root, and there is no user postgres or nobody.');
}
