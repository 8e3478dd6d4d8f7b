import { describe, expect, it } from 'vitest';
import { outbox, suspenseItems } from '../../../db/tables.ts';
import { providerClearing, RETURNS, SUSPENSE } from '../../../ledger/accounts.ts';
import { balanceOf } from '../../../ledger/ledger.ts';
import { sliceOf } from '../../../reports/figures.ts';
import { creditSuspense } from '../../../topups/suspense.ts';
import { ALI, type BotStage, labels, OWNER, VALI } from '../../bot.fixture.ts';
import { OPERATOR, SECOND_OWNER, startPayments, tapTwice } from '../kit/payments.fixture.ts';

const SUM = 5_000_000;
const OTHER = 4_000_000;
const ALWAYS = { fromAt: 0, toAt: 2 ** 45 };

/** Writes down money found at Payfer; resolves with its id, its screen being shown. */
async function found(stage: BotStage, sum: string): Promise<string> {
  await stage.say('/suspense', OWNER.id);
  await stage.tap('Found at a provider', OWNER.id);
  await stage.tap('Payfer', OWNER.id);
  await stage.say(sum, OWNER.id);
  await stage.say('cabinet, line 7', OWNER.id);
  const items = await stage.db.read.select().from(suspenseItems);
  return items.find(({ state }) => state === 'open')!.id;
}

describe('/suspense', () => {
  it('suggests whose money it may be and credits them once, with news for both', async () => {
    const { stage, open, hear, balance, findings, payfer, topups } = await startPayments();
    expect((await stage.say('/suspense', OWNER.id)).text).toContain('no money without an owner');
    const valis = await open(VALI.id, { sumTiyin: OTHER });
    const alis = await open(ALI.id, { sumTiyin: SUM });
    payfer.onCheck = ({ orderCode }) =>
      orderCode === alis.orderCode ? { kind: 'paid', paidTiyin: OTHER } : { kind: 'pending' };
    await stage.clock.advance(11_000);
    await topups.tick();

    const list = await stage.say('/suspense', OWNER.id);
    expect(list.text).toContain("Money without an owner: 1, 40\u00a0000\u00a0so'm");
    const { screen } = await stage.tap(alis.id, OWNER.id);
    expect(screen.text).toContain(valis.id);
    await stage.tap('✅ Vali', OWNER.id);
    await tapTwice(stage, 'Confirm', [OWNER.id, OWNER.id]);
    expect([await balance(VALI.id), await balance(ALI.id)]).toEqual([OTHER, 0]);
    expect((await topups.get(alis.id))!.state).toBe('refused');
    const kinds = (await stage.db.read.select().from(outbox)).map(({ kind, chatId }) => [
      kind,
      chatId,
    ]);
    expect(kinds.filter(([kind]) => kind === 'suspense_credited')).toEqual([
      ['suspense_credited', VALI.id],
    ]);
    expect(kinds).toContainEqual(['topup_refused', ALI.id]);
    expect(await balanceOf(stage.db.read, SUSPENSE)).toBe(0);
    expect(await balanceOf(stage.db.read, RETURNS)).toBe(0);
    expect(await findings()).toEqual([]);
    // Vali's own order is paid as well: that is other money.
    await hear({ kind: 'paid', paidTiyin: OTHER });
    expect(await balance(VALI.id)).toBe(2 * OTHER);
    expect(await findings()).toEqual([]);
  });

  it('is decided by one of two owners: to the own user, or to another', async () => {
    const world = await startPayments({ owners: [OWNER.id, SECOND_OWNER.id] });
    const { stage, open, hear, balance, findings } = world;
    await stage.meet(SECOND_OWNER.id);
    const order = await open(ALI.id);
    await hear({ kind: 'paid', paidTiyin: OTHER });
    await stage.say('/suspense', OWNER.id);
    await stage.tap(order.id, OWNER.id);
    await stage.tap('Somebody else', OWNER.id);
    await stage.say(`${VALI.id}`, OWNER.id);
    await stage.say('/suspense', SECOND_OWNER.id);
    await stage.tap(order.id, SECOND_OWNER.id);
    await stage.tap('Credit it', SECOND_OWNER.id);
    const answers = await tapTwice(stage, 'Confirm', [OWNER.id, SECOND_OWNER.id]);
    expect(answers.filter((text) => text.includes('decided before'))).toHaveLength(1);
    expect((await balance(VALI.id)) + (await balance(ALI.id))).toBe(OTHER);
    expect(await findings()).toEqual([]);
  });

  it('needs a second owner for a large sum', async () => {
    const world = await startPayments({
      owners: [OWNER.id, SECOND_OWNER.id],
      dualControlAboveTiyin: 1_000_000,
    });
    const { stage, open, hear, balance } = world;
    await stage.meet(SECOND_OWNER.id);
    const order = await open(ALI.id);
    await hear({ kind: 'paid', paidTiyin: OTHER });
    await stage.say('/suspense', OWNER.id);
    await stage.tap(order.id, OWNER.id);
    await stage.tap('Somebody else', OWNER.id);
    await stage.say('@ali_test', OWNER.id);
    await stage.tap('Confirm', OWNER.id);
    expect(await balance(ALI.id)).toBe(0);
  });

  it('shows an operator what there is, and no way to give it to others', async () => {
    const { stage, open, hear } = await startPayments({ operatorIds: [OPERATOR.id] });
    await stage.meet(OPERATOR.id);
    const order = await open(ALI.id);
    await hear({ kind: 'paid', paidTiyin: OTHER });
    await stage.say('/suspense', OPERATOR.id);
    expect(labels(stage.last(OPERATOR.id)).join()).not.toContain('Found at');
    await stage.tap(order.id, OPERATOR.id);
    expect(labels(stage.last(OPERATOR.id)).join()).not.toContain('Somebody else');
    const forged = `desk:suspense:credit:${order.id}.${VALI.id.toString(36)}`;
    expect(await stage.forge(forged, OPERATOR.id)).toContain('out of date');
  });
});

