import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { users } from '../db/tables.ts';
import { realClock } from '../core/deps.ts';
import { LANGUAGES, languageOf } from '../core/language.ts';
import { temporaryDatabase, type TemporaryDatabase } from '../testing/database.ts';
import { type Audience, countRecipients, EVERYBODY, recipientsAfter } from './audience.ts';

const DAY = 24 * 60 * 60_000;
const AT = 100 * DAY;

let file: TemporaryDatabase;

beforeEach(() => {
  file = temporaryDatabase();
  onTestFinished(() => file.remove());
});

type Person = Partial<typeof users.$inferInsert> & { id: number };

async function put(people: Person[]): Promise<void> {
  for (let from = 0; from < people.length; from += 1000) {
    const rows = people
      .slice(from, from + 1000)
      .map((person) => Object.assign({ createdAt: AT - 50 * DAY, seenAt: AT }, person));
    await file.db.tx((tx) => tx.insert(users).values(rows));
  }
}

async function reached(audience: Partial<Audience> = {}): Promise<number[]> {
  const all = { ...EVERYBODY, ...audience };
  const reach = { audience: all, startedAt: AT, defaultLanguage: 'uz' } as const;
  const found: number[] = [];
  let afterId: number | null = 0;
  while (afterId !== null) {
    const page: Awaited<ReturnType<typeof recipientsAfter>> = await recipientsAfter(file.db.read, {
      afterId,
      reach,
    });
    found.push(...page.userIds);
    afterId = page.lastId;
  }
  expect(await countRecipients(file.db.read, reach, realClock)).toBe(found.length);
  return found;
}

test('leaves out who is blocked, who blocked the bot, and who came later', async () => {
  await put([
    { id: 1 },
    { id: 2, blockedAt: AT },
    { id: 3, unreachableAt: AT },
    { id: 4, createdAt: AT },
    { id: 5, createdAt: AT + 1 },
  ]);
  expect(await reached()).toEqual([1, 4]);
});

test('speaks of languages as the bot does', async () => {
  const spoken = [...LANGUAGES, null, 'ru-RU', 'en-GB', 'uz-Latn', 'RU', 'russian', 'de', 'r', ''];
  const people = [...LANGUAGES, null, 'xx'].flatMap((language) =>
    spoken.map((telegramLanguage) => ({ language, telegramLanguage })),
  );
  await put(people.map((person, index) => ({ id: index + 1, ...person })));
  for (const language of LANGUAGES) {
    const expected = people.flatMap((person, index) =>
      languageOf(person, 'uz') === language ? [index + 1] : [],
    );
    expect(expected.length).toBeGreaterThan(5);
    expect(await reached({ language })).toEqual(expected);
  }
});

test('counts back from the beginning, and both choices hold at once', async () => {
  await put([
    { id: 1, seenAt: AT - 7 * DAY, language: 'ru' },
    { id: 2, seenAt: AT - 7 * DAY - 1, language: 'ru' },
    { id: 3, seenAt: AT - 31 * DAY, language: 'ru' },
    { id: 4, seenAt: AT, language: 'en' },
  ]);
  expect(await reached({ seenDays: 7 })).toEqual([1, 4]);
  expect(await reached({ seenDays: 30 })).toEqual([1, 2, 4]);
  expect(await reached({ seenDays: 30, language: 'ru' })).toEqual([1, 2]);
});

test('finds a few among many, page by page', async () => {
  const isIn = (id: number): boolean => id % 4999 === 0;
  await put(
    Array.from({ length: 20_500 }, (_, index) => ({
      id: index + 1,
      language: isIn(index + 1) ? 'en' : 'uz',
    })),
  );
  expect(await reached({ language: 'en' })).toEqual([4999, 9998, 14_997, 19_996]);
  expect((await reached()).length).toBe(20_500);
});
