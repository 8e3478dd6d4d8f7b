import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FIELDS_ANSWER, INFO_ANSWER, LIST_ANSWER } from '../bills/paylov/payloads.fixture.ts';
import { type Language, LANGUAGES } from '../core/language.ts';
import { formItem, listItem, listed } from '../../sandbox/paylov/catalog.ts';
import { knownCategory, knownField, knownOption, knownService } from './dictionary.ts';
import { namesIn } from './names.ts';
import { searchKey } from './search.ts';

interface Entry extends Record<Language, string> {
  paylov?: string[];
  titles?: string[];
  names?: string[];
}

interface Item {
  service_id: string;
  name: string;
  category: { id: number; name: string };
}

interface FormItem extends Item {
  fields: { name: string; title: string; values: { title: string }[] }[];
  response_fields: { name: string; title: string }[];
}

/** What the dictionary does not have, of a list of services and their forms. */
function untranslated(services: readonly Item[], forms: readonly FormItem[]): string[] {
  const all = [...services, ...forms];
  const fields = forms.flatMap((form) => [...form.fields, ...form.response_fields]);
  const options = forms.flatMap((form) => form.fields.flatMap(({ values }) => values));
  return [
    ...all
      .filter(({ category }) => !knownCategory(category.name))
      .map((each) => each.category.name),
    ...all.filter(({ name }) => !knownService(name)).map(({ name }) => name),
    ...fields.filter((field) => !knownField(field)).map(({ name, title }) => `${name}: ${title}`),
    ...options.filter(({ title }) => !knownOption(title)).map(({ title }) => title),
  ];
}

function fieldsOf(text: string): { name: string; title: string }[] {
  return (JSON.parse(text) as { result: { data: { name: string; title: string }[] } }).result.data;
}

