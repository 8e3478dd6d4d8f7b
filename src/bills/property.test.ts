/** Random people, a random Paylov and random crashes: no tiyin is lost, and nothing is paid twice. */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { som, type Tiyin } from '../core/money.ts';
import { createTestClock, type TestClock } from '../testing/clock.ts';
import { engineOfTests } from '../testing/database.ts';
import { patience } from '../testing/patience.ts';
import { type Bill, OPEN_STATES, totalTiyin } from './bill.ts';
import { type FakePaylov, fakePaylov } from './fake-paylov.fixture.ts';
import { OWNER, stage, type Stage, START, USER } from './bill-stage.fixture.ts';

const SECOND = 1000;
const PATIENCE_MS = patience(120_000);

const soms = fc.constantFrom(1000, 2000, 3000);
const source = fc.constantFrom('balance', 'balance', 'card');
const create = fc.constantFrom('honest', 'honest', 'honest', 'problem', 'lost', 'lost_made');
const pay = fc.record({
  /** Whether the card is charged: at once, some seconds later, never. */
  effect: fc.constantFrom('now', 'now', 'later', 'never'),
  /** What is answered, if it can be. */
  answer: fc.constantFrom('honest', 'honest', 'unknown', 'refused', 'not_sent', 'already_paid'),
});
/** The program dies before so many steps of what it is asked to do. */
const dies = fc.oneof({ weight: 3, arbitrary: fc.constant(Infinity) }, fc.nat({ max: 6 }));

const action = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('confirm' as const),
      soms,
      source,
      create,
      pay,
      dies,
      /** The screen is tapped so often at once. */
      taps: fc.integer({ min: 1, max: 3 }),
      repeatAllowed: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('code' as const),
      right: fc.constantFrom(true, true, false),
      pay,
      dies,
      taps: fc.integer({ min: 1, max: 2 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('new_code' as const), create, dies }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      seconds: fc.constantFrom<number>(2, 30, 700),
      /** What becomes of what is not paid by then. */
      cancels: fc.boolean(),
      down: fc.boolean(),
      dies,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('decide' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('refund' as const) }) },
);

type Action = typeof action extends fc.Arbitrary<infer A> ? A : never;
type PayPlan = Extract<Action, { kind: 'code' }>['pay'];
type CreatePlan = Extract<Action, { kind: 'new_code' }>['create'];

class Scene {
  readonly clock: TestClock = createTestClock();
  readonly paylov: FakePaylov = fakePaylov();
  readonly met = new Set<string>();
  /** Transactions whose card is charged a little later. */
  readonly later: string[] = [];
  /** Transactions of which a call of `pay` was not clearly refused, and those of them that got another one. */
  readonly maybePaid = new Set<string>();
  readonly toldAgain: string[] = [];
  world!: Stage;

  async open(): Promise<void> {
    const { paylov, clock } = this;
    this.world = await stage({ paylov, clock });
    const link = { userId: USER, linkId: 'L', mask: '8600 **** **** 3333', code: '1111' };
    await this.world.bills.cards.confirmLinking(link);
  }

  planCreate(plan: CreatePlan): void {
    this.paylov.onCreate = (_, honest) => {
      if (plan === 'problem') return { kind: 'problem', code: 'field_not_valid' };
      if (plan === 'lost') return { kind: 'no_answer', cause: 'timeout' };
      const made = honest();
      return plan === 'lost_made' ? { kind: 'no_answer', cause: 'network' } : made;
    };
  }

  /** An answer never lies about money: a clear refusal is one. */
  planPay({ effect, answer }: PayPlan): void {
    this.paylov.onPay = ({ transactionId }, honest) => {
      if (this.maybePaid.has(transactionId)) this.toldAgain.push(transactionId);
      if (answer === 'refused') return { kind: 'refused', code: 'invalid_amount' };
      if (answer === 'not_sent') {
        return { kind: 'not_sent', problem: { kind: 'problem', code: 'network' } };
      }
      if (effect === 'now') {
        const outcome = honest();
        if (outcome.kind === 'refused') return outcome;
        this.maybePaid.add(transactionId);
        if (answer === 'honest') return outcome;
        return answer === 'already_paid'
          ? { kind: 'already_paid' }
          : { kind: 'unknown', cause: 'timeout' };
      }
      this.maybePaid.add(transactionId);
      if (effect === 'later') this.later.push(transactionId);
      return { kind: 'unknown', cause: 'server_error' };
    };
  }

