/** What is shown by Paylov's own name, because neither the dictionary nor the owner has another. */
import { LANGUAGES } from '../../../core/language.ts';
import { knownCategory, knownField, knownService } from '../../../names/dictionary.ts';
import type { GivenNames, NamedKind } from '../../../names/names.ts';

/** Of what can be given a name, what Paylov has. */
type PaylovKind = Exclude<NamedKind, 'way'>;

export interface Thing {
  kind: PaylovKind;
  key: string;
  /** Paylov's name of it. */
  name: string;
  /** The title of a field; empty for anything else. */
  title: string;
}

const KNOWN: Readonly<Record<PaylovKind, (thing: Thing) => unknown>> = {
  service: ({ name }) => knownService(name),
  category: ({ name }) => knownCategory(name),
  field: knownField,
};

/** True when there is no name of ours in at least one language. */
export function lacksWords(thing: Thing, given: GivenNames): boolean {
  const { kind, key } = thing;
  if (KNOWN[kind](thing) !== undefined) return false;
  return LANGUAGES.some((language) => given.get(kind, key, language) === undefined);
}
