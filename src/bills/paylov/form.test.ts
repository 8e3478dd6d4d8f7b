import { describe, expect, it } from 'vitest';
import { saldoTiyin, shownDetails } from './details.ts';
import { readForm, safePattern } from './form.ts';
import { cardMask, parseCardNumber, parseExpiry, parsePhone, phoneMask } from './masks.ts';

const text = (name: string, changes: object = {}): object => ({
  field_id: 11,
  name,
  title: name,
  type: 'text',
  content: 'text',
  validation: null,
  length: null,
  required: true,
  values: [],
  ...changes,
});

const detail = (name: string, value: string) => ({ name, title: name, value });

describe('a form', () => {
  it('asks for parents before their children, else in the order given', () => {
    const form = readForm([
      text('street', { dependency_of: 'city' }),
      text('first'),
      text('city', { dependency_of: 'region' }),
      text('region'),
    ]);
    const names = form.kind === 'fields' ? form.fields.map(({ name }) => name) : form.reason;
    expect(names).toEqual(['first', 'region', 'city', 'street']);
  });

  it.each([11, '11', 'region'])('finds a parent by its name or its id: %j', (parent) => {
    const form = readForm([
      text('soato', { field_id: '12', dependency_of: parent }),
      text('region'),
    ]);
    const fields = form.kind === 'fields' ? form.fields : [];
    expect(fields.map(({ name, parent: of }) => [name, of])).toEqual([
      ['region', null],
      ['soato', 'region'],
    ]);
  });

  it('takes a name for a name, also where another field has it as its id', () => {
    const form = readForm([
      text('a', { field_id: 1, dependency_of: '12' }),
      text('b', { field_id: 12 }),
      text('12', { field_id: 2 }),
    ]);
    expect(form).toMatchObject({ fields: [{ name: 'b' }, { name: '12' }, { parent: '12' }] });
  });

  it.each([
    [{ required: false }, { required: false }],
    [{ required: 'false' }, { required: false }],
    [{ required: 0 }, { required: false }],
    [{ required: undefined }, { required: true }],
    [{ content: 'number' }, { content: 'number' }],
    [{ content: 'phone' }, { content: 'text' }],
    [{ length: '12' }, { maxLength: 12 }],
    [{ validation: '^[0-9]{9}$' }, { pattern: '^[0-9]{9}$' }],
    [{ dependency_of: '' }, { parent: null }],
    [{ title: null }, { title: 'a' }],
    [{ type: 'input', values: [{ value: 7, title: 'yetti' }] }, { type: 'select' }],
    [
      { values: [{ value: 7 }, { title: 'no value' }, { value: '8', filter: 1 }] },
      {
        options: [
          { value: '7', title: '7', filter: null },
          { value: '8', title: '8', filter: '1' },
        ],
      },
    ],
  ])('takes %j', (changes, expected) => {
    expect(readForm([text('a', changes)])).toMatchObject({ kind: 'fields', fields: [expected] });
  });

  it.each([0, -1, 'many', 1.5, null])('has no maximum of %j', (length) => {
    const form = readForm([text('a', { length })]);
    expect(form.kind === 'fields' && form.fields[0]).not.toHaveProperty('maxLength');
  });

  it('leaves out a select that is optional and empty', () => {
    const form = readForm([text('a', { type: 'select', required: false }), text('b')]);
    expect(form).toMatchObject({ kind: 'fields', fields: [{ name: 'b' }] });
  });

  it('refuses more fields than anybody would answer', () => {
    const many = Array.from({ length: 201 }, (_, i) => text(`f${i}`));
    expect(readForm(many)).toMatchObject({ kind: 'bad' });
  });
});

