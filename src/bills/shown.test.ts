/** What the confirmation screen said is what is taken: anything else is asked about again. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cards as table } from '../db/tables.ts';
import { som } from '../core/money.ts';
import { createTestClock } from '../testing/clock.ts';
import { type FakePaylov, fakePaylov } from './fake-paylov.fixture.ts';
import { FEE, stage, type Stage, START, SUM, USER } from './bill-stage.fixture.ts';

let paylov: FakePaylov;
let world: Stage;
beforeEach(async () => {
  paylov = fakePaylov();
  world = await stage({ paylov, clock: createTestClock() });
});
afterEach(async () => {
  const findings = await world.findings();
  await world.remove();
  expect(findings).toEqual([]);
});

const untouched = { availableTiyin: START, heldTiyin: 0 };

describe('a confirmation whose fee is another by now', () => {
  it.each([
    ['was none', { feeTiyin: 0, totalTiyin: SUM }],
    ['was higher', { feeTiyin: som(900), totalTiyin: SUM + som(900) }],
    ['stands beside another total', { feeTiyin: FEE, totalTiyin: SUM }],
  ])('takes nothing when the fee shown %s', async (_name, shown) => {
    const request = world.request({ shown });
    expect(await world.bills.confirm(request)).toEqual({ kind: 'changed', what: 'fee' });
    expect(await world.balance()).toEqual(untouched);
    expect(paylov.calls).not.toContain('create');
    expect(await world.bills.history(USER, { offset: 0, limit: 5 })).toEqual([]);
  });

  it('is one bill when the new fee is confirmed, and never another once it is there', async () => {
    const old = world.request({ shown: { feeTiyin: 0, totalTiyin: SUM } });
    await world.bills.confirm(old);
    const agreed = { ...old, shown: { feeTiyin: FEE, totalTiyin: SUM + FEE } };
    const outcome = await world.bills.confirm(agreed);
    expect(outcome).toMatchObject({ kind: 'bill', bill: { state: 'paid', feeTiyin: FEE } });
    // The old screen once more, after all.
    expect(await world.bills.confirm(old)).toMatchObject({ kind: 'bill', repeated: true });
    expect(await world.balance()).toEqual({ availableTiyin: START - SUM - FEE, heldTiyin: 0 });
  });

  it('says so before it says that the money is not enough', async () => {
    const shown = { feeTiyin: 0, totalTiyin: START };
    const request = world.request({ amountTiyin: START, shown });
    expect(await world.bills.confirm(request)).toEqual({ kind: 'changed', what: 'fee' });
  });
});

describe('a confirmation with a card', () => {
  const confirm = (cardMask: string) => {
    const shown = { feeTiyin: 0, totalTiyin: SUM, cardMask };
    return world.bills.confirm(world.request({ source: 'card', cardId: 'card-1', shown }));
  };

  it('pays with the card that was shown, and asks when it is another', async () => {
    const { cards } = world.bills;
    const mask = '8600 **** **** 3333';
    await cards.confirmLinking({ userId: USER, linkId: 'L', mask, code: '1111' });
    await world.db.tx((tx) => tx.update(table).set({ mask: '9860 **** **** 1111' }));
    expect(await confirm(mask)).toEqual({ kind: 'changed', what: 'card' });
    expect(paylov.calls).not.toContain('create');
    const outcome = await confirm('9860 **** **** 1111');
    expect(outcome).toMatchObject({ kind: 'bill', bill: { cardMask: '9860 **** **** 1111' } });
  });
});
