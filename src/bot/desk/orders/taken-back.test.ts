/** Payments taken back after they were settled: heard once, decided once, by one person or by two. */
import { describe, expect, it } from 'vitest';
import { adminActions, outbox, staffLog, topups } from '../../../db/tables.ts';
import { providerClearing } from '../../../ledger/accounts.ts';
import { figuresOf, movementsOf } from '../../../ledger/figures.ts';
import { tashkentPeriod } from '../../../core/calendar.ts';
import { balanceOf } from '../../../ledger/ledger.ts';
import { alarmKey } from '../../../outbox/alarms.ts';
import type { CheckOutcome } from '../../../topups/provider.ts';
import { ALI, labels, OWNER } from '../../bot.fixture.ts';
import { deliver } from '../approvals/approvals.fixture.ts';
import {
  MINUTE,
  OPERATOR,
  SECOND_OWNER,
  startPayments,
  tapTwice,
} from '../kit/payments.fixture.ts';
import {
  alarmsOf,
  cancelled,
  credited,
  hearAgain,
  notes,
  paid,
  sendAlarm,
  spend,
  SUM,
} from './taken-back.fixture.ts';

describe('a payment taken back after the credit', () => {
  it('is heard by a report, told once with what is left, and changes no balance', async () => {
    const { world, order } = await credited();
    await spend(world, 2_000_000);
    await hearAgain(world, order.id, cancelled);
    await world.stage.clock.advance(MINUTE);
    await hearAgain(world, order.id, cancelled);
    await world.topups.tick();
    const alarm = { kind: 'taken_back', provider: 'payfer', topupId: order.id, userId: ALI.id };
    expect(alarmsOf(world)).toEqual([
      {
        ...alarm,
        goneTiyin: SUM,
        leftTiyin: SUM - 2_000_000,
        debitedTiyin: 0,
        credited: true,
        notedAt: expect.any(Number),
      },
    ]);
    expect(await notes(world, order.id)).toEqual([
      `taken back: ${SUM} tiyin, it is called cancelled`,
    ]);
    expect(await world.topups.get(order.id)).toMatchObject({ state: 'paid', paidTiyin: SUM });
    expect(await world.balance(ALI.id)).toBe(SUM - 2_000_000);
    expect(await world.findings()).toEqual([]);
  });

  it('is heard by the first report of a settled order, and by the button', async () => {
    const { world, order } = await credited();
    world.payfer.onCheck = () => paid(4_000_000);
    await world.stage.clock.advance(MINUTE);
    await world.stage.say(`/order ${order.id}`, OWNER.id);
    const { screen } = await world.stage.tap('Check now', OWNER.id);
    expect(screen.text).toContain("Taken back at the payment system: 10\u00a0000\u00a0so'm");
    expect(alarmsOf(world)).toMatchObject([{ goneTiyin: 1_000_000 }]);
    expect(labels(screen).join()).toContain('Debit it');
  });

  it('that falls further is told again, with all that is gone', async () => {
    const { world, order } = await credited();
    await hearAgain(world, order.id, paid(4_000_000));
    await world.stage.clock.advance(MINUTE);
    await hearAgain(world, order.id, paid(1_000_000));
    expect(alarmsOf(world)).toMatchObject([{ goneTiyin: 1_000_000 }, { goneTiyin: 4_000_000 }]);
  });

  it('is debited by one tap and its confirmation, once; the user hears why', async () => {
    const { world, order } = await credited();
    const { stage, balance, findings } = world;
    await hearAgain(world, order.id, cancelled);
    await stage.say(`/order ${order.id}`, OWNER.id);
    const { screen } = await stage.tap('Debit it', OWNER.id);
    expect(screen.text).toContain("50\u00a0000\u00a0so'm → 0\u00a0so'm");
    await tapTwice(stage, 'Confirm', [OWNER.id, OWNER.id]);
    expect(await balance(ALI.id)).toBe(0);
    expect(await balanceOf(stage.db.read, providerClearing('payfer'))).toBe(0);
    expect(await findings()).toEqual([]);
    await deliver(stage, ALI.id, 'topup_taken_back');
    expect(stage.last(ALI.id).text).toContain(order.id);

    await stage.say(`/order ${order.id}`, OWNER.id);
    expect(stage.last(OWNER.id).text).toContain("Debited of it: 50\u00a0000\u00a0so'm");
    expect(labels(stage.last(OWNER.id)).join()).not.toContain('Debit it');
    expect(await stage.forge(`desk:orders:back_debit:${order.id}`, OWNER.id)).toContain('before');
    await stage.clock.advance(MINUTE);
    await hearAgain(world, order.id, cancelled);
    expect(alarmsOf(world)).toHaveLength(1);
    expect(await notes(world, order.id)).toContain(`debited: ${SUM} tiyin`);
  });

  it('is debited as far as the balance goes, and the rest later', async () => {
    const { world, order } = await credited();
    const { stage, balance, findings, open, hear } = world;
    await spend(world, 3_000_000);
    await hearAgain(world, order.id, cancelled);
    await stage.say(`/order ${order.id}`, OWNER.id);
    const { toast } = await stage.tap('Debit it', OWNER.id);
    expect(toast).toContain(
      "20\u00a0000\u00a0so'm can be debited now, 30\u00a0000\u00a0so'm will be missing",
    );
    await stage.tap('Confirm', OWNER.id);
    expect(await balance(ALI.id)).toBe(0);
    expect(await notes(world, order.id)).toContain(
      'debited: 2000000 tiyin, 3000000 tiyin are missing',
    );
    await stage.say(`/order ${order.id}`, OWNER.id);
    expect((await stage.tap('Debit it', OWNER.id)).toast).toContain('nothing on the balance');

    await open(ALI.id);
    await hear(paid());
    await stage.tap('Debit it', OWNER.id);
    await stage.tap('Confirm', OWNER.id);
    expect(await balance(ALI.id)).toBe(SUM - 3_000_000);
    expect(await findings()).toEqual([]);
    expect((await world.topups.get(order.id))!.takenBackEnd).toBe('debited');
  });

  it('never takes more than there is, when the user spends while it is being confirmed', async () => {
    const { world, order } = await credited();
    await hearAgain(world, order.id, cancelled);
    await world.stage.say(`/order ${order.id}`, OWNER.id);
    await world.stage.tap('Debit it', OWNER.id);
    await spend(world, 1_000_000);
    await world.stage.tap('Confirm', OWNER.id);
    expect(await world.balance(ALI.id)).toBe(SUM - 1_000_000);
    expect(await world.findings()).toEqual([]);
  });

  it('of a large sum is debited by two owners, and by an operator not at all', async () => {
    const { world, order } = await credited({
      owners: [OWNER.id, SECOND_OWNER.id],
      dualControlAboveTiyin: 1_000_000,
      operatorIds: [OPERATOR.id],
    });
    const { stage, balance, findings } = world;
    for (const { id } of [SECOND_OWNER, OPERATOR]) await stage.meet(id);
    await hearAgain(world, order.id, cancelled);
    await stage.say(`/order ${order.id}`, OPERATOR.id);
    expect(labels(stage.last(OPERATOR.id)).join()).not.toMatch(/Debit it|Leave it/);
    const forged = `desk:orders:back_debit:${order.id}`;
    expect(await stage.forge(forged, OPERATOR.id)).toContain('out of date');
    await stage.say(`/order ${order.id}`, OWNER.id);
    await stage.tap('Debit it', OWNER.id);
    await stage.tap('Confirm', OWNER.id);
    expect(await balance(ALI.id)).toBe(SUM);
    await deliver(stage, SECOND_OWNER.id, 'owner_second');
    await stage.tap('I agree', SECOND_OWNER.id);
    expect(await balance(ALI.id)).toBe(0);
    expect(await findings()).toEqual([]);
  });

  it('is proved by the audit: order, entry and request tell the same sum', async () => {
    const { world, order } = await credited();
    const { stage, findings } = world;
    await hearAgain(world, order.id, cancelled);
    await stage.say(`/order ${order.id}`, OWNER.id);
    await stage.tap('Debit it', OWNER.id);
    await stage.tap('Confirm', OWNER.id);
    expect(await findings()).toEqual([]);
    // One payment came in, and is gone.
    const today = tashkentPeriod(stage.clock.now());
    expect(await figuresOf(stage.db.read, today)).toMatchObject({
      inByProvider: { payfer: { tiyin: 0, count: 1 } },
      creditedTiyin: SUM,
    });
    expect(await movementsOf(stage.db.read, today)).toContainEqual(
      expect.objectContaining({
        kind: 'topup_taken_back',
        account: 'users:available',
        amountTiyin: -SUM,
      }),
    );
    const say = (takenBackTiyin: number) =>
      stage.db.tx((tx) => tx.update(topups).set({ takenBackTiyin }));
    await say(SUM - 1);
    expect(await findings()).toEqual([
      `order ${order.id} does not say that ${SUM} tiyin of it were debited`,
    ]);
    await say(SUM);
    await stage.db.tx(async (tx) => {
      const ended = {
        state: 'done',
        createdAt: 1,
        endedAt: 1,
        ownerId: OWNER.id,
        reason: 'x',
      } as const;
      const request = {
        kind: 'taken_back',
        userId: ALI.id,
        subject: order.id,
        amountTiyin: 5,
      } as const;
      await tx.insert(adminActions).values({ id: 'more', ...request, ...ended });
    });
    expect(await findings()).toEqual([
      `${SUM} tiyin of order ${order.id} were debited, ${SUM + 5} asked for`,
    ]);
  });

  it('is left with the user by one tap and a question, once', async () => {
    const { world, order } = await credited();
    const { stage, balance } = world;
    await hearAgain(world, order.id, cancelled);
    await stage.say(`/order ${order.id}`, OWNER.id);
    await stage.tap('Leave it', OWNER.id);
    const answers = await tapTwice(stage, 'Yes, leave it', [OWNER.id, OWNER.id]);
    expect(answers[1]).toContain('before');
    expect(await balance(ALI.id)).toBe(SUM);
    expect(stage.last(OWNER.id).text).toContain('decided to leave it');
    expect(await stage.db.read.select().from(staffLog)).toMatchObject([{ action: 'back_left' }]);
    expect(await stage.forge(`desk:orders:back_debit:${order.id}`, OWNER.id)).toContain('before');
  });

  it('and paid again before an approval is over: owners hear that, and no button debits', async () => {
    const { world, order } = await credited();
    const { stage } = world;
    await hearAgain(world, order.id, cancelled);
    await stage.say(`/order ${order.id}`, OWNER.id);
    await stage.tap('Debit it', OWNER.id);
    await stage.clock.advance(MINUTE);
    await hearAgain(world, order.id, paid());
    expect(alarmsOf(world, 'taken_back_over')).toMatchObject([{ debitedTiyin: 0 }]);
    await stage.tap('Confirm', OWNER.id);
    expect(await world.balance(ALI.id)).toBe(SUM);
    expect(await world.topups.get(order.id)).toMatchObject({ takenBackAt: null });
    expect(await world.findings()).toEqual([]);
    await stage.clock.advance(MINUTE);
    await hearAgain(world, order.id, cancelled);
    expect(alarmsOf(world)).toHaveLength(2);
  });

  it('and paid again after it was debited is told once, and given back by nobody', async () => {
    const { world, order } = await credited();
    await hearAgain(world, order.id, cancelled);
    await world.stage.say(`/order ${order.id}`, OWNER.id);
    await world.stage.tap('Debit it', OWNER.id);
    await world.stage.tap('Confirm', OWNER.id);
    for (const n of [1, 2]) {
      await world.stage.clock.advance(n * MINUTE);
      await hearAgain(world, order.id, paid());
    }
    expect(alarmsOf(world, 'taken_back_over')).toMatchObject([{ debitedTiyin: SUM }]);
    expect(await world.balance(ALI.id)).toBe(0);
    expect(await world.findings()).toEqual([]);
  });

  it('and taken back again after that is told again, each time, however soon', async () => {
    const { world, order } = await credited();
    await hearAgain(world, order.id, cancelled);
    await world.stage.say(`/order ${order.id}`, OWNER.id);
    await world.stage.tap('Debit it', OWNER.id);
    await world.stage.tap('Confirm', OWNER.id);
    for (const outcome of [paid(), cancelled, cancelled, paid(), paid(), cancelled]) {
      await world.stage.clock.advance(MINUTE);
      await hearAgain(world, order.id, outcome);
    }
    expect(alarmsOf(world)).toHaveLength(3);
    expect(alarmsOf(world, 'taken_back_over')).toHaveLength(2);
    const keys = world.alarms.map((alarm) => alarmKey(alarm));
    expect(new Set(keys).size).toBe(5);
    expect(await world.findings()).toEqual([]);
  });

  it('and what was debited before is said instead of asked about, and no button is dead', async () => {
    const { world, order } = await credited();
    const { stage } = world;
    await hearAgain(world, order.id, cancelled);
    await stage.say(`/order ${order.id}`, OWNER.id);
    await stage.tap('Debit it', OWNER.id);
    await stage.tap('Confirm', OWNER.id);
    for (const outcome of [paid(), cancelled]) {
      await stage.clock.advance(MINUTE);
      await hearAgain(world, order.id, outcome);
    }
    const alarm = world.alarms.at(-1)!;
    expect(alarm).toMatchObject({ kind: 'taken_back', debitedTiyin: SUM });
    await sendAlarm(world, alarm);
    const { text } = stage.last(OWNER.id);
    expect(text).toContain("50\u00a0000\u00a0so'm of it was debited before");
    expect(text).not.toContain('Nothing was debited');
    expect(labels(stage.last(OWNER.id))).toEqual(['🔎 Details']);
    const { screen } = await stage.tap('Details', OWNER.id);
    expect(screen.text).toContain("Debited of it: 50\u00a0000\u00a0so'm");
  });

  it('is no news where an owner vouched for it against the provider', async () => {
    const world = await startPayments();
    const order = await world.open(ALI.id);
    await world.stage.say(`/order ${order.id}`, OWNER.id);
    await world.stage.tap('Approve as paid', OWNER.id);
    await world.stage.say('seen on the statement', OWNER.id);
    await world.stage.tap('Confirm', OWNER.id);
    await hearAgain(world, order.id, { kind: 'closed', as: 'expired' });
    expect(alarmsOf(world)).toEqual([]);
    expect(await world.balance(ALI.id)).toBe(SUM);
  });
});