  /** Does it, dying on the way when that comes first. */
  async live(dieAfter: number, work: () => Promise<unknown>): Promise<void> {
    this.world.dieAfter(dieAfter);
    const done = work().then(() => 'done');
    const end = await Promise.race([done, this.world.died()]);
    this.world.dieAfter(Infinity);
    if (end === 'done') return;
    this.met.add('died');
    await this.world.restart();
  }

  bills(): Promise<Bill[]> {
    return this.world.bills.history(USER, { offset: 0, limit: 1000 });
  }

  async act(each: Action): Promise<void> {
    const { world } = this;
    if (each.kind === 'confirm') {
      this.planCreate(each.create);
      this.planPay(each.pay);
      const { source: from, repeatAllowed } = each;
      const card = from === 'card' ? { cardId: 'card-1' } : {};
      const amountTiyin = som(each.soms);
      const request = world.request({ source: from, repeatAllowed, amountTiyin, ...card });
      const taps = Array.from({ length: each.taps }, () => request);
      await this.live(each.dies, () => Promise.all(taps.map((tap) => this.confirm(tap))));
    } else if (each.kind === 'pass') await this.pass(each);
    else if (each.kind === 'decide') await this.decide();
    else if (each.kind === 'refund') await this.refund();
    else await this.goOn(each);
  }

  async confirm(request: ReturnType<Stage['request']>): Promise<void> {
    const outcome = await this.world.bills.confirm(request);
    this.met.add(outcome.kind);
  }

  async goOn(each: Extract<Action, { kind: 'code' | 'new_code' }>): Promise<void> {
    const waiting = (await this.bills()).find(({ state }) => state === 'awaiting_code');
    if (!waiting) return;
    const { id } = waiting;
    if (each.kind === 'new_code') {
      this.planCreate(each.create);
      await this.live(each.dies, () => this.world.bills.newCode(id, { userId: USER }));
      return;
    }
    this.planPay(each.pay);
    const code = each.right ? this.paylov.code : '000000';
    const submit = () => this.world.bills.submitCode(id, { userId: USER, code });
    await this.live(each.dies, () => Promise.all(Array.from({ length: each.taps }, submit)));
  }

  async pass({ seconds, cancels, down, dies: dieAfter }: Extract<Action, { kind: 'pass' }>) {
    for (const id of this.later.splice(0)) this.paylov.book.get(id)!.state = 'paid';
    for (const { state, transactionId } of await this.bills()) {
      const there = this.paylov.book.get(transactionId ?? '');
      if (cancels && state === 'unknown' && there?.state === 'created') there.state = 'cancelled';
    }
    this.paylov.onStatus = (_, honest) => (down ? { kind: 'problem', code: 'network' } : honest());
    await this.live(dieAfter, async () => {
      await this.clock.advance(seconds * SECOND);
      await this.world.bills.tick();
    });
  }

  /** The owner looks at Paylov's own pages. */
  async decide(): Promise<void> {
    const [bill] = await this.world.bills.stuck(1);
    if (!bill) return;
    this.met.add('decided');
    const paid = this.paylov.book.get(bill.transactionId ?? '')?.state === 'paid';
    await this.world.bills.decide(bill.id, { paid, ownerId: OWNER });
  }

  async refund(): Promise<void> {
    const paid = (await this.bills()).find(({ state }) => state === 'paid');
    if (paid) await this.world.bills.refund(paid.id, { ownerId: OWNER, reason: 'test' });
  }

