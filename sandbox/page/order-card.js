/** One order at a payment system. */
import { html, nothing } from 'lit';
import { post } from './api.js';
import { actionButton, actionForm } from './buttons.js';
import { PageElement } from './element.js';
import { span } from './format.js';
import { copy, toast } from './notices.js';
import { serverNow } from './store.js';

const STATES = {
  pending: 'waiting',
  paid: 'paid',
  expired: 'expired',
  cancelled: 'cancelled',
  failed: 'failed',
};

export class OrderCard extends PageElement {
  static properties = { order: { attribute: false }, provider: { attribute: false } };

  render() {
    const { order, provider } = this;
    const title = `${provider.title}, ${order.sum} so'm`;
    return html`<article
      class="card order ${order.state} ${order.lateAt === null ? '' : 'late'}"
      aria-label=${title}
    >
      <div class="card-head">
        <b>${provider.title}</b>
        <button
          type="button"
          class="sum"
          title="Copy the sum"
          @click=${() => void copy(order.plainSum)}
        >
          ${order.sum} so'm
        </button>
        <span class="state ${order.state}">${stateOf(order)}</span>
      </div>
      <p class="soft details" title=${order.id}>${detailsOf(order)}</p>
      ${this.#actions()}
    </article>`;
  }

  #actions() {
    const can = (action) => this.order.actions.includes(action);
    if (this.order.actions.length === 0) return nothing;
    return html`<div class="actions">
      ${can('pay') ? this.#button('Pay exactly', { to: 'pay', className: 'primary pay-exactly' }) : nothing}
      ${can('late') ? this.#button('Pay late', { to: 'late', className: 'pay-late', say: sayLate }) : nothing}
      ${can('twice') ? this.#button('Pay twice', { to: 'twice', say: sayTwice }) : nothing}
      ${can('refuse') ? this.#button('Refuse', { to: 'refuse', say: sayRefused }) : nothing}
      ${can('pay') ? this.#otherSum() : nothing}
      ${
        can('forge')
          ? this.#button('Forge a “paid” webhook', {
              to: 'forged-webhook',
              className: 'danger forge',
              say: sayForged,
            })
          : nothing
      }
    </div>`;
  }

  #button(label, { to, className = '', say = () => {} }) {
    return actionButton(label, { className, act: async () => say(await this.#post(to)) });
  }

  #otherSum() {
    const field = html`<input
        name="sum"
        inputmode="decimal"
        placeholder="another sum"
        required
        aria-label="Another sum, so'm"
      /><button>Pay this sum</button>`;
    return actionForm(field, { className: 'joined', act: (body) => this.#post('pay', body) });
  }

  #post(action, body = {}) {
    const { provider, id } = this.order;
    return post(`world/orders/${provider}/${encodeURIComponent(id)}/${action}`, body);
  }
}

function stateOf({ state, sum, paidSum, lateAt }) {
  if (lateAt !== null) return `${STATES[state]}, late money comes`;
  return paidSum !== null && paidSum !== sum ? `paid ${paidSum} so'm` : STATES[state];
}

function detailsOf({ card, id, webhook, state, expiresAt, createdAt }) {
  const parts = [
    id.length > 14 ? `${id.slice(0, 12)}…` : id,
    card === null ? 'on a page' : `card •• ${card.slice(-4)}`,
    state === 'pending' && expiresAt !== null
      ? `${span(expiresAt - serverNow())} left`
      : `${span(serverNow() - createdAt)} old`,
  ];
  if (webhook !== null) {
    parts.push(webhook === 'none' ? 'webhook: no answer' : `webhook answered ${webhook}`);
  }
  return parts.join(' · ');
}

function sayLate() {
  toast('The order expires first, then the money comes. Time runs faster until then.');
}

function sayTwice({ kind }) {
  if (kind === 'matched') toast('The same sum came once more, and another order waited for it.');
  else toast('The same sum came once more. No order waits for it, so nothing is credited twice.');
}

function sayRefused({ kind }) {
  if (kind === 'failed') toast("The payer's bank refused, and the payment system says so.");
  else toast("The payer's bank refused: nothing arrives anywhere, and the order waits on.");
}

/** A lie of somebody who knows the address: the bot must not believe it. */
function sayForged({ status }) {
  if (status === null) toast('The webhook reached nobody: it has no address, or got no answer.');
  else toast(`A webhook said “paid” and was answered ${status}. Only a real payment counts.`);
}

customElements.define('order-card', OrderCard);