describe('a second payment', () => {
  it('is seen after a second report, by what the provider counts, and written down once', async () => {
    const world = await startPayments();
    const { stage, topups, open, hear, balance, findings, payfer, alarms } = world;
    const order = await open(ALI.id);
    await hear({ kind: 'paid', paidTiyin: SUM });
    const report = async (n: number) => {
      const body = JSON.stringify({ status: 'paid', transaction_id: n });
      await topups.receive({ provider: 'payfer', order: { id: order.id }, body });
      await topups.tick();
    };
    const checks = payfer.checked.length;
    await report(1);
    expect(payfer.checked).toHaveLength(checks);

    payfer.onCheck = () => ({ kind: 'paid', paidTiyin: 2 * SUM });
    await report(2);
    await report(3);
    const items = await stage.db.read.select().from(suspenseItems);
    expect(items).toMatchObject([{ kind: 'twice', amountTiyin: SUM, topupId: order.id }]);
    expect(alarms.filter(({ kind }) => kind === 'second_payment')).toMatchObject([
      { itemId: items[0]!.id },
      { itemId: null },
    ]);
    expect(await balance(ALI.id)).toBe(SUM);
    expect(await balanceOf(stage.db.read, SUSPENSE)).toBe(SUM);
    expect(await findings()).toEqual([]);

    await stage.say(`/order ${items[0]!.id}`, OWNER.id);
    await stage.tap('✅ Ali', OWNER.id);
    await tapTwice(stage, 'Confirm', [OWNER.id, OWNER.id]);
    expect(await balance(ALI.id)).toBe(2 * SUM);
    await report(4);
    expect(await stage.db.read.select().from(suspenseItems)).toHaveLength(1);
    expect(await findings()).toEqual([]);
  });

  it('is no evidence when the sum has not grown: owners are told to look', async () => {
    const { stage, topups, open, hear, alarms } = await startPayments();
    const order = await open(ALI.id);
    await hear({ kind: 'paid', paidTiyin: SUM });
    for (const n of [1, 2]) {
      const body = JSON.stringify({ transaction_id: n });
      await topups.receive({ provider: 'payfer', order: { id: order.id }, body });
    }
    await topups.tick();
    expect(alarms).toContainEqual({
      kind: 'second_payment',
      provider: 'payfer',
      topupId: order.id,
      itemId: null,
    });
    expect(await stage.db.read.select().from(suspenseItems)).toEqual([]);
  });

  it('is also found by the button, and survives a provider that does not answer', async () => {
    const { stage, topups, open, hear, payfer, findings } = await startPayments();
    const order = await open(ALI.id);
    await hear({ kind: 'paid', paidTiyin: SUM });
    await stage.clock.advance(60_000);
    payfer.onCheck = () => ({ kind: 'problem', code: 'timeout' });
    await stage.say(`/order ${order.id}`, OWNER.id);
    expect((await stage.tap('Check now', OWNER.id)).toast).toContain('does not answer in time');
    payfer.onCheck = () => ({ kind: 'paid', paidTiyin: SUM + 100 });
    await stage.clock.advance(60_000);
    await topups.tick();
    expect(await stage.db.read.select().from(suspenseItems)).toMatchObject([{ amountTiyin: 100 }]);
    expect((await topups.get(order.id))!.dueAt).toBeNull();
    expect(await findings()).toEqual([]);
  });
});

