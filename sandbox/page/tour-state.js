/** How far the guided tour is. Kept by the browser, so that a reload goes on with it. */
import { store } from './store.js';
import { STEPS } from './tour-steps.js';

const KEY = 'tolov-tour';
const OVER = STEPS.length;

/** Index of the step that is shown; `STEPS.length` is the end, null an ended tour. */
let step = stored();
/** What was so before the step began; null until something is known. */
let before = null;
/** The step has happened and waits for “Next”. */
let isDone = false;

function stored() {
  const kept = localStorage.getItem(KEY);
  if (kept === null) return 0;
  const number = Number(kept);
  return kept !== '' && Number.isInteger(number) && number >= 0 && number <= OVER ? number : null;
}

function go(to) {
  step = to;
  before = null;
  isDone = false;
  localStorage.setItem(KEY, to === null ? '' : String(to));
  store.change(() => {});
}

export function isTourOn() {
  return step !== null;
}

export function startTour() {
  go(0);
}

export function endTour() {
  go(null);
}

export function nextStep() {
  go(Math.min(step + 1, OVER));
}

/** Null when there is no tour. Looks whether the step has happened. */
export function tourView() {
  if (step === null) return null;
  if (step === OVER) return { kind: 'over' };
  const { state } = store;
  const current = STEPS[step];
  if (state.world && state.books && state.program) {
    before ??= current.look(state);
    isDone ||= current.isDone(state, before);
  }
  return { kind: 'step', number: step + 1, of: OVER, step: current, isDone, before };
}
