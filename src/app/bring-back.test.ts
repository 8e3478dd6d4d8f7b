import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { bringBillsBack } from '../bills/bring-back.ts';
import { bringReportsBack } from '../books/day-reports.ts';
import { bringKeptBack } from '../bot/kit/kept.ts';
import { bringInboxBack } from '../bot/inbox/bring-back.ts';
import type { BringBack } from '../core/clock/ahead.ts';
import type { Database, Tx } from '../db/database.ts';
import {
  adminActions,
  alarms,
  bills,
  conversationStates,
  duties,
  inbox,
  outbox,
  reports,
} from '../db/tables.ts';
import { raiseAlarm } from '../outbox/alarms.ts';
import { bringOutboxBack } from '../outbox/bring-back.ts';
import { bringRolesBack } from '../processes/store.ts';
import { bringQuestionsBack } from '../staff/bring-back.ts';
import { temporaryDatabase } from '../testing/database.ts';

const NOW = Date.UTC(2026, 0, 5, 7);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const FAR = NOW + 3 * DAY;

let db: Database;

beforeEach(() => {
  const temporary = temporaryDatabase();
  db = temporary.db;
  onTestFinished(() => temporary.remove());
});

async function back(
  owner: (tx: Tx, at: BringBack) => Promise<void>,
  { isSure = true } = {},
): Promise<void> {
  await db.tx((tx) => owner(tx, { now: NOW, isSure }));
}

const bill = (id: string, more: Partial<typeof bills.$inferInsert>) => ({
  id,
  userId: 1,
  confirmationId: id,
  serviceId: 's',
  serviceName: 's',
  account: {},
  amountTiyin: 1,
  source: 'balance' as const,
  transactionId: `t-${id}`,
  state: 'unknown' as const,
  createdAt: NOW,
  ...more,
});

test('messages wait for no time to come, and an alarm is told again in half an hour', async () => {
  const message = { chatId: 1, kind: 'adjustment', params: {}, createdAt: NOW } as const;
  const trouble = { kind: 'program_error', where: 'poll' } as const;
  await db.tx(async (tx) => {
    await tx.insert(outbox).values([
      { ...message, key: 'far', dueAt: FAR, leaseUntil: FAR },
      { ...message, key: 'soon', dueAt: NOW + 5 * MINUTE, leaseUntil: NOW + 30_000 },
      { ...message, key: 'sent', dueAt: FAR, state: 'sent' },
    ]);
    await raiseAlarm(tx, trouble, { at: FAR, recipients: [] });
  });
  await back(bringOutboxBack);
  const rows = await db.read.select().from(outbox).orderBy(outbox.id);
  expect(rows.map(({ dueAt, leaseUntil }) => [dueAt, leaseUntil])).toEqual([
    [NOW, 0],
    [NOW + 5 * MINUTE, NOW + 30_000],
    [FAR, 0],
  ]);
  expect(await db.read.select().from(alarms)).toMatchObject([{ toldAt: NOW, lastAt: NOW }]);
  await db.tx((tx) => raiseAlarm(tx, trouble, { at: NOW + 31 * MINUTE, recipients: [1] }));
  expect((await db.read.select().from(outbox)).length).toBe(4);
});

test('updates wait for no time to come', async () => {
  const update = { update: {}, receivedAt: NOW };
  await db.tx((tx) =>
    tx.insert(inbox).values([
      { ...update, updateId: 1, orderingKey: 1, dueAt: FAR, leaseUntil: FAR },
      { ...update, updateId: 2, orderingKey: 2, dueAt: NOW + 5000, leaseUntil: NOW + 15_000 },
    ]),
  );
  await back(bringInboxBack);
  const rows = await db.read.select().from(inbox).orderBy(inbox.updateId);
  expect(rows.map(({ dueAt, leaseUntil }) => [dueAt, leaseUntil])).toEqual([
    [NOW, 0],
    [NOW + 5000, NOW + 15_000],
  ]);
});

test('unclear bills are asked about now, and a step under way keeps its time', async () => {
  const lives = { dueAt: NOW + 2000, leaseUntil: NOW + MINUTE, unknownSince: NOW };
  await db.tx((tx) =>
    tx
      .insert(bills)
      .values([
        bill('far', { dueAt: FAR, leaseUntil: FAR, unknownSince: FAR }),
        bill('soon', lives),
        bill('paying', { state: 'paying', leaseUntil: FAR }),
        bill('code', { state: 'awaiting_code', source: 'card', cardId: 'c', dueAt: FAR }),
        bill('forgotten', { state: 'stuck', dueAt: null, unknownSince: NOW - DAY }),
        bill('over', { state: 'stuck', dueAt: null, unknownSince: NOW - 4 * DAY }),
        bill('paid', { state: 'paid', dueAt: null, endedAt: FAR }),
      ]),
  );
  await back(bringBillsBack);
  const rows = await db.read.select().from(bills);
  const shown = Object.fromEntries(
    rows.map((row) => [row.id, [row.dueAt, row.leaseUntil, row.unknownSince]]),
  );
  expect(shown).toEqual({
    far: [NOW, 0, NOW],
    soon: [lives.dueAt, lives.leaseUntil, lives.unknownSince],
    paying: [null, NOW + 3 * MINUTE, null],
    code: [NOW + 15 * MINUTE, 0, null],
    forgotten: [NOW, 0, NOW - DAY],
    over: [null, 0, NOW - 4 * DAY],
    paid: [null, 0, null],
  });
});

test('questions and dialogs last no longer than others', async () => {
  const action = { ownerId: 1, userId: 2, kind: 'credit', amountTiyin: 1, reason: 'r' } as const;
  await db.tx(async (tx) => {
    await tx.insert(adminActions).values([
      { ...action, id: 'asked', state: 'asked', createdAt: FAR },
      { ...action, id: 'pending', state: 'pending', createdAt: FAR, pendingAt: FAR },
      { ...action, id: 'done', state: 'done', createdAt: FAR, endedAt: FAR },
    ]);
    await tx.insert(conversationStates).values({ key: 'k', state: {}, updatedAt: FAR });
  });
  await back(bringQuestionsBack);
  await back(bringKeptBack);
  const rows = await db.read.select().from(adminActions);
  expect(Object.fromEntries(rows.map((row) => [row.id, [row.createdAt, row.pendingAt]]))).toEqual({
    asked: [NOW, null],
    pending: [NOW, NOW],
    done: [FAR, null],
  });
  expect(await db.read.select().from(conversationStates)).toMatchObject([{ updatedAt: NOW }]);
});

test('jobs run again, and days that have not been are reported when they were', async () => {
  const report = { kind: 'digest', data: {} } as const;
  await db.tx(async (tx) => {
    await tx.insert(duties).values([
      { name: 'job:far', slot: FAR },
      { name: 'job:done', slot: NOW - MINUTE },
    ]);
    await tx.insert(reports).values([
      { ...report, day: '2026-01-05', createdAt: NOW },
      { ...report, day: '2026-01-08', createdAt: FAR },
    ]);
  });
  await back(bringReportsBack, { isSure: false });
  expect((await db.read.select().from(reports)).length).toBe(2);
  await back(bringRolesBack);
  await back(bringReportsBack);
  const slots = (await db.read.select().from(duties)).map(({ name, slot }) => [name, slot]);
  expect(Object.fromEntries(slots)).toEqual({ 'job:far': NOW, 'job:done': NOW - MINUTE });
  expect(await db.read.select().from(reports)).toMatchObject([{ day: '2026-01-05' }]);
});
