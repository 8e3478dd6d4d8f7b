/** Top-ups and bills as the program sees them. */
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { PageElement } from './element.js';
import { span } from './format.js';
import { personName } from './people.js';
import { serverNow, store } from './store.js';

const SHOWN = 8;

export class BooksStates extends PageElement {
  render() {
    const { orders = [], bills = [] } = store.state.books;
    return html`<section aria-labelledby="states-title">
      <h3 id="states-title">States of top-ups and bills</h3>
      ${orders.length + bills.length === 0 ? html`<p class="empty">Nothing was begun yet.</p>` : nothing}
      ${list(bills, bill)} ${list(orders, order)}
    </section>`;
  }
}

function list(rows, draw) {
  if (rows.length === 0) return nothing;
  return html`<ul class="card rows">
    ${repeat(
      rows.toReversed().slice(0, SHOWN),
      ({ id }) => id,
      (each) => html`<li>${draw(each)}</li>`,
    )}
  </ul>`;
}

function order({ id, userId, provider, state, reason, sum, checks, dueAt, lastProblem }) {
  const facts = checks === 0 ? [] : [`asked ${checks === 1 ? 'once' : `${checks} times`}`];
  if (dueAt !== null) facts.push(`next in ${span(dueAt - serverNow())}`);
  if (reason !== null) facts.push(reason);
  if (lastProblem !== null) facts.push(lastProblem);
  return row({ title: `${personName(userId)} · ${provider}`, id, sum, state, facts });
}

function bill({ id, userId, service, state, reason, source, sum, cardMask }) {
  const facts = [source === 'balance' ? 'from the balance' : `by card ${cardMask ?? ''}`];
  if (reason !== null) facts.push(reason);
  return row({ title: `${personName(userId)} · ${service}`, id, sum, state, facts });
}

function row({ title, id, sum, state, facts }) {
  return html`<div class="card-head">
      <b>${title}</b> <span class="sum">${sum}</span> <span class="state ${state}">${state}</span>
    </div>
    <p class="soft details">${[id, ...facts].join(' · ')}</p>`;
}

customElements.define('books-states', BooksStates);
