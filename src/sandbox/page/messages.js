/** One message as a bubble. */
import { copy, el } from './dom.js';
import { inlineKeyboard } from './keyboards.js';
import { nodesOf, treeOf } from './rich-text.js';

const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** `send` gets a pressed command, `tap` a message's id and a pressed button's data. */
export function bubble(message, { send, tap }) {
  const isBot = message.from === 'bot';
  return el(
    'div',
    { class: `message ${message.from}`, id: `message-${message.messageId}` },
    el(
      'div',
      { class: 'bubble' },
      el('span', { class: 'visually-hidden' }, isBot ? 'Bot: ' : 'You: '),
      ...attachments(message),
      el('div', { class: 'text' }, ...textNodes(message, send)),
      footer(message),
    ),
    ...(message.inlineKeyboard.length > 0
      ? [inlineKeyboard(message.inlineKeyboard, (data) => tap(message.messageId, data))]
      : []),
  );
}

function textNodes({ text, caption, entities }, send) {
  const tree = treeOf(text || caption, entities);
  return nodesOf(tree, { onCommand: send, onCode: (code) => void copy(code) });
}

function attachments({ file, contact }) {
  const parts = [];
  if (file)
    parts.push(
      el('p', { class: 'file' }, file.kind === 'photo' ? '🖼 Photo' : `📎 ${file.name ?? 'File'}`),
    );
  if (contact)
    parts.push(el('p', { class: 'file' }, `👤 ${contact.firstName}, ${contact.phoneNumber}`));
  return parts;
}

function footer({ at, isEdited, isPinned }) {
  const time = CLOCK.format(new Date(at));
  const text = `${isPinned ? '📌 ' : ''}${isEdited ? 'edited ' : ''}${time}`;
  return el('time', { dateTime: new Date(at).toISOString() }, text);
}
