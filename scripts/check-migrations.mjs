// Fails when a schema says something that its generated migrations do not: drizzle-kit gets a copy of them and must
// find nothing to add.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'migrations-'));

try {
  for (const engine of ['sqlite', 'postgres']) check(engine);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function check(engine) {
  const committed = join(root, 'migrations', engine);
  const copy = join(folder, engine);
  cpSync(committed, copy, { recursive: true });
  generate(engine);
  const before = readdirSync(committed);
  const missing = readdirSync(copy).filter((name) => !before.includes(name));
  if (missing.length === 0) return;
  for (const name of missing) console.error(readFileSync(join(copy, name), 'utf8'));
  console.error(
    `drizzle/schema.${engine}.ts says more than its migrations: run "npm run db:generate" and review.`,
  );
  process.exitCode = 1;
}

/**
 * Without a terminal drizzle-kit can't ask whether a column was renamed and gives up, which is right here. It exits
 * with 0 whatever happens, so only its words tell; and it takes no absolute path for `out`.
 */
function generate(engine) {
  const drizzleKit = join(dirname(fileURLToPath(import.meta.resolve('drizzle-kit'))), 'bin.cjs');
  const dialect = engine === 'postgres' ? 'postgresql' : engine;
  const schema = join(root, `drizzle/schema.${engine}.ts`);
  const args = ['generate', '--dialect', dialect, '--schema', schema, '--out', engine];
  const run = spawnSync(process.execPath, [drizzleKit, ...args], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
  });
  if (/No schema changes|Your SQL migration file/.test(run.stdout)) return;
  console.error(run.stdout + run.stderr);
  throw new Error('drizzle-kit could not compare the schema with its migrations (see above).');
}
