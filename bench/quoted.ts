/**
 * Figures that other documents quote, between `<!-- figure: <its name> -->` and `<!-- / -->`: taken from
 * docs/figures.md, so that they are never older than it.
 */

/** The measured values of docs/figures.md by their names, as they stand there. */
export function figuresOf(text: string): Map<string, string> {
  const rows = [...text.matchAll(/^\| ([^|]+?) +\| +([\d.,]+) \|/gm)];
  return new Map(rows.map(([, name, value]) => [name ?? '', value ?? '']));
}

const QUOTE = /(<!-- figure: (.+?) -->)[^<]*(<!-- \/ -->)/g;

/** `text` with its quotes brought up to date. Throws for a figure that there is not. */
export function requoted(text: string, figures: ReadonlyMap<string, string>): string {
  return text.replaceAll(QUOTE, (_, begin: string, name: string, end: string) => {
    const value = figures.get(name);
    if (value === undefined) throw new Error(`docs/figures.md has no figure "${name}"`);
    return begin + value + end;
  });
}
