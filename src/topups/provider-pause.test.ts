import { afterEach, describe, expect, it } from 'vitest';
import { providerStates, reports, staffLog } from '../db/tables.ts';
import { checkProviderHealth } from '../jobs/provider-health.ts';
import { watchProviders } from '../jobs/watch-providers.ts';
import { som } from '../core/money.ts';
import { pauseProvider, resumeProvider, tryNow } from './provider-pause.ts';
import { ratesSince } from './provider-figures.ts';
import { providerState } from './provider-state.ts';
import type { HealthOutcome, Problem, ProblemCode } from './provider.ts';
import { runTrials } from './provider-trials.ts';
import {
  accepted,
  scriptedProvider,
  type ScriptedProvider,
  type Stage,
  stage,
} from './topup-stage.fixture.ts';

const MINUTE = 60_000;
const OWNER = 9001;

let world: Stage;
afterEach(async () => {
  await world.close();
});

const problem = (code: ProblemCode): Problem => ({ kind: 'problem', code });
/** Orders are due all the time, so that only the rests between failures count. */
const ALWAYS = { ttlMs: 90 * MINUTE, schedule: [{ everyMs: 10_000, untilMs: Infinity }] };

const healthy: HealthOutcome = { kind: 'health', facts: [], problems: [] };

async function open(userId = 1) {
  return await world.topups.create({ userId, provider: 'payfer', baseTiyin: som(50_000) });
}

const menu = async () => (await world.topups.offers())[0]?.availability;
const stateOf = async () => await providerState(world.deps.db.read, 'payfer');

/** Time passes for poller and watch. */
async function pass(ms: number, stepMs = 10_000): Promise<void> {
  const end = world.clock.now() + ms;
  while (world.clock.now() < end) {
    await world.clock.advance(stepMs);
    await world.topups.tick();
    await runTrials(world.deps);
  }
}

/** Its status call fails until somebody mends it; it has been off the menu for a moment. */
async function brokenDown(traits: Partial<ScriptedProvider> = {}): Promise<ScriptedProvider> {
  const payfer = scriptedProvider('payfer', { ...ALWAYS, ...traits });
  world = stage([payfer]);
  await open();
  payfer.onCheck = () => problem('server_error');
  for (let tries = 0; (await menu()) !== 'paused'; tries += 1) {
    if (tries > 500) throw new Error('it was never paused');
    await world.clock.advance(10_000);
    await world.topups.tick();
  }
  return payfer;
}

const kinds = () => world.alarms.map(({ kind }) => kind);

describe('failures in a row', () => {
  it('take a provider off the menu after a quarter of an hour, with one alarm; orders are watched on', async () => {
    const payfer = scriptedProvider('payfer', ALWAYS);
    world = stage([payfer]);
    await open();
    payfer.onCheck = () => problem('timeout');
    await pass(14 * MINUTE);
    expect(await menu()).toBe('troubled');
    await pass(4 * MINUTE);
    expect(await menu()).toBe('paused');
    expect(await stateOf()).toMatchObject({ pausedBy: 'system', failuresInARow: 8 });
    expect(kinds().filter((kind) => kind === 'provider_paused')).toHaveLength(1);
    expect(await open(2)).toEqual({ kind: 'unavailable', reason: 'paused' });
    const asked = payfer.checked.length;
    await pass(10 * MINUTE);
    expect(payfer.checked.length).toBeGreaterThan(asked);
    payfer.onCheck = () => ({ kind: 'paid', paidTiyin: som(50_000) });
    await pass(10 * MINUTE);
    expect((await world.topups.history(1, { offset: 0, limit: 1 }))[0]?.state).toBe('paid');
  });

  it('are tried again by the health call, later and later, until it is back; owners are told', async () => {
    const payfer = await brokenDown();
    let trials = 0;
    payfer.health = async () => {
      trials += 1;
      return problem('maintenance');
    };
    await pass(3 * 60 * MINUTE, MINUTE);
    // After 5, 10, 20, 40, 80, 140 minutes: an hour at most.
    expect(trials).toBe(6);
    expect(await menu()).toBe('paused');
    payfer.health = async () => healthy;
    payfer.onCheck = () => ({ kind: 'pending' });
    await pass(60 * MINUTE, MINUTE);
    expect(await menu()).toBe('open');
    expect(kinds().at(-1)).toBe('provider_resumed');
    expect(await stateOf()).toMatchObject({ pausedAt: null, pausedBy: null, failuresInARow: 0 });
    expect((await open(2)).kind).toBe('created');
  });

  it('survive a restart in the middle, and so does the trial', async () => {
    const payfer = await brokenDown();
    const { trialAt } = (await stateOf())!;
    await world.restart();
    expect(await menu()).toBe('paused');
    // The program dies while it asks: nothing was written, so the next one asks again.
    let asked = 0;
    payfer.health = () => {
      asked += 1;
      return new Promise(() => undefined);
    };
    await world.clock.advance(6 * MINUTE);
    void runTrials(world.deps);
    await world.clock.settle();
    expect(asked).toBe(1);
    expect((await stateOf())?.trialAt).toBe(trialAt);
    await world.restart();
    payfer.health = async () => healthy;
    await runTrials(world.deps);
    expect(await menu()).toBe('open');
  });

  it('end early when orders are answered again', async () => {
    const payfer = await brokenDown();
    payfer.health = async () => healthy;
    const { trialAt } = (await stateOf())!;
    payfer.onCheck = () => ({ kind: 'pending' });
    for (let i = 0; i < 60 && (await menu()) === 'paused'; i += 1) await pass(10_000);
    expect(await menu()).toBe('open');
    expect(world.clock.now()).toBeLessThanOrEqual(trialAt! + MINUTE);
  });
});

