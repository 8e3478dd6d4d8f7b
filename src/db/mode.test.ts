import { afterEach, beforeEach, expect, it } from 'vitest';
import { type TemporaryDatabase, temporaryDatabase } from '../testing/database.ts';
import { claimMode, type Mode, WrongModeError } from './mode.ts';

let temporary: TemporaryDatabase;

beforeEach(() => {
  temporary = temporaryDatabase();
});

afterEach(async () => {
  await temporary.remove();
});

it.each<[Mode, Mode, string]>([
  ['live', 'sandbox', 'BOT_TOKEN is not set'],
  ['sandbox', 'live', 'full of sandbox play money'],
])('a file once %s is never %s', async (mode, other, message) => {
  await claimMode(temporary.db, mode);
  await claimMode(temporary.db, mode);
  await expect(claimMode(temporary.db, other)).rejects.toThrow(WrongModeError);
  await temporary.reopen();
  await expect(claimMode(temporary.db, other)).rejects.toThrow(message);
  await claimMode(temporary.db, mode);
});
