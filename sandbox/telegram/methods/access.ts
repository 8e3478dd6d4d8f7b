import type { MessageEntity } from 'grammy/types';

import { ApiError, badRequest } from '../api-error.ts';
import { toMessage, toUser } from '../api-objects.ts';
import type { Core } from '../core.ts';
import { formatText } from '../formatted-text.ts';
import type { TextSource } from '../formatted-text.ts';
import { parseReplyMarkup } from '../keyboard.ts';
import { checkLink } from '../link.ts';
import type { Params } from '../params.ts';
import type { Chat, FormattedText, ReplyMarkup, StoredMessage } from '../types.ts';

/** The chat an argument names. Throws 400 when there is none, also for somebody who never wrote to the bot. */
export function requireChat(core: Core, params: Params): Chat {
  const value = params.text('chat_id');
  if (value === '') throw badRequest('chat_id is empty');
  const chat = /^-?\d+$/.test(value) ? core.world.startedChat(Number(value)) : undefined;
  if (!chat) throw badRequest('chat not found');
  return chat;
}

/** Like `requireChat`, for what reaches the person: 403 when they blocked the bot. */
export function requireReachableChat(core: Core, params: Params): Chat {
  const chat = requireChat(core, params);
  if (chat.isBlocked) throw new ApiError(403, 'Forbidden: bot was blocked by the user');
  return chat;
}

/** `what` as the real server says it: "message to edit". */
export function requireMessage(chat: Chat, params: Params, what: string): StoredMessage {
  const messageId = params.integer('message_id', { fallback: 0 });
  const message = chat.messages.get(messageId);
  if (!message) throw badRequest(`${what} not found`);
  return message;
}

/** The text of a message, 400 when it is missing. It may still be empty after parsing. */
export function readText(core: Core, params: Params): FormattedText {
  const text = params.text('text');
  if (text === '') throw badRequest('Message text is empty');
  return format(core, {
    text,
    parseMode: params.text('parse_mode'),
    entities: params.json('entities', 'entities'),
  });
}

export function readCaption(core: Core, params: Params): FormattedText {
  return format(core, {
    text: params.text('caption'),
    parseMode: params.text('parse_mode'),
    entities: params.json('caption_entities', 'caption entities'),
  });
}

export function format(core: Core, source: TextSource): FormattedText {
  return formatText(source, {
    isOld: core.isOld,
    checkLink: (url) => {
      const link = checkLink(url, core);
      return link.kind === 'ok' ? link.url : undefined;
    },
    mention: (userId) => {
      const person = core.world.person(userId);
      // The object is built to the Bot API's shape of a user.
      return person && { user: toUser(person) as unknown as TextMentionUser };
    },
  });
}

type TextMentionUser = MessageEntity.TextMentionMessageEntity['user'];

export function readMarkup(core: Core, params: Params): ReplyMarkup | null {
  return parseReplyMarkup(params.json('reply_markup', 'reply keyboard markup'), core);
}

/** An edited message can only have an inline keyboard; none when absent. */
export function inlineRows(markup: ReplyMarkup | null): StoredMessage['inlineKeyboard'] {
  if (markup === null) return [];
  if (markup.kind !== 'inline') throw badRequest('Inline keyboard expected');
  return markup.rows;
}

/** The `Message` object a method returns. */
export function result(core: Core, message: StoredMessage): Record<string, unknown> {
  return toMessage(message, core);
}
