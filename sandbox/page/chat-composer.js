/** Where a person writes: the menu of commands, the text, the reply keyboard. */
import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { sendPhoto, sendText, shareContact } from './acts.js';
import { get } from './api.js';
import { PageElement } from './element.js';
import { attempt, toast } from './notices.js';
import { currentChat, store } from './store.js';

export class ChatComposer extends PageElement {
  static properties = {
    text: { state: true },
    commands: { state: true },
  };

  constructor() {
    super();
    this.text = '';
    /** Null while the menu is closed. */
    this.commands = null;
  }

  render() {
    const chat = currentChat();
    if (!chat) return nothing;
    if (chat.messages.size === 0) return this.#start();
    return html`${this.#menu()} ${this.#form(chat)} ${this.#keyboard(chat)}`;
  }

  #start() {
    return html`<div class="start">
      <button type="button" class="start-button" @click=${() => this.#send('/start')}>START</button>
    </div>`;
  }

  #form({ keyboard, isKeyboardOpen }) {
    return html`<form class="composer" autocomplete="off" @submit=${(event) => this.#submit(event)}>
      <button
        type="button"
        class="menu-button"
        aria-expanded=${String(this.commands !== null)}
        @click=${(event) => this.#toggleMenu(event)}
      >
        <span aria-hidden="true">☰</span> Menu
      </button>
      <input
        type="text"
        maxlength="4096"
        placeholder=${keyboard?.placeholder ?? 'Message'}
        aria-label="Message"
        enterkeyhint="send"
        .value=${live(this.text)}
        @input=${(event) => {
          this.text = event.target.value;
        }}
      />
      <label class="icon-button attach" title="Send a photo">
        <span aria-hidden="true">📎</span>
        <input
          type="file"
          class="visually-hidden"
          accept="image/png,image/jpeg,image/webp,image/gif"
          aria-label="Send a photo"
          @change=${(event) => this.#attach(event.target)}
        />
      </label>
      ${
        keyboard
          ? html`<button
              type="button"
              class="icon-button"
              aria-label="Bot's keyboard"
              aria-expanded=${String(isKeyboardOpen)}
              @click=${(event) => this.#toggleKeyboard(event)}
            >
              <span aria-hidden="true">⌨</span>
            </button>`
          : nothing
      }
      <button type="submit" class="icon-button send" aria-label="Send">
        <span aria-hidden="true">➤</span>
      </button>
    </form>`;
  }

  #keyboard({ keyboard, isKeyboardOpen }) {
    if (!keyboard || !isKeyboardOpen) return nothing;
    return html`<div class="reply-keyboard" role="group" aria-label="Bot's keyboard">
      ${keyboard.rows.map((row) => html`<div class="row">${row.map((each) => this.#key(each))}</div>`)}
    </div>`;
  }

  #key(button) {
    const text = typeof button === 'string' ? button : button.text;
    const act =
      button.request_contact === true ? () => void shareContact() : () => this.#send(text);
    return html`<button type="button" class="reply-key" @click=${act}>${text}</button>`;
  }

  #menu() {
    if (this.commands === null) return nothing;
    return html`<ul
      class="commands"
      aria-label="Commands"
      @keydown=${(event) => this.#menuKey(event)}
    >
      ${this.commands.map(
        ({ command, description }) =>
          html`<li>
            <button type="button" @click=${() => this.#send(`/${command}`)}>
              <span>${description}</span> <b>/${command}</b>
            </button>
          </li>`,
      )}
    </ul>`;
  }

  async #toggleMenu() {
    if (this.commands !== null) {
      this.commands = null;
      return;
    }
    const commands = await attempt(() => get(`persons/${store.state.selected}/commands`));
    if (!commands) return;
    if (commands.length === 0) toast('The bot has no commands here.');
    this.commands = commands.length > 0 ? commands : null;
    await this.updateComplete;
    this.querySelector('.commands button')?.focus();
  }

  #menuKey({ key }) {
    if (key !== 'Escape') return;
    this.commands = null;
    this.querySelector('.menu-button').focus();
  }

  #toggleKeyboard() {
    store.change(() => {
      const chat = currentChat();
      chat.isKeyboardOpen = !chat.isKeyboardOpen;
    });
  }

  async #attach(input) {
    const [picture] = input.files;
    input.value = '';
    if (picture) await sendPhoto(picture);
  }

  async #submit(event) {
    event.preventDefault();
    const text = this.text.trim();
    if (text === '') return;
    this.text = '';
    const sent = await sendText(text);
    if (sent === undefined && this.text === '') this.text = text;
  }

  #send(text) {
    const hadFocus = this.contains(document.activeElement);
    this.commands = null;
    void sendText(text).then(() => hadFocus && this.#keepFocus());
  }

  /** The button that was pressed may be gone: the next thing to do is to read or to write. */
  async #keepFocus() {
    await this.updateComplete;
    if (document.activeElement === document.body) {
      this.closest('sandbox-phones')?.querySelector('.messages')?.focus({ preventScroll: true });
    }
  }
}

customElements.define('chat-composer', ChatComposer);
