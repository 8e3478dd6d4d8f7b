import { expect, test } from 'vitest';
import { loadTexts } from '../locales/texts.ts';
import { shownValue } from './detail-values.ts';

const t = loadTexts()('en');

test.each([
  ['saldo', '15105.15 UZS', "15\u00a0105,15\u00a0so'm"],
  ['saldo', '-15105.15', "−15\u00a0105,15\u00a0so'm"],
  ['last_paid', '50000', "50\u00a0000\u00a0so'm"],
  ['tariff_price', '450 UZS', "450\u00a0so'm"],
  ['tariff_price', '450', '450'],
  ['last_paid_date', '2024-08-23', '23.08.2024'],
  ['dateob', '2024-10-08 14:53:48', '08.10.2024 14:53'],
  ['time', '14.10.2024 14:53:48', '14.10.2024 14:53'],
  ['pokcob', '3431.28', '3431.28'],
  ['region', 'г. Ташкент', 'Tashkent city'],
  ['fio', 'Ташкент', 'Ташкент'],
  ['customer_code', '1000000', '1000000'],
  ['saldo', 'нет', 'нет'],
])('%s %s is shown as %s', (name, value, shown) => {
  expect(shownValue(t, { name, value })).toBe(shown);
});
