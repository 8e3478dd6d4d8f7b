import { describe, expect, it } from 'vitest';
import { adminActions, entries } from '../../../db/tables.ts';
import { audit } from '../../../ledger/audit.ts';
import { getUser, seenUser } from '../../../users/users.ts';
import { ALI, OWNER, startBotStage, VALI } from '../../bot.fixture.ts';
import { available, deliver, OPERATOR, SECOND, twoOwners, waiting } from './approvals.fixture.ts';
import { HOUR_MS } from '../../../core/calendar.ts';

describe('a large sum', () => {
  it('waits for another owner, who sees who, what, why, before and after', async () => {
    const stage = await twoOwners();
    const question = await stage.say(`/credit ${ALI.id} 200 000 for <patience>`, OWNER.id);
    expect(question.text).toContain('Another owner has to agree');
    const { screen } = await stage.tap('Confirm', OWNER.id);
    expect(screen.text).toContain('Waits for another owner');
    expect(await available(stage)).toBe(0);
    expect(await waiting(stage, SECOND.id)).toEqual(['owner_second']);
    expect(await waiting(stage, OWNER.id)).toEqual([]);
    expect(await waiting(stage, ALI.id)).toEqual([]);

    await deliver(stage, SECOND.id, 'owner_second');
    const asked = stage.last(SECOND.id);
    expect(asked.text).toContain('Asked by: Owner');
    expect(asked.html).toContain('for &lt;patience&gt;');
    expect(asked.text).toContain("0\u00a0so'm → 200\u00a0000\u00a0so'm");
    expect((await stage.tap('I agree', SECOND.id)).screen.text).toContain('Agreed: Second');
    expect(await available(stage)).toBe(20_000_000);
    const [row] = await stage.db.read.select().from(adminActions);
    expect(row).toMatchObject({ ownerId: OWNER.id, secondId: SECOND.id, state: 'done' });
    const [entry] = await stage.db.read.select().from(entries);
    expect(entry).toMatchObject({
      actor: `user:${OWNER.id}`,
      reason: `for <patience> (agreed by user:${SECOND.id})`,
    });
    expect(await waiting(stage, ALI.id)).toEqual(['adjustment']);
    await deliver(stage, OWNER.id, 'decision_over');
    expect(stage.last(OWNER.id).text).toContain('Agreed: Second');
    expect((await audit(stage.db.read)).clean).toBe(true);
  });

  it('is done once, by however many taps', async () => {
    const third = { id: 902, firstName: 'Third', languageCode: 'en' };
    const stage = await startBotStage({
      adminIds: [OWNER.id, SECOND.id, third.id],
      staff: { dualControlAboveTiyin: 10_000_000 },
    });
    for (const person of [SECOND, third]) stage.telegram.user(person);
    for (const { id } of [ALI, OWNER, SECOND, third]) await stage.meet(id);
    await stage.say(`/credit ${ALI.id} 200000 x`, OWNER.id);
    await stage.tap('Confirm', OWNER.id);
    for (const { id } of [SECOND, third]) await deliver(stage, id, 'owner_second');
    const agree = stage.find('I agree', third.id).data;
    const taps = [SECOND, third, SECOND].map(({ id }) => {
      const { message, data } = stage.find('I agree', id);
      return stage.telegram.tap(id, message.messageId, { data });
    });
    await stage.pump();
    const toasts = await Promise.all(taps.map(async ({ answer }) => (await answer).text ?? ''));
    expect(toasts.filter((toast) => toast.includes('decided before'))).toHaveLength(2);
    expect(await available(stage)).toBe(20_000_000);
    for (const { id } of [SECOND, third]) {
      expect(await stage.forge(agree, id)).toContain('decided before');
    }
    expect(await available(stage)).toBe(20_000_000);
  });

  it('is never agreed to by who asked, an operator, a viewer or a stranger', async () => {
    const stage = await twoOwners({ viewerIds: [VALI.id] });
    await stage.meet(OPERATOR.id);
    await stage.meet(VALI.id);
    await stage.say(`/credit ${ALI.id} 200000 x`, OWNER.id);
    await stage.tap('Confirm', OWNER.id);
    await deliver(stage, SECOND.id, 'owner_second');
    for (const label of ['I agree', 'Refuse']) {
      const { data } = stage.find(label, SECOND.id);
      for (const { id } of [OWNER, OPERATOR, VALI, ALI]) {
        expect(await stage.forge(data, id)).toContain('out of date');
      }
    }
    expect(await available(stage)).toBe(0);
    expect(await waiting(stage, ALI.id)).toEqual([]);
  });

  it('is refused by the other owner, withdrawn by who asked, or expires', async () => {
    const stage = await twoOwners();
    const ask = async (): Promise<void> => {
      await stage.say(`/credit ${ALI.id} 200000 x`, OWNER.id);
      await stage.tap('Confirm', OWNER.id);
    };
    await ask();
    await deliver(stage, SECOND.id, 'owner_second');
    expect((await stage.tap('Refuse', SECOND.id)).screen.text).toContain('Refused: Second');
    await deliver(stage, OWNER.id, 'decision_over');
    expect(stage.last(OWNER.id).text).toContain('nothing has changed');

    await ask();
    await stage.say('/admin', OWNER.id);
    await stage.tap('Waiting for a second person', OWNER.id);
    await stage.tap('➕ 200', OWNER.id);
    expect((await stage.tap('Withdraw', OWNER.id)).screen.text).toContain('Called off');

    await ask();
    await deliver(stage, SECOND.id, 'owner_second');
    const { data } = stage.find('I agree', SECOND.id);
    await stage.clock.advance(24 * HOUR_MS);
    await stage.bot.tick();
    await deliver(stage, OWNER.id, 'decision_over');
    expect(stage.last(OWNER.id).text).toContain('Nobody answered in time');
    expect(await stage.forge(data, SECOND.id)).toContain('decided before');
    expect(await available(stage)).toBe(0);
  });

  it('is not agreed to after its time, also before the job came by', async () => {
    const stage = await twoOwners();
    await stage.say(`/credit ${ALI.id} 200000 x`, OWNER.id);
    await stage.tap('Confirm', OWNER.id);
    await deliver(stage, SECOND.id, 'owner_second');
    await stage.clock.advance(24 * HOUR_MS);
    expect((await stage.tap('I agree', SECOND.id)).screen.text).toContain(
      'Nobody answered in time',
    );
    expect(await available(stage)).toBe(0);
  });

  it('in pieces is a large sum', async () => {
    const stage = await twoOwners();
    for (const state of ['Done', 'Done', 'Waits for another owner']) {
      await stage.say(`/credit ${ALI.id} 40000 piece`, OWNER.id);
      expect((await stage.tap('Confirm', OWNER.id)).screen.text).toContain(state);
    }
    await stage.say(`/credit ${VALI.id} 40000 x`, OWNER.id);
    expect(await available(stage)).toBe(8_000_000);
    await stage.clock.advance(25 * HOUR_MS);
    await stage.say(`/credit ${ALI.id} 40000 piece`, OWNER.id);
    expect((await stage.tap('Confirm', OWNER.id)).screen.text).toContain('Done');
  });

  it('for many people is a large sum as well, and the second owner sees how much it was', async () => {
    const stage = await twoOwners();
    for (let id = 1; id <= 11; id += 1) {
      await seenUser(stage.db, { id, first_name: `Friend ${id}` }, stage.clock.now());
      await stage.say(`/credit ${id} 100000 a gift`, OWNER.id);
      const { screen } = await stage.tap('Confirm', OWNER.id);
      expect(screen.text).toContain(id <= 10 ? 'Done' : 'Waits for another owner');
    }
    const [, ...paid] = await Promise.all([0, 1, 10, 11].map((id) => available(stage, id)));
    expect(paid).toEqual([10_000_000, 10_000_000, 0]);
    await deliver(stage, SECOND.id, 'owner_second');
    expect(stage.last(SECOND.id).text.replaceAll('\u00a0', ' ')).toContain(
      "Decided by them alone within 24 hours: 1 000 000 so'm, for 10 people",
    );
    // What a second one agreed to is nothing that was done alone; each of them has a limit of their own.
    await stage.tap('I agree', SECOND.id);
    await stage.say(`/credit 1 1000 x`, OWNER.id);
    expect((await stage.tap('Confirm', OWNER.id)).screen.text).toContain('Waits for another');
    await stage.say(`/credit 2 100000 x`, SECOND.id);
    expect((await stage.tap('Confirm', SECOND.id)).screen.text).toContain('Done');
    await stage.clock.advance(25 * HOUR_MS);
    await stage.say(`/credit 3 100000 x`, OWNER.id);
    expect((await stage.tap('Confirm', OWNER.id)).screen.text).toContain('Done');
  });

  it('can be debited only while it is there; then the request goes on waiting', async () => {
    const stage = await twoOwners();
    await stage.say(`/credit ${ALI.id} 100000 x`, OWNER.id);
    await stage.tap('Confirm', OWNER.id);
    await stage.say(`/credit ${ALI.id} 100000 y`, SECOND.id);
    await stage.tap('Confirm', SECOND.id);
    await stage.say(`/debit ${ALI.id} 150000 too much`, OWNER.id);
    await stage.tap('Confirm', OWNER.id);
    await stage.say(`/debit ${ALI.id} 100000 meanwhile`, SECOND.id);
    await stage.tap('Confirm', SECOND.id);
    await deliver(stage, SECOND.id, 'owner_second');
    expect((await stage.tap('I agree', SECOND.id)).toast).toContain('not enough');
    expect(await available(stage)).toBe(10_000_000);
    await stage.say(`/credit ${ALI.id} 100000 z`, SECOND.id);
    await stage.tap('I agree', SECOND.id);
    expect(await available(stage)).toBe(10_000_000);
  });

  it('is refused where there is no second owner, with the setting to change', async () => {
    const stage = await startBotStage({ staff: { dualControlAboveTiyin: 10_000_000 } });
    await stage.meet();
    await stage.meet(OWNER.id);
    const answer = await stage.say(`/credit ${ALI.id} 200000 x`, OWNER.id);
    expect(answer.text).toContain('ADMIN_DUAL_CONTROL_ABOVE');
    expect(await stage.db.read.select().from(adminActions)).toEqual([]);
    await stage.say(`/credit ${ALI.id} 100000 x`, OWNER.id);
    expect((await stage.tap('Confirm', OWNER.id)).screen.text).toContain('Done');
  });
});

