import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { anId, orNone, pack, positive, short, unpack, whole } from './tap-fields.ts';

const FIELDS = {
  id: anId,
  kind: z.enum(['credit', 'debit']),
  count: whole,
  sum: positive,
  change: short,
  before: orNone(short),
};

const values = fc.record({
  id: fc.stringMatching(/^[\w-]{1,40}$/),
  kind: fc.constantFrom('credit' as const, 'debit' as const),
  count: fc.maxSafeNat(),
  sum: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  change: fc.maxSafeInteger().map((number) => number + 0),
  before: fc.option(fc.maxSafeInteger().map((number) => number + 0)),
});

it('reads what it wrote', () => {
  fc.assert(
    fc.property(values, (given) => {
      expect(unpack(FIELDS, pack(FIELDS, given, ':').split(':'))).toEqual(given);
    }),
  );
});

it('reads nothing that it would have written in another way', () => {
  const part = fc.oneof(
    fc.constantFrom(
      '-',
      '0',
      '-0',
      '00',
      '01',
      '+1',
      '1e3',
      ' 1',
      '1.0',
      'credit',
      '__proto__',
      '',
    ),
    fc.stringMatching(/^-?[\da-z]{1,13}$/),
    fc.string({ maxLength: 12 }),
  );
  const [id, kind, sum] = ['a', 'debit', '5'];
  fc.assert(
    fc.property(part, part, part, (count, change, before) => {
      const parts = [id, kind, count, sum, change, before];
      const read = unpack(FIELDS, parts);
      expect(read === null ? null : pack(FIELDS, read, ':')).toBeOneOf([null, parts.join(':')]);
    }),
  );
});

it.each([[], ['a'], ['a', 'credit', '0', '1', '0', '-', 'more']].map((parts) => [parts]))(
  'reads all or nothing: %j',
  (parts) => {
    expect(unpack(FIELDS, parts)).toBeNull();
  },
);
