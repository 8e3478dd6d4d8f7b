/** The outside world: the program as a process, payers, payment systems and the bank. */
import { html, nothing } from 'lit';
import './bank-desk.js';
import './bill-list.js';
import { PageElement } from './element.js';
import './order-list.js';
import './payment-systems.js';
import './program-card.js';
import { store } from './store.js';

export class SandboxWorld extends PageElement {
  render() {
    if (!store.state.world) return nothing;
    return html`
      <h2 class="part-title">The outside world</h2>
      <program-card></program-card>
      <order-list></order-list>
      <bill-list></bill-list>
      <payment-systems></payment-systems>
      <bank-desk></bank-desk>
    `;
  }
}

customElements.define('sandbox-world', SandboxWorld);
