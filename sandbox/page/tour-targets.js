/** What to press next, found on the page as a person would: by what is written on it. */
import { currentChat } from './store.js';

/** The way to an order that waits, and there the button that `selector` names. */
export function topupTarget(selector) {
  // Late money is on its way: there is nothing to do but to watch.
  const late = document.querySelector('.order.late');
  return late ?? orderTarget(selector) ?? phoneTarget([TRANSFER, /^50.000/, '💰']);
}

/** A transfer to a card, in the bot's languages: the outside world can pay it exactly, late or with another sum. */
const TRANSFER = /^(?:Card transfer|Перевод на карту|Kartaga oʻtkazma|Картага ўтказма)$/u;

/** The button that `selector` names on the newest order that waits, or undefined. */
export function orderTarget(selector) {
  return document.querySelector(`.order.pending ${selector}`) ?? undefined;
}

/** The question that the bot asks of a bill: its answers, or the field to type into; else the way to the first one. */
export function billTarget() {
  const keyboard = isBillQuestion() ? lastKeyboard() : null;
  if (!keyboard) return menuKey('🧾') ?? phoneTarget(['🧾']);
  const answers = [...keyboard.querySelectorAll('.key')].filter(
    ({ textContent }) => !LEADS_AWAY.test(textContent.trim()),
  );
  const sure = answers.find(({ textContent }) => /^(?:✅|💰|⏭)/u.test(textContent.trim()));
  if (answers.length === 0) return document.querySelector('chat-composer') ?? undefined;
  return sure ?? keyboard;
}

/** Back, cancel, the menu, own lists. */
const LEADS_AWAY = /^(?:⬅️|❌|🏠|📜|💳)/u;

function isBillQuestion() {
  return newestOfBot()?.inlineKeyboard.flat().some(isStep) ?? false;
}

function isStep({ callback_data: data }) {
  return data?.startsWith('pay_step:') ?? false;
}

function newestOfBot() {
  return [...(currentChat()?.messages.values() ?? [])].findLast(({ from }) => from === 'bot');
}

/** The first of `wanted` on the phone's newest buttons; else the buttons themselves. */
function phoneTarget(wanted) {
  const start = document.querySelector('.start-button');
  if (start) return start;
  const last = lastKeyboard();
  const keys = last ? [...last.querySelectorAll('.key')] : [];
  const replyKeys = [...document.querySelectorAll('.reply-key')];
  const found = wanted
    .flatMap((each) =>
      [...keys, ...replyKeys].filter(({ textContent }) => fits(textContent.trim(), each)),
    )
    .at(0);
  if (keys.some(({ textContent }) => textContent.includes('🇬🇧'))) return last;
  return found ?? last ?? document.querySelector('chat-composer');
}

/** The key of the main menu with this sign; buttons of messages may have the same. */
function menuKey(sign) {
  const keys = [...document.querySelectorAll('.reply-key')];
  return keys.find(({ textContent }) => textContent.includes(sign));
}

/** The buttons of the newest message, when it has any. */
function lastKeyboard() {
  const newest = newestOfBot();
  if (!newest) return null;
  return document.querySelector(`#message-${newest.messageId} .inline-keyboard`);
}

function fits(text, wanted) {
  return typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
}
