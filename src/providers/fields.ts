/** The pieces that the schemas of all providers are made of: tolerant about types, strict about values. */
import { z } from 'zod';
import { parseProviderSum } from '../money.ts';

/** An id as text or as a whole number, printable, at most 128 characters. */
export const idField = z
  .union([z.string(), z.int()])
  .transform(String)
  .pipe(z.string().regex(/^[\x21-\x7e]{1,128}$/));

/** A sum in so'm as tiyin. Absent and null are undefined; a negative sum, an exponent or a word is refused. */
export const sumField = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value, context) => {
    if (value === undefined || value === null) return undefined;
    const tiyin = parseProviderSum(value);
    if (tiyin !== null) return tiyin;
    context.addIssue({ code: 'custom', message: 'not a sum' });
    return z.NEVER;
  });

/** A text that only people read: anything else counts as absent. */
export const looseText = z.string().optional().catch(undefined);

/** A text or a number that only people read. */
export const looseValue = z
  .union([z.string(), z.number()])
  .transform(String)
  .optional()
  .catch(undefined);

/** A web address. Anything else, `javascript:` above all, counts as absent. */
export const urlField = z
  .url({ protocol: /^https?$/ })
  .max(2048)
  .optional()
  .catch(undefined);
