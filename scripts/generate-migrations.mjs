// Generates migrations for both engines, so that none is forgotten: what is said after `--` goes to both, as in
// `npm run db:generate -- --name=what_it_does`.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const drizzleKit = join(dirname(fileURLToPath(import.meta.resolve('drizzle-kit'))), 'bin.cjs');

for (const engine of ['sqlite', 'postgres']) {
  const args = ['generate', '--config', `drizzle/${engine}.config.ts`, ...process.argv.slice(2)];
  const { status } = spawnSync(process.execPath, [drizzleKit, ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
