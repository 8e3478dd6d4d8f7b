/** What is delivered for the machine around the program, each file looked at by its own tool. What is not there is said aloud. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { findProgram } from '../src/testing/programs.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OPERATIONS = readFileSync(join(ROOT, 'docs/operations.md'), 'utf8');

/** Its path; null, said aloud, where it is not installed. */
function tool(name: string): string | null {
  const found = findProgram(name);
  if (found === null) console.warn(`\n!!! SKIPPED: what ${name} says. Install it.\n`);
  return found;
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tolov-deploy-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

interface Run {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
}

/** Throws with what it said, unless it ended well. */
function run(program: string | null, args: readonly string[], options: Run = {}): string {
  const { env, ...rest } = options;
  const done = spawnSync(program ?? '', args, {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: tmpdir(), ...env },
    ...rest,
  });
  const said = done.stdout + done.stderr;
  if (done.status !== 0) throw new Error(`${String(program)} ${args.join(' ')}\n${said}`);
  return said;
}

/** The only block of this language in the document that says `mark`. */
function snippet(language: string, mark: string): string {
  const blocks = [...OPERATIONS.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))];
  const [found, ...more] = blocks.map(([, text = '']) => text).filter((t) => t.includes(mark));
  if (found === undefined || more.length > 0) throw new Error(`${mark}: not one block`);
  return found;
}

const SCRIPTS = execFileSync('git', ['ls-files', '*.sh', '.ci/run'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .trim()
  .split('\n');

test('there are shell scripts to look at', () => {
  expect(SCRIPTS).toEqual(expect.arrayContaining(['.ci/run', 'deploy/update.sh']));
});

const shellcheck = tool('shellcheck');
test.skipIf(shellcheck === null).each(SCRIPTS)('shellcheck finds nothing in %s', (script) => {
  expect(run(shellcheck, [script], { cwd: ROOT })).toBe('');
});

const analyze = tool('systemd-analyze');
test.skipIf(analyze === null)('systemd takes the unit of the documents', () => {
  const folder = temporaryFolder();
  // As it is installed, but here.
  const unit = snippet('ini', 'ExecStart=').replaceAll('/opt/tolov/current', ROOT.slice(0, -1));
  writeFileSync(join(folder, 'tolov.service'), unit);
  expect(run(analyze, ['verify', join(folder, 'tolov.service')])).toBe('');
});

const caddy = tool('caddy');
test.skipIf(caddy === null)('Caddy takes deploy/Caddyfile and the one of the documents', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'documented'), snippet('caddyfile', 'reverse_proxy'));
  for (const config of [join(ROOT, 'deploy/Caddyfile'), join(folder, 'documented')]) {
    const args = ['validate', '--adapter', 'caddyfile', '--config', config];
    const env = { PUBLIC_URL: 'https://pay.example.com', HOME: folder };
    expect(run(caddy, args, { env })).toContain('Valid configuration');
  }
});

const nginx = tool('nginx');
const openssl = tool('openssl');
test.skipIf(nginx === null || openssl === null)('nginx takes what the documents say', () => {
  const folder = temporaryFolder();
  const [key, certificate] = ['privkey.pem', 'fullchain.pem'].map((each) => join(folder, each));
  const made = ['-newkey', 'rsa:2048', '-nodes', '-keyout', key ?? '', '-out', certificate ?? ''];
  run(openssl, ['req', '-x509', '-subj', '/CN=pay.example.com', '-days', '1', ...made]);
  const server = snippet('nginx', 'location').replaceAll(
    '/etc/letsencrypt/live/pay.example.com',
    folder,
  );
  const config = join(folder, 'nginx.conf');
  const where = `pid ${folder}/pid;\nerror_log stderr;\nevents {}\n`;
  writeFileSync(config, `${where}http {\naccess_log off;\n${server}}\n`);
  expect(run(nginx, ['-t', '-q', '-p', folder, '-c', config])).not.toMatch(/emerg|warn/);
});

/** Compose v2: what is called `docker-compose` is older and does not read these files. */
function compose(): string | null {
  const docker = findProgram('docker');
  const isThere = docker !== null && spawnSync(docker, ['compose', 'version']).status === 0;
  if (!isThere) console.warn('\n!!! SKIPPED: what “docker compose config” says. Install it.\n');
  return isThere ? docker : null;
}

const docker = compose();
test
  .skipIf(docker === null)
  .each([[['compose.yaml']], [['compose.yaml', 'compose.observe.yaml']], [['compose.scale.yaml']]])(
  'docker compose takes %s',
  (files) => {
    const folder = temporaryFolder();
    const settings = join(folder, 'settings');
    const names = new Set(
      files.flatMap((file) =>
        [...readFileSync(join(ROOT, file), 'utf8').matchAll(/\$\{(\w+)/g)].map(
          ([, name = '']) => name,
        ),
      ),
    );
    const values: Record<string, string> = { PORT: '8080', WAL_ARCHIVE: join(folder, 'archive') };
    const lines = [...names].map((name) => `${name}=${values[name] ?? 'https://x.example'}`);
    writeFileSync(settings, lines.join('\n'));
    const which = ['--project-directory', folder, '--env-file', settings];
    writeFileSync(join(folder, '.env'), '');
    const given = files.flatMap((file) => ['-f', join(ROOT, file)]);
    const command = ['compose', ...which, ...given, 'config', '--quiet'];
    // A user's own plugins are found by the environment.
    expect(() => run(docker, command, { env: process.env })).not.toThrow();
  },
);

const promtool = tool('promtool');
test.skipIf(promtool === null)('Prometheus reads every question of the dashboard', () => {
  const { panels } = z
    .object({
      panels: z.array(z.object({ targets: z.array(z.object({ expr: z.string() })).optional() })),
    })
    .parse(JSON.parse(readFileSync(join(ROOT, 'deploy/grafana/dashboards/tolov.json'), 'utf8')));
  // What Grafana puts in by itself.
  const asked = panels
    .flatMap(({ targets = [] }) => targets)
    .map(({ expr }) => expr.replaceAll(/\$__(?:rate_interval|interval|range)/g, '5m'));
  expect(asked.length).toBeGreaterThan(20);
  const rules = asked.map((expr, i) => ({ record: `asked:${i}`, expr }));
  const file = join(temporaryFolder(), 'asked.yml');
  // JSON is YAML as well.
  writeFileSync(file, JSON.stringify({ groups: [{ name: 'dashboard', rules }] }));
  expect(run(promtool, ['check', 'rules', file])).toContain(`SUCCESS: ${asked.length} rules found`);
});

test('Grafana finds what it is told to load', () => {
  const folder = join(ROOT, 'deploy/grafana');
  const source = readFileSync(join(folder, 'provisioning/datasources/prometheus.yml'), 'utf8');
  const [, uid = ''] = /^ {4}uid: (\w+)$/m.exec(source) ?? [];
  for (const name of readdirSync(join(folder, 'dashboards'))) {
    const text = readFileSync(join(folder, 'dashboards', name), 'utf8');
    const used = [...text.matchAll(/"type": "prometheus",\s+"uid": "([^"]+)"/g)].map(
      ([, id]) => id,
    );
    expect(used.length).toBeGreaterThan(10);
    expect(new Set(used)).toEqual(new Set([uid]));
  }
});
