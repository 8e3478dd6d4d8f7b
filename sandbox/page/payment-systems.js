/** The payment systems, and what can go wrong with each. */
import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { choose } from './acts.js';
import { post } from './api.js';
import { PageElement } from './element.js';
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
        ${providers.map((provider) => row(provider, { ...provider, faults: FAULTS, webhooksOff }))}
        ${row(paylov, { id: 'paylov', title: 'Paylov', faults: PAYLOV_FAULTS })}
        <label class="switch">
          <input type="checkbox" .checked=${live(webhooksOff)} @change=${setWebhooksOff} />
          All webhooks off: payments are found by asking alone
        </label>
      </div>
    </section>`;
  }
}

/** `system` is its part of the store. */
function row(system, { id, title, faults, webhooksOff }) {
  const { fault, code } = system;
  const chosen = code === null ? fault : `${fault}:${code}`;
  return html`<div class="system ${fault === 'none' ? '' : 'troubled'}">
    <b>${title}</b>
    <select
      aria-label="${title}: how it works"
      @change=${(event) => setFault(system, { id, value: event.target.value })}
    >
      ${Object.entries(faults).map(([value, label]) => option({ value, label, chosen }))}
      <optgroup label="documented errors">
        ${system.errors.map((each) => option({ value: `error:${each}`, label: each, chosen }))}
      </optgroup>
    </select>
    ${system.webhooks === undefined ? nothing : webhooksOf(system, webhooksOff)}
  </div>`;
}

function webhooksOf(system, webhooksOff) {
  const { id, title, webhooks, hasWebhooks } = system;
  if (!hasWebhooks) return html`<span class="soft">has no webhooks</span>`;
  const set = ({ target: { value: mode } }) => {
    const act = () => post(`world/providers/${id}/webhooks`, { mode });
    void choose(system, { chosen: { webhooks: mode }, act });
  };
  return html`<select aria-label="${title}: its webhooks" ?disabled=${webhooksOff} @change=${set}>
    ${Object.entries(WEBHOOKS).map(([value, label]) => option({ value, label, chosen: webhooks }))}
  </select>`;
}

function option({ value, label, chosen }) {
  return html`<option value=${value} .selected=${live(value === chosen)}>${label}</option>`;
}

function setFault(system, { id, value }) {
  const [kind, ...rest] = value.split(':');
  const code = rest.length > 0 ? rest.join(':') : null;
  const body = code === null ? { kind } : { kind, code };
  const act = () => post(`world/providers/${id}/fault`, body);
  void choose(system, { chosen: { fault: kind, code }, act });
}

function setWebhooksOff({ target }) {
  const isOff = target.checked;
  const act = () => post('world/webhooks', { isOff });
  void choose(store.state.world, { chosen: { webhooksOff: isOff }, act });
}

customElements.define('payment-systems', PaymentSystems);
