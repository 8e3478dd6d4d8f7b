// Fails when the schema says something that the generated migrations do not: drizzle-kit gets a copy of them and
// must find nothing to add.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const committed = join(root, 'migrations/sqlite');
const folder = mkdtempSync(join(tmpdir(), 'migrations-'));

try {
  const copy = join(folder, 'sqlite');
  cpSync(committed, copy, { recursive: true });
  generate(folder, 'sqlite');
  const before = readdirSync(committed);
  const missing = readdirSync(copy).filter((name) => !before.includes(name));
  if (missing.length > 0) {
    for (const name of missing) console.error(readFileSync(join(copy, name), 'utf8'));
    console.error(
      'The schema says more than its migrations: run "npm run db:generate" and review.',
    );
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/**
 * Without a terminal drizzle-kit can't ask whether a column was renamed and gives up, which is right here. It exits
 * with 0 whatever happens, so only its words tell; and it takes no absolute path for `out`.
 */
function generate(cwd, out) {
  const drizzleKit = join(dirname(fileURLToPath(import.meta.resolve('drizzle-kit'))), 'bin.cjs');
  const schema = join(root, 'drizzle/schema.sqlite.ts');
  const args = ['generate', '--dialect', 'sqlite', '--schema', schema, '--out', out];
  const run = spawnSync(process.execPath, [drizzleKit, ...args], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
  });
  if (/No schema changes|Your SQL migration file/.test(run.stdout)) return;
  console.error(run.stdout + run.stderr);
  throw new Error('drizzle-kit could not compare the schema with its migrations (see above).');
}
