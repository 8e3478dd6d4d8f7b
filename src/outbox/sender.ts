/**
 * Sends what waits in the outbox: in order within a chat, chats side by side, no faster than Telegram allows, until it
 * has arrived. A message is marked sent after Telegram's answer, so a kill in between sends it twice at most.
 */
import type { Api } from 'grammy';
import type { InlineKeyboardMarkup, ReplyKeyboardMarkup } from 'grammy/types';
import type { Database, Tx } from '../db/database.ts';
import type { Clock } from '../core/deps.ts';
import { DueLoop, type RunSignals } from '../core/due-loop.ts';
import type { Language } from '../core/language.ts';
import type { Log } from '../core/log.ts';
import { errorForLog, isRefusal } from '../core/telegram-errors.ts';
import { HTML, messageOptions } from '../core/telegram-format.ts';
import { type GrammySignal, grammySignal } from '../core/telegram-fetch.ts';
import { judge, type Verdict } from './telegram-verdicts.ts';
import {
  claimMessages,
  countWaiting,
  giveBack,
  markDropped,
  markSent,
  nextMessageAt,
  oldestWaitingAt,
  type OutboxRow,
} from './claims.ts';
import { moveChat } from './chat-moves.ts';
import type { AlarmParams, OutboxKind, OutboxParams } from './kinds.ts';
import { createPace, type TelegramPace } from './pacing.ts';
import { park, parkOne } from './park.ts';
import { notePlace, type Place } from './places.ts';
import { createTopics, isTopicGone, type Topic, type Topics } from './topics.ts';

/** A message as Telegram gets it; the text is Telegram's HTML. */
export type Rendered =
  | {
      method: 'send';
      text: string;
      keyboard?: InlineKeyboardMarkup | ReplyKeyboardMarkup;
      /** What it is about, noted with the place where it stands: see places.ts. */
      subject?: string;
      topic?: Topic;
      /** Before this nobody is to be woken by it: it is rendered anew then. Milliseconds since 1970. */
      notBefore?: number;
    }
  /** Somebody's picture or document once more, with `text` below it, at most 1024 characters. */
  | {
      method: 'copy';
      from: Place;
      text: string;
      /** Sent in its place when whoever sent the picture has removed it meanwhile. */
      textWithout: string;
      keyboard?: InlineKeyboardMarkup;
      subject?: string;
      topic?: Topic;
    }
  | {
      method: 'edit';
      messageId: number;
      text: string;
      keyboard?: InlineKeyboardMarkup;
      subject?: string;
      /** Other messages of the chat that become the same. */
      alsoIn?: readonly number[];
    };

/** Null: there is nothing (more) to say. */
export type RenderMessage = <K extends OutboxKind>(
  kind: K,
  params: OutboxParams[K],
  to: { chatId: number; language: Language },
) => Promise<Rendered | null>;

export interface OutboxSenderOptions {
  db: Database;
  api: Api;
  clock: Clock;
  log: Log;
  render: RenderMessage;
  defaultLanguage: Language;
  /** Most messages at once. */
  parallel?: number;
  /** This process's name on what it takes, where there are several. */
  holder?: string | null;
  /** Shared with whatever else sends by itself; its own by default. */
  pace?: TelegramPace;
  /** Tells the owners, in their private chats, of trouble with sending; nobody by default. */
  tellOwners?: (tx: Tx, alarm: AlarmParams, at: number) => Promise<void>;
}

export interface OutboxSender {
  start(): void;
  /** Takes nothing new, waits for what is being sent. */
  stop(options?: { deadlineMs: number }): Promise<void>;
  /** Something was enqueued and committed: look now. */
  notify(): void;
  /** Until nothing is due. For tests. */
  flush(): Promise<void>;
  /** Age of the oldest message that waits, 0 when none does; parked ones do not count. */
  oldestWaitingMs(): Promise<number>;
  /** Messages that wait; parked ones do not count. */
  depth(): Promise<number>;
}

/** More than a call to Telegram may take, its turn included; after a crash a chat waits this long. */
export const LEASE_MS = 40_000;

/** What must be left of it when the call begins: somebody else takes the message once it has run out. */
const LEASE_NEEDED_MS = 25_000;

const FIRST_BACK_OFF_MS = 1000;
const LAST_BACK_OFF_MS = 5 * 60 * 1000;

/** About 72 hours of trying. Counted in tries and not in time, or a long outage of ours would lose messages. */
const MAX_TRIES = 872;

