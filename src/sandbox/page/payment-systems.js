/** The payment systems, and what can go wrong with each. */
import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { post } from './api.js';
import { PageElement } from './element.js';
import { attempt } from './notices.js';
import { store } from './store.js';

const FAULTS = {
  none: 'works',
  down: 'down',
  slow: 'slow: answers after 20 s',
  garbage: 'garbage: half an answer',
  html: 'answers a web page',
  rate_limited: 'too many requests (429)',
  drop_before: 'cuts the connection, does nothing',
  drop_after: 'does it, but gives no answer',
};
const PAYLOV_FAULTS = { ...FAULTS, drop_after: 'pays, but gives no answer' };
const WEBHOOKS = {
  on: 'webhooks on',
  lost: 'webhooks lost',
  repeated: 'webhooks × 3',
};

export class PaymentSystems extends PageElement {
  render() {
    const { providers, paylov, webhooksOff } = store.state.world;
    return html`<section aria-labelledby="systems-title">
      <h3 id="systems-title">Payment systems, and their trouble</h3>
      <div class="card systems">
        ${providers.map((provider) => row(provider, { faults: FAULTS, webhooksOff }))}
        ${row({ ...paylov, id: 'paylov', title: 'Paylov' }, { faults: PAYLOV_FAULTS })}
        <label class="switch">
          <input type="checkbox" .checked=${live(webhooksOff)} @change=${setWebhooksOff} />
          All webhooks off: payments are found by asking alone
        </label>
      </div>
    </section>`;
  }
}

function row(system, { faults, webhooksOff }) {
  const { id, title, fault, code } = system;
  const chosen = code === null ? fault : `${fault}:${code}`;
  return html`<div class="system ${fault === 'none' ? '' : 'troubled'}">
    <b>${title}</b>
    <select
      aria-label="${title}: how it works"
      @change=${(event) => setFault(id, event.target.value)}
    >
      ${Object.entries(faults).map(([value, label]) => option({ value, label, chosen }))}
      <optgroup label="documented errors">
        ${system.errors.map((each) => option({ value: `error:${each}`, label: each, chosen }))}
      </optgroup>
    </select>
    ${system.webhooks === undefined ? nothing : webhooksOf(system, webhooksOff)}
  </div>`;
}

function webhooksOf({ id, title, webhooks, hasWebhooks }, webhooksOff) {
  if (!hasWebhooks) return html`<span class="soft">has no webhooks</span>`;
  return html`<select
    aria-label="${title}: its webhooks"
    ?disabled=${webhooksOff}
    @change=${({ target }) => void attempt(() => post(`world/providers/${id}/webhooks`, { mode: target.value }))}
  >
    ${Object.entries(WEBHOOKS).map(([value, label]) => option({ value, label, chosen: webhooks }))}
  </select>`;
}

function option({ value, label, chosen }) {
  return html`<option value=${value} .selected=${live(value === chosen)}>${label}</option>`;
}

function setFault(id, value) {
  const [kind, ...code] = value.split(':');
  const body = code.length > 0 ? { kind, code: code.join(':') } : { kind };
  void attempt(() => post(`world/providers/${id}/fault`, body));
}

function setWebhooksOff({ target }) {
  void attempt(() => post('world/webhooks', { isOff: target.checked }));
}

customElements.define('payment-systems', PaymentSystems);
