/** Finds settings that nothing reads because their name is misspelt. */
import { SETTINGS } from './settings.ts';

const KNOWN: readonly string[] = Object.keys(SETTINGS);
const OUR_PREFIX = /^(?:INPAY|PAYFER|RASMIYPAY|AUTOPAYCARD|PAYLOV|TOPUP)_/;

/** Farther from a known name it is more likely somebody else's setting. */
const MAX_DISTANCE = 2;
/** Short names are near to everything. */
const MIN_LENGTH = 8;

/** A sentence for each name that looks like one of ours and is not. */
export function misspelledSettings(names: readonly string[]): string[] {
  return names.filter((name) => !KNOWN.includes(name)).flatMap(warningFor);
}

function warningFor(name: string): string[] {
  const [nearest] = KNOWN.map((known) => ({ known, distance: editDistance(name, known) })).toSorted(
    (a, b) => a.distance - b.distance,
  );
  const isNear = nearest !== undefined && nearest.distance <= MAX_DISTANCE;
  if (isNear && name.length >= MIN_LENGTH) {
    return [`${name} is not a setting and was ignored; did you mean ${nearest.known}?`];
  }
  return OUR_PREFIX.test(name) ? [`${name} is not a setting and was ignored.`] : [];
}

/** Levenshtein's: how many characters to insert, delete or replace. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, character] of from.split('').entries()) {
    const next = [i + 1];
    for (let j = 1; j <= to.length; j += 1) {
      const replace = (row[j - 1] ?? 0) + (character === to[j - 1] ? 0 : 1);
      next.push(Math.min(replace, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
