/** The bot on a simulated Telegram and a real database file, with top-ups whose payment systems are scripted. */
import type { Update } from 'grammy/types';
import { onTestFinished } from 'vitest';
import type { Database } from '../db/database.ts';
import { realDeps, realRandom } from '../core/deps.ts';
import { startSimulatedTelegram } from '../../sandbox/telegram/simulated-telegram.ts';
import type { SimulatedTelegram } from '../../sandbox/telegram/simulated-telegram.ts';
import type { MessageView } from '../../sandbox/telegram/types.ts';
import { createTelegramNovelties } from '../core/telegram-novelties.ts';
import { createTelegramFetch } from '../core/telegram-fetch.ts';
import { createTestClock, type TestClock } from '../testing/clock.ts';
import { rerunningDatabase } from '../testing/database.ts';
import { NAMED_WAYS, type ProviderId } from '../core/payment-systems.ts';
import type { AlarmParams } from '../outbox/kinds.ts';
import type { Topup } from '../topups/topup.ts';
import type { ScriptedProvider } from '../topups/topup-stage.fixture.ts';
import { type Terms, termsReader } from '../settings/terms.ts';
import { setLanguage } from '../users/users.ts';
import { createBot, type TolovBot } from './bot.ts';
import type { BotOptions } from './kit/context.ts';
import { NOW } from './samples.fixture.ts';
import { orders, realTopups, scriptedSystem, type StageTopups } from './topups.fixture.ts';

export const ALI = { id: 101, firstName: 'Ali <b>', username: 'ali_test', languageCode: 'uz' };
export const VALI = { id: 102, firstName: 'Vali', languageCode: 'ru' };
export const OWNER = { id: 900, firstName: 'Owner', languageCode: 'en' };

export const FIRST_TERMS: Terms = {
  minTiyin: 100_000,
  maxTiyin: 1_000_000_000,
  presetsTiyin: [1_000_000, 5_000_000, 2_000_000_000],
  feeHundredths: 0,
  ways: NAMED_WAYS,
  contact: null,
  quietHours: { from: 21, until: 9 },
};

type StageParts = Pick<
  BotStage,
  'telegram' | 'bot' | 'db' | 'topups' | 'systems' | 'alarms' | 'clock' | 'options'
>;

export class BotStage {
  readonly telegram: SimulatedTelegram;
  readonly bot: TolovBot;
  readonly db: Database;
  readonly topups: StageTopups;
  /** The payment systems that there are: at first inPAY and Payfer. */
  readonly systems: Map<ProviderId, ScriptedProvider>;
  /** What top-ups told owners of. */
  readonly alarms: readonly AlarmParams[];
  readonly clock: TestClock;
  /** What the bot was built from, to build it once more. */
  readonly options: BotOptions;
  /** The updates handled so far. */
  readonly updates: Update[] = [];
  #offset = 0;

  readonly #parts: StageParts;

  constructor(parts: StageParts) {
    this.#parts = parts;
    this.telegram = parts.telegram;
    this.bot = parts.bot;
    this.db = parts.db;
    this.topups = parts.topups;
    this.systems = parts.systems;
    this.alarms = parts.alarms;
    this.clock = parts.clock;
    this.options = parts.options;
  }

