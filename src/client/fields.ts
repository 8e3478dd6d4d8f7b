/** The pieces that the schemas of all providers are made of: tolerant about types, strict about values. */
import { z } from 'zod';
import { parseProviderSum } from '../core/money.ts';
import { plainWord } from './words.ts';

/** An id as text or as a whole number, printable, at most 128 characters. What is around it and seen by nobody is no part of it. */
export const idField = z
  .union([z.string(), z.int()])
  .transform((id) =>
    String(id)
      .replace(/\p{Cf}/gu, '')
      .trim(),
  )
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

/** A host and what follows it, without the scheme. */
const HOST_FIRST = /^(?:\/\/)?(?=[a-z\d-]+(?:\.[a-z\d-]+)+(?:[/?#]|:\d|$))/i;

/** A web address; `inpay.uz/pay/1` is one with https. */
export const webAddress = z
  .string()
  .transform((text) => text.trim().replace(HOST_FIRST, 'https://'))
  .pipe(z.url({ protocol: /^https?$/ }).max(2048));

/** A web address. Anything else, `javascript:` above all, counts as absent. */
export const urlField = webAddress.optional().catch(undefined);

const YES: ReadonlySet<string> = new Set(['true', '1', 'success', 'ok']);

/** The result of a call that went well: `true`, also as 1 or "true"; `"success"` in whatever letters. */
export const wentWell = z.unknown().refine((value) => YES.has(plainWord(value)));

const NO: ReadonlySet<string> = new Set(['false', '0', 'error', 'fail', 'failed', 'failure']);

/** The result of a call whose answer says elsewhere what became of the payment: anything but a failure. */
export const noFailure = z
  .unknown()
  .optional()
  .refine((value) => !NO.has(plainWord(value)));

/** Yes or no in whatever spelling; undefined for everything else. */
export const looseFlag = z
  .unknown()
  .optional()
  .transform((value) => {
    const word = plainWord(value);
    if (YES.has(word)) return true;
    return NO.has(word) ? false : undefined;
  });

/** Whatever stands there, or nothing: it is looked at where it matters. */
export const whatever = z.unknown().optional();

/** The same, but it has to be there. */
export const present = z.unknown().refine((value) => value !== undefined);
