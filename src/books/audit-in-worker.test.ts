import { expect, onTestFinished, test } from 'vitest';
import { post } from '../ledger/ledger.ts';
import { sealAll } from '../ledger/seals.ts';
import { temporaryDatabase } from '../testing/database.ts';
import { AT, topupEntry } from '../testing/ledger.ts';
import { auditInWorker } from './audit-in-worker.ts';
import { auditBooks } from './audit.ts';

test('finds in a thread of its own what it finds here, and leaves the file to whoever writes', async () => {
  const file = temporaryDatabase();
  onTestFinished(() => file.remove());
  await file.db.tx((tx) => post(tx, { ...topupEntry('test:1', 7, 100), kind: 'test' }));
  // Twice: where several write, what is new is sealed once a minute went by.
  await sealAll(file.db, AT);
  await sealAll(file.db, AT + 60_000);
  const here = await auditBooks(file.db);
  const [aside] = await Promise.all([
    auditInWorker({ address: file.address }),
    file.db.tx((tx) => post(tx, { ...topupEntry('test:2', 7, 100), kind: 'test' })),
  ]);
  expect(aside.clean).toBe(true);
  expect(aside.seals.head).toEqual(here.seals.head);
  expect([1, 2]).toContain(aside.entries);
  const late = await auditInWorker({
    address: file.address,
    at: AT + 3_600_000,
  });
  expect(late.findings).toEqual(['entry 2 (test:2) and what follows it was never sealed']);
});

test('says so when the file can not be read', async () => {
  await expect(
    auditInWorker({ address: { engine: 'sqlite', path: '/nowhere/at/all.db' } }),
  ).rejects.toThrow(/open|directory/);
});
