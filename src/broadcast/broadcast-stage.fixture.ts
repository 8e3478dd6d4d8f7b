/** Broadcasts on a real file and a clock under the test's control, with a Telegram that answers what the test says. */
import { Api } from 'grammy';
import type { MessageEntity } from 'grammy/types';
import { onTestFinished } from 'vitest';
import { outbox, users } from '../db/tables.ts';
import { createPace, type TelegramPace } from '../outbox/pacing.ts';
import { createTelegramFetch } from '../core/telegram-fetch.ts';
import { createTestClock, type TestClock } from '../testing/clock.ts';
import { rerunningDatabase, type TemporaryDatabase } from '../testing/database.ts';
import { collectLog, type CollectedLog } from '../testing/log.ts';
import { EVERYBODY } from '../users/audience.ts';
import { type Broadcasts, createBroadcasts } from './broadcasts.ts';
import { type Broadcast, broadcastById, draftBroadcast, startBroadcast } from './store.ts';

export const STAFF = 900;
export const SENT = { ok: true, result: {} };
export const TEXT = 'Yangilik';
export const ENTITIES: MessageEntity[] = [{ type: 'bold', offset: 0, length: 3 }];

export function refusal(code: number, description: string, retryAfter?: number): object {
  const parameters = retryAfter === undefined ? {} : { parameters: { retry_after: retryAfter } };
  return { ok: false, error_code: code, description, ...parameters };
}

interface Call {
  method: string;
  chatId: number;
  body: Record<string, unknown>;
  at: number;
}

interface Stage {
  file: TemporaryDatabase;
  clock: TestClock;
  log: CollectedLog;
  pace: TelegramPace;
  /** All calls, in their order. */
  calls: Call[];
  /** Who was written to, in that order. */
  sentTo(): number[];
  /** Telegram's answer; a promise that never ends is a call that hangs. */
  answer: (call: Call) => object | Promise<object>;
  /** A program that sends. Each has its own memory. */
  program(): Broadcasts;
  /** Begins a broadcast to everybody. */
  begin(id?: string): Promise<void>;
  row(id?: string): Promise<Broadcast>;
  /** Until it is over. */
  over(id?: string): Promise<Broadcast>;
  /** Kinds of messages for the staff. */
  reports(): Promise<string[]>;
}

/** With people of the ids 1 to `people`. Everything is closed when the test ends. */
export async function setStage(people: number): Promise<Stage> {
  const file = rerunningDatabase();
  onTestFinished(() => file.remove());
  const clock = createTestClock();
  const log = collectLog();
  await putPeople(file, { people, at: clock.now() });
  const stage: Stage = {
    file,
    clock,
    log,
    pace: createPace(),
    calls: [],
    answer: () => SENT,
    sentTo: () => stage.calls.filter((each) => each.method !== 'editMessageText').map(chatOf),
    program: () => program(stage),
    async begin(id = 'one') {
      const draft = { id, staffId: STAFF, audience: EVERYBODY, at: clock.now() };
      const content = { kind: 'text', text: TEXT, entities: ENTITIES, linkPreview: null } as const;
      const progress = { chatId: STAFF, messageId: 5 };
      const start = { id, total: people, progress, startedAt: clock.now() };
      await file.db.tx((tx) => draftBroadcast(tx, { ...draft, content }));
      await file.db.tx((tx) => startBroadcast(tx, start));
    },
    async row(id = 'one') {
      const row = await broadcastById(file.db.read, id);
      if (!row) throw new Error(`there is no broadcast ${id}`);
      return row;
    },
    async over(id = 'one') {
      await clock.until(async () => (await stage.row(id)).endedAt !== null, {
        stepMs: 100,
        withinMs: 24 * 3_600_000,
      });
      return await stage.row(id);
    },
    async reports() {
      const rows = await file.db.read.select().from(outbox);
      return rows.map(({ chatId, kind }) => `${chatId} ${kind}`);
    },
  };
  return stage;
}

const chatOf = ({ chatId }: Call): number => chatId;

async function putPeople(
  { db }: TemporaryDatabase,
  { people, at }: { people: number; at: number },
): Promise<void> {
  const ids = Array.from({ length: people }, (_, index) => index + 1);
  for (let from = 0; from < ids.length; from += 500) {
    const rows = ids.slice(from, from + 500).map((id) => ({ id, createdAt: at, seenAt: at }));
    await db.tx((tx) => tx.insert(users).values(rows));
  }
}

function program(stage: Stage): Broadcasts {
  const { file, clock, log, pace } = stage;
  const answering = async (url: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const method = new URL(url instanceof Request ? url.url : url).pathname.split('/').at(-1) ?? '';
    const body = JSON.parse(typeof init?.body === 'string' ? init.body : '{}') as Record<
      string,
      unknown
    >;
    const call = { method, chatId: Number(body['chat_id']), body, at: clock.now() };
    stage.calls.push(call);
    const { promise: cut, reject } = Promise.withResolvers<never>();
    init?.signal?.addEventListener('abort', () => reject(new Error('aborted')));
    return Response.json(await Promise.race([stage.answer(call), cut]));
  };
  const fetch = createTelegramFetch({ fetch: answering, clock });
  const running = createBroadcasts({
    db: file.db,
    clock,
    log: log.log,
    pace,
    defaultLanguage: 'uz',
    api: new Api('1:test', { fetch }),
    present: ({ state, sent }) => Promise.resolve({ text: `${state} ${sent}` }),
    notifyOutbox: () => undefined,
  });
  onTestFinished(async () => {
    await Promise.all([running.stop({ deadlineMs: 0 }), clock.advance(1)]);
  });
  return running;
}
