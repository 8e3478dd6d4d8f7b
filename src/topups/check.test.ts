import { eq } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import { auditBooks } from '../books/audit.ts';
import { outbox, topupHistory, topups as table } from '../db/tables.ts';
import { SUSPENSE, userAvailable } from '../ledger/accounts.ts';
import { balanceOf } from '../ledger/ledger.ts';
import { som } from '../core/money.ts';
import { createBudget } from './budget.ts';
import type { CheckOutcome, Priority, Provider } from './provider.ts';
import {
  accepted,
  OWNER,
  scriptedProvider,
  type ScriptedProvider,
  stage,
  type Stage,
  USER,
  withCancel,
} from './topup-stage.fixture.ts';
import { settle } from './settle.ts';
import type { Topup } from './topup.ts';
import { freeTopups } from './turns.ts';

let world: Stage;
afterEach(async () => {
  await world.topups.stop();
  const report = await auditBooks(world.file.db);
  await world.close();
  expect(report.findings).toEqual([]);
  expect(world.errors).toEqual([]);
});

const MINUTE = 60_000;
const SUM = som(50_000);

async function opened(
  traits: Partial<Provider> = {},
  userId = USER,
): Promise<{ payfer: ScriptedProvider; topup: Topup }> {
  const payfer = scriptedProvider('payfer', traits);
  world = stage([payfer]);
  return { payfer, topup: await openWith(userId) };
}

async function openWith(userId = USER): Promise<Topup> {
  const outcome = await world.topups.create({ userId, provider: 'payfer', baseTiyin: SUM });
  if (outcome.kind !== 'created') throw new Error(outcome.kind);
  return outcome.topup;
}

const refOf = ({ orderCode, providerOrder, amountTiyin, userId }: Topup) => {
  return { orderCode, providerOrder, amountTiyin, userId };
};
const paid = (paidTiyin = SUM) => ({ kind: 'paid' as const, paidTiyin });
const decision = (id: string) => ({ id, staffId: OWNER, reason: 'seen', at: world.clock.now() });
const balance = (userId = USER) => balanceOf(world.file.db.read, userAvailable(userId));
const stateOf = async (topup: Topup) => (await world.topups.get(topup.id))?.state;

async function messages(chatId = USER) {
  const rows = await world.file.db.read.select().from(outbox).where(eq(outbox.chatId, chatId));
  return rows.map((row) => row.kind).filter((kind) => kind !== 'topup_screen');
}

async function pass(ms: number, stepMs = 10_000): Promise<void> {
  for (let passed = 0; passed < ms; passed += stepMs) {
    await world.clock.advance(stepMs);
    await world.topups.tick();
  }
}

