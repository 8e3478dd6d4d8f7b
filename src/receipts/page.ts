/** The page that a receipt's QR code leads to: plain HTML that works without JavaScript and loads nothing. */
import type { SheetRow } from './sheet.ts';

export interface PageContent {
  /** The language's code. */
  language: string;
  title: string;
  /** Is it a receipt of ours? */
  isGenuine: boolean;
  verdict: string;
  /** More about the verdict; empty for nothing. */
  hint: string;
  rows: readonly PageRow[];
  /** The same page in other languages. */
  languages: readonly { code: string; name: string }[];
}

export interface PageRow extends SheetRow {
  /** Where it leads to. */
  href?: string;
}

/** Everything that `renderPage` says comes from the page itself: nothing of others is loaded, run or told. */
export const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
} as const;

const STYLE = `
body{margin:0;background:#eef3fa;color:#14213d;font:16px/1.5 system-ui,sans-serif}
main{max-width:32rem;margin:0 auto;padding:1.5rem 1rem}
article{background:#fff;border-radius:12px;padding:1.25rem;border-top:6px solid #b3261e}
article.genuine{border-color:#1b7f4d}
h1{font-size:1rem;font-weight:400;color:#51607a;margin:0}
h2{font-size:1.4rem;margin:.25rem 0 .5rem;color:#b3261e}
.genuine h2{color:#1b7f4d}
dl{margin:0}
dt{color:#51607a;border-top:1px solid #d5dce6;padding-top:.5rem;margin-top:.5rem}
dd{margin:0;font-weight:600;overflow-wrap:anywhere}
nav{display:flex;flex-wrap:wrap;gap:1rem;padding:1rem 0}
a{color:#1f4e9c}
`;

export function renderPage(content: PageContent): string {
  const { language, title, isGenuine, verdict, hint, rows, languages } = content;
  const parts = [
    `<h1>${escaped(title)}</h1>`,
    `<h2>${escaped(verdict)}</h2>`,
    hint === '' ? '' : `<p>${escaped(hint)}</p>`,
    rows.length === 0 ? '' : `<dl>${rows.map(renderRow).join('')}</dl>`,
  ];
  const links = languages.map(
    ({ code, name }) =>
      `<a href="?lang=${escaped(code)}" hreflang="${escaped(code)}">${escaped(name)}</a>`,
  );
  return `<!doctype html>
<html lang="${escaped(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body><main>
<article${isGenuine ? ' class="genuine"' : ''}>${parts.join('')}</article>
<nav>${links.join('')}</nav>
</main></body>
</html>
`;
}

function renderRow({ label, value, href }: PageRow): string {
  const text = escaped(value);
  const isLink = href !== undefined && /^https?:\/\//.test(href);
  const shown = isLink ? `<a href="${escaped(href)}" rel="noreferrer">${text}</a>` : text;
  return `<dt>${escaped(label)}</dt><dd>${shown}</dd>`;
}

/** Harmless as text and within quotes. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
