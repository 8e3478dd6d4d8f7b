/** The program as a process: it can be killed at any moment, and its time can run faster. */
import { html, nothing } from 'lit';
import { post } from './api.js';
import { actionButton } from './buttons.js';
import { PageElement } from './element.js';
import { dayOf, exactTime } from './format.js';
import { attempt } from './notices.js';
import { serverNow, store } from './store.js';

/** What a kill goes through, one after the other. */
const STATES = { stopped: 'stopped', starting: 'starting…', running: 'running' };
/** A process dies faster than one can see. */
const SEEN_MS = 700;
/** The way back stays on the screen so long after it is done. */
const TRAIL_MS = 8000;
const RATES = [
  { rate: 1, label: '1×', title: 'as on the wall' },
  { rate: 60, label: '60×', title: 'an hour in a minute' },
  { rate: 4320, label: '4320×', title: '72 hours in a minute' },
];

export class ProgramCard extends PageElement {
  #kills = null;
  #killedAt = -Infinity;
  #upAt = -Infinity;

  render() {
    const { program } = store.state;
    if (!program) return nothing;
    return html`<section class="card program" aria-labelledby="program-title">
      <div class="card-head">
        <h3 id="program-title">The program</h3>
        ${this.#state(program)}
        <span class="soft facts">${factsOf(program)}</span>
        ${powerButton(program)}
      </div>
      <div class="card-head">
        <p class="clock">
          <time>${exactTime(serverNow())}</time> <span class="soft">${dayOf(serverNow())}</span>
        </p>
        ${program.time.canChange ? rates(program.time) : nothing}
      </div>
    </section>`;
  }

  #state({ state, kills, pid }) {
    const now = performance.now();
    if (this.#kills !== null && kills > this.#kills) {
      this.#killedAt = now;
      setTimeout(() => this.requestUpdate(), SEEN_MS);
    }
    this.#kills = kills;
    const shown = now - this.#killedAt < SEEN_MS || pid === null ? 'stopped' : state;
    const real = state === 'stopped' ? 'stopped' : shown;
    if (real !== 'running') this.#upAt = now;
    const isTrail = now - this.#upAt < TRAIL_MS && this.#killedAt > 0;
    return html`<span class="trail" role="status" aria-label="State of the program">
      ${
        isTrail
          ? Object.keys(STATES).map((each) => statePill(each, each === real))
          : statePill(real, true)
      }
    </span>`;
  }
}

function statePill(state, isNow) {
  return html`<span class="state ${isNow ? state : 'past'}">${STATES[state]}</span>`;
}

/** What the card says of a program that is running: process id, kills, start, memory. */
function factsOf({ state, pid, kills, startMs, memoryMb }) {
  if (state !== 'running' || memoryMb === null) return '';
  const facts = [`${Math.round(memoryMb)} MB`];
  if (pid !== null) facts.unshift(`pid ${pid}`);
  if (kills > 0) facts.push(kills === 1 ? 'killed once' : `killed ${kills} times`);
  if (kills > 0 && startMs !== null) facts.push(`up again in ${(startMs / 1000).toFixed(1)} s`);
  return facts.join(' · ');
}

function powerButton({ state, pid }) {
  if (state === 'stopped') {
    return actionButton('Start', { className: 'primary', act: () => post('program/start') });
  }
  return actionButton(html`<span aria-hidden="true">⚡</span> Kill -9`, {
    className: 'danger kill',
    disabled: state !== 'running' || pid === null,
    act: () => post('program/kill'),
  });
}

function rates({ rate: current }) {
  return html`<div class="rates" role="group" aria-label="How fast time runs">
    ${
      RATES.some(({ rate }) => rate === current)
        ? nothing
        : html`<span class="soft">now ${current}×</span>`
    }
    ${RATES.map(
      ({ rate, label, title }) =>
        html`<button
          type="button"
          title=${title}
          aria-label="Time ${label}: ${title}"
          aria-pressed=${String(rate === current)}
          @click=${() => void attempt(() => post('program/time', { rate }))}
        >
          ${label}
        </button>`,
    )}
  </div>`;
}

customElements.define('program-card', ProgramCard);
