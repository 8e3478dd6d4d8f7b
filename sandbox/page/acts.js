/** What a person does on their phone. */
import { post, postPicture } from './api.js';
import { attempt } from './notices.js';
import { currentChat, store } from './store.js';

/** Without an answer of the bot a button stops waiting after this. */
const WAIT_MS = 15_000;

/** Resolves with undefined when it could not be sent. */
export function sendText(text) {
  return attempt(() => post(`persons/${store.state.selected}/text`, { text }));
}

export function shareContact() {
  const { selected } = store.state;
  return attempt(() => post(`persons/${selected}/contact`, { phone: `+99890000${selected}` }));
}

/** `picture` is a File. */
export function sendPhoto(picture) {
  return attempt(() => postPicture(`persons/${store.state.selected}/photo`, picture));
}

/** Presses a callback button. */
export async function tap(messageId, data) {
  const chat = currentChat();
  const setWaiting = (isWaiting) => {
    store.change(() => {
      if (isWaiting) chat.waiting.add(messageId);
      else chat.waiting.delete(messageId);
    });
  };
  setWaiting(true);
  setTimeout(() => setWaiting(false), WAIT_MS);
  const { selected } = store.state;
  const taken = await attempt(() => post(`persons/${selected}/tap`, { messageId, data }));
  if (taken === undefined) setWaiting(false);
}

/**
 * Shows what was chosen at once: a control that waited for the answer would jump back meanwhile. `chosen` are the fields
 * of `view`, a part of the store, that are different now.
 */
export async function choose(view, { chosen, act }) {
  const before = Object.fromEntries(Object.keys(chosen).map((key) => [key, view[key]]));
  store.change(() => Object.assign(view, chosen));
  if ((await attempt(act)) === undefined) store.change(() => Object.assign(view, before));
}
