/** Whatever only the operator can mend reaches owners, in whichever call of Paylov it shows. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestClock } from '../testing/clock.ts';
import type { BillEvent } from './deps.ts';
import { type FakePaylov, fakePaylov } from './fake-paylov.fixture.ts';
import { PAYLOV_PROBLEMS, type PaylovProblem, type PaylovProblemCode } from './paylov/errors.ts';
import { stage, type Stage, USER } from './bill-stage.fixture.ts';

const CODES = Object.keys(PAYLOV_PROBLEMS) as PaylovProblemCode[];
const ACTING = CODES.filter((code) => PAYLOV_PROBLEMS[code].operatorMustAct);
const refusal = (code: PaylovProblemCode): PaylovProblem => ({
  kind: 'problem',
  code,
  detail: 'words',
});

let paylov: FakePaylov;
let world: Stage;
beforeEach(async () => {
  paylov = fakePaylov();
  world = await stage({ paylov, clock: createTestClock() });
});
afterEach(() => world.remove());

const told = (): BillEvent[] => world.events.filter(({ kind }) => kind === 'operator_must_act');

/** Paylov answers everything with this. */
async function refuse(problem: PaylovProblem): Promise<void> {
  const say = () => Promise.resolve(problem);
  const catalog = { services: say, fields: say, info: say };
  const cards = { startLinking: say, confirmLinking: say, removeCard: say };
  Object.assign(paylov, catalog, cards, { transactions: say, status: say });
  await world.restart();
  world.events.length = 0;
}

type Calls = Record<string, (bills: Stage['bills']) => Promise<unknown>>;

const CALLS: Calls = {
  list: (bills) => bills.catalog.services(),
  fields: (bills) => bills.catalog.fields('a'),
  info: (bills) => bills.info({ userId: 7001, serviceId: 'a', account: {} }),
  linking: (bills) => bills.cards.startLinking({ userId: USER, number: '1', expiry: '1' }),
  'the code of a card': (bills) =>
    bills.cards.confirmLinking({ userId: USER, linkId: 'L', mask: 'm', code: '1111' }),
  'the list of payments': (bills) => bills.reconcile('2026-01-05'),
};

describe.each(Object.keys(CALLS))('%s', (name) => {
  it('tells owners of what they must act on, and the caller as before', async () => {
    for (const code of ACTING) {
      await refuse(refusal(code));
      expect(await CALLS[name]!(world.bills)).toMatchObject({ kind: 'problem', code });
      expect(told()).toMatchObject([{ problem: refusal(code) }]);
    }
    expect(ACTING.length).toBeGreaterThan(4);
  });

  it('tells them of nothing else', async () => {
    for (const code of ['field_not_valid', 'timeout', 'unknown_error'] as const) {
      await refuse(refusal(code));
      await CALLS[name]!(world.bills);
    }
    await refuse({ ...refusal('merchant_not_available'), hint: 'waste_unpaid' });
    await CALLS[name]!(world.bills);
    expect(told()).toEqual([]);
  });
});

describe('a payment', () => {
  it.each([
    ['was not sent', { kind: 'not_sent', problem: refusal('wrong_keys') }],
    ['was refused', { kind: 'refused', code: 'ip_not_allowed', detail: 'words' }],
    ['is unclear', { kind: 'unknown', cause: 'bad_answer', code: 'permission_denied' }],
  ] as const)('that %s tells owners once', async (_name, outcome) => {
    paylov.onPay = () => outcome;
    await world.bills.confirm(world.request());
    expect(told()).toHaveLength(1);
  });

  it('whose status is refused tells them, too', async () => {
    paylov.onPay = () => ({ kind: 'already_paid' });
    paylov.onStatus = () => refusal('wrong_keys');
    const outcome = await world.bills.confirm(world.request());
    expect(outcome).toMatchObject({ kind: 'bill', bill: { state: 'unknown' } });
    expect(told()).toMatchObject([{ problem: { code: 'wrong_keys' } }]);
  });
});
