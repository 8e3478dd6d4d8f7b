/** The buttons under a message and those in place of the phone's keyboard. */
import { copy, el, toast } from './dom.js';
import { isSafeLink } from './rich-text.js';

/** Without an answer of the bot a button stops waiting after this. */
const WAIT_MS = 15_000;

/** `tap` gets a callback button's data. */
export function inlineKeyboard(rows, tap) {
  return el(
    'div',
    { class: 'inline-keyboard' },
    ...rows.map((row) =>
      el('div', { class: 'row' }, ...row.map((button) => inlineButton(button, tap))),
    ),
  );
}

function inlineButton(button, tap) {
  const style = button.style === undefined ? '' : ` ${button.style}`;
  if (button.url !== undefined) return linkButton(button, style);
  return el(
    'button',
    {
      type: 'button',
      class: `key${style}`,
      onclick: (event) => press(button, { tap, element: event.currentTarget }),
    },
    button.text,
  );
}

function linkButton({ text, url }, style) {
  const href = isSafeLink(url) ? url : undefined;
  return el(
    'a',
    { class: `key opens${style}`, href, target: '_blank', rel: 'noopener noreferrer' },
    text,
  );
}

function press(button, { tap, element }) {
  if (button.copy_text !== undefined) {
    void copy(button.copy_text.text);
  } else if (button.callback_data === undefined) {
    toast('This kind of button does nothing in the sandbox.');
  } else {
    setBusy(element, true);
    setTimeout(() => setBusy(element, false), WAIT_MS);
    tap(button.callback_data);
  }
}

function setBusy(element, isBusy) {
  element.setAttribute('aria-busy', String(isBusy));
}

/** The bot has answered a tap on one of the buttons inside of `element`. */
export function answered(element) {
  for (const button of element.querySelectorAll('[aria-busy="true"]')) setBusy(button, false);
}

/** `send` gets a pressed button's label, `shareContact` is called for one that asks for the phone number. */
export function replyKeyboard(keyboard, { send, shareContact }) {
  return keyboard.rows.map((row) =>
    el(
      'div',
      { class: 'row' },
      ...row.map((button) => {
        const text = typeof button === 'string' ? button : button.text;
        const act = button.request_contact === true ? shareContact : () => send(text);
        return el('button', { type: 'button', class: 'key', onclick: act }, text);
      }),
    ),
  );
}