describe('checking', () => {
  it('credits once, whoever asks and however often: webhook, poller and button at the same time', async () => {
    const { payfer, topup } = await opened();
    payfer.onCheck = () => paid();
    await world.clock.advance(10_000);
    const call = {
      provider: 'payfer' as const,
      order: { id: topup.id },
      body: '{"status":"paid"}',
    };
    await Promise.all([
      world.topups.tick(),
      world.topups.receive(call),
      world.topups.receive(call),
      world.topups.checkNow(topup.id, { userId: USER }),
      world.topups.checkNow(topup.id, { userId: USER }),
      world.topups.tick(),
    ]);
    await pass(MINUTE);
    expect(await balance()).toBe(SUM);
    expect(await messages()).toEqual(['topup_paid']);
    expect(await stateOf(topup)).toBe('paid');
  });

  it('settle is safe to call any number of times', async () => {
    const { topup } = await opened();
    const evidence = {
      topupId: topup.id,
      provider: 'payfer' as const,
      paidTiyin: SUM,
      cause: 'poll' as const,
      at: world.clock.now(),
    };
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => world.file.db.tx((tx) => settle(world.deps, tx, evidence))),
    );
    expect(outcomes.filter((each) => each.kind === 'credited')).toHaveLength(1);
    expect(outcomes.filter((each) => each.kind === 'settled_before')).toHaveLength(19);
    expect(await balance()).toBe(SUM);
  });

  it('does nothing on a webhook whose payment the provider does not confirm', async () => {
    const { payfer, topup } = await opened();
    const body = '{"status":"paid","paid_amount":50000}';
    const call = { provider: 'payfer' as const, order: { code: topup.orderCode }, body };
    expect(await world.topups.receive(call)).toBe('stored');
    await world.clock.settle();
    expect(payfer.checked).toEqual([
      {
        order: refOf(topup),
        priority: 'report',
      },
    ]);
    expect(await balance()).toBe(0);
    expect(await stateOf(topup)).toBe('waiting');
    expect(await world.topups.receive(call)).toBe('repeated');
    await world.clock.settle();
    expect(payfer.checked).toHaveLength(1);
  });

  it('a webhook for an order of another provider, or of nobody, is told apart', async () => {
    const { payfer, topup } = await opened();
    const outcome = await world.topups.receive({
      provider: 'inpay',
      order: { id: topup.id },
      body: '{}',
    });
    expect(outcome).toBe('unknown_order');
    const nobody = { provider: 'payfer' as const, order: { code: 'NOBODY00' }, body: '{}' };
    expect(await world.topups.receive(nobody)).toBe('unknown_order');
    expect(payfer.checked).toHaveLength(0);
  });

  it('about an order whose opening had no answer is kept, asks about nothing, and alarms owners once', async () => {
    const payfer = scriptedProvider('payfer');
    payfer.onCreate = () => ({ kind: 'problem', code: 'timeout' });
    world = stage([payfer]);
    const failed = await world.topups.create({ userId: USER, provider: 'payfer', baseTiyin: SUM });
    if (failed.kind !== 'failed') throw new Error(failed.kind);
    const { id } = failed.topup;
    const receive = (body: string) =>
      world.topups.receive({ provider: 'payfer', order: { id }, body });
    expect(await receive('{"status":"expired"}')).toBe('stored');
    expect(world.alarms).toEqual([]);
    expect(await receive('{"status":"paid"}')).toBe('stored');
    expect(await receive('{"status":"paid"}')).toBe('repeated');
    expect(await receive('{"status":"paid","n":2}')).toBe('stored');
    await pass(MINUTE);
    expect(world.alarms).toEqual([{ kind: 'paid_unopened', provider: 'payfer', topupId: id }]);
    expect(payfer.checked).toEqual([]);
    expect(await stateOf(failed.topup)).toBe('failed');
    expect(await balance()).toBe(0);
  });

  it.each([
    ['comes to nothing', false],
    ['is cut off', true],
  ])('about an order that is being opened alarms owners once its opening %s', async (_, isCut) => {
    const payfer = scriptedProvider('payfer');
    let answer = (): void => undefined;
    payfer.onCreate = () =>
      new Promise((resolve) => {
        answer = () => resolve({ kind: 'problem', code: 'timeout' });
      });
    world = stage([payfer]);
    const opening = world.topups.create({ userId: USER, provider: 'payfer', baseTiyin: SUM });
    await world.clock.settle();
    const [topup] = await world.topups.live(USER);
    const call = {
      provider: 'payfer',
      order: { id: topup!.id },
      body: '{"status":"paid"}',
    } as const;
    expect(await world.topups.receive(call)).toBe('stored');
    expect(world.alarms).toEqual([]);
    if (isCut) await world.topups.recover();
    answer();
    await opening;
    expect(await world.topups.receive({ ...call, body: '{"status":"paid","n":2}' })).toBe('stored');
    expect(world.alarms).toEqual([
      { kind: 'paid_unopened', provider: 'payfer', topupId: topup!.id },
    ]);
    expect(await stateOf(topup!)).toBe('failed');
  });

  it('about an order that is opened after all alarms nobody', async () => {
    const payfer = scriptedProvider('payfer');
    payfer.onCreate = async (request) => {
      const order = { code: request.orderCode };
      await world.topups.receive({ provider: 'payfer', order, body: '{"status":"paid"}' });
      return accepted(request);
    };
    world = stage([payfer]);
    payfer.onCheck = () => paid();
    await openWith();
    await pass(MINUTE);
    expect(await balance()).toBe(SUM);
    expect(world.alarms).toEqual([]);
  });

  it('a webhook that comes while the order is being asked about is not forgotten', async () => {
    const { payfer, topup } = await opened();
    let answer = (): void => undefined;
    payfer.onCheck = () =>
      new Promise((resolve) => {
        // The provider looked before the payment arrived.
        answer = () => resolve({ kind: 'pending' });
      });
    await world.clock.advance(10_000);
    const tick = world.topups.tick();
    await world.clock.settle();
    expect(payfer.checked).toHaveLength(1);
    await world.clock.advance(1);
    await world.topups.receive({ provider: 'payfer', order: { id: topup.id }, body: '{"n":1}' });
    payfer.onCheck = () => paid();
    answer();
    await tick;
    await world.clock.settle();
    expect(await balance()).toBe(SUM);
  });

  it('puts another sum into suspense; an owner credits it with one tap, once', async () => {
    const { payfer, topup } = await opened();
    payfer.onCheck = () => paid(SUM - 100);
    await pass(30_000);
    expect(await stateOf(topup)).toBe('review');
    expect(await balance()).toBe(0);
    expect(await balanceOf(world.file.db.read, SUSPENSE)).toBe(SUM - 100);
    expect(await messages()).toEqual(['topup_review']);
    expect(await messages(OWNER)).toEqual(['owner_review']);
    const decide = () =>
      world.deps.write((tx) => world.topups.decisions.creditReview(tx, decision(topup.id)));
    const taps = await Promise.all([decide(), decide(), decide()]);
    expect(taps.filter((each) => each !== null)).toHaveLength(1);
    expect(await balance()).toBe(SUM - 100);
    expect(await balanceOf(world.file.db.read, SUSPENSE)).toBe(0);
  });

  it('an owner who refuses it leaves the user’s balance alone', async () => {
    const { payfer, topup } = await opened();
    payfer.onCheck = () => paid(SUM * 2);
    await pass(20_000);
    await world.deps.write((tx) => world.topups.decisions.refuseReview(tx, decision(topup.id)));
    expect(await stateOf(topup)).toBe('refused');
    expect(await balance()).toBe(0);
    expect(await messages()).toEqual(['topup_review', 'topup_refused']);
    expect(
      await world.deps.write((tx) => world.topups.decisions.approve(tx, decision(topup.id))),
    ).toBeNull();
  });

  it('an owner approves what the provider does not report, once; a later report changes nothing', async () => {
    const { payfer, topup } = await opened();
    const approve = () =>
      world.deps.write((tx) => world.topups.decisions.approve(tx, decision(topup.id)));
    const taps = await Promise.all([approve(), approve()]);
    expect(taps.filter((each) => each !== null)).toHaveLength(1);
    payfer.onCheck = () => paid();
    await pass(MINUTE);
    expect(await balance()).toBe(SUM);
    expect(await messages()).toEqual(['topup_paid']);
  });

  it('hears what an order is paid with that an owner approves while it is being asked about', async () => {
    const { payfer, topup } = await opened();
    const { promise: answer, resolve } = Promise.withResolvers<CheckOutcome>();
    payfer.onCheck = () => answer;
    const check = world.topups.checkNow(topup.id, { userId: USER });
    await world.clock.settle();
    await world.deps.write((tx) => world.topups.decisions.approve(tx, decision(topup.id)));
    resolve(paid(SUM + 100));
    await check;
    expect(world.alarms).toMatchObject([{ kind: 'second_payment', topupId: topup.id }]);
    expect(await balance()).toBe(SUM);
    expect(await world.topups.get(topup.id)).toMatchObject({ leaseUntil: 0, dueAt: null });
  });

  it('credits what was paid in time although the provider was down when that time ended', async () => {
    const payfer = scriptedProvider('payfer');
    world = stage([payfer], { latePaymentMs: 60 * MINUTE });
    await openWith();
    await pass(50 * MINUTE, MINUTE);
    payfer.onCheck = () => ({ kind: 'problem', code: 'network' });
    await pass(45 * MINUTE, MINUTE);
    payfer.onCheck = () => paid();
    await pass(30 * MINUTE, MINUTE);
    expect(await balance()).toBe(SUM);
  });

  it('gives up a provider that never answers again', async () => {
    const payfer = scriptedProvider('payfer');
    world = stage([payfer], { latePaymentMs: 60 * MINUTE });
    const topup = await openWith();
    payfer.onCheck = () => ({ kind: 'problem', code: 'unknown_order' });
    await pass(180 * MINUTE, MINUTE);
    expect((await world.topups.get(topup.id))?.dueAt).toBeNull();
  });

  it('tells owners when a payment can’t be read, and credits nothing', async () => {
    const { payfer, topup } = await opened();
    payfer.onCheck = () => ({ kind: 'problem', code: 'unreadable_payment' });
    await pass(10_000);
    expect(world.alarms).toContainEqual({
      kind: 'unreadable_payment',
      provider: 'payfer',
      topupId: topup.id,
    });
    expect(await balance()).toBe(0);
  });

  it('answers the button without asking again within seconds, and nobody else’s button at all', async () => {
    const { payfer, topup } = await opened();
    expect((await world.topups.checkNow(topup.id, { userId: USER })).kind).toBe('checked');
    expect((await world.topups.checkNow(topup.id, { userId: USER })).kind).toBe('too_soon');
    expect((await world.topups.checkNow(topup.id, { userId: USER + 1 })).kind).toBe('not_found');
    expect(payfer.checked).toHaveLength(1);
    await world.clock.advance(5000);
    payfer.onCheck = () => ({ kind: 'problem', code: 'timeout' });
    expect(await world.topups.checkNow(topup.id, { userId: USER })).toMatchObject({
      kind: 'unknown',
      problem: 'timeout',
    });
  });
});

