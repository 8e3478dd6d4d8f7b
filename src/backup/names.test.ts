import { expect, it } from 'vitest';
import { baseOf, copyName, newestCopy, outdated } from './names.ts';

const DAY = 24 * 60 * 60_000;
const AT = Date.UTC(2026, 0, 5, 7);

it('each database has a name of its own', () => {
  expect(['data/tolov.db', '/data/sandbox.sqlite3', 'money'].map(baseOf)).toEqual([
    'tolov',
    'sandbox',
    'money',
  ]);
});

it('of a year of nights the last week and four weeks remain', () => {
  let kept: string[] = [];
  for (let day = 0; day < 365; day += 1) {
    kept.push(`${copyName('tolov', AT + day * DAY)}.db`);
    const old = new Set(outdated(kept, { base: 'tolov', at: AT + day * DAY, keepDays: 7 }));
    kept = kept.filter((name) => !old.has(name));
  }
  // 4 January 2027 is a Monday: the four weeks end on Sundays, and with the newest copy.
  expect(kept.map((name) => name.slice(6, 16))).toEqual([
    '2026-12-20',
    '2026-12-27',
    ...['29', '30', '31'].map((day) => `2026-12-${day}`),
    ...['01', '02', '03', '04'].map((day) => `2027-01-${day}`),
  ]);
});

it('after a pause the last copies stay, however old they are', () => {
  const names = [1, 2, 3].map((day) => `${copyName('tolov', AT + day * DAY)}.db`);
  expect(outdated(names, { base: 'tolov', at: AT + 100 * DAY, keepDays: 7 })).toEqual([]);
});

it('copies of another database are not counted', () => {
  const names = [`${copyName('tolov', AT)}.db`, `${copyName('tolov-test', AT + DAY)}.db`];
  expect(outdated(names, { base: 'tolov', at: AT + DAY, keepDays: 1 })).toEqual([]);
});

it('copies from a clock that was ahead push none out that are made since, and are not the newest', () => {
  const ahead = [400, 401, 430, 440, 450].map((day) => `${copyName('tolov', AT + day * DAY)}.db`);
  const made = `${copyName('tolov', AT)}.db`;
  const names = [...ahead, made];
  expect(newestCopy(names, { base: 'tolov', at: AT })).toBe(made);
  expect(outdated(names, { base: 'tolov', at: AT, keepDays: 1 })).not.toContain(made);
  // A machine that wakes in 1970 knows no better than the names.
  expect(newestCopy(names, { base: 'tolov', at: 0 })).toBe(ahead.at(-1));
});
