/** Each part of the desk, from what the server said. `here` has the words, the address's query, and ways to elsewhere. */
import { html, nothing } from 'lit';
import { chart } from './chart.js';
import { decisions, tickets } from './deciding.js';
import { sum } from './format.js';
import { pages, table, time, who } from './tables.js';

const SYSTEMS = {
  inpay: 'inPAY',
  payfer: 'Payfer',
  rasmiypay: 'RasmiyPay',
  autopaycard: 'AutoPayCard',
};
const GROUPS = ['all', 'open', 'review', 'paid', 'ended'];
const BILL_STATES = {
  held: 'working',
  created: 'working',
  drafting: 'working',
  paying: 'working',
  awaiting_code: 'code',
  unknown: 'clarifying',
  stuck: 'clarifying',
  paid: 'paid',
  failed: 'failed',
  refunded: 'refunded',
};
const GOOD = new Set(['paid', 'credited']);
const OPEN = new Set(['review', 'unknown', 'stuck', 'paying', 'waiting', 'creating']);

const tone = (state) => (GOOD.has(state) ? 'good' : OPEN.has(state) ? 'wait' : 'calm');

export const VIEWS = { today, orders, bills, suspense, people, ledger, decisions, tickets };

function today(here, data) {
  const { words, link } = here;
  const { waiting } = data;
  const cards = [
    ['web-credited', data.creditedTiyin, data.creditedCount],
    ['web-paid-out', data.billsTiyin, data.billsCount],
    ['web-fees', data.feesTiyin],
    ['web-users-have', data.usersTiyin],
  ];
  const open = [
    ['web-reviews', waiting.reviews, link({ view: 'suspense' })],
    ['web-suspense', waiting.suspense, link({ view: 'suspense' })],
    ['web-unclear-bills', waiting.unclearBills, link({ view: 'bills', group: 'review' })],
    ['web-approvals', waiting.approvals, link({ view: 'decisions' })],
    ['web-tickets', waiting.questions, link({ view: 'tickets' })],
  ];
  return html`<dl class="cards">
      ${cards.map(
        ([key, tiyin, count]) =>
          html`<div class="card">
            <dt>${words(key)}</dt>
            <dd>
              ${sum(tiyin)}${count === undefined ? nothing : html` <small>· ${count}</small>`}
            </dd>
          </div>`,
      )}
    </dl>
    <h2>${words('web-waiting')}</h2>
    <ul class="chips">
      ${open.map(([key, count, href]) => {
        return html`<li class=${count > 0 ? 'wait' : 'calm'}>
          <a href=${href}>${words(key)} <b>${count}</b></a>
        </li>`;
      })}
      ${data.systems.map(
        ({ title, availability }) =>
          html`<li class=${availability === 'open' ? 'good' : 'wait'}>
            ${title} ${{ open: '✅', troubled: '⚠️', paused: '⏸' }[availability]}
          </li>`,
      )}
    </ul>
    <p class="soft">${words('web-decide')}</p>
    ${chart({ title: words('web-hours'), bars: data.hours, words })}
    ${chart({ title: words('web-days'), bars: data.days, words })}`;
}

/** Fields of a form whose values stand in the address. */
function filters(here, fields) {
  const { words, query, go } = here;
  const submit = (event) => {
    event.preventDefault();
    const given = [...new FormData(event.target)].filter(([, value]) => value !== '');
    go({ view: query.view, ...Object.fromEntries(given) });
  };
  return html`<form class="filters" @submit=${submit}>
    ${fields}
    <button type="submit">${words('web-show')}</button>
  </form>`;
}

function choice(here, { name, label, options }) {
  const { query, words } = here;
  return html`<label>
    ${words(label)}
    <select name=${name} @change=${(event) => event.target.form.requestSubmit()}>
      ${options.map(
        ([value, text]) =>
          html`<option value=${value} ?selected=${(query[name] ?? '') === value}>${text}</option>`,
      )}
    </select>
  </label>`;
}

function field(here, { name, label, type, hint }) {
  const { query, words } = here;
  return html`<label>
    ${words(label)}
    <input
      name=${name}
      type=${type}
      .value=${query[name] ?? ''}
      placeholder=${hint === undefined ? '' : words(hint)}
      inputmode=${name === 'user' ? 'numeric' : 'text'}
      autocomplete="off"
    />
  </label>`;
}

function groups(here) {
  const options = GROUPS.map((group) => [
    group === 'all' ? '' : group,
    here.words(`payments-group-${group}`),
  ]);
  return choice(here, { name: 'group', label: 'web-state', options });
}

const USER = { name: 'user', label: 'web-person', type: 'text' };
const DAY = { name: 'day', label: 'web-day', type: 'date' };

