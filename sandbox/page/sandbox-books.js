/** The books: what the program wrote down, as it writes it. */
import { html } from 'lit';
import './books-balances.js';
import './books-entries.js';
import './books-requests.js';
import './books-states.js';
import { PageElement } from './element.js';
import { store } from './store.js';

export class SandboxBooks extends PageElement {
  render() {
    if (!store.state.books) return html`<p class="empty">The books open with the program.</p>`;
    return html`
      <h2 class="part-title">The books</h2>
      <books-balances></books-balances>
      <books-entries></books-entries>
      <books-states></books-states>
      <books-requests></books-requests>
    `;
  }
}

customElements.define('sandbox-books', SandboxBooks);
