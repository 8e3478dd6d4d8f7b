import { expect, test } from 'vitest';
import { Position } from './position.ts';

test('the cursor stands before the first who is not served', () => {
  const position = new Position({ cursor: 0, ahead: [] });
  for (const id of [3, 5, 9]) expect(position.begin(id)).toBe(true);
  position.done(9);
  position.done(5);
  expect([position.cursor, position.ahead, position.width]).toEqual([0, [9, 5], 3]);
  position.done(3);
  expect([position.cursor, position.ahead, position.width]).toEqual([9, [], 0]);
});

test('after a restart those ahead are not begun again, and those who left are forgotten', () => {
  const position = new Position({ cursor: 3, ahead: [5, 7, 8] });
  expect(position.begin(4)).toBe(true);
  expect(position.begin(5)).toBe(false);
  // 7 blocked the bot meanwhile and does not come again.
  expect(position.begin(8)).toBe(false);
  expect(position.cursor).toBe(3);
  position.done(4);
  expect([position.cursor, position.ahead, position.width]).toEqual([8, [], 0]);
});
