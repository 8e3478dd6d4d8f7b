import { afterEach, describe, expect, it } from 'vitest';
import { reservedSums, topups as table } from '../db/tables.ts';
import { som } from '../core/money.ts';
import type { PayCard, Problem, ProblemCode, Provider } from './provider.ts';
import type { ProviderId } from '../core/payment-systems.ts';
import { claimSum, reserveSum } from './sums.ts';
import {
  accepted,
  CONFIG,
  scriptedProvider,
  type ScriptedProvider,
  stage,
  type Stage,
} from './topup-stage.fixture.ts';
import type { Topup } from './topup.ts';
import type { CreateTopupOutcome } from './topups.ts';

const ONE: PayCard = { key: '1111', number: '8600000000001111', holder: 'EXAMPLE ONE' };
const TWO: PayCard = { key: '2222', number: '8600000000002222', holder: 'EXAMPLE TWO' };
const MINUTE = 60_000;

let world: Stage;
afterEach(async () => {
  await world.close();
});

const problem = (code: ProblemCode): Problem => ({ kind: 'problem', code });

/** `tailMax` sums for one base on each card. The provider's orders live for five minutes. */
function picking(id: ProviderId, cards: PayCard[], traits: Partial<Provider> = {}) {
  return scriptedProvider(id, { uniqueSums: { cards }, ttlMs: 5 * MINUTE, ...traits });
}

function withCards(tailMax: number, cards: PayCard[]): ScriptedProvider {
  const auto = picking('autopaycard', cards);
  world = stage([auto], { uniqueTailMax: tailMax });
  return auto;
}

function open(
  userId: number,
  provider: ProviderId = 'autopaycard',
  sum = 50_000,
): Promise<CreateTopupOutcome> {
  return world.topups.create({ userId, provider, baseTiyin: som(sum) });
}

async function opened(...request: Parameters<typeof open>): Promise<Topup> {
  const outcome = await open(...request);
  if (outcome.kind !== 'created') throw new Error(outcome.kind);
  return outcome.topup;
}

async function rows() {
  return await world.file.db.read.select().from(table);
}

async function reserved() {
  return await world.file.db.read.select().from(reservedSums);
}

describe('unique sums', () => {
  it('gives 200 users who ask at once for one base 200 sums on one card', async () => {
    withCards(999, [ONE]);
    const users = Array.from({ length: 200 }, (_, index) => 1000 + index);
    const outcomes = await Promise.all(users.map((user) => open(user)));
    const sums = outcomes.map((each) => (each.kind === 'created' ? each.topup.amountTiyin : 0));
    expect(new Set(sums).size).toBe(200);
    for (const sum of sums) {
      expect(sum).toBeGreaterThan(som(50_000));
      expect(sum).toBeLessThanOrEqual(som(50_999));
      expect(sum % 100).toBe(0);
    }
  });

  it('keeps apart bases whose tails overlap', async () => {
    withCards(2, [ONE]);
    const first = await open(1);
    const second = await open(2);
    // 50 001 and 50 002 are taken, so from 50 001 only 50 003 is left.
    const third = await open(3, 'autopaycard', 50_001);
    expect([first.kind, second.kind]).toEqual(['created', 'created']);
    expect(third).toMatchObject({ kind: 'created', topup: { amountTiyin: som(50_003) } });
    expect((await open(4, 'autopaycard', 50_001)).kind).toBe('busy');
  });

  it('goes on to another card, then says busy; nothing half-made is left', async () => {
    withCards(1, [ONE, TWO]);
    const first = await open(1);
    const second = await open(2);
    expect([first, second].map((each) => each.kind)).toEqual(['created', 'created']);
    const keys = (await rows()).map((row) => row.cardKey ?? '').toSorted();
    expect(keys).toEqual(['1111', '2222']);
    expect(await open(3)).toEqual({ kind: 'busy' });
    expect(await rows()).toHaveLength(2);
  });

  it('takes another sum when the provider has this one in use, ten times at most', async () => {
    const auto = withCards(50, [ONE]);
    const asked: number[] = [];
    auto.onCreate = (request) => {
      asked.push(request.amountTiyin);
      return asked.length < 4 ? { kind: 'sum_taken' } : accepted(request);
    };
    expect((await open(1)).kind).toBe('created');
    expect(new Set(asked).size).toBe(4);
    auto.onCreate = () => ({ kind: 'sum_taken' });
    auto.created.length = 0;
    expect(await open(2)).toEqual({ kind: 'busy' });
    expect(auto.created).toHaveLength(10);
    expect((await rows()).map((row) => row.state).toSorted()).toEqual(['failed', 'waiting']);
  });

  it('are kept by a hash of the card, not by its number', async () => {
    withCards(1, [ONE]);
    const { cardHash } = await opened(1);
    expect(cardHash).toMatch(/^[0-9a-f]{64}$/);
    expect(await reserved()).toEqual([
      { cardHash, amountTiyin: som(50_001), topupId: expect.any(String), userId: 1, freeAt: null },
    ]);
  });
});

