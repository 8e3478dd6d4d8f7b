import { describe, expect, it } from 'vitest';
import type { Bill } from '../../../bills/bill.ts';
import { type FakePaylov, fakePaylov, SERVICE } from '../../../bills/fake-paylov.fixture.ts';
import { auditBooks } from '../../../books/audit.ts';
import { ADJUSTMENTS, userAvailable } from '../../../ledger/accounts.ts';
import { post, userBalance } from '../../../ledger/ledger.ts';
import { ALI, type BotStage, labels, OWNER, startBotStage, VALI } from '../../bot.fixture.ts';
import { realBills } from '../../real-bills.fixture.ts';
import { SECOND_OWNER, tapTwice } from '../kit/payments.fixture.ts';

const SUM = 5_000_000;
const START = 20_000_000;

interface World {
  stage: BotStage;
  paylov: FakePaylov;
  pay: (confirmationId: string) => Promise<Bill>;
  tick: () => Promise<void>;
  available: () => Promise<number>;
  findings: () => Promise<string[]>;
}

async function start(): Promise<World> {
  const paylov = fakePaylov();
  const late: { bills?: ReturnType<typeof realBills> } = {};
  const stage = await startBotStage((made) => {
    late.bills = realBills(made, paylov);
    const adminIds = [OWNER.id, SECOND_OWNER.id];
    return { ownerBills: late.bills, adminIds, staff: { viewerIds: [VALI.id] } };
  });
  const { bills } = late;
  if (!bills) throw new Error('the bot was built without bills');
  stage.telegram.user(SECOND_OWNER);
  for (const { id } of [ALI, VALI, OWNER, SECOND_OWNER]) await stage.meet(id);
  const lines = [
    { account: ADJUSTMENTS, amountTiyin: -START },
    { account: userAvailable(ALI.id), amountTiyin: START },
  ];
  await stage.db.tx((tx) =>
    post(tx, { key: 'start', kind: 'test', actor: 'system', at: 1, lines }),
  );
  return {
    stage,
    paylov,
    async pay(confirmationId) {
      const outcome = await bills.confirm({
        userId: ALI.id,
        serviceId: SERVICE.id,
        serviceName: SERVICE.name,
        account: { customer_code: confirmationId },
        amountTiyin: SUM,
        source: 'balance',
        shown: await bills.quote({ serviceId: SERVICE.id, amountTiyin: SUM, source: 'balance' }),
        confirmationId,
      });
      if (outcome.kind !== 'bill') throw new Error(outcome.kind);
      return outcome.bill;
    },
    tick: () => bills.tick(),
    available: async () => (await userBalance(stage.db.read, ALI.id)).availableTiyin,
    findings: async () => (await auditBooks(stage.db)).findings,
  };
}

/** A bill nobody could find out about. */
async function stuck({ stage, paylov, pay, tick }: World): Promise<Bill> {
  paylov.onPay = () => ({ kind: 'unknown', cause: 'timeout' });
  const bill = await pay('stuck');
  for (let n = 0; n < 70; n += 1) {
    await stage.clock.advance(10_000);
    await tick();
  }
  return bill;
}

describe('/bills', () => {
  it('filters by state, service and user; pauses and resumes for owners alone', async () => {
    const world = await start();
    const { stage, pay } = world;
    const paid = await pay('one');
    const open = await stuck(world);
    const shown = (id: string): boolean =>
      labels(stage.last(OWNER.id)).some((label) => label.includes(id));
    await stage.say('/bills', OWNER.id);
    expect([shown(paid.id), shown(open.id)]).toEqual([true, true]);
    await stage.tap('State', OWNER.id);
    await stage.tap('to be decided', OWNER.id);
    expect([shown(paid.id), shown(open.id)]).toEqual([false, true]);
    await stage.say('/bills', OWNER.id);
    await stage.tap('Service', OWNER.id);
    await stage.tap(SERVICE.name, OWNER.id);
    expect(stage.last(OWNER.id).text).toContain(`all · ${SERVICE.name}`);
    await stage.tap('State', OWNER.id);
    await stage.tap('paid', OWNER.id);
    expect([shown(paid.id), shown(open.id)]).toEqual([true, false]);
    await stage.tap('User', OWNER.id);
    await stage.say(String(VALI.id), OWNER.id);
    expect([shown(paid.id), shown(open.id)]).toEqual([false, false]);

    await stage.tap('Pause paying', OWNER.id);
    expect(stage.last(OWNER.id).text).toContain('paused: 👤 Owner');
    expect(await stage.forge('desk:bills:pause:-', OWNER.id)).toContain('before');
    await stage.tap('Resume', OWNER.id);
    await stage.say('/bills', VALI.id);
    expect(labels(stage.last(VALI.id)).join()).not.toContain('Pause');
    expect(await stage.forge('desk:bills:pause:-', VALI.id)).toContain('out of date');
  });
});

