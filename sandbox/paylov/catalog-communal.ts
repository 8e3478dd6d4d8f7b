/** Heat, light and water. */
import type { CatalogField, CatalogService, CatalogValue } from './catalog-types.ts';

const CATEGORY = { id: 3, name: 'Коммунальные услуги' };

const REGIONS: readonly CatalogValue[] = [
  { value: '1', title: 'г. Ташкент' },
  { value: '2', title: 'Ташкентская область' },
  { value: '3', title: 'Самаркандская область' },
  { value: '4', title: 'Ферганская область' },
];

const SOATO: readonly CatalogValue[] = [
  { value: '26280', title: '26280 - Алмазарский ЭСП', filter: '1' },
  { value: '26264', title: '26264 - Бектемирский ЭСП', filter: '1' },
  { value: '26290', title: '26290 - Яшнабадский ЭСП', filter: '1' },
  { value: '27224', title: '27224 - Зангиатинский ЭСП', filter: '2' },
  { value: '27248', title: '27248 - Кибрайский ЭСП', filter: '2' },
  { value: '18401', title: '18401 - Самаркандский ЭСП', filter: '3' },
  { value: '30401', title: '30401 - Ферганский ЭСП', filter: '4' },
];

const UZBEK_REGIONS: readonly CatalogValue[] = [
  { value: '01', title: 'Toshkent shahri' },
  { value: '02', title: 'Toshkent viloyati' },
  { value: '03', title: 'Samarqand viloyati' },
  { value: '04', title: 'Farg‘ona viloyati' },
  { value: '05', title: 'Xorazm viloyati' },
];

function digits(name: string, length: number, title = name): CatalogField {
  return { name, title, content: 'number', length };
}

export const COMMUNAL: readonly CatalogService[] = [
  {
    id: '6ae5eaf5-9b70-4aa9-9260-2438e99affa0',
    name: 'Плата за электроэнергию',
    category: CATEGORY,
    min: 500,
    max: 5_000_000,
    hasInfo: true,
    canCancel: false,
    meter: true,
    accountField: 'customer_code',
    fields: [
      { name: 'region', values: REGIONS },
      { name: 'soato', dependencyOf: 'region', values: SOATO },
      { name: 'customer_code', content: 'number' },
    ],
  },
  {
    id: 'd2369eff-a542-4d59-90d1-f00c76d0b4e4',
    name: 'Горячая вода и отопление',
    category: CATEGORY,
    min: 500,
    max: 3_000_000,
    hasInfo: true,
    canCancel: false,
    logo: 'https://cdn.paylov.uz/2024/12/05/mobi.png',
    accountField: 'customer_code',
    fields: [digits('customer_code', 12)],
  },
  {
    id: '2b1f0a60-7c54-4f0f-8a56-0d5f6e0c1a01',
    name: 'Tabiiy gaz',
    category: CATEGORY,
    min: 1000,
    max: 3_000_000,
    hasInfo: true,
    canCancel: false,
    meter: true,
    accountField: 'abonent',
    fields: [
      { name: 'region', title: 'Hudud', values: UZBEK_REGIONS },
      digits('abonent', 10, 'Abonent raqami'),
    ],
  },
  {
    id: '2b1f0a60-7c54-4f0f-8a56-0d5f6e0c1a02',
    name: 'Chiqindi olib ketish',
    category: CATEGORY,
    min: 500,
    max: 1_000_000,
    hasInfo: true,
    canCancel: true,
    saldo: 'owed',
    accountField: 'account',
    fields: [
      { name: 'region', title: 'Hudud', values: UZBEK_REGIONS },
      digits('account', 12, 'Hisob raqami'),
    ],
  },
  {
    id: '2b1f0a60-7c54-4f0f-8a56-0d5f6e0c1a03',
    name: 'Холодная вода и канализация',
    category: CATEGORY,
    min: 500,
    max: 2_000_000,
    hasInfo: true,
    canCancel: false,
    meter: true,
    accountField: 'customer_code',
    fields: [digits('customer_code', 8)],
  },
];
