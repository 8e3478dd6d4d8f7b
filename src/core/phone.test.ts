import { expect, it } from 'vitest';
import { normalisePhone, phoneSpellings } from './phone.ts';

it.each(['+998 90 123 45 67', '998901234567', '90 123-45-67', '(90) 123.45.67', '901234567'])(
  'reads %s as the number it is, with the country code and without',
  (typed) => {
    expect(normalisePhone(typed)).toBe('998901234567');
    expect(phoneSpellings(typed)).toEqual(['998901234567', '901234567']);
  },
);

it.each(['+7 901 234 56 78', '12345', 'ninety', ''])(
  'has no spelling of %s for a form',
  (typed) => {
    expect(phoneSpellings(typed)).toEqual([]);
  },
);
