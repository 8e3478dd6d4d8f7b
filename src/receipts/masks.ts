/** What somebody who was shown a stranger's receipt may read of the person it is about. */

/** The first letter of each name: enough to compare with somebody who says theirs. Not escaped. */
export function maskedName(name: string): string {
  return name
    .split(/\s+/)
    .map((word) => Array.from(word))
    .filter((letters) => letters.length > 0)
    .map(([first]) => `${first}***`)
    .join(' ');
}

/** The last three characters of a long number, one of a short one. */
export function maskedNumber(value: string): string {
  const letters = Array.from(value);
  const shown = letters.length >= 6 ? 3 : 1;
  return `***${letters.slice(-shown).join('')}`;
}
