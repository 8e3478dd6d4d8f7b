/** Two orders of one sum and one card, as the staff and their people see them. */
import { expect, it } from 'vitest';
import { tickets } from '../../../db/tables.ts';
import { accepted } from '../../../topups/topup-stage.fixture.ts';
import type { Topup } from '../../../topups/topup.ts';
import { ALI, labels, OWNER, VALI } from '../../bot.fixture.ts';
import { deliver } from '../approvals/approvals.fixture.ts';
import { MINUTE, type PaymentsStage, SECOND_OWNER, startPayments } from './payments.fixture.ts';

const CARD = { key: '6478', number: '8600495473316478', holder: 'EXAMPLE' };
const PAID = { kind: 'paid' as const, paidTiyin: 5_000_000 };

/** Ali's order ended, and Vali has its sum now; the provider has reported neither. */
async function twins(owners?: number[]): Promise<PaymentsStage & { older: Topup; newer: Topup }> {
  const desk = await startPayments(owners ? { owners, dualControlAboveTiyin: 1_000_000 } : {});
  const { payfer, open, topups, stage } = desk;
  payfer.onCreate = (request) => accepted(request, { card: CARD });
  const older = await open(ALI.id);
  await topups.cancel(older.id, { userId: ALI.id });
  await stage.clock.advance(120 * MINUTE);
  const newer = await open(VALI.id);
  return { ...desk, older, newer };
}

/** The provider says this of one order, and the poller hears it. */
async function heard({ payfer, stage, topups }: PaymentsStage, order: Topup): Promise<void> {
  const before = payfer.onCheck;
  payfer.onCheck = (asked, priority) =>
    asked.providerOrder === order.providerOrder ? PAID : before(asked, priority);
  await stage.clock.advance(31 * MINUTE);
  await topups.tick();
}

it('the second report is told to owners with both orders side by side, and to its user without the other', async () => {
  const desk = await twins();
  const { stage, older, newer, balance, findings } = desk;
  await heard(desk, newer);
  await heard(desk, older);
  expect([await balance(ALI.id), await balance(VALI.id)]).toEqual([0, 5_000_000]);
  await deliver(stage, OWNER.id, 'owner_review');
  const { text } = stage.last(OWNER.id);
  expect(text).toContain('The same sum a second time');
  expect(text).toContain('The same sum on the same card.');
  for (const part of [older.id, newer.id, String(ALI.id), String(VALI.id), 'Opened', 'ended']) {
    expect(text).toContain(part);
  }
  await deliver(stage, ALI.id, 'topup_review');
  const told = stage.last(ALI.id).text;
  expect(told).toContain('reaches the right person');
  expect(told).not.toContain('expected');
  expect(told).not.toContain(newer.id);
  expect(await findings()).toEqual([]);
});

it('the order’s screen shows both, from either side, with a way to the other', async () => {
  const desk = await twins();
  const { stage, older, newer } = desk;
  await heard(desk, newer);
  await heard(desk, older);
  for (const [shown, other] of [
    [older, newer],
    [newer, older],
  ] as const) {
    const screen = await stage.say(`/order ${shown.id}`, OWNER.id);
    expect(screen.text).toContain('It may be one transfer');
    expect(screen.text).toContain(other.id);
    expect(labels(screen).join()).toContain(other.id);
  }
});

it('credits it when the owner found two transfers', async () => {
  const desk = await twins();
  const { stage, older, newer, balance, findings } = desk;
  await heard(desk, newer);
  await heard(desk, older);
  await stage.say(`/order ${older.id}`, OWNER.id);
  const { screen } = await stage.tap('Credit it', OWNER.id);
  expect(screen.text).toContain(`was credited to top-up № ${newer.id}`);
  await stage.tap('Confirm', OWNER.id);
  expect([await balance(ALI.id), await balance(VALI.id)]).toEqual([5_000_000, 5_000_000]);
  expect(await findings()).toEqual([]);
});

