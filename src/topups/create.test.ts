import { afterEach, describe, expect, it } from 'vitest';
import { outbox, topupHistory, topups as table, users as people } from '../db/tables.ts';
import { som } from '../core/money.ts';
import type { Problem, ProblemCode } from './provider.ts';
import type { ProviderId } from '../core/payment-systems.ts';
import { accepted, scriptedProvider, stage, type Stage, USER } from './topup-stage.fixture.ts';
import type { CreateTopupOutcome } from './topups.ts';

let world: Stage;
afterEach(async () => {
  await world.close();
});

const problem = (code: ProblemCode): Problem => ({ kind: 'problem', code });

function open(
  userId = USER,
  provider: ProviderId = 'payfer',
  sum = 50_000,
): Promise<CreateTopupOutcome> {
  return world.topups.create({ userId, provider, baseTiyin: som(sum) });
}

async function rows() {
  return await world.file.db.read.select().from(table);
}

describe('opening an order', () => {
  it('hands on the phone that the payer gave, and none that nobody gave', async () => {
    const payfer = scriptedProvider('payfer');
    world = stage([payfer]);
    const seenAt = world.clock.now();
    const known = { language: 'uz' as const, createdAt: seenAt, seenAt };
    await world.file.db.tx((tx) =>
      tx.insert(people).values([
        { id: USER, ...known, phone: '998901234567' },
        { id: USER + 1, ...known },
      ]),
    );
    for (const userId of [USER, USER + 1, USER + 2]) await open(userId);
    expect(payfer.created.map(({ phone }) => phone)).toEqual([
      '998901234567',
      undefined,
      undefined,
    ]);
  });

  it('writes it down before the provider is asked, and what the provider said afterwards', async () => {
    const payfer = scriptedProvider('payfer');
    world = stage([payfer]);
    const seen: string[] = [];
    payfer.onCreate = async (request) => {
      seen.push(...(await rows()).map((row) => `${row.id} ${row.state}`));
      return accepted(request, {
        amountTiyin: som(50_000) + 150,
        card: { key: '1111', number: '8600000000001111', holder: 'EXAMPLE ONE' },
        payUrl: 'https://pay.example/1',
      });
    };
    const outcome = await open();
    if (outcome.kind !== 'created') throw new Error(outcome.kind);
    expect(seen).toEqual([`${outcome.topup.id} creating`]);
    expect(outcome.topup).toMatchObject({
      state: 'waiting',
      baseTiyin: 5_000_000,
      amountTiyin: 5_000_150,
      cardNumber: '8600000000001111',
      payUrl: 'https://pay.example/1',
      dueAt: world.clock.now() + 10_000,
      expiresAt: world.clock.now() + 600_000,
    });
    const history = await world.file.db.read.select().from(topupHistory);
    expect(history.map((row) => row.toState)).toEqual(['creating', 'waiting']);
    expect(payfer.created[0]?.orderCode).toMatch(/^[A-Z0-9]{24}$/);
    expect(payfer.created[0]?.webhookUrl).toContain(outcome.topup.id);
  });

  it('shows the live order instead of making a second one, also for two taps at once', async () => {
    world = stage([scriptedProvider('payfer')]);
    const both = await Promise.all([open(), open()]);
    expect(both.map((each) => each.kind).toSorted()).toEqual(['created', 'live']);
    expect((await open()).kind).toBe('live');
    expect(await rows()).toHaveLength(1);
  });

  it('opens at most five orders of a user at a time', async () => {
    const many = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => scriptedProvider(id as ProviderId));
    world = stage(many);
    const outcomes: string[] = [];
    for (const { id } of many) outcomes.push((await open(USER, id)).kind);
    expect(outcomes).toEqual([...Array.from({ length: 5 }, () => 'created'), 'too_many']);
  });

  it('refuses sums outside the limits, fractions of a so’m, and providers that are not there', async () => {
    world = stage([scriptedProvider('payfer')]);
    expect(await open(USER, 'payfer', 999)).toMatchObject({
      kind: 'out_of_limits',
      minTiyin: 100_000,
    });
    expect((await open(USER, 'payfer', 10_000_001)).kind).toBe('out_of_limits');
    const fraction = await world.topups.create({
      userId: USER,
      provider: 'payfer',
      baseTiyin: 100_050,
    });
    expect(fraction.kind).toBe('out_of_limits');
    expect(await open(USER, 'inpay')).toEqual({ kind: 'unavailable', reason: 'absent' });
    expect(await rows()).toHaveLength(0);
  });

  it.each<ProblemCode>(['timeout', 'network', 'server_error', 'bad_answer', 'refused'])(
    'ends as failed when the provider says %s, and the user may try again',
    async (code) => {
      const payfer = scriptedProvider('payfer');
      world = stage([payfer]);
      payfer.onCreate = () => problem(code);
      expect(await open()).toMatchObject({
        kind: 'failed',
        problem: code,
        topup: { state: 'failed', reason: code },
      });
      payfer.onCreate = (request) => accepted(request);
      expect((await open()).kind).toBe('created');
    },
  );

  it('takes a provider off the menu and alarms the operator where they must act', async () => {
    const payfer = scriptedProvider('payfer');
    world = stage([payfer]);
    payfer.onCreate = () => problem('monthly_fee_unpaid');
    await open();
    expect(world.alarms).toMatchObject([
      { kind: 'provider_paused', provider: 'payfer', problem: 'monthly_fee_unpaid' },
    ]);
    expect((await world.topups.offers())[0]?.availability).toBe('paused');
    expect(await open()).toEqual({ kind: 'unavailable', reason: 'paused' });
  });

  it('does not believe a far-off sum, nor an order number that somebody else has', async () => {
    const payfer = scriptedProvider('payfer');
    world = stage([payfer]);
    payfer.onCreate = (request) => accepted(request, { amountTiyin: request.amountTiyin * 2 });
    expect(await open()).toMatchObject({ kind: 'failed', problem: 'bad_answer' });
    payfer.onCreate = (request) => accepted(request, { providerOrder: 'SAME' });
    expect((await open(1)).kind).toBe('created');
    expect(await open(2)).toMatchObject({ kind: 'failed', problem: 'bad_answer' });
  });

  it('leaves a trace when the program dies in between, and tells the user after the restart', async () => {
    const payfer = scriptedProvider('payfer');
    world = stage([payfer]);
    let answer = (): void => undefined;
    payfer.onCreate = (request) =>
      new Promise((resolve) => {
        answer = () => resolve(accepted(request));
      });
    const cut = open();
    await world.clock.settle();
    expect((await rows())[0]?.state).toBe('creating');
    await world.topups.recover();
    const [row] = await rows();
    expect(row).toMatchObject({ state: 'failed', reason: 'interrupted' });
    const messages = await world.file.db.read.select().from(outbox);
    expect(messages.map((each) => each.kind)).toEqual(['topup_interrupted']);
    // The answer of the dead process's call comes after all: nobody saw it, so it stays failed.
    answer();
    expect((await cut).kind).toBe('failed');
    expect((await rows())[0]?.state).toBe('failed');
  });

  it('is refused while an owner has the provider paused', async () => {
    world = stage([scriptedProvider('payfer')]);
    const { providerStates } = await import('../db/tables.ts');
    await world.file.db.tx(async (tx) => {
      await tx.insert(providerStates).values({ provider: 'payfer', pausedAt: 1 });
    });
    expect(await open()).toEqual({ kind: 'unavailable', reason: 'paused' });
    expect((await world.topups.offers())[0]?.availability).toBe('paused');
  });
});
