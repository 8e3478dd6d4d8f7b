/** One message. */
import { html, LitElement, nothing } from 'lit';
import { sendText } from './acts.js';
import { fileUrl } from './api.js';
import { clockTime, fileSize } from './format.js';
import { inlineKeyboard } from './inline-keyboard.js';
import { copy } from './notices.js';
import { richMessage } from './rich-message.js';
import { richText } from './rich-text.js';

export class ChatBubble extends LitElement {
  static properties = {
    message: { attribute: false },
    isWaiting: { attribute: false },
  };

  #hadFocus = false;

  createRenderRoot() {
    return this;
  }

  /** Other buttons take the place of those that were there: whoever pressed one has not chosen any of these. */
  willUpdate(changed) {
    const before = changed.get('message');
    const isSame = !before || labels(before) === labels(this.message);
    this.#hadFocus = !isSame && document.activeElement?.closest('.key') !== null;
    this.#hadFocus &&= this.contains(document.activeElement);
  }

  updated() {
    if (!this.#hadFocus) return;
    this.#hadFocus = false;
    (this.querySelector('.inline-keyboard') ?? this.closest('.messages'))?.focus();
  }

  render() {
    const { message } = this;
    const isPhoto = message.file?.kind === 'photo';
    return html`
      <div class="message ${message.from}" id="message-${message.messageId}">
        <div class="bubble ${isPhoto ? 'with-photo' : ''}">
          <span class="visually-hidden">${message.from === 'bot' ? 'Bot:' : 'You:'}</span>
          ${attachment(message)} ${words(message)} ${footer(message)}
        </div>
        ${inlineKeyboard(message, this.isWaiting)}
      </div>
    `;
  }
}

function labels({ inlineKeyboard: rows }) {
  return JSON.stringify(rows.map((row) => row.map(({ text }) => text)));
}

function words({ text, caption, entities, rich: blocks }) {
  if (blocks) return richMessage(blocks);
  const whole = text || caption;
  if (whole === '') return nothing;
  const rich = richText({ text: whole, entities, onCommand: sendText, onCode: copy });
  return html`<div class="text">${rich}</div>`;
}

function attachment({ messageId, file, contact, caption }) {
  if (contact) return html`<p class="contact">👤 ${contact.firstName}, ${contact.phoneNumber}</p>`;
  if (!file) return nothing;
  const url = fileUrl(file);
  if (file.kind === 'photo') {
    const label = caption === '' ? `Photo of message ${messageId}` : `Photo: ${firstLine(caption)}`;
    return html`<a class="photo" href=${url} target="_blank" rel="noopener">
      <img src=${url} alt=${label} />
    </a>`;
  }
  const name = file.name ?? 'file';
  return html`<a class="file" href=${url} download=${name} aria-label="Download ${name}">
    <span class="file-icon" aria-hidden="true">${extensionOf(name)}</span>
    <span class="file-name">${name}</span>
    <span class="file-size">${fileSize(file.sizeBytes)}</span>
  </a>`;
}

function firstLine(text) {
  return text.split('\n')[0];
}

function extensionOf(name) {
  return name.includes('.') ? name.split('.').at(-1).slice(0, 4) : '↓';
}

function footer({ at, from, isEdited }) {
  return html`<span class="stamp">
    ${isEdited ? 'edited ' : ''}<time datetime=${new Date(at).toISOString()}>${clockTime(at)}</time
    >${from === 'user' ? html`<span aria-hidden="true"> ✓✓</span>` : nothing}
  </span>`;
}

customElements.define('chat-bubble', ChatBubble);
