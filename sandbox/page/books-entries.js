/** Entries as they are posted, newest first. */
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { accountName } from './accounts.js';
import { PageElement } from './element.js';
import { exactTime } from './format.js';
import { store } from './store.js';

const SHOWN = 12;

export class BooksEntries extends PageElement {
  static properties = { showsAll: { state: true } };

  render() {
    const entries = (store.state.books.entries ?? []).toReversed();
    const shown = this.showsAll ? entries : entries.slice(0, SHOWN);
    return html`<section aria-labelledby="entries-title">
      <h3 id="entries-title">Entries</h3>
      ${
        entries.length === 0
          ? html`<p class="empty">
              No money has moved yet. Each movement is one entry whose lines add up to zero; entries
              are never changed.
            </p>`
          : nothing
      }
      <ol class="cards entries" aria-live="polite" aria-relevant="additions">
        ${repeat(
          shown,
          ({ id }) => id,
          (each) => html`<li>${entry(each)}</li>`,
        )}
      </ol>
      ${
        shown.length < entries.length
          ? html`<button type="button" class="plain" @click=${() => (this.showsAll = true)}>
              Show ${entries.length - shown.length} older
            </button>`
          : nothing
      }
    </section>`;
  }
}

function entry({ id, key, kind, actor, reason, reverses, at, lines }) {
  const notes = [key];
  if (actor !== 'system') notes.push(`by ${accountName(actor)}`);
  if (reason !== null) notes.push(`“${reason}”`);
  if (reverses !== null) notes.push(`undoes № ${reverses}`);
  return html`<article class="card entry" aria-label="Entry ${id}">
    <div class="card-head">
      <b>№ ${id}</b> <span class="kind">${kind}</span> <time class="soft">${exactTime(at)}</time>
    </div>
    <table class="lines">
      <tbody>
        ${lines.map(
          ({ account, amount, amountTiyin }) =>
            html`<tr>
              <th scope="row">${accountName(account)}</th>
              <td class="amount ${amountTiyin < 0 ? 'minus' : 'plus'}">${amount}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    <p class="soft details">${notes.join(' · ')}</p>
  </article>`;
}

customElements.define('books-entries', BooksEntries);
