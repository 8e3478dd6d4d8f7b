/** What all elements of the page have in common. */
import { LitElement } from 'lit';
import { store } from './store.js';

/**
 * Drawn anew when the store changes. Without a shadow: labels, styles and the keyboard's order work across elements, as
 * on any page.
 */
export class PageElement extends LitElement {
  #forget = () => {};

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#forget = store.subscribe(() => this.requestUpdate());
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#forget();
  }
}
