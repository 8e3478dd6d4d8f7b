import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Database } from '../db/database.ts';
import { alarms, outbox } from '../db/tables.ts';
import { temporaryDatabase } from '../testing/database.ts';
import { alarmKey, pruneAlarms, raiseAlarm, tellHeldAlarms } from './alarms.ts';
import type { AlarmParams } from './kinds.ts';

const AT = 1_700_000_000_000;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const WRONG_KEYS: AlarmParams = {
  kind: 'provider_problem',
  provider: 'inpay',
  problem: 'wrong_keys',
};

const WORD: AlarmParams & { kind: 'unknown_word' } = {
  kind: 'unknown_word',
  provider: 'inpay',
  topupId: 'A',
  word: 'frozen',
  soundsPaid: false,
};
const UNREADABLE: AlarmParams = { kind: 'unreadable_payment', provider: 'inpay', topupId: 'A' };

let db: Database;

beforeEach(() => {
  const temporary = temporaryDatabase();
  db = temporary.db;
  onTestFinished(() => temporary.remove());
});

async function raise(alarm: AlarmParams, at: number, recipients: number[] = [1]): Promise<void> {
  await db.tx((tx) => raiseAlarm(tx, alarm, { at, recipients }));
}

async function told(): Promise<{ chatId: number; times: unknown; at: number }[]> {
  const rows = await db.read.select().from(outbox).orderBy(outbox.id);
  return rows.map((row) => ({ chatId: row.chatId, times: row.params['times'], at: row.dueAt }));
}

test('the first time tells every owner at once', async () => {
  await raise(WRONG_KEYS, AT, [1, 2]);
  expect(await told()).toEqual([
    { chatId: 1, times: 1, at: AT },
    { chatId: 2, times: 1, at: AT },
  ]);
});

test('for half an hour the same trouble is counted in silence, then told with the count', async () => {
  await raise(WRONG_KEYS, AT);
  await raise(WRONG_KEYS, AT + MINUTE);
  await raise({ ...WRONG_KEYS, detail: 'another text' }, AT + 30 * MINUTE - 1);
  expect(await told()).toHaveLength(1);
  await raise(WRONG_KEYS, AT + 30 * MINUTE);
  expect(await told()).toEqual([
    { chatId: 1, times: 1, at: AT },
    { chatId: 1, times: 3, at: AT + 30 * MINUTE },
  ]);
  await raise(WRONG_KEYS, AT + 31 * MINUTE);
  await raise(WRONG_KEYS, AT + 60 * MINUTE);
  expect((await told()).at(-1)).toEqual({ chatId: 1, times: 2, at: AT + 60 * MINUTE });
});

test('each code of Paylov is a trouble of its own', async () => {
  await raise({ kind: 'paylov_problem', problem: 'merchant_not_available' }, AT);
  await raise({ kind: 'paylov_problem', problem: 'wrong_keys' }, AT);
  await raise({ kind: 'paylov_problem', problem: 'wrong_keys' }, AT + MINUTE);
  expect(await told()).toHaveLength(2);
});

const NOT_COMPARED = {
  kind: 'bills_not_compared',
  day: '2026-01-05',
  problem: 'timeout',
  nextAt: AT,
} as const;

test.each([UNREADABLE, WORD, NOT_COMPARED])(
  'what is told once is not told again: $kind',
  async (alarm) => {
    for (let hour = 0; hour < 9 * 24; hour += 1) await raise(alarm, AT + hour * 60 * MINUTE);
    expect(await told()).toEqual([{ chatId: 1, times: 1, at: AT }]);
  },
);

test('a word is one trouble, whichever order has it and in whatever letters', async () => {
  await raise(WORD, AT);
  await raise({ ...WORD, word: 'FROZEN', topupId: 'B' }, AT + MINUTE);
  expect(await told()).toHaveLength(1);
  const paid = { ...WORD, word: 'Completed', soundsPaid: true };
  await raise(paid, AT + MINUTE);
  await raise({ ...paid, topupId: 'B' }, AT + MINUTE);
  expect(await told()).toHaveLength(3);
});