describe('one card at two systems', () => {
  it('has each sum once, whichever system an order is opened at', async () => {
    const rasmiypay = picking('rasmiypay', [ONE]);
    world = stage([rasmiypay, picking('autopaycard', [{ ...ONE, holder: 'The same card' }])], {
      uniqueTailMax: 3,
    });
    const both = [
      await opened(1, 'rasmiypay'),
      await opened(2, 'autopaycard'),
      await opened(3, 'rasmiypay'),
    ];
    expect(new Set(both.map(({ amountTiyin }) => amountTiyin)).size).toBe(3);
    expect((await open(4, 'autopaycard')).kind).toBe('busy');
    expect((await open(4, 'rasmiypay')).kind).toBe('busy');
  });

  it('other cards that end in the same four digits are other cards', async () => {
    const like = { ...TWO, key: ONE.key, number: '9860000000001111' };
    world = stage([picking('rasmiypay', [ONE]), picking('autopaycard', [like])], {
      uniqueTailMax: 1,
    });
    expect((await opened(1, 'rasmiypay')).amountTiyin).toBe(som(50_001));
    expect((await opened(2, 'autopaycard')).amountTiyin).toBe(som(50_001));
  });

  it('a sum taken between the look and the hold is not given twice', async () => {
    withCards(1, [ONE]);
    const { deps } = world;
    const request = { cards: [ONE], baseTiyin: som(50_000), userId: 1, at: 1 };
    const got = await world.file.db.tx(async (tx) => [
      await reserveSum(deps, tx, { ...request, topupId: 'A' }),
      await reserveSum(deps, tx, { ...request, topupId: 'B' }),
    ]);
    expect(got[0]).toMatchObject({ amountTiyin: som(50_001) });
    expect(got[1]).toBeNull();
  });
});

