/** Money that was credited by hand and is reported later, as the staff and its people see it. */
import { expect, it } from 'vitest';
import { accepted } from '../../../topups/topup-stage.fixture.ts';
import { adminActions } from '../../../db/tables.ts';
import type { Topup } from '../../../topups/topup.ts';
import { ALI, labels, OWNER, VALI } from '../../bot.fixture.ts';
import { deliver } from '../approvals/approvals.fixture.ts';
import {
  MINUTE,
  OPERATOR,
  type PaymentsStage,
  SECOND_OWNER,
  startPayments,
} from './payments.fixture.ts';

const SUM = 5_000_000;
/** What is credited with the order's number before: more than half of it, else it would be no payment of it. */
const GIVEN = 3_000_000;

/** The owner found Ali's money in the panel, and gave it to Ali. */
async function byHand(desk: PaymentsStage): Promise<Topup> {
  const order = await desk.open(ALI.id);
  await foundFor(desk, ALI.id);
  await desk.stage.tap('Confirm', OWNER.id);
  expect(await desk.balance(ALI.id)).toBe(SUM);
  return order;
}

async function foundFor({ stage }: PaymentsStage, userId: number, sum = '50 000'): Promise<string> {
  await writtenDown(stage, sum);
  await stage.tap('Somebody else', OWNER.id);
  return (await stage.say(String(userId), OWNER.id)).text;
}

async function writtenDown(stage: PaymentsStage['stage'], sum: string): Promise<string> {
  await stage.say('/suspense', OWNER.id);
  await stage.tap('Found at a provider', OWNER.id);
  await stage.tap('Payfer', OWNER.id);
  await stage.say(sum, OWNER.id);
  return (await stage.say('cabinet, line 7', OWNER.id)).text;
}

/** The payment system calls this order paid at last. */
async function heard({ payfer, stage, topups }: PaymentsStage, order: Topup): Promise<void> {
  const before = payfer.onCheck;
  payfer.onCheck = (asked, priority) =>
    asked.providerOrder === order.providerOrder
      ? { kind: 'paid', paidTiyin: order.amountTiyin }
      : before(asked, priority);
  await stage.clock.advance(31 * MINUTE);
  await topups.tick();
}

it('owners are told which credit it may be, who credited it and when, and close it as the same money', async () => {
  const desk = await startPayments();
  const { stage, topups, balance, findings } = desk;
  const order = await byHand(desk);
  await heard(desk, order);
  expect(await balance(ALI.id)).toBe(SUM);
  await deliver(stage, OWNER.id, 'owner_review');
  const told = stage.last(OWNER.id);
  expect(told.text).toMatch(/50.000.* was credited to Ali.* by hand at .*Owner/);
  expect(labels(told).join()).toContain('It is the same money');
  const { screen } = await stage.tap('It is the same money', OWNER.id);
  expect(screen.text).toContain('nothing is credited a second time');
  await stage.tap('Yes, it is the same', OWNER.id);
  expect((await topups.get(order.id))?.state).toBe('paid');
  expect(stage.last(OWNER.id).text).toContain('the same money as');
  expect(await balance(ALI.id)).toBe(SUM);
  await deliver(stage, ALI.id, 'topup_same');
  expect(stage.last(ALI.id).text).toContain('not added a second time');
  expect(await findings()).toEqual([]);
});

it('given in pieces: all of them are asked about, and closed together', async () => {
  const desk = await startPayments();
  const { stage, topups, balance, findings } = desk;
  const order = await desk.open(ALI.id);
  for (const sum of ['17000', '15000', '10000', '8000']) {
    await stage.say(`/credit ${ALI.id} ${sum} of № ${order.id}`, OWNER.id);
    await stage.tap('Confirm', OWNER.id);
  }
  await heard(desk, order);
  await stage.say(`/order ${order.id}`, OWNER.id);
  const { screen } = await stage.tap('It is the same money', OWNER.id);
  expect(screen.text.match(/(?:1[057]|8).000.* was credited to Ali/g)).toHaveLength(4);
  expect(screen.text).not.toContain('The rest');
  await stage.tap('Yes, it is the same', OWNER.id);
  expect((await topups.get(order.id))?.state).toBe('paid');
  expect(await balance(ALI.id)).toBe(SUM);
  expect(await findings()).toEqual([]);
  // All of them are named, in the owner's words.
  expect(stage.last(OWNER.id).text).toMatch(
    /the same money as № [^,]+(?:, [^,]+){3}, which was credited/,
  );
});

