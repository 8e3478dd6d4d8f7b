/** An SMS of a bank on the phone it was sent to. */
import { html, nothing } from 'lit';
import { sendText } from './acts.js';
import { PageElement } from './element.js';
import { serverNow, store } from './store.js';

/** Older ones are read already. */
const SHOWN_MS = 180_000;

export class PhoneSms extends PageElement {
  /** The text that was put away. */
  #seen = null;

  render() {
    const { world, selected } = store.state;
    const newest = world?.texts.find(({ userId }) => userId === selected);
    const isOld = newest && serverNow() - newest.at > SHOWN_MS;
    if (!newest || isOld || keyOf(newest) === this.#seen) return nothing;
    const code = /\b\d{4,8}\b/.exec(newest.text)?.[0];
    const close = () => {
      this.#seen = keyOf(newest);
      this.requestUpdate();
    };
    return html`<section class="sms" aria-label="SMS">
      <p role="status"><span aria-hidden="true">💬</span> <b>SMS</b> ${newest.text}</p>
      ${
        code === undefined
          ? nothing
          : html`<button
              type="button"
              @click=${() => {
                close();
                void sendText(code);
              }}
            >
              Type ${code}
            </button>`
      }
      <button type="button" class="icon-button" aria-label="Close the SMS" @click=${close}>
        ✕
      </button>
    </section>`;
  }
}

function keyOf({ userId, text, at }) {
  return `${userId}/${at}/${text}`;
}

customElements.define('phone-sms', PhoneSms);
