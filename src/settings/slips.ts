/** Values that were read and are probably not what was meant. What they are is never said: they may be secrets. */
import { parseEnv } from 'node:util';
import type { Environment } from './reader.ts';
import { SETTINGS } from './settings.ts';

const NAMES = Object.keys(SETTINGS);
const QUOTES = ['"', "'", '`'];

/** A sentence for each value with a quotation mark at one of its ends alone. */
export function strayQuotes(env: Environment): string[] {
  return NAMES.filter((name) => {
    const value = env[name]?.trim() ?? '';
    return QUOTES.some((mark) => value.startsWith(mark) !== value.endsWith(mark));
  }).map((name) => `${name} has a quotation mark at one end alone, which counts as a part of it.`);
}

/**
 * A sentence for each value of a settings file that is cut: from a `#` on a bare value is a comment, also where no blank
 * stands before it, and passwords may have one.
 */
export function cutValues(text: string): string[] {
  const read = parseEnv(text);
  return NAMES.filter((name) => {
    const line = text
      .match(new RegExp(`^[ \\t]*(?:export[ \\t]+)?${name}[ \\t]*=.*$`, 'gm'))
      ?.at(-1);
    const written = line?.slice(line.indexOf('=') + 1).trim() ?? '';
    return /^[^"'`\s][^#]*(?<!\s)#/.test(written) && written.startsWith(`${read[name] ?? ''}#`);
  }).map((name) => `${name} is read only up to its "#": put the value in quotes.`);
}