it('given in pieces and taken again in one: whoever decides reads of that, and credits what came', async () => {
  const desk = await startPayments();
  const { stage, balance, findings } = desk;
  const order = await desk.open(ALI.id);
  for (const sum of ['20000', '30000']) {
    await stage.say(`/credit ${ALI.id} ${sum} of № ${order.id}`, OWNER.id);
    await stage.tap('Confirm', OWNER.id);
  }
  await stage.clock.advance(MINUTE);
  await stage.say(`/debit ${ALI.id} 50000 it had not come`, OWNER.id);
  await stage.tap('Confirm', OWNER.id);
  expect(await balance(ALI.id)).toBe(0);
  await heard(desk, order);
  await deliver(stage, OWNER.id, 'owner_review');
  const taken = /50.000.* was taken from Ali.* by hand after that/;
  expect(stage.last(OWNER.id).text).toMatch(taken);
  const { screen } = await stage.tap('It is the same money', OWNER.id);
  expect(screen.text).toMatch(taken);
  await stage.say(`/order ${order.id}`, OWNER.id);
  await stage.tap('Credit it', OWNER.id);
  await stage.tap('Confirm', OWNER.id);
  expect(await balance(ALI.id)).toBe(SUM);
  expect(await findings()).toEqual([]);
});

it('a debit while the question stands is not passed over: nothing is closed', async () => {
  const desk = await startPayments({ owners: [OWNER.id, SECOND_OWNER.id] });
  const { stage, topups, balance, findings } = desk;
  await stage.meet(SECOND_OWNER.id);
  const order = await desk.open(ALI.id);
  for (const sum of ['20000', '30000']) {
    await stage.say(`/credit ${ALI.id} ${sum} of № ${order.id}`, OWNER.id);
    await stage.tap('Confirm', OWNER.id);
  }
  await heard(desk, order);
  await stage.say(`/order ${order.id}`, OWNER.id);
  await stage.tap('It is the same money', OWNER.id);
  await stage.say(`/debit ${ALI.id} 50000 it had not come`, SECOND_OWNER.id);
  await stage.tap('Confirm', SECOND_OWNER.id);
  expect(await balance(ALI.id)).toBe(0);
  await stage.tap('Yes, it is the same', OWNER.id);
  expect((await topups.get(order.id))?.state).toBe('review');
  expect(await findings()).toEqual([]);
});

it('or credits it all the same, and reads the warning before', async () => {
  const desk = await startPayments();
  const { stage, balance, findings } = desk;
  const order = await byHand(desk);
  await heard(desk, order);
  await stage.say(`/order ${order.id}`, OWNER.id);
  const { screen } = await stage.tap('Credit it', OWNER.id);
  expect(screen.text).toContain('by hand at');
  await stage.tap('Confirm', OWNER.id);
  expect(await balance(ALI.id)).toBe(2 * SUM);
  expect(await findings()).toEqual([]);
});

it('closing is the owner’s alone, and done once', async () => {
  const desk = await startPayments({ operatorIds: [OPERATOR.id] });
  const { stage, balance, findings } = desk;
  await stage.meet(OPERATOR.id);
  const order = await byHand(desk);
  await heard(desk, order);
  await stage.say(`/order ${order.id}`, OPERATOR.id);
  expect(labels(stage.last(OPERATOR.id)).join()).not.toContain('same money');
  await stage.say(`/order ${order.id}`, OWNER.id);
  await stage.tap('It is the same money', OWNER.id);
  const sure = stage.find('Yes, it is the same', OWNER.id);
  await stage.tap('Yes, it is the same', OWNER.id);
  expect(await stage.forge(sure.data, OWNER.id)).not.toContain('Done');
  expect(await stage.forge(sure.data, OPERATOR.id)).not.toContain('Done');
  expect(await balance(ALI.id)).toBe(SUM);
  expect(await findings()).toEqual([]);
});

