/** `npm run db:copy -- --from <address> [--to <address>] [--suspect]`: while the program does not run. */
import { parseArgs } from 'node:util';
import type { DatabaseAddress } from '../db/address.ts';
import { realClock } from '../core/deps.ts';
import { loadEnvFile } from '../settings/env-file.ts';
import { SecretScrubber } from '../core/secrets.ts';
import { secretsOfAddress } from '../settings/register-secrets.ts';
import { databaseUrl } from '../settings/kinds.ts';
import { copyDatabase } from './copy.ts';
import { copyNews } from './copy-news.ts';

const USAGE = [
  'npm run db:copy -- --from <address> [--to <address>] [--suspect]',
  '',
  '  <address>  file:data/tolov.db, or postgres://user@host/database; a password is better in PGPASSWORD',
  '  --to       where to; DATABASE_URL when it is left out',
  '  --suspect  copy although the books do not add up',
].join('\n');

const secrets = new SecretScrubber();

async function main(): Promise<void> {
  loadEnvFile();
  const { values } = parseArgs({
    options: {
      from: { type: 'string' },
      to: { type: 'string' },
      suspect: { type: 'boolean', default: false },
    },
  });
  const to = values.to ?? process.env['DATABASE_URL'];
  if (values.from === undefined || to === undefined) throw new Error(USAGE);
  const addresses = { from: addressOf('--from', values.from), to: addressOf('--to', to) };
  const copied = await copyDatabase({
    ...addresses,
    suspect: values.suspect,
    clock: realClock,
    onStep: (step) => console.error(`… ${step}`),
  });
  console.log(copyNews(copied, addresses).join('\n'));
}

/** Says what is wrong with an address, and never the address. */
function addressOf(option: string, value: string): DatabaseAddress {
  const parsed = databaseUrl.safeParse(value);
  if (!parsed.success) {
    const reasons = parsed.error.issues.map(({ message }) => message).join(', ');
    throw new Error(`${option} ${reasons}.\n\n${USAGE}`);
  }
  const address = parsed.data;
  if (address.engine === 'postgres')
    for (const secret of secretsOfAddress(address.url)) secrets.register(secret);
  return address;
}

try {
  await main();
} catch (error) {
  console.error(secrets.scrub(error instanceof Error ? error.message : String(error)));
  process.exitCode = 1;
}
