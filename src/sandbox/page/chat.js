/** The chats of all persons, one of them on the screen. */
import { get, post } from './api.js';
import { alertDialog, attempt, byId, el, toast } from './dom.js';
import { answered, replyKeyboard } from './keyboards.js';
import { bubble } from './messages.js';
import { drawTabs, markTabs } from './persons.js';

const TYPING_MS = 6000;
/** Closer to the end than this, new messages move the view along. */
const NEAR_END_PX = 120;

let persons = [];
/** By person's id: `{ messages: Map, keyboard }`. */
let chats = new Map();
let selected = null;
const unread = new Map();
let typingTimer;
let isKeyboardOpen = true;

export function showState(state) {
  persons = state.persons;
  chats = new Map(
    persons.map(({ id }) => {
      const { messages, keyboard } = state.chats[id];
      return [id, { messages: new Map(messages.map((each) => [each.messageId, each])), keyboard }];
    }),
  );
  drawTabs(persons, choose);
  choose(chats.has(selected) ? selected : persons[0].id);
}

function choose(id) {
  selected = id;
  unread.delete(id);
  markTabs({ persons, selected, unread });
  const list = byId('messages');
  // What is already known is not news.
  list.setAttribute('aria-live', 'off');
  list.replaceChildren(...[...chats.get(id).messages.values()].map((each) => draw(each)));
  list.scrollTop = list.scrollHeight;
  requestAnimationFrame(() => list.setAttribute('aria-live', 'polite'));
  hideTyping();
  closeCommands();
  drawKeyboard();
}

function draw(message) {
  return bubble(message, { send, tap });
}

const HEAR = {
  message({ userId, message }) {
    chats.get(userId).messages.set(message.messageId, message);
    if (userId !== selected) {
      count(userId, message);
      return;
    }
    if (message.from === 'bot') hideTyping();
    keepingPlace(message.from === 'user', () => byId('messages').append(draw(message)));
    if (!byId('start').hidden) drawKeyboard();
  },
  edit({ userId, message }) {
    const { messages } = chats.get(userId);
    if (messages.has(message.messageId)) messages.set(message.messageId, message);
    if (userId === selected) replace(message);
  },
  delete({ userId, messageId }) {
    chats.get(userId).messages.delete(messageId);
    if (userId === selected) byId(`message-${messageId}`)?.remove();
  },
  'callback-answer'({ userId, messageId, text, showAlert }) {
    if (userId !== selected) return;
    const element = byId(`message-${messageId}`);
    if (element) answered(element);
    if (text !== '' && showAlert) alertDialog(text);
    else if (text !== '') toast(text);
  },
  'chat-action'({ userId }) {
    if (userId !== selected) return;
    byId('typing').hidden = false;
    clearTimeout(typingTimer);
    typingTimer = setTimeout(hideTyping, TYPING_MS);
  },
  'reply-keyboard'({ userId, keyboard }) {
    chats.get(userId).keyboard = keyboard;
    isKeyboardOpen = true;
    if (userId === selected) drawKeyboard();
  },
  pin({ userId, pinned }) {
    for (const message of chats.get(userId).messages.values()) {
      const isPinned = pinned.includes(message.messageId);
      if (message.isPinned === isPinned) continue;
      message.isPinned = isPinned;
      if (userId === selected) replace(message);
    }
  },
};

export function hearTelegram(event) {
  if (chats.has(event.userId)) HEAR[event.kind]?.(event);
}

function count(userId, message) {
  if (message.from !== 'bot') return;
  unread.set(userId, (unread.get(userId) ?? 0) + 1);
  markTabs({ persons, selected, unread });
}

function replace(message) {
  const old = byId(`message-${message.messageId}`);
  if (!old) return;
  // A press of a button must not lose the keyboard's place on the page.
  const keys = [...old.querySelectorAll('.key')];
  const at = keys.indexOf(document.activeElement);
  const fresh = draw(message);
  keepingPlace(false, () => old.replaceWith(fresh));
  if (at >= 0) fresh.querySelectorAll('.key')[at]?.focus({ preventScroll: true });
}

function keepingPlace(toEnd, change) {
  const list = byId('messages');
  const isNearEnd = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END_PX;
  change();
  if (toEnd || isNearEnd) list.scrollTop = list.scrollHeight;
}

function drawKeyboard() {
  const { keyboard, messages } = chats.get(selected);
  const isNew = messages.size === 0;
  byId('start').hidden = !isNew;
  byId('composer').hidden = isNew;
  byId('text').placeholder = keyboard?.placeholder ?? 'Message';
  const panel = byId('reply-keyboard');
  const button = byId('keyboard-button');
  button.hidden = keyboard === null;
  button.setAttribute('aria-expanded', String(isKeyboardOpen));
  const isShown = keyboard !== null && isKeyboardOpen;
  keepingPlace(false, () => {
    panel.hidden = !isShown;
    panel.replaceChildren(...(isShown ? replyKeyboard(keyboard, { send, shareContact }) : []));
  });
}

function hideTyping() {
  clearTimeout(typingTimer);
  byId('typing').hidden = true;
}

function send(text) {
  closeCommands();
  return attempt(() => post(`persons/${selected}/text`, { text }));
}

function tap(messageId, data) {
  void attempt(() => post(`persons/${selected}/tap`, { messageId, data }));
}

function shareContact() {
  void attempt(() => post(`persons/${selected}/contact`, { phone: `+99890000${selected}` }));
}

async function openCommands() {
  const commands = await attempt(() => get(`persons/${selected}/commands`));
  if (commands === undefined) return;
  if (commands.length === 0) toast('The bot has no commands here.');
  const items = commands.map(({ command, description }) =>
    el(
      'li',
      {},
      el(
        'button',
        { type: 'button', onclick: () => void send(`/${command}`) },
        el('b', {}, `/${command}`),
        ` ${description}`,
      ),
    ),
  );
  byId('commands').replaceChildren(...items);
  byId('commands').hidden = commands.length === 0;
  byId('commands-button').setAttribute('aria-expanded', String(commands.length > 0));
  byId('commands').querySelector('button')?.focus();
}

function closeCommands() {
  byId('commands').hidden = true;
  byId('commands-button').setAttribute('aria-expanded', 'false');
}

/** Connects what does not change while the page is open. */
export function startChat() {
  byId('start-button').addEventListener('click', () => {
    void send('/start');
    // The button goes away: the next thing to do is to read.
    byId('messages').focus();
  });
  byId('commands-button').addEventListener('click', () => {
    if (byId('commands').hidden) void openCommands();
    else closeCommands();
  });
  byId('commands').addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    closeCommands();
    byId('commands-button').focus();
  });
  byId('keyboard-button').addEventListener('click', () => {
    isKeyboardOpen = !isKeyboardOpen;
    drawKeyboard();
  });
  byId('composer').addEventListener('submit', (event) => {
    event.preventDefault();
    void sendTyped();
  });
}

async function sendTyped() {
  const input = byId('text');
  const text = input.value.trim();
  if (text === '') return;
  input.value = '';
  const sent = await send(text);
  if (sent === undefined && input.value === '') input.value = text;
}