/** Our own code failing does not get better by trying for days, and the chat's later messages wait for it. */
const MAX_TRIES_OF_BUG = 10;

type Sender = OutboxSenderOptions & TelegramPace & { topics: Topics };

export function createOutboxSender(options: OutboxSenderOptions): OutboxSender {
  const { db, clock, log, parallel = 32 } = options;
  const topics = createTopics(options);
  const sender: Sender = { ...options, ...(options.pace ?? createPace()), topics };
  const loop = new DueLoop<OutboxRow>(
    {
      name: 'outbox',
      parallel: () => parallel,
      claim: (claimOptions) => claim(sender, claimOptions),
      run: (row, signals) => sendInTurn(sender, row, signals),
      nextAt: async (now) => {
        const closedMs = sender.limits.allUntil - clock.elapsed();
        return closedMs > 0 ? now + closedMs : await nextMessageAt(db.read, now);
      },
    },
    { clock, log, shared: db.shared },
  );
  return {
    start: () => loop.start(),
    stop: ({ deadlineMs } = { deadlineMs: 5000 }) => loop.stop({ deadlineMs }),
    notify: () => loop.notify(),
    flush: () => loop.settled(),
    async oldestWaitingMs() {
      const at = await oldestWaitingAt(db.read);
      return at === null ? 0 : Math.max(0, clock.now() - at);
    },
    depth: () => countWaiting(db.read),
  };
}

async function claim(
  { db, clock, limits, defaultLanguage, holder = null }: Sender,
  { now, limit }: { now: number; limit: number },
): Promise<OutboxRow[]> {
  if (limits.allUntil > clock.elapsed()) return [];
  const leaseUntil = now + LEASE_MS;
  for (;;) {
    const { rows, hasMore } = await db.tx((tx) =>
      claimMessages(tx, { now, limit, leaseUntil, holder, defaultLanguage }),
    );
    if (rows.length > 0 || !hasMore) return rows;
  }
}

async function sendInTurn(sender: Sender, row: OutboxRow, signals: RunSignals): Promise<void> {
  const { clock, chats, shared, limits } = sender;
  const chatMs = chats.readyAt(row.chatId) - clock.elapsed();
  if (chatMs > 0) {
    await postpone(sender, row, chatMs);
    return;
  }
  const turnMs = shared.reserve(clock.elapsed()) - clock.elapsed();
  if (turnMs > 0) await clock.sleep(turnMs, signals.stopping).catch(() => undefined);
  const closedMs = limits.allUntil - clock.elapsed();
  if (signals.stopping.aborted || closedMs > 0) {
    await postpone(sender, row, Math.max(0, closedMs));
    return;
  }
  await renderAndSend(sender, row, grammySignal(signals.abandoned));
}

/** Puts a message back into the table without counting the try, unless another process has it by now. */
async function postpone({ db, clock }: Sender, row: OutboxRow, waitMs: number): Promise<void> {
  const { attempts } = row;
  const dueAt = clock.now() + waitMs;
  await db.tx((tx) => giveBack(tx, row, { dueAt, attempts, lastError: null }));
}

async function renderAndSend(sender: Sender, row: OutboxRow, signal: GrammySignal): Promise<void> {
  const { chatId, language } = row;
  let delivered: { messageId: number; subject: string | undefined };
  try {
    const rendered = await sender.render(row.kind, row.params, { chatId, language });
    if (rendered === null) {
      await sender.db.tx((tx) => markDropped(tx, { id: row.id, reason: 'nothing to say' }));
      return;
    }
    const waitMs = 'notBefore' in rendered ? (rendered.notBefore ?? 0) - sender.clock.now() : 0;
    if (waitMs > 0) {
      await postpone(sender, row, waitMs);
      return;
    }
    // The machine may have stood still since the message was taken, or the database have been away.
    if (row.leaseUntil - sender.clock.now() < LEASE_NEEDED_MS) {
      await postpone(sender, row, 0);
      return;
    }
    sender.chats.take(chatId, sender.clock.elapsed());
    const messageId = await deliverInTopic(sender, row, { rendered, signal });
    delivered = { messageId, subject: rendered.subject };
  } catch (error) {
    await afterError(sender, row, error);
    return;
  }
  await sent(sender, row, delivered);
}

interface Delivery {
  rendered: Rendered;
  /** Where in a group it stands; null: beside all topics. */
  topicId?: number | null;
  signal: GrammySignal;
}

