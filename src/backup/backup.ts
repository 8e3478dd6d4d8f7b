/** `npm run backup`: a copy now, beside the running program or without it. */
import { existsSync } from 'node:fs';
import { readArguments } from '../settings/arguments.ts';
import { formatProblems, readConfig } from '../settings/config.ts';
import { fileOf } from '../db/open.ts';
import { realClock } from '../core/deps.ts';
import { loadEnvFile } from '../settings/env-file.ts';
import { makeBackup } from './make.ts';
import { BackupError } from './trouble.ts';

async function main(): Promise<void> {
  loadEnvFile();
  const { sandbox } = readArguments(process.argv.slice(2));
  const outcome = readConfig(process.env, { isTerminal: false, sandbox });
  if (outcome.kind === 'invalid')
    throw new Error(formatProblems(outcome.problems, outcome.warnings));
  const { database, backup } = outcome.config;
  const databasePath = fileOf(database);
  if (!existsSync(databasePath)) {
    throw new Error(
      `There is no database ${databasePath}. DATABASE_URL names it, relative to the working directory.`,
    );
  }
  const made = await makeBackup({ databasePath, ...backup, at: realClock.now() });
  console.log(
    `Copied and checked: ${made.path} (${made.bytes} bytes, ${made.facts.entries} entries).`,
  );
  if (made.encrypted)
    console.log(`Encrypted: ${made.encrypted.path} (${made.encrypted.bytes} bytes).`);
  for (const name of made.removed) console.log(`Removed: ${name}`);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  if (error instanceof BackupError) for (const each of error.details.slice(3)) console.error(each);
  process.exitCode = 1;
}