it('what came beyond the credit is given by one person alone no further than anything else', async () => {
  const desk = await startPayments({
    owners: [OWNER.id, SECOND_OWNER.id],
    dualControlAboveTiyin: SUM - 1,
  });
  const { stage, balance, findings, topups } = desk;
  await stage.meet(SECOND_OWNER.id);
  const order = await desk.open(ALI.id);
  await stage.say(`/credit ${ALI.id} 30000 for № ${order.id}`, OWNER.id);
  await stage.tap('Confirm', OWNER.id);
  await heard(desk, order);
  await stage.say(`/order ${order.id}`, OWNER.id);
  const { screen } = await stage.tap('It is the same money', OWNER.id);
  expect(screen.text).toContain('more than you may credit alone');
  expect(labels(screen).join()).not.toContain('Yes, it is the same');
  const [action] = await desk.stage.db.read.select().from(adminActions);
  const data = `desk:orders:same_sure:${order.id}.${action?.id}.${(SUM - GIVEN).toString(36)}.0`;
  expect(await stage.forge(data, OWNER.id)).not.toContain('Done');
  expect((await topups.get(order.id))?.state).toBe('review');
  expect(await balance(ALI.id)).toBe(GIVEN);
  // The whole, with whoever else has to agree, and then less what was given.
  await stage.tap('Credit it', OWNER.id);
  await stage.tap('Confirm', OWNER.id);
  expect(await balance(ALI.id)).toBe(GIVEN);
  await deliver(stage, SECOND_OWNER.id, 'owner_second');
  await stage.tap('I agree', SECOND_OWNER.id);
  expect(await balance(ALI.id)).toBe(SUM + GIVEN);
  expect(await findings()).toEqual([]);
});

it('a large sum in many small pieces is a large sum here, too', async () => {
  const desk = await startPayments({
    owners: [OWNER.id, SECOND_OWNER.id],
    dualControlAboveTiyin: 6_000_000,
  });
  const { stage, balance, findings } = desk;
  const order = await desk.open(ALI.id);
  await stage.say(`/credit ${ALI.id} 30000 for № ${order.id}`, OWNER.id);
  await stage.tap('Confirm', OWNER.id);
  await heard(desk, order);
  await stage.say(`/order ${order.id}`, OWNER.id);
  await stage.tap('It is the same money', OWNER.id);
  await stage.tap('Yes, it is the same', OWNER.id);
  expect(await balance(ALI.id)).toBe(SUM);
  await stage.say(`/credit ${ALI.id} 15000 a gift`, OWNER.id);
  await stage.tap('Confirm', OWNER.id);
  // It waits for a second person.
  expect(await balance(ALI.id)).toBe(SUM);
  expect(await findings()).toEqual([]);
});

it('whoever credits by hand reads which order of the person may yet be confirmed', async () => {
  const desk = await startPayments();
  const { stage } = desk;
  const order = await desk.open(ALI.id);
  const warning = `№ ${order.id} of this person`;
  expect(await foundFor(desk, ALI.id)).toContain(warning);
  expect((await stage.say(`/credit ${ALI.id} 50000 a cheque`, OWNER.id)).text).toContain(warning);
  expect((await stage.say(`/credit ${ALI.id} 50001 a gift`, OWNER.id)).text).not.toContain('⚠️');
  expect((await stage.say(`/credit ${VALI.id} 50000 a gift`, OWNER.id)).text).not.toContain('⚠️');
});

it('or which order the reason names, though another sum is given', async () => {
  const desk = await startPayments();
  const order = await desk.open(ALI.id);
  const asked = await desk.stage.say(
    `/credit ${ALI.id} 5000 sorry for № ${order.id.toLowerCase()}, truly`,
    OWNER.id,
  );
  expect(asked.text).toContain(`№ ${order.id} of this person`);
  const wrong = await desk.stage.say(`/credit ${VALI.id} 50000 № ${order.id}`, OWNER.id);
  expect(wrong.text).toMatch(new RegExp(`№ ${order.id} .* is another person`));
});

it('or that the sum is another person’s alone', async () => {
  const desk = await startPayments();
  const { stage, payfer } = desk;
  payfer.onCreate = (request) => accepted(request, { amountTiyin: SUM + 3700 });
  const order = await desk.open(VALI.id);
  const theirs = `is the sum of № ${order.id}`;
  const asked = await stage.say(`/credit ${ALI.id} 50037 he has paid`, OWNER.id);
  expect(asked.text).toContain(theirs);
  expect(asked.text).toContain('that is another person');
  expect(await foundFor(desk, ALI.id, '50 037')).toContain(theirs);
  const common = await stage.say(`/credit ${ALI.id} 50000 a gift`, OWNER.id);
  expect(common.text).not.toContain(order.id);
});

