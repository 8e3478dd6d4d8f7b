import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Database } from '../db/database.ts';
import { temporaryDatabase } from '../testing/database.ts';
import { getUser, seenUser, setLanguage, usersMeant } from './users.ts';

const AT = 1_700_000_000_000;
const HOUR = 60 * 60 * 1000;
const DILSHOD = {
  id: 101,
  first_name: 'Dilshod',
  last_name: 'K',
  username: 'Dilshod_K',
  language_code: 'uz',
};

let db: Database;

beforeEach(() => {
  const temporary = temporaryDatabase();
  db = temporary.db;
  onTestFinished(() => temporary.remove());
});

test('remembers what Telegram says of somebody new', async () => {
  const row = await seenUser(db, DILSHOD, AT);
  expect(row).toEqual({
    id: 101,
    firstName: 'Dilshod',
    lastName: 'K',
    username: 'Dilshod_K',
    language: null,
    telegramLanguage: 'uz',
    phone: null,
    searchText: ' dilshod k dilshod k ',
    blockedAt: null,
    unreachableAt: null,
    createdAt: AT,
    seenAt: AT,
  });
  expect(await getUser(db.read, 101)).toEqual(row);
});

test('the same person again is written down once an hour', async () => {
  await seenUser(db, DILSHOD, AT);
  expect(await seenUser(db, DILSHOD, AT + HOUR - 1)).toMatchObject({ seenAt: AT });
  expect(await seenUser(db, DILSHOD, AT + HOUR)).toMatchObject({
    seenAt: AT + HOUR,
    createdAt: AT,
  });
});

test('a changed field is written at once and keeps what was chosen here', async () => {
  await seenUser(db, DILSHOD, AT);
  await setLanguage(db, { userId: 101, language: 'ru' });
  const row = await seenUser(db, { id: 101, first_name: 'Dilshod' }, AT + 1);
  expect(row).toMatchObject({
    lastName: '',
    username: null,
    telegramLanguage: null,
    language: 'ru',
    seenAt: AT + 1,
  });
});

test('twice at once makes one row', async () => {
  const rows = await Promise.all([seenUser(db, DILSHOD, AT), seenUser(db, DILSHOD, AT)]);
  expect(rows[0]).toEqual(rows[1]);
});

test('finds by id and by name in any case', async () => {
  const row = await seenUser(db, DILSHOD, AT);
  for (const text of ['101', ' 101 ', '@dilshod_k', 'DILSHOD_K'])
    expect((await usersMeant(db.read, text)).users).toEqual([row]);
  for (const text of ['102', '@dilshod', '', '@', "x' or '1'='1", '9'.repeat(40)])
    expect((await usersMeant(db.read, text)).users).toEqual([]);
});

test('a name that passed on belongs to whom it was seen with last', async () => {
  await seenUser(db, DILSHOD, AT);
  await seenUser(db, { ...DILSHOD, id: 102 }, AT + 1);
  const { users } = await usersMeant(db.read, '@Dilshod_K');
  expect(users.map(({ id }) => id)).toEqual([102, 101]);
});
