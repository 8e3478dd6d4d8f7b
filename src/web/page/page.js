/** The whole page: who looks, at what, and whether it is still true. What is looked at stands in the address. */
import { html, LitElement, nothing } from 'lit';
import * as api from './api.js';
import { VIEWS } from './views.js';

const NAMES = Object.keys(VIEWS);
/** Today's figures, and all accounts, cost the most to read. */
const AGAIN_MS = { today: 10_000, ledger: 10_000 };
const AGAIN_USUALLY_MS = 2000;
const WITHOUT_EVENTS_MS = 5000;
const LINK = /^#([\w-]{43})$/;

class DeskPage extends LitElement {
  static properties = {
    me: { state: true },
    data: { state: true },
    isLive: { state: true },
    isFailing: { state: true },
    isOut: { state: true },
    armed: { state: true },
    notice: { state: true },
    isBusy: { state: true },
  };

  #shown = null;
  #readAt = 0;
  #timer = null;
  #events = null;
  /** By what is answered and how: sent again after a failure it is the same answer. */
  #answerIds = new Map();

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('popstate', () => void this.#read());
    addEventListener('keydown', (event) => this.#key(event));
    this.addEventListener('click', (event) => this.#click(event));
    void this.#begin();
  }

  /** The link's secret leaves the address before anything else is done. */
  async #begin() {
    const [, link] = LINK.exec(location.hash) ?? [];
    if (location.hash !== '') history.replaceState(null, '', location.pathname + location.search);
    try {
      if (link) await api.signIn(link);
      this.me = await api.me();
    } catch (error) {
      this.#failed(error);
      return;
    }
    document.documentElement.lang = this.me.language;
    document.title = this.#words('web-title');
    this.#listen();
    await this.#read();
  }

  get #query() {
    const { view = 'today', ...rest } = Object.fromEntries(new URLSearchParams(location.search));
    return { view: NAMES.includes(view) ? view : 'today', ...rest };
  }

  #words = (key) => this.me?.words[key] ?? key;

  async #read() {
    clearTimeout(this.#timer);
    this.#timer = null;
    const { view, ...query } = this.#query;
    const place = location.search;
    this.#readAt = Date.now();
    try {
      const data = await api.look(view, query);
      if (place !== location.search) return;
      this.#shown = this.#query;
      this.data = data;
      this.isFailing = false;
    } catch (error) {
      this.#failed(error);
      // What was asked for is not on the screen, and nothing else may ever change.
      if (!this.isOut) this.#readSoon();
    }
  }

  /** Soon, however often it is asked for. */
  #readSoon() {
    const everyMs = AGAIN_MS[this.#query.view] ?? AGAIN_USUALLY_MS;
    const waitMs = Math.max(0, this.#readAt + everyMs - Date.now());
    this.#timer ??= setTimeout(() => void this.#read(), waitMs);
  }

  #failed(error) {
    if (error instanceof api.SignedOut) {
      this.#events?.close();
      this.isOut = true;
      this.data = undefined;
    } else {
      this.isFailing = true;
    }
  }

  /** Where events do not come through, the page reads by itself. */
  #listen() {
    this.#events = new EventSource('/desk/api/events');
    this.#events.addEventListener('open', () => (this.isLive = true));
    this.#events.addEventListener('changed', () => this.#readSoon());
    this.#events.addEventListener('error', () => (this.isLive = false));
    setInterval(() => {
      if (!this.isLive && !this.isOut && !document.hidden) this.#readSoon();
    }, WITHOUT_EVENTS_MS);
  }

  #link = (query) => {
    const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
    return `?${new URLSearchParams(Object.fromEntries(given))}`;
  };

  #go = (query) => {
    this.armed = '';
    this.notice = '';
    history.pushState(null, '', this.#link(query));
    this.requestUpdate();
    void this.#read();
  };

  #click(event) {
    const anchor = event.target.closest?.('a[href^="?"]');
    if (!anchor || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    this.#go(Object.fromEntries(new URLSearchParams(anchor.getAttribute('href'))));
  }

  /** `1` to `8` are the parts; `/` is the first thing to fill in. */
  #key(event) {
    const isTyping = /^(?:INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey || !this.me) return;
    const view = NAMES[Number(event.key) - 1];
    if (view) this.#go({ view });
    const first = event.key === '/' ? this.querySelector('.filters input') : null;
    if (!first) return;
    event.preventDefault();
    first.focus();
  }

  /** Changes something, and says what became of it. False where that is not known, or nothing was done. */
  #change = async (what, asked) => {
    if (this.isBusy) return false;
    this.isBusy = true;
    try {
      const { kind, text } = await api.change(what, asked, this.me.csrf);
      this.notice = text ?? this.#words(`web-did-${kind.replaceAll('_', '-')}`);
      return kind !== 'refused';
    } catch (error) {
      this.#failed(error);
      this.notice = this.#words('web-unsure');
      return false;
    } finally {
      this.isBusy = false;
      void this.#read();
    }
  };

  #answer = async (id, text) => {
    const key = `${id}\n${text}`;
    const answerId = this.#answerIds.get(key) ?? crypto.randomUUID();
    this.#answerIds.set(key, answerId);
    const isSent = await this.#change('answer', { id, answerId, text });
    if (isSent) this.#answerIds.delete(key);
    return isSent;
  };

  async #signOut() {
    await api.signOut(this.me.csrf).catch(() => undefined);
    this.#failed(new api.SignedOut());
  }

  render() {
    if (this.isOut) return this.#signedOut();
    if (!this.me) return html`<main><p class="soft">${this.isFailing ? '⚠️' : '…'}</p></main>`;
    return html`${this.#head()}
      <main aria-live="off">${this.#body()}</main>`;
  }

  /** Nobody is known here: the four languages say it. */
  #signedOut() {
    const words = this.me
      ? [this.#words('web-read-only')]
      : [
          'Kirish uchun botga /desk yuboring va uning havolasini oching.',
          'Чтобы войти, отправьте боту /desk и откройте его ссылку.',
          'To sign in, send /desk to the bot and open its link.',
        ];
    return html`<main class="out">
      <h1>Tolov</h1>
      ${words.map((each) => html`<p>${each}</p>`)}
    </main>`;
  }

  #head() {
    const words = this.#words;
    const { view } = this.#query;
    return html`<header>
      <h1>${words('web-title')}</h1>
      <nav aria-label=${words('web-title')}>
        ${NAMES.map(
          (name) =>
            html`<a
              href=${this.#link({ view: name })}
              aria-current=${name === view ? 'page' : 'false'}
              >${words(`web-${name}`)}</a
            >`,
        )}
      </nav>
      <p class="live ${this.isLive ? 'up' : ''}" role="status">
        ${words(this.isLive ? 'web-live' : 'web-not-live')}
      </p>
      <button type="button" @click=${() => this.#signOut()}>${words('web-sign-out')}</button>
    </header>`;
  }

  #body() {
    const words = this.#words;
    const query = this.#query;
    const failing = this.isFailing ? html`<p class="failing">${words('web-failed')}</p>` : nothing;
    if (!this.data || this.#shown?.view !== query.view) {
      return html`${failing}
        <p class="soft">${words('web-wait')}</p>`;
    }
    const here = {
      words,
      query,
      link: this.#link,
      go: this.#go,
      armed: this.armed ?? '',
      arm: (name) => (this.armed = name),
      notice: this.notice ?? '',
      isBusy: this.isBusy ?? false,
      change: this.#change,
      answer: this.#answer,
    };
    return html`${failing} ${VIEWS[query.view](here, this.data)}`;
  }
}

customElements.define('desk-page', DeskPage);
