/** The orders at the payment systems, newest first, each with what its payer can do. */
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { PageElement } from './element.js';
import './order-card.js';
import { store } from './store.js';

/** Of the orders that are over, the newest ones are shown at once. */
const SHOWN_OVER = 4;

export class OrderList extends PageElement {
  static properties = { showsAll: { state: true } };

  constructor() {
    super();
    this.showsAll = false;
  }

  render() {
    const { orders, providers } = store.state.world;
    const over = orders.filter((order) => !isLive(order));
    const hidden = new Set(this.showsAll ? [] : over.slice(SHOWN_OVER));
    const shown = orders.filter((order) => !hidden.has(order));
    return html`<section aria-labelledby="orders-title">
      <h3 id="orders-title">Orders to pay</h3>
      ${
        orders.length === 0
          ? html`<p class="empty">
              None yet. Top up a balance on a phone: the order appears here, and you are its payer.
            </p>`
          : nothing
      }
      <ul class="cards">
        ${repeat(
          shown,
          ({ provider, id }) => `${provider}/${id}`,
          (order) =>
            html`<li>
              <order-card
                .order=${order}
                .provider=${providers.find(({ id }) => id === order.provider)}
              ></order-card>
            </li>`,
        )}
      </ul>
      ${
        hidden.size > 0
          ? html`<button type="button" class="plain" @click=${() => (this.showsAll = true)}>
              Show ${hidden.size} older
            </button>`
          : nothing
      }
    </section>`;
  }
}

function isLive({ state, lateAt }) {
  return state === 'pending' || lateAt !== null;
}

customElements.define('order-list', OrderList);
