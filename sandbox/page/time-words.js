/** A moment in a message, by the clock of whoever holds the phone. Phones here are in Tashkent. */
import { html } from 'lit';
import { PageElement } from './element.js';
import { clockTime, shortDate, timeTo } from './format.js';
import { serverNow, store } from './store.js';

export class TimeWords extends PageElement {
  static properties = { moment: { attribute: false }, words: { attribute: false } };

  render() {
    const { unix_time: unix, date_time_format: format } = this.moment;
    const at = unix * 1000;
    const stamp = new Date(at).toISOString();
    return html`<time datetime=${stamp} title="Told by this phone's clock"
      >${told(at, format) || this.words}</time
    >`;
  }
}

/** Bot API, date-time entity formatting: what the bot uses of it. */
function told(at, format) {
  if (format === 'r') return timeTo(at - serverNow(), languageOfPhone());
  const parts = [/t/i.test(format) && clockTime(at), /d/i.test(format) && shortDate(at)];
  return parts.filter(Boolean).join(', ');
}

/** A phone tells times in its own language, whatever the bot speaks. */
function languageOfPhone() {
  const { persons, selected } = store.state;
  return persons.find(({ id }) => id === selected)?.language;
}

customElements.define('time-words', TimeWords);
