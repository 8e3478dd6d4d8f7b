import { badRequest } from '../api-error.ts';
import { botUser, toFullChat, toUser } from '../api-objects.ts';
import type { Method } from '../core.ts';
import { requireChat, requireMessage, requireReachableChat } from './access.ts';

/** Bot API, answerCallbackQuery: 0–200 characters. */
const MAX_ANSWER_LENGTH = 200;
const MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024;
const ACTIONS = new Set([
  'typing',
  'upload_photo',
  'record_video',
  'upload_video',
  'record_voice',
  'upload_voice',
  'upload_document',
  'choose_sticker',
  'find_location',
  'record_video_note',
  'upload_video_note',
]);

export const answerCallbackQuery: Method = (core, params) => {
  const text = params.text('text');
  const showAlert = params.flag('show_alert');
  const url = params.has('url') ? params.text('url') : undefined;
  if (text.length > MAX_ANSWER_LENGTH) throw badRequest('MESSAGE_TOO_LONG');
  // A link is only for games and for t.me links that start the bot.
  if (url !== undefined && !/^(?:https?:\/\/)?t\.me\/|^tg:\/\//i.test(url)) {
    throw badRequest('URL_INVALID');
  }
  const query = core.callbacks.answer(params.text('callback_query_id'), { text, showAlert, url });
  core.world.events.emit({ kind: 'callback-answer', ...query, text, showAlert, url });
  return true;
};

export const sendChatAction: Method = (core, params) => {
  const action = params.text('action').toLowerCase();
  if (!ACTIONS.has(action)) throw badRequest('Wrong parameter action in request');
  const chat = requireReachableChat(core, params);
  core.world.events.emit({ kind: 'chat-action', userId: chat.userId, action });
  return true;
};

export const getChat: Method = (core, params) => toFullChat(requireChat(core, params), core);

export const getChatMember: Method = (core, params) => {
  const userId = params.integer('user_id', { fallback: 0 });
  if (userId <= 0) throw badRequest('invalid user_id specified');
  const chat = requireChat(core, params);
  if (userId === core.bot.id) {
    return chat.isBlocked
      ? { status: 'kicked', user: botUser(core.bot), until_date: 0 }
      : { status: 'member', user: botUser(core.bot) };
  }
  const person = core.world.person(userId);
  if (!person || userId !== chat.userId) throw badRequest('member not found');
  return { status: 'member', user: toUser(person) };
};

export const pinChatMessage: Method = (core, params) => {
  const chat = requireReachableChat(core, params);
  const { messageId } = requireMessage(chat, params, 'message to pin');
  const others = chat.pinned.filter((pinned) => pinned !== messageId);
  core.world.setPinned(chat, [...others, messageId]);
  return true;
};

/** Without a message: the newest pinned one. */
export const unpinChatMessage: Method = (core, params) => {
  const chat = requireChat(core, params);
  const messageId = params.has('message_id')
    ? requireMessage(chat, params, 'message to unpin').messageId
    : chat.pinned.at(-1);
  if (messageId === undefined) throw badRequest('Message to unpin not found');
  core.world.setPinned(
    chat,
    chat.pinned.filter((pinned) => pinned !== messageId),
  );
  return true;
};

export const getFile: Method = (core, params) => {
  const file = core.world.files.get(params.text('file_id'));
  if (!file) throw badRequest('invalid file_id');
  if (file.bytes.length > MAX_DOWNLOAD_BYTES) throw badRequest('file is too big');
  return {
    file_id: file.fileId,
    file_unique_id: file.uniqueId,
    file_size: file.bytes.length,
    file_path: file.path,
  };
};
