/** All that the page knows, in one place: events change it, elements read it. */

const listeners = new Set();

/** Read by elements, changed by `change` alone. */
const state = {
  /** Whether the sandbox is heard: `connecting`, `up`. */
  link: 'connecting',
  persons: [],
  /** By person's id: `{ messages: Map, keyboard, unread, doing, answered }`. */
  chats: new Map(),
  /** The id of the person whose phone is in the hand. */
  selected: null,
  /** Which of the three parts a narrow screen shows. */
  part: 'phones',
  world: null,
  books: null,
  program: null,
  /** The server's clock when the page's own stood at `at`. */
  clock: { now: Date.now(), at: performance.now(), rate: 1 },
  toasts: [],
  /** A notice that must be closed by hand, or null. */
  alert: null,
};

export const store = {
  state,
  /** Calls `listener` after every change. Returns the function that ends it. */
  subscribe(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  /** `work` gets the state to change. */
  change(work) {
    work(state);
    for (const listener of listeners) listener();
  },
};

/** The server's time, in milliseconds. */
export function serverNow() {
  const { now, at, rate } = state.clock;
  return now + (performance.now() - at) * rate;
}

/** The chat on the screen, or undefined before anything is known. */
export function currentChat() {
  return state.chats.get(state.selected);
}

export function choosePerson(id) {
  store.change((now) => {
    now.selected = id;
    const chat = now.chats.get(id);
    if (chat) chat.unread = 0;
  });
}

export function showPart(part) {
  store.change((now) => {
    now.part = part;
  });
}