describe('limits of what a provider may send', () => {
  it('keeps fifty different reports of one order, and no more', async () => {
    const { topup } = await opened();
    const outcomes: string[] = [];
    for (let i = 0; i < 52; i += 1) {
      const body = JSON.stringify({ i });
      outcomes.push(
        await world.topups.receive({ provider: 'payfer', order: { id: topup.id }, body }),
      );
    }
    expect(outcomes.filter((each) => each === 'stored')).toHaveLength(50);
    expect(outcomes.slice(-2)).toEqual(['too_many', 'too_many']);
    await world.topups.stop();
  });
});

describe('stopping', () => {
  it('ends what is being asked, asks nothing more, and gives back what it had claimed', async () => {
    const payfer = scriptedProvider('payfer');
    const answers: (() => void)[] = [];
    payfer.onCheck = () =>
      new Promise((resolve) => answers.push(() => resolve({ kind: 'pending' })));
    world = stage([payfer]);
    for (let i = 0; i < 20; i += 1) await openWith(USER + i);
    await world.clock.advance(10_000);
    const round = world.topups.tick();
    await world.clock.settle();
    const stopped = world.topups.stop();
    // One place is kept for people.
    expect(answers).toHaveLength(payfer.concurrency - 1);
    for (const answer of answers) answer();
    await stopped;
    await round;
    expect(payfer.checked).toHaveLength(payfer.concurrency - 1);
    const rows = await world.file.db.read.select({ leaseUntil: table.leaseUntil }).from(table);
    expect(rows.filter(({ leaseUntil }) => leaseUntil !== 0)).toEqual([]);
  });
});