describe('sums that a provider picks', () => {
  /** A Payfer that gives these sums one after another, in so'm. */
  function payferOf(sums: number[], config = {}): ScriptedProvider {
    const payfer = scriptedProvider('payfer', { transferCards: [ONE] });
    const left = [...sums];
    payfer.onCreate = (request) =>
      accepted(request, { amountTiyin: som(left.shift() ?? 0), card: ONE });
    world = stage([payfer, picking('rasmiypay', [ONE])], { uniqueTailMax: 1, ...config });
    return payfer;
  }

  it('are not shown while another order has them: it is asked again, with another code', async () => {
    const payfer = payferOf([50_007, 50_007, 50_007, 50_008]);
    const first = await opened(1, 'payfer');
    const second = await opened(2, 'payfer');
    expect([first.amountTiyin, second.amountTiyin]).toEqual([som(50_007), som(50_008)]);
    const codes = payfer.created.map(({ orderCode }) => orderCode);
    expect(new Set(codes).size).toBe(4);
    expect(second.orderCode).toBe(codes[3]);
  });

  it('nor while another system has them on that card, and the other way round', async () => {
    payferOf([50_001, 50_002, 60_001]);
    expect((await opened(1, 'rasmiypay')).amountTiyin).toBe(som(50_001));
    expect((await opened(2, 'payfer')).amountTiyin).toBe(som(50_002));
    expect((await opened(3, 'payfer', 60_000)).amountTiyin).toBe(som(60_001));
    expect((await open(4, 'rasmiypay', 60_000)).kind).toBe('busy');
  });

  it('end as busy when it gives nothing else, and nothing is held', async () => {
    const payfer = payferOf([50_007, ...Array.from({ length: 20 }, () => 50_007)]);
    await opened(1, 'payfer');
    expect(await open(2, 'payfer')).toEqual({ kind: 'busy' });
    expect(payfer.created).toHaveLength(11);
    expect((await rows()).map(({ state }) => state).toSorted()).toEqual(['failed', 'waiting']);
    expect(await reserved()).toHaveLength(1);
  });

  it('a sum it gave while it rested rests on until the provider has forgotten the refused order', async () => {
    payferOf([50_007, 50_007, 50_009], { quarantineMs: 10 * MINUTE });
    const first = await opened(1, 'payfer');
    await world.topups.cancel(first.id, { userId: 1 });
    await world.clock.advance(19 * MINUTE);
    expect((await opened(2, 'payfer')).amountTiyin).toBe(som(50_009));
    const rests = (await reserved()).find(({ amountTiyin }) => amountTiyin === som(50_007));
    expect(rests?.freeAt).toBe(world.clock.now() + 20 * MINUTE);
  });

  it('are told apart on the card that the answer names, also when the settings name another', async () => {
    const payfer = payferOf([]);
    payfer.onCreate = (request) => accepted(request, { amountTiyin: som(50_001), card: TWO });
    const first = await opened(1, 'payfer');
    expect(first.cardHash).toBe(world.deps.hashCard('8600 0000 0000 2222'));
    expect((await opened(2, 'rasmiypay')).amountTiyin).toBe(som(50_001));
    expect(await open(3, 'payfer')).toEqual({ kind: 'busy' });
  });

  it('an answer that comes after the order was given up leaves its sum to rest', async () => {
    const payfer = payferOf([]);
    let answer = (): void => undefined;
    payfer.onCreate = (request) =>
      new Promise((resolve) => {
        answer = () => resolve(accepted(request, { amountTiyin: som(50_007), card: ONE }));
      });
    const cut = open(1, 'payfer');
    await world.clock.settle();
    await world.topups.recover();
    answer();
    expect((await cut).kind).toBe('failed');
    const [rests] = await reserved();
    expect(rests?.freeAt).toBe(world.clock.now() + 70 * MINUTE);
  });

  it('claiming again what is the order’s own is harmless', async () => {
    payferOf([]);
    const claim = {
      cardHash: 'c',
      amountTiyin: 5,
      topupId: 'A',
      userId: 1,
      at: 1,
      providerEndsAt: 9,
    };
    const { deps } = world;
    const got = await world.file.db.tx(async (tx) => [
      await claimSum(deps, tx, claim),
      await claimSum(deps, tx, claim),
      await claimSum(deps, tx, { ...claim, topupId: 'B' }),
    ]);
    expect(got).toEqual([true, true, false]);
  });
});

