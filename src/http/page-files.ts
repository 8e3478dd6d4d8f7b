/** The files of a web page and of its library, read from the disk as they are: nothing is built, nothing comes from afar. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';

const PACKAGES = new URL('../../node_modules/', import.meta.url);

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** What pages need of Lit, by the paths that their import maps lead to. */
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

interface PageFiles {
  /** Null for a name that is none of the page's files; the empty one is its start. */
  read(name: string): Promise<{ text: string; contentType: string } | null>;
  /**
   * The one inline script, by its hash, as a source for `script-src`: browsers take an import map from the page's own
   * markup alone.
   */
  importMapSource: string;
}

/** Of a folder with `index.html`; of what is in deeper folders nothing is given out. */
export function pageFiles(folder: URL): PageFiles {
  const own = new Set(readdirSync(folder).filter((name) => Object.hasOwn(TYPES, extname(name))));
  const addressOf = (name: string): URL | null => {
    if (own.has(name)) return new URL(name, folder);
    const inLibrary = name.startsWith('lib/') ? name.slice('lib/'.length) : '';
    return LIBRARY.has(inLibrary) ? new URL(inLibrary, PACKAGES) : null;
  };
  return {
    async read(name) {
      const address = addressOf(name === '' ? 'index.html' : name);
      const contentType = address && TYPES[extname(address.pathname)];
      if (!contentType) return null;
      return { text: await readFile(address, 'utf8'), contentType };
    },
    importMapSource: `'sha256-${hashOf(importMapOf(new URL('index.html', folder)))}'`,
  };
}

function importMapOf(index: URL): string {
  const html = readFileSync(index, 'utf8');
  const found = /<script type="importmap">([^]*?)<\/script>/.exec(html)?.[1];
  if (found === undefined) throw new Error(`${index.pathname} has no import map`);
  return found;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

/** What the answers of a page say to the browser: nothing of others is loaded, run, framed or told. */
export function pageHeaders({ importMapSource }: PageFiles): Readonly<Record<string, string>> {
  return {
    'cache-control': 'no-store',
    'content-security-policy': [
      "default-src 'none'",
      `script-src 'self' ${importMapSource}`,
      "style-src 'self'",
      "img-src 'self'",
      "connect-src 'self'",
      "form-action 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      // Lit's own, for its templates.
      'trusted-types lit-html',
    ].join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };
}