describe('after a crash', () => {
  it('what the dead process had claimed is free at once, but for orders that were being opened', async () => {
    const { topup } = await opened();
    const leaseUntil = world.clock.now() + 60_000;
    await world.file.db.tx(async (tx) => {
      await tx.update(table).set({ leaseUntil });
      const id = 'CREATING';
      await tx.insert(table).values({
        ...topup,
        id,
        userId: 1,
        orderCode: id,
        providerOrder: null,
        state: 'creating',
        leaseUntil,
      });
    });
    await world.file.db.tx((tx) => freeTopups(tx, null));
    const rows = await world.file.db.read.select().from(table).orderBy(table.state);
    expect(rows.map((row) => [row.state, row.leaseUntil])).toEqual([
      ['creating', leaseUntil],
      ['waiting', 0],
    ]);
  });
});

describe('end of life', () => {
  it('expires by our clock, is cancelled at the provider, looked at once more, then sparsely', async () => {
    const payfer = withCancel(scriptedProvider('payfer'));
    world = stage([payfer]);
    const topup = await openWith();
    await pass(10 * MINUTE);
    expect(await stateOf(topup)).toBe('expired');
    expect(payfer.cancelled).toEqual([refOf(topup)]);
    const afterCancel = payfer.checked.length;
    await pass(20 * MINUTE);
    expect(payfer.checked.length - afterCancel).toBeLessThanOrEqual(1);
    await pass(60 * MINUTE);
    expect(payfer.checked.length).toBeGreaterThan(afterCancel);
  });

  it('credits a late payment and says that it was late', async () => {
    const { payfer, topup } = await opened();
    await pass(11 * MINUTE);
    expect(await stateOf(topup)).toBe('expired');
    payfer.onCheck = () => paid();
    await pass(71 * 60 * MINUTE, 10 * MINUTE);
    expect(await balance()).toBe(SUM);
    const rows = await world.file.db.read
      .select()
      .from(outbox)
      .where(eq(outbox.kind, 'topup_paid'));
    expect(rows[0]?.params).toEqual({ topupId: topup.id, late: true });
  });

  it('stops looking after LATE_PAYMENT_HOURS', async () => {
    const { payfer, topup } = await opened();
    await pass(11 * MINUTE);
    await pass(73 * 60 * MINUTE, 30 * MINUTE);
    expect((await world.topups.get(topup.id))?.dueAt).toBeNull();
    const asked = payfer.checked.length;
    await pass(24 * 60 * MINUTE, 60 * MINUTE);
    expect(payfer.checked.length).toBe(asked);
  });

  it('an order the provider calls expired, cancelled or failed may still turn into paid', async () => {
    for (const as of ['expired', 'cancelled', 'failed'] as const) {
      const { payfer, topup } = await opened();
      payfer.onCheck = () => ({ kind: 'closed', as });
      await pass(10_000);
      expect(await stateOf(topup)).toBe(as);
      payfer.onCheck = () => paid();
      await pass(MINUTE);
      expect(await stateOf(topup)).toBe('paid');
      expect(await balance()).toBe(SUM);
      if (as !== 'failed') await world.close();
    }
  });

  it('a payment that crosses the user’s cancel is credited', async () => {
    const payfer = withCancel(scriptedProvider('payfer'));
    world = stage([payfer]);
    const topup = await openWith();
    payfer.onCheck = () => paid();
    expect((await world.topups.cancel(topup.id, { userId: USER + 1 })).kind).toBe('not_found');
    expect((await world.topups.cancel(topup.id, { userId: USER })).kind).toBe('cancelled');
    expect((await world.topups.cancel(topup.id, { userId: USER })).kind).toBe('not_live');
    await world.topups.tick();
    expect(payfer.cancelled).toHaveLength(1);
    expect(await balance()).toBe(SUM);
  });

  it('expires without the provider when it is down, and cancels when it is back', async () => {
    const payfer = withCancel(scriptedProvider('payfer'));
    world = stage([payfer]);
    const topup = await openWith();
    payfer.onCheck = () => ({ kind: 'problem', code: 'network' });
    payfer.onCancel = () => ({ kind: 'problem', code: 'network' });
    await pass(10 * MINUTE + 10_000);
    expect(await stateOf(topup)).toBe('expired');
    expect((await world.topups.get(topup.id))?.cancelWanted).toBe(true);
    payfer.onCheck = () => ({ kind: 'pending' });
    payfer.onCancel = () => ({ kind: 'cancelled' });
    await pass(40 * MINUTE, MINUTE);
    expect((await world.topups.get(topup.id))?.cancelWanted).toBe(false);
  });

  it('goes on after a restart: due orders, leases and the history', async () => {
    const { payfer, topup } = await opened();
    await pass(MINUTE);
    await world.restart();
    payfer.onCheck = () => paid();
    await pass(MINUTE);
    expect(await balance()).toBe(SUM);
    const history = await world.file.db.read
      .select()
      .from(topupHistory)
      .where(eq(topupHistory.topupId, topup.id));
    expect(history.map((row) => `${row.toState} by ${row.cause}`)).toEqual([
      'creating by user',
      'waiting by system',
      'paid by poll',
    ]);
  });

  it('a lease whose holder died runs out', async () => {
    const { payfer, topup } = await opened();
    await world.file.db.tx(async (tx) => {
      const leaseUntil = world.clock.now() + 60_000;
      await tx.update(table).set({ leaseUntil }).where(eq(table.id, topup.id));
    });
    await pass(50_000);
    expect(payfer.checked).toHaveLength(0);
    await pass(20_000);
    expect(payfer.checked.length).toBeGreaterThan(0);
  });
});

