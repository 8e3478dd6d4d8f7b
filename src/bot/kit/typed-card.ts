/** The number of a card as people type it. */

const NUMBER = /^\s*((?:\d[\s-]?){15}\d)(?!\d)/;

/** True for a card's number with nothing behind it but perhaps its expiry: whoever says more than that is telling something. */
export function isCardAlone(text: string): boolean {
  const typed = typedCard(text);
  return typed !== null && !/\p{L}/u.test(typed.rest);
}

/** Its 16 digits, and what was typed behind them, which may be the expiry; null for anything else. */
export function typedCard(text: string): { number: string; rest: string } | null {
  const typed = NUMBER.exec(text)?.[1];
  if (typed === undefined) return null;
  return { number: typed.replaceAll(/\D/g, ''), rest: text.replace(NUMBER, '').trim() };
}