it('approving a screenshot says to whom the sum was credited, before it asks and when it asks', async () => {
  const desk = await twins();
  const { stage, older, newer } = desk;
  await heard(desk, newer);
  await stage.say(`/order ${older.id}`, OWNER.id);
  const warning = `The same sum on the same card was credited to top-up № ${newer.id}`;
  expect((await stage.tap('Approve as paid', OWNER.id)).screen.text).toContain(warning);
  expect((await stage.say('a screenshot', OWNER.id)).text).toContain(warning);
});

it('says nothing of the kind where no other order had the sum', async () => {
  const { stage, newer } = await twins();
  const screen = await stage.say(`/order ${newer.id}`, OWNER.id);
  expect(screen.text).not.toContain('same sum');
  expect((await stage.tap('Approve as paid', OWNER.id)).screen.text).not.toContain('same sum');
});

it('a question that could not say so yet does nothing any more', async () => {
  const desk = await twins();
  const { stage, older, newer, balance, findings } = desk;
  await stage.say(`/order ${older.id}`, OWNER.id);
  await stage.tap('Approve as paid', OWNER.id);
  const asked = await stage.say('a screenshot', OWNER.id);
  expect(asked.text).not.toContain('same sum');
  await heard(desk, newer);
  await stage.tap('Confirm', OWNER.id);
  expect([await balance(ALI.id), await balance(VALI.id)]).toEqual([0, 5_000_000]);
  expect(await findings()).toEqual([]);
});

it('the second person reads it, too', async () => {
  const desk = await twins([OWNER.id, SECOND_OWNER.id]);
  const { stage, older, newer } = desk;
  await stage.meet(SECOND_OWNER.id);
  await heard(desk, newer);
  await stage.say(`/order ${older.id}`, OWNER.id);
  await stage.tap('Approve as paid', OWNER.id);
  await stage.say('a screenshot', OWNER.id);
  await stage.tap('Confirm', OWNER.id);
  await deliver(stage, SECOND_OWNER.id, 'owner_second');
  expect(stage.last(SECOND_OWNER.id).text).toContain(`was credited to top-up № ${newer.id}`);
});

/** Ali asks about the order, whose money waits for a decision; the owner sees it beside the question. */
async function askedAbout({ stage }: PaymentsStage, order: Topup): Promise<void> {
  await stage.meet(ALI.id);
  await stage.db.tx((tx) =>
    tx.insert(tickets).values({
      id: 'TICKET',
      userId: order.userId,
      about: `topup:${order.id}`,
      state: 'open',
      createdAt: stage.clock.now(),
      waitingSince: stage.clock.now(),
    }),
  );
  await stage.say('/tickets', OWNER.id);
  await stage.tap(order.id, OWNER.id);
}

it('a question about it leads to the order’s own credit, with what there is to warn of', async () => {
  const desk = await twins();
  const { stage, older, newer, topups, balance, findings } = desk;
  await heard(desk, newer);
  await heard(desk, older);
  await askedAbout(desk, older);
  const { screen } = await stage.tap('✅ Ali', OWNER.id);
  expect(screen.text).toContain(`was credited to top-up № ${newer.id}`);
  await stage.tap('Confirm', OWNER.id);
  expect((await topups.get(older.id))?.state).toBe('paid');
  expect([await balance(ALI.id), await balance(VALI.id)]).toEqual([5_000_000, 5_000_000]);
  expect(await findings()).toEqual([]);
});

it('who gives its money to somebody else is warned, too', async () => {
  const desk = await twins();
  const { stage, older, newer } = desk;
  await heard(desk, newer);
  await heard(desk, older);
  await stage.say('/suspense', OWNER.id);
  await stage.tap(older.id, OWNER.id);
  await stage.tap('Somebody else', OWNER.id);
  const asked = await stage.say(String(VALI.id), OWNER.id);
  expect(asked.text).toContain(`was credited to top-up № ${newer.id}`);
});
