import { ApiError, badRequest } from '../api-error.ts';
import type { Method } from '../core.ts';
import { MAX_TEXT_LENGTH } from '../formatted-text.ts';
import { format, requireReachableChat } from './access.ts';

/** Bot API, sendMessageDraft: a preview of 30 seconds. */
const LIFE_MS = 30_000;

/**
 * A draft is no message of the chat: nothing is told to the bot about it, and it can neither be edited nor deleted. Not
 * simulated: its stop button, and topics.
 */
export const sendMessageDraft: Method = (core, params) => {
  if (core.isOld) throw new ApiError(404, 'Not Found: method not found');
  const { text, entities } = format(core, {
    text: params.text('text'),
    parseMode: params.text('parse_mode'),
    entities: params.json('entities', 'entities'),
  });
  const chat = requireReachableChat(core, params);
  if (chat.group) throw badRequest('TEXTDRAFT_PEER_INVALID');
  const draftId = params.integer('draft_id', { fallback: 0 });
  if (draftId === 0) throw badRequest('RANDOM_ID_INVALID');
  if (text.length > MAX_TEXT_LENGTH) throw badRequest('message is too long');
  core.pacing?.spend(chat.userId);
  core.world.setDraft(chat, { draftId, text, entities, until: core.clock.now() + LIFE_MS });
  return true;
};
