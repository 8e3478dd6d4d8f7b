/** The buttons under a message. */
import { html, nothing } from 'lit';
import { tap } from './acts.js';
import { isSafeLink } from './entities.js';
import { copy, toast } from './notices.js';

export function inlineKeyboard({ messageId, inlineKeyboard: rows }, isWaiting) {
  if (rows.length === 0) return nothing;
  return html`<div
    class="inline-keyboard"
    role="group"
    tabindex="-1"
    aria-label="Buttons of the message"
    aria-busy=${String(isWaiting)}
  >
    ${rows.map((row) => html`<div class="row">${row.map((button) => key(button, messageId))}</div>`)}
  </div>`;
}

function key(button, messageId) {
  const style = button.style ?? '';
  if (button.url !== undefined) return linkKey(button, style);
  if (button.disabled !== undefined) return idleKey(button, style);
  const kind = button.copy_text === undefined ? '' : 'copies';
  return html`<button
    type="button"
    class="key ${style} ${kind}"
    @click=${() => press(button, messageId)}
  >
    ${button.text}
  </button>`;
}

function idleKey({ text }, style) {
  return html`<button type="button" class="key ${style}" disabled>${text}</button>`;
}

function linkKey({ text, url }, style) {
  if (!isSafeLink(url)) return html`<span class="key ${style}">${text}</span>`;
  return html`<a class="key opens ${style}" href=${url} target="_blank" rel="noopener noreferrer"
    >${text}</a
  >`;
}

function press(button, messageId) {
  if (button.copy_text !== undefined) void copy(button.copy_text.text);
  else if (button.callback_data !== undefined) void tap(messageId, button.callback_data);
  else toast('This kind of button does nothing in the sandbox.');
}
