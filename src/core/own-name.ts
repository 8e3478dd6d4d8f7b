/** The name that a person gives to something of theirs. */

/** In UTF-16 units: an emoji is two or more. */
export const MAX_OWN_NAME = 40;

/** With single blanks; null for none, and for one that is too long. */
export function ownName(typed: string): string | null {
  const clean = typed.normalize('NFC').replace(/\s+/gu, ' ').trim();
  return clean === '' || clean.length > MAX_OWN_NAME ? null : clean;
}
