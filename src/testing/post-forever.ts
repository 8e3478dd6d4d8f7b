/**
 * A program for crash tests: posts top-ups to the database of its first argument until it is killed or refused,
 * under keys that begin with its second argument. A key is printed once its entry is promised to be safe;
 * `refused <code>` ends the program.
 */
import { openSqlite } from '../db/sqlite.ts';
import { providerClearing, userAvailable } from '../ledger/accounts.ts';
import { hold } from '../ledger/holds.ts';
import { post } from '../ledger/ledger.ts';

const [path = '', prefix = ''] = process.argv.slice(2);
const WRITERS = 5;
const db = openSqlite(path);
let count = 0;

async function topUp(key: string, userId: number): Promise<void> {
  await db.tx(async (tx) => {
    await post(tx, {
      key,
      kind: 'topup',
      actor: 'system',
      at: 0,
      lines: [
        { account: providerClearing('inpay'), amountTiyin: -100 },
        { account: userAvailable(userId), amountTiyin: 100 },
      ],
    });
    await hold(tx, { id: `bill:${key}`, userId, amountTiyin: 40, at: 0 });
  });
}

async function write(userId: number): Promise<void> {
  for (;;) {
    count += 1;
    const key = `${prefix}:${count}`;
    await topUp(key, userId);
    process.stdout.write(`${key}\n`);
  }
}

try {
  await Promise.all(Array.from({ length: WRITERS }, (_, userId) => write(userId)));
} catch (error) {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  process.stdout.write(`refused ${code}\n`);
  process.exit(1);
}
