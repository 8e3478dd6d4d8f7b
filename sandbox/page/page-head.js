/** The head of the page: what this is, whether it is heard, the theme, the tour, the way to real money. */
import { html } from 'lit';
import { PageElement } from './element.js';
import { store } from './store.js';
import { isDark, toggleTheme } from './theme.js';
import { isTourOn, startTour } from './tour-state.js';

export class PageHead extends PageElement {
  render() {
    const { link } = store.state;
    return html`<header class="head">
        <h1>
          <span class="logo" aria-hidden="true">₮</span> Tolov <span class="tag">sandbox</span>
        </h1>
        <p class="promise">
          <strong>All money here is play money.</strong>
          <span class="wide">Nothing leaves this machine.</span>
        </p>
        <span class="link ${link}" role="status">${link === 'up' ? 'live' : 'connecting…'}</span>
        <div class="head-buttons">
          <button type="button" aria-pressed=${String(isTourOn())} @click=${startTour}>
            <span aria-hidden="true">🧭</span> Tour
          </button>
          <button
            type="button"
            aria-pressed=${String(isDark())}
            aria-label="Dark theme"
            @click=${toggleTheme}
          >
            <span aria-hidden="true">${isDark() ? '☀️' : '🌙'}</span>
          </button>
          <button type="button" @click=${(event) => this.#open(event)}>Go live</button>
        </div>
      </header>
      ${this.#goLive()}`;
  }

  #goLive() {
    return html`<dialog class="go-live" aria-labelledby="go-live-title">
      <h2 id="go-live-title">From play money to real money</h2>
      <ol>
        <li>
          Make a bot with <b>@BotFather</b>; put its token into <code>.env</code> as
          <code>BOT_TOKEN</code>.
        </li>
        <li>
          Add the credentials of at least one payment system, and your own Telegram id as
          <code>ADMIN_IDS</code>. <code>.env.example</code> explains every setting.
        </li>
        <li>Run <code>npm start</code> again. This page is then gone and the money is real.</li>
      </ol>
      <form method="dialog"><button class="primary">Close</button></form>
    </dialog>`;
  }

  #open() {
    this.querySelector('dialog').showModal();
  }
}

customElements.define('page-head', PageHead);
