/** Short words to whoever plays. */
import { store } from './store.js';

const TOAST_MS = 5000;

export function toast(text) {
  const note = { text };
  store.change((state) => {
    state.toasts = [...state.toasts, note].slice(-3);
  });
  setTimeout(() => {
    store.change((state) => {
      state.toasts = state.toasts.filter((each) => each !== note);
    });
  }, TOAST_MS);
}

/** A notice that must be closed by hand. */
export function alertText(text) {
  store.change((state) => {
    state.alert = text;
  });
}

/** Does what was asked, and says why when it can't be done. Resolves with undefined then. */
export async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    toast(error.message);
    return undefined;
  }
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(`Copied: ${text}`);
  } catch {
    alertText(`Copy this by hand: ${text}`);
  }
}
