import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { outbox, users } from '../db/tables.ts';
import { enqueue } from '../outbox/messages.ts';
import { REFUSALS_IN_A_ROW, SLOTS } from './delivery.ts';
import { ENTITIES, refusal, SENT, setStage, STAFF, TEXT } from './broadcast-stage.fixture.ts';
import { stopBroadcast } from './store.ts';

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

test('everybody gets it once and as it is, at ten a second, and the staff hear of it', async () => {
  const stage = await setStage(35);
  await stage.begin();
  stage.program().start();
  const row = await stage.over();
  expect(row).toMatchObject({ state: 'done', sent: 35, blocked: 0, failed: 0, cursor: 35 });
  expect(row.ahead).toEqual([]);
  expect(stage.sentTo().toSorted((a, b) => a - b)).toEqual(upTo(35));
  const sends = stage.calls.filter(({ method }) => method === 'sendMessage');
  for (const { body } of sends) {
    expect(body).toMatchObject({ text: TEXT, entities: ENTITIES });
    expect(Object.keys(body).toSorted()).toEqual(['chat_id', 'entities', 'text']);
  }
  for (const { at } of sends) {
    expect(sends.filter((other) => other.at >= at && other.at < at + 1000).length).toBeLessThan(11);
  }
  expect(await stage.reports()).toEqual([`${STAFF} broadcast_over`]);
});

test('the progress is shown every five seconds and at the end', async () => {
  const stage = await setStage(120);
  await stage.begin();
  stage.program().start();
  await stage.over();
  await stage.clock.advance(100);
  const edits = stage.calls.filter(({ method }) => method === 'editMessageText');
  expect(edits.length).toBeGreaterThan(2);
  expect(edits.at(-1)?.body).toMatchObject({ chat_id: STAFF, text: 'done 120' });
  for (const [index, edit] of edits.slice(1, -1).entries()) {
    expect(edit.at - (edits[index]?.at ?? 0)).toBeGreaterThanOrEqual(5000);
  }
});

test('who blocked the bot is counted apart and left alone; who is gone failed', async () => {
  const stage = await setStage(6);
  const gone = { 3: 'Forbidden: user is deactivated', 4: "bot can't initiate conversation" };
  stage.answer = ({ chatId }) => {
    if (chatId === 2) return refusal(403, 'Forbidden: bot was blocked by the user');
    if (chatId === 5) return refusal(400, 'Bad Request: chat not found');
    return chatId === 3 || chatId === 4 ? refusal(403, gone[chatId]) : SENT;
  };
  await stage.begin();
  stage.program().start();
  expect(await stage.over()).toMatchObject({ state: 'done', sent: 2, blocked: 1, failed: 3 });
  const rows = await stage.file.db.read.select().from(users);
  expect(rows.filter((row) => row.unreachableAt !== null).map((row) => row.id)).toEqual([
    2, 3, 4, 5,
  ]);
});

test('when Telegram wants us to wait, nobody gets anything until then, and nobody is lost', async () => {
  const stage = await setStage(30);
  let refusedAt = 0;
  stage.answer = ({ chatId }) => {
    if (chatId !== 10 || refusedAt > 0) return SENT;
    refusedAt = stage.clock.now();
    return refusal(429, 'Too Many Requests', 30);
  };
  await stage.begin();
  stage.program().start();
  expect(await stage.over()).toMatchObject({ state: 'done', sent: 30, failed: 0 });
  const meanwhile = stage.calls.filter(({ at }) => at > refusedAt && at < refusedAt + 30_000);
  expect(refusedAt).toBeGreaterThan(0);
  expect(meanwhile).toEqual([]);
  expect(new Set(stage.sentTo()).size).toBe(30);
  expect(stage.sentTo()).toHaveLength(31);
});

test('two chats refused at once stop payment messages as well, one alone does not', async () => {
  const stage = await setStage(9);
  const at = stage.clock.elapsed();
  const isEarly = (): boolean => stage.clock.elapsed() < at + 1500;
  stage.answer = ({ chatId }) =>
    chatId < 3 && isEarly() ? refusal(429, 'Too Many Requests', chatId) : SENT;
  await stage.begin();
  stage.program().start();
  await stage.clock.advance(500);
  expect(stage.sentTo()).toEqual([1]);
  expect(stage.pace.limits.allUntil).toBe(0);
  await stage.clock.advance(1000);
  expect(stage.sentTo()).toContain(2);
  expect(stage.pace.limits.allUntil).toBeGreaterThan(at);
  expect(await stage.over()).toMatchObject({ sent: 9, failed: 0 });
});

test('the same refusal again and again ends it, and says why', async () => {
  const stage = await setStage(100);
  const reason = "Bad Request: can't parse entities";
  stage.answer = ({ chatId }) => (chatId > 4 ? refusal(400, reason) : SENT);
  await stage.begin();
  stage.program().start();
  const row = await stage.over();
  expect(row).toMatchObject({ state: 'stopped', sent: 4, refusal: reason, stoppedBy: null });
  expect(row.failed).toBeGreaterThanOrEqual(REFUSALS_IN_A_ROW);
  expect(row.failed).toBeLessThan(REFUSALS_IN_A_ROW + SLOTS);
  expect(await stage.reports()).toEqual([`${STAFF} broadcast_over`]);
});

