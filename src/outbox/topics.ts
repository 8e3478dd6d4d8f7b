/**
 * Topics of a group that has them: what belongs together stands together. A topic is made when its first message comes, and
 * known by the line that says so, whose id Telegram uses for the topic. Where there are no topics, or the bot may make
 * none, messages stand in the group as ever.
 */
import type { Api } from 'grammy';
import { DAY_MS } from '../core/calendar.ts';
import type { Clock } from '../core/deps.ts';
import { isRefusal } from '../core/telegram-errors.ts';
import type { GrammySignal } from '../core/telegram-fetch.ts';
import type { Database } from '../db/database.ts';
import { forgetPlace, keepPlace, notePlace, placeIn } from './places.ts';

export interface Topic {
  /** What it is about: one topic for each in a group. */
  subject: string;
  /** At most 128 characters are shown. */
  name: string;
}

/** Telegram's limit for a topic's name. */
const MAX_NAME = 128;

/** A group may become a forum, and the bot get the right, at any time. */
const ASK_AGAIN_MS = 10 * 60_000;

/** What Telegram says where there can be no topic. */
const NO_TOPICS = /not a forum|not enough rights|CHAT_ADMIN_REQUIRED|TOPIC_/i;

/** What it says of one that somebody has removed or closed. */
const IS_GONE = /message thread not found|TOPIC_(?:DELETED|CLOSED|ID_INVALID)/i;

export interface Topics {
  /** The id of the topic in the chat; null: it has none there. Rejects when Telegram is in trouble. */
  idOf(chatId: number, topic: Topic, signal: GrammySignal): Promise<number | null>;
  /** Forgets a topic that is gone: the next message makes it anew. */
  forget(place: { chatId: number; topicId: number }): Promise<void>;
}

export function isTopicGone(error: unknown): boolean {
  return isRefusal(error, IS_GONE);
}

export function createTopics({ db, api, clock }: { db: Database; api: Api; clock: Clock }): Topics {
  /** Until when a group is not asked again, as `elapsed` counts. */
  const without = new Map<number, number>();
  return {
    async idOf(chatId, { subject, name }, signal) {
      // People have no topics with the bot.
      if (chatId > 0 || (without.get(chatId) ?? 0) > clock.elapsed()) return null;
      const known = await placeIn(db.read, { chatId, subject: topicSubject(subject) });
      if (known) {
        const { messageId, at } = known;
        const now = clock.now();
        if (now - at > DAY_MS) await db.tx((tx) => keepPlace(tx, { chatId, messageId, at: now }));
        return messageId;
      }
      try {
        const short = Array.from(name).slice(0, MAX_NAME).join('');
        const made = await api.createForumTopic(chatId, short, {}, signal);
        const place = { chatId, messageId: made.message_thread_id };
        const noted = { ...place, subject: topicSubject(subject), at: clock.now() };
        await db.tx((tx) => notePlace(tx, noted));
        return place.messageId;
      } catch (error) {
        if (!isRefusal(error, NO_TOPICS)) throw error;
        without.set(chatId, clock.elapsed() + ASK_AGAIN_MS);
        return null;
      }
    },
    async forget({ chatId, topicId }) {
      await db.tx((tx) => forgetPlace(tx, { chatId, messageId: topicId }));
    },
  };
}

const topicSubject = (subject: string): string => `topic:${subject}`;
