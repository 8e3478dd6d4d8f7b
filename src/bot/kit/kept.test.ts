import { beforeEach, expect, it, onTestFinished } from 'vitest';
import type { Database } from '../../db/database.ts';
import { conversationStates } from '../../db/tables.ts';
import { temporaryDatabase } from '../../testing/database.ts';
import { pruneKept } from './kept.ts';

const DAY = 24 * 60 * 60_000;
const NOW = 1_700_000_000_000;
const OLD = NOW - 30 * DAY - 1;
const YOUNG = NOW - 30 * DAY;

let db: Database;

beforeEach(() => {
  const temporary = temporaryDatabase();
  db = temporary.db;
  onTestFinished(() => temporary.remove());
});

it('dialogs that nobody came back to go after 30 days', async () => {
  await db.tx((tx) =>
    tx.insert(conversationStates).values([
      { key: 'old', state: {}, updatedAt: OLD },
      { key: 'young', state: {}, updatedAt: YOUNG },
    ]),
  );
  await pruneKept(db, NOW);
  expect(await db.read.select().from(conversationStates)).toMatchObject([{ key: 'young' }]);
});