/** Where its topic was removed or closed, a new one is made: nobody reads what stands beside it. */
async function deliverInTopic(
  sender: Sender,
  row: OutboxRow,
  { rendered, signal }: Delivery,
): Promise<number> {
  const { chatId } = row;
  const topic = 'topic' in rendered ? rendered.topic : undefined;
  const idNow = async (): Promise<number | null> =>
    topic === undefined ? null : await sender.topics.idOf(chatId, topic, signal);
  const topicId = await idNow();
  try {
    return await deliverSomehow(sender, row, { rendered, topicId, signal });
  } catch (error) {
    if (topicId === null || !isTopicGone(error)) throw error;
    await sender.topics.forget({ chatId, topicId });
    return await deliverSomehow(sender, row, { rendered, topicId: await idNow(), signal });
  }
}

/**
 * As it was written; if Telegram won't have it so, its words alone: about money, they are what matters. Resolves with the
 * id of the message.
 */
async function deliverSomehow(
  { api, log }: Sender,
  { chatId, id, kind }: OutboxRow,
  { rendered, topicId = null, signal }: Delivery,
): Promise<number> {
  try {
    return await deliver(api, { chatId, rendered, topicId, signal });
  } catch (error) {
    const isRefused = judge(error).kind === 'refused' && !isTopicGone(error);
    if (!isRefused) throw error;
    const err = errorForLog(error);
    log.error({ outboxId: id, chatId, kind, err }, 'outbox: refused as it was; sending its words');
    const words = plainWords(rendered.text);
    const { message_id } = await api.sendMessage(chatId, words, inTopic(topicId), signal);
    return message_id;
  }
}

/** Telegram's limit for a message, in characters. */
const MAX_TEXT = 4096;

function plainWords(html: string): string {
  const text = html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
  return text.slice(0, MAX_TEXT).toWellFormed();
}

async function deliver(
  api: Api,
  { chatId, rendered, topicId = null, signal }: Delivery & { chatId: number },
): Promise<number> {
  const { text } = rendered;
  if (rendered.method === 'edit') {
    const { messageId, alsoIn = [] } = rendered;
    for (const each of [messageId, ...alsoIn]) {
      await editSomehow(api, { chatId, each, rendered, signal });
    }
    return messageId;
  }
  if (rendered.method === 'send') {
    const other = { ...messageOptions(rendered.keyboard), ...inTopic(topicId) };
    return (await api.sendMessage(chatId, text, other, signal)).message_id;
  }
  const { from, keyboard, textWithout } = rendered;
  const below = {
    ...HTML,
    caption: text,
    ...(keyboard && { reply_markup: keyboard }),
    ...inTopic(topicId),
  };
  try {
    return (await api.copyMessage(chatId, from.chatId, from.messageId, below, signal)).message_id;
  } catch (error) {
    if (!isRefusal(error, NOTHING_TO_COPY)) throw error;
    const other = { ...messageOptions(keyboard), ...inTopic(topicId) };
    return (await api.sendMessage(chatId, textWithout, other, signal)).message_id;
  }
}

/** People may remove what they sent: no fault of ours, and nothing to wait for. */
const NOTHING_TO_COPY = /message to copy not found|message can't be copied|MESSAGE_ID_INVALID/i;

const inTopic = (topicId: number | null) =>
  topicId === null ? {} : { message_thread_id: topicId };

/** Edits one message. One that is gone, or that says this already, must not keep the others from being edited. */
async function editSomehow(
  api: Api,
  {
    chatId,
    each,
    rendered: { text, keyboard },
    signal,
  }: {
    chatId: number;
    each: number;
    rendered: Extract<Rendered, { method: 'edit' }>;
    signal: GrammySignal;
  },
): Promise<void> {
  try {
    await api.editMessageText(chatId, each, text, messageOptions(keyboard), signal);
  } catch (error) {
    if (judge(error).kind !== 'sent') throw error;
  }
}

/** Notes that the message was sent and where it stands, in one transaction. */
async function sent(
  { db, clock }: Sender,
  { id, chatId }: OutboxRow,
  { messageId, subject }: { messageId?: number; subject?: string | undefined } = {},
): Promise<void> {
  const at = clock.now();
  await db.tx(async (tx) => {
    await markSent(tx, { id, at });
    if (messageId !== undefined && subject !== undefined)
      await notePlace(tx, { chatId, messageId, subject, at });
  });
}