  /** The same chats and tables with a bot that remembers nothing; what was handled stays handled. */
  restarted(): BotStage {
    const stage = new BotStage({ ...this.#parts, bot: createBot(this.options) });
    stage.#offset = this.#offset;
    stage.updates.push(...this.updates);
    return stage;
  }

  /** Handles what people did meanwhile. Rejects with the first error, as the inbox would see it. */
  async pump(change: (update: Update) => Update = (update) => update): Promise<void> {
    const updates = await this.bot.bot.api.getUpdates({
      offset: this.#offset,
      timeout: 0,
      allowed_updates: ['message', 'callback_query', 'my_chat_member'],
    });
    for (const sent of updates) {
      const update = change(sent);
      this.#offset = update.update_id + 1;
      this.updates.push(update);
      await this.bot.handle(update);
    }
  }

  /** Handles the last update once more, as after a crash. */
  async again(): Promise<void> {
    const update = this.updates.at(-1);
    if (!update) throw new Error('nothing was handled yet');
    await this.bot.handle(update);
  }

  /** Somebody writes; resolves with the bot's last message. */
  async say(text: string, userId = ALI.id): Promise<MessageView> {
    this.telegram.sendText(userId, text);
    await this.pump();
    return this.last(userId);
  }

  /** Taps a button, found by a part of its label or by its data, of the newest message that has it. */
  async tap(label: string, userId = ALI.id): Promise<{ toast: string; screen: MessageView }> {
    const { message, data } = this.find(label, userId);
    const { answer } = this.telegram.tap(userId, message.messageId, { data });
    await this.pump();
    const { text } = await answer;
    return {
      toast: text ?? '',
      screen: this.telegram.message(userId, message.messageId) ?? message,
    };
  }

  /**
   * Taps a button whose data somebody made up; resolves with the toast. The chat must have any button. `shownAt`: in Unix
   * seconds, of an older message.
   */
  async forge(data: string, userId = ALI.id, shownAt?: number): Promise<string> {
    const message = this.telegram.messages(userId).findLast((each) => {
      return each.inlineKeyboard.flat().some((button) => 'callback_data' in button);
    });
    const real = message?.inlineKeyboard.flat().find((button) => 'callback_data' in button);
    if (!message || !real || !('callback_data' in real)) throw new Error('there is no button');
    const { answer } = this.telegram.tap(userId, message.messageId, { data: real.callback_data });
    await this.pump((update) => {
      const tapped = update.callback_query;
      if (!tapped || !('data' in tapped)) return update;
      if (tapped.message && shownAt !== undefined) Object.assign(tapped.message, { date: shownAt });
      return { ...update, callback_query: { ...tapped, data } };
    });
    return (await answer).text ?? '';
  }

  find(label: string, userId = ALI.id): { message: MessageView; data: string } {
    for (const message of this.telegram.messages(userId).toReversed()) {
      for (const button of message.inlineKeyboard.flat()) {
        if (!('callback_data' in button)) continue;
        const data = button.callback_data;
        if (button.text.includes(label) || data === label) return { message, data };
      }
    }
    throw new Error(`no message of the chat ${userId} has a button "${label}"`);
  }

  last(userId = ALI.id): MessageView {
    const message = this.telegram.lastMessage(userId);
    if (!message) throw new Error(`the chat ${userId} is empty`);
    return message;
  }

  /** Every order of top-ups, in the order in which they were opened. */
  async orders(): Promise<Topup[]> {
    return await orders(this.db);
  }

  /** The order that was opened as the first, second, … one. */
  async order(place = 1): Promise<Topup> {
    const topup = (await this.orders())[place - 1];
    if (!topup) throw new Error(`there is no order ${place}`);
    return topup;
  }

  /** A payment system, which is there from then on. */
  system(id: ProviderId): ScriptedProvider {
    const system = this.systems.get(id) ?? scriptedSystem(id);
    this.systems.set(id, system);
    return system;
  }

  /** How many messages stand in the chat. */
  count(userId = ALI.id): number {
    return this.telegram.messages(userId).length;
  }

  /** Somebody who has started the bot and speaks English. */
  async meet(userId: number = ALI.id): Promise<void> {
    await this.say('/start', userId);
    await setLanguage(this.db, { userId, language: 'en' });
  }
}

/** Closed after the test. */
export async function startBotStage(
  changes:
    Partial<BotOptions> | ((made: Pick<BotOptions, 'db' | 'clock'>) => Partial<BotOptions>) = {},
): Promise<BotStage> {
  const clock = createTestClock(NOW);
  const telegram = await startSimulatedTelegram({ clock, random: realRandom });
  const database = rerunningDatabase();
  onTestFinished(async () => {
    await telegram.close();
    await database.remove();
  });
  for (const person of [ALI, VALI, OWNER]) telegram.user(person);
  const systems = new Map<ProviderId, ScriptedProvider>();
  for (const id of ['inpay', 'payfer'] as const) systems.set(id, scriptedSystem(id));
  const alarms: AlarmParams[] = [];
  const given = { systems, alarms, terms: FIRST_TERMS, owner: OWNER.id };
  const topups = realTopups({ db: database.db, clock }, given);
  const novelties = createTelegramNovelties();
  const options: BotOptions = {
    token: telegram.token,
    apiRoot: telegram.url,
    novelties,
    fetch: createTelegramFetch({ fetch: realDeps().fetch, clock, novelties }),
    adminIds: [OWNER.id],
    defaultLanguage: 'uz',
    terms: termsReader(FIRST_TERMS),
    firstTerms: FIRST_TERMS,
    db: database.db,
    topups,
    clock,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    ...(typeof changes === 'function' ? changes({ db: database.db, clock }) : changes),
  };
  const bot = createBot(options);
  const { db } = database;
  return new BotStage({ telegram, bot, db, topups, systems, alarms, clock, options });
}

/** All labels of a message's buttons. */
export function labels(message: MessageView): string[] {
  return message.inlineKeyboard.flat().map(({ text }) => text);
}
