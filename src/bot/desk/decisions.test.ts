import { describe, expect, it } from 'vitest';
import { adminActions, entries, outbox } from '../../db/tables.ts';
import { audit } from '../../ledger/audit.ts';
import { userBalance } from '../../ledger/ledger.ts';
import type { OutboxKind, OutboxParams } from '../../outbox/messages.ts';
import { getUser } from '../../users/users.ts';
import { ALI, type BotStage, OWNER, startBotStage, VALI } from '../bot.fixture.ts';
import { createDecisions, type Decision, type Decisions, type Performer } from './decisions.ts';
import { createStaff, type StaffOptions } from './staff.ts';

const SECOND = { id: 901, firstName: 'Second', languageCode: 'en' };
const OPERATOR = { id: 910, firstName: 'Operator', languageCode: 'en' };
const HOUR_MS = 3_600_000;

/** Two owners, and a limit of 100 000 so'm. */
async function twoOwners(staff: Partial<StaffOptions> = {}): Promise<BotStage> {
  const stage = await startBotStage({
    adminIds: [OWNER.id, SECOND.id],
    staff: { dualControlAboveTiyin: 10_000_000, operatorIds: [OPERATOR.id], ...staff },
  });
  for (const person of [SECOND, OPERATOR]) stage.telegram.user(person);
  for (const { id } of [ALI, OWNER, SECOND]) await stage.meet(id);
  return stage;
}

async function available(stage: BotStage, userId = ALI.id): Promise<number> {
  return (await userBalance(stage.db.read, userId)).availableTiyin;
}

/** What waits in the outbox for a chat. */
async function waiting(stage: BotStage, chatId: number): Promise<string[]> {
  const rows = await stage.db.read.select().from(outbox);
  return rows.filter((row) => row.chatId === chatId).map(({ kind }) => kind);
}

/** Sends what waits for a chat, as the outbox would; a message again only when `kind` names it. */
async function deliver(stage: BotStage, chatId: number, kind: OutboxKind): Promise<void> {
  const rows = await stage.db.read.select().from(outbox);
  const row = rows.findLast((each) => each.chatId === chatId && each.kind === kind);
  if (!row) throw new Error(`no ${kind} waits for ${chatId}`);
  const params = row.params as unknown as OutboxParams[typeof kind];
  const rendered = await stage.bot.render(kind, params, { chatId, language: 'en' });
  if (rendered?.method !== 'send') throw new Error(`${kind} has nothing to say`);
  await stage.bot.bot.api.sendMessage(chatId, rendered.text, {
    parse_mode: 'HTML',
    ...(rendered.keyboard ? { reply_markup: rendered.keyboard } : {}),
  });
}

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

