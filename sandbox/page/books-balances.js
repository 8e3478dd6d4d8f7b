/** What every account holds. All of them together hold nothing: money only moves. */
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { accountName } from './accounts.js';
import { PageElement } from './element.js';
import { store } from './store.js';

export class BooksBalances extends PageElement {
  render() {
    const accounts = (store.state.books.accounts ?? []).toSorted(byOwner);
    return html`<section aria-labelledby="balances-title">
      <div class="card-head">
        <h3 id="balances-title">Balances</h3>
        ${verdict(accounts)}
      </div>
      ${
        accounts.length === 0
          ? html`<p class="empty">Nobody owns anything yet.</p>`
          : html`<table class="card balances" aria-labelledby="balances-title">
              <tbody>
                ${repeat(
                  accounts,
                  ({ id }) => id,
                  ({ id, balance, balanceTiyin }) =>
                    html`<tr class=${id.startsWith('user:') ? 'of-user' : ''}>
                      <th scope="row">${accountName(id)}</th>
                      <td class="amount ${balanceTiyin < 0 ? 'minus' : ''}">${balance}</td>
                    </tr>`,
                )}
              </tbody>
            </table>`
      }
    </section>`;
  }
}

/** People first. */
function byOwner(a, b) {
  return rank(a).localeCompare(rank(b));
}

function rank({ id }) {
  return id.startsWith('user:') ? `0${id}` : `1${id}`;
}

function verdict(accounts) {
  if (accounts.length === 0) return nothing;
  const total = accounts.reduce((sum, { balanceTiyin }) => sum + balanceTiyin, 0);
  return total === 0
    ? html`<span class="state paid">all together: 0 so'm ✓</span>`
    : html`<span class="state failed">all together: ${total / 100} so'm</span>`;
}

customElements.define('books-balances', BooksBalances);
