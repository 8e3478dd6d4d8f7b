/** An outbox on a real file, a simulated Telegram on loopback, and a clock under the test's control. */
import { Api } from 'grammy';
import { onTestFinished } from 'vitest';
import { outbox } from '../db/tables.ts';
import { realRandom } from '../core/deps.ts';
import type { Fault } from '../../sandbox/telegram/faults.ts';
import {
  type SimulatedTelegram,
  startSimulatedTelegram,
} from '../../sandbox/telegram/simulated-telegram.ts';
import { createTelegramFetch } from '../core/telegram-fetch.ts';
import { createTestClock, type TestClock } from '../testing/clock.ts';
import { rerunningDatabase, type TemporaryDatabase } from '../testing/database.ts';
import { collectLog, type CollectedLog } from '../testing/log.ts';
import { seenUser } from '../users/users.ts';
import { enqueue } from './messages.ts';
import {
  createOutboxSender,
  type OutboxSender,
  type OutboxSenderOptions,
  type RenderMessage,
} from './sender.ts';

export const ALI = { id: 101, firstName: 'Ali' };
export const VALI = { id: 102, firstName: 'Vali' };

/** The reason of an adjustment is its text; the id of a screen's order is the message to edit. */
export const renderPlainly: RenderMessage = async (kind, params) => {
  if (kind === 'topup_screen' && 'topupId' in params)
    return { method: 'edit', messageId: Number(params.topupId), text: 'screen' };
  return { method: 'send', text: 'reason' in params ? params.reason : kind };
};

export interface Stage {
  file: TemporaryDatabase;
  telegram: SimulatedTelegram;
  clock: TestClock;
  log: CollectedLog;
  sender(options?: Partial<OutboxSenderOptions>): OutboxSender;
  /** An API that answers at once, for what takes many calls or hours. */
  quickApi(answer: (chatId: number) => object): Api;
  put(text: string, chatId?: number): Promise<void>;
  putScreen(key: string, topupId: string): Promise<void>;
  /** What the bot wrote into a chat. */
  texts(userId?: number): string[];
  /** The states of all rows, in their order. */
  states(): Promise<string[]>;
  /** The next `sendMessage` goes wrong. */
  failNext(effect: Fault['with'], options?: Partial<Fault>): void;
}

/** Ali and Vali have written to the bot. Everything is closed when the test ends. */
export async function setStage(): Promise<Stage> {
  const file = rerunningDatabase();
  const clock = createTestClock();
  const log = collectLog();
  const telegram = await startSimulatedTelegram({ clock, random: realRandom });
  onTestFinished(async () => {
    await telegram.close();
    await file.remove();
  });
  for (const person of [ALI, VALI]) {
    telegram.user(person);
    telegram.sendText(person.id, '/start');
    await seenUser(file.db, { id: person.id, first_name: person.firstName }, clock.now());
  }
  return { file, clock, log, telegram, ...senders(), ...rows(), ...chats() };

  function senders(): Pick<Stage, 'sender' | 'quickApi'> {
    return {
      sender(options) {
        const fetch = createTelegramFetch({ fetch: globalThis.fetch, clock });
        const api = new Api(telegram.token, { apiRoot: telegram.url, fetch });
        const common = { db: file.db, api, clock, log: log.log, render: renderPlainly } as const;
        const sender = createOutboxSender({ ...common, defaultLanguage: 'uz', ...options });
        onTestFinished(() => sender.stop());
        return sender;
      },
      quickApi(answer) {
        const fetch = async (_: string, init: { body: string }): Promise<Response> => {
          const { chat_id: chatId } = JSON.parse(init.body) as { chat_id: number };
          return Response.json(answer(chatId));
        };
        return new Api(telegram.token, { fetch: fetch as never });
      },
    };
  }

  function rows(): Pick<Stage, 'put' | 'putScreen' | 'states'> {
    return {
      async put(text, chatId = ALI.id) {
        const params = { amountTiyin: 1, reason: text };
        const message = { key: `${chatId}:${text}`, chatId, params, at: clock.now() };
        await file.db.tx((tx) => enqueue(tx, { ...message, kind: 'adjustment' }));
      },
      async putScreen(key, topupId) {
        const message = { key, chatId: ALI.id, params: { topupId }, at: clock.now() };
        await file.db.tx((tx) => enqueue(tx, { ...message, kind: 'topup_screen' }));
      },
      async states() {
        const all = await file.db.read.select().from(outbox).orderBy(outbox.id);
        return all.map((row) => row.state);
      },
    };
  }

  function chats(): Pick<Stage, 'texts' | 'failNext'> {
    return {
      texts: (userId = ALI.id) =>
        telegram
          .messages(userId)
          .filter((message) => message.from === 'bot')
          .map((message) => message.text),
      failNext: (effect, options) =>
        telegram.fail({ method: 'sendMessage', times: 1, with: effect, ...options }),
    };
  }
}