describe('the pace of polling', () => {
  it('follows the provider’s schedule', async () => {
    const { payfer } = await opened();
    await pass(MINUTE);
    expect(payfer.checked).toHaveLength(6);
  });

  it.each([0, 2, 5, 8])(
    'asks once in every round, although an answer takes %i s',
    async (seconds) => {
      const { payfer } = await opened({ ttlMs: 60 * MINUTE });
      const asked: number[] = [];
      payfer.onCheck = async () => {
        asked.push(world.clock.now());
        await world.clock.sleep(seconds * 1000);
        return { kind: 'pending' };
      };
      await world.clock.advance(10_000 - (world.clock.now() % 10_000));
      for (let round = 0; round < 6; round += 1) {
        const ticked = world.topups.tick();
        await world.clock.advance(10_000);
        await ticked;
      }
      const rounds = asked.map((at) => Math.floor(at / 10_000));
      expect(rounds.slice(1).map((round, before) => round - (rounds[before] ?? 0))).toEqual(
        rounds.slice(1).map(() => 1),
      );
      expect(asked.length).toBeGreaterThanOrEqual(5);
    },
  );

  it('backs off from a provider that fails, and comes back', async () => {
    const { payfer } = await opened({ ttlMs: 60 * MINUTE });
    payfer.onCheck = () => ({ kind: 'problem', code: 'server_error' });
    await pass(10 * MINUTE);
    expect(payfer.checked.length).toBeLessThan(10);
    expect((await world.topups.offers())[0]?.availability).toBe('troubled');
    expect(world.alarms.length).toBeGreaterThan(0);
    payfer.onCheck = () => paid();
    await pass(40 * MINUTE, MINUTE);
    expect(await balance()).toBe(SUM);
    expect((await world.topups.offers())[0]?.availability).toBe('open');
  });

  it('stays away after 429 as long as it was asked to, from every order', async () => {
    const { payfer } = await opened({ ttlMs: 60 * MINUTE });
    await openWith(USER + 1);
    payfer.onCheck = () => ({ kind: 'problem', code: 'rate_limited', retryAfterMs: 5 * MINUTE });
    await pass(10_000);
    const asked = payfer.checked.length;
    expect(asked).toBeLessThanOrEqual(4);
    await pass(4 * MINUTE);
    expect(payfer.checked.length).toBe(asked);
    await pass(2 * MINUTE);
    expect(payfer.checked.length).toBeGreaterThan(asked);
  });

  it('one slow provider does not hold up the others, nor do sweeps overlap', async () => {
    const slow = scriptedProvider('inpay');
    const quick = scriptedProvider('payfer');
    world = stage([slow, quick]);
    await world.topups.create({ userId: USER, provider: 'inpay', baseTiyin: SUM });
    const topup = await openWith();
    const answers: (() => void)[] = [];
    slow.onCheck = () =>
      new Promise((resolve) => {
        answers.push(() => resolve({ kind: 'pending' }));
      });
    quick.onCheck = () => paid();
    await world.clock.advance(10_000);
    const ticks = [world.topups.tick(), world.topups.tick()];
    await world.clock.settle();
    expect(await stateOf(topup)).toBe('paid');
    expect(slow.checked).toHaveLength(1);
    for (const answer of answers) answer();
    await Promise.all(ticks);
  });
});

