/** The whole page: three parts side by side, or one at a time on a narrow screen. */
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { PageElement } from './element.js';
import './page-head.js';
import './page-notices.js';
import './sandbox-books.js';
import './sandbox-phones.js';
import './sandbox-world.js';
import './sandbox-tour.js';
import { showPart, store } from './store.js';
import { arrowStep } from './tabs.js';

const PARTS = [
  { id: 'phones', title: 'Phones', icon: '💬' },
  { id: 'world', title: 'World', icon: '🏦' },
  { id: 'books', title: 'Books', icon: '📒' },
];

export class SandboxPage extends PageElement {
  render() {
    const { part, persons } = store.state;
    return html`
      <page-head></page-head>
      <sandbox-tour></sandbox-tour>
      <main data-part=${part}>
        <section class="part" id="part-phones" aria-label="Phones">
          ${persons.length > 0 ? html`<sandbox-phones></sandbox-phones>` : waiting()}
        </section>
        <section class="part" id="part-world" aria-label="The outside world">
          <sandbox-world></sandbox-world>
        </section>
        <section class="part" id="part-books" aria-label="The books">
          <sandbox-books></sandbox-books>
        </section>
      </main>
      <div
        class="parts"
        role="tablist"
        aria-label="Parts of the sandbox"
        @keydown=${(event) => this.#step(event)}
      >
        ${repeat(
          PARTS,
          ({ id }) => id,
          (each) => tab(each, each.id === part),
        )}
      </div>
      <page-notices></page-notices>
    `;
  }

  #step(event) {
    const at = PARTS.findIndex(({ id }) => id === store.state.part);
    const next = arrowStep(event, { items: PARTS, at });
    if (!next) return;
    showPart(next.id);
    this.querySelector(`#show-${next.id}`).focus();
  }
}

function tab({ id, title, icon }, isSelected) {
  const count = badgeOf(id);
  return html`<button
    type="button"
    role="tab"
    id="show-${id}"
    aria-selected=${String(isSelected)}
    aria-controls="part-${id}"
    tabindex=${isSelected ? 0 : -1}
    @click=${() => showPart(id)}
  >
    <span aria-hidden="true">${icon}</span> ${title}
    ${count > 0 ? html`<span class="count" aria-label="${count} waiting">${count}</span>` : nothing}
  </button>`;
}

function badgeOf(id) {
  const { world, chats, selected } = store.state;
  if (id === 'world') return world?.orders.filter(({ state }) => state === 'pending').length ?? 0;
  if (id !== 'phones') return 0;
  return [...chats].filter(([person, { unread }]) => person !== selected && unread > 0).length;
}

function waiting() {
  return html`<p class="empty">Connecting to the sandbox…</p>`;
}

customElements.define('sandbox-page', SandboxPage);
