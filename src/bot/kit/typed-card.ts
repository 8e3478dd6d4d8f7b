/** The number of a card as people type it. */

const NUMBER = /^\s*((?:\d[\s-]?){15}\d)(?!\d)/;

/** Its 16 digits, and what was typed behind them, which may be the expiry; null for anything else. */
export function typedCard(text: string): { number: string; rest: string } | null {
  const typed = NUMBER.exec(text)?.[1];
  if (typed === undefined) return null;
  return { number: typed.replaceAll(/\D/g, ''), rest: text.replace(NUMBER, '').trim() };
}