async function afterError(sender: Sender, row: OutboxRow, error: unknown): Promise<void> {
  const verdict = judge(error);
  switch (verdict.kind) {
    case 'sent':
      await sent(sender, row);
      return;
    case 'rate_limited':
      await rest(sender, row, verdict.waitMs);
      return;
    case 'unreachable':
      await waitForChat(sender, row, verdict.reason);
      return;
    case 'moved':
      await followChat(sender, row, verdict.toChatId);
      return;
    case 'refused':
      await putAside(sender, row, { error, attempts: row.attempts + 1 });
      return;
    case 'again':
    case 'bug':
      await tryAgain(sender, row, { verdict, error });
      return;
  }
}

async function rest(sender: Sender, row: OutboxRow, waitMs: number): Promise<void> {
  const { chatId, attempts } = row;
  const at = sender.clock.elapsed();
  sender.limits.refused({ chatId, at, until: at + waitMs });
  sender.log.warn({ chatId, waitMs }, 'outbox: Telegram wants us to wait');
  const dueAt = sender.clock.now() + waitMs;
  await sender.db.tx((tx) => giveBack(tx, row, { dueAt, attempts, lastError: '429' }));
}

async function waitForChat(sender: Sender, row: OutboxRow, reason: string): Promise<void> {
  const { chatId } = row;
  const { db, log, clock, tellOwners } = sender;
  log.info({ chatId, reason }, 'outbox: the chat is out of reach; its messages wait');
  await db.tx(async (tx) => {
    const at = clock.now();
    const waiting = await park(tx, { chatId, at, reason });
    // People come back by themselves; a group is the owners', and its alarms are theirs.
    if (isGroup(chatId))
      await tellOwners?.(tx, { kind: 'chat_silent', chatId, reason, waiting }, at);
  });
}

function isGroup(chatId: number): boolean {
  return chatId < 0;
}

async function followChat(sender: Sender, row: OutboxRow, toChatId: number): Promise<void> {
  const { chatId: fromChatId } = row;
  const { db, log, clock, tellOwners } = sender;
  log.warn({ fromChatId, toChatId }, 'outbox: the group became a supergroup; its messages follow');
  await db.tx(async (tx) => {
    const at = clock.now();
    const isNews = await moveChat(tx, { fromChatId, toChatId, at });
    if (isNews) await tellOwners?.(tx, { kind: 'chat_moved', fromChatId, toChatId }, at);
  });
}

async function tryAgain(
  sender: Sender,
  row: OutboxRow,
  { verdict, error }: { verdict: Verdict; error: unknown },
): Promise<void> {
  const { id, chatId, kind } = row;
  const attempts = row.attempts + 1;
  if (verdict.kind === 'bug' && attempts >= MAX_TRIES_OF_BUG) {
    await putAside(sender, row, { error, attempts });
    return;
  }
  if (attempts >= MAX_TRIES) {
    // Telegram was away for days: that says nothing against the message.
    await putAside(sender, row, { error, attempts: 0 });
    return;
  }
  const waitMs = Math.min(FIRST_BACK_OFF_MS * 2 ** (attempts - 1), LAST_BACK_OFF_MS);
  const err = errorForLog(error);
  const level = verdict.kind === 'again' && !verdict.isOurs ? 'warn' : 'error';
  sender.log[level]({ outboxId: id, chatId, kind, attempts, waitMs, err }, 'outbox: trying again');
  const dueAt = sender.clock.now() + waitMs;
  await sender.db.tx((tx) => giveBack(tx, row, { dueAt, attempts, lastError: err.message }));
}

/** It is kept: what it says may be about money, and a person can still make it go. */
async function putAside(
  { db, log, clock, tellOwners }: Sender,
  row: OutboxRow,
  { error, attempts }: { error: unknown; attempts: number },
): Promise<void> {
  const { id, chatId, kind } = row;
  const err = errorForLog(error);
  log.error({ outboxId: id, chatId, kind, attempts, err }, 'outbox: a message could not be sent');
  await db.tx(async (tx) => {
    const at = clock.now();
    await parkOne(tx, row, { at, reason: err.message, attempts });
    // An alarm about an alarm would be the next message that can't be sent.
    if (kind === 'owner_alarm') return;
    await tellOwners?.(tx, { kind: 'program_error', where: `sending a message (${kind})` }, at);
  });
}
