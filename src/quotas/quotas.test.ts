import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { quotaUses } from '../db/tables.ts';
import { createTestClock, type TestClock } from '../testing/clock.ts';
import { rerunningDatabase, type TemporaryDatabase } from '../testing/database.ts';
import { limitedOnly, UNLIMITED } from '../testing/quotas.ts';
import { bringQuotasBack } from './bring-back.ts';
import { QUOTAS, type QuotaAction } from './limits.ts';
import { forgetUses, pruneUses, returnUse, useQuota } from './quotas.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const CARD = '8600 **** **** 6412';

let file: TemporaryDatabase;
let clock: TestClock;

beforeEach(() => {
  file = rerunningDatabase();
  clock = createTestClock();
});

afterEach(async () => {
  await file.remove();
});

const use = (action: QuotaAction, { userId = 1, subject = '', limits = QUOTAS } = {}) =>
  file.db.tx((tx) => useQuota(tx, limits, { userId, action, subject, at: clock.now() }));

async function granted(action: QuotaAction, times: number, options = {}): Promise<number> {
  let n = 0;
  for (let i = 0; i < times; i += 1) {
    if ((await use(action, options)).kind === 'granted') n += 1;
  }
  return n;
}

describe('what one person may do', () => {
  it('is limited by hour and by day, and says when it goes on', async () => {
    const [hour, day] = QUOTAS.actions.open_order.map(({ most }) => most);
    const begin = clock.now();
    expect(await granted('open_order', 70)).toBe(hour);
    expect(await use('open_order')).toEqual({
      kind: 'quota_spent',
      action: 'open_order',
      until: begin + HOUR,
    });
    await clock.advance(HOUR - 1);
    expect(await granted('open_order', 1)).toBe(0);
    await clock.advance(1);
    expect(await granted('open_order', 70)).toBe(hour);
    let all = 2 * (hour ?? 0);
    for (let hours = 2; hours < 24; hours += 1) {
      await clock.advance(HOUR);
      all += await granted('open_order', 20);
    }
    expect(all).toBe(day);
    expect(await use('open_order')).toMatchObject({ until: begin + 24 * HOUR });
  });

  it('is nobody else’s, and nothing else’s', async () => {
    await granted('open_order', 70);
    expect(await granted('open_order', 1, { userId: 2 })).toBe(1);
    expect(await granted('check_order', 1)).toBe(1);
  });

  it('is remembered across restarts', async () => {
    const begun = await granted('link_card', 5);
    await file.reopen();
    expect([begun, await granted('link_card', 1)]).toEqual([5, 0]);
  });

  it('is not written down where nothing limits it', async () => {
    expect(await granted('open_order', 3, { limits: UNLIMITED })).toBe(3);
    expect(await granted('open_order', 1, { limits: limitedOnly('open_order') })).toBe(1);
    expect(await file.db.read.select().from(quotaUses)).toHaveLength(1);
  });

  it('locks for as long again from the last guess, and by card', async () => {
    const card = { subject: CARD };
    await granted('card_code', 2, card);
    await clock.advance(10 * MINUTE);
    expect(await granted('card_code', 5, card)).toBe(1);
    const lockedAt = clock.now();
    expect(await granted('card_code', 1, { subject: '8600 **** **** 0000' })).toBe(1);
    await clock.advance(14 * MINUTE);
    const spent = { kind: 'quota_spent', action: 'card_code', until: lockedAt + 15 * MINUTE };
    expect(await use('card_code', card)).toEqual(spent);
    await clock.advance(MINUTE);
    expect(await granted('card_code', 5, card)).toBe(3);
  });

  it('counts nothing that was given back or forgotten', async () => {
    const card = { userId: 1, action: 'card_code', subject: CARD } as const;
    expect(await granted('card_code', 5, card)).toBe(3);
    await file.db.tx((tx) => returnUse(tx, card));
    expect(await granted('card_code', 5, card)).toBe(1);
    await file.db.tx((tx) => forgetUses(tx, card));
    expect(await granted('card_code', 5, card)).toBe(3);
  });

  it('does not wait for a time that was never to come', async () => {
    const now = clock.now();
    await clock.advance(400 * 24 * HOUR);
    await granted('link_card', 5);
    clock = createTestClock(now);
    await file.db.tx((tx) => bringQuotasBack(tx, { now, isSure: false }));
    await clock.advance(25 * HOUR);
    expect(await granted('link_card', 1)).toBe(0);
    await file.db.tx((tx) => bringQuotasBack(tx, { now: clock.now(), isSure: true }));
    await clock.advance(25 * HOUR);
    expect(await granted('link_card', 1)).toBe(1);
  });
});

it('uses that no quota looks back to are forgotten', async () => {
  await use('open_order');
  await clock.advance(2 * 24 * HOUR);
  await use('open_order');
  await pruneUses(file.db, clock.now() + 1);
  expect(await file.db.read.select().from(quotaUses)).toMatchObject([{ at: clock.now() }]);
});
