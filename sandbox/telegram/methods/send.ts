import { z } from 'zod';

import { badRequest } from '../api-error.ts';
import type { Core, Method } from '../core.ts';
import { MAX_TEXT_LENGTH } from '../formatted-text.ts';
import type { Params } from '../params.ts';
import type { Chat, Content, ReplyMarkup, StoredMessage } from '../types.ts';
import { readCaption, readMarkup, readText, requireReachableChat, result } from './access.ts';
import { checkCaption, readFile, readLinkPreview } from './content.ts';

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
