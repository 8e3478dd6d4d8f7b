import { describe, expect, it, onTestFinished } from 'vitest';
import { realRandom } from '../core/deps.ts';
import { outbox, quotaUses, staffLog, ticketMessages, tickets } from '../db/tables.ts';
import { createMetrics } from '../core/metrics.ts';
import { raiseAlarm } from '../outbox/alarms.ts';
import { QUOTAS } from '../quotas/limits.ts';
import { createTestClock } from '../testing/clock.ts';
import { rerunningDatabase } from '../testing/database.ts';
import { createSupport } from './service.ts';
import { bringTicketsBack, pruneTickets } from './remind.ts';
import type { Support, Written } from './support.ts';

const ALI = 11;
const VALI = 12;
const OWNER = 900;
const OTHER_OWNER = 901;
const START = Date.UTC(2026, 10, 30, 9);
const MINUTE_MS = 60_000;

function startStage({ staffChats = [OWNER, OTHER_OWNER] } = {}) {
  const clock = createTestClock(START);
  const database = rerunningDatabase();
  const { db } = database;
  onTestFinished(() => database.remove());
  const metrics = createMetrics();
  const support = createSupport({
    db,
    clock,
    random: realRandom,
    quotas: QUOTAS,
    staffChats,
    answerWithinMs: 60 * MINUTE_MS,
    alarm: (tx, alarm, at) => raiseAlarm(tx, alarm, { at, recipients: staffChats }),
    notifyOutbox: () => undefined,
    log: { info: () => undefined },
    metrics,
  });
  let messages = 0;
  const from = (chatId: number, text = 'Where is it?'): Written => {
    messages += 1;
    return { chatId, messageId: messages, kind: 'text', text };
  };
  const told = async () =>
    (await db.read.select().from(outbox)).map(({ kind, chatId }) => `${kind} ${chatId}`);
  const asks = async (userId = ALI, id = 'T1') =>
    await askedOf(support, { userId, id, written: from(userId) });
  return { clock, db, support, metrics, from, told, asks };
}

async function askedOf(
  support: Support,
  { userId, id, written }: { userId: number; id: string; written: Written },
) {
  const outcome = await support.write({ about: { kind: 'topup', id } }, { userId, written });
  if (outcome.kind !== 'written') throw new Error(outcome.kind);
  return outcome.ticket;
}

