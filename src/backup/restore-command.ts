/** `npm run restore -- <file> [--identity <key file>] [--force] [--suspect] [--sandbox]`: while the program does not run. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { formatProblems, readConfig } from '../settings/config.ts';
import { fileOf } from '../db/open.ts';
import { realClock } from '../core/deps.ts';
import { loadEnvFile } from '../settings/env-file.ts';
import { assertReadable } from './readable.ts';
import { restore } from './restore.ts';
import { restoreNews } from './restore-news.ts';

const USAGE = [
  'npm run restore -- <file> [--identity <key file>] [--force] [--suspect] [--sandbox]',
  '',
  '  <file>      a copy: .db, .gz or .age',
  '  --identity  the file with the secret key of age, for encrypted copies',
  '  --force     replace the database that exists; it is kept under a dated name',
  '  --suspect   take a copy although its books do not add up',
  '  --sandbox   play money, whatever credentials are set',
].join('\n');

async function main(): Promise<void> {
  loadEnvFile();
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      identity: { type: 'string', multiple: true, default: [] },
      force: { type: 'boolean', default: false },
      suspect: { type: 'boolean', default: false },
      sandbox: { type: 'boolean', default: false },
    },
  });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw new Error(USAGE);
  const { sandbox } = values;
  const outcome = readConfig(process.env, { isTerminal: false, sandbox });
  if (outcome.kind === 'invalid')
    throw new Error(formatProblems(outcome.problems, outcome.warnings));
  const { database, mode, topups } = outcome.config;
  const databasePath = fileOf(database);
  const at = realClock.now();
  const restored = await restore({
    file,
    databasePath,
    mode,
    identities: values.identity.flatMap(identitiesIn),
    force: values.force,
    suspect: values.suspect,
    at,
  });
  const lateHours = topups.latePaymentMs / 3_600_000;
  console.log(restoreNews(restored, { file, databasePath, lateHours, at }).join('\n'));
}

/** As `age-keygen` writes it: comments and keys, one a line. */
function identitiesIn(path: string): string[] {
  assertReadable(path);
  const lines = readFileSync(path, 'utf8').split('\n');
  const keys = lines
    .map((line) => line.trim())
    .filter((line) => line.startsWith('AGE-SECRET-KEY-'));
  if (keys.length > 0) return keys;
  throw new Error(`${path} holds no secret key of age: a line that begins with AGE-SECRET-KEY-1.`);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