describe('what a part of the desk performs', () => {
  it('is limited for operators: above their limit an owner has to agree', async () => {
    const stage = await twoOwners({ operatorLimitTiyin: 5_000_000 });
    const done: string[] = [];
    const decisions = decisionsOf(stage, {
      perform: async (_tx, row) => {
        done.push(row.id);
        return 'done';
      },
    });
    const request = { kind: 'approve', askerId: OPERATOR.id, userId: ALI.id, reason: 'x' } as const;
    await decisions.ask({ ...request, id: 'small', amountTiyin: 5_000_000 });
    expect((await decisions.confirm('small', OPERATOR.id)).kind).toBe('done');
    await decisions.ask({ ...request, id: 'large', userId: VALI.id, amountTiyin: 5_000_001 });
    expect((await decisions.confirm('large', OPERATOR.id)).kind).toBe('pending');
    expect((await decisions.agree('large', OPERATOR.id)).kind).toBe('old');
    expect((await decisions.agree('large', OWNER.id)).kind).toBe('done');
    const own = { ...request, id: 'own', userId: OPERATOR.id, amountTiyin: 1 };
    await decisions.ask(own);
    expect((await decisions.confirm('own', OPERATOR.id)).kind).toBe('pending');
    expect(done).toEqual(['small', 'large']);
    const credit = { ...request, id: 'credit', kind: 'credit', amountTiyin: 1 } as const;
    expect((await decisions.ask(credit)).kind).toBe('forbidden');
    const viewers = { ...request, id: 'viewer', askerId: VALI.id, amountTiyin: 1 };
    expect((await decisions.ask(viewers)).kind).toBe('forbidden');
  });

  it('that was overtaken ends the request and changes nothing', async () => {
    const stage = await twoOwners();
    const decisions = decisionsOf(stage, { perform: async () => 'overtaken' });
    await decisions.ask(approval({ amountTiyin: 1 }));
    expect((await decisions.confirm('a', OWNER.id)).kind).toBe('overtaken');
    expect((await decisions.get('a'))?.state).toBe('dropped');
    await decisions.ask({ ...approval({ amountTiyin: 20_000_000 }), id: 'b' });
    await decisions.confirm('b', OWNER.id);
    expect((await decisions.agree('b', SECOND.id)).kind).toBe('overtaken');
    expect(await waiting(stage, OWNER.id)).toEqual(['decision_over']);
  });

  it('and fails leaves everything as it was', async () => {
    const stage = await twoOwners();
    const decisions = decisionsOf(stage, {
      perform: async () => {
        throw new Error('a bug');
      },
    });
    await decisions.ask(approval({ amountTiyin: 1 }));
    await expect(decisions.confirm('a', OWNER.id)).rejects.toThrow('a bug');
    expect((await decisions.get('a'))?.state).toBe('asked');
  });

  it('after the transaction runs again when a crash came between', async () => {
    const stage = await twoOwners();
    let runs = 0;
    const after = async (row: Decision): Promise<'done'> => {
      runs += 1;
      expect(row.state).toBe('done');
      if (runs === 1) throw new Error('killed');
      return 'done';
    };
    const decisions = decisionsOf(stage, { after });
    await decisions.ask(approval({ amountTiyin: 20_000_000 }));
    await decisions.confirm('a', OWNER.id);
    await expect(decisions.agree('a', SECOND.id)).rejects.toThrow('killed');
    expect((await decisions.agree('a', SECOND.id)).kind).toBe('over');
    expect(runs).toBe(2);
  });

  it('asked again under the same id is the same question', async () => {
    const stage = await twoOwners();
    const decisions = decisionsOf(stage, { perform: async () => 'done' });
    await decisions.ask(approval({ amountTiyin: 1 }));
    await decisions.confirm('a', OWNER.id);
    const again = await decisions.ask(approval({ amountTiyin: 2 }));
    expect(again).toMatchObject({ kind: 'asked', row: { state: 'done', amountTiyin: 1 } });
  });

  it('has one performer, and a kind without any throws', async () => {
    const stage = await twoOwners();
    const decisions = decisionsOf(stage, {});
    expect(() => decisions.register({ approve: {} })).toThrow('has a performer');
    await decisions.ask({ ...approval({ amountTiyin: 1 }), kind: 'bill_refund' });
    await expect(decisions.confirm('a', OWNER.id)).rejects.toThrow('nothing performs');
  });
});

function approval({ amountTiyin }: { amountTiyin: number }) {
  const kind = 'approve' as const;
  return {
    id: 'a',
    kind,
    askerId: OWNER.id,
    userId: ALI.id,
    subject: 'T1',
    amountTiyin,
    reason: 'x',
  };
}

/** On the stage's tables, with one performer of ours. */
function decisionsOf({ db, clock, options }: BotStage, performer: Performer): Decisions {
  const staff = createStaff({
    operatorIds: [],
    viewerIds: [],
    operatorLimitTiyin: 0,
    dualControlAboveTiyin: null,
    ...options.staff,
    ownerIds: options.adminIds,
  });
  const decisions = createDecisions({
    db,
    clock,
    staff,
    alarm: async () => undefined,
    notifyOutbox: () => undefined,
  });
  decisions.register({ approve: performer });
  return decisions;
}

it('nobody is stored by being named', async () => {
  const stage = await twoOwners();
  expect((await stage.say('/credit 4242 1000 x', OWNER.id)).text).toContain('no such user');
  expect(await getUser(stage.db.read, 4242)).toBeNull();
});
