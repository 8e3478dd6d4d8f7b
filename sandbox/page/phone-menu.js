/** What a person can set on their phone: its language, and whether the bot may write. */
import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { choose } from './acts.js';
import { post } from './api.js';
import { PageElement } from './element.js';
import { LANGUAGES } from './people.js';
import { store } from './store.js';

export class PhoneMenu extends PageElement {
  render() {
    const { persons, selected } = store.state;
    const person = persons.find(({ id }) => id === selected);
    if (!person) return nothing;
    return html`<div class="phone-menu">
      <label>
        Language of this Telegram
        <select @change=${({ target }) => set(person, { language: target.value })}>
          ${Object.entries(LANGUAGES).map(
            ([code, name]) =>
              html`<option value=${code} .selected=${live(code === person.language)}>
                ${name}
              </option>`,
          )}
        </select>
      </label>
      <label class="switch">
        <input
          type="checkbox"
          .checked=${live(person.isBlocking)}
          @change=${({ target }) => set(person, { isBlocking: target.checked })}
        />
        ${person.name} blocks the bot
      </label>
    </div>`;
  }
}

function set(person, chosen) {
  const what = 'language' in chosen ? 'language' : 'block';
  void choose(person, { chosen, act: () => post(`persons/${person.id}/${what}`, chosen) });
}

customElements.define('phone-menu', PhoneMenu);
