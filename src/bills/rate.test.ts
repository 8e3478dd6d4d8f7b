import { expect, onTestFinished, test } from 'vitest';
import { createTestClock } from '../testing/clock.ts';
import { fakePaylov } from './fake-paylov.fixture.ts';
import { billRateSince } from './rate.ts';
import { stage } from './bill-stage.fixture.ts';
import { HOUR_MS } from '../core/calendar.ts';

test('bills are counted by what became of them, in the period alone', async () => {
  const clock = createTestClock();
  const paylov = fakePaylov();
  const world = await stage({ paylov, clock });
  onTestFinished(() => world.remove());
  const rate = async () => await billRateSince(world.db.read, clock.now() - HOUR_MS);
  expect(await rate()).toEqual({ paid: 0, ended: 0, unclear: 0 });
  await world.bills.confirm(world.request());
  expect(await rate()).toEqual({ paid: 1, ended: 1, unclear: 0 });
  await clock.advance(2 * HOUR_MS);
  paylov.onCreate = async () => ({ kind: 'problem', code: 'merchant_not_available' });
  await world.bills.confirm(world.request());
  expect(await rate()).toEqual({ paid: 0, ended: 1, unclear: 0 });
});
