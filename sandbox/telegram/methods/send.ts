import { z } from 'zod';

import { ApiError, badRequest } from '../api-error.ts';
import type { Core, Method } from '../core.ts';
import { MAX_TEXT_LENGTH } from '../formatted-text.ts';
import type { Params } from '../params.ts';
import { readRichMessage } from '../rich-message.ts';
import type { Chat, Content, ReplyMarkup, StoredMessage } from '../types.ts';
import { readCaption, readMarkup, readText, requireReachableChat, result } from './access.ts';
import { checkCaption, readFile, readLinkPreview } from './content.ts';

/** Bot API, createForumTopic. */
const MAX_TOPIC_NAME = 128;

const replySchema = z.object({
  message_id: z.coerce.number().int(),
  allow_sending_without_reply: z.boolean().default(false),
});

export const sendMessage: Method = (core, params) => {
  const body = readText(core, params);
  const markup = readMarkup(core, params);
  const chat = requireReachableChat(core, params);
  if (body.text === '') throw badRequest('Text must be non-empty');
  if (body.text.length > MAX_TEXT_LENGTH) throw badRequest('Message is too long');
  const content: Content = { kind: 'text', body, linkPreview: readLinkPreview(params) };
  return result(core, post({ core, params, chat, content, markup }));
};

export const sendRichMessage: Method = (core, params) => {
  if (core.isOld) throw new ApiError(404, 'Not Found: method not found');
  const blocks = readRichMessage(params);
  const markup = readMarkup(core, params);
  const chat = requireReachableChat(core, params);
  return result(core, post({ core, params, chat, content: { kind: 'rich', blocks }, markup }));
};

export const sendPhoto: Method = (core, params) => {
  const body = readCaption(core, params);
  const markup = readMarkup(core, params);
  const chat = requireReachableChat(core, params);
  const file = readFile({ core, params, reference: params.text('photo'), field: 'photo' });
  checkCaption(body);
  const captionAbove = params.flag('show_caption_above_media');
  const content: Content = { kind: 'photo', file, body, captionAbove };
  return result(core, post({ core, params, chat, content, markup }));
};

export const sendDocument: Method = (core, params) => {
  const body = readCaption(core, params);
  const markup = readMarkup(core, params);
  const chat = requireReachableChat(core, params);
  const file = readFile({ core, params, reference: params.text('document'), field: 'document' });
  checkCaption(body);
  return result(
    core,
    post({ core, params, chat, content: { kind: 'document', file, body }, markup }),
  );
};

/** A message once more, as the bot's own; of what has a caption, under another one where that is given. */
export const copyMessage: Method = (core, params) => {
  const source = core.world.startedChat(params.integer('from_chat_id', { fallback: 0 }));
  const message = source?.messages.get(params.integer('message_id', { fallback: 0 }));
  if (!message) throw badRequest('message to copy not found');
  const markup = readMarkup(core, params);
  const chat = requireReachableChat(core, params);
  const content = copied(core, params, message.content);
  return { message_id: post({ core, params, chat, content, markup }).messageId };
};

function copied(core: Core, params: Params, content: Content): Content {
  if (content.kind !== 'photo' && content.kind !== 'document') return content;
  if (!params.has('caption')) return content;
  const body = readCaption(core, params);
  checkCaption(body);
  return { ...content, body };
}

export const createForumTopic: Method = (core, params) => {
  const chat = requireReachableChat(core, params);
  if (chat.group?.isForum !== true) throw badRequest('the chat is not a forum');
  const name = params.text('name');
  if (name === '' || name.length > MAX_TOPIC_NAME) throw badRequest('TOPIC_TITLE_EMPTY');
  const body = { text: name, entities: [] };
  const content: Content = { kind: 'text', body, linkPreview: undefined };
  // The line that says so has the id of the topic.
  const line = core.world.addMessage({ userId: chat.userId, from: 'bot', content });
  line.topicId = line.messageId;
  chat.topics.set(line.messageId, name);
  return { message_thread_id: line.messageId, name, icon_color: 7322096 };
};

function readTopic(params: Params, chat: Chat): number | undefined {
  const topicId = params.integer('message_thread_id', { fallback: 0 });
  if (topicId === 0) return undefined;
  if (!chat.topics.has(topicId)) throw badRequest('message thread not found');
  return topicId;
}

function post(input: {
  core: Core;
  params: Params;
  chat: Chat;
  content: Content;
  markup: ReplyMarkup | null;
}): StoredMessage {
  const { core, params, chat, markup } = input;
  const replyTo = readReply(params, chat);
  core.pacing?.spend(chat.userId);
  const message = core.world.addMessage({
    userId: chat.userId,
    from: 'bot',
    content: input.content,
    inlineKeyboard: markup?.kind === 'inline' ? markup.rows : [],
    isLocked: markup !== null && markup.kind !== 'inline',
    replyTo,
    topicId: readTopic(params, chat),
  });
  applyMarkup({ core, chat, markup, messageId: message.messageId });
  return message;
}

function readReply(params: Params, chat: Chat): number | undefined {
  const given = params.json('reply_parameters', 'reply parameters');
  const legacyId = params.integer('reply_to_message_id', { fallback: 0 });
  if (given === undefined && legacyId === 0) return undefined;
  const parsed = replySchema.safeParse(given ?? { message_id: legacyId });
  if (!parsed.success) throw badRequest("Can't parse reply parameters JSON object");
  const reply = parsed.data;
  if (chat.messages.has(reply.message_id)) return reply.message_id;
  if (reply.allow_sending_without_reply || params.flag('allow_sending_without_reply')) {
    return undefined;
  }
  throw badRequest('message to be replied not found');
}

function applyMarkup(input: {
  core: Core;
  chat: Chat;
  markup: ReplyMarkup | null;
  messageId: number;
}): void {
  const { core, chat, markup, messageId } = input;
  if (markup?.kind === 'keyboard') {
    core.world.setKeyboard(chat, { messageId, ...markup.keyboard }, null);
  } else if (markup?.kind === 'remove') {
    core.world.setKeyboard(chat, null, null);
  } else if (markup?.kind === 'force-reply') {
    core.world.setKeyboard(chat, chat.keyboard, { messageId, placeholder: markup.placeholder });
  }
}