describe('a ticket', () => {
  it('is opened by a question, told to each of the staff, and takes what is written next', async () => {
    const { support, from, told, db } = startStage();
    const about = { kind: 'topup', id: 'T1' } as const;
    const first = await support.write({ about }, { userId: ALI, written: from(ALI) });
    const second = await support.write({ about }, { userId: ALI, written: from(ALI) });
    expect([first, second]).toMatchObject([
      { isNew: true, ticket: { state: 'open', about: 'topup:T1', waitingSince: START } },
      { isNew: false },
    ]);
    expect(await db.read.select().from(tickets)).toHaveLength(1);
    expect(await told()).toEqual([
      `ticket_question ${OWNER}`,
      `ticket_question ${OTHER_OWNER}`,
      `ticket_question ${OWNER}`,
      `ticket_question ${OTHER_OWNER}`,
    ]);
  });

  it('takes a message once, however often it is handled, and at once', async () => {
    const { support, from, db } = startStage();
    const written = from(ALI);
    const write = () => support.write({ about: null }, { userId: ALI, written });
    const outcomes = await Promise.all([write(), write(), write()]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['written', 'written', 'written']);
    expect(await db.read.select().from(ticketMessages)).toHaveLength(1);
    expect(await db.read.select().from(outbox)).toHaveLength(2);
    expect(await db.read.select().from(quotaUses)).toHaveLength(2);
  });

  it('is one for each payment of a person, also when two messages come at once', async () => {
    const { support, from, db } = startStage();
    const about = { kind: 'bill', id: 'B1' } as const;
    await Promise.all([
      support.write({ about }, { userId: ALI, written: from(ALI) }),
      support.write({ about }, { userId: ALI, written: from(ALI) }),
      support.write({ about }, { userId: VALI, written: from(VALI) }),
    ]);
    const rows = await db.read.select().from(tickets);
    expect(rows.map(({ userId }) => userId).toSorted((a, b) => a - b)).toEqual([ALI, VALI]);
  });

  it('is answered by two at once: each is sent, the first counts, and each hears of the other', async () => {
    const { support, from, told, asks, clock, db, metrics } = startStage();
    const { id } = await asks();
    await clock.advance(5 * MINUTE_MS);
    const [one, other] = await Promise.all([
      support.answer(id, { staffId: OWNER, written: from(OWNER, 'It is here') }),
      support.answer(id, { staffId: OTHER_OWNER, written: from(OTHER_OWNER, 'Found it') }),
    ]);
    expect([one, other].map((each) => each.kind === 'answered' && each.before?.text)).toEqual(
      expect.arrayContaining([undefined, expect.stringMatching(/It is here|Found it/)]),
    );
    expect((await told()).slice(2).toSorted()).toEqual([
      `ticket_answer ${ALI}`,
      `ticket_answer ${ALI}`,
      `ticket_answered ${OWNER}`,
      `ticket_answered ${OTHER_OWNER}`,
    ]);
    expect(await support.get(id)).toMatchObject({
      state: 'answered',
      answeredAt: START + 5 * MINUTE_MS,
      waitingSince: null,
    });
    expect(await db.read.select().from(staffLog)).toHaveLength(2);
    const text = await metrics.registry.metrics();
    expect(text).toContain('tolov_ticket_first_answer_seconds_count 1');
    expect(text).toContain('tolov_ticket_first_answer_seconds_sum 300');
    expect(text).toContain('tolov_tickets_total{outcome="opened"} 1');
  });

  it('sends an answer once, however often it is handled', async () => {
    const { support, from, asks, db } = startStage();
    const { id } = await asks();
    const written = from(OWNER);
    await support.answer(id, { staffId: OWNER, written });
    await support.answer(id, { staffId: OWNER, written });
    const rows = await db.read.select().from(outbox);
    expect(rows.filter(({ kind }) => kind === 'ticket_answer')).toHaveLength(1);
  });

  it('is refused with a reason and over at once: killed in between or tapped again, it is said once', async () => {
    const { support, from, asks, told, db } = startStage();
    const { id } = await asks();
    const refused = async (by = OWNER) =>
      await support.refuse(id, { staffId: by, written: from(by, 'Not yours') });
    const outcomes = await Promise.all([refused(), refused(OTHER_OWNER), refused()]);
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual([
      'closed',
      'was_closed',
      'was_closed',
    ]);
    expect((await told()).filter((each) => each.endsWith(` ${ALI}`))).toEqual([
      `ticket_answer ${ALI}`,
      `ticket_closed ${ALI}`,
    ]);
    const [row] = await db.read.select().from(tickets);
    expect(row?.state).toBe('closed');
    expect((await support.refuse('NONE', { staffId: OWNER, written: from(OWNER) })).kind).toBe(
      'not_found',
    );
  });

  it('waits since the first question that was not answered', async () => {
    const { support, from, asks, clock } = startStage();
    const { id } = await asks();
    await clock.advance(MINUTE_MS);
    await asks();
    expect((await support.get(id))?.waitingSince).toBe(START);
    await support.answer(id, { staffId: OWNER, written: from(OWNER) });
    await clock.advance(MINUTE_MS);
    await support.write({ ticketId: id }, { userId: ALI, written: from(ALI) });
    expect(await support.get(id)).toMatchObject({
      state: 'open',
      waitingSince: START + 2 * MINUTE_MS,
      answeredAt: START + MINUTE_MS,
    });
  });

  it('is closed once; whoever writes into it opens it again', async () => {
    const { support, from, asks, told } = startStage();
    const { id } = await asks();
    const by = { personId: OWNER, byStaff: true };
    expect((await support.close(id, by)).kind).toBe('closed');
    expect((await support.close(id, by)).kind).toBe('was_closed');
    expect((await told()).filter((each) => each === `ticket_closed ${ALI}`)).toHaveLength(1);
    await support.write({ ticketId: id }, { userId: ALI, written: from(ALI) });
    expect(await support.get(id)).toMatchObject({ state: 'open', closedAt: null, closedBy: null });
  });

  it('stays closed where there is a newer one about the same payment, which takes what is written', async () => {
    const { support, from, asks } = startStage();
    const { id: old } = await asks();
    await support.close(old, { personId: ALI, byStaff: false });
    const { id: newer } = await asks();
    expect(newer).not.toBe(old);
    await support.write({ ticketId: old }, { userId: ALI, written: from(ALI) });
    await support.answer(old, { staffId: OWNER, written: from(OWNER) });
    expect((await support.get(old))?.state).toBe('closed');
    expect(await support.messages(newer, 10)).toHaveLength(2);
  });

  it('is nobody else’s', async () => {
    const { support, from, asks } = startStage();
    const { id } = await asks();
    const outcome = await support.write({ ticketId: id }, { userId: VALI, written: from(VALI) });
    expect(outcome).toEqual({ kind: 'not_found' });
    expect(await support.ofUser(id, VALI)).toBeNull();
    const answer = await support.answer('NONE', { staffId: OWNER, written: from(OWNER) });
    expect(answer).toEqual({ kind: 'not_found' });
    expect((await support.close('NONE', { personId: 1, byStaff: true })).kind).toBe('not_found');
  });
});

