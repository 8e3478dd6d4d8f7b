/** The guided tour: what to press, why it can be trusted, and a light on it. */
import { html, nothing } from 'lit';
import { PageElement } from './element.js';
import { showPart, store } from './store.js';
import { endTour, nextStep, startTour, tourView } from './tour-state.js';

const MARK = 'data-tour';

export class SandboxTour extends PageElement {
  #target = null;

  render() {
    const view = tourView();
    if (!view) return nothing;
    return view.kind === 'over' ? over() : step(view);
  }

  updated() {
    // Other elements draw themselves for the same change first.
    requestAnimationFrame(() => this.#light());
  }

  #light() {
    const view = tourView();
    const isLit = view?.kind === 'step' && !view.isDone && view.before !== null;
    const target = (isLit && view.step.target(store.state, view.before)) || null;
    const shown = target && (reachable(target) ?? target);
    for (const each of document.querySelectorAll(`[${MARK}]`)) {
      if (each !== shown) each.removeAttribute(MARK);
    }
    shown?.setAttribute(MARK, '');
    if (shown && shown !== this.#target && !shown.closest('.messages')) intoView(shown);
    this.#target = shown;
  }
}

/** The tab that leads to `target` where a narrow screen does not show it. */
function reachable(target) {
  if (target.checkVisibility()) return target;
  const part = target.closest('.part')?.id.replace('part-', '');
  return document.querySelector(`#show-${part}`);
}

function intoView(element) {
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  element.scrollIntoView({ block: 'nearest', behavior: isCalm ? 'instant' : 'smooth' });
}

function step({ number, of, step: { title, text }, isDone }) {
  return html`<section class="tour" aria-label="Guided tour">
    <div class="tour-words" role="status">
      <h2>
        <span class="soft">${number} of ${of}</span> ${title}
        ${isDone ? html`<span class="state paid">done ✓</span>` : nothing}
      </h2>
      <p>${text}</p>
    </div>
    <div class="tour-buttons">
      <button type="button" class=${isDone ? 'primary' : ''} @click=${nextStep}>
        ${isDone ? (number === of ? 'Finish' : 'Next') : 'Skip'}
      </button>
      <button type="button" @click=${endTour}>End</button>
    </div>
  </section>`;
}

function over() {
  return html`<section class="tour" aria-label="Guided tour">
    <div class="tour-words" role="status">
      <h2>That was the tour</h2>
      <p>
        Now be unkind: pay another sum and decide about it as Owner, cut a payment system off, lose
        its webhooks, let 72 hours pass in a minute. The books must always add up to zero.
      </p>
    </div>
    <div class="tour-buttons">
      <button type="button" @click=${startTour}>Again</button>
      <button
        type="button"
        class="primary"
        @click=${() => {
          endTour();
          showPart('phones');
        }}
      >
        Close
      </button>
    </div>
  </section>`;
}

customElements.define('sandbox-tour', SandboxTour);