describe('a request budget', () => {
  it('keeps reported payments before creates before checks before polling, within any hour, across restarts', async () => {
    const budget = { requests: 20, perMs: 60 * MINUTE };
    const inpay = scriptedProvider('inpay', { budget });
    world = stage([inpay]);
    const spend = async (priority: Priority) => {
      const ask = createBudget(
        { db: world.file.db, clock: world.clock },
        { provider: 'inpay', budget },
      );
      return (await ask({ priority })).kind === 'granted';
    };
    const poll: boolean[] = [];
    for (let i = 0; i < 15; i += 1) poll.push(await spend('poll'));
    expect(poll.filter(Boolean)).toHaveLength(12);
    await world.file.reopen();
    const prompt: boolean[] = [];
    for (let i = 0; i < 15; i += 1) prompt.push(await spend('prompt'));
    expect(prompt.filter(Boolean)).toHaveLength(4);
    const create: boolean[] = [];
    for (let i = 0; i < 15; i += 1) create.push(await spend('create'));
    expect(create.filter(Boolean)).toHaveLength(2);
    const report: boolean[] = [];
    for (let i = 0; i < 15; i += 1) report.push(await spend('report'));
    expect(report.filter(Boolean)).toHaveLength(2);
    await world.clock.advance(60 * MINUTE - 1);
    expect(await spend('create')).toBe(false);
    await world.clock.advance(1);
    expect(await spend('poll')).toBe(true);
  });

  it('orders that could not be asked about stay due and are counted', async () => {
    const { payfer } = await opened({ ttlMs: 60 * MINUTE });
    await openWith(USER + 1);
    payfer.onCheck = () => ({ kind: 'problem', code: 'budget_spent' });
    await pass(10_000);
    const metric = await world.metrics.registry.getSingleMetricAsString('tolov_due_orders');
    expect(metric).toContain('tolov_due_orders{provider="payfer"} 2');
    payfer.onCheck = () => paid();
    await pass(10_000);
    expect(await balance()).toBe(SUM);
  });
});

