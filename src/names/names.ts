/**
 * What is shown of Paylov's names in one language: what the owner gave, else the dictionary's, else Paylov's own. And the names
 * that the owner gave ways to top up.
 */
import { type Language, LANGUAGES } from '../core/language.ts';
import type { Way } from '../core/payment-systems.ts';
import {
  allWordsOf,
  kinOf,
  knownCategory,
  knownField,
  knownOption,
  knownService,
} from './dictionary.ts';
import { howWell, searchKey } from './search.ts';

/** What can be given a name. */
export type NamedKind = 'category' | 'service' | 'field' | 'way';

/** Names that the owner gave; `key` is Paylov's id, of a field its `fieldKey`, of a way to top up that way. */
export interface GivenNames {
  get(kind: NamedKind, key: string, language: Language): string | undefined;
}

const NONE: GivenNames = { get: () => undefined };

/** Of Paylov: an id that stays, and a name in whatever language. */
interface Thing {
  id: string;
  name: string;
}

interface Titled {
  name: string;
  title: string;
}

/** Not escaped, as everything here. */
interface Shown {
  icon: string;
  name: string;
}

export interface Names {
  /** Empty where Paylov names none. */
  category(category: Thing): Shown;
  service(service: Thing): Shown;
  /** A question of a form, or what a service tells of an account. */
  field(field: Titled): string;
  /** A way to top up, or a payment system, where the owner gave it a name. */
  way(way: Way): string | undefined;
  /** What can be chosen in a form. */
  option(title: string): string;
  /** The services that a typed name means, the best first. */
  found<T extends Thing & { category: Thing }>(services: readonly T[], query: string): T[];
  /** The same for what can be chosen. */
  foundOptions<T extends { title: string }>(options: readonly T[], query: string): T[];
}

export function fieldKey({ name, title }: Titled): string {
  return `${name} ${searchKey(title)}`.trim();
}

export function namesIn(language: Language, given: GivenNames = NONE): Names {
  const keyOf = ({ id, name, category }: Thing & { category: Thing }): string => {
    const own = LANGUAGES.flatMap((each) => [
      given.get('service', id, each) ?? '',
      given.get('category', category.id, each) ?? '',
    ]);
    const theme = knownCategory(category.name);
    const kinds = [...kinOf(name), ...(theme ? [theme] : [])];
    return [searchKey([name, category.name, ...own].join(' ')), ...kinds.map(allWordsOf)].join(' ');
  };
  return {
    category({ id, name }) {
      const known = knownCategory(name);
      const own = given.get('category', id, language);
      return { icon: known?.icon ?? '📂', name: own ?? known?.[language] ?? name.trim() };
    },
    service({ id, name }) {
      const [kin] = kinOf(name);
      const own = given.get('service', id, language);
      return { icon: kin?.icon ?? '🧾', name: own ?? knownService(name)?.[language] ?? name };
    },
    field(field) {
      const { name, title } = field;
      const own = given.get('field', fieldKey(field), language);
      return own ?? knownField(field)?.[language] ?? (title.trim() === '' ? name : title);
    },
    way: (way) => given.get('way', way, language),
    option: (title) => knownOption(title)?.[language] ?? title,
    found: (services, query) => best(services, (each) => howWell(keyOf(each), query)),
    foundOptions: (options, query) =>
      best(options, ({ title }) => howWell(optionKey(title), query)),
  };
}

function optionKey(title: string): string {
  const known = knownOption(title);
  return searchKey([title, ...LANGUAGES.map((each) => known?.[each] ?? '')].join(' '));
}

function best<T>(all: readonly T[], rank: (each: T) => number): T[] {
  const ranked = all.map((each) => ({ each, rank: rank(each) })).filter((one) => one.rank > 0);
  return ranked.toSorted((a, b) => b.rank - a.rank).map(({ each }) => each);
}
