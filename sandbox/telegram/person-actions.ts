import type { InlineKeyboardButton } from 'grammy/types';

import { botUser, toChat, toMessage, toUser } from './api-objects.ts';
import type { Core } from './core.ts';
import { typedText } from './formatted-text.ts';
import type { CallbackAnswer, Chat, Content, MessageView, Person, StoredMessage } from './types.ts';

/** Longer texts are split by every client. */
const MAX_TYPED_LENGTH = 4096;

export interface TextOptions {
  /** The message answered to. */
  replyTo?: number | undefined;
  /** The group it is written in; else the person's own chat. */
  inGroup?: number | undefined;
}

export interface FileOptions extends TextOptions {
  caption?: string;
}

export interface ContactOptions {
  /** Whose number it is, when not the sender's own; null for somebody without an account. */
  contactUserId?: number | null;
  firstName?: string;
}

/** What is tapped: a button of the message by its data or its words, or, by a script, any data at all. */
export type Tapped = { data: string } | { text: string } | { forged: string };

export interface TapHandle {
  queryId: string;
  /** Resolves when the bot answers the tap, or with `isAnswered: false` when the simulation closes first. */
  answer: Promise<CallbackAnswer>;
}

/** What people do, and the updates that come of it. Throws for what no client would let them do. */
export class PersonActions {
  readonly #core: Core;

  constructor(core: Core) {
    this.#core = core;
  }

  sendText(userId: number, text: string, options: TextOptions): MessageView {
    const body = typedText(text);
    if (body.text === '') throw new Error('a person cannot send an empty message');
    if (body.text.length > MAX_TYPED_LENGTH) {
      throw new Error(`a message has at most ${MAX_TYPED_LENGTH} characters, not ${text.length}`);
    }
    const chat = this.#writableChat(options.inGroup ?? userId);
    const replyTo = options.replyTo ?? chat.forcedReply?.messageId;
    const content: Content = { kind: 'text', body, linkPreview: undefined };
    const message = this.#post(chat, content, { replyTo, senderId: userId });
    const labels = chat.keyboard?.rows.flat().map(labelOf) ?? [];
    const isUsedUp = chat.keyboard?.isOneTime === true && labels.includes(body.text);
    this.#core.world.setKeyboard(chat, isUsedUp ? null : chat.keyboard, null);
    return message;
  }

  sendContact(userId: number, phone: string, options: ContactOptions): MessageView {
    const chat = this.#writableChat(userId);
    const { contactUserId } = options;
    const owner = contactUserId === undefined ? userId : (contactUserId ?? undefined);
    const firstName = options.firstName ?? this.#person(owner ?? userId).firstName;
    const asked = chat.keyboard?.rows
      .flat()
      .some((button) => typeof button !== 'string' && 'request_contact' in button);
    const content: Content = {
      kind: 'contact',
      contact: { phoneNumber: phone, firstName, userId: owner },
    };
    const replyTo = asked ? chat.keyboard?.messageId : undefined;
    const message = this.#post(chat, content, { replyTo });
    if (chat.keyboard?.isOneTime) this.#core.world.setKeyboard(chat, null, null);
    return message;
  }

  sendPhoto(userId: number, bytes: Uint8Array, options: FileOptions): MessageView {
    const file = this.#core.world.files.add({ kind: 'photo', bytes });
    const body = typedText(options.caption ?? '');
    return this.#postFile(userId, { kind: 'photo', file, body, captionAbove: false }, options);
  }

  sendDocument(
    userId: number,
    document: { bytes: Uint8Array; name: string; mimeType: string },
    options: FileOptions,
  ): MessageView {
    const file = this.#core.world.files.add({ kind: 'document', ...document });
    const body = typedText(options.caption ?? '');
    return this.#postFile(userId, { kind: 'document', file, body }, options);
  }

  #postFile(
    userId: number,
    content: Content,
    { replyTo, inGroup = userId }: FileOptions,
  ): MessageView {
    return this.#post(this.#writableChat(inGroup), content, { replyTo, senderId: userId });
  }

  tap(userId: number, messageId: number, wanted: Tapped & { inGroup?: number }): TapHandle {
    const chat = this.#writableChat(wanted.inGroup ?? userId);
    const message = this.#message(chat, messageId);
    const data = 'forged' in wanted ? wanted.forged : dataOf(message, wanted);
    const queryId = this.#core.world.newLongId();
    const answer = this.#core.callbacks.open({ queryId, userId, messageId });
    this.#core.queue.push('callback_query', userId, {
      id: queryId,
      from: toUser(this.#person(userId)),
      message: toMessage(message, this.#core),
      chat_instance: chat.chatInstance,
      data,
    });
    return { queryId, answer };
  }

  setBlocked(userId: number, isBlocked: boolean): void {
    const { world, bot, queue } = this.#core;
    const chat = world.chat(userId);
    if (chat.isBlocked === isBlocked) return;
    chat.isBlocked = isBlocked;
    const member = { user: botUser(bot), status: 'member' };
    const kicked = { user: botUser(bot), status: 'kicked', until_date: 0 };
    const person = this.#person(userId);
    queue.push('my_chat_member', userId, {
      chat: toChat(person),
      from: toUser(person),
      date: world.nowSeconds(),
      old_chat_member: isBlocked ? member : kicked,
      new_chat_member: isBlocked ? kicked : member,
    });
  }

  deleteMessage(userId: number, messageId: number): void {
    const { world } = this.#core;
    world.removeMessage(this.#message(world.chat(userId), messageId));
  }

  #post(
    chat: Chat,
    content: Content,
    { replyTo, senderId }: { replyTo: number | undefined; senderId?: number },
  ): MessageView {
    const { world, queue } = this.#core;
    chat.isStarted = true;
    const { userId } = chat;
    const topicId = replyTo === undefined ? undefined : chat.messages.get(replyTo)?.topicId;
    const message = world.addMessage({
      userId,
      from: 'user',
      content,
      replyTo,
      senderId,
      topicId,
    });
    queue.push('message', chat.userId, toMessage(message, this.#core));
    return world.view(message);
  }

  #writableChat(userId: number): Chat {
    const chat = this.#core.world.chat(userId);
    if (chat.isBlocked) throw new Error(`person ${userId} blocks the bot: call unblock first`);
    return chat;
  }

  #message(chat: Chat, messageId: number): StoredMessage {
    const message = chat.messages.get(messageId);
    if (!message) throw new Error(`no message ${messageId} in the chat of person ${chat.userId}`);
    return message;
  }

  #person(userId: number): Person {
    const person = this.#core.world.person(userId);
    if (!person) throw new Error(`no person ${userId}: call user({id: ${userId}, …}) first`);
    return person;
  }
}

function labelOf(button: string | { text: string }): string {
  return typeof button === 'string' ? button : button.text;
}

function dataOf(message: StoredMessage, wanted: { data: string } | { text: string }): string {
  const buttons = message.inlineKeyboard.flat();
  const button = buttons.find((candidate) => matches(candidate, wanted));
  if (button && 'callback_data' in button) return button.callback_data;
  const labels = buttons.map((candidate) => JSON.stringify(candidate.text)).join(', ');
  const what = JSON.stringify(wanted);
  throw new Error(
    button
      ? `button ${what} of message ${message.messageId} is no callback button`
      : `message ${message.messageId} has no button ${what}; it has ${labels || 'none'}`,
  );
}

function matches(
  button: InlineKeyboardButton,
  wanted: { data: string } | { text: string },
): boolean {
  if ('text' in wanted) return button.text === wanted.text;
  return 'callback_data' in button && button.callback_data === wanted.data;
}
