import { eq } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import { outbox, takenSums, topupHistory, topups as table, users as people } from '../db/tables.ts';
import { som } from '../money.ts';
import type { Problem, ProblemCode, ProviderId } from './provider.ts';
import {
  accepted,
  scriptedProvider,
  type ScriptedProvider,
  stage,
  type Stage,
  USER,
} from './stage.fixture.ts';
import type { CreateTopupOutcome } from './topups.ts';

const CARDS = [
  { key: '1111', number: '8600000000001111', holder: 'EXAMPLE ONE' },
  { key: '2222', number: '8600000000002222', holder: 'EXAMPLE TWO' },
];

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

describe('unique sums', () => {
  function withCards(tailMax = 999, cards = CARDS): ScriptedProvider {
    const auto = scriptedProvider('autopaycard', { uniqueSums: { cards } });
    world = stage([auto], { uniqueTailMax: tailMax });
    return auto;
  }

  it('gives 200 users who ask at once for one base 200 sums on one card', async () => {
    withCards(999, CARDS.slice(0, 1));
    const users = Array.from({ length: 200 }, (_, index) => 1000 + index);
    const outcomes = await Promise.all(users.map((user) => open(user, 'autopaycard')));
    const sums = outcomes.map((each) => (each.kind === 'created' ? each.topup.amountTiyin : 0));
    expect(new Set(sums).size).toBe(200);
    for (const sum of sums) {
      expect(sum).toBeGreaterThan(som(50_000));
      expect(sum).toBeLessThanOrEqual(som(50_999));
      expect(sum % 100).toBe(0);
    }
  });

  it('keeps apart bases whose tails overlap', async () => {
    withCards(2, CARDS.slice(0, 1));
    const first = await open(1, 'autopaycard', 50_000);
    const second = await open(2, 'autopaycard', 50_000);
    // 50 001 and 50 002 are taken, so from 50 001 only 50 003 is left.
    const third = await open(3, 'autopaycard', 50_001);
    expect([first.kind, second.kind]).toEqual(['created', 'created']);
    expect(third).toMatchObject({ kind: 'created', topup: { amountTiyin: som(50_003) } });
    expect((await open(4, 'autopaycard', 50_001)).kind).toBe('busy');
  });

  it('goes on to another card, then says busy; nothing half-made is left', async () => {
    withCards(1);
    const first = await open(1, 'autopaycard');
    const second = await open(2, 'autopaycard');
    expect([first, second].map((each) => each.kind)).toEqual(['created', 'created']);
    const keys = (await rows()).map((row) => row.cardKey ?? '').toSorted();
    expect(keys).toEqual(['1111', '2222']);
    expect(await open(3, 'autopaycard')).toEqual({ kind: 'busy' });
    expect(await rows()).toHaveLength(2);
  });

  it('keeps a sum taken for an hour after its order ended', async () => {
    withCards(1, CARDS.slice(0, 1));
    const first = await open(1, 'autopaycard');
    if (first.kind !== 'created') throw new Error(first.kind);
    await world.topups.cancel(first.topup.id, { userId: 1 });
    expect((await open(2, 'autopaycard')).kind).toBe('busy');
    await world.clock.advance(60 * 60_000 - 1);
    expect((await open(2, 'autopaycard')).kind).toBe('busy');
    await world.clock.advance(1);
    expect((await open(2, 'autopaycard')).kind).toBe('created');
  });

  it('takes another sum when the provider has this one in use, ten times at most', async () => {
    const auto = withCards(50, CARDS.slice(0, 1));
    const asked: number[] = [];
    auto.onCreate = (request) => {
      asked.push(request.amountTiyin);
      return asked.length < 4 ? { kind: 'sum_taken' } : accepted(request);
    };
    expect((await open(1, 'autopaycard')).kind).toBe('created');
    expect(new Set(asked).size).toBe(4);
    auto.onCreate = () => ({ kind: 'sum_taken' });
    auto.created.length = 0;
    expect(await open(2, 'autopaycard')).toEqual({ kind: 'busy' });
    expect(auto.created).toHaveLength(10);
    expect((await rows()).map((row) => row.state).toSorted()).toEqual(['failed', 'waiting']);
  });

  it('frees the sum at once when the provider refused, and rests it when nobody knows', async () => {
    const auto = withCards(1, CARDS.slice(0, 1));
    auto.onCreate = () => problem('refused');
    await open(1, 'autopaycard');
    auto.onCreate = () => problem('timeout');
    expect((await open(2, 'autopaycard')).kind).toBe('failed');
    expect((await open(3, 'autopaycard')).kind).toBe('busy');
    const [taken] = await world.file.db.read
      .select()
      .from(takenSums)
      .where(eq(takenSums.provider, 'autopaycard'));
    expect(taken?.freeAt).toBe(world.clock.now() + 60 * 60_000);
  });
});
