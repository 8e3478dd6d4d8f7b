import { isDeepStrictEqual } from 'node:util';

import { z } from 'zod';

import { ApiError, badRequest } from '../api-error.ts';
import type { Core, Method } from '../core.ts';
import { MAX_TEXT_LENGTH } from '../formatted-text.ts';
import type { Params } from '../params.ts';
import { readRichMessage } from '../rich-message.ts';
import type { Content, StoredMessage } from '../types.ts';
import {
  format,
  inlineRows,
  readMarkup,
  readText,
  requireChat,
  requireMessage,
  requireReachableChat,
  result,
} from './access.ts';
import { checkCaption, readFile, readLinkPreview } from './content.ts';

/** A bot can delete messages of the last 48 hours (Bot API, deleteMessage). */
const DELETABLE_SECONDS = 48 * 3600;
const NOT_MODIFIED =
  'message is not modified: specified new message content and reply markup are exactly the same as a current ' +
  'content and reply markup of the message';
const mediaSchema = z.object({
  type: z.enum(['photo', 'document']),
  media: z.string(),
  caption: z.string().default(''),
  parse_mode: z.string().default(''),
  caption_entities: z.unknown().optional(),
  show_caption_above_media: z.boolean().default(false),
});

/** Text becomes a rich message and back. An old server looks for a text alone. */
export const editMessageText: Method = (core, params) => {
  if (!core.isOld && params.has('rich_message')) return editIntoRich(core, params);
  const body = readText(core, params);
  const message = editable(core, params);
  checkHasText(message);
  const inlineKeyboard = inlineRows(readMarkup(core, params));
  if (body.text === '') throw badRequest('Text must be non-empty');
  if (body.text.length > MAX_TEXT_LENGTH) throw badRequest('MESSAGE_TOO_LONG');
  const content: Content = { kind: 'text', body, linkPreview: readLinkPreview(params) };
  return applyEdit({ core, message, content, inlineKeyboard });
};

function editIntoRich(core: Core, params: Params): Record<string, unknown> {
  if (params.has('text')) throw badRequest('MESSAGE_CONTENT_INVALID');
  const content: Content = { kind: 'rich', blocks: readRichMessage(params) };
  const message = editable(core, params);
  checkHasText(message);
  const inlineKeyboard = inlineRows(readMarkup(core, params));
  return applyEdit({ core, message, content, inlineKeyboard });
}

function checkHasText({ content: { kind } }: StoredMessage): void {
  if (kind !== 'text' && kind !== 'rich') {
    throw badRequest('There is no text in the message to edit');
  }
}

export const editMessageMedia: Method = (core, params) => {
  const parsed = mediaSchema.safeParse(params.json('media', 'InputMedia'));
  if (!parsed.success) {
    throw badRequest(`Can't parse InputMedia: ${parsed.error.issues[0]?.message ?? 'wrong'}`);
  }
  const media = parsed.data;
  const message = editable(core, params);
  if (message.content.kind === 'contact') throw badRequest("Message media can't be edited");
  const inlineKeyboard = inlineRows(readMarkup(core, params));
  const body = format(core, {
    text: media.caption,
    parseMode: media.parse_mode,
    entities: media.caption_entities,
  });
  checkCaption(body);
  const file = readFile({ core, params, reference: media.media, field: media.type });
  const content: Content =
    media.type === 'photo'
      ? { kind: 'photo', file, body, captionAbove: media.show_caption_above_media }
      : { kind: 'document', file, body };
  return applyEdit({ core, message, content, inlineKeyboard });
};

export const deleteMessage: Method = (core, params) => {
  if (!params.has('chat_id')) throw badRequest('Chat identifier is not specified');
  if (params.integer('message_id', { fallback: 0 }) === 0) {
    throw badRequest('Message identifier is not specified');
  }
  const chat = requireChat(core, params);
  const message = requireMessage(chat, params, 'message to delete');
  checkDeletable(core, message);
  core.world.removeMessage(message);
  return true;
};

function checkDeletable(core: Core, message: StoredMessage): void {
  if (core.world.nowSeconds() - message.date > DELETABLE_SECONDS) {
    throw badRequest("Message can't be deleted for everyone");
  }
}

/**
 * The message an edit is about. Nobody's but the bot's own can be edited, and none that brought a reply keyboard,
 * removed one or forced a reply (TDLib's `can_edit_message`). A person who blocked the bot: 403, as for sending.
 */
function editable(core: Core, params: Params): StoredMessage {
  if (params.has('inline_message_id') && !params.has('chat_id')) {
    throw badRequest('MESSAGE_ID_INVALID');
  }
  const chat = requireReachableChat(core, params);
  const message = requireMessage(chat, params, 'message to edit');
  if (message.from !== 'bot' || message.isLocked) throw badRequest("Message can't be edited");
  return message;
}

function applyEdit(input: {
  core: Core;
  message: StoredMessage;
  content: Content;
  inlineKeyboard: StoredMessage['inlineKeyboard'];
}): Record<string, unknown> {
  const { core, message, content, inlineKeyboard } = input;
  const isSameContent = isDeepStrictEqual(content, message.content);
  if (isSameContent && isDeepStrictEqual(inlineKeyboard, message.inlineKeyboard)) {
    throw new ApiError(400, `Bad Request: ${NOT_MODIFIED}`);
  }
  core.pacing?.spend(message.userId);
  core.world.editMessage(message, isSameContent ? { inlineKeyboard } : { content, inlineKeyboard });
  return result(core, message);
}
