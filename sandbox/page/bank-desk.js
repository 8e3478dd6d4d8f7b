/** The bank: transfers from card to card for no order in particular, and what lies on cards. */
import { html, nothing } from 'lit';
import { post } from './api.js';
import { actionForm } from './buttons.js';
import { PageElement } from './element.js';
import { toast } from './notices.js';
import { personName } from './people.js';
import { store } from './store.js';

export class BankDesk extends PageElement {
  render() {
    const { cards, unmatched, paylov } = store.state.world;
    return html`<section aria-labelledby="bank-title">
      <h3 id="bank-title">The bank</h3>
      <div class="card bank">
        ${actionForm(transferFields(cards), { className: 'transfer', act: transfer })}
        ${
          unmatched > 0
            ? html`<p class="soft">Transfers that no order waited for: <b>${unmatched}</b></p>`
            : nothing
        }
        ${balanceForm({ label: "Operator's card at Paylov", balance: paylov.float, path: 'world/paylov/float' })}
        ${paylov.cards.map(({ cardId, userId, mask, balance }) =>
          balanceForm({
            label: `${personName(userId)}, ${mask}`,
            balance,
            path: `world/paylov/cards/${encodeURIComponent(cardId)}/balance`,
          }),
        )}
      </div>
    </section>`;
  }
}

function transferFields(cards) {
  return html`<label>
      To card
      <input name="card" list="bank-cards" inputmode="numeric" placeholder="8600 …" required />
    </label>
    <datalist id="bank-cards">
      ${cards.map((card) => html`<option value=${card}></option>`)}
    </datalist>
    <label>
      Sum, so'm
      <input name="sum" inputmode="decimal" placeholder="50001.50" required />
    </label>
    <button>Transfer</button>`;
}

async function transfer(body) {
  const { kind } = await post('world/transfers', body);
  toast(
    kind === 'matched'
      ? 'An order waited for exactly this and is paid.'
      : 'Money arrived that no order waits for.',
  );
  return kind;
}

function balanceForm({ label, balance, path }) {
  const fields = html`<label>
      <span>${label}: <b>${balance} so'm</b></span>
      <input name="sum" inputmode="decimal" placeholder="other balance" required />
    </label>
    <button>Set</button>`;
  return actionForm(fields, { className: 'balance', act: (body) => post(path, body) });
}

customElements.define('bank-desk', BankDesk);
