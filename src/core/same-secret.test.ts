import crypto from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { sameSecret } from './same-secret.ts';

const SECRET = 'a-secret-of-some-length';

describe('a secret', () => {
  it.each([SECRET, 'x', 'пароль 🔑', 'x'.repeat(100_000)])('is the same as itself', (secret) => {
    expect(sameSecret(secret, secret)).toBe(true);
  });

  it.each([
    ['nothing', undefined],
    ['the empty text', ''],
    ['its beginning', SECRET.slice(0, -1)],
    ['more than it', `${SECRET}x`],
    ['itself twice', SECRET + SECRET],
    ['another first letter', `b${SECRET.slice(1)}`],
    ['another last letter', `${SECRET.slice(0, -1)}H`],
    ['other case', SECRET.toUpperCase()],
    ['a blank behind it', `${SECRET} `],
    ['a zero behind it', `${SECRET}\0`],
    ['a letter that looks the same', SECRET.replace('a', 'а')],
    ['very much', 'x'.repeat(1_000_000)],
  ])('is not %s', (_, given) => {
    expect(sameSecret(given, SECRET)).toBe(false);
  });

  it('is not the same letter composed in another way', () => {
    expect(sameSecret('\u00e9', 'e\u0301')).toBe(false);
  });

  it.each([undefined, '', ' '])('that is empty opens nothing: %j', (given) => {
    expect(sameSecret(given, '')).toBe(false);
  });

  it('is compared as hashes of equal length, in constant time', () => {
    const compare = vi.spyOn(crypto, 'timingSafeEqual');
    // For those who import it by its name.
    syncBuiltinESMExports();
    onTestFinished(() => {
      compare.mockRestore();
      syncBuiltinESMExports();
    });
    const given = [SECRET, '', undefined, 'x', 'ў', `${SECRET}x`, 'x'.repeat(5000)];
    for (const each of given) sameSecret(each, SECRET);
    const lengths = compare.mock.calls.map(([a, b]) => [a.byteLength, b.byteLength]);
    expect(lengths).toEqual(given.map(() => [32, 32]));
  });
});

describe('what a stranger sends', () => {
  const SOURCE = new URL('../', import.meta.url);
  const files = ['http', 'bot', 'app', 'topups', 'receipts'].flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, SOURCE), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !/\.(?:test|fixture)\.ts$/.test(name))
      .map((name) => `${folder}/${name}`),
  );
  const lines = files.flatMap((file) => {
    const text = readFileSync(new URL(file, SOURCE), 'utf8');
    return text.split('\n').map((line) => ({ file, line: line.trim() }));
  });

  /** What has a name like a secret's. */
  const NAMED = String.raw`[\w.?'"()]*(?:secret|token|authorization)[\w.?'"()]*`;
  const COMPARED = new RegExp(
    [
      String.raw`${NAMED}\s*[!=]==?`,
      String.raw`[!=]==?\s*(?:\`[^\`]*)?${NAMED}`,
      String.raw`${NAMED}\.(?:includes|startsWith|endsWith|indexOf|localeCompare|equals)\(`,
      String.raw`\.(?:includes|startsWith|endsWith|indexOf|localeCompare|equals|has)\(${NAMED}`,
    ].join('|'),
    'i',
  );

  /** Whether there is a secret at all tells nobody anything. */
  const compares = (line: string): boolean =>
    COMPARED.test(line.replaceAll(/[\w.?]+ [!=]== (?:null|undefined)\b/g, ''));

  it('is compared nowhere else', () => {
    expect(lines.filter(({ line }) => compares(line))).toEqual([]);
  });

  it.each([
    "if (c.req.param('secret') === secret) return true;",
    'if (given !== token) return c.notFound();',
    "return c.req.header('authorization') == expected;",
    'secrets.has(token)',
    'if (url.endsWith(secret)) accept();',
    'given === `Bearer ${token}`',
  ])('would be noticed in %j', (line) => {
    expect(compares(line)).toBe(true);
  });

  it('goes through it at every door with a secret', () => {
    const calls = lines.flatMap(({ file, line }) =>
      [...line.matchAll(/sameSecret\((.*?), (?:secret|token|telegram\.secret|`Bearer)/g)].map(
        ([, given]) => `${file}: ${given}`,
      ),
    );
    expect(calls.toSorted()).toEqual([
      "http/routes.ts: c.req.param('secret')",
      "http/routes.ts: c.req.param('secret')",
      "http/routes.ts: c.req.param('token')",
      'http/routes.ts: given',
      'http/routes.ts: named',
    ]);
  });
});
