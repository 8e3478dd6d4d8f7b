/** What is decided on the page: requests that wait for a second person, and what people ask. */
import { html, nothing } from 'lit';
import { repeat } from 'lit-html/directives/repeat.js';
import { pages, table, time, who } from './tables.js';

/** What became of the last tap; read out where pages are. */
const notice = ({ notice: text }) =>
  html`<p class="notice" role="status" ?hidden=${text === ''}>${text}</p>`;

/**
 * A button that asks once more. `name` says what is decided, with all that was shown: where that changes meanwhile, it is
 * asked anew.
 */
function sureButton(here, { name, label, act, danger = false }) {
  const { words, armed, arm, isBusy } = here;
  if (armed !== name) {
    return html`<button type="button" ?disabled=${isBusy} @click=${() => arm(name)}>
      ${label}
    </button>`;
  }
  return html`<span class="sure">
    ${label}: ${words('owner-money-sure')}
    <button
      type="button"
      class=${danger ? 'bad' : 'go'}
      ?disabled=${isBusy}
      @click=${() => {
        arm('');
        void act();
      }}
    >
      ${words('button-confirm')}
    </button>
    <button type="button" @click=${() => arm('')}>${words('button-back')}</button>
  </span>`;
}

export function decisions(here, { rows }) {
  const { words } = here;
  if (rows.length === 0) {
    return html`${notice(here)}
      <p class="empty">${words('web-none')}</p>`;
  }
  return html`${notice(here)} ${rows.map((row) => decision(here, row))}`;
}

function decision(here, { id, at, text, seenTiyin, actions }) {
  const { words, change } = here;
  const buttons = actions.map((action) =>
    sureButton(here, {
      name: [action, id, seenTiyin, text].join(' '),
      label: words(`button-decision-${action}`),
      danger: action !== 'agree',
      act: async () => await change('decide', { id, action, seenTiyin }),
    }),
  );
  return html`<article class="card">
    <p class="soft">${time(at)}</p>
    <p class="said">${text}</p>
    ${buttons.length > 0 ? html`<p class="buttons">${buttons}</p>` : nothing}
  </article>`;
}

export function tickets(here, data) {
  const { words } = here;
  if (data.ticket === null) {
    return html`<p class="empty">${words('web-none')}</p>`;
  }
  if (data.ticket) return oneTicket(here, data);
  return html`${notice(here)}
  ${table(
    here,
    [['web-waits-since'], ['web-number'], ['web-who'], ['web-what'], ['web-state']],
    data.rows.map((row) => [
      row.waitingSince === null ? '—' : time(row.waitingSince),
      html`<a href=${here.link({ view: 'tickets', ticket: row.id })}>№ ${row.id}</a>`,
      who(here, row),
      row.about ?? '—',
      state(here, row),
    ]),
  )}
  ${pages(here, { name: 'offset', next: data.offset })}`;
}

const state = ({ words }, { state: now }) =>
  html`<span class="state ${now === 'open' ? 'wait' : 'calm'}"
    >${words(`ticket-state-${now}`)}</span
  >`;

function oneTicket(here, { ticket, messages, mayAnswer }) {
  const { words, change } = here;
  const close = sureButton(here, {
    name: `close ${ticket.id}`,
    label: words('button-ticket-close'),
    act: async () => await change('close', { id: ticket.id }),
  });
  return html`${notice(here)}
    <h2>№ ${ticket.id} ${state(here, ticket)}</h2>
    <p class="soft">${who(here, ticket)} ${ticket.about ?? nothing}</p>
    ${messages.map((each) => message(here, each))} ${answerForms(here, mayAnswer ? [ticket] : [])}
    ${mayAnswer && ticket.state !== 'closed' ? html`<p class="buttons">${close}</p>` : nothing}`;
}

function message({ words }, { at, byStaff, name, kind, text }) {
  return html`<article class="card ${byStaff ? 'ours' : ''}">
    <p class="soft">${byStaff ? '🗂' : '👤'} ${name} · ${time(at)}</p>
    ${kind === 'text' ? nothing : html`<p class="soft">📎 ${words('web-file')}</p>`}
    <p class="said">${text}</p>
  </article>`;
}

/** One, of its own for each question: what is being written to somebody never stands under another's. */
const answerForms = (here, asked) =>
  repeat(
    asked,
    ({ id }) => id,
    (ticket) => answerForm(here, ticket),
  );

function answerForm({ words, isBusy, answer }, { id }) {
  const submit = async (event) => {
    event.preventDefault();
    const { target: form } = event;
    const text = new FormData(form).get('text').trim();
    if (text !== '' && (await answer(id, text))) form.reset();
  };
  return html`<form class="answer" @submit=${submit}>
    <label
      >${words('web-answer')} <textarea name="text" rows="4" maxlength="2000" required></textarea>
    </label>
    <button type="submit" ?disabled=${isBusy}>${words('web-send')}</button>
  </form>`;
}