test('what is told once and was held back in a storm is told in full when it comes again', async () => {
  for (let n = 0; n < 20; n += 1) await raise(anyTrouble(n), AT);
  await raise(UNREADABLE, AT);
  await raise(UNREADABLE, AT + MINUTE);
  expect(await told()).toHaveLength(20);
  const later = AT + 10 * MINUTE;
  await db.tx((tx) => tellHeldAlarms(tx, { at: later, recipients: [1] }));
  await raise(UNREADABLE, later + MINUTE);
  await raise(UNREADABLE, later + 60 * MINUTE);
  const [summary, full, ...more] = (await db.read.select().from(outbox).orderBy(outbox.id)).slice(
    20,
  );
  expect(summary?.params['alarm']).toMatchObject({ kind: 'many_alarms', count: 1 });
  expect(full?.params).toMatchObject({ alarm: UNREADABLE, times: 1 });
  expect(more).toEqual([]);
});

test('at once from several sides is one message', async () => {
  await Promise.all(Array.from({ length: 20 }, () => raise(WRONG_KEYS, AT)));
  expect(await told()).toHaveLength(1);
  expect(await db.read.select().from(alarms)).toMatchObject([{ silent: 19 }]);
});

test('a transaction that fails tells nobody and counts nothing', async () => {
  const failing = db.tx(async (tx) => {
    await raiseAlarm(tx, WRONG_KEYS, { at: AT, recipients: [1] });
    throw new Error('undone');
  });
  await expect(failing).rejects.toThrow('undone');
  await raise(WRONG_KEYS, AT + 1);
  expect(await told()).toEqual([{ chatId: 1, times: 1, at: AT + 1 }]);
});

test('different troubles have different keys', () => {
  const keys: AlarmParams[] = [
    WRONG_KEYS,
    { ...WRONG_KEYS, provider: 'payfer' },
    { ...WRONG_KEYS, problem: 'timeout' },
    { kind: 'unreadable_payment', provider: 'inpay', topupId: 'A' },
    { kind: 'unreadable_payment', provider: 'inpay', topupId: 'B' },
    { ...WORD, word: 'frozen' },
    { ...WORD, word: 'held' },
    { ...WORD, provider: 'payfer' },
    { ...WORD, word: 'done', soundsPaid: true },
    { ...WORD, word: 'done', soundsPaid: true, topupId: 'B' },
    { kind: 'paid_unopened', provider: 'inpay', topupId: 'A' },
    { kind: 'paid_unopened', provider: 'inpay', topupId: 'B' },
    { kind: 'books_broken', findings: ['x'] },
    { kind: 'books_broken', findings: ['y'] },
    { kind: 'bills_differ', findings: ['x'] },
    { kind: 'bills_differ', findings: ['y'] },
    // Paused again after somebody resumed it.
    { kind: 'bills_paused', problem: 'insufficient_funds', pausedAt: AT },
    { kind: 'bills_paused', problem: 'insufficient_funds', pausedAt: AT + 1 },
    { kind: 'paylov_problem', problem: 'wrong_keys' },
    { kind: 'paylov_problem', problem: 'ip_not_allowed' },
    { kind: 'bills_not_compared', day: '2026-01-05', problem: 'timeout', nextAt: 1 },
    { kind: 'bills_not_compared', day: '2026-01-06', problem: 'timeout', nextAt: 1 },
    { kind: 'bills_unserved', bills: 1, heldTiyin: 5 },
    { kind: 'bills_unserved', bills: 2, heldTiyin: 5 },
    { kind: 'program_error', where: 'poll' },
    { kind: 'program_error', where: 'sweep' },
    { kind: 'backup_failed', trouble: 'disk_full' },
    { kind: 'backup_failed', trouble: 'not_sent' },
  ];
  expect(new Set(keys.map(alarmKey)).size).toBe(keys.length);
});