test('refusals among successes count as failures and end nothing', async () => {
  const stage = await setStage(60);
  stage.answer = ({ chatId }) => (chatId % 2 === 0 ? refusal(400, 'Bad Request: no') : SENT);
  await stage.begin();
  stage.program().start();
  expect(await stage.over()).toMatchObject({ state: 'done', sent: 30, failed: 30 });
});

test('an outage fails nobody; one person without an answer is given up', async () => {
  const stage = await setStage(20);
  const endsAt = stage.clock.now() + 10 * 60_000;
  stage.answer = ({ chatId }) => {
    const isOut = stage.clock.now() < endsAt || chatId === 7;
    return isOut ? refusal(502, 'Bad Gateway') : SENT;
  };
  await stage.begin();
  stage.program().start();
  expect(await stage.over()).toMatchObject({ state: 'done', sent: 19, failed: 1 });
});

test('a kill repeats at most what was under way, and leaves nobody out', async () => {
  const stage = await setStage(60);
  const never = new Promise<never>(() => undefined);
  let isKilled = false;
  // The last ones before the kill arrive, and nobody hears of it.
  stage.answer = () => (stage.sentTo().length > 20 && !isKilled ? never : SENT);
  await stage.begin();
  stage.program().start();
  await stage.clock.until(() => stage.sentTo().length >= 20 + SLOTS, { withinMs: 15_000 });
  expect(stage.sentTo()).toHaveLength(20 + SLOTS);
  isKilled = true;
  stage.program().start();
  await stage.over();
  const counts = upTo(60).map((id) => stage.sentTo().filter((other) => other === id).length);
  expect(Math.min(...counts)).toBe(1);
  expect(Math.max(...counts)).toBe(2);
  expect(counts.filter((times) => times === 2)).toHaveLength(SLOTS);
  expect(await stage.reports()).toEqual([`${STAFF} broadcast_over`]);
});

test('somebody who takes long holds nobody up, and a restart repeats them alone', async () => {
  const stage = await setStage(50);
  const never = new Promise<never>(() => undefined);
  stage.answer = ({ chatId }) => (chatId === 5 ? never : SENT);
  await stage.begin();
  const first = stage.program();
  first.start();
  await stage.clock.until(() => stage.sentTo().length >= 40, { withinMs: 15_000 });
  const stopped = first.stop({ deadlineMs: 1000 });
  await stage.clock.advance(1000);
  await stopped;
  expect(await stage.row()).toMatchObject({ state: 'running', cursor: 4 });
  stage.answer = () => SENT;
  stage.program().start();
  expect(await stage.over()).toMatchObject({ state: 'done', sent: 50 });
  const twice = upTo(50).filter((id) => stage.sentTo().filter((other) => other === id).length > 1);
  expect(twice).toEqual([5]);
});

test('stops when somebody says so, once', async () => {
  const stage = await setStage(60);
  await stage.begin();
  const broadcasts = stage.program();
  broadcasts.start();
  await stage.clock.until(() => stage.sentTo().length >= 10);
  const stop = (): Promise<boolean> =>
    stage.file.db.tx((tx) => stopBroadcast(tx, { id: 'one', staffId: 901 }));
  expect([await stop(), await stop()]).toEqual([true, false]);
  broadcasts.notify();
  const row = await stage.over();
  expect(row).toMatchObject({ state: 'stopped', stoppedBy: 901, refusal: null });
  expect(row.sent).toBe(stage.sentTo().length);
  expect(row.sent).toBeLessThan(20);
  await stage.clock.advance(60_000);
  expect(stage.sentTo()).toHaveLength(row.sent);
  expect(await stage.reports()).toEqual([`${STAFF} broadcast_over`]);
});

test('what was stopped just before a crash still ends with a report', async () => {
  const stage = await setStage(10);
  await stage.begin();
  await stage.file.db.tx((tx) => stopBroadcast(tx, { id: 'one', staffId: 901 }));
  stage.program().start();
  expect(await stage.over()).toMatchObject({ state: 'stopped', sent: 0 });
  expect(await stage.reports()).toEqual([`${STAFF} broadcast_over`]);
});

test('stands aside while the outbox has something to send, and not for what can not be sent', async () => {
  const stage = await setStage(20);
  const { db } = stage.file;
  const at = stage.clock.now();
  const params = { amountTiyin: 1, reason: 'x' };
  const message = { chatId: 7000, kind: 'adjustment', params, at } as const;
  await db.tx((tx) => enqueue(tx, { ...message, key: 'a' }));
  await db.tx((tx) => enqueue(tx, { ...message, key: 'b' }));
  await stage.begin();
  stage.program().start();
  await stage.clock.advance(5000);
  expect(stage.sentTo()).toEqual([]);
  // The chat's first message waits for another try, and the second for the first.
  await db.tx((tx) =>
    tx
      .update(outbox)
      .set({ dueAt: at + 3_600_000 })
      .where(eq(outbox.key, 'a')),
  );
  await stage.clock.advance(4000);
  expect(stage.sentTo()).toHaveLength(20);
});