describe("one's own account", () => {
  it('needs the other owner, whatever the sum, and alarms every owner each time', async () => {
    const stage = await twoOwners();
    for (const times of [1, 2]) {
      const question = await stage.say(`/credit ${OWNER.id} 1000 mine`, OWNER.id);
      expect(question.text).toContain('your own account');
      await stage.tap('Confirm', OWNER.id);
      const kinds = await waiting(stage, SECOND.id);
      expect(kinds.filter((kind) => kind === 'owner_alarm')).toHaveLength(times);
    }
    expect(await available(stage, OWNER.id)).toBe(0);
    await deliver(stage, SECOND.id, 'owner_alarm');
    expect(stage.last(SECOND.id).text).toContain("one's own balance");
    await deliver(stage, SECOND.id, 'owner_second');
    await stage.tap('I agree', SECOND.id);
    expect(await available(stage, OWNER.id)).toBe(100_000);
  });

  it('of the second person alarms as well', async () => {
    const stage = await twoOwners();
    await stage.say(`/credit ${SECOND.id} 200000 x`, OWNER.id);
    await stage.tap('Confirm', OWNER.id);
    expect(await waiting(stage, OWNER.id)).toEqual([]);
    await deliver(stage, SECOND.id, 'owner_second');
    await stage.tap('I agree', SECOND.id);
    expect(await waiting(stage, OWNER.id)).toEqual(['owner_alarm', 'decision_over']);
  });

  it('of an owner alone is credited, with an alarm', async () => {
    const stage = await startBotStage();
    await stage.meet(OWNER.id);
    await stage.say(`/credit ${OWNER.id} 1000 mine`, OWNER.id);
    await stage.tap('Confirm', OWNER.id);
    expect(await available(stage, OWNER.id)).toBe(100_000);
    expect(await waiting(stage, OWNER.id)).toEqual(['owner_alarm', 'adjustment']);
  });
});

it('nobody is stored by being named', async () => {
  const stage = await twoOwners();
  expect((await stage.say('/credit 4242 1000 x', OWNER.id)).text).toContain('no such user');
  expect(await getUser(stage.db.read, 4242)).toBeNull();
});
