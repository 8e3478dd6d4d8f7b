/** The phones: one for each person, one of them in the hand. */
import { html, nothing } from 'lit';
import './chat-composer.js';
import './chat-log.js';
import { PageElement } from './element.js';
import { LANGUAGES } from './people.js';
import './phone-menu.js';
import './phone-sms.js';
import { choosePerson, currentChat, store } from './store.js';
import { arrowStep } from './tabs.js';

const DOINGS = {
  typing: 'typing…',
  upload_photo: 'sending a photo…',
  upload_document: 'sending a file…',
};

export class SandboxPhones extends PageElement {
  static properties = { isMenuOpen: { state: true } };

  constructor() {
    super();
    this.isMenuOpen = false;
  }

  render() {
    const { persons, selected } = store.state;
    const person = persons.find(({ id }) => id === selected);
    return html`
      <div
        class="people"
        role="tablist"
        aria-label="Whose phone"
        @keydown=${(event) => this.#step(event)}
      >
        ${persons.map((each) => tab(each))}
      </div>
      <div
        class="phone"
        role="tabpanel"
        id="phone"
        aria-labelledby=${person ? `person-${person.id}` : nothing}
      >
        ${this.#header(currentChat())}
        <phone-menu ?hidden=${!this.isMenuOpen}></phone-menu>
        <phone-sms></phone-sms>
        <chat-log></chat-log>
        <chat-composer></chat-composer>
      </div>
    `;
  }

  #header(chat) {
    const doing = chat?.doing ? (DOINGS[chat.doing] ?? 'working…') : null;
    return html`<div class="phone-head">
      <span class="avatar bot" aria-hidden="true">₮</span>
      <p>
        <b>Tolov</b>
        <span class="doing ${doing ? 'is-busy' : ''}" role="status">${doing ?? 'bot'}</span>
      </p>
      <button
        type="button"
        class="icon-button more"
        aria-label="This phone"
        aria-expanded=${String(this.isMenuOpen)}
        @click=${() => {
          this.isMenuOpen = !this.isMenuOpen;
        }}
      >
        <span aria-hidden="true">⋮</span>
      </button>
    </div>`;
  }

  #step(event) {
    const { persons, selected } = store.state;
    const next = arrowStep(event, {
      items: persons,
      at: persons.findIndex(({ id }) => id === selected),
    });
    if (!next) return;
    choosePerson(next.id);
    this.querySelector(`#person-${next.id}`).focus();
  }
}

function tab({ id, name, language, isOwner }) {
  const isSelected = id === store.state.selected;
  const unread = store.state.chats.get(id)?.unread ?? 0;
  return html`<button
    type="button"
    role="tab"
    id="person-${id}"
    class="person"
    aria-selected=${String(isSelected)}
    aria-controls="phone"
    tabindex=${isSelected ? 0 : -1}
    @click=${() => choosePerson(id)}
  >
    <span class="avatar colour-${id % 5}" aria-hidden="true"
      >${isOwner ? '★' : name.slice(0, 1)}</span
    >
    <span class="name">${name}</span>
    <span class="language" title=${LANGUAGES[language] ?? language}>${language.toUpperCase()}</span>
    ${unread > 0 ? html`<span class="count" aria-label="${unread} new">${unread}</span>` : nothing}
  </button>`;
}

customElements.define('sandbox-phones', SandboxPhones);