function orders(here, { rows, cursor }) {
  const { words } = here;
  const systems = [['', words('web-all')], ...Object.entries(SYSTEMS)];
  return html`${filters(here, [
    groups(here),
    choice(here, { name: 'system', label: 'web-system', options: systems }),
    field(here, USER),
    field(here, DAY),
  ])}
  ${table(
    here,
    [
      ['web-time'],
      ['web-number'],
      ['web-system'],
      ['web-sum', 'amount'],
      ['web-state'],
      ['web-who'],
    ],
    rows.map((row) => [
      time(row.at),
      html`<code>${row.id}</code>`,
      SYSTEMS[row.system] ?? row.system,
      sum(row.amountTiyin),
      html`<span class="state ${tone(row.state)}">${words(`state-${row.state}`)}</span>`,
      who(here, row),
    ]),
  )}
  ${pages(here, { name: 'cursor', next: cursor })}`;
}

function bills(here, { rows, cursor }) {
  const { words } = here;
  return html`${filters(here, [groups(here), field(here, USER), field(here, DAY)])}
  ${table(
    here,
    [
      ['web-time'],
      ['web-number'],
      ['web-what'],
      ['web-sum', 'amount'],
      ['web-fees', 'amount'],
      ['web-state'],
      ['web-who'],
    ],
    rows.map((row) => [
      time(row.at),
      html`<code>${row.id}</code>`,
      row.service,
      sum(row.amountTiyin),
      sum(row.feeTiyin),
      html`<span class="state ${tone(row.state)}"
        >${words(`bill-state-${BILL_STATES[row.state] ?? 'working'}`)}</span
      >`,
      who(here, row),
    ]),
  )}
  ${pages(here, { name: 'cursor', next: cursor })}`;
}

function suspense(here, { rows, totalTiyin }) {
  const { words } = here;
  return html`<p class="total">${words('web-sum')}: <b>${sum(totalTiyin)}</b></p>
    ${table(
      here,
      [['web-time'], ['web-number'], ['web-system'], ['web-sum', 'amount'], ['web-who']],
      rows.map((row) => [
        time(row.at),
        html`<code>${row.id}</code>`,
        SYSTEMS[row.system] ?? row.system,
        sum(row.amountTiyin),
        who(here, { ...row, name: '' }),
      ]),
    )}
    <p class="soft">${words('web-decide')}</p>`;
}

function people(here, { person, rows = [], offset }) {
  const { words } = here;
  const search = filters(here, [
    field(here, { name: 'q', label: 'web-find', type: 'search', hint: 'web-find-hint' }),
  ]);
  if (person === null)
    return html`${search}
      <p class="empty">${words('web-none')}</p>`;
  if (person === undefined) {
    return html`${search}
    ${table(
      here,
      [['web-who'], ['web-what'], ['web-time']],
      rows.map((row) => [who(here, row), shortly(here, row), time(row.seenAt)]),
    )}
    ${pages(here, { name: 'offset', next: offset })}`;
  }
  return html`${search}
    <h2>${person.name || person.userId} <small>${person.userId}</small></h2>
    <p class="soft">${shortly(here, person)}</p>
    <dl class="cards">
      <div class="card">
        <dt>${words('web-sum')}</dt>
        <dd>${sum(person.availableTiyin)}</dd>
      </div>
      <div class="card">
        <dt>${words('web-held')}</dt>
        <dd>${sum(person.heldTiyin)}</dd>
      </div>
    </dl>
    ${entryTable(here, rows)} ${pages(here, { name: 'offset', next: offset })}`;
}

function shortly({ words }, { username, phone, isBlocked }) {
  const parts = [username && `@${username}`, phone, isBlocked && words('web-blocked')];
  return parts.filter(Boolean).join(' · ');
}

function entryTable(here, rows) {
  return table(
    here,
    [['web-time'], ['web-number'], ['web-what'], ['web-sum', 'amount'], ['web-balance', 'amount']],
    rows.map((row) => [
      time(row.at),
      html`№ ${row.entryId}`,
      html`${row.kind} <small>${row.key}${row.reason ? ` · ${row.reason}` : ''}</small>`,
      html`<span class=${row.amountTiyin < 0 ? 'minus' : 'plus'}>${sum(row.amountTiyin)}</span>`,
      sum(row.balanceTiyin),
    ]),
  );
}

/** All people together have no lines to be followed. */
const PEOPLE = { 'users:available': 'web-users-have', 'users:held': 'web-users-held' };

function ledger(here, { accounts, account, rows = [], offset }) {
  const { words, link } = here;
  const search = filters(here, [
    field(here, { name: 'account', label: 'web-account', type: 'search' }),
  ]);
  if (accounts) {
    const together = accounts.reduce((all, { balanceTiyin }) => all + balanceTiyin, 0);
    const name = ({ account: id }) =>
      PEOPLE[id]
        ? words(PEOPLE[id])
        : html`<a href=${link({ view: 'ledger', account: id })}>${id}</a>`;
    return html`${search}
    ${table(
      here,
      [['web-account'], ['web-sum', 'amount']],
      [
        ...accounts.map((each) => [name(each), sum(each.balanceTiyin)]),
        [html`<b>${words('web-together')}</b>`, html`<b>${sum(together)}</b>`],
      ],
    )}`;
  }
  return html`${search}
    <h2>${account}</h2>
    ${entryTable(here, rows)} ${pages(here, { name: 'offset', next: offset })}`;
}
