/** What the audit finds when requests and the books differ; on SQLite and PostgreSQL. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { realRandom } from '../core/deps.ts';
import { som } from '../core/money.ts';
import { ADJUSTMENTS, userAvailable } from '../ledger/accounts.ts';
import { post } from '../ledger/ledger.ts';
import { QUOTAS } from '../quotas/limits.ts';
import { createRequests } from '../requests/requests.ts';
import { createTestClock } from '../testing/clock.ts';
import { temporaryDatabase, type TemporaryDatabase } from '../testing/database.ts';
import { seenUser } from '../users/users.ts';
import { auditBooks } from './audit.ts';

const SUM = som(5000);

let file: TemporaryDatabase;
let id: string;
beforeEach(async () => {
  const clock = createTestClock();
  file = temporaryDatabase();
  const { db } = file;
  for (const user of [1, 2]) await seenUser(db, { id: user, first_name: 'p' }, clock.now());
  const lines = [
    { account: ADJUSTMENTS, amountTiyin: -SUM },
    { account: userAvailable(2), amountTiyin: SUM },
  ];
  await db.tx((tx) => post(tx, { key: 'test', kind: 'test', actor: 'system', at: 1, lines }));
  const requests = createRequests({
    db,
    clock,
    random: realRandom,
    quotas: QUOTAS,
    notifyOutbox: () => undefined,
  });
  const asked = await requests.askForBalance(1, SUM);
  id = asked.kind === 'asked' ? asked.request.id : '';
  await requests.give(id, 2);
});
afterEach(async () => await file.remove());

it('is content with a request that was paid', async () => {
  expect((await auditBooks(file.db)).findings).toEqual([]);
});

it.each([
  ["id = 'OTHER'", ['is paid and has no entry', 'belongs to no paid request']],
  ["state = 'withdrawn', payer_id = null", ['belongs to no paid request']],
  ['payer_id = 3', ['name different people or sums']],
  ['user_id = 3', ['name different people or sums']],
  ['amount_tiyin = 1', ['name different people or sums']],
])('finds a request with another %s', async (change, expected) => {
  await file.raw.run(`UPDATE requests SET ${change}`);
  const { findings } = await auditBooks(file.db);
  expect(findings.length).toBe(expected.length);
  for (const [at, words] of expected.entries()) expect(findings[at]).toContain(words);
});
