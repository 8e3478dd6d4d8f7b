/** Who plays in the sandbox. */
import type { PersonView } from './api.ts';
import type { SimulatedTelegram } from './telegram/simulated-telegram.ts';
import type { Person } from './telegram/types.ts';

export const OWNER_ID = 9001;

const PERSONS = [
  { id: 1001, firstName: 'Aziza', username: 'aziza_sandbox', languageCode: 'uz' },
  { id: 1002, firstName: 'Бек', username: 'bek_sandbox', languageCode: 'ru' },
  { id: 1003, firstName: 'Laylo', username: 'laylo_sandbox', languageCode: 'en' },
  { id: OWNER_ID, firstName: 'Owner', username: 'owner_sandbox', languageCode: 'en' },
] as const satisfies readonly Person[];

export interface Persons {
  all(): PersonView[];
  find(id: number): PersonView | undefined;
  /** Changes the language of the person's Telegram, which the bot hears with the next update. */
  setLanguage(id: number, language: string): void;
  setBlocking(id: number, isBlocking: boolean): void;
  onChange(listener: () => void): () => void;
}

/** They are made known to `telegram`. */
export function createPersons(telegram: SimulatedTelegram): Persons {
  const listeners = new Set<() => void>();
  const people = PERSONS.map((person) => ({ person: person as Person, isBlocking: false }));
  for (const { person } of people) telegram.user(person);

  const all = (): PersonView[] =>
    people.map(({ person, isBlocking }) => ({
      id: person.id,
      name: person.firstName,
      language: person.languageCode ?? '',
      isOwner: person.id === OWNER_ID,
      isBlocking,
    }));
  const changed = (): void => {
    for (const listener of listeners) listener();
  };

  return {
    all,
    find: (id) => all().find((person) => person.id === id),
    setLanguage: (id, languageCode) => {
      const found = people.find(({ person }) => person.id === id);
      if (!found) return;
      found.person = telegram.user({ ...found.person, languageCode });
      changed();
    },
    setBlocking: (id, isBlocking) => {
      const found = people.find(({ person }) => person.id === id);
      if (!found) return;
      found.isBlocking = isBlocking;
      if (isBlocking) telegram.block(id);
      else telegram.unblock(id);
      changed();
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