describe('a payment an owner vouched for', () => {
  const unreadable: CheckOutcome = { kind: 'problem', code: 'unreadable_payment' };
  async function vouchedFor(before?: CheckOutcome) {
    const world = await startPayments();
    const order = await world.open(ALI.id);
    if (before) await world.hear(before);
    await world.stage.say(`/order ${order.id}`, OWNER.id);
    await world.stage.tap('Approve as paid', OWNER.id);
    await world.stage.say('seen on the statement', OWNER.id);
    await world.stage.tap('Confirm', OWNER.id);
    return { world, order };
  }

  it('is taken back like any other once its provider called it paid, in whatever words', async () => {
    const { world, order } = await vouchedFor(unreadable);
    await hearAgain(world, order.id, cancelled);
    expect(alarmsOf(world)).toMatchObject([{ goneTiyin: SUM, credited: true }]);
    for (const afterwards of [paid(), unreadable]) {
      const { world: later, order: vouched } = await vouchedFor();
      await hearAgain(later, vouched.id, afterwards);
      expect(alarmsOf(later)).toEqual([]);
      await later.stage.clock.advance(MINUTE);
      await hearAgain(later, vouched.id, cancelled);
      expect(alarmsOf(later)).toMatchObject([{ goneTiyin: SUM, credited: true }]);
    }
  });

  it('of which its provider counts less is told, though it never called it paid before', async () => {
    const { world, order } = await vouchedFor();
    await hearAgain(world, order.id, paid(2_000_000));
    expect(alarmsOf(world)).toMatchObject([{ goneTiyin: SUM - 2_000_000, credited: true }]);
  });
});

describe('the alarm', () => {
  it('has the order, the user, the sum, what is left, and both ways on', async () => {
    const { world, order } = await credited();
    const { stage } = world;
    await hearAgain(world, order.id, cancelled);
    const [alarm] = alarmsOf(world);
    await stage.db.tx(async (tx) => {
      const params = { alarm: alarm!, times: 1 };
      const at = stage.clock.now();
      await tx.insert(outbox).values({
        key: 'alarm',
        chatId: OWNER.id,
        kind: 'owner_alarm',
        params,
        dueAt: at,
        createdAt: at,
      });
    });
    await deliver(stage, OWNER.id, 'owner_alarm');
    const { text } = stage.last(OWNER.id);
    for (const fact of [order.id, String(ALI.id), "50\u00a0000\u00a0so'm", 'Payfer']) {
      expect(text).toContain(fact);
    }
    await stage.tap('Leave it', OWNER.id);
    await stage.tap('Back', OWNER.id);
    await stage.tap('Debit it', OWNER.id);
    await stage.tap('Confirm', OWNER.id);
    expect(await world.balance(ALI.id)).toBe(0);
  });
});