describe('one person', () => {
  it('opens so many tickets, and writes so much; what was refused is nowhere', async () => {
    const { support, from, db } = startStage();
    const ask = (id: string) =>
      support.write({ about: { kind: 'topup', id } }, { userId: ALI, written: from(ALI) });
    for (const id of ['T1', 'T2', 'T3', 'T4', 'T5']) expect((await ask(id)).kind).toBe('written');
    expect(await ask('T6')).toMatchObject({ kind: 'quota_spent', action: 'open_ticket' });
    for (let i = 0; i < 25; i += 1) expect((await ask('T1')).kind).toBe('written');
    expect(await ask('T1')).toMatchObject({ kind: 'quota_spent', action: 'write_ticket' });
    expect(await db.read.select().from(ticketMessages)).toHaveLength(30);
  });
});

describe('the staff', () => {
  it('is reminded once of who waits longer than was promised', async () => {
    const { support, asks, clock, db, from } = startStage();
    const { id } = await asks();
    const reminders = async () => {
      await support.remind();
      const rows = await db.read.select().from(outbox);
      return rows.filter(({ kind, chatId }) => kind === 'owner_alarm' && chatId === OWNER).length;
    };
    await clock.advance(59 * MINUTE_MS);
    expect(await reminders()).toBe(0);
    await clock.advance(2 * MINUTE_MS);
    expect(await reminders()).toBe(1);
    await clock.advance(300 * MINUTE_MS);
    expect(await reminders()).toBe(1);
    await support.answer(id, { staffId: OWNER, written: from(OWNER) });
    await support.write({ ticketId: id }, { userId: ALI, written: from(ALI) });
    await clock.advance(61 * MINUTE_MS);
    expect(await reminders()).toBe(2);
  });

  it('sees who waits longest first, and how long the first answer takes', async () => {
    const { support, asks, clock, from } = startStage();
    expect(await support.figures()).toMatchObject({ waiting: 0, medianMs: null });
    const answered: string[] = [];
    for (const [user, minutes] of [
      [1, 10],
      [2, 30],
      [3, 90],
    ] as const) {
      const { id } = await asks(user);
      await clock.advance(minutes * MINUTE_MS);
      await support.answer(id, { staffId: OWNER, written: from(OWNER) });
      answered.push(id);
    }
    const { id: first } = await asks(4);
    await clock.advance(MINUTE_MS);
    const { id: second } = await asks(5);
    expect(await support.figures()).toEqual({
      waiting: 2,
      waitingSince: clock.now() - MINUTE_MS,
      answered: 3,
      medianMs: 30 * MINUTE_MS,
      inTime: 2,
    });
    const open = await support.open({ offset: 0, limit: 10 });
    expect(open.map(({ id }) => id)).toEqual([first, second, ...answered.toReversed()]);
  });

  it('hears in a group what a colleague answered elsewhere, and not what was answered there', async () => {
    const { support, from, told, asks } = startStage({ staffChats: [-100] });
    const { id } = await asks();
    await support.answer(id, { staffId: OWNER, written: from(-100) });
    expect(await told()).toEqual(['ticket_question -100', `ticket_answer ${ALI}`]);
    await support.answer(id, { staffId: OWNER, written: from(OWNER) });
    expect((await told()).slice(2)).toEqual([`ticket_answer ${ALI}`, 'ticket_answered -100']);
  });
});

describe('as time passes', () => {
  it('closed tickets are forgotten after a year, with what was written; open ones never', async () => {
    const { support, asks, db, clock } = startStage();
    const { id: closed } = await asks(ALI, 'T1');
    const { id: open } = await asks(ALI, 'T2');
    await support.close(closed, { personId: ALI, byStaff: false });
    await pruneTickets(db, clock.now() + 364 * 86_400_000);
    expect(await support.get(closed)).not.toBeNull();
    await pruneTickets(db, clock.now() + 366 * 86_400_000);
    expect(await support.get(closed)).toBeNull();
    expect(await support.messages(closed, 5)).toEqual([]);
    expect(await support.messages(open, 5)).toHaveLength(1);
  });

  it('nobody has waited since a time that is still to come', async () => {
    const { support, asks, db } = startStage();
    const { id } = await asks();
    const now = START - 3_600_000;
    await db.tx((tx) => bringTicketsBack(tx, { now, isSure: true }));
    expect((await support.get(id))?.waitingSince).toBe(now);
  });
});
