import type { Update } from 'grammy/types';
import { expect, test } from 'vitest';
import { orderingKeyOf } from './ordering-key.ts';

const CHAT = { id: 7, type: 'private', first_name: 'A' };
const FROM = { id: 8, is_bot: false, first_name: 'A' };

test.each([
  ['a message', { message: { chat: CHAT, from: FROM } }, 7],
  ['a tap', { callback_query: { from: FROM, message: { chat: CHAT } } }, 7],
  ['a tap on a message sent through the bot', { callback_query: { from: FROM } }, 8],
  ['a blocked bot', { my_chat_member: { chat: CHAT, from: FROM } }, 7],
  ['an inline query', { inline_query: { from: FROM, query: '' } }, 8],
  ['a poll answer', { poll_answer: { user: FROM } }, 8],
  ['a poll', { poll: { id: 'x' } }, 0],
  ['a kind of the future', { other: { chat: { id: 'seven' } } }, 0],
  ['nothing', {}, 0],
])('%s', (_, event, orderingKey) => {
  expect(orderingKeyOf({ update_id: 1, ...event } as unknown as Update)).toBe(orderingKey);
});
