import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestClock, type TestClock } from '../testing/clock.ts';
import { stage, type Stage, USER } from './bill-stage.fixture.ts';
import { allServiceRules, debtOf, sayDebtSign, serviceRule } from './debts.ts';
import { type FakePaylov, fakePaylov, SERVICE } from './fake-paylov.fixture.ts';
import type { InfoOutcome } from './paylov/types.ts';
import type { DebtSign } from './states.ts';

const saldo = (value: string) => [{ name: 'saldo', title: 'balance', value }];

describe('what is owed', () => {
  it.each<[DebtSign, string, number | null]>([
    ['negative', '-15105.15 UZS', 1_510_515],
    ['negative', '15105.15 UZS', null],
    ['negative', '0 UZS', null],
    ['positive', '15105.15 UZS', 1_510_515],
    ['positive', '-15105.15 UZS', null],
    ['positive', '0', null],
    ['unknown', '-15105.15 UZS', null],
    ['unknown', '15105.15 UZS', null],
    ['negative', 'nobody can read it', null],
  ])('is for a service whose debts are %s, at %s: %s', (sign, value, expected) => {
    expect(debtOf(sign, saldo(value))).toBe(expected);
  });

  it('is nothing where a service says no balance', () => {
    expect(debtOf('positive', [])).toBeNull();
  });
});

describe('the sign of a debt', () => {
  let paylov: FakePaylov;
  let clock: TestClock;
  let world: Stage;
  let value: string;
  let answer: () => InfoOutcome;
  beforeEach(async () => {
    paylov = fakePaylov();
    clock = createTestClock();
    answer = () => ({ kind: 'info', details: saldo(value) });
    paylov.info = async () => answer();
    world = await stage({ paylov, clock });
  });
  afterEach(() => world.remove());

  const ask = () => world.bills.info({ userId: USER, serviceId: SERVICE.id, account: {} });
  const say = (sign: DebtSign) =>
    world.db.tx((tx) => sayDebtSign(tx, { serviceId: SERVICE.id, sign, staffId: 9, at: 5 }));

  it('is unknown until an owner says it, and then what they said last', async () => {
    value = '-300 UZS';
    expect(await ask()).toMatchObject({ sign: 'unknown', debtTiyin: null });
    await say('negative');
    expect(await ask()).toMatchObject({ sign: 'negative', debtTiyin: 30_000 });
    await world.restart();
    expect(await ask()).toMatchObject({ sign: 'negative', debtTiyin: 30_000 });
    await say('positive');
    expect(await ask()).toMatchObject({ sign: 'positive', debtTiyin: null });
    expect(await serviceRule(world.db.read, SERVICE.id)).toMatchObject({ saidBy: 9, saidAt: 5 });
  });

  it('comes with the latest answers to look at: five, not of the same minutes, whose they are untold', async () => {
    for (let i = 1; i <= 7; i += 1) {
      value = `${i} UZS`;
      await ask();
      value = 'too soon';
      await ask();
      await clock.advance(11 * 60_000);
    }
    await say('positive');
    const [rule] = await allServiceRules(world.db.read);
    expect(rule?.seen.map((each) => each.saldo)).toEqual(
      [7, 6, 5, 4, 3].map((each) => `${each} UZS`),
    );
    expect(Object.keys(rule?.seen[0] ?? {}).toSorted()).toEqual(['at', 'saldo']);
  });

  it('is noted without answers that say no balance, or are no answers', async () => {
    answer = () => ({ kind: 'info', details: [] });
    await ask();
    answer = () => ({ kind: 'problem', code: 'timeout' });
    expect(await ask()).toMatchObject({ kind: 'problem', code: 'timeout' });
    expect(await allServiceRules(world.db.read)).toEqual([]);
  });
});
