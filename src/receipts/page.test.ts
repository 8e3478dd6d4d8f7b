import { expect, it } from 'vitest';
import { type PageContent, renderPage } from './page.ts';
import { maskedName, maskedNumber } from './masks.ts';

const EVIL = `"'><script>alert(1)</script>&`;

const CONTENT: PageContent = {
  language: 'en',
  title: EVIL,
  isGenuine: true,
  verdict: EVIL,
  hint: EVIL,
  rows: [
    { label: EVIL, value: EVIL, href: `https://a.uz/${EVIL}` },
    { label: 'x', value: 'y', href: 'javascript:alert(1)' },
  ],
  languages: [{ code: EVIL, name: EVIL }],
};

it('nothing that others wrote is anything but text', () => {
  const html = renderPage(CONTENT);
  expect(html).not.toContain('<script');
  expect(html).not.toContain('javascript:');
  expect(html).not.toContain(`"'>`);
  expect(html).toContain('&lt;script&gt;');
});

it.each([
  ['Ali Valiyev', 'A*** V***'],
  ['  Ғулом  ', 'Ғ***'],
  ['👩‍👧 x', '👩*** x***'],
  ['', ''],
])('the name %j is shown as %j', (name, shown) => {
  expect(maskedName(name)).toBe(shown);
});

it.each([
  ['0012345', '***345'],
  ['12345', '***5'],
  ['7', '***7'],
])('the account %j is shown as %j', (value, shown) => {
  expect(maskedNumber(value)).toBe(shown);
});
