/** The messages of a chat, kept at their end as new ones come. */
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { sendText } from './acts.js';
import './chat-bubble.js';
import { PageElement } from './element.js';
import { dayOf } from './format.js';
import { copy } from './notices.js';
import { richText } from './rich-text.js';
import { currentChat, store } from './store.js';

/** Closer to the end than this, new messages move the view along. */
const NEAR_END_PX = 140;

export class ChatLog extends PageElement {
  #shownFor = null;
  #isAtEnd = true;
  #newest = 0;

  render() {
    const chat = currentChat();
    const messages = chat ? [...chat.messages.values()] : [];
    // What is already known is not news.
    const live = this.#shownFor === store.state.selected ? 'polite' : 'off';
    return html`
      <div
        class="messages"
        role="log"
        aria-label="Messages"
        aria-live=${live}
        tabindex="0"
        @scroll=${(event) => this.#scrolled(event)}
      >
        ${messages.length === 0 ? nobodyWrote() : nothing}
        ${repeat(
          withDays(messages),
          ({ key }) => key,
          ({ day, message }) => (day === undefined ? this.#bubble(message, chat) : dayMark(day)),
        )}
        ${repeat(chat?.draft ? [chat.draft] : [], ({ draftId }) => draftId, draftBubble)}
      </div>
    `;
  }

  #bubble(message, chat) {
    const isWaiting = chat.waiting.has(message.messageId);
    return html`<chat-bubble
      .message=${message}
      .isWaiting=${isWaiting}
      @load=${{ handleEvent: () => this.#keepEnd(), capture: true }}
    ></chat-bubble>`;
  }

  #scrolled(event) {
    const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
    this.#isAtEnd = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
  }

  updated() {
    const { selected } = store.state;
    const last = [...(currentChat()?.messages.values() ?? [])].at(-1);
    const isOwn = last?.from === 'user' && last.messageId !== this.#newest;
    this.#newest = last?.messageId ?? 0;
    if (this.#shownFor !== selected || isOwn) this.#isAtEnd = true;
    if (this.#shownFor !== selected) {
      this.#shownFor = selected;
      requestAnimationFrame(() => this.requestUpdate());
    }
    void this.#keepEndWhenDrawn();
  }

  /** Bubbles draw themselves a moment later. */
  async #keepEndWhenDrawn() {
    const bubbles = [...this.querySelectorAll('chat-bubble')];
    await Promise.all(bubbles.map((bubble) => bubble.updateComplete));
    this.#keepEnd();
  }

  #keepEnd() {
    const list = this.querySelector('.messages');
    if (list && this.#isAtEnd) list.scrollTop = list.scrollHeight;
  }
}

function withDays(messages) {
  let last = '';
  return messages.flatMap((message) => {
    const day = dayOf(message.at);
    const own = { key: message.messageId, message };
    if (day === last) return [own];
    last = day;
    return [{ key: `day-${day}-${message.messageId}`, day }, own];
  });
}

/** A preview that goes away by itself. Changes of the same one fade over; another one is a new element. */
function draftBubble({ text, entities }) {
  const words = text === '' ? 'Thinking…' : text;
  const rich = richText({ text: words, entities, onCommand: sendText, onCode: copy });
  return html`
    <div class="message bot draft">
      <div class="bubble">
        <span class="visually-hidden">Bot, for the moment:</span>
        <div class="text">${rich}</div>
      </div>
    </div>
  `;
}

function nobodyWrote() {
  return html`<p class="day">
    <span>No messages yet. Press START, as everybody does with a new bot.</span>
  </p>`;
}

function dayMark(day) {
  return html`<p class="day"><span>${day}</span></p>`;
}

customElements.define('chat-log', ChatLog);