describe('fiscal receipts', () => {
  it('are asked for after the payment and kept; their absence is no error', async () => {
    const inpay = scriptedProvider('inpay');
    const tries: string[] = [];
    inpay.receipt = async (order) => {
      tries.push(order.providerOrder);
      return tries.length < 2
        ? { kind: 'none' }
        : { kind: 'receipt', url: 'https://fiscal.example/1' };
    };
    world = stage([inpay]);
    const outcome = await world.topups.create({ userId: USER, provider: 'inpay', baseTiyin: SUM });
    if (outcome.kind !== 'created') throw new Error(outcome.kind);
    inpay.onCheck = () => paid();
    await pass(30 * MINUTE);
    expect(await world.topups.get(outcome.topup.id)).toMatchObject({
      state: 'paid',
      receiptUrl: 'https://fiscal.example/1',
      dueAt: null,
    });
    expect(tries).toHaveLength(2);
    expect(await balance()).toBe(SUM);
  });

  it('what one process among several had is free, opening orders too, and nothing of another', async () => {
    const { topup } = await opened();
    const leaseUntil = world.clock.now() + 60_000;
    await world.file.db.tx(async (tx) => {
      await tx.update(table).set({ leaseUntil, holder: 'dead' });
      const other = {
        ...topup,
        userId: 1,
        providerOrder: null,
        state: 'creating',
        leaseUntil,
      } as const;
      await tx.insert(table).values([
        { ...other, id: 'A', orderCode: 'A', holder: 'dead' },
        { ...other, id: 'B', orderCode: 'B', holder: 'alive', provider: 'inpay' },
      ]);
      await freeTopups(tx, 'dead');
    });
    const rows = await world.file.db.read.select().from(table);
    expect(rows.filter((row) => row.leaseUntil > 0).map(({ id }) => id)).toEqual(['B']);
    expect(rows).toHaveLength(3);
  });
});
