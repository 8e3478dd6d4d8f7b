/** The text of a `.env`: values change where they stand, and whatever else was written there stays. */
import { parseEnv } from 'node:util';

/**
 * `text` with these values, which an empty one takes out. A name that it does not have comes at its end. Throws when the
 * result would not read as it should: nothing of the sort may ever be written.
 */
export function withValues(text: string, values: Readonly<Record<string, string>>): string {
  let result = text;
  for (const [name, value] of Object.entries(values)) {
    result = withLine(result, { name, line: `${name}=${quoted(value)}` });
  }
  const expected = { ...parseEnv(text), ...values };
  const read = parseEnv(result);
  for (const [name, value] of Object.entries(expected)) {
    if (read[name] !== value)
      throw new Error(`${name} can't be written into .env: change it by hand`);
  }
  return result;
}

/** Where a name stands twice, the last one counts. */
function withLine(text: string, { name, line }: { name: string; line: string }): string {
  const lines = new RegExp(`^[ \\t]*(?:export[ \\t]+)?${name}[ \\t]*=.*$`, 'gm');
  const last = [...text.matchAll(lines)].at(-1);
  if (last) return text.slice(0, last.index) + line + text.slice(last.index + last[0].length);
  return `${text === '' || text.endsWith('\n') ? text : `${text}\n`}${line}\n`;
}

/** As few quotes as it takes. Docker's reader would take a bare `$` for a name. */
function quoted(value: string): string {
  const ways = [value, `'${value}'`, `"${value}"`, `\`${value}\``];
  const found = ways
    .slice(value.includes('$') ? 1 : 0)
    .find((written) => parseEnv(`X=${written}\nY=1`)['X'] === value);
  return found ?? value;
}
