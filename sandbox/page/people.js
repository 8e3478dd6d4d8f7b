/** Names of those who play. */
import { store } from './store.js';

export const LANGUAGES = { uz: 'Oʻzbekcha', ru: 'Русский', en: 'English' };

/** A name for a Telegram id; null is somebody that nobody knows. */
export function personName(id) {
  if (id === null) return 'somebody';
  return store.state.persons.find((person) => person.id === Number(id))?.name ?? `user ${id}`;
}
