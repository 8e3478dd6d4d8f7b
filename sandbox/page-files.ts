/** The files of the page and of its library, read from the disk as they are: nothing is built, nothing comes from afar. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';

const PAGE = new URL('page/', import.meta.url);
const PACKAGES = new URL('../node_modules/', import.meta.url);

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** What the page needs of Lit, by the paths that the import map of index.html leads to. */
const LIBRARY: ReadonlySet<string> = new Set([
  'lit/index.js',
  'lit/directives/live.js',
  'lit/directives/repeat.js',
  'lit-element/lit-element.js',
  'lit-html/lit-html.js',
  'lit-html/is-server.js',
  'lit-html/directive.js',
  'lit-html/directive-helpers.js',
  'lit-html/directives/live.js',
  'lit-html/directives/repeat.js',
  '@lit/reactive-element/reactive-element.js',
  '@lit/reactive-element/css-tag.js',
]);

const OWN: ReadonlySet<string> = new Set(
  readdirSync(PAGE).filter((name) => Object.hasOwn(TYPES, extname(name))),
);

/**
 * The one inline script, by its hash, as a source for `script-src`: browsers take an import map from the page's own
 * markup alone.
 */
export const IMPORT_MAP_SOURCE = `'sha256-${hashOf(importMapOf(readFileSync(new URL('index.html', PAGE), 'utf8')))}'`;

/** Null for a name that is none of the page's files; the empty one is its start. */
export async function readPageFile(
  name: string,
): Promise<{ text: string; contentType: string } | null> {
  const address = addressOf(name === '' ? 'index.html' : name);
  const contentType = address && TYPES[extname(address.pathname)];
  if (!contentType) return null;
  return { text: await readFile(address, 'utf8'), contentType };
}

function addressOf(name: string): URL | null {
  if (OWN.has(name)) return new URL(name, PAGE);
  const inLibrary = name.startsWith('lib/') ? name.slice('lib/'.length) : '';
  return LIBRARY.has(inLibrary) ? new URL(inLibrary, PACKAGES) : null;
}

function importMapOf(html: string): string {
  const found = /<script type="importmap">([^]*?)<\/script>/.exec(html)?.[1];
  if (found === undefined) throw new Error('index.html of the sandbox has no import map');
  return found;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