describe('a transfer found in the cabinet', () => {
  it('is written down once, credited or given back once', async () => {
    const { stage, balance, findings } = await startPayments();
    const record = async (sum: string) => {
      await stage.say('/suspense', OWNER.id);
      await stage.tap('Found at a provider', OWNER.id);
      await stage.tap('Payfer', OWNER.id);
      expect((await stage.say(sum, OWNER.id)).text).toContain('will be written into the books');
      expect((await stage.say('cabinet, <line 7>', OWNER.id)).html).toContain('&lt;line 7&gt;');
    };
    await record('25 000');
    const items = await stage.db.read.select().from(suspenseItems);
    expect(items).toMatchObject([{ kind: 'unclaimed', amountTiyin: 2_500_000, state: 'open' }]);
    expect(await balanceOf(stage.db.read, SUSPENSE)).toBe(2_500_000);
    expect(await findings()).toEqual([]);

    await stage.say('/suspense', OWNER.id);
    await stage.tap(items[0]!.id, OWNER.id);
    await stage.tap('Somebody else', OWNER.id);
    await stage.say('@ali_test', OWNER.id);
    await tapTwice(stage, 'Confirm', [OWNER.id, OWNER.id]);
    expect(await balance(ALI.id)).toBe(2_500_000);

    await record('10 000');
    const open = (await stage.db.read.select().from(suspenseItems)).find(
      ({ state }) => state === 'open',
    );
    await stage.say(`/order ${open!.id}`, OWNER.id);
    await stage.tap('Returned', OWNER.id);
    await stage.say('sent back to the card', OWNER.id);
    await stage.again();
    expect(await balanceOf(stage.db.read, RETURNS)).toBe(1_000_000);
    expect(await balanceOf(stage.db.read, SUSPENSE)).toBe(0);
    expect(await findings()).toEqual([]);
  });

  it('shows what was written when it was returned', async () => {
    const { stage, findings } = await startPayments();
    await found(stage, '10 000');
    await stage.tap('Returned', OWNER.id);
    const { text } = await stage.say('to <Vali>, by hand', OWNER.id);
    expect(text).toContain('What was written: to <Vali>, by hand');
    expect(await findings()).toEqual([]);
  });

  it('is undone when it was written down by mistake, once, and leaves no trace in the sums', async () => {
    const { stage, findings } = await startPayments();
    const id = await found(stage, '10 000');
    const before = await sliceOf(stage.db.read, ALWAYS);
    expect(before.in['payfer']?.tiyin).toBe(1_000_000);
    await stage.tap('Written down by mistake', OWNER.id);
    expect((await stage.say('the line of another shop', OWNER.id)).text).toContain(
      'What was written: the line of another shop',
    );
    await stage.again();
    expect(await balanceOf(stage.db.read, SUSPENSE)).toBe(0);
    expect(await balanceOf(stage.db.read, RETURNS)).toBe(0);
    expect(await balanceOf(stage.db.read, providerClearing('payfer'))).toBe(0);
    expect((await sliceOf(stage.db.read, ALWAYS)).in['payfer']?.tiyin).toBe(0);
    expect(await findings()).toEqual([]);
    const { text } = await stage.say(`/order ${id}`, OWNER.id);
    expect(text).toContain('Taken out of the books');
    expect(labels(stage.last(OWNER.id)).join()).not.toMatch(/mistake|Returned|Somebody/);
    expect(await stage.forge(`desk:suspense:undo:${id}`, OWNER.id)).not.toContain('Done');
  });

  it('can be undone by nobody else, and not once it was given to somebody', async () => {
    const { stage, balance, findings } = await startPayments({ operatorIds: [OPERATOR.id] });
    await stage.meet(OPERATOR.id);
    const id = await found(stage, '10 000');
    await stage.tap('Written down by mistake', OWNER.id);
    const credited = await stage.db.tx((tx) =>
      creditSuspense(tx, { itemId: id, userId: ALI.id, staffId: OWNER.id, reason: 'his', at: 1 }),
    );
    expect(credited).not.toBeNull();
    await stage.say('a mistake', OWNER.id);
    expect(stage.last(OWNER.id).text).toContain('Credited to');
    expect(await balance(ALI.id)).toBe(1_000_000);
    expect(await findings()).toEqual([]);
    await stage.say(`/order ${id}`, OPERATOR.id);
    expect(labels(stage.last(OPERATOR.id)).join()).not.toContain('mistake');
  });

  it('asks again for what was not understood, and takes a part of a name', async () => {
    const { stage, balance } = await startPayments();
    await stage.say('/suspense', OWNER.id);
    await stage.tap('Found at a provider', OWNER.id);
    await stage.tap('Payfer', OWNER.id);
    expect((await stage.say('much', OWNER.id)).text).toContain("can't read that sum");
    await stage.say('10 000', OWNER.id);
    expect((await stage.say('x'.repeat(301), OWNER.id)).text).toContain('Write the reason');
    await stage.say('line 7', OWNER.id);
    await stage.tap('Somebody else', OWNER.id);
    expect((await stage.say('nobody', OWNER.id)).text).toContain('There is no such user');
    expect((await stage.say('ali_te', OWNER.id)).text).toContain('Whom do you mean?');
    expect(await balance(ALI.id)).toBe(0);
    await stage.tap(String(ALI.id), OWNER.id);
    await stage.tap('Confirm', OWNER.id);
    expect(await balance(ALI.id)).toBe(1_000_000);
  });

  it('may have tiyin', async () => {
    const { stage, balance } = await startPayments();
    await stage.say('/suspense', OWNER.id);
    await stage.tap('Found at a provider', OWNER.id);
    await stage.tap('Payfer', OWNER.id);
    expect((await stage.say('50 001,50', OWNER.id)).text).toContain("50\u00a0001,50\u00a0so'm");
    await stage.say('cabinet, line 7', OWNER.id);
    const [item] = await stage.db.read.select().from(suspenseItems);
    expect(item).toMatchObject({ amountTiyin: 5_000_150, state: 'open' });
    await stage.say('/order 50001.50', OWNER.id);
    await stage.tap('Somebody else', OWNER.id);
    await stage.say(`\u200e${ALI.id}\u200b`, OWNER.id);
    await stage.tap('Confirm', OWNER.id);
    expect(await balance(ALI.id)).toBe(5_000_150);
  });

  it("goes to nobody by a name that may be another's by now, but to who is chosen by id", async () => {
    const { stage, balance } = await startPayments();
    await stage.say('/suspense', OWNER.id);
    await stage.tap('Found at a provider', OWNER.id);
    await stage.tap('Payfer', OWNER.id);
    await stage.say('10 000', OWNER.id);
    await stage.say('line 7', OWNER.id);
    stage.telegram.user({ ...ALI, username: 'ali_new' });
    await stage.tap('Somebody else', OWNER.id);
    expect((await stage.say('@ali_test', OWNER.id)).text).toContain('@ali_new');
    await stage.tap(String(ALI.id), OWNER.id);
    await stage.tap('Confirm', OWNER.id);
    expect(await balance(ALI.id)).toBe(1_000_000);
  });

  it('is nothing without a sum and a note', async () => {
    const { stage } = await startPayments();
    await stage.say('/suspense', OWNER.id);
    await stage.tap('Found at a provider', OWNER.id);
    await stage.tap('Payfer', OWNER.id);
    expect((await stage.say('much', OWNER.id)).text).toContain("can't read that sum");
    expect(await stage.db.read.select().from(suspenseItems)).toEqual([]);
  });
});