describe('a provider without a health call', () => {
  it('is tried by the status of an order', async () => {
    const payfer = await brokenDown();
    await world.clock.advance(6 * MINUTE);
    await runTrials(world.deps);
    expect(await menu()).toBe('paused');
    payfer.onCheck = () => ({ kind: 'pending' });
    await world.clock.advance(60 * MINUTE);
    await runTrials(world.deps);
    expect(await menu()).toBe('open');
  });

  it('opens for one order where nothing else would tell, and that one decides', async () => {
    const payfer = scriptedProvider('payfer');
    world = stage([payfer]);
    payfer.onCreate = () => problem('callback_not_whitelisted');
    await open();
    expect(await menu()).toBe('paused');
    await world.clock.advance(20 * MINUTE);
    await runTrials(world.deps);
    expect(await menu()).toBe('troubled');
    expect((await open()).kind).toBe('failed');
    expect(await menu()).toBe('paused');
    await world.clock.advance(60 * MINUTE);
    await runTrials(world.deps);
    let answer = (): void => undefined;
    payfer.onCreate = (request) =>
      new Promise((resolve) => {
        answer = () => resolve(accepted(request));
      });
    const trial = open(1);
    await world.clock.settle();
    // For everybody else it stays closed until that one is answered.
    expect(await open(2)).toEqual({ kind: 'unavailable', reason: 'paused' });
    answer();
    expect((await trial).kind).toBe('created');
    expect(await menu()).toBe('open');
    expect(kinds().at(-1)).toBe('provider_resumed');
  });
});

describe("a person's pause", () => {
  const decide = (by: typeof pauseProvider, staffId = OWNER) =>
    world.deps.db.tx((tx) => by(tx, { provider: 'payfer', staffId, at: world.clock.now() }));

  it('is never lifted by the program, and is logged', async () => {
    const payfer = await brokenDown();
    payfer.health = async () => healthy;
    expect(await decide(pauseProvider)).toBe(true);
    expect(await decide(pauseProvider)).toBe(false);
    payfer.onCheck = () => ({ kind: 'pending' });
    await pass(3 * 60 * MINUTE, MINUTE);
    await checkProviderHealth(world.deps);
    expect(await menu()).toBe('paused');
    expect(await stateOf()).toMatchObject({ pausedBy: `owner:${OWNER}` });
    expect(await decide(tryNow)).toBe(false);
    expect(await decide(resumeProvider)).toBe(true);
    expect(await decide(resumeProvider)).toBe(false);
    expect(await menu()).toBe('open');
    const log = await world.deps.db.read.select().from(staffLog);
    expect(log.map(({ action, subject, staffId }) => [action, subject, staffId])).toEqual([
      ['pause', 'payfer', OWNER],
      ['resume', 'payfer', OWNER],
    ]);
  });

  it('may ask for a trial of what the program paused at once', async () => {
    const payfer = await brokenDown();
    payfer.health = async () => healthy;
    expect(await decide(tryNow)).toBe(true);
    await runTrials(world.deps);
    expect(await menu()).toBe('open');
  });
});

