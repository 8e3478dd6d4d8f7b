/** The proxies of the documents: what they log. The addresses that they pass on carry secrets. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { patience } from '../src/testing/patience.ts';
import { findProgram, freePort } from '../src/testing/programs.ts';
import { until } from './process.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DOCS = join(ROOT, 'docs');
const caddy = findProgram('caddy');

interface Snippet {
  from: string;
  text: string;
}

function snippets(language: string): Snippet[] {
  const pattern = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms');
  return readdirSync(DOCS)
    .filter((name) => name.endsWith('.md'))
    .flatMap((name) =>
      [...readFileSync(join(DOCS, name), 'utf8').matchAll(pattern)].map(([, text = '']) => ({
        from: `docs/${name}`,
        text,
      })),
    );
}

const CADDY: Snippet[] = [
  ...snippets('caddyfile'),
  { from: 'deploy/Caddyfile', text: readFileSync(join(ROOT, 'deploy/Caddyfile'), 'utf8') },
];

/** The options before the sites, and the rest. */
function partsOf(text: string): { options: string; sites: string } {
  const [, options = '', sites = ''] = /^(\{\n.*?^\}\n)?(.*)$/ms.exec(withoutComments(text)) ?? [];
  return { options, sites };
}

const withoutComments = (text: string): string => text.replaceAll(/^\s*#.*\n/gm, '');

test('there are proxies in the documents to look at', () => {
  expect(CADDY.map(({ from }) => from)).toEqual(['docs/operations.md', 'deploy/Caddyfile']);
  expect(snippets('nginx').map(({ from }) => from)).toEqual(['docs/operations.md']);
});

test.each(CADDY)('Caddy as in $from logs no request that failed, and no other', ({ text }) => {
  const { options, sites } = partsOf(text);
  expect(options).toMatch(/^\tlog \{\n\t\texclude http\.log\.error\n\t\}$/m);
  expect(sites).not.toMatch(/^\s*log\b/m);
});

test.each(snippets('nginx'))('nginx as in $from logs nothing of the doors', ({ text }) => {
  const [, doors = ''] =
    /location ~ \^\/\(webhooks\|telegram\)\/ \{(.*?)\n {4}\}/s.exec(text) ?? [];
  expect(doors).toMatch(/^\s*access_log off;$/m);
  expect(doors).toMatch(/^\s*error_log \/dev\/null crit;$/m);
});

/** Runs Caddy with the text of a document, on this machine and in front of a program that is not there. */
async function runCaddy(text: string): Promise<{ url: string; logged: () => string }> {
  const folder = mkdtempSync(join(tmpdir(), 'tolov-caddy-'));
  const [http, gone] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${http}`;
  const { options, sites } = partsOf(text);
  const config = `${options === '' ? '{\n}\n' : options}${sites}`
    .replace('{\n', '{\n\tadmin off\n')
    .replace('pay.example.com', '{$PUBLIC_URL}')
    .replaceAll(/(?:127\.0\.0\.1|tolov-\d):8080/g, `127.0.0.1:${gone}`);
  writeFileSync(join(folder, 'Caddyfile'), config);
  const child: ChildProcess = spawn(caddy ?? '', ['run', '--config', 'Caddyfile'], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: folder, PUBLIC_URL: url },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exited;
    rmSync(folder, { recursive: true });
  });
  let logged = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => (logged += String(chunk)));
  await until(
    async () => (await fetch(url).catch(() => null)) !== null,
    () => logged,
  );
  return { url, logged: () => logged };
}

const PATHS = ['/webhooks/payfer/secret-of-the-webhook', '/telegram/secret-of-the-webhook'];

/** All that Caddy wrote while the program behind it was away. */
async function failedRequests(text: string): Promise<string> {
  const { url, logged } = await runCaddy(text);
  for (const path of PATHS) {
    const answer = await fetch(url + path, { method: 'POST', body: '{}' });
    expect([502, 503]).toContain(answer.status);
  }
  return logged();
}

if (caddy === null)
  console.warn('\n!!! SKIPPED: what Caddy logs. Install it (apt-get install caddy).\n');

describe.skipIf(caddy === null)('Caddy itself', { timeout: patience(120_000) }, () => {
  test.each(CADDY)('as in $from writes no secret while the program is away', async ({ text }) => {
    expect(await failedRequests(text)).not.toContain('secret-of-the-webhook');
  });

  test('would write it without those lines', async () => {
    const { url, logged } = await runCaddy(partsOf(CADDY[0]?.text ?? '').sites);
    const { status } = await fetch(url + PATHS[0], { method: 'POST', body: '{}' });
    expect(status).toBe(502);
    await until(() => logged().includes('secret-of-the-webhook'), logged);
  });
});
