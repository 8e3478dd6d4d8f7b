/** What the program asked payment systems, and what it may still ask. */
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { PageElement } from './element.js';
import { exactTime } from './format.js';
import { store } from './store.js';

const SHOWN = 15;

export class BooksRequests extends PageElement {
  render() {
    const { requests = [], budgets = [], queues } = store.state.books;
    return html`<section aria-labelledby="requests-title">
      <h3 id="requests-title">Requests to payment systems</h3>
      ${budgets.map(gauge)} ${queues ? waiting(queues) : nothing}
      ${
        requests.length === 0
          ? html`<p class="empty">Nobody was asked anything yet.</p>`
          : html`<table class="card requests" aria-labelledby="requests-title">
              <thead>
                <tr>
                  <th scope="col">time</th>
                  <th scope="col">to</th>
                  <th scope="col">call</th>
                  <th scope="col">answer</th>
                </tr>
              </thead>
              <tbody>
                ${repeat(requests.toReversed().slice(0, SHOWN), ({ id }) => id, request)}
              </tbody>
            </table>`
      }
    </section>`;
  }
}

function request({ to, call, at, status, durationMs }) {
  const isFine = status !== null && status >= 200 && status < 300;
  return html`<tr>
    <td><time>${exactTime(at)}</time></td>
    <td>${to}</td>
    <td>${call}</td>
    <td class=${isFine || status === null ? '' : 'bad'}>
      ${answerOf(status)}
      ${durationMs === null ? nothing : html`<span class="soft">${durationMs} ms</span>`}
    </td>
  </tr>`;
}

function answerOf(status) {
  if (status === null) return 'waiting…';
  return status === 0 ? 'connection cut' : status;
}

function gauge({ id, used, limit, periodMs, pollStopsAt }) {
  const period = periodMs === 3_600_000 ? 'an hour' : `${Math.round(periodMs / 60_000)} min`;
  return html`<p class="card gauge">
    <label>
      <span><b>${id}</b> allows ${limit} requests ${period}: ${used} used</span>
      <meter min="0" max=${limit} high=${pollStopsAt} .value=${used}></meter>
    </label>
  </p>`;
}

function waiting({ inbox, outbox }) {
  return html`<p class="soft queues">
    Waiting in the program: <b>${inbox}</b> updates from Telegram, <b>${outbox}</b> messages to send
  </p>`;
}

customElements.define('books-requests', BooksRequests);