describe('the dictionary', () => {
  it("has everything of the document's examples", () => {
    const list = JSON.parse(LIST_ANSWER) as { result: { services: Item[] } };
    const forms = JSON.parse(FIELDS_ANSWER) as { result: { data: FormItem[] } };
    expect(untranslated(list.result.services, forms.result.data)).toEqual([]);
    expect(fieldsOf(INFO_ANSWER).filter((field) => !knownField(field))).toEqual([]);
  });

  it('has everything of the simulated catalogue', () => {
    const services = listed({ onlyForMe: false });
    const items = services.map(listItem) as unknown as Item[];
    const forms = services.map(formItem) as unknown as FormItem[];
    expect(forms.flatMap(({ fields }) => fields).length).toBeGreaterThan(15);
    expect(untranslated(items, forms)).toEqual([]);
  });

  it('names what it does not have', () => {
    const odd = {
      service_id: '1',
      name: 'Ucell',
      category: { id: 1, name: 'Мобильные операторы' },
    };
    const fields = [{ name: 'x1', title: 'Номер паспорта', values: [{ title: 'Zarafshon' }] }];
    const form = { ...odd, fields, response_fields: [] };
    expect(untranslated([odd], [form])).toEqual([
      'Ucell',
      'Ucell',
      'x1: Номер паспорта',
      'Zarafshon',
    ]);
  });

  const words = JSON.parse(readFileSync(new URL('dictionary.json', import.meta.url), 'utf8')) as {
    [list: string]: Entry[];
  };

  it.each(Object.keys(words))('means one thing by each word of %s', (list) => {
    const marks = words[list]?.map(({ paylov = [], titles = [], names = [] }) => {
      return [...new Set([...paylov, ...titles, ...names].map(searchKey))];
    });
    const all = marks?.flat() ?? [];
    expect(all.filter((mark, index) => all.indexOf(mark) !== index)).toEqual([]);
  });

  it('writes Uzbek with its own apostrophes, and each alphabet by itself', () => {
    for (const each of Object.values(words).flat()) {
      expect(each['uz']).not.toMatch(/['‘’`´]|[а-яўқғҳё]/i);
      expect(each['uz-Cyrl']).not.toMatch(/(?!\{n\}|\{place\})\{|[a-z](?![a-z]*\})/);
      expect(each['ru']).not.toMatch(/[ўқғҳ]|[a-z](?![a-z]*\})/i);
      expect(each['en']).not.toMatch(/[а-я]/i);
    }
  });
});

const CATALOG = listed({ onlyForMe: false }).map(({ id, name, category }) => ({
  id,
  name,
  category: { id: String(category.id), name: category.name },
}));

/** Names of the services found, in English. */
function found(query: string): string[] {
  return namesIn('uz')
    .found(CATALOG, query)
    .map((service) => namesIn('en').service(service).name);
}

describe('a service is found', () => {
  it.each([
    ['suv', ['Hot water and heating', 'Cold water and sewerage']],
    ['сув', ['Hot water and heating', 'Cold water and sewerage']],
    ['вода', ['Hot water and heating', 'Cold water and sewerage']],
    ['svet', ['Electricity']],
    ['свет', ['Electricity']],
    ['Ток', ['Electricity']],
    ['газ', ['Natural gas']],
    ['gaz', ['Natural gas']],
    ['штраф', ['Traffic fines']],
    ['shtraf', ['Traffic fines']],
    ['jarima', ['Traffic fines']],
    ['жарима', ['Traffic fines']],
    ["yo'l", ['Traffic fines']],
    ['yol', ['Traffic fines']],
    ['yoʻl', ['Traffic fines']],
    ['bog`cha', ['State kindergarten']],
    ['боғча', ['State kindergarten']],
    ['садик', ['State kindergarten']],
    ['chiqindi', ['Waste collection']],
    ['мусор', ['Waste collection']],
    ['electricity', ['Electricity']],
    ['вайфай', ['Home internet', 'Cable television']],
    ['qandaydir', []],
  ])('by %s', (query, names) => {
    expect(found(query)).toEqual(names);
  });

  it('by what it is, whatever name of its own it has', () => {
    const category = { id: '1', name: 'Мобильные операторы' };
    const services = [
      { id: 'a', name: 'Ucell', category },
      { id: 'b', name: 'Hududgaz Xorazm', category: { id: '3', name: '' } },
      { id: 'c', name: 'Magazin', category: { id: '9', name: '' } },
    ];
    const ids = (query: string) =>
      namesIn('ru')
        .found(services, query)
        .map(({ id }) => id);
    expect(ids('телефон')).toEqual(['a']);
    // The word begins one of its words: before what only contains it.
    expect(ids('газ')).toEqual(['b', 'c']);
    expect(namesIn('ru').service({ id: 'b', name: 'Hududgaz Xorazm' })).toEqual({
      icon: '🔥',
      name: 'Hududgaz Xorazm',
    });
  });
});

describe('names in a language', () => {
  const service = { id: 's', name: 'Плата за электроэнергию' };

  it.each([
    ['uz', 'Elektr energiyasi'],
    ['uz-Cyrl', 'Электр энергияси'],
    ['ru', 'Электроэнергия'],
    ['en', 'Electricity'],
  ] as const)('are those of %s', (language, name) => {
    expect(namesIn(language).service(service)).toEqual({ icon: '💡', name });
  });

  it("keep Paylov's own where there is no other", () => {
    const names = namesIn('en');
    expect(names.service({ id: 's', name: 'Ucell' })).toEqual({ icon: '📱', name: 'Ucell' });
    expect(names.category({ id: '1', name: 'Разное ещё' }).name).toBe('Разное ещё');
    expect(names.category({ id: '0', name: '' }).name).toBe('');
    expect(names.field({ name: 'x1', title: 'Номер паспорта' })).toBe('Номер паспорта');
    expect(names.field({ name: 'x1', title: '' })).toBe('x1');
    expect(names.option('26280 - Неизвестный ЭСП')).toBe('26280 - Неизвестный ЭСП');
  });

  it('fill numbers and places in', () => {
    expect(namesIn('uz').option('26280 - Алмазарский ЭСП')).toBe('26280 · Olmazor tumani ETK');
    expect(namesIn('ru').option('17-bog‘cha')).toBe('Детский сад № 17');
    expect(namesIn('en').option('Чиланзарский район')).toBe('Chilanzar district');
  });

  it('are what the owner gave, above all', () => {
    const given = new Map([
      ['service s en', 'Power'],
      ['field x1 nomer pasporta en', 'Passport'],
      ['category 3 en', 'Home'],
    ]);
    const own = { get: (...key: string[]) => given.get(key.join(' ')) };
    const names = namesIn('en', own);
    expect(names.service(service).name).toBe('Power');
    expect(names.category({ id: '3', name: 'Коммунальные услуги' })).toEqual({
      icon: '🏠',
      name: 'Home',
    });
    expect(names.field({ name: 'x1', title: 'Номер паспорта' })).toBe('Passport');
    const services = [{ ...service, category: { id: '3', name: 'Коммунальные услуги' } }];
    // Found by it in every language.
    expect(namesIn('ru', own).found(services, 'power')).toHaveLength(1);
    expect(namesIn('ru').service(service).name).toBe('Электроэнергия');
  });

  it('are found among what can be chosen in any language', () => {
    const options = [
      { title: 'г. Ташкент' },
      { title: 'Ташкентская область' },
      { title: 'Farg‘ona viloyati' },
    ];
    const titles = (query: string) =>
      namesIn('uz')
        .foundOptions(options, query)
        .map(({ title }) => title);
    expect(titles('toshkent')).toEqual(['г. Ташкент', 'Ташкентская область']);
    expect(titles('Ферган')).toEqual(['Farg‘ona viloyati']);
    expect(titles('olmos')).toEqual([]);
  });

  it('are there in all languages', () => {
    for (const language of LANGUAGES) {
      expect(namesIn(language).field({ name: 'saldo', title: 'balance' })).not.toBe('balance');
    }
  });
});