describe('the hourly look', () => {
  it('keeps the facts, and takes a provider off the menu where nobody could pay', async () => {
    const facts = [{ name: 'balance' as const, value: '150000', amountTiyin: som(150_000) }];
    const payfer = scriptedProvider('payfer', {
      health: async () => ({ kind: 'health', facts, problems: [problem('shop_inactive')] }),
    });
    world = stage([payfer]);
    await checkProviderHealth(world.deps);
    expect(await stateOf()).toMatchObject({ facts, factsAt: world.clock.now() });
    expect(await menu()).toBe('paused');
    expect(kinds()).toEqual(['provider_paused']);
    const [report] = await world.deps.db.read.select().from(reports);
    expect(report).toMatchObject({
      kind: 'shop',
      data: { payfer: { balanceTiyin: som(150_000) } },
    });
  });

  it('only warns of what is announced', async () => {
    const payfer = scriptedProvider('payfer');
    world = stage([payfer]);
    const ends = { ...problem('subscription_ended'), startsAt: world.clock.now() + MINUTE };
    payfer.health = async () => ({ kind: 'health', facts: [], problems: [ends] });
    await checkProviderHealth(world.deps);
    expect([await menu(), kinds()]).toEqual(['open', ['provider_problem']]);
    await world.clock.advance(2 * MINUTE);
    await checkProviderHealth(world.deps);
    expect(await menu()).toBe('paused');
  });

  it('one of several cards that is not linked leaves the others', async () => {
    const card = { holder: 'H', number: '8600000000000001' };
    const cards = ['0001', '0002'].map((key) => Object.assign({ key }, card));
    const payfer = scriptedProvider('payfer', { uniqueSums: { cards } });
    payfer.health = async () => ({
      kind: 'health',
      facts: [],
      problems: [problem('card_not_linked')],
    });
    world = stage([payfer]);
    await checkProviderHealth(world.deps);
    expect(await menu()).toBe('troubled');
  });
});

it('minutes on the menu are counted', async () => {
  const payfer = scriptedProvider('payfer');
  world = stage([payfer]);
  await watchProviders(world.deps, { floatAlertTiyin: null });
  await world.deps.db.tx((tx) =>
    tx
      .insert(providerStates)
      .values({ provider: 'payfer', pausedAt: 1, pausedBy: 'owner:1' })
      .onConflictDoNothing(),
  );
  await watchProviders(world.deps, { floatAlertTiyin: null });
  const [report] = await world.deps.db.read.select().from(reports);
  expect(report?.data).toEqual({ payfer: { looks: 2, open: 1, troubled: 0, paused: 1 } });
});

it('rates count each order once, by what became of it, in the period alone', async () => {
  const payfer = scriptedProvider('payfer', { ttlMs: 5 * MINUTE });
  world = stage([payfer]);
  const since = async (ms: number) =>
    (await ratesSince(world.deps.db.read, world.clock.now() - ms)).get('payfer') ?? null;
  expect(await since(60 * MINUTE)).toBeNull();
  await open(1);
  await open(2);
  await pass(6 * MINUTE);
  expect(await since(60 * MINUTE)).toEqual({ ended: 2, paid: 0, medianMs: null });
  await open(3);
  const third = payfer.created.at(-1)?.orderCode;
  const paid = { kind: 'paid', paidTiyin: som(50_000) } as const;
  payfer.onCheck = ({ orderCode }) => (orderCode === third ? paid : { kind: 'pending' });
  await pass(30_000);
  expect(await since(60 * MINUTE)).toEqual({ ended: 3, paid: 1, medianMs: 10_000 });
  // The two that had expired are found paid: late, and still the same orders.
  payfer.onCheck = () => paid;
  await pass(60 * MINUTE, MINUTE);
  expect(await since(2 * 60 * MINUTE)).toMatchObject({ ended: 3, paid: 3 });
  await pass(3 * 60 * MINUTE, 10 * MINUTE);
  expect(await since(60 * MINUTE)).toBeNull();
});