  async check(): Promise<void> {
    const { world } = this;
    expect(await world.findings()).toEqual([]);
    expect(world.errors).toEqual([]);
    const all = await this.bills();
    for (const { state, source: from } of all) this.met.add(`${from} ${state}`);
    const fromBalance = all.filter((bill) => bill.source === 'balance');
    const paid = sum(fromBalance.filter(({ state }) => state === 'paid'));
    const open = fromBalance.filter(({ state }) => OPEN_STATES.some((each) => each === state));
    const balance = await world.balance();
    expect(balance.heldTiyin).toBe(sum(open));
    expect(balance.availableTiyin + balance.heldTiyin + paid).toBe(START);
    await this.checkPaylov(all);
  }

  async checkPaylov(all: readonly Bill[]): Promise<void> {
    const known = new Set<string>();
    for (const { id, source: from } of all) {
      const details = await this.world.bills.details(id);
      const ids = new Set(details?.history.flatMap((step) => step.transactionId ?? []));
      const own = [...ids].map((each) => this.paylov.book.get(each)!);
      expect(own.filter(({ state }) => state === 'paid').length).toBeLessThanOrEqual(1);
      const most = from === 'balance' ? 1 : Infinity;
      expect(own.flatMap(({ pays }) => pays).length).toBeLessThanOrEqual(most);
      expect(own.length).toBeLessThanOrEqual(most);
      for (const each of ids) known.add(each);
    }
    // Nothing that Paylov was told to pay is forgotten, and nothing that may be paid told again.
    const paid = [...this.paylov.book.values()].filter(({ pays }) => pays.length > 0);
    expect(paid.filter(({ id }) => !known.has(id))).toEqual([]);
    expect(this.toldAgain).toEqual([]);
  }

  /** In the end Paylov answers, and an owner decides what is left: both sides tell the same. */
  async finish(): Promise<void> {
    const quiet = { kind: 'pass', cancels: false, down: false, dies: Infinity } as const;
    for (const seconds of [2, 700, 1000, 1000]) await this.pass({ ...quiet, seconds });
    while ((await this.world.bills.stuck(1)).length > 0) await this.decide();
    await this.check();
    const all = await this.bills();
    const paidThere = [...this.paylov.book.values()].filter(({ state }) => state === 'paid');
    const paidHere = all.filter(({ state }) => state === 'paid' || state === 'refunded');
    expect(paidThere).toHaveLength(paidHere.length);
    for (const { state, transactionId } of all) {
      expect(['paid', 'failed', 'refunded']).toContain(state);
      const there = this.paylov.book.get(transactionId ?? '')?.state;
      expect(there === 'paid').toBe(state !== 'failed');
    }
  }
}

function sum(bills: readonly Bill[]): Tiyin {
  return bills.reduce((all, bill) => all + totalTiyin(bill), 0);
}

it(
  'what was credited is available, held or captured, whatever happens',
  { timeout: PATIENCE_MS },
  async () => {
    // Fewer where each step is some round trips to a server.
    const isWhole = engineOfTests() === 'sqlite';
    const met = new Set<string>();
    const run = async (actions: readonly Action[]): Promise<void> => {
      const scene = new Scene();
      await scene.open();
      try {
        for (const each of actions) {
          await scene.act(each);
          await scene.check();
        }
        await scene.finish();
      } finally {
        await scene.world.remove();
      }
      for (const each of scene.met) met.add(each);
    };
    const actions = fc.array(action, { minLength: 1, maxLength: 14 });
    await fc.assert(fc.asyncProperty(actions, run), {
      numRuns: isWhole ? 100 : 15,
      seed: 20_261_122,
    });
    if (!isWhole) return;
    // Or it would prove nothing about them.
    const states = ['paid', 'failed', 'unknown', 'stuck'];
    for (const each of [...states, 'refunded']) expect(met).toContain(`balance ${each}`);
    for (const each of [...states, 'awaiting_code']) expect(met).toContain(`card ${each}`);
    for (const each of ['died', 'decided', 'repeated_within']) expect(met).toContain(each);
  },
);
