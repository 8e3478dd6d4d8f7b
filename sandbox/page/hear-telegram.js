/** What events of the simulated Telegram change in the store. */
import { alertText, toast } from './notices.js';
import { store } from './store.js';

/** Telegram shows an action for so long, unless a message comes first. */
const ACTION_MS = 5500;

/** Telegram takes a draft away after so long, unless a message comes first. */
const DRAFT_MS = 30_000;

/** A chat as the page keeps it, from what the server says of it. */
export function chatOf({ messages, keyboard }) {
  return {
    messages: new Map(messages.map((each) => [each.messageId, each])),
    keyboard,
    isKeyboardOpen: true,
    unread: 0,
    /** What the bot is doing right now: `typing`, `upload_photo` … or null. */
    doing: null,
    doingUntil: undefined,
    /** What the bot shows of a message that it is still at, or null. */
    draft: null,
    draftUntil: undefined,
    /** Ids of messages with a button that waits for its answer. */
    waiting: new Set(),
  };
}

const HEAR = {
  message(chat, { message, userId }, state) {
    chat.messages.set(message.messageId, message);
    if (message.from !== 'bot') return;
    chat.doing = null;
    if (userId !== state.selected) chat.unread += 1;
  },
  edit(chat, { message }) {
    if (chat.messages.has(message.messageId)) chat.messages.set(message.messageId, message);
  },
  delete(chat, { messageId }) {
    chat.messages.delete(messageId);
  },
  'callback-answer'(chat, { messageId }) {
    chat.waiting.delete(messageId);
  },
  'chat-action'(chat, { action }) {
    chat.doing = action;
    clearTimeout(chat.doingUntil);
    chat.doingUntil = setTimeout(() => {
      store.change(() => {
        chat.doing = null;
      });
    }, ACTION_MS);
  },
  draft(chat, { draft }) {
    chat.draft = draft;
    clearTimeout(chat.draftUntil);
    if (draft === null) return;
    chat.draftUntil = setTimeout(() => {
      store.change(() => {
        chat.draft = null;
      });
    }, DRAFT_MS);
  },
  'reply-keyboard'(chat, { keyboard }) {
    chat.keyboard = keyboard;
    chat.isKeyboardOpen = true;
  },
};

export function hearTelegram(event) {
  const chat = store.state.chats.get(event.userId);
  const hear = HEAR[event.kind];
  if (!chat || !hear) return;
  store.change((state) => hear(chat, event, state));
  if (event.kind === 'callback-answer' && event.userId === store.state.selected) say(event);
}

function say({ text, showAlert }) {
  if (text === '') return;
  if (showAlert) alertText(text);
  else toast(text);
}