test('long texts are cut, and only a few findings are told', async () => {
  const long = '🙂'.repeat(1000);
  await raise({ ...WRONG_KEYS, detail: long }, AT);
  await raise({ kind: 'books_broken', findings: Array(50).fill(long) }, AT);
  await raise({ kind: 'program_error', where: long }, AT);
  const rows = await db.read.select().from(outbox).orderBy(outbox.id);
  const [problem, books, program] = rows.map((row) => row.params['alarm'] as AlarmParams);
  const cut = `${'🙂'.repeat(149)}…`;
  expect(problem).toMatchObject({ detail: cut });
  expect(books).toEqual({ kind: 'books_broken', findings: Array(10).fill(cut) });
  expect(program).toMatchObject({ where: cut });
});

test('a text of the full length stays whole', async () => {
  await raise({ ...WRONG_KEYS, detail: 'x'.repeat(300) }, AT);
  const [row] = await db.read.select().from(outbox);
  expect(row?.params['alarm']).toMatchObject({ detail: 'x'.repeat(300) });
});

test('troubles long over are forgotten', async () => {
  await raise(WRONG_KEYS, AT);
  await raise({ kind: 'program_error', where: 'poll' }, AT + DAY);
  await pruneAlarms(db, AT + 30 * DAY + 1);
  expect(await db.read.select().from(alarms)).toMatchObject([{ key: 'program_error:poll' }]);
});

const anyTrouble = (number: number): AlarmParams => ({
  kind: 'program_error',
  where: `job ${number}`,
});

async function tellHeld(at: number, recipients: number[] = [1]): Promise<boolean> {
  return await db.tx((tx) => tellHeldAlarms(tx, { at, recipients }));
}

async function alarmsTold(): Promise<AlarmParams[]> {
  const rows = await db.read.select().from(outbox).orderBy(outbox.id);
  return rows.map((row) => row.params['alarm'] as AlarmParams);
}

test('a storm of different troubles is twenty messages, then one for all the others', async () => {
  for (let each = 1; each <= 300; each += 1) await raise(anyTrouble(each), AT + each);
  expect(await alarmsTold()).toHaveLength(20);
  expect(await tellHeld(AT + 10 * MINUTE)).toBe(true);
  expect(await alarmsTold()).toHaveLength(21);
  expect((await alarmsTold()).at(-1)).toEqual({
    kind: 'many_alarms',
    count: 280,
    subjects: Array.from({ length: 10 }, (_, index) => `program_error:job ${300 - index}`),
  });
  expect(await tellHeld(AT + 20 * MINUTE)).toBe(false);
});

test('however long a storm lasts, an hour of it is a bounded number of messages', async () => {
  for (let minute = 0; minute < 60; minute += 1) {
    const storm = Array.from({ length: 10 }, (_, each) =>
      raise(anyTrouble(minute * 10 + each), AT + minute * MINUTE + each),
    );
    await Promise.all(storm);
    if (minute % 10 === 9) await tellHeld(AT + minute * MINUTE + 100);
  }
  expect((await alarmsTold()).length).toBeLessThanOrEqual(6 * 21);
});

test('what was held back is told by itself once the storm is over, with its count', async () => {
  for (let each = 1; each <= 20; each += 1) await raise(anyTrouble(each), AT);
  await raise(WRONG_KEYS, AT + 1);
  await raise(WRONG_KEYS, AT + 2);
  expect(await alarmsTold()).toHaveLength(20);
  await raise(WRONG_KEYS, AT + 11 * MINUTE);
  expect((await told()).at(-1)).toEqual({ chatId: 1, times: 3, at: AT + 11 * MINUTE });
  expect(await tellHeld(AT + 12 * MINUTE)).toBe(false);
});

test('without a storm nothing is held back', async () => {
  for (let each = 0; each < 100; each += 1) await raise(anyTrouble(each), AT + each * MINUTE);
  expect(await alarmsTold()).toHaveLength(100);
  expect(await tellHeld(AT + 100 * MINUTE)).toBe(false);
});
