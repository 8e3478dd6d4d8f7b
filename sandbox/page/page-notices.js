/** Notices over the page: short ones that go by themselves, and one that must be closed. */
import { html } from 'lit';
import { PageElement } from './element.js';
import { alertText } from './notices.js';
import { store } from './store.js';

export class PageNotices extends PageElement {
  render() {
    const { toasts, alert } = store.state;
    return html`
      <div class="toasts" role="status" aria-live="polite">
        ${toasts.map(({ text }) => html`<p class="toast">${text}</p>`)}
      </div>
      <dialog class="alert" aria-labelledby="alert-text" @close=${() => alertText(null)}>
        <p id="alert-text">${alert}</p>
        <form method="dialog"><button class="primary">OK</button></form>
      </dialog>
    `;
  }

  updated() {
    const dialog = this.querySelector('dialog');
    if (store.state.alert !== null && !dialog.open) dialog.showModal();
  }
}

customElements.define('page-notices', PageNotices);
