/** Links to this sandbox's own bot: nobody outside knows it, so they are opened on one of the phones here. */
import { html } from 'lit';
import { post } from './api.js';
import { attempt } from './notices.js';
import { choosePerson, store } from './store.js';

const OWN_LINK = /^https:\/\/t\.me\/simulated_bot\?start=([\w-]{1,64})$/;

/** What stands behind `?start=`; null for any other link. */
export function payloadOf(url) {
  return OWN_LINK.exec(url)?.[1] ?? null;
}

/** The link itself opens on this phone, as Telegram does it; beside it stand the others, as if it had been sent to them. */
export function deepLink(payload, inside) {
  const { persons, selected } = store.state;
  const others = persons.filter(({ id }) => id !== selected);
  return html`<button type="button" class="command" @click=${() => openOn(selected, payload)}>
      ${inside}</button
    ><span class="open-on" role="group" aria-label="Open the link on another phone"
      >${others.map(
        ({ id, name }) =>
          html`<button
            type="button"
            aria-label="Open on the phone of ${name}"
            @click=${() => openOn(id, payload)}
          >
            ↗ ${name}
          </button>`,
      )}</span
    >`;
}

/** Takes that phone into the hand. */
function openOn(id, payload) {
  choosePerson(id);
  void attempt(() => post(`persons/${id}/text`, { text: `/start ${payload}` }));
}
