/** Internet, telephones, kindergartens, two services that cannot be paid now, and one for other merchants. */
import type { CatalogService, CatalogValue } from './catalog-types.ts';

const INTERNET = { id: 5, name: 'Интернет-провайдеры' };
const PHONES = { id: 1, name: 'Мобильные операторы' };
const STATE = { id: 8, name: 'Davlat xizmatlari' };

const CITIES: readonly CatalogValue[] = [
  { value: '71', title: 'Toshkent' },
  { value: '66', title: 'Samarqand' },
  { value: '73', title: 'Farg‘ona' },
];

const DISTRICTS = 20;
const KINDERGARTENS = 980;

const districts: readonly CatalogValue[] = Array.from({ length: DISTRICTS }, (_, index) => ({
  value: String(index + 1),
  title: `${index + 1}-tuman`,
}));

/** With the districts a thousand values. */
const kindergartens: readonly CatalogValue[] = Array.from(
  { length: KINDERGARTENS },
  (_, index) => ({
    value: String(10_001 + index),
    title: `${index + 1}-bog‘cha`,
    filter: String((index % DISTRICTS) + 1),
  }),
);

export const OTHERS: readonly CatalogService[] = [
  {
    id: '2b1f0a60-7c54-4f0f-8a56-0d5f6e0c1a04',
    name: 'Домашний интернет',
    category: INTERNET,
    min: 1000,
    max: 1_000_000,
    hasInfo: true,
    canCancel: true,
    accountField: 'login',
    fields: [
      { name: 'login', title: 'Логин', validation: '^[a-z0-9._-]{3,32}$', length: 32 },
      { name: 'contract', title: 'Номер договора', content: 'number', length: 8, optional: true },
    ],
  },
  {
    id: '2b1f0a60-7c54-4f0f-8a56-0d5f6e0c1a05',
    name: 'Мобильная связь',
    category: PHONES,
    min: 500,
    max: 1_500_000,
    hasInfo: false,
    canCancel: true,
    accountField: 'phone',
    fields: [
      {
        name: 'phone',
        title: 'Номер телефона',
        content: 'number',
        validation: '^(20|33|50|55|77|88|9[0-9])[0-9]{7}$',
        length: 9,
      },
    ],
  },
  {
    id: '2b1f0a60-7c54-4f0f-8a56-0d5f6e0c1a06',
    name: 'Shahar telefoni',
    category: PHONES,
    min: 500,
    max: 500_000,
    hasInfo: true,
    canCancel: true,
    saldo: 'untold',
    accountField: 'number',
    fields: [
      { name: 'city', title: 'Shahar', values: CITIES },
      { name: 'number', title: 'Telefon raqami', content: 'number', length: 7 },
    ],
  },
  {
    id: '2b1f0a60-7c54-4f0f-8a56-0d5f6e0c1a07',
    name: 'Davlat bog‘chasi',
    category: STATE,
    min: 1000,
    max: 2_000_000,
    hasInfo: true,
    canCancel: false,
    saldo: 'owed',
    accountField: 'child_code',
    fields: [
      { name: 'district', title: 'Tuman', values: districts },
      {
        name: 'kindergarten',
        title: 'Bog‘cha',
        dependencyOf: 'district',
        values: kindergartens,
      },
      { name: 'child_code', title: 'Bola kodi', content: 'number', length: 6 },
    ],
  },
  {
    id: '2b1f0a60-7c54-4f0f-8a56-0d5f6e0c1a08',
    name: 'Кабельное телевидение',
    category: INTERNET,
    min: 1000,
    max: 500_000,
    hasInfo: false,
    canCancel: true,
    isActive: false,
    accountField: 'account',
    fields: [{ name: 'account', content: 'number', length: 8 }],
  },
  {
    id: '2b1f0a60-7c54-4f0f-8a56-0d5f6e0c1a09',
    name: 'Yo‘l harakati jarimalari',
    category: STATE,
    min: 1000,
    max: 10_000_000,
    hasInfo: true,
    canCancel: false,
    paymentAvailable: false,
    accountField: 'decision',
    fields: [{ name: 'decision', title: 'Qaror raqami', content: 'number', length: 14 }],
  },
  {
    id: '2b1f0a60-7c54-4f0f-8a56-0d5f6e0c1a0a',
    name: 'Банковские кредиты',
    category: STATE,
    min: 1000,
    max: 5_000_000,
    hasInfo: false,
    canCancel: false,
    forOthers: true,
    accountField: 'contract',
    fields: [{ name: 'contract', title: 'Shartnoma raqami', content: 'number', length: 10 }],
  },
];
