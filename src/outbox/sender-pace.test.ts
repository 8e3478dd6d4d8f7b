import { eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { outbox } from '../db/tables.ts';
import { type TestClock } from '../testing/clock.ts';
import { renderPlainly, setStage, type Stage } from './outbox-stage.fixture.ts';

let stage: Stage;
let clock: TestClock;

beforeEach(async () => {
  stage = await setStage();
  ({ clock } = stage);
});

test('no more than 25 messages in a second, and no more than its bound at once', async () => {
  const sentAt: number[] = [];
  let atOnce = 0;
  let most = 0;
  const api = stage.quickApi(() => {
    sentAt.push(clock.now());
    return { ok: true, result: {} };
  });
  const sender = stage.sender({
    api,
    parallel: 8,
    async render(kind, params, to) {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await clock.sleep(10);
      atOnce -= 1;
      return await renderPlainly(kind, params, to);
    },
  });
  for (let chatId = 1000; chatId < 1080; chatId += 1) await stage.put('x', chatId);
  sender.start();
  const flushes = [sender.flush(), sender.flush()];
  await clock.until(() => sentAt.length === 80, { stepMs: 10, withinMs: 5000 });
  await Promise.all(flushes);
  for (const [index, at] of sentAt.entries()) {
    const inSecond = sentAt.slice(index).filter((other) => other < at + 1000).length;
    expect(inSecond).toBeLessThanOrEqual(25);
  }
  expect(most).toBe(8);
});

test('one chat gets five at once and then one a second, and holds nobody up', async () => {
  const sent: string[] = [];
  const startedAt = clock.now();
  const api = stage.quickApi((chatId) => {
    sent.push(`${chatId} at ${clock.now() - startedAt}`);
    return { ok: true, result: {} };
  });
  const sender = stage.sender({ api, parallel: 1 });
  for (let i = 0; i < 8; i += 1) await stage.put(`x${i}`, 1);
  await stage.put('y', 2);
  sender.start();
  await clock.advance(5000);
  expect(sent.slice(0, 6).toSorted((a, b) => a.localeCompare(b))).toEqual([
    ...Array<string>(5).fill('1 at 0'),
    '2 at 0',
  ]);
  expect(sent.slice(6)).toEqual(['1 at 1000', '1 at 2000', '1 at 3000']);
});

test('does not spin while nothing can be sent', async () => {
  let claims = 0;
  const { db } = stage.file;
  const counting = {
    ...db,
    read: db.read,
    tx: ((work) => {
      claims += 1;
      return db.tx(work);
    }) as typeof db.tx,
  };
  const api = stage.quickApi(() => ({ ok: false, error_code: 500, description: 'x' }));
  const sender = stage.sender({ api, db: counting });
  for (let i = 0; i < 5; i += 1) await stage.put(`x${i}`);
  sender.start();
  await clock.advance(60 * 60 * 1000);
  // About 20 tries with a claim and a result each, and a look every ten seconds; each second, if others may write too.
  const looks = db.shared ? 3600 : 360;
  expect(claims).toBeLessThan(20 * 3 + looks + 10);
});

test('stopping does not wait for a free place', async () => {
  let sent = 0;
  const api = stage.quickApi(() => {
    sent += 1;
    return { ok: true, result: {} };
  });
  const sender = stage.sender({ api, parallel: 32 });
  for (let chatId = 1000; chatId < 1030; chatId += 1) await stage.put('x', chatId);
  sender.start();
  await clock.settle(200);
  expect(sent).toBe(25);
  await sender.stop();
  expect(sent).toBe(25);
  const rows = await stage.file.db.read.select().from(outbox).where(eq(outbox.state, 'waiting'));
  expect(rows.map((row) => row.leaseUntil)).toEqual([0, 0, 0, 0, 0]);
});

test('a process that stood still sends nothing that was taken anew meanwhile', async () => {
  let stoodStillMs = 0;
  let sent = 0;
  const api = stage.quickApi(() => {
    sent += 1;
    return { ok: true, result: {} };
  });
  const sender = stage.sender({
    api,
    clock: { ...clock, now: () => clock.now() + stoodStillMs },
    async render(kind, params, to) {
      if (stoodStillMs === 0) {
        stoodStillMs = 60_000;
        sender.notify();
        await clock.sleep(1000);
      }
      return await renderPlainly(kind, params, to);
    },
  });
  await stage.put('x');
  sender.start();
  await clock.advance(500);
  expect(sent).toBe(1);
  await clock.advance(5000);
  expect(sent).toBe(1);
  expect(await stage.states()).toEqual(['sent']);
});
