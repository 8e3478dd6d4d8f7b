import { expect, test } from 'vitest';
import { readableUpdates } from './readable.ts';

test('keeps updates as they came, with fields that nobody knows', () => {
  const update = { update_id: 1, message: { text: 'a' }, news: [1] };
  expect(readableUpdates(update)).toEqual({ updates: [update], leftOut: 0, lastId: 1 });
  expect(readableUpdates([update, update])).toEqual({
    updates: [update, update],
    leftOut: 0,
    lastId: 1,
  });
});

test.each([[null], ['x'], [{}], [{ update_id: -1 }], [{ update_id: 1.5 }], [{ update_id: '1' }]])(
  'leaves out %j and keeps its neighbours',
  (odd) => {
    const good = { update_id: 7 };
    expect(readableUpdates([odd, good])).toEqual({ updates: [good], leftOut: 1, lastId: 7 });
  },
);

test('leaves out what is nested too deep to be written down', () => {
  const deep = JSON.parse(
    `{"update_id":1,"message":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
  ) as unknown;
  expect(readableUpdates([{ update_id: 0 }, deep])).toEqual({
    updates: [{ update_id: 0 }],
    leftOut: 1,
    // Or Telegram would send it for ever.
    lastId: 1,
  });
});
