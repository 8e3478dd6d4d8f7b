import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Database } from '../db/database.ts';
import { users } from '../db/tables.ts';
import { temporaryDatabase } from '../testing/database.ts';
import { fillSearchTexts, findUsers, rememberPhone } from './find.ts';
import { formatPhone, normalisePhone } from '../core/phone.ts';
import { searchTextOf, searchWords } from './search-text.ts';
import { getUser, seenUser, usersMeant } from './users.ts';

const AT = 1_700_000_000_000;

describe('one spelling for names in either alphabet', () => {
  test.each([
    ['Шуҳрат', 'Shuhrat'],
    ['Шухрат', 'Shuxrat'],
    ['Қодир', 'Qodir'],
    ['Кодир', 'Qodir'],
    ['Ғайрат', 'Gʻayrat'],
    ['Ўткир', "O'tkir"],
    ['Жамшид', 'Djamshid'],
    ['Юлдуз', 'Yulduz'],
    ['Ёқуб', 'Yoqub'],
    ['Аббос', 'Abos'],
    ['Ергаш', 'Yergash'],
    ['ЦОЙ', 'tsoy'],
    ['Хуршид', 'Khurshid'],
    ['Дмитрий', 'Dmitriy'],
    ['𝓐𝓵𝓲', 'Ali'],
    ['José', 'Jose'],
  ])('%s is %s', (one, other) => {
    expect(searchWords(one)).toBe(searchWords(other));
    expect(searchWords(one)).not.toBe('');
  });

  test('signs are nothing to search for, and never an empty text', () => {
    expect(searchWords('🙂 %_ ')).toBe('');
    expect(searchTextOf({ firstName: '🙂', lastName: '', username: null })).not.toBe('');
  });
});

test.each([
  ['+998 90 123-45-67', '998901234567'],
  ['998901234567', '998901234567'],
  ['(90) 123 45 67', '998901234567'],
  ['+7 912 345 67 89', '79123456789'],
  ['00998901234567', '998901234567'],
  ['12345', null],
  ['Ali', null],
  ['+99890123456789012', null],
])('the phone %s is %s', (text, digits) => {
  expect(normalisePhone(text)).toBe(digits);
});

test('a phone is shown as people read it', () => {
  expect(formatPhone('998901234567')).toBe('+998 90 123-45-67');
  expect(formatPhone('79123456789')).toBe('+79123456789');
});

describe('finding', () => {
  let db: Database;
  const page = { offset: 0, limit: 10 };
  const found = async (text: string): Promise<number[]> =>
    (await findUsers(db.read, text, page)).map(({ id }) => id);

  beforeEach(async () => {
    const temporary = temporaryDatabase();
    db = temporary.db;
    onTestFinished(async () => await temporary.remove());
    await seenUser(db, { id: 101, first_name: 'Шуҳрат', last_name: 'Қодиров' }, AT);
    await seenUser(db, { id: 102, first_name: 'Shuxrat', username: 'Shox_1' }, AT + 1);
    await seenUser(db, { id: 901234567, first_name: 'Vali' }, AT + 2);
  });

  test('by a part of a name in either alphabet, those seen last first', async () => {
    expect(await found('shuh')).toEqual([102, 101]);
    expect(await found('ШУХРАТ')).toEqual([102, 101]);
    expect(await found('kodirov shuhrat')).toEqual([101]);
    expect(await found('shox')).toEqual([102]);
    expect(await found('nobody')).toEqual([]);
    expect(await found('%')).toEqual([]);
    expect(await found('')).toEqual([]);
  });

  test('page by page', async () => {
    const second = await findUsers(db.read, 'shuh', { offset: 1, limit: 1 });
    expect(second.map(({ id }) => id)).toEqual([101]);
  });

  test('by id, by @name, and by a phone that was shared', async () => {
    expect(await found('101')).toEqual([101]);
    expect(await found('@SHOX_1')).toEqual([102]);
    expect(await found('+998 90 123 45 67')).toEqual([]);
    await rememberPhone(db, { userId: 101, phone: '998901234567' });
    expect(await found('+998 (90) 123-45-67')).toEqual([101]);
    // Nine digits may be an id as well.
    expect(await found('901234567')).toEqual([901234567, 101]);
    expect((await usersMeant(db.read, '+998901234567')).users.map(({ id }) => id)).toEqual([101]);
    expect((await usersMeant(db.read, '901234567')).users.map(({ id }) => id)).toEqual([901234567]);
  });

  test('a number belongs to who shared it last', async () => {
    await rememberPhone(db, { userId: 101, phone: '998901234567' });
    await rememberPhone(db, { userId: 102, phone: '998901234567' });
    expect(await found('998901234567')).toEqual([102]);
    expect((await getUser(db.read, 101))?.phone).toBeNull();
  });

  test('rows from before are filled in, once', async () => {
    await db.tx(async (tx) => await tx.update(users).set({ searchText: '' }));
    expect(await found('shuh')).toEqual([]);
    await fillSearchTexts(db);
    expect(await found('shuh')).toEqual([102, 101]);
    await db.tx(async (tx) => await tx.update(users).set({ searchText: ' kept ' }));
    await fillSearchTexts(db);
    expect(await found('kept')).toHaveLength(3);
  });
});