describe('a pattern', () => {
  it.each([
    ['^\\d{9}$', '^\\d{9}$'],
    ['/^998\\d{9}$/', '^998\\d{9}$'],
    [' ^[A-Za-z0-9_.-]{3,32}$ ', '^[A-Za-z0-9_.-]{3,32}$'],
    ['^(33|88|9[0-9])[0-9]{7}$', '^(33|88|9[0-9])[0-9]{7}$'],
    ['^(?:\\d{4}){4}$', '^(?:\\d{4}){4}$'],
    ['^[(+*]{1,2}\\)$', '^[(+*]{1,2}\\)$'],
  ])('is used: %s', (validation, expected) => {
    expect(safePattern(validation)).toBe(expected);
  });

  it.each([
    ['(', 'does not compile'],
    ['^(?P<code>\\d+)$', 'does not compile'],
    ['phone', 'is a word'],
    ['', 'is empty'],
    ['(a+)+$', 'explodes'],
    ['(a|a)*$', 'explodes'],
    ['^((\\d+)-?)+$', 'explodes'],
    ['^(\\w+)\\1$', 'explodes'],
    ['^(?:a?b?){20}$', 'explodes'],
    ['^\\d*\\d*\\d*\\d*\\d*$', 'takes long'],
    ['^x{1}'.padEnd(201, '1'), 'is too long'],
  ])('is not used: %s %s', (validation) => {
    expect(safePattern(validation)).toBeUndefined();
  });
});

describe('details', () => {
  it('are shown without what says nothing, and with units', () => {
    const units = [
      { name: 'saldo', title: 'balance', postfix: 'UZS' },
      { name: 'last_paid', title: 'last_paid', postfix: 'UZS' },
      { name: 'fio', title: 'fio', postfix: null },
    ];
    const shown = shownDetails(
      [
        detail('fio', 'FIO - -'),
        detail('address', ' - '),
        detail('time', ''),
        detail('saldo', '15105.15 UZS'),
        detail('last_paid', '50000'),
      ],
      units,
    );
    expect(shown.map(({ value }) => value)).toEqual(['FIO - -', '15105.15 UZS', '50000 UZS']);
  });

  it.each([
    ['15105.15 UZS', 1_510_515],
    ['-15105.15 UZS', -1_510_515],
    ['−15 105,5 сум', -1_510_550],
    ['0', 0],
    ['-0.00', 0],
    ["50000 so'm", 5_000_000],
    ['abc', null],
    ['15105.155', null],
    ['', null],
  ])('read the balance %s', (value, expected) => {
    expect(saldoTiyin([detail('fio', 'x'), detail('saldo', value)])).toBe(expected);
  });

  it('may have no balance', () => {
    expect(saldoTiyin([detail('fio', '15')])).toBeNull();
  });
});

describe('what is typed', () => {
  it('is masked', () => {
    expect(cardMask('8600 0000 0000 6412')).toBe('8600 **** **** 6412');
    expect(cardMask('986034******8885')).toBe('9860 **** **** 8885');
    expect(phoneMask('99890*****67')).toBe('99890*****67');
    expect(phoneMask('hidden_phone')).toBe('hidden_phone');
    expect(phoneMask('+998 90 123 45 67')).toBe('+*** ** *** ** 67');
  });

  it.each([
    ['12/28', '2812'],
    ['0130', '3001'],
    [' 05 . 27 ', '2705'],
    ['05/2027', '2705'],
    ['13/28', null],
    ['5/27', null],
    ['2812', null],
  ])('is an expiry or not: %s', (typed, expected) => {
    expect(parseExpiry(typed)).toBe(expected);
  });

  it.each([
    ['8600 0000 0000 6412', '8600000000006412'],
    ['8600-0000-0000-6412', '8600000000006412'],
    ['860000000000641', null],
    ['8600 0000 0000 641x', null],
  ])('is a card number or not: %s', (typed, expected) => {
    expect(parseCardNumber(typed)).toBe(expected);
  });

  it.each([
    ['+998 (90) 123-45-67', '+998901234567'],
    ['901234567', '+998901234567'],
    ['998901234567', '+998901234567'],
    ['+79001234567', null],
  ])('is a phone or not: %s', (typed, expected) => {
    expect(parsePhone(typed)).toBe(expected);
  });
});
