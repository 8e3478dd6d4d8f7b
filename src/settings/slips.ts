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
    const written = linesOf(text, name).at(-1)?.written ?? '';
    return /^[^"'`\s][^#]*(?<!\s)#/.test(written) && written.startsWith(`${read[name] ?? ''}#`);
  }).map((name) => `${name} is read only up to its "#": put the value in quotes.`);
}

/** A sentence for each name that stands in several lines with different values: the last one counts, also an empty one. */
export function repeatedNames(text: string): string[] {
  return NAMES.flatMap((name) => {
    const lines = linesOf(text, name).map(({ number, line }) => ({
      number,
      value: parseEnv(line)[name],
    }));
    const last = lines.at(-1);
    const isOther = lines.some(({ value }) => value !== '' && value !== last?.value);
    if (!last || !isOther) return [];
    const numbers = lines.map(({ number }) => number).join(', ');
    const counts = last.value === '' ? 'the last one counts, and is empty' : 'the last one counts';
    return [`${name} stands in lines ${numbers}: ${counts}. Leave one.`];
  });
}

/** A sentence for each value that goes on over lines, where these would be other settings. */
export function swallowedNames(text: string): string[] {
  const read = parseEnv(text);
  return NAMES.flatMap((name) => {
    const swallowed = NAMES.filter((other) => linesOf(read[name] ?? '', other).length > 0);
    if (swallowed.length === 0) return [];
    return [
      `${name} has a quotation mark that is closed lines later: ${swallowed.join(', ')} became a part of it.`,
    ];
  });
}

interface Line {
  /** From 1. */
  number: number;
  line: string;
  /** After the "=". */
  written: string;
}

function linesOf(text: string, name: string): Line[] {
  const pattern = new RegExp(`^[ \\t]*(?:export[ \\t]+)?${name}[ \\t]*=(.*)$`);
  return text.split('\n').flatMap((line, index) => {
    const written = pattern.exec(line.replace(/\r$/, ''))?.[1];
    return written === undefined ? [] : [{ number: index + 1, line, written: written.trim() }];
  });
}
