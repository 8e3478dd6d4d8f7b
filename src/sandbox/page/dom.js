/** Small tools for the page. Texts only ever become text nodes. */

const TOAST_MS = 4000;

export function byId(id) {
  return document.getElementById(id);
}

/** `el('button', { class: 'primary', onclick }, 'Pay')`: properties, attributes where there is no such property. */
export function el(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key in element && key !== 'list') element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

/** Writes only what changed: assistive technology reads every change. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function toast(text) {
  const note = el('p', { class: 'toast' }, text);
  byId('toasts').append(note);
  setTimeout(() => note.remove(), TOAST_MS);
}

/** A notice that must be closed by hand. */
export function alertDialog(text) {
  const dialog = byId('alert');
  byId('alert-text').textContent = text;
  if (!dialog.open) dialog.showModal();
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
    alertDialog(`Copy this by hand: ${text}`);
  }
}
