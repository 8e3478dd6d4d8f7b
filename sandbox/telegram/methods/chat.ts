import { badRequest } from '../api-error.ts';
import { toFullChat } from '../api-objects.ts';
import type { Method } from '../core.ts';
import { requireChat, requireReachableChat } from './access.ts';

/** Bot API, answerCallbackQuery: 0–200 characters. */
const MAX_ANSWER_LENGTH = 200;
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