it('a credit to the wrong person is told when the order is confirmed, and put right', async () => {
  const desk = await startPayments();
  const { stage, payfer, balance, findings } = desk;
  payfer.onCreate = (request) => accepted(request, { amountTiyin: SUM + 3700 });
  const order = await desk.open(VALI.id);
  await stage.say(`/credit ${ALI.id} 50037 he has paid`, OWNER.id);
  await stage.tap('Confirm', OWNER.id);
  await heard(desk, order);
  expect([await balance(ALI.id), await balance(VALI.id)]).toEqual([SUM + 3700, 0]);
  await deliver(stage, OWNER.id, 'owner_review');
  expect(stage.last(OWNER.id).text).toMatch(/50.037.* was credited to Ali.* by hand at .*Owner/);
  await stage.say(`/debit ${ALI.id} 50037 the wrong person`, OWNER.id);
  await stage.tap('Confirm', OWNER.id);
  const shown = await stage.say(`/order ${order.id}`, OWNER.id);
  expect(labels(shown).join()).not.toContain('same money');
  await stage.tap('Credit it', OWNER.id);
  await stage.tap('Confirm', OWNER.id);
  expect([await balance(ALI.id), await balance(VALI.id)]).toEqual([0, SUM + 3700]);
  expect(await findings()).toEqual([]);
});

it('or which was paid with it already', async () => {
  const desk = await startPayments();
  const { stage } = desk;
  const order = await desk.open(ALI.id);
  await heard(desk, order);
  expect(await writtenDown(stage, '50 000')).toContain(`came for № ${order.id} at`);
  await stage.tap('Somebody else', OWNER.id);
  const asked = await stage.say(String(ALI.id), OWNER.id);
  expect(asked.text).toContain(`came for № ${order.id} at`);
});

it('a question that could not say so yet does nothing any more', async () => {
  const desk = await startPayments();
  const { stage, payfer, balance, findings } = desk;
  payfer.onCreate = (request) => accepted(request, { amountTiyin: SUM + 3700 });
  const order = await desk.open(VALI.id);
  expect(await foundFor(desk, ALI.id, '50 037')).not.toContain(`came for № ${order.id}`);
  await heard(desk, order);
  await stage.tap('Confirm', OWNER.id);
  expect([await balance(ALI.id), await balance(VALI.id)]).toEqual([0, SUM + 3700]);
  expect(await foundFor(desk, ALI.id, '50 037')).toContain(`came for № ${order.id} at`);
  expect(await findings()).toEqual([]);
});

it('two owners who found one line of the panel are told so, and of what the person was given lately', async () => {
  const desk = await startPayments({ owners: [OWNER.id, SECOND_OWNER.id] });
  const { stage, balance } = desk;
  await stage.meet(SECOND_OWNER.id);
  await byHand(desk);
  await stage.say('/suspense', SECOND_OWNER.id);
  await stage.tap('Found at a provider', SECOND_OWNER.id);
  await stage.tap('Payfer', SECOND_OWNER.id);
  await stage.say('50 000', SECOND_OWNER.id);
  const written = await stage.say('a line of the cabinet', SECOND_OWNER.id);
  expect(written.text).toContain('was also written down by hand');
  await stage.tap('Somebody else', SECOND_OWNER.id);
  const { text } = await stage.say(String(ALI.id), SECOND_OWNER.id);
  expect(text).toContain('was also written down by hand');
  expect(text).toMatch(/50.000.* was credited to Ali.* by hand at/);
  const asked = await stage.say(`/credit ${ALI.id} 50000 he has paid`, SECOND_OWNER.id);
  expect(asked.text).toMatch(/50.000.* was credited to Ali.* by hand at/);
  expect(await balance(ALI.id)).toBe(SUM);
  const other = await stage.say(`/credit ${VALI.id} 50000 a gift`, SECOND_OWNER.id);
  expect(other.text).not.toContain('⚠️');
});

it('a second person reads it, too', async () => {
  const desk = await startPayments({
    owners: [OWNER.id, SECOND_OWNER.id],
    dualControlAboveTiyin: 1_000_000,
  });
  const { stage } = desk;
  await stage.meet(SECOND_OWNER.id);
  const order = await desk.open(ALI.id);
  await foundFor(desk, ALI.id);
  await stage.tap('Confirm', OWNER.id);
  await deliver(stage, SECOND_OWNER.id, 'owner_second');
  expect(stage.last(SECOND_OWNER.id).text).toContain(`№ ${order.id} of this person`);
});