describe('/bill', () => {
  it('is found by its id, transaction, reference and sum', async () => {
    const { stage, pay, paylov } = await start();
    paylov.onPay = (_, honest) => ({ ...honest(), kind: 'paid', paymentRef: 'REF-55' });
    const bill = await pay('one');
    for (const text of [bill.id.toLowerCase(), bill.transactionId ?? '', 'REF-55', '50 000']) {
      expect((await stage.say(`/bill ${text}`, OWNER.id)).text).toContain(`№ ${bill.id}`);
      expect((await stage.say(`/order ${text}`, OWNER.id)).text).toContain(`№ ${bill.id}`);
    }
  });

  it.each([
    ['It is paid', START - SUM],
    ['It is not paid', START],
  ])('%s: decided once, whichever owner taps first', async (label, left) => {
    const world = await start();
    const { stage, available, findings } = world;
    const bill = await stuck(world);
    const shown = (await stage.say(`/bill ${bill.id}`, OWNER.id)).text;
    expect(shown).toContain('the last time: not paid so far');
    expect(shown).not.toMatch(/\b(?:kind|checks|listed|complete):/);
    for (const { id } of [OWNER, SECOND_OWNER]) {
      await stage.say(`/bill ${bill.id}`, id);
      await stage.tap(label, id);
    }
    const answers = await tapTwice(stage, 'Confirm', [OWNER.id, SECOND_OWNER.id]);
    expect(answers.filter((text) => text.includes('decided before'))).toHaveLength(1);
    expect(await available()).toBe(left);
    expect(await findings()).toEqual([]);
  });

  it('gives a paid bill back once, with its reason in the history', async () => {
    const { stage, pay, available, findings } = await start();
    const bill = await pay('one');
    await stage.say(`/bill ${bill.id}`, OWNER.id);
    const { screen } = await stage.tap('Refund', OWNER.id);
    expect(screen.text).toContain('Paylov keeps the money');
    await stage.say('never arrived', OWNER.id);
    await tapTwice(stage, 'Confirm', [OWNER.id, OWNER.id]);
    expect(await available()).toBe(START);
    expect((await stage.say(`/bill ${bill.id}`, OWNER.id)).text).toContain('never arrived');
    expect(await stage.forge(`desk:bills:refund:${bill.id}`, OWNER.id)).toContain('before');
    expect(await findings()).toEqual([]);
  });

  it('asks Paylov now about what is unclear', async () => {
    const world = await start();
    const { stage, paylov, available } = world;
    const bill = await stuck(world);
    paylov.latest().state = 'cancelled';
    await stage.say(`/bill ${bill.id}`, OWNER.id);
    await stage.tap('Check now', OWNER.id);
    expect(stage.last(OWNER.id).text).toContain('State: not paid');
    expect(stage.last(OWNER.id).text).not.toMatch(/Tiyin|poll|system|unclear:/);
    expect(await available()).toBe(START);
  });
});

describe('a bill that Paylov cancelled after it was paid', () => {
  it('is shown with both ways on, and left or given back once', async () => {
    const { stage, paylov, pay, available, findings } = await start();
    const bill = await pay('cancelled');
    await stage.say(`/bill ${bill.id}`, OWNER.id);
    expect(labels(stage.last(OWNER.id)).join()).not.toContain('Leave it');
    paylov.latest().state = 'cancelled';
    const { screen } = await stage.tap('Check now', OWNER.id);
    expect(screen.text).toContain('Cancelled at Paylov after it was paid');
    await stage.tap('Leave it', OWNER.id);
    const answers = await tapTwice(stage, 'Yes, leave it', [OWNER.id, OWNER.id]);
    expect(answers).toEqual([expect.stringContaining('Done'), expect.stringContaining('before')]);
    expect(await available()).toBe(START - SUM);

    await stage.tap('Refund', OWNER.id);
    await stage.say('cancelled at Paylov after all', OWNER.id);
    await stage.tap('Confirm', OWNER.id);
    expect(await available()).toBe(START);
    expect(await findings()).toEqual([]);
    await stage.say(`/bill ${bill.id}`, OWNER.id);
    expect(labels(stage.last(OWNER.id)).join()).not.toContain('Leave it');
  });
});
