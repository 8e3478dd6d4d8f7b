/** The files of the page, read from the disk as they are. */
import { readFile } from 'node:fs/promises';

const HTML = 'text/html; charset=utf-8';
const CSS = 'text/css; charset=utf-8';
const SCRIPT = 'text/javascript; charset=utf-8';

const FILES: Readonly<Record<string, string>> = {
  'index.html': HTML,
  'style.css': CSS,
  'chat.css': CSS,
  'world.css': CSS,
  'page.js': SCRIPT,
  'api.js': SCRIPT,
  'dom.js': SCRIPT,
  'rich-text.js': SCRIPT,
  'chat.js': SCRIPT,
  'messages.js': SCRIPT,
  'keyboards.js': SCRIPT,
  'persons.js': SCRIPT,
  'world.js': SCRIPT,
  'orders.js': SCRIPT,
  'icon.svg': 'image/svg+xml',
};

/** Null for a name that is none of the page's files; the empty one is its start. */
export async function readPageFile(
  name: string,
): Promise<{ text: string; contentType: string } | null> {
  const file = name === '' ? 'index.html' : name;
  const contentType = Object.hasOwn(FILES, file) ? FILES[file] : undefined;
  if (contentType === undefined) return null;
  const text = await readFile(new URL(`page/${file}`, import.meta.url), 'utf8');
  return { text, contentType };
}
