/** The number of a card as people type and paste it. */

/** It comes first, in whatever groups. */
const FIRST = /^\s*((?:\d[\s._-]{0,3}){15}\d)(?!\d)/;
/**
 * What it is comes first ("my card: …", "номер карты …"). Digits in one piece, or in fours, are no sum, date or phone side by
 * side.
 */
const NAMED =
  /^\D{0,8}(?:kart|карт|card|raqam|рақам|номер|number)\p{L}{0,4}[\s:.-]{0,3}(\d{4}([\s._-]{0,3})\d{4}\2\d{4}\2\d{4})(?!\d)/iu;

/** True for a card's number with nothing behind it but perhaps its expiry: whoever says more than that is telling something. */
export function isCardAlone(text: string): boolean {
  const typed = typedCard(text);
  return typed !== null && !/\p{L}/u.test(typed.rest);
}

/** Its 16 digits, and what was typed behind them, which may be the expiry; null for anything else. */
export function typedCard(text: string): { number: string; rest: string } | null {
  const found = FIRST.exec(text) ?? NAMED.exec(text);
  const typed = found?.[1];
  if (!found || typed === undefined) return null;
  const rest = text.slice(found[0].length).replace(/^[\s,;:.-]+/, '');
  return { number: typed.replaceAll(/\D/g, ''), rest: rest.trim() };
}
