/** Bills at Paylov, and the codes that banks send for them. */
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { post } from './api.js';
import { actionButton } from './buttons.js';
import { PageElement } from './element.js';
import { exactTime } from './format.js';
import { copy } from './notices.js';
import { personName } from './people.js';
import { store } from './store.js';

const SHOWN = 8;
const BECOMES = {
  paid: 'Make it paid',
  cancelled: 'Make it cancelled',
  created: 'Make it unpaid',
};

export class BillList extends PageElement {
  render() {
    const { paylov, texts } = store.state.world;
    return html`<section aria-labelledby="bills-title">
      <h3 id="bills-title">Bills at Paylov</h3>
      ${
        paylov.bills.length === 0
          ? html`<p class="empty">
              None yet. Pay a bill on a phone, from the balance or by a card.
            </p>`
          : nothing
      }
      <ul class="cards">
        ${repeat(
          paylov.bills.slice(0, SHOWN),
          ({ id }) => id,
          (bill) => html`<li>${card(bill)}</li>`,
        )}
      </ul>
      ${texts.length > 0 ? messages(texts) : nothing}
    </section>`;
  }
}

function card({ id, service, account, sum, state, userId, needsCode, code, payCalls, actions }) {
  const source = needsCode ? 'by card' : 'from the balance';
  const details = [personName(userId), source, ...account];
  if (payCalls > 0) details.push(payCalls === 1 ? 'pay asked once' : `pay asked ${payCalls} times`);
  return html`<article
    class="card order ${state === 'created' ? 'pending' : state}"
    aria-label="${service}, ${sum} so'm"
  >
    <div class="card-head">
      <b class="service">${service}</b> <span class="sum">${sum} so'm</span>
      <span class="state ${state === 'created' ? 'pending' : state}">${state}</span>
    </div>
    <p class="soft details">${details.join(' · ')}</p>
    ${code === null ? nothing : html`<p>Code by SMS: ${codeButton(code)}</p>`}
    ${
      actions.length === 0
        ? nothing
        : html`<div class="actions">
            ${actions.map((to) =>
              actionButton(BECOMES[to] ?? to, {
                className: 'plain',
                act: () =>
                  post(`world/paylov/bills/${encodeURIComponent(id)}/resolve`, { state: to }),
              }),
            )}
          </div>`
    }
  </article>`;
}

function codeButton(code) {
  return html`<button type="button" class="code" title="Copy" @click=${() => void copy(code)}>
    ${code}
  </button>`;
}

function messages(texts) {
  return html`<h4>SMS to people's phones</h4>
    <ul class="texts">
      ${texts.map(
        ({ userId, text, at }) =>
          html`<li>
            <b>${personName(userId)}</b> ${text} <time class="soft">${exactTime(at)}</time>
          </li>`,
      )}
    </ul>`;
}

customElements.define('bill-list', BillList);