describe('the rest of a sum', () => {
  it('keeps the sum taken for an hour after its order ended', async () => {
    // At the provider, which does not hear of a cancel.
    withCards(1, [ONE]);
    const first = await opened(1);
    await world.topups.cancel(first.id, { userId: 1 });
    expect((await open(2)).kind).toBe('busy');
    await world.clock.advance(65 * MINUTE - 1);
    expect((await open(2)).kind).toBe('busy');
    await world.clock.advance(1);
    expect((await open(2)).kind).toBe('created');
  });

  it('is not shortened by ORDER_TTL_MINUTES, and lengthened by a deadline that the provider names', async () => {
    const auto = picking('autopaycard', [ONE]);
    world = stage([auto], { uniqueTailMax: 1, ttlMs: MINUTE });
    expect((await opened(1)).providerEndsAt).toBe(world.clock.now() + 5 * MINUTE);
    await world.clock.advance(MINUTE);
    await world.topups.tick();
    const [ended] = await reserved();
    expect(ended?.freeAt).toBe(world.clock.now() + 4 * MINUTE + 60 * MINUTE);
    const expiresAt = world.clock.now() + 30 * MINUTE;
    auto.onCreate = (request) => accepted(request, { expiresAt });
    const second = await opened(2, 'autopaycard', 60_000);
    await world.topups.cancel(second.id, { userId: 2 });
    const later = (await reserved()).find(({ topupId }) => topupId === second.id);
    expect(later?.freeAt).toBe(expiresAt + 60 * MINUTE);
  });

  it('begins with the payer’s end where that comes later', async () => {
    const auto = picking('autopaycard', [ONE]);
    world = stage([auto], { uniqueTailMax: 1, ttlMs: 30 * MINUTE });
    await opened(1);
    await world.clock.advance(30 * MINUTE);
    await world.topups.tick();
    expect((await reserved())[0]?.freeAt).toBe(world.clock.now() + 60 * MINUTE);
  });

  it.each([
    ['paid', { kind: 'paid' as const, paidTiyin: som(50_001) }],
    ['paid with another sum', { kind: 'paid' as const, paidTiyin: som(50_000) }],
    ['over at the provider', { kind: 'closed' as const, as: 'expired' as const }],
  ])('counts from the provider’s end for an order that is %s', async (_, outcome) => {
    const auto = withCards(1, [ONE]);
    const { providerEndsAt } = await opened(1);
    auto.onCheck = () => outcome;
    await world.clock.advance(MINUTE);
    await world.topups.tick();
    expect((await reserved())[0]?.freeAt).toBe((providerEndsAt ?? 0) + 60 * MINUTE);
  });

  it('counts from the provider’s end for an order that an owner approves', async () => {
    withCards(1, [ONE]);
    const { id, providerEndsAt } = await opened(1);
    const at = world.clock.now();
    await world.file.db.tx((tx) =>
      world.topups.decisions.approve(tx, { id, staffId: 1, reason: 'seen', at }),
    );
    expect((await reserved())[0]?.freeAt).toBe((providerEndsAt ?? 0) + 60 * MINUTE);
  });

  it('is none when the provider refused, and a whole life longer when nobody knows', async () => {
    const auto = withCards(1, [ONE]);
    auto.onCreate = () => problem('refused');
    await open(1);
    auto.onCreate = () => problem('timeout');
    expect((await open(2)).kind).toBe('failed');
    expect((await open(3)).kind).toBe('busy');
    expect((await reserved())[0]?.freeAt).toBe(world.clock.now() + 65 * MINUTE);
  });

  it('is a whole life longer, too, when the opening was cut off', async () => {
    const auto = withCards(1, [ONE]);
    auto.onCreate = () => new Promise(() => undefined);
    void open(1);
    await world.clock.settle();
    await world.topups.recover();
    expect((await reserved())[0]?.freeAt).toBe(world.clock.now() + 65 * MINUTE);
  });
});

describe('which sums are given out', () => {
  it('first those that no watched order has had, then those that rested longest', async () => {
    withCards(4, [ONE]);
    const sums: number[] = [];
    for (const user of [1, 2, 3]) {
      const order = await opened(user);
      sums.push(order.amountTiyin);
      await world.topups.cancel(order.id, { userId: user });
      await world.clock.advance(MINUTE);
    }
    await world.clock.advance(70 * MINUTE);
    const fresh = await opened(4);
    expect(sums).not.toContain(fresh.amountTiyin);
    const again = [await opened(5), await opened(6), await opened(7)];
    expect(again.map(({ amountTiyin }) => amountTiyin)).toEqual(sums);
    expect((await open(8)).kind).toBe('busy');
  });

  it('as if it had never been had, once nobody watches the order that had it', async () => {
    withCards(2, [ONE]);
    const first = await opened(1);
    await world.topups.cancel(first.id, { userId: 1 });
    await world.clock.advance(70 * MINUTE + 2 * CONFIG.latePaymentMs);
    const sums = new Set<number>();
    // At random: the one that was had before is among the first sooner or later.
    for (let user = 2; user < 20; user += 1) {
      const sum = 60_000 + user * 10;
      const order = await opened(user, 'autopaycard', sum);
      await world.topups.cancel(order.id, { userId: user });
      await world.clock.advance(70 * MINUTE + 2 * CONFIG.latePaymentMs);
      sums.add((await opened(user + 100, 'autopaycard', sum)).amountTiyin - order.amountTiyin);
      await world.clock.advance(MINUTE);
    }
    expect(sums).toContain(0);
    expect(sums.size).toBeGreaterThan(1);
  });

  it('on the next card before one that a watched order has had', async () => {
    withCards(1, [ONE, TWO]);
    const first = await opened(1);
    await world.topups.cancel(first.id, { userId: 1 });
    await world.clock.advance(70 * MINUTE);
    expect((await opened(2)).cardKey).not.toBe(first.cardKey);
    expect((await opened(3)).cardKey).toBe(first.cardKey);
  });
});
